"""Annexes find their unit whatever stands around its name, and a decision's text is found wherever it
stands: above its annex in a sheet, in one table with it, in two languages side by side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.annex_words import label_of
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.names import likeness, slips, unit_name
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_thousands
from akimat_desk.intake import read_bytes

REVENUE_HEAD = ("Категория", "Класс", "Подкласс", "Наименование", "Сумма (тысяч тенге)")
COSTS_HEAD = (
    "Функциональная группа",
    "Функциональная подгруппа",
    "Администратор бюджетных программ",
    "Программа",
    "Наименование",
    "Сумма (тысяч тенге)",
)
HIGHER = "Трансферты из вышестоящих органов государственного управления"
DISTRICT = "Трансферты из районного (города областного значения) бюджета"


def revenue(tax: int = 10, transfers: int = 100) -> list[tuple[Any, ...]]:
    """Rows of receipts: the codes, the name and one amount."""
    return [
        ("", "", "", "I. Доходы", tax + transfers),
        ("1", "", "", "Налоговые поступления", tax),
        ("", "04", "", "Налоги на собственность", tax),
        ("", "", "1", "Налоги на имущество", tax),
        ("4", "", "", "Поступления трансфертов", transfers),
        ("", "02", "", HIGHER, transfers),
        ("", "", "3", DISTRICT, transfers),
    ]


def costs(total: int = 110) -> list[tuple[Any, ...]]:
    return [
        ("", "", "", "", "II. Затраты", total),
        ("01", "", "", "", "Государственные услуги общего характера", total),
    ]


def sentences(unit: str = "Айнабулакского сельского округа", annexes: str = "1, 2 и 3") -> list[str]:
    """A decision's point about one unit: 110 in, 110 out."""
    return [
        f"Утвердить бюджет {unit} на 2024-2026 годы согласно приложениям {annexes}, в том числе на 2024 год:",
        "1) доходы – 110 тысяч тенге, в том числе:",
        "налоговые поступления – 10 тысяч тенге;",
        "поступления трансфертов – 100 тысяч тенге;",
        "2) затраты – 110 тысяч тенге.",
    ]


TITLE = "О бюджете Айнабулакского сельского округа на 2024-2026 годы"


def html_table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, *rows]
    return (
        "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in lines) + "</table>"
    )


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def annex(heading: str, number: int | None = 1, tax: int = 10) -> str:
    above = [f"Приложение {number} к решению"] if number else []
    tables = html_table(REVENUE_HEAD, revenue(tax)) + html_table(COSTS_HEAD, costs(tax + 100))
    return paragraphs([*above, heading]) + tables


def read(data: str | bytes, name: str = "decision.html") -> ReadDecision:
    return read_decision(read_bytes(data.encode() if isinstance(data, str) else data, name))


def only(decision: ReadDecision) -> ReadUnit:
    (unit,) = decision.units
    return unit


def codes(unit: ReadUnit) -> list[str]:
    return [f.code for f in unit.findings if f.severity is not Severity.INFO]


def sheet(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    for number, rows in enumerate(sheets):
        page = book.active if number == 0 else book.create_sheet()
        assert page is not None
        for row in rows:
            page.append([None if value == "" else value for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEADINGS = [
    "Бюджет Айнабулакского сельского округа на 2024 год",
    "Уточненный бюджет Айнабулакского сельского округа на 2024 год",
    "УТОЧНЕННЫЙ БЮДЖЕТ АЙНАБУЛАКСКОГО СЕЛЬСКОГО ОКРУГА НА 2024 ГОД",
    "Бюджет на 2024 год по Айнабулакскому сельскому округу",
    "Бюджет города Семей Айнабулакского сельского округа на 2024 год",
    "Бюджет Айнабулакского сельского округа города Семей на 2024 год",
    "Объем поступлений и расходов бюджета Айнабулакского сельского округа на 2024 год",
    "Поступления и расходы Айнабулакского сельского округа на 2024 год",
    "Бюджет аппарата акима Айнабулакского сельского округа на 2024 год",
    "Бюджет Айнабулакского сельского округа Жанасемейского района области Абай на 2024 год",
    "Бюджет Айнабулакского с/о на 2024 год",
    "Бюджет Айнабулакского с.о. на 2024 год",
    "Бюджет сельского округа Айнабулак на 2024 год",
    "Бюджет Айнобулаского сельского округа на 2024 год",
    "Айнабұлақ ауылдық округінің 2024 жылға арналған нақтыланған бюджеті",
    "Айнабұлақ ауылдық округі бойынша 2024 жылға арналған бюджет",
    "Семей қаласы Айнабұлақ ауылдық округінің 2024 жылға арналған бюджеті",
    "Айнабұлақ ауылдық округ әкімі аппаратының 2024 жылға арналған бюджеті",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_an_annex_belongs_to_its_unit_whatever_stands_around_the_name(heading: str) -> None:
    text = paragraphs([TITLE, *sentences(), *sentences("Достыкского сельского округа", "4, 5 и 6")])
    other = annex("Бюджет Достыкского сельского округа на 2024 год", 4)
    decision = read(text + annex(heading) + other)
    assert [unit.name for unit in decision.units] == [
        "Айнабулакский сельский округ",
        "Достыкский сельский округ",
    ]
    assert [[a.number for a in unit.annexes] for unit in decision.units] == [[1], [4]]
    assert [codes(unit) for unit in decision.units] == [[], []]


@pytest.mark.parametrize("heading", HEADINGS)
def test_an_annex_that_differs_from_the_text_is_named_under_any_heading(heading: str) -> None:
    unit = only(read(paragraphs([TITLE, *sentences()]) + annex(heading, tax=11)))
    assert "balance.annex_total" in codes(unit)
    assert unit.figures[Figure.TAX] == from_thousands(10)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("города Семей Айнабулакского сельского округа", "Айнабулакский сельский округ"),
        ("города Усть-Каменогорск Ново-Азовского сельского округа", "Ново-Азовский сельский округ"),
        ("Уточненный бюджет Айнабулакского с/о", "Айнабулакский сельский округ"),
        ("по Айнабулакскому сельскому округу", "Айнабулакский сельский округ"),
        ("сельского округа имени Кожаберген жырау", "сельский округ имени Кожаберген жырау"),
        ("города Семей поселка Шульбинск", "поселок Шульбинск"),
        ("поселка Шульбинск города Семей", "поселок Шульбинск"),
        ("города районного значения Жем", "город районного значения Жем"),
        ("по городу Жанатас", "город Жанатас"),
        ("Айнабұлақ ауылдық округі бойынша", "Айнабұлақ ауылдық округі"),
        ("Айнабұлақ а.о.", "Айнабұлақ ауылдық округі"),
        ("Абай облысы Семей қаласы Айнабұлақ ауылдық округінің", "Айнабұлақ ауылдық округі"),
        ("нақтыланған Чаган кентінің", "Чаган кенті"),
    ],
)
def test_the_plain_name_of_a_unit(printed: str, name: str) -> None:
    assert unit_name(printed) == name


def test_the_city_before_the_okrug_in_the_text() -> None:
    unit = only(read("\n".join(sentences("города Семей Айнабулакского сельского округа")), "a.txt"))
    assert unit.name == "Айнабулакский сельский округ"
    assert unit.figures[Figure.COSTS] == from_thousands(110)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("Айнабулакский сельский округ", "Айнабұлақ ауылдық округі", 0),
        ("Айнобулаского сельского округа", "Айнабулакский сельский округ", 2),
        ("Верхнеайнабулакский сельский округ", "Айнабулакский сельский округ", 3),
        ("Аксуский сельский округ", "Аксайский сельский округ", None),
        ("Достыкский сельский округ", "Айнабулакский сельский округ", None),
    ],
)
def test_how_like_two_names_are(one: str, other: str, far: int | None) -> None:
    assert likeness(one, other) == far
    assert likeness(other, one) == far


@pytest.mark.parametrize(
    ("one", "other", "most", "count"),
    [("абай", "абай", 0, 0), ("абай", "абаи", 1, 1), ("абай", "бай", 2, 1), ("абай", "шаган", 2, None)],
)
def test_slips_between_words(one: str, other: str, most: int, count: int | None) -> None:
    assert slips(one, other, most) == count


def test_of_two_units_alike_a_misspelt_name_takes_neither() -> None:
    text = [TITLE, *sentences("Каракудукского сельского округа", "1"), *sentences("Каракудыкского с/о", "2")]
    decision = read(paragraphs(text) + annex("Бюджет Каракудекского сельского округа на 2024 год", 7))
    assert [len(unit.annexes) for unit in decision.units] == [0, 0, 1]
    assert "reader.annex_unit_unknown" in codes(decision.units[2])


def test_an_annex_of_a_unit_that_the_text_does_not_name_is_said() -> None:
    decision = read(
        paragraphs([TITLE, *sentences()]) + annex("Бюджет Достыкского сельского округа на 2024 год")
    )
    assert [unit.name for unit in decision.units] == [
        "Айнабулакский сельский округ",
        "Достыкский сельский округ",
    ]
    (finding,) = [f for f in decision.units[1].findings if f.code == "reader.annex_unit_unknown"]
    assert finding.severity is Severity.WARNING
    assert (finding.where.unit, finding.where.year, finding.where.annex) == (
        "Достыкский сельский округ",
        2024,
        1,
    )
    for language in Language:
        assert "Достыкский" in finding.message(language)
        assert finding.fix(language)


def test_an_annex_alone_belongs_to_nobody_else() -> None:
    unit = only(read(annex("Уточненный бюджет Айнабулакского сельского округа на 2024 год")))
    assert unit.name == "Айнабулакский сельский округ"
    assert codes(unit) == []


def test_headings_without_a_name_go_by_the_numbers_of_the_points() -> None:
    text = paragraphs(
        [
            TITLE,
            *sentences("Достыкского сельского округа"),
            *sentences("Шульбинского сельского округа", "4, 5 и 6"),
        ]
    )
    first, second = (annex("Бюджет на 2024 год", number) for number in (1, 4))
    decision = read(text + second + first)
    assert [[a.number for a in unit.annexes] for unit in decision.units] == [[1], [4]]


def test_the_year_of_an_annex_that_prints_none_comes_from_its_number() -> None:
    headings = annex("Айнабулакский сельский округ", 2) + annex("Айнабулакский сельский округ", 1)
    unit = only(read(paragraphs([TITLE, *sentences()]) + headings))
    assert [(a.number, a.year) for a in unit.annexes] == [(1, 2024), (2, 2025)]
    assert [f.fields["year"] for f in unit.findings if f.code == "reader.annex_year_taken"] == [
        "2024",
        "2025",
    ]
    assert codes(unit) == []


@pytest.mark.parametrize(("tax", "year"), [(10, 2024), (11, None)])
def test_a_single_annex_without_heading_is_of_the_texts_year_when_it_agrees(
    tax: int, year: int | None
) -> None:
    unit = only(read(paragraphs([TITLE, *sentences()]) + html_table(REVENUE_HEAD, revenue(tax))))
    assert [a.year for a in unit.annexes] == [year]
    assert ("reader.annex_year_unknown" in codes(unit)) is (year is None)


# --- text in tables -------------------------------------------------------------------------------


def caption(number: int = 1) -> list[tuple[str, ...]]:
    return [("", "", "", "", f"Приложение {number} к решению"), (HEADINGS[0],)]


def budget_rows() -> list[Sequence[Any]]:
    return [REVENUE_HEAD, *revenue(), COSTS_HEAD, *costs()]


ONE_CELL = [(TITLE,), ("",), *((line,) for line in ("1. " + sentences()[0], *sentences()[1:]))]
TWO_CELLS = [
    (TITLE,),
    ("1. " + sentences()[0],),
    ("1) доходы", 110),
    ("налоговые поступления", 10),
    ("поступления трансфертов", 100),
    ("2) затраты", 110),
]
AFTER = [
    ("2. Настоящее решение вводится в действие с 1 января 2024 года.",),
    ("Председатель маслихата", "", "", "", ""),
]


@pytest.mark.parametrize("text", [ONE_CELL, ONE_CELL[2:], TWO_CELLS, TWO_CELLS[1:]])
@pytest.mark.parametrize("after", [[], AFTER])
def test_text_and_annex_in_one_sheet(text: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> None:
    unit = only(read(sheet([*text, *caption(), *budget_rows(), *after]), "a.xlsx"))
    assert unit.name == "Айнабулакский сельский округ"
    assert unit.years == [2024, 2025, 2026]
    assert {f: a for f, a in unit.figures.items() if a} == {
        Figure.REVENUE_TOTAL: from_thousands(110),
        Figure.TAX: from_thousands(10),
        Figure.TRANSFERS: from_thousands(100),
        Figure.COSTS: from_thousands(110),
    }
    assert [(a.number, a.year, len(a.lines)) for a in unit.annexes] == [(1, 2024, 9)]
    assert codes(unit) == []


def test_text_and_annexes_of_two_units_in_one_sheet() -> None:
    second = "Достыкского сельского округа"
    rows = [
        *ONE_CELL,
        *caption(),
        *budget_rows(),
        *((line,) for line in ("2. " + sentences(second)[0], *sentences(second)[1:])),
        ("Приложение 1",),
        (f"Бюджет {second} на 2024 год",),
        *budget_rows(),
    ]
    decision = read(sheet(rows), "a.xlsx")
    assert [unit.name for unit in decision.units] == [
        "Айнабулакский сельский округ",
        "Достыкский сельский округ",
    ]
    assert [[len(a.lines) for a in unit.annexes] for unit in decision.units] == [[9], [9]]
    assert [unit.figures[Figure.COSTS] for unit in decision.units] == [from_thousands(110)] * 2


def test_text_and_annex_in_one_html_table() -> None:
    text = [f'<tr><td colspan="6">{line}</td></tr>' for line in (TITLE, *sentences(), HEADINGS[0])]
    rows = html_table(REVENUE_HEAD, [*revenue(), COSTS_HEAD, *costs()])
    unit = only(read(rows.replace("<table>", "<table>" + "".join(text))))
    assert unit.figures[Figure.TAX] == from_thousands(10)
    assert [(a.year, len(a.lines)) for a in unit.annexes] == [(2024, 9)]


def test_a_row_that_lost_its_amount_stays_a_row() -> None:
    rows = revenue()
    rows[3] = ("", "", "1", "Налоги на имущество", "")
    unit = only(read(sheet([*ONE_CELL, *caption(), REVENUE_HEAD, *rows]), "a.xlsx"))
    assert len(unit.annexes[0].lines) == 7
    assert "reader.amount_unreadable" in codes(unit)


@pytest.mark.parametrize(
    "above",
    [
        [
            ("", "", "", "", "Приложение 1"),
            ("к решению маслихата",),
            ("от 25 декабря 2023 года № 12/84-VIII",),
        ],
        [("Приложение 1 к решению маслихата от 25 декабря 2023 года № 12/84-VIII",)],
        [("Решение маслихата",), ("от", "25 декабря 2023 года", "№", "12/84-VIII"), (TITLE,)],
        [("Решение маслихата",), ("25.12.2023", "", "", "", "№ 12/84-VIII"), *ONE_CELL],
    ],
)
def test_number_and_date_in_the_cells_of_a_workbook(above: list[tuple[Any, ...]]) -> None:
    decision = read(sheet([*above, (HEADINGS[0],), *budget_rows()]), "a.xlsx")
    assert decision.number == "12/84-VIII"
    assert decision.date is not None
    assert decision.date.isoformat() == "2023-12-25"
    assert len(only(decision).annexes) == 1


def test_captions_in_pairs_are_no_budget() -> None:
    rows = [("Дата:", "25.12.2023"), ("Исполнитель:", "бухгалтер"), (HEADINGS[0],), *budget_rows()]
    unit = only(read(sheet(rows), "a.xlsx"))
    assert [len(a.lines) for a in unit.annexes] == [9]
    assert codes(unit) == []


# --- two languages ---------------------------------------------------------------------------------

KAZAKH = [
    "Айнабұлақ ауылдық округінің 2024-2026 жылдарға арналған бюджеті туралы",
    "1. Айнабұлақ ауылдық округінің 2024-2026 жылдарға арналған бюджеті 1-3-қосымшаларға сәйкес бекітілсін:",
    "1) кірістер – 110 мың теңге, оның ішінде:",
    "салықтық түсімдер – 10 мың теңге;",
    "трансферттер түсімі – 100 мың теңге;",
    "2) шығындар – 110 мың теңге.",
]
RUSSIAN = [TITLE, "1. " + sentences()[0], *sentences()[1:]]


@pytest.mark.parametrize(
    ("left", "right", "language", "name"),
    [
        (KAZAKH, RUSSIAN, Language.KK, "Айнабұлақ ауылдық округі"),
        (RUSSIAN, KAZAKH, Language.RU, "Айнабулакский сельский округ"),
    ],
)
def test_two_languages_side_by_side_are_read_in_the_first(
    left: list[str], right: list[str], language: Language, name: str
) -> None:
    rows = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in zip(left, right, strict=True))
    heading = "Айнабұлақ ауылдық округінің 2024 жылға арналған бюджеті"
    both = annex("Бюджет Айнабулакского сельского округа на 2024 год").replace(
        "<table>", f"<p>{heading}</p><table>", 1
    )
    decision = read(f"<table>{rows}</table>{both}")
    unit = only(decision)
    assert (decision.language, unit.name) == (language, name)
    assert unit.figures[Figure.TRANSFERS] == from_thousands(100)
    assert len(unit.annexes) == 1
    assert decision.findings == []
    assert codes(unit) == []


def test_figures_that_differ_between_the_languages_are_said() -> None:
    other = [line.replace("– 10 тысяч", "– 11 тысяч") for line in RUSSIAN]
    rows = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in zip(KAZAKH, other, strict=True))
    decision = read(f"<table>{rows}</table>")
    assert only(decision).figures[Figure.TAX] == from_thousands(10)
    (finding,) = decision.findings
    assert finding.code == "reader.languages_differ"
    assert "11" in finding.message(Language.KK)
    assert finding.fix(Language.EN)


def test_two_headings_one_under_the_other_name_one_unit() -> None:
    heading = "Шаған кентінің 2024 жылға арналған бюджеті"
    two = annex(heading).replace("<table>", "<p>Бюджет поселка Чаган на 2024 год</p><table>", 1)
    kazakh = [line.replace("Айнабұлақ ауылдық округінің", "Шаған кентінің") for line in KAZAKH]
    russian = sentences("поселка Чаган")
    for text, name in ((kazakh, "Шаған кенті"), (russian, "поселок Чаган")):
        unit = only(read(paragraphs(text) + two))
        assert (unit.name, len(unit.annexes)) == (name, 1)


# --- several years ---------------------------------------------------------------------------------

ROWSPAN = '<td rowspan="2">{}</td>'


def _of_years(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Every amount three times: as it is, doubled, trebled."""
    return [[*row[:-1], row[-1], 2 * row[-1], 3 * row[-1]] for row in rows]


def _under_one_sum(head: Sequence[str]) -> str:
    columns = "".join(ROWSPAN.format(column) for column in head[:-1])
    years = "".join(f"<td>{year}</td>" for year in (2024, 2025, 2026))
    return f'<tr>{columns}<td colspan="3">{head[-1]}</td></tr><tr>{years}</tr>'


def _flat(pattern: str) -> Any:
    def head_of(head: Sequence[str]) -> str:
        cells = [*head[:-1], *(pattern.format(year) for year in (2024, 2025, 2026))]
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    return head_of


def _stairs(head: Sequence[str]) -> str:
    count = len(head) - 1
    years = "".join(f'<td rowspan="{count}">{year} год</td>' for year in (2024, 2025, 2026))
    rows = [f'<tr><td colspan="{count}">{head[0]}</td>{years}</tr>']
    for at in range(1, count):
        rows.append(f'<tr>{"<td></td>" * at}<td colspan="{count - at}">{head[at]}</td></tr>')
    return "".join(rows)


@pytest.mark.parametrize(
    "head_of",
    [
        _under_one_sum,
        _flat("Сумма на {} год, тысяч тенге"),
        _flat("{} год"),
        _flat("{} год (прогноз)"),
        _flat("{} жыл"),
        _stairs,
    ],
)
def test_years_side_by_side_are_an_annex_each(head_of: Any) -> None:
    tables = ""
    for head, rows in ((REVENUE_HEAD, revenue()), (COSTS_HEAD, costs())):
        tables += html_table((), _of_years(rows)).replace("<tr></tr>", head_of(head))
    above = ["Приложение 1 к решению", "Бюджет Айнабулакского сельского округа на 2024-2026 годы"]
    unit = only(read(paragraphs([TITLE, *sentences(), *above]) + tables))
    assert [(a.number, a.year, len(a.lines)) for a in unit.annexes] == [
        (1, 2024, 9),
        (1, 2025, 9),
        (1, 2026, 9),
    ]
    for times, read_annex in enumerate(unit.annexes, start=1):
        amounts = [row[-1] for row in (*revenue(), *costs())]
        assert [line.amount for line in read_annex.lines] == [from_thousands(times * a) for a in amounts]
    assert codes(unit) == []


def test_one_year_among_the_columns_is_one_annex() -> None:
    table = html_table((*REVENUE_HEAD[:-1], "Сумма на 2024 год"), revenue())
    unit = only(read(paragraphs(["Бюджет Айнабулакского сельского округа на 2024 год"]) + table))
    assert [(a.year, len(a.lines)) for a in unit.annexes] == [(2024, 7)]


def test_semicolons_of_a_workbook_saved_as_text() -> None:
    def line(row: Sequence[Any]) -> str:
        return ";".join(f'"{cell}"' if ";" in str(cell) else str(cell) for cell in row)

    rows = [REVENUE_HEAD, *revenue(), COSTS_HEAD, *costs()]
    text = "\n".join([TITLE, *sentences(), "Приложение 1", HEADINGS[0], "", *map(line, rows)])
    padded = "\n".join(
        line([*row, *[""] * (6 - len(row))]) for row in [*ONE_CELL, *caption(), *rows] if any(row)
    )
    for data in (text, padded):
        unit = only(read(data, "a.csv"))
        assert unit.figures[Figure.TAX] == from_thousands(10)
        assert [(a.number, a.year, len(a.lines)) for a in unit.annexes] == [(1, 2024, 9)]
        assert codes(unit) == []


def test_a_table_of_amounts_that_is_no_annex_is_shown() -> None:
    rows = [("Ремонт дороги", 10), ("Освещение улиц", 20), ("Озеленение", 30)]
    decision = read(paragraphs([TITLE, *sentences()]) + html_table(("Мероприятие", "Стоимость"), rows))
    (finding,) = decision.findings
    assert (finding.code, finding.severity) == ("reader.table_not_read", Severity.INFO)
    assert "Мероприятие | Стоимость" in finding.message(Language.RU)


@pytest.mark.parametrize(
    ("printed", "figure"),
    [
        ("Таза бюджеттік кредиттеу / Чистое бюджетное кредитование", Figure.NET_LENDING),
        ("III. Таза бюджет кредит / III. Чистое бюджетное кредитованее", Figure.NET_LENDING),
        ("Қарыздар түсімі / Поступление займов", Figure.LOANS_IN),
        ("Бюджет қаражаты қалдығы / Используемые остатки бюджетных средств", Figure.BALANCES_USED),
    ],
)
def test_a_row_in_both_languages_is_known_by_either_half(printed: str, figure: Figure) -> None:
    label = label_of(printed)
    assert label is not None
    assert label.figure is figure
