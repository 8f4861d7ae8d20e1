"""Writes the decisions of the example okrug into ``resources/example``: an invented okrug, real shapes.

Run from a checkout: ``python installer/make_example.py``. The amounts are this file's tables (thousand
tenge with one decimal), in the range of published budgets; parents and totals are summed here, so the
decisions add up. The okrug, its raion and its people's posts are invented. A test holds the shipped
files to what this script writes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode  # noqa: E402
from akimat_desk.classification.packs import pack_for  # noqa: E402
from akimat_desk.core.dates import of_decision  # noqa: E402
from akimat_desk.core.language import Language  # noqa: E402
from akimat_desk.core.money import from_plain, table_amount, text_amount  # noqa: E402

Amounts = dict[str, str]


@dataclass(frozen=True)
class Paper:
    """One decision: its file, language, number, date, years and the leaves of each year."""

    file: str
    language: Language
    number: str
    date: tuple[int, int, int]
    first_year: int
    revenue: tuple[Amounts, Amounts, Amounts]
    expenditure: tuple[Amounts, Amounts, Amounts]
    balances: str = "0"
    amends: tuple[str, tuple[int, int, int]] | None = None


# Receipts by "category/class/subclass"; T is the transfers' category, whatever its digit that year.
REVENUE = {
    2023: {
        "1/01/2": "540.0", "1/04/1": "296.0", "1/04/3": "41.2", "1/04/4": "7980.0", "1/04/5": "352.0",
        "1/05/3": "1880.2", "2/01/5": "84.0", "3/03/1": "120.0", "3/03/2": "180.0", "T/02/3": "69280.0",
    },
    2024: {
        "1/01/2": "620.0", "1/04/1": "310.0", "1/04/3": "45.5", "1/04/4": "8450.0", "1/04/5": "380.0",
        "1/05/3": "2650.4", "2/01/5": "96.0", "3/03/1": "150.0", "3/03/2": "240.0", "T/02/3": "74560.0",
    },
    2025: {
        "1/01/2": "780.0", "1/04/1": "335.0", "1/04/3": "52.0", "1/04/4": "9120.0", "1/04/5": "410.0",
        "1/05/3": "4980.6", "2/01/5": "540.0", "3/03/1": "420.0", "3/03/2": "1150.0", "T/02/3": "72900.0",
    },
    2026: {
        "1/01/2": "1240.0", "1/04/1": "352.0", "1/04/3": "60.4", "1/04/4": "10050.0",
        "1/05/3": "9680.0", "2/01/5": "980.0", "3/03/1": "600.0", "3/03/2": "2310.5", "T/02/3": "78640.0",
    },
    2027: {
        "1/01/2": "1302.0", "1/04/1": "366.0", "1/04/3": "62.8", "1/04/4": "10552.5",
        "1/05/3": "10164.0", "2/01/5": "1030.0", "3/03/1": "630.0", "3/03/2": "2426.0", "T/02/3": "80212.0",
    },
    2028: {
        "1/01/2": "1367.1", "1/04/1": "380.7", "1/04/3": "65.3", "1/04/4": "11080.1",
        "1/05/3": "10672.2", "2/01/5": "1081.5", "3/03/1": "661.5", "3/03/2": "2547.3", "T/02/3": "81816.0",
    },
}  # fmt: skip
AMENDED_2024 = {**REVENUE[2024], "T/02/3": "77760.0"}
AMENDED_2025 = {**REVENUE[2025], "1/05/3": "5580.6", "T/02/3": "75300.0"}
AMENDED_2026 = {
    **REVENUE[2026], "1/04/4": "10450.0", "1/05/3": "10120.0", "T/02/3": "84840.0",
}  # fmt: skip

# Costs by "group/subgroup/program"; the administrator is the akim's office everywhere.
COSTS = {
    2023: {
        "01/1/001": "42890.0", "07/3/008": "5980.0", "07/3/009": "1240.0", "07/3/011": "12128.4",
        "08/1/006": "9640.0", "12/1/013": "8875.0",
    },
    2024: {
        "01/1/001": "46210.0", "01/1/022": "900.0", "07/3/008": "6480.0", "07/3/009": "1320.0",
        "07/3/011": "12890.9", "08/1/006": "10325.0", "12/1/013": "9376.0",
    },
    2025: {
        "01/1/001": "47980.0", "07/3/008": "6840.0", "07/3/009": "1450.0", "07/3/011": "13242.6",
        "08/1/006": "10760.0", "12/1/013": "10415.0",
    },
    2026: {
        "01/1/001": "52640.0", "01/1/022": "1500.0", "07/3/008": "8120.0", "07/3/009": "1980.0",
        "07/3/011": "15762.9", "08/1/006": "11890.0", "12/1/013": "12020.0",
    },
    2027: {
        "01/1/001": "54745.0", "07/3/008": "8445.0", "07/3/009": "2060.0", "07/3/011": "16629.3",
        "08/1/006": "12366.0", "12/1/013": "12500.0",
    },
    2028: {
        "01/1/001": "56935.0", "07/3/008": "8783.0", "07/3/009": "2142.0", "07/3/011": "15950.7",
        "08/1/006": "12861.0", "12/1/013": "13000.0",
    },
}  # fmt: skip
AMENDED_COSTS_2024 = {**COSTS[2024], "07/3/011": "13177.3", "12/1/013": "12576.0"}
AMENDED_COSTS_2025 = {
    **COSTS[2025], "07/3/008": "7252.6", "07/3/011": "13842.6", "12/1/013": "12815.0",
}  # fmt: skip
AMENDED_COSTS_2026 = {
    "01/1/001": "53340.0", "01/1/022": "1500.0", "07/3/008": "8120.0", "07/3/009": "1980.0",
    "07/3/011": "21962.9", "08/1/006": "11890.0", "12/1/013": "13970.0", "15/1/048": "35.3",
}  # fmt: skip

_DECEMBER_2023 = ("XII-74", (2023, 12, 27))
_DECEMBER_2024 = ("XXIII-138", (2024, 12, 25))
_DECEMBER_2025 = ("XXXIV-212", (2025, 12, 26))

PAPERS = (
    Paper(
        "2023-2025_ru.html", Language.RU, "V-41", (2022, 12, 28), 2023,
        (REVENUE[2023], REVENUE[2024], REVENUE[2025]), (COSTS[2023], COSTS[2024], COSTS[2025]),
    ),
    Paper(
        "2024-2026_kk.html", Language.KK, *_DECEMBER_2023, 2024,
        (REVENUE[2024], REVENUE[2025], REVENUE[2026]), (COSTS[2024], COSTS[2025], COSTS[2026]),
    ),
    Paper(
        "2024-2026_amendment_kk.html", Language.KK, "XVI-98", (2024, 4, 26), 2024,
        (AMENDED_2024, REVENUE[2025], REVENUE[2026]), (AMENDED_COSTS_2024, COSTS[2025], COSTS[2026]),
        balances="286.4", amends=_DECEMBER_2023,
    ),
    Paper(
        "2025-2027_ru.html", Language.RU, *_DECEMBER_2024, 2025,
        (REVENUE[2025], REVENUE[2026], REVENUE[2027]), (COSTS[2025], COSTS[2026], COSTS[2027]),
    ),
    Paper(
        "2025-2027_amendment_ru.html", Language.RU, "XXVIII-171", (2025, 5, 30), 2025,
        (AMENDED_2025, REVENUE[2026], REVENUE[2027]), (AMENDED_COSTS_2025, COSTS[2026], COSTS[2027]),
        balances="412.6", amends=_DECEMBER_2024,
    ),
    Paper(
        "2026-2028_kk.html", Language.KK, *_DECEMBER_2025, 2026,
        (REVENUE[2026], REVENUE[2027], REVENUE[2028]), (COSTS[2026], COSTS[2027], COSTS[2028]),
    ),
    Paper(
        "2026-2028_amendment_kk.html", Language.KK, "XXXIX-241", (2026, 6, 12), 2026,
        (AMENDED_2026, REVENUE[2027], REVENUE[2028]), (AMENDED_COSTS_2026, COSTS[2027], COSTS[2028]),
        balances="1845.3", amends=_DECEMBER_2025,
    ),
)  # fmt: skip

KK, RU = Language.KK, Language.RU
UNIT = {KK: "Жаңабұлақ ауылдық округінің", RU: "Жанабулакского сельского округа"}
MASLIKHAT = {KK: "Үлгі аудандық мәслихатының", RU: "Улгинского районного маслихата"}
REVENUE_HEAD = {
    KK: ("Санаты", "Сыныбы", "Кіші сыныбы", "Атауы", "Сомасы (мың теңге)"),
    RU: ("Категория", "Класс", "Подкласс", "Наименование", "Сумма (тысяч тенге)"),
}
COSTS_HEAD = {
    KK: ("Функционалдық топ", "Кіші функция", "Бюджеттік бағдарламалардың әкімшісі", "Бағдарлама",
         "Атауы", "Сомасы (мың теңге)"),
    RU: ("Функциональная группа", "Функциональная подгруппа", "Администратор бюджетных программ",
         "Программа", "Наименование", "Сумма (тысяч тенге)"),
}  # fmt: skip
SECTIONS = {
    KK: {
        "I": "I. Кірістер", "II": "II. Шығындар", "III": "III. Таза бюджеттік кредиттеу",
        "credits": "Бюджеттік кредиттер", "repaid": "Бюджеттік кредиттерді өтеу",
        "IV": "IV. Қаржы активтерімен жасалатын операциялар бойынша сальдо",
        "bought": "Қаржы активтерін сатып алу",
        "sold": "Мемлекеттің қаржы активтерін сатудан түсетін түсімдер",
        "V": "V. Бюджет тапшылығы (профициті)",
        "VI": "VI. Бюджет тапшылығын қаржыландыру (профицитін пайдалану)",
        "loans": "Қарыздар түсімі", "paid back": "Қарыздарды өтеу",
        "balances": "Бюджет қаражатының пайдаланылатын қалдықтары",
    },
    RU: {
        "I": "I. Доходы", "II": "II. Затраты", "III": "III. Чистое бюджетное кредитование",
        "credits": "Бюджетные кредиты", "repaid": "Погашение бюджетных кредитов",
        "IV": "IV. Сальдо по операциям с финансовыми активами",
        "bought": "Приобретение финансовых активов",
        "sold": "Поступления от продажи финансовых активов государства",
        "V": "V. Дефицит (профицит) бюджета",
        "VI": "VI. Финансирование дефицита (использование профицита) бюджета",
        "loans": "Поступление займов", "paid back": "Погашение займов",
        "balances": "Используемые остатки бюджетных средств",
    },
}  # fmt: skip
TEXT = {
    KK: (
        ("1) кірістер", "revenue", ", оның ішінде:"), ("салықтық түсімдер", "1", ";"),
        ("салықтық емес түсімдер", "2", ";"), ("негізгі капиталды сатудан түсетін түсімдер", "3", ";"),
        ("трансферттер түсімі", "T", ";"), ("2) шығындар", "costs", ";"),
        ("3) таза бюджеттік кредиттеу", "zero", ", оның ішінде:"), ("бюджеттік кредиттер", "zero", ";"),
        ("бюджеттік кредиттерді өтеу", "zero", ";"),
        ("4) қаржы активтерімен жасалатын операциялар бойынша сальдо", "zero", ", оның ішінде:"),
        ("қаржы активтерін сатып алу", "zero", ";"),
        ("мемлекеттің қаржы активтерін сатудан түсетін түсімдер", "zero", ";"),
        ("5) бюджет тапшылығы (профициті)", "deficit", ";"),
        ("6) бюджет тапшылығын қаржыландыру (профицитін пайдалану)", "financing", ", оның ішінде:"),
        ("қарыздар түсімі", "zero", ";"), ("қарыздарды өтеу", "zero", ";"),
        ("бюджет қаражатының пайдаланылатын қалдықтары", "financing", "."),
    ),
    RU: (
        ("1) доходы", "revenue", ", в том числе:"), ("налоговые поступления", "1", ";"),
        ("неналоговые поступления", "2", ";"), ("поступления от продажи основного капитала", "3", ";"),
        ("поступления трансфертов", "T", ";"), ("2) затраты", "costs", ";"),
        ("3) чистое бюджетное кредитование", "zero", ", в том числе:"), ("бюджетные кредиты", "zero", ";"),
        ("погашение бюджетных кредитов", "zero", ";"),
        ("4) сальдо по операциям с финансовыми активами", "zero", ", в том числе:"),
        ("приобретение финансовых активов", "zero", ";"),
        ("поступления от продажи финансовых активов государства", "zero", ";"),
        ("5) дефицит (профицит) бюджета", "deficit", ";"),
        ("6) финансирование дефицита (использование профицита) бюджета", "financing", ", в том числе:"),
        ("поступление займов", "zero", ";"), ("погашение займов", "zero", ";"),
        ("используемые остатки бюджетных средств", "financing", "."),
    ),
}  # fmt: skip


def _tree(leaves: dict[str, int]) -> dict[str, int]:
    """Every code with its sum, parents before children, in the classification's order."""
    sums: dict[str, int] = {}
    for code, amount in leaves.items():
        parts = code.split("/")
        for depth in range(1, len(parts) + 1):
            key = "/".join(parts[:depth])
            sums[key] = sums.get(key, 0) + amount
    return dict(sorted(sums.items()))


class _Year:
    """The amounts of one annex in tiyn."""

    def __init__(self, paper: Paper, index: int) -> None:
        self.year = paper.first_year + index
        # A decision prints the categories of its own time: those of 2026 moved.
        self.pack = pack_for(min(self.year, paper.date[0] + 1))
        transfers = "4" if self.pack.year < 2026 else "5"
        self.transfers = transfers
        self.revenue = _tree(
            {code.replace("T", transfers): from_plain(a) for code, a in paper.revenue[index].items()}
        )
        self.costs = _tree(
            {f"{c[:4]}/124/{c[5:]}": from_plain(a) for c, a in paper.expenditure[index].items()}
        )
        self.total_revenue = sum(a for code, a in self.revenue.items() if "/" not in code)
        self.total_costs = sum(a for code, a in self.costs.items() if "/" not in code)
        self.balances = from_plain(paper.balances) if index == 0 else 0
        if self.total_revenue - self.total_costs != -self.balances:
            raise SystemExit(f"{paper.file}: {self.year} does not add up")

    def figure(self, name: str) -> int:
        """An amount of the text by its name in TEXT."""
        if name in "123":
            return self.revenue.get(name, 0)
        by_name = {
            "T": self.revenue[self.transfers], "revenue": self.total_revenue, "costs": self.total_costs,
            "zero": 0, "deficit": -self.balances, "financing": self.balances,
        }  # fmt: skip
        return by_name[name]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table as the legal database prints it: staircase head, row of numbers, then the rows."""
    *codes, name, amount = head
    depth = len(codes) + 1
    lines = ["<table>"]
    for level, label in enumerate([*codes, name]):
        span = depth - level
        cells = ["<td></td>"] * level
        cells.append(
            f'<td colspan="{span}">{escape(label)}</td>' if span > 1 else f"<td>{escape(label)}</td>"
        )
        if level == 0:
            cells.append(f'<td rowspan="{depth}">{escape(amount)}</td>')
        lines.append("<tr>" + "".join(cells) + "</tr>")
    for row in [tuple(str(n) for n in range(1, len(head) + 1)), *rows]:
        lines.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _staircase(code: str, width: int) -> tuple[str, ...]:
    """The code cells of a row: only the deepest part is printed."""
    parts = code.split("/")
    return tuple(parts[-1] if column == len(parts) - 1 else "" for column in range(width))


def _name(year: _Year, code: Code, language: Language) -> str:
    entry = year.pack.lookup(code)
    if entry is None:
        raise SystemExit(f"{code} is not in the pack of {year.pack.year}")
    return entry.name.exact(language)


def _annex(paper: Paper, year: _Year, number: int) -> str:
    language, said = paper.language, SECTIONS[paper.language]
    revenue: list[tuple[str, ...]] = [("", "", "", said["I"], table_amount(year.total_revenue))]
    for code, amount in year.revenue.items():
        name = _name(year, RevenueCode(*code.split("/")), language)
        revenue.append((*_staircase(code, 3), name, table_amount(amount)))
    costs: list[tuple[str, ...]] = [("", "", "", "", said["II"], table_amount(year.total_costs))]
    for code, amount in year.costs.items():
        name = _name(year, ExpenditureCode(*code.split("/")), language)
        costs.append((*_staircase(code, 4), name, table_amount(amount)))
    tail = (
        ("III", 0), ("credits", 0), ("repaid", 0), ("IV", 0), ("bought", 0), ("sold", 0),
        ("V", -year.balances), ("VI", year.balances), ("loans", 0), ("paid back", 0),
        ("balances", year.balances),
    )  # fmt: skip
    costs += [("", "", "", "", said[row], table_amount(amount)) for row, amount in tail]
    import datetime as dt

    number_of, date_of = (paper.number, paper.date) if paper.amends is None else paper.amends
    if language is KK:
        decision = f"{MASLIKHAT[KK]} {of_decision(dt.date(*date_of), KK)} № {number_of} шешіміне"
        block = f"<p>{decision}<br>{number}-қосымша</p>"
        heading = f"<h2>{UNIT[KK]} {year.year} жылға арналған бюджеті</h2>"
    else:
        decision = f"к решению {MASLIKHAT[RU]} {of_decision(dt.date(*date_of), RU)} № {number_of}"
        block = f"<p>Приложение {number}<br>{decision}</p>"
        heading = f"<h2>Бюджет {UNIT[RU]} на {year.year} год</h2>"
    return "\n".join(
        [block, heading, _table(REVENUE_HEAD[language], revenue), _table(COSTS_HEAD[language], costs)]
    )


def _sentence(paper: Paper) -> str:
    first, last = paper.first_year, paper.first_year + 2
    quote = "" if paper.amends is None else "«"
    if paper.language is KK:
        return (
            f"{quote}1. {first}-{last} жылдарға арналған {UNIT[KK]} бюджеті тиісінше 1, 2 және "
            f"3-қосымшаларға сәйкес, оның ішінде {first} жылға келесі көлемдерде бекітілсін:"
        )
    return (
        f"{quote}1. Утвердить бюджет {UNIT[RU]} на {first}-{last} годы согласно приложениям 1, 2 и 3 "
        f"соответственно, в том числе на {first} год в следующих объемах:"
    )


def _text(paper: Paper, year: _Year) -> list[str]:
    unit = "мың теңге" if paper.language is KK else "тысяч тенге"
    lines = []
    for label, name, end in TEXT[paper.language]:
        closing = "»." if paper.amends is not None and end == "." else end
        lines.append(f"<p>{label} – {text_amount(year.figure(name))} {unit}{closing}</p>")
    return lines


def _opening(paper: Paper) -> list[str]:
    import datetime as dt

    first, last, day = paper.first_year, paper.first_year + 2, dt.date(*paper.date)
    if paper.language is RU:
        title = f"О бюджете {UNIT[RU]} на {first}-{last} годы"
        act = f"Решение {MASLIKHAT[RU]} {of_decision(day, RU)} № {paper.number}"
        basis = (
            "В соответствии со статьей 91 Бюджетного кодекса Республики Казахстан, статьей 6 Закона "
            "Республики Казахстан «О местном государственном управлении и самоуправлении в Республике "
            "Казахстан» Улгинский районный маслихат РЕШИЛ:"
        )
        if paper.amends is None:
            return [f"<h1>{title}</h1>", f"<p>{act}</p>", f"<p>{basis}</p>"]
        number, date = paper.amends
        old = f"в решение {MASLIKHAT[RU]} {of_decision(dt.date(*date), RU)} № {number} «{title}»"
        return [
            f"<h1>О внесении изменений {old}</h1>",
            f"<p>{act}</p>",
            "<p>Улгинский районный маслихат РЕШИЛ:</p>",
            f"<p>1. Внести {old} следующие изменения:</p>",
            "<p>пункт 1 изложить в новой редакции:</p>",
        ]
    title = f"{first}-{last} жылдарға арналған {UNIT[KK]} бюджеті туралы"
    basis = (
        "Қазақстан Республикасы Бюджет кодексінің 91-бабына, «Қазақстан Республикасындағы жергілікті "
        "мемлекеттік басқару және өзін-өзі басқару туралы» Қазақстан Республикасы Заңының 6-бабына сәйкес "
        "Үлгі аудандық мәслихаты ШЕШІМ ҚАБЫЛДАДЫ:"
    )
    act = f"{MASLIKHAT[KK]} {of_decision(day, KK)} № {paper.number} шешімі"
    if paper.amends is None:
        return [f"<h1>{title}</h1>", f"<p>{act}</p>", f"<p>{basis}</p>"]
    number, date = paper.amends
    old = f"{MASLIKHAT[KK]} {of_decision(dt.date(*date), KK)} № {number} «{title}» шешіміне"
    return [
        f"<h1>{old} өзгерістер енгізу туралы</h1>",
        f"<p>{act}</p>",
        "<p>Үлгі аудандық мәслихаты ШЕШІМ ҚАБЫЛДАДЫ:</p>",
        f"<p>1. {old} мынадай өзгерістер енгізілсін:</p>",
        "<p>1-тармақ жаңа редакцияда жазылсын:</p>",
    ]


def _closing(paper: Paper) -> list[str]:
    if paper.language is RU:
        return [
            f"<p>2. Настоящее решение вводится в действие с 1 января {paper.first_year} года.</p>",
            "<p>Председатель маслихата</p>",
        ]
    return [
        f"<p>2. Осы шешім {paper.first_year} жылғы 1 қаңтардан бастап қолданысқа енгізіледі.</p>",
        "<p>Мәслихат төрағасы</p>",
    ]


def write(paper: Paper) -> str:
    """The whole decision as HTML."""
    years = [_Year(paper, index) for index in range(3)]
    body = [*_opening(paper), f"<p>{_sentence(paper)}</p>", *_text(paper, years[0])]
    body += _closing(paper)
    body += [_annex(paper, year, number) for number, year in enumerate(years, start=1)]
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language.value}">\n<head><meta charset="utf-8">'
        f"<title>{escape(paper.file)}</title></head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def main() -> int:
    """Write every file."""
    folder = ROOT / "resources" / "example"
    folder.mkdir(parents=True, exist_ok=True)
    for paper in PAPERS:
        (folder / paper.file).write_text(write(paper), encoding="utf-8", newline="\n")
        print(paper.file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
