# ruff: noqa: E501 -- lines of decisions stand as they are printed
"""Writes decisions as they are really printed: every habit and slip described in the published acts.

What is written is known, so that a reader can be held against it. A :class:`Style` is one way to
print; hypothesis draws styles, and the tests of single habits name one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure

CASES = Path(__file__).parents[2] / "data" / "cases"
ORDER = list(Figure)
SIGNED = (Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE, Figure.DEFICIT, Figure.DEFICIT_FINANCING)
MAIN = (
    Figure.REVENUE_TOTAL,
    Figure.COSTS,
    Figure.NET_LENDING,
    Figure.FIN_ASSETS_BALANCE,
    Figure.DEFICIT,
    Figure.DEFICIT_FINANCING,
)

#: Figures that acts print in "тенге" where thousands are meant.
MISNAMED = (Figure.NONTAX, Figure.CAPITAL_SALES, Figure.DEFICIT, Figure.DEFICIT_FINANCING)

LABELS: dict[str, dict[Figure, tuple[str, ...]]] = {
    "ru": {
        Figure.REVENUE_TOTAL: ("доходы",),
        Figure.TAX: ("налоговые поступления", "налоговым поступлениям"),
        Figure.NONTAX: ("неналоговые поступления", "неналоговым поступлениям"),
        Figure.CAPITAL_SALES: (
            "поступления от продажи основного капитала",
            "поступлениям от продажи основного капитала",
            "поступления от продажы основного капитала",
        ),
        Figure.SPECIAL_RECEIPTS: ("специальные поступления",),
        Figure.TRANSFERS: ("поступления трансфертов", "поступлениям трансфертов", "поступления субвенции"),
        Figure.COSTS: ("затраты",),
        Figure.NET_LENDING: ("чистое бюджетное кредитование",),
        Figure.BUDGET_CREDITS: ("бюджетные кредиты", "кредиты"),
        Figure.CREDIT_REPAYMENTS: ("погашение бюджетных кредитов",),
        Figure.FIN_ASSETS_BALANCE: ("сальдо по операциям с финансовыми активами",),
        Figure.FIN_ASSETS_PURCHASE: ("приобретение финансовых активов",),
        Figure.FIN_ASSETS_SALE: (
            "поступления от продажи финансовых активов государства",
            "поступление от продажи финансовых активов государства",
        ),
        Figure.DEFICIT: ("дефицит (профицит) бюджета", "дефицит бюджета (профицит)"),
        Figure.DEFICIT_FINANCING: ("финансирование дефицита (использование профицита) бюджета",),
        Figure.LOANS_IN: ("поступление займов",),
        Figure.LOANS_REPAID: ("погашение займов",),
        Figure.BALANCES_USED: ("используемые остатки бюджетных средств",),
    },
    "kk": {
        Figure.REVENUE_TOTAL: ("кірістер",),
        Figure.TAX: ("салықтық түсімдер", "салықтық түсімдер бойынша"),
        Figure.NONTAX: ("салықтық емес түсімдер",),
        Figure.CAPITAL_SALES: ("негізгі капиталды сатудан түсетін түсімдер",),
        Figure.SPECIAL_RECEIPTS: ("арнаулы түсімдер",),
        Figure.TRANSFERS: (
            "трансферттер түсімі",
            "трансферттер түсімдері",
            "трансферттердің түсімі",
            "трансферттердің түсімдері",
        ),
        Figure.COSTS: ("шығындар",),
        Figure.NET_LENDING: (
            "таза бюджеттік кредиттеу",
            "таза бюджеттік кредит беру",
            "таза бюджеттік кредиттер",
        ),
        Figure.BUDGET_CREDITS: ("бюджеттік кредиттер",),
        Figure.CREDIT_REPAYMENTS: ("бюджеттік кредиттерді өтеу",),
        Figure.FIN_ASSETS_BALANCE: (
            "қаржы активтерімен операциялар бойынша сальдо",
            "қаржылық активтермен жасалатын операциялар бойынша сальдо",
        ),
        Figure.FIN_ASSETS_PURCHASE: ("қаржы активтерін сатып алу", "қаржылық активтерді сатып алу"),
        Figure.FIN_ASSETS_SALE: (
            "мемлекеттің қаржы активтерін сатудан түсетін түсімдер",
            "мемлекеттік қаржы активтерін сатудан түсетін түсімдер",
        ),
        Figure.DEFICIT: ("бюджет тапшылығы (профициті)",),
        Figure.DEFICIT_FINANCING: (
            "бюджет тапшылығын қаржыландыру (профицитін пайдалану)",
            "бюджет тапшылығы қаржыландыру (профицитін пайдалану)",
        ),
        Figure.LOANS_IN: ("қарыздар түсімі",),
        Figure.LOANS_REPAID: ("қарыздарды өтеу",),
        Figure.BALANCES_USED: ("бюджет қаражатының пайдаланылатын қалдықтары",),
    },
}


@dataclass(frozen=True)
class Unit:
    """A unit with what is printed of it; amounts in thousand tenge."""

    language: str
    name: str  # as the reader must give it
    genitive: str  # as a heading prints it
    dative: str  # after "по" (ru); the plain name in kk
    first_year: int
    figures: dict[Figure, Decimal | None]

    @property
    def years(self) -> list[int]:
        return [self.first_year, self.first_year + 1, self.first_year + 2]


@dataclass(frozen=True)
class Style:
    """One way to print a decision. ``separators`` are taken in turn, line by line."""

    group: str = " "
    point: str = ","
    always_decimal: bool = False
    separators: tuple[str, ...] = (" – ",)
    minus: str = "-"  # before the number, after a separator; "" leaves the dash to do both
    zero: str = "0"
    zero_unit: str = "full"  # full | tenge | none
    unit_space: str = " "
    thousand: tuple[str, ...] = ("тысяч",)
    tenge_for: frozenset[Figure] = frozenset()
    wordings: int = 0
    numbering: str = "{n}) "
    indent: str = "   "
    including: str = ", в том числе:"
    line_end: str = ";"
    joined: bool = False  # several items on one line
    wrap: str = ""  # a line break in place of the blank between separator and number
    latin: bool = False  # Latin look-alikes among the letters
    upper: bool = False
    slip: int = -1  # which letter of each long label is lost
    years: str = "{0}-{2}"
    year_first: bool = False
    omit_zero: bool = False
    end: Figure | None = None
    noise: bool = False
    quote: bool = False
    numbers_shift: bool = False  # points numbered wrongly


def thousands(value: Decimal, style: Style) -> str:
    """An amount without its sign."""
    text = f"{abs(value):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if style.always_decimal and not decimals:
        decimals = "0"
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    shown = style.group.join([whole, *groups])
    return f"{shown}{style.point}{decimals}" if decimals else shown


_LOOKALIKES = str.maketrans({"і": "i", "с": "c", "о": "o", "а": "a", "е": "e", "р": "p"})


def _letters(label: str, style: Style) -> str:
    if style.slip >= 0 and len(label) >= 14:
        at = 4 + style.slip % (len(label) - 6)
        if label[at].isalpha():
            label = label[:at] + label[at + 1 :]
    if style.latin:
        label = label[0] + label[1:].translate(_LOOKALIKES)
    return label.upper() if style.upper else label


def printed_figures(unit: Unit, style: Style) -> dict[Figure, Decimal]:
    """What a style prints of a unit: up to its end, zero lines perhaps left out."""
    shown: dict[Figure, Decimal] = {}
    for figure in ORDER:
        value = unit.figures.get(figure)
        if value is None:
            continue
        if style.omit_zero and value == 0 and figure not in MAIN:
            continue
        shown[figure] = value
        if figure is style.end:
            break
    return shown


def item(language: str, figure: Figure, value: Decimal, style: Style, number: int, index: int) -> str:
    """One line of the list, without what ends it."""
    wordings = LABELS[language][figure]
    label = _letters(wordings[style.wordings % len(wordings)], style)
    separator = style.separators[index % len(style.separators)]
    if style.wrap and separator.endswith(" "):
        separator = separator[:-1] + style.wrap
    sign = ""
    if value < 0:
        sign = style.minus
    thousand = "мың" if language == "kk" else style.thousand[index % len(style.thousand)]
    tenge = "теңге" if language == "kk" else "тенге"
    if value == 0:
        unit = {
            "full": f"{style.unit_space}{thousand} {tenge}",
            "tenge": f"{style.unit_space}{tenge}",
            "none": "",
        }
        words = style.zero in ("равно нулю", "нөлге тең")
        amount = style.zero + ("" if words else unit[style.zero_unit])
        if words and not separator.strip():
            separator = " – "
    else:
        named = tenge if figure in style.tenge_for else f"{thousand} {tenge}"
        amount = f"{thousands(value, style)}{style.unit_space}{named}"
        if sign == "(-)":
            separator, sign = " ", "(-) "
    mark = style.numbering.format(n=number) if figure in MAIN else style.indent
    tail = style.including if figure is Figure.REVENUE_TOTAL else ""
    return f"{mark}{label}{separator}{sign}{amount}{tail}"


def items(unit: Unit, style: Style) -> str:
    """The list of figures."""
    lines: list[str] = []
    number = 0
    shown = printed_figures(unit, style)
    for index, (figure, value) in enumerate(shown.items()):
        if figure in MAIN:
            number = MAIN.index(figure) + 1 if not style.numbers_shift else number + 1
        line = item(unit.language, figure, value, style, number, index)
        ended = line if line.endswith(":") else line + style.line_end
        if style.joined and figure in (Figure.BUDGET_CREDITS, Figure.CREDIT_REPAYMENTS) and lines:
            lines[-1] += " " + ended.strip()
        else:
            lines.append(ended)
    return "\n".join(lines)


def heading(unit: Unit, style: Style, point: str, annexes: str = "1, 2 и 3") -> str:
    """The approving sentence."""
    period = style.years.format(*unit.years)
    year = unit.first_year
    if unit.language == "kk":
        named = f"{period} жылдарға арналған {unit.genitive}"
        if style.year_first:
            named = f"{unit.genitive} {period} жылдарға арналған"
        annexes = annexes.replace(" и ", " және ")
        text = (
            f"{point} {named} бюджеті тиісінше {annexes}-қосымшаларға сәйкес, "
            f"оның ішінде {year} жылға келесі көлемдерде бекітілсін:"
        )
        return text.translate(str.maketrans({"і": "i"})) if style.latin else text
    named = f"{unit.genitive} на {period} годы"
    if style.year_first:
        named = f"на {period} годы {unit.genitive}"
    return (
        f"{point} Утвердить бюджет {named} согласно приложениям {annexes} соответственно, "
        f"в том числе на {year} год в следующих объемах:"
    )


NOISE = {
    "ru": [
        "Новый",
        "Сноска. Вводится в действие с 01.01.2026 в соответствии с пунктом 3 настоящего решения.",
    ],
    "kk": ["Жаңартылған", "Ескерту. 01.01.2025 бастап қолданысқа енгізіледі – осы шешімнің 8-тармағымен."],
}
CLOSING = {
    "ru": [
        "2. Учесть объем субвенции, передаваемой из районного бюджета, в сумме 31 567,0 тысяч тенге.",
        "3. Настоящее решение вводится в действие с 1 января 2026 года.",
    ],
    "kk": [
        "2. Аудандық бюджеттен берілетін субвенция көлемі 31 567,0 мың теңге сомасында ескерілсін.",
        "3. Осы шешім 2026 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.",
    ],
}


def decision(units: list[Unit], style: Style) -> str:
    """A decision for one or several units, a point each."""
    language = units[0].language
    lines: list[str] = []
    period = style.years.format(*units[0].years)
    if language == "ru":
        lines.append(
            f"О бюджете {units[0].genitive if len(units) == 1 else 'сельских округов'} на {period} годы"
        )
    else:
        whose = f"{units[0].genitive} бюджеті" if len(units) == 1 else "ауылдық округтердің бюджеттері"
        lines.append(f"{period} жылдарға арналған {whose} туралы")
    if style.noise:
        lines += NOISE[language]
    quote = "«" if style.quote else ""
    for number, unit in enumerate(units, start=1):
        first = 3 * number - 2
        lines.append(quote + heading(unit, style, f"{number}.", f"{first}, {first + 1} и {first + 2}"))
        body = items(unit, style)
        lines.append(body + ("»." if style.quote else ""))
        if style.noise:
            lines.append(CLOSING[language][0])
    lines += CLOSING[language][1:]
    return "\n".join(lines) + "\n"


# --- budgets -------------------------------------------------------------------------------------

_NAMES = {
    "ru": [
        ("Ергольский сельский округ", "Ергольского сельского округа", "Ергольскому сельскому округу"),
        ("Бель-Агачский сельский округ", "Бель-Агачского сельского округа", "Бель-Агачскому сельскому округу"),
        ("сельский округ Агыбет", "сельского округа Агыбет", "сельскому округу Агыбет"),
        ("город Жанатас", "города Жанатас", "городу Жанатас"),
        ("село Актогай", "села Актогай", "селу Актогай"),
        ("поселок Жаңаарқа", "поселка Жаңаарқа", "поселку Жаңаарқа"),
    ],
    "kk": [
        ("Көкалажар ауылдық округі", "Көкалажар ауылдық округінің", "Көкалажар ауылдық округі"),
        ("Дөң ауылдық округі", '"Дөң" ауылдық округінің', "Дөң ауылдық округі"),
        ("Кеңащы ауылы", "Кеңащы ауылының", "Кеңащы ауылы"),
        ("Жаңатас қаласы", "Жаңатас қаласының", "Жаңатас қаласы"),
        ("Солнечный кенті", "Солнечный кентінің", "Солнечный кенті"),
        ("Қ. Жұбанов атындағы ауылдық округі", "Қ. Жұбанов атындағы ауылдық округінің", "Қ. Жұбанов атындағы ауылдық округі"),
    ],
}  # fmt: skip


def published() -> list[Unit]:
    """Every unit of the published decisions, in both languages."""
    units: list[Unit] = []
    for number, case in enumerate(json.loads((CASES / "decisions.json").read_text("utf-8"))):
        figures = {
            figure: None
            if case["figures"].get(figure.value) is None
            else Decimal(str(case["figures"][figure.value]))
            for figure in Figure
        }
        for language in ("ru", "kk"):
            name, genitive, dative = _NAMES[language][number % len(_NAMES[language])]
            units.append(Unit(language, name, genitive, dative, case["first_year"], figures))
    return units


def _tenth(number: int) -> Decimal:
    return Decimal(number).scaleb(-1)


@st.composite
def budgets(draw: st.DrawFn, language: str | None = None) -> Unit:
    """A budget that adds up, of any size, deficit or surplus, lending and assets now and then."""
    language = language or draw(st.sampled_from(["ru", "kk"]))
    amount = st.integers(0, 20_000_000).map(_tenth)
    rare = st.one_of(st.just(Decimal(0)), st.just(Decimal(0)), st.integers(1, 400_000).map(_tenth))
    tax, transfers = draw(st.integers(50, 9_000_000).map(_tenth)), draw(amount)
    nontax, capital = draw(rare), draw(rare)
    special = draw(st.one_of(st.none(), st.just(Decimal(0)), st.integers(1, 90_000).map(_tenth)))
    revenue = tax + nontax + capital + transfers + (special or 0)
    credits, repaid = draw(rare), draw(rare)
    bought, sold = draw(rare), draw(rare)
    loans, loans_back = draw(rare), draw(rare)
    balances = draw(rare)
    deficit = -(loans - loans_back + balances)
    costs = revenue - (credits - repaid) - (bought - sold) - deficit
    if costs <= 0:
        costs, deficit = revenue, -(credits - repaid) - (bought - sold)
        loans, loans_back, balances = max(-deficit, Decimal(0)), max(deficit, Decimal(0)), Decimal(0)
    values = dict(
        zip(
            ORDER,
            (revenue, tax, nontax, capital, special, transfers, costs, credits - repaid, credits, repaid,
             bought - sold, bought, sold, deficit, -deficit, loans, loans_back, balances),
            strict=True,
        )
    )  # fmt: skip
    name, genitive, dative = draw(st.sampled_from(_NAMES[language]))
    return Unit(language, name, genitive, dative, draw(st.integers(2019, 2030)), values)


_SEPARATORS = (
    (" – ",), (" - ",), (" – ", " - "), (" –",), ("– ",), (" ",), (": ",), (" — ",), (" -",),
)  # fmt: skip


@st.composite
def styles(draw: st.DrawFn, language: str) -> Style:
    """Any way to print that leaves no doubt about the figures of a budget that adds up."""
    separators = draw(st.sampled_from(_SEPARATORS))
    if len(separators) > 1 and separators[0] == " ":
        separators = (" – ",)
    minus = draw(st.sampled_from(["-", "- ", "(-)", "−", "– "]))
    if draw(st.booleans()) and separators[0].strip() in ("–", "-", "—"):
        minus = ""  # one dash for both: only the sums can tell
    words = "равно нулю" if language == "ru" else "нөлге тең"
    line_end = draw(st.sampled_from([";", ".", ":", ";", ""]))
    return Style(
        group=draw(st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "", "'"])),
        always_decimal=draw(st.booleans()),
        point=draw(st.sampled_from([",", ",", "."])),
        separators=separators,
        minus=minus,
        zero=draw(st.sampled_from(["0", "0", "0,0", words])),
        zero_unit=draw(st.sampled_from(["full", "tenge", "none"])),
        unit_space=draw(st.sampled_from([" ", " ", "", "\u00a0"])),
        thousand=draw(st.sampled_from([("тысяч",), ("тысяча", "тысячи", "тысяч"), ("тыс.",)])),
        wordings=draw(st.integers(0, 3)),
        numbering=draw(st.sampled_from(["{n}) ", "{n})", "{n}\\) ", "", "  {n}) "])),
        indent=draw(st.sampled_from(["", "   ", "\t", "- ", "      "])),
        including=draw(
            st.sampled_from([", в том числе:", ", в том числе по:", ":", ";", ";\nв том числе:", ","])
            if language == "ru"
            else st.sampled_from([", оның ішінде:", ", соның ішінде:", ":", ";"])
        ),
        line_end=line_end,
        joined=bool(line_end) and draw(st.booleans()),
        wrap=draw(st.sampled_from(["", "", "\n"])) if separators[0] == " – " else "",
        tenge_for=frozenset(draw(st.lists(st.sampled_from(MISNAMED), max_size=2))),
        latin=draw(st.booleans()),
        upper=draw(st.booleans()) and not draw(st.booleans()),
        slip=draw(st.sampled_from([-1, -1, 0, 3, 5, 8, 11])),
        years=draw(st.sampled_from(["{0}-{2}", "{0} - {2}", "{0} – {2}", "{0}–{2}", "{0} -{2}"])),
        year_first=draw(st.booleans()),
        omit_zero=draw(st.booleans()),
        noise=draw(st.booleans()),
        quote=draw(st.booleans()),
        numbers_shift=draw(st.booleans()),
    )


@st.composite
def printed(draw: st.DrawFn, most_units: int = 1) -> tuple[list[Unit], Style]:
    """Units of one language and a style for them."""
    language = draw(st.sampled_from(["ru", "kk"]))
    count = draw(st.integers(1, most_units))
    units = [draw(budgets(language)) for _ in range(count)]
    names = _NAMES[language]
    first = draw(st.integers(0, len(names) - 1))
    units = [
        replace(
            unit,
            name=names[(first + at) % len(names)][0],
            genitive=names[(first + at) % len(names)][1],
            dative=names[(first + at) % len(names)][2],
            first_year=units[0].first_year,
        )
        for at, unit in enumerate(units)
    ]
    return units, draw(styles(language))


@dataclass(frozen=True)
class Plain:
    """The usual print, for tests of one habit at a time."""

    ru: Style = field(default_factory=Style)
    kk: Style = field(default_factory=lambda: Style(including=", оның ішінде:"))
