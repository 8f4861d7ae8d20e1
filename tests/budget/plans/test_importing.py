"""Taking plans in from files: the printed forms, CSV, and what people really send."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from akimat_desk.budget.plans.columns import PlanColumnsUnknown, read_columns
from akimat_desk.budget.plans.commands import approve
from akimat_desk.budget.plans.heads import Unit
from akimat_desk.budget.plans.importing import (
    PlanPreview,
    RowState,
    preview_file,
    preview_pasted,
    show_plan_columns,
    take_in,
)
from akimat_desk.budget.plans.questions import plan_view
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.classification.codes import RevenueCode
from akimat_desk.core.errors import InputRefused, RuleBroken, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import AKIMAT, COSTS, GOODS, POWER, WAGES, adopt, at, costs, k, months, sheet

RU_MONTHS = [text(f"plan.month.{month}", Language.RU).capitalize() for month in range(1, 13)]
KK_MONTHS = [text(f"plan.month.{month}", Language.KK).capitalize() for month in range(1, 13)]
COSTS_HEAD = ["АБП", "ГУ", "Программа", "Подпрограмма", "Специфика", "Наименование", "Год", *RU_MONTHS]
RECEIPTS_HEAD = ["Бюджет", "Санаты", "Сыныбы", "Кіші сыныбы", "Ерекшелік", "Атауы", "Жыл", *KK_MONTHS]


def book(tmp_path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook as an office would send it."""
    made = openpyxl.Workbook()
    del made[made.sheetnames[0]]
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    path = tmp_path / "жоспар.xlsx"
    buffer = io.BytesIO()
    made.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def individual(scale: float = 1, title: str = "по платежам (тыс. тенге)") -> list[list[object]]:
    """The individual plan as it is printed: a staircase of codes, sums in the parents' rows, a total."""
    rows: list[list[object]] = [
        [f"Индивидуальный план финансирования {title}"],
        COSTS_HEAD,
        list(range(1, 20)),
    ]
    for program in ("001", "008"):
        rows.append(["124"] + [None] * 4 + ["Аппарат акима"] + [None] * 13)
        rows.append([None, None, program, None, None, "Программа"] + [None] * 13)
        rows.append([None, None, None, "015", None, "За счет местного бюджета"] + [None] * 13)
        for code, row in COSTS.items():
            if code.program == program:
                amounts = [float(amount) * scale for amount in row]
                rows.append([None] * 4 + [code.specific, "строка", sum(amounts), *amounts])
    rows.append(["Всего", None, None, None, None, None, 25200 * scale, *[2100 * scale] * 12])
    return rows


def receipts() -> list[list[object]]:
    """The plan of receipts with whole codes in every row."""
    rows: list[list[object]] = [["Түсімдер жоспары, мың теңге"], RECEIPTS_HEAD]
    for code, monthly in (("1/01/2/02", 50), ("1/04/4/02", 200), ("5/02/3/01", 1750)):
        rows.append(["МСУ", *code.split("/"), "жол", monthly * 12, *[monthly] * 12])
    return rows


def seen(workspace: Workspace, okrug: UnitView, path: Path) -> PlanPreview:
    with workspace.reading() as session:
        return preview_file(session, okrug.id, 2026, path)


def test_the_printed_forms_make_the_whole_plan(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    adopt(workspace, okrug.id)
    path = book(
        tmp_path,
        {
            "Түсімдер": receipts(),
            "Платежи": individual(),
            "Обязательства": individual(title="по обязательствам (тыс. тенге)"),
        },
    )
    shown = seen(workspace, okrug, path)
    assert shown.findings == ()
    assert shown.counts[RowState.NEW] == 11
    document = take_in(workspace, DEFAULT_ACTOR, okrug.id, shown)
    assert document is not None
    with workspace.reading() as session:
        assert plan_view(session, document).sheet == sheet()

    again = seen(workspace, okrug, path)
    assert again.counts[RowState.SAME] == 11
    assert take_in(workspace, DEFAULT_ACTOR, okrug.id, again) is None

    approve(workspace, DEFAULT_ACTOR, document)
    assert take_in(workspace, DEFAULT_ACTOR, okrug.id, seen(workspace, okrug, path)) is None


def test_a_corrected_file_shows_the_difference(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    adopt(workspace, okrug.id)
    take_in(
        workspace, DEFAULT_ACTOR, okrug.id, seen(workspace, okrug, book(tmp_path, {"Платежи": individual()}))
    )
    rows = individual()
    wages = next(row for row in rows if row[4:5] == ["111"])
    wages[7], wages[8] = 1300.0, 1100.0
    corrected = seen(workspace, okrug, book(tmp_path, {"Платежи": rows}))
    [changed] = [row for row in corrected.rows if row.state is RowState.CHANGED]
    assert changed.key == LineKey(Side.PAYMENTS, WAGES)
    assert changed.before == months(("1200",) * 12)
    assert changed.months == months(at({1: 1300, 2: 1100}, 1200))
    document = take_in(workspace, DEFAULT_ACTOR, okrug.id, corrected)
    assert document is not None
    with workspace.reading() as session:  # lines that the file does not change stay
        assert plan_view(session, document).sheet.year_of(LineKey(Side.PAYMENTS, POWER)) == k(6000)


@pytest.mark.parametrize("title", ["по платежам, тенге", "по платежам", "по платежам (тыс. тенге)"])
def test_thousands_and_tenge(workspace: Workspace, okrug: UnitView, tmp_path: Path, title: str) -> None:
    """Said, unsaid or said wrongly: the budget tells a thousandfold error."""
    adopt(workspace, okrug.id)
    shown = seen(workspace, okrug, book(tmp_path, {"Платежи": individual(1000, title)}))
    assert shown.unit is Unit.TENGE
    assert {row.key.code: row.months for row in shown.rows}[WAGES] == months(("1200",) * 12)
    expected = {
        "по платежам, тенге": "plan.unit_tenge",
        "по платежам": "plan.unit_assumed",
        "по платежам (тыс. тенге)": "plan.unit_differs",
    }
    assert [finding.code for finding in shown.findings] == [expected[title]]


def test_each_wrong_row_says_why_and_the_others_are_taken(
    workspace: Workspace, okrug: UnitView, tmp_path: Path
) -> None:
    adopt(workspace, okrug.id)
    twelve = [10.0] * 12
    rows: list[list[object]] = [
        ["по платежам, тыс. тенге"],
        COSTS_HEAD,
        ["124", "", "001", "015", "111", "годный", 120, *twelve],
        ["124", "", "001", "015", "149", "слово", 120, "сто", *twelve[1:]],
        ["124", "", "001", "015", "151", "год не сходится", 125, *twelve],
        ["124", "", "001", "015", "111", "дважды", 120, *twelve],
        ["124", "", "001", "015", "987", "неизвестный код", 120, *twelve],
        ["", "", "", "", "", "без кода", 120, *twelve],
        ["124", "", "008", "015", "151", "мелочь", 0.000001, 0.000001, *[0] * 11],
        ["124", "", "008", "029", "", "без специфики", 120, *twelve],
    ]
    shown = seen(workspace, okrug, book(tmp_path, {"План": rows}))
    assert {row.key.code.specific: row.state for row in shown.rows} == {
        "111": RowState.NEW,
        "987": RowState.UNKNOWN,
    }
    assert sorted(finding.code.removeprefix("plan.row_") for finding in shown.findings) == [
        "amount", "code_unknown", "no_code", "no_specific", "not_a_number", "twice", "year",
    ]  # fmt: skip
    for finding in shown.findings:
        for language in Language:
            assert finding.message(language)
            assert finding.fix(language)
    word = next(f for f in shown.findings if f.code == "plan.row_not_a_number")
    assert (
        word.message(Language.RU)
        .replace("\N{NO-BREAK SPACE}", " ")
        .startswith("Строка 4, 01 1 124 001 015 149: в ячейке «январь» стоит «сто»")
    )
    without = shown.sheet()
    assert [key.code.specific for key in without.lines] == ["111"]
    kept = shown.sheet(keep_unknown=True)
    assert kept.names[costs(AKIMAT, "987")].kk == "неизвестный код"


def test_a_table_from_the_clipboard_and_codes_in_one_column(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    head = "\t".join(["Код", "Наименование", *RU_MONTHS])
    pasted = "План поступлений, тыс. тенге\n\n" + "\n".join(
        [head, "\t".join(["104402", "Налог на транспортные средства", *["200,0"] * 12])]
    )
    with workspace.reading() as session:
        shown = preview_pasted(session, okrug.id, 2026, pasted)
    [row] = shown.rows
    assert row.key == LineKey(Side.RECEIPTS, RevenueCode("1", "04", "4", "02"))
    assert row.months == months(("200",) * 12)
    costs_head = "\t".join(["Код", "Атауы", *KK_MONTHS])
    pasted = f"{costs_head}\n" + "\t".join(["124 001 015 149", "Қорлар", *["300"] * 12])
    with workspace.reading() as session:
        [row] = preview_pasted(session, okrug.id, 2026, pasted).rows
    assert row.key == LineKey(Side.PAYMENTS, GOODS)


def test_a_csv_file_with_semicolons(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    adopt(workspace, okrug.id)
    lines = [";".join(map(str, COSTS_HEAD))]
    lines.append(";".join(["124", "", "001", "015", "149", "Запасы", "3600,0", *["300,0"] * 12]))
    lines.append(";".join(["124", "", "001", "015", "111", "Зарплата", "14400,0", *["1200,0"] * 12]))
    path = tmp_path / "план.csv"
    path.write_text("\n".join(lines), encoding="cp1251")
    row, wages = seen(workspace, okrug, path).rows
    assert (row.key.code, row.months) == (GOODS, months(("300",) * 12))
    assert (wages.key.code, wages.months) == (WAGES, months(("1200",) * 12))


def test_files_without_a_plan_are_refused_in_words(
    workspace: Workspace, okrug: UnitView, tmp_path: Path
) -> None:
    adopt(workspace, okrug.id)
    path = tmp_path / "шешім.txt"
    path.write_text("Бюджет туралы шешім", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        seen(workspace, okrug, path)
    assert "Қаңтар … Желтоқсан" in refused.value.text(Language.KK)
    only_wrong = book(tmp_path, {"План": [COSTS_HEAD, ["124", "", "001", "", "", "x", 1, 1, *[0] * 11]]})
    with pytest.raises(UsageProblem):
        take_in(workspace, DEFAULT_ACTOR, okrug.id, seen(workspace, okrug, only_wrong))


def test_an_approved_plan_takes_no_other_file_in(
    workspace: Workspace, okrug: UnitView, tmp_path: Path
) -> None:
    adopt(workspace, okrug.id)
    from akimat_desk.budget.plans.commands import take_in_plan

    approve(workspace, DEFAULT_ACTOR, take_in_plan(workspace, DEFAULT_ACTOR, okrug.id, sheet()))
    rows = individual()
    next(row for row in rows if row[4:5] == ["111"])[6:9] = [14300.0, 1100.0, 1200.0]
    shown = seen(workspace, okrug, book(tmp_path, {"Платежи": rows}))
    with pytest.raises(RuleBroken):
        take_in(workspace, DEFAULT_ACTOR, okrug.id, shown)


#: Heads that say nothing: an office's own table.
OWN_HEAD = ["Шифр", "Статья", "Лимит", *(f"{month:02}/26" for month in range(1, 13))]
OWN_ROWS = [
    ["124/001/015/111", "Зарплата", 14400, *[1200] * 12],
    ["124/001/015/149", "Хозтовары", 3600, *[300] * 12],
]
OWN_COLUMNS = "1=code,2=name,3=year,4-15=months"


def test_columns_are_shown_once_and_remembered(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    adopt(workspace, okrug.id)
    path = book(tmp_path, {"Лист1": [["Свой план, тыс. тенге"], OWN_HEAD, *OWN_ROWS]})
    with pytest.raises(PlanColumnsUnknown) as asked:
        seen(workspace, okrug, path)
    question = asked.value.question
    assert question.heads == tuple(OWN_HEAD)
    assert question.sample[0][0] == "124/001/015/111"
    assert "1 – Шифр" in asked.value.text(Language.RU)
    shown = read_columns(OWN_COLUMNS, Side.OBLIGATIONS)
    show_plan_columns(workspace, DEFAULT_ACTOR, question.signature, shown)
    made = seen(workspace, okrug, path)
    assert [(row.key, row.months) for row in made.rows] == [
        (LineKey(Side.OBLIGATIONS, WAGES), months(("1200",) * 12)),
        (LineKey(Side.OBLIGATIONS, GOODS), months(("300",) * 12)),
    ]
    # Next year's file has the same heads, other rows and another name: nothing is asked again.
    (tmp_path / "next").mkdir()
    other = book(tmp_path / "next", {"Свод": [["тыс. тенге"], OWN_HEAD, OWN_ROWS[1]]})
    assert [row.key.code for row in seen(workspace, okrug, other).rows] == [GOODS]


def test_what_the_heads_say_is_guessed(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    head = ["Шифр", "Наименование", "Всего", *RU_MONTHS]  # no word for the code
    path = book(tmp_path, {"Лист1": [["тыс. тенге"], head, *OWN_ROWS]})
    with pytest.raises(PlanColumnsUnknown) as asked:
        seen(workspace, okrug, path)
    guess = asked.value.question.guess
    assert (guess[1], guess[2], guess[3], guess[14]) == ("name", "year", "month_1", "month_12")
    assert 0 not in guess


def test_a_table_that_is_left_unread_is_said(workspace: Workspace, okrug: UnitView, tmp_path: Path) -> None:
    adopt(workspace, okrug.id)
    path = book(tmp_path, {"Платежи": individual(), "Черновик": [OWN_HEAD, *OWN_ROWS]})
    made = seen(workspace, okrug, path)
    assert made.rows
    [unread] = [finding for finding in made.findings if finding.code == "plan.table_unread"]
    assert "Черновик" in unread.message(Language.RU)


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("1=code,2=name", Side.PAYMENTS),  # no months
        ("2=name,4-15=months", Side.PAYMENTS),  # no code
        ("1=code,4-14=months", Side.PAYMENTS),  # eleven months
        ("1=wish,4-15=months", Side.PAYMENTS),
        ("x=code,4-15=months", Side.PAYMENTS),
        ("1=category,4-15=months", Side.PAYMENTS),
        ("1=code,2=program,4-15=months", Side.RECEIPTS),
    ],
)
def test_columns_that_make_no_plan_are_refused(written: str, side: Side) -> None:
    with pytest.raises(UsageProblem) as refused:
        read_columns(written, side)
    assert refused.value.text(Language.KK)
