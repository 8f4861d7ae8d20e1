"""Annexes laid out as other offices do: columns left out, heads missing or misspelt, several tables."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.reading.annexes import AnnexReading, LocatedAnnex, read_annexes
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.intake import Block, Cell, FileKind, Paragraph, SourceDocument, Table, read_bytes

from . import annex_builder as build

CASES = {case["id"]: case for case in build.cases()}
IRTYSH = CASES["179019_u07_irtysh_ru_2023"]
CLEAN = [case for case in CASES.values() if not case["mistakes"]]
WRITERS = {
    "html": (lambda p: build.as_html([p]), "a.html"),
    "word": (lambda p: build.as_docx([p]), "a.docx"),
    "excel": (lambda p: build.as_xlsx([p], numbers=True), "a.xlsx"),
    "tabs": (lambda p: build.as_tabs([p]), "a.txt"),
    "tabs, ends lost": (lambda p: build.as_tabs([p], stripped=True), "a.txt"),
    "pipes": (lambda p: build.as_markdown([p]), "a.md"),
}


def read(data: bytes | str, name: str = "a.html", **options: Any) -> AnnexReading:
    """What the reader makes of a file."""
    return read_annexes(read_bytes(data.encode() if isinstance(data, str) else data, name), **options)


def one(data: bytes | str, name: str = "a.html", **options: Any) -> LocatedAnnex:
    """The only annex of a file."""
    (found,) = read(data, name, **options).annexes
    return found


def codes(found: LocatedAnnex) -> list[dict[str, str]]:
    """The codes of all lines, in order."""
    return [line.code.as_json() if line.code else {} for line in found.annex.lines]


def amounts(found: LocatedAnnex) -> list[int | None]:
    """The amounts of all lines, in order."""
    return [line.amount for line in found.annex.lines]


def wanted(
    case: dict[str, Any], without: tuple[str, ...] = (), keep_rows: bool = False
) -> list[dict[str, str]]:
    """The codes of a case where some levels are not printed."""
    return [
        {key: part for key, part in line["code"].items() if key not in without}
        for line in case["lines"]
        if keep_rows or line["role"] not in without
    ]


def findings(found: LocatedAnnex) -> list[tuple[str, str]]:
    """Codes of findings and where they are."""
    return [(f.code, f.where.code) for f in found.annex.findings]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("case", CLEAN, ids=lambda c: c["id"])
def test_no_subgroup_column(case: dict[str, Any], writer: str) -> None:
    write, name = WRITERS[writer]
    found = one(write(build.paper_of(case).without_column("expenditure", 1)), name)
    assert codes(found) == wanted(case, ("subgroup",))
    assert findings(found) == []


@pytest.mark.parametrize(("level", "at"), [("subgroup", 1), ("administrator", 2)])
def test_rows_of_a_level_left_out_under_a_full_head(level: str, at: int) -> None:
    paper = build.paper_of(IRTYSH)
    kept = tuple(
        row for row in paper.rows if row.side == "revenue" or not row.cells[at] or row.cells[at] == "5"
    )
    found = one(build.as_html([replace(paper, rows=kept)]))
    assert codes(found) == wanted(IRTYSH, (level,))
    assert findings(found) == []
    road = next(line for line in found.annex.lines if line.code and str(line.code).endswith("/013"))
    assert road.name.ru.startswith("Обеспечение функционирования автомобильных дорог")


def test_no_administrator_column() -> None:
    found = one(build.as_html([build.paper_of(IRTYSH).without_column("expenditure", 2)]))
    assert codes(found) == wanted(IRTYSH, ("administrator",))
    assert findings(found) == []


def test_subprograms() -> None:
    paper = build.paper_of(IRTYSH)
    heads = [*build.EXPENDITURE_HEADS["ru"][:4], "Подпрограмма", "Наименование"]
    rows: list[build.PaperRow] = []
    for row in paper.rows:
        if row.side == "revenue":
            rows.append(row)
            continue
        rows.append(replace(row, cells=(*row.cells, "")))
        if row.cells[3] == "006":
            name = "За счет средств местного бюджета"
            rows.append(replace(row, cells=("", "", "", "", "015"), name=name))
    found = one(build.as_html([replace(paper, rows=tuple(rows), heads={"expenditure": heads})]))
    assert findings(found) == []
    part = next(line for line in found.annex.lines if line.level == 5)
    assert part.code == ExpenditureCode("08", "1", "124", "006", "015")
    assert part.amount == from_plain("10326")


@pytest.mark.parametrize("writer", ["html", "excel", "tabs"])
def test_every_row_states_its_whole_code(writer: str) -> None:
    paper = build.paper_of(IRTYSH)
    keys = {
        "revenue": ("category", "class", "subclass"),
        "expenditure": ("functional_group", "subgroup", "administrator", "program"),
    }
    rows = tuple(
        replace(row, cells=tuple(line["code"].get(key, "") for key in keys[row.side]))
        if line["code"]
        else row
        for row, line in zip(paper.rows, IRTYSH["lines"], strict=True)
    )
    write, name = WRITERS[writer]
    found = one(write(replace(paper, rows=rows)), name)
    assert codes(found) == wanted(IRTYSH)
    assert findings(found) == []


@pytest.mark.parametrize("case", CASES.values(), ids=lambda c: c["id"])
def test_tables_without_a_head(case: dict[str, Any]) -> None:
    page = build.as_html([build.paper_of(case)]).decode()
    page = re.sub(r"<table>.*?<td>[45]</td>\s*<td>[56]</td>\s*</tr>", "<table>", page, flags=re.DOTALL)
    assert "Наименование" not in page
    assert "Атауы" not in page
    assert codes(one(page)) == wanted(case)


MISSPELT = {
    "Категория": "Kатегopия", "Подкласс": "Под-\nкласс", "Класс": "Клаcс", "Наименование": "Наименовние",
    "Функциональная группа": "Функцианальная група", "Программа": "Програма",
    "Администратор бюджетных программ": "Администратор бюджетн. программ",
    "Санаты": "Санты", "Сыныбы": "Сыныби", "Кіші сыныбы": "Кiшi сыныбы", "Атауы": "Aтауы",
    "Кіші функция": "Кiшi функция", "Бюджеттік бағдарламалардың әкімшісі": "Бюджеттiк бағдарлама әкiмшiсi",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=lambda c: c["id"])
def test_misspelt_heads(case: dict[str, Any]) -> None:
    page = build.as_html([build.paper_of(case).without_column("expenditure", 1)]).decode()
    for word, slip in MISSPELT.items():
        page = page.replace(f">{word}<", f">{slip}<")
    found = one(page)
    lines = build.paper_of(case).without_column("expenditure", 1).rows
    assert len(found.annex.lines) == len(lines)
    if not case["mistakes"]:
        assert codes(found) == wanted(case, ("subgroup",))


def test_merged_cells_in_data_rows() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode()
    page = re.sub(
        r"<tr>\s*((?:<td></td>\s*){3,4})<td>([^<]*)</td>",
        lambda m: f'<tr><td colspan="{m[1].count("<td>") + 1}">{m[2]}</td>',
        page,
    )
    page = re.sub(
        r"<tr>\s*<td>(\d)</td>\s*<td></td>\s*<td></td>\s*<td>([^<]*)</td>",
        r'<tr><td>\1</td><td colspan="2"></td><td>\2</td>',
        page,
    )
    assert page.count("colspan") > 20
    found = one(page)
    assert codes(found) == wanted(IRTYSH)
    assert amounts(found) == [from_plain(line["amount"]) for line in IRTYSH["lines"]]


def test_a_table_parted_by_a_page_break() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode()
    row = "<tr>\n<td>08</td>"
    assert page.count(row) == 1
    found = one(page.replace(row, f"</table><p>2</p><table>{row}"))
    assert codes(found) == wanted(IRTYSH)
    assert findings(found) == []


def test_text_between_receipts_and_costs() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode()
    between = "<p>Утвердить перечень программ согласно решению маслихата от 26 декабря 2022 года.</p>"
    found = one(page.replace("</table>\n<table>", f"</table>{between}<table>"))
    assert codes(found) == wanted(IRTYSH)


def test_names_broken_inside_words() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode()
    page = page.replace("Аппарат акима", "\nАппа\nрат акима").replace("пространство", "пр\nостранство\n")
    page = page.replace("Налоги на имущество", "Налоги\nна имущество")
    found = one(page)
    assert [line.printed_name for line in found.annex.lines] == [line["name"] for line in IRTYSH["lines"]]


def test_columns_set_by_spaces() -> None:
    paper = build.paper_of(IRTYSH)
    lines = [*paper.preamble(), "", paper.heading, ""]
    for side, width in (("revenue", 3), ("expenditure", 4)):
        for row in build.grid(paper, side):
            text = "".join(cell.ljust(6) if len(cell) < 6 else f"{cell}  " for cell in row[:width])
            lines.append(f"{text.ljust(6 * width)}{row[width]}".ljust(240) + "  " + row[width + 1])
    found = one("\n".join(lines), "a.txt")
    assert codes(found) == wanted(IRTYSH)
    assert (found.annex.year, found.annex.number, findings(found)) == (2023, 19, [])


def test_the_tail_in_a_third_table_with_its_codes() -> None:
    paper = build.paper_of(IRTYSH)
    rows = [
        ("8", "", "", "Используемые остатки бюджетных средств"),
        ("", "01", "", "Остатки бюджетных средств"),
        ("", "", "1", "Свободные остатки бюджетных средств"),
    ]
    heads = "".join(f"<td>{head}</td>" for head in [*build.REVENUE_HEADS["ru"], "Сумма (тысяч тенге)"])
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "<td>3 623,0</td></tr>" for row in rows
    )
    page = build.as_html([replace(paper, rows=paper.rows[:-1])]).decode()
    found = one(page.replace("</body>", f"<table><tr>{heads}</tr>{body}</table></body>"))
    last = found.annex.lines[-3:]
    assert [line.code for line in last] == [None, RevenueCode("8", "01"), RevenueCode("8", "01", "1")]
    assert [line.figure for line in last] == [Figure.BALANCES_USED, None, None]
    assert {line.kind for line in last} == {LineKind.BALANCES_USED}
    assert {line.section for line in last} == {Section.FINANCING}
    assert findings(found) == []


def test_repaid_loans_as_a_functional_group() -> None:
    paper = build.paper_of(IRTYSH)
    at = next(n for n, row in enumerate(paper.rows) if row.name == "Погашение займов")
    group = [
        replace(paper.rows[at], cells=cells, name=name, amount="10,0")
        for cells, name in (
            (("16", "", "", ""), "Погашение займов"),
            (("", "1", "", ""), "Погашение займов"),
            (("", "", "124", ""), "Аппарат акима города районного значения, села, поселка, сельского округа"),
            (("", "", "", "056"), "Погашение долга аппарата акима перед вышестоящим бюджетом"),
        )
    ]
    rows = [*paper.rows[:at], *group, replace(paper.rows[at + 1], amount="3 633,0")]
    found = one(build.as_html([replace(paper, rows=tuple(rows))]))
    last = found.annex.lines[-5:]
    assert [str(line.code) for line in last] == ["16", "16/1", "16/1/124", "16/1/124/056", "None"]
    assert [line.figure for line in last] == [Figure.LOANS_REPAID, None, None, None, Figure.BALANCES_USED]
    assert findings(found) == []


@pytest.mark.parametrize("raw", ["1 5320", ",0", "862,2,0", "", "О,0", "12.", "х"])
def test_unreadable_amounts_are_reported_not_repaired(raw: str) -> None:
    paper = build.paper_of(IRTYSH)
    at = next(n for n, row in enumerate(paper.rows) if row.name == "Земельный налог")
    rows = [*paper.rows]
    rows[at] = replace(rows[at], amount=raw)
    for write, name in WRITERS.values():
        found = one(write(replace(paper, rows=tuple(rows))), name)
        line = found.annex.lines[at]
        assert (line.amount, line.raw, str(line.code)) == (None, raw, "1/04/3")
        assert findings(found) == [("reader.amount_unreadable", "1/04/3"), ("balance.not_computable", "1/04")]
        assert found.annex.findings[0].severity is Severity.ERROR


def test_unknown_codes_are_kept_and_the_nearest_offered() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode().replace("<td>009</td>", "<td>099</td>")
    found = one(page)
    place = "07/3/124/099"
    assert findings(found) == [("reader.code_unknown", place), ("reader.name_mismatch", place)]
    assert all(
        "07\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}124\N{NO-BREAK SPACE}009" in f.message(Language.RU)
        for f in found.annex.findings
    )
    line = next(line for line in found.annex.lines if str(line.code) == "07/3/124/099")
    assert (line.amount, line.kind, line.name.ru) == (
        from_plain("960"),
        LineKind.EXPENDITURE,
        line.printed_name,
    )


def test_an_unknown_subclass_named_as_its_class_is_no_mismatch() -> None:
    paper = build.paper_of(IRTYSH)
    name = "Прочие неналоговые поступления"
    at = next(n for n, row in enumerate(paper.rows) if row.cells[:1] == ("4",))
    extra = [
        build.PaperRow("revenue", ("2", "", ""), "Неналоговые поступления", "0,0"),
        build.PaperRow("revenue", ("", "06", ""), name, "0,0"),
        build.PaperRow("revenue", ("", "", "7"), name, "0,0"),
    ]
    found = one(build.as_html([replace(paper, rows=(*paper.rows[:at], *extra, *paper.rows[at:]))]))
    assert findings(found) == [("reader.code_unknown", "2/06/7")]


def test_names_shifted_against_codes() -> None:
    paper = build.paper_of(IRTYSH)
    names = {
        "Налоги на имущество": "04/1",
        "Земельный налог": "04/2",
        "Налог на транспортные средства": "04/3",
    }
    rows = tuple(replace(r, cells=("", "", names[r.name][-1])) if r.name in names else r for r in paper.rows)
    found = one(build.as_html([replace(paper, rows=rows)]))
    assert findings(found) == [
        ("reader.code_unknown", "1/04/2"),
        ("reader.name_mismatch", "1/04/2"),
        ("reader.name_mismatch", "1/04/3"),
    ]
    assert [f.fields["other"] for f in found.annex.findings[1:]] == ["1/04/3", "1/04/4"]
    assert "1\N{NO-BREAK SPACE}04\N{NO-BREAK SPACE}2" in found.annex.findings[1].message(Language.KK)


def test_a_row_that_lost_its_code_keeps_its_amount() -> None:
    paper = build.paper_of(IRTYSH)
    at = next(n for n, row in enumerate(paper.rows) if row.cells[-1] == "009")
    rows = [*paper.rows]
    rows[at] = replace(rows[at], cells=("", "", "", ""))
    found = one(build.as_html([replace(paper, rows=tuple(rows))]))
    line = found.annex.lines[at]
    assert (line.code, line.kind, line.amount) == (None, LineKind.UNKNOWN, from_plain("960"))
    # The sum holds with that row, so it is no mistake of the sum.
    assert findings(found) == [("reader.row_without_code", ""), ("balance.not_computable", "07/3/124")]
    assert codes(found)[at + 1] == wanted(IRTYSH)[at + 1]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Бюджет Иртышского сельского округа", "на 2023 год"], (None, 2023, "Иртышский сельский округ")),
        (["Приложение № 7", "Иртышский сельский округ", 2023], (7, 2023, "Иртышский сельский округ")),
        (["7-қосымша", "Ертіс ауылдық округінің бюджеті", "2023 жылға"], (7, 2023, "Ертіс ауылдық округі")),
        (["Иртышский сельский округ"], (None, None, "Иртышский сельский округ")),
        ([], (None, None, "")),
    ],
)
def test_what_a_sheet_says_above_its_table(rows: list[Any], expected: tuple[Any, ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([None, None, row])
    for side in ("revenue", "expenditure"):
        for row in build.grid(build.paper_of(IRTYSH), side):
            sheet.append([None, None, *[cell or None for cell in row]])
    stream = io.BytesIO()
    book.save(stream)
    found = one(stream.getvalue(), "a.xlsx")
    assert (found.annex.number, found.annex.year, found.unit_name) == expected
    assert codes(found) == wanted(IRTYSH)
    unknown = [f for f in found.annex.findings if f.code == "reader.annex_year_unknown"]
    assert bool(unknown) == (expected[1] is None)
    assert len(found.annex.findings) == len(unknown)


def test_the_year_in_the_name_of_a_sheet() -> None:
    paper = build.paper_of(IRTYSH)
    found = one(build.as_xlsx([paper], titles=False), "a.xlsx")
    assert found.annex.year == 2023


def test_a_list_of_programs_without_amounts_is_no_annex() -> None:
    page = (
        "<h2>Перечень бюджетных программ, не подлежащих секвестру</h2><table>"
        "<tr><td>Функциональная группа</td><td>Администратор</td><td>Программа</td><td>Наименование</td></tr>"
        "<tr><td>01</td><td>124</td><td>001</td><td>Услуги</td></tr></table>"
    )
    reading = read("<meta charset='utf-8'>" + page)
    assert (reading.annexes, reading.consumed) == ([], set())


def test_codes_of_the_scheme_from_2026() -> None:
    page = build.as_html([build.paper_of(CASES["191405_u02_ainabulak_ru_2026"])]).decode()
    page = re.sub(r"<td>5</td>(\s*<td></td>\s*<td></td>\s*<td>Погашение)", r"<td>6</td>\1", page)
    page = re.sub(r"<td>4</td>(\s*<td></td>\s*<td></td>\s*<td>Поступления тр)", r"<td>5</td>\1", page)
    found = one(page, decision_year=2025)
    transfers = next(line for line in found.annex.lines if line.figure is Figure.TRANSFERS)
    assert (str(transfers.code), transfers.kind, transfers.amount) == (
        "5",
        LineKind.TRANSFERS,
        from_plain("45389"),
    )
    assert findings(found) == []


def test_amounts_said_to_be_tenge() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode().replace("(тысяч тенге)", "(тенге)")
    found = one(page)
    assert findings(found) == [("reader.unit_tenge", "")]
    assert found.annex.lines[0].amount == from_plain("89737.1")
    really = re.sub(r"<td>(-?[\d ]+),(\d)</td>", r"<td>\g<1> \g<2>00</td>", page)
    found = one(really)
    assert findings(found) == [("reader.annex_in_tenge", "")]
    assert amounts(found) == [from_plain(line["amount"]) for line in IRTYSH["lines"]]


def test_one_figure_finer_than_the_step() -> None:
    page = build.as_html([build.paper_of(IRTYSH)]).decode()
    found = one(page.replace("<td>2,4</td>", "<td>2,44</td>").replace("<td>0,2</td>", "<td>0,16</td>"))
    assert findings(found) == [("balance.step", "15/1/124/044"), ("balance.step", "15/1/124/048")]
    assert "2,44" in found.annex.findings[0].message(Language.KK)


@pytest.mark.parametrize("columns", [1, 2])
def test_both_languages_side_by_side(columns: int) -> None:
    kazakh = build.paper_of(CASES["179019_u07_irtysh_kk_2023"])
    russian = build.paper_of(IRTYSH)
    parts = [f"<h2>{kazakh.heading} / {russian.heading}</h2>"]
    for side in ("revenue", "expenditure"):
        parts.append("<table>")
        for kk, ru in zip(build.grid(kazakh, side), build.grid(russian, side), strict=True):
            *codes_of_row, name, amount = ru
            names = (
                [name, kk[-2]]
                if columns == 2
                else [f"{kk[-2]} / {name}" if name and kk[-2] != name else name]
            )
            cells = [*codes_of_row, *names, amount]
            if cells[0] == "Категория" or cells[-1].startswith("Сумма"):
                cells[-1] = "Сомасы / Сумма (мың теңге / тысяч тенге)"
            parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        parts.append("</table>")
    found = one("<meta charset='utf-8'>" + "\n".join(parts))
    assert codes(found) == wanted(IRTYSH)
    assert found.annex.year == 2023
    assert findings(found) == []


def test_number_and_heading_in_one_cell_with_line_breaks() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["D1"] = "Приложение 4 к решению\nмаслихата от 26 декабря 2023 года"
    sheet["A2"] = "Бюджет Айнабулакского\nсельского округа\nна 2023 год"
    sheet["E2"] = "тыс. тенге"
    for row in build.grid(build.paper_of(IRTYSH), "revenue"):
        sheet.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    found = one(stream.getvalue(), "a.xlsx")
    assert (found.annex.number, found.annex.year, found.unit_name) == (
        4,
        2023,
        "Айнабулакский сельский округ",
    )
    assert findings(found) == []


TOKENS = st.sampled_from(
    ["", "", "", "1", "01", "5", "124", "001", "99", "1.0", "I. Доходы", "II. Шығындар", "III. Таза", "VI.",
     "Погашение бюджетных кредитов", "Категория", "Программа", "Атауы", "Сумма (тенге)", "64 684,0",
     ",0", "-", "Налоги на имущество", "Приложение 4", "Бюджет села Актогай на 2025 год", "2025",
     "тысяч тенге", "Аппа\nрат"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(TOKENS, st.lists(st.lists(TOKENS, max_size=7), min_size=1, max_size=9)), max_size=6)
)
def test_no_document_trips_the_reader(parts: list[str | list[list[str]]]) -> None:
    blocks: list[Block] = []
    for number, written in enumerate(parts, start=1):
        if isinstance(written, str):
            blocks.append(Paragraph(written or "–", number))
        else:
            rows = tuple(tuple(Cell(text, at) for at, text in enumerate(row)) for row in written)
            blocks.append(Table(rows, number))
    for kind in FileKind:
        reading = read_annexes(SourceDocument(kind, "a", "", list(blocks)))
        assert reading.consumed <= set(range(len(blocks)))
        for found in reading.annexes:
            assert found.annex.lines
            assert [line.row for line in found.annex.lines] == list(range(1, len(found.annex.lines) + 1))
            for finding in found.annex.findings:
                assert finding.message(Language.KK)
                assert "{" not in finding.where.show(Language.RU)
            unreadable = [f for f in found.annex.findings if f.code == "reader.amount_unreadable"]
            assert len(unreadable) == sum(line.amount is None for line in found.annex.lines)
