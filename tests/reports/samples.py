"""Documents to draw: an annex, a statement and a first paragraph as the offices print them."""

from __future__ import annotations

import json
from pathlib import Path

from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Chart,
    ChartKind,
    Column,
    Elsewhere,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Series,
    SideBySide,
    Signatory,
    Signatures,
    Table,
    Text,
    TextCell,
    Tone,
)

CASES = Path(__file__).resolve().parent.parent / "data" / "cases" / "annexes"
_HEADS = {
    ("revenue", Language.RU): ("Категория", "Класс", "Подкласс", "Наименование"),
    ("revenue", Language.KK): ("Санаты", "Сыныбы", "Кіші сыныбы", "Атауы"),
    ("expenditure", Language.RU): (
        "Функциональная группа",
        "Функциональная подгруппа",
        "Администратор бюджетных программ",
        "Программа",
        "Наименование",
    ),
    ("expenditure", Language.KK): (
        "Функционалдық топ",
        "Кіші функция",
        "Бюджеттік бағдарламалардың әкімшісі",
        "Бағдарлама",
        "Атауы",
    ),
}
_SUM = {Language.RU: "Сумма (тысяч тенге)", Language.KK: "Сомасы (мың теңге)"}


def staircase(names: tuple[str, ...], amount: str) -> tuple[tuple[TextCell, ...], ...]:
    """The head of an annex: each code one step further to the right, then the columns' numbers."""
    steps = []
    for index, name in enumerate(names):
        row = [TextCell("")] * index + [TextCell(name, colspan=len(names) - index)]
        if index == 0:
            row.append(TextCell(amount, rowspan=len(names)))
        steps.append(tuple(row))
    numbers = tuple(TextCell(str(number)) for number in range(1, len(names) + 2))
    return (*steps, numbers)


def _level(cells: list[str]) -> int:
    return next((index + 1 for index, code in enumerate(cells) if code), 0)


def _children(levels: list[int], index: int) -> tuple[int, ...]:
    """The rows one step below: of a total all that follow at the first level."""
    below: list[int] = []
    for following in range(index + 1, len(levels)):
        if levels[following] <= levels[index] and levels[following]:
            break
        if levels[following] == 0:
            break
        if levels[following] == levels[index] + 1:
            below.append(following)
    return tuple(below)


def annex(name: str = "179019_u07_irtysh_ru_2023", repeat: int = 1) -> ReportDocument:
    """A published annex as a neutral document; ``repeat`` makes a longer one out of it."""
    data = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    language = Language(data["language"])
    revenue = [line for line in data["lines"] if line["section"] == "revenue"] * repeat
    rest = [line for line in data["lines"] if line["section"] != "revenue"] * repeat
    tables: list[Block] = []
    totals: dict[str, int] = {}
    for section, lines in (("revenue", revenue), ("expenditure", rest)):
        names = _HEADS[section, language]
        codes = len(names) - 1
        levels = [
            0 if line["section"] not in ("revenue", "expenditure") else _level(line["cells"])
            for line in lines
        ]
        rows = []
        for index, line in enumerate(lines):
            total = line["role"] == "total"
            if total and section == "expenditure":
                totals[line["section"]] = index
            sum_of: tuple[int | Elsewhere, ...] = _children(levels, index)
            minus: tuple[int | Elsewhere, ...] = ()
            if line["section"] == "deficit" and total:
                sum_of = (Elsewhere(-1, 0),)
                minus = (totals["expenditure"], totals["net_lending"], totals["fin_assets"])
            amount = AmountCell(from_plain(line["amount"]), sum_of, minus)
            cells = [TextCell(code) for code in line["cells"]]
            cells += [TextCell("")] * (codes - len(cells))
            rows.append(
                Row((*cells, TextCell(line["name"].strip()), amount), bold=total, level=levels[index])
            )
        shares = [7.0] * codes + [86 - 7.0 * codes, 14.0]
        aligns = [Align.CENTRE] * codes + [Align.LEFT, Align.RIGHT]
        tables.append(
            Table(
                columns=tuple(Column(w, a) for w, a in zip(shares, aligns, strict=True)),
                head=staircase(names, _SUM[language]),
                rows=tuple(rows),
                name=f"{data['annex']}-қосымша" if language is Language.KK else f"Приложение {data['annex']}",
            )
        )
    kazakh = language is Language.KK
    block = (
        f"Мәслихаттың 2023 жылғы 17 қарашадағы\n№ 13/76-VIII шешіміне\n{data['annex']}-қосымша"
        if kazakh
        else f"Приложение {data['annex']}\nк решению маслихата\nот 17 ноября 2023 года\n№ 13/76-VIII"
    )
    chair = "Мәслихат төрағасы" if kazakh else "Председатель маслихата"
    return ReportDocument(
        id="annex",
        title=data["heading"],
        language=language,
        subject=f"{data['unit']}, {data['year']}",
        footer=f"{data['unit']}, {data['year']}",
        blocks=[
            Text(block, Tone.ANNEX_BLOCK),
            Heading(data["heading"]),
            *tables,
            Signatures((Signatory(chair, "Қ. Үлгілі"),)),
        ],
    )


_RATIO = {
    Language.KK: (
        "Өзін-өзі қамтамасыз ету деңгейі туралы анықтама",
        "Ауылдық округтің меншікті кірістерінің жалпы кірістердегі үлесі",
        "Меншікті кірістердің үлесі",
        "Нысаналы мән",
        ("Жыл", "Меншікті кірістер, мың теңге", "Кірістер, мың теңге", "Үлесі, %", "Нысана, %"),
        (
            "2026 жылы меншікті кірістер кірістердің 19,2 пайызын құрайды, бұл 33,0 пайыздық нысанадан "
            "13,8 пайыздық тармаққа төмен. 2024 жылғы үлес белгісіз."
        ),
        "2025 жылғы кіріс жиыны оның бөліктерінің қосындысынан 1\xa0576\xa0000 теңгеге өзгеше.",
        (
            "Формула: салықтық, салықтық емес түсімдер мен негізгі капиталды сатудан түскен түсімдердің "
            "қосындысы кірістердің жиынына бөлінеді."
        ),
        ("Ауылдық округ әкімі", "Бас бухгалтер"),
        "Графиктің сипаттамасы: 2022 жыл — 21,4 %, 2023 жыл — 17,2 %, 2025 жыл — 4,7 %, 2026 жыл — 19,2 %.",
        "Меншікті кірістер Конституцияға сай жергілікті өзін-өзі басқарудың қаржылық негізі болып табылады.",
    ),
    Language.RU: (
        "Справка об уровне самообеспеченности",
        "Доля собственных доходов сельского округа в общих доходах",
        "Доля собственных доходов",
        "Целевое значение",
        ("Год", "Собственные доходы, тыс. тенге", "Доходы, тыс. тенге", "Доля, %", "Цель, %"),
        (
            "В 2026 году собственные доходы составляют 19,2 процента доходов, что на 13,8 процентного "
            "пункта ниже целевого значения 33,0 процента. Доля за 2024 год не известна."
        ),
        "Итог доходов 2025 года расходится с суммой его частей на 1\xa0576\xa0000 тенге.",
        (
            "Формула: сумма налоговых, неналоговых поступлений и поступлений от продажи основного капитала "
            "делится на итог доходов."
        ),
        ("Аким сельского округа", "Главный бухгалтер"),
        "Описание графика: 2022 год — 21,4 %, 2023 год — 17,2 %, 2025 год — 4,7 %, 2026 год — 19,2 %.",
        "Собственные доходы являются финансовой основой местного самоуправления.",
    ),
}
YEARS = ("2022", "2023", "2024", "2025", "2026")
SHARES = ("21.4", "17.2", None, "4.7", "19.2")
TARGETS = ("19.0", "21.2", None, "30.0", "33.0")
OWN = (2155400000, 1895030000, None, 860000000, 1598000000)
REVENUE = (10071960000, 11017620000, None, 18176600000, 8305900000)


def chart(language: Language = Language.KK) -> Chart:
    """The history of the ratio with its target."""
    words = _RATIO[language]
    return Chart(
        ChartKind.BARS_WITH_LINE,
        words[1],
        YEARS,
        (Series(words[2], SHARES), Series(words[3], TARGETS, line=True)),
        text_equivalent=words[9],
    )


def statement(language: Language = Language.KK) -> ReportDocument:
    """A statement with findings, a table, a chart and signatures."""
    words = _RATIO[language]
    rows = tuple(
        Row(
            (TextCell(year), AmountCell(own), AmountCell(total), PercentCell(share), PercentCell(target)),
            marked=year == "2025",
        )
        for year, own, total, share, target in zip(YEARS, OWN, REVENUE, SHARES, TARGETS, strict=True)
    )
    table = Table(
        columns=(
            Column(12, Align.CENTRE),
            Column(26, Align.RIGHT),
            Column(26, Align.RIGHT),
            Column(18, Align.RIGHT),
            Column(18, Align.RIGHT),
        ),
        head=(tuple(TextCell(head) for head in words[4]),),
        rows=rows,
    )
    return ReportDocument(
        id="self_sufficiency",
        title=words[0],
        language=language,
        subject="Тоқмансай, 2026",
        footer=words[0],
        blocks=[
            Heading(words[0]),
            Text(words[5], indent=1),
            Text(words[10], indent=1),
            table,
            Text(words[7], Tone.NOTE),
            chart(language),
            Text(words[6], Tone.FINDING_ERROR),
            Text(words[6], Tone.FINDING_WARNING),
            Signatures((Signatory(words[8][0], "А. Үлгілі"), Signatory(words[8][1]))),
        ],
    )


def paragraph(language: Language = Language.KK) -> tuple[Heading | Text, ...]:
    """A decision's first paragraph as a heading and its sub-lines."""
    if language is Language.KK:
        return (
            Heading("Тоқмансай ауылдық округінің 2026–2028 жылдарға арналған бюджеті туралы"),
            Text(
                "1. Тоқмансай ауылдық округінің 2026–2028 жылдарға арналған бюджеті осы шешімге 1, 2 және "
                "3-қосымшаларға сәйкес, оның ішінде 2026 жылға мынадай көлемде бекітілсін:",
                indent=1,
            ),
            Text("1) кірістер – 83\xa0059 мың теңге, оның ішінде:", indent=1),
            Text("салықтық түсімдер – 15\xa0065 мың теңге;", indent=1),
            Text("негізгі капиталды сатудан түсетін түсімдер – 703 мың теңге;", indent=1),
            Text("2) шығындар – 84\xa0222,4 мың теңге;", indent=1),
            Text("5) бюджет тапшылығы (профициті) – -1\xa0163,4 мың теңге.", indent=1),
        )
    return (
        Heading("О бюджете Токмансайского сельского округа на 2026–2028 годы"),
        Text(
            "1. Утвердить бюджет Токмансайского сельского округа на 2026–2028 годы согласно приложениям 1, 2 "
            "и 3 к настоящему решению, в том числе на 2026 год в следующих объемах:",
            indent=1,
        ),
        Text("1) доходы – 83\xa0059 тысяч тенге, в том числе:", indent=1),
        Text("налоговые поступления – 15\xa0065 тысяч тенге;", indent=1),
        Text("поступления от продажи основного капитала – 703 тысячи тенге;", indent=1),
        Text("2) затраты – 84\xa0222,4 тысячи тенге;", indent=1),
        Text("5) дефицит (профицит) бюджета – -1\xa0163,4 тысячи тенге.", indent=1),
    )


def first_paragraph(language: Language = Language.KK) -> ReportDocument:
    """The first paragraph in one language."""
    blocks = paragraph(language)
    return ReportDocument(
        "first_paragraph", blocks[0].text, language, [*blocks, Signatures((Signatory("Төраға"),))]
    )


def side_by_side() -> ReportDocument:
    """The first paragraph in both languages beside each other."""
    left, right = paragraph(Language.KK), paragraph(Language.RU)
    signatures = Signatures((Signatory("Мәслихат төрағасы / Председатель маслихата", "Қ. Үлгілі"),))
    return ReportDocument("first_paragraph", left[0].text, Language.KK, [SideBySide(left, right), signatures])


def many_series() -> ReportDocument:
    """A chart of four kinds of bars and three lines, one of them with a name longer than the page."""
    names = ("Бекітілген", "Нақтыланған", "Түзетілген", "Атқарылған", "Нысана", "Өткен жыл", "Орташа " * 30)
    series = tuple(
        Series(name.strip(), tuple(f"{(index + 2) * (place + 3)}.5" for place in range(3)), line=index > 3)
        for index, name in enumerate(names)
    )
    drawn = Chart(ChartKind.BARS_WITH_LINE, "Бюджет", ("2024", "2025", "2026"), series, unit="мың теңге")
    return ReportDocument("chart", "Бюджет", Language.KK, [drawn])
