"""Taking forms in: what changes is shown first, the same again changes nothing, nothing is half stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akimat_desk.budget.execution.codebook import ChoiceKind, CodeBook, CodeChoice, Unknown
from akimat_desk.budget.execution.forms import FormKind, Measure, MoneyUnit, Month, ReadForm
from akimat_desk.budget.execution.preview import Preview, RowState, preview
from akimat_desk.budget.execution.reading.reader import ReadingChoices, read_form_data
from akimat_desk.budget.execution.reasons import reasons, reasons_offered
from akimat_desk.budget.execution.stored import Fact, facts, forms, in_force
from akimat_desk.budget.execution.taking_in import (
    note_findings,
    save_typed,
    take_in,
    withdraw,
    write_reason,
)
from akimat_desk.budget.periods.closing import close_period
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.training.treasury import PrintedRow, print_form

from .building import EXPENSES, LIGHT, RECEIPTS, TOP, WAGES, expense, expense_cells, form, receipt, workbook

JANUARY = Month(2026, 1)


def read(
    *rows: PrintedRow, as_of: dt.date = dt.date(2026, 2, 1), kind: FormKind = FormKind.EXPENSES
) -> ReadForm:
    return read_form_data(print_form(form(kind, rows, as_of)).encode(), "a.txt").form


def seen(workspace: Workspace, okrug: UnitView, read_form: ReadForm, **said) -> Preview:
    with workspace.reading() as session:
        return preview(session, okrug.id, read_form, **said)


def states(shown: Preview) -> list[tuple[str, RowState]]:
    return [(row.printed_code, row.state) for row in shown.rows]


def stored(workspace: Workspace, okrug: UnitView, kind: FormKind = FormKind.EXPENSES) -> dict:
    with workspace.reading() as session:
        (latest,) = [f for f in in_force(forms(session, okrug.id, 2026)) if f.kind is kind]
        return {str(fact.code): fact.amounts for fact in facts(session, latest)}


def test_the_functional_group_is_found_through_the_budgets_lines(
    workspace: Workspace, okrug: UnitView
) -> None:
    shown = seen(workspace, okrug, read(*EXPENSES))
    assert [str(row.code) for row in shown.rows] == ["01/1/124/001/015/111", "07/3/124/008/151"]
    assert [row.name.ru for row in shown.rows] == ["Оплата труда", "Оплата коммунальных услуг"]
    assert all(row.name.kk for row in shown.rows)
    assert {row.state for row in shown.rows} == {RowState.NEW}


def test_a_form_is_stored_once_and_a_corrected_one_shows_the_difference(
    workspace: Workspace, okrug: UnitView
) -> None:
    data = print_form(form(FormKind.EXPENSES, EXPENSES)).encode()
    first = take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES), ("4-20.txt", data))
    assert first.form_id is not None
    again = take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES))
    assert again.form_id is None
    assert {row.state for row in again.preview.rows} == {RowState.SAME}
    more = replace(WAGES, amounts={**WAGES.amounts, Measure.PAID: WAGES.amounts[Measure.PAID] + 500})
    corrected = take_in(
        workspace, DEFAULT_ACTOR, okrug.id, read(more, expense("124", "008", "", "159", name="Х"))
    )
    assert states(corrected.preview) == [
        ("124/001/015/111", RowState.CHANGED),
        ("124/008/159", RowState.NEW),
        ("07/3/124/008/151", RowState.GONE),
    ]
    assert corrected.preview.rows[0].difference(Measure.PAID) == 500
    assert set(stored(workspace, okrug)) == {"01/1/124/001/015/111", "07/3/124/008/159"}
    with workspace.reading() as session:
        assert [(f.id, f.supersedes) for f in forms(session, okrug.id, 2026)] == [
            (first.form_id, None),
            (corrected.form_id, first.form_id),
        ]


def test_a_withdrawn_form_gives_its_month_back_to_the_one_before(
    workspace: Workspace, okrug: UnitView
) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES))
    second = take_in(workspace, DEFAULT_ACTOR, okrug.id, read(WAGES))
    assert len(stored(workspace, okrug)) == 1
    assert second.form_id is not None
    with pytest.raises(RuleBroken):
        withdraw(workspace, DEFAULT_ACTOR, second.form_id, "  ")
    withdraw(workspace, DEFAULT_ACTOR, second.form_id, "басқа айдың нысаны")
    assert len(stored(workspace, okrug)) == 2
    with pytest.raises(RuleBroken):
        withdraw(workspace, DEFAULT_ACTOR, second.form_id, "тағы")
    with pytest.raises(UsageProblem):
        withdraw(workspace, DEFAULT_ACTOR, 99, "жоқ")


def test_wrong_rows_stay_out_and_the_rest_is_taken_in(workspace: Workspace, okrug: UnitView) -> None:
    cells = expense_cells([WAGES, LIGHT, expense("124", "777", "", "159", name="Белгісіз")])
    cells[1][9] = "уточняется"
    read_form = read_form_data(workbook(cells, top=TOP), "a.xlsx").form
    taken = take_in(workspace, DEFAULT_ACTOR, okrug.id, read_form)
    assert states(taken.preview) == [
        ("124/001/015/111", RowState.NEW),
        ("124/008/151", RowState.WRONG),
        ("124/777/159", RowState.WRONG),
    ]
    problems = [row.problems[0] for row in taken.preview.rows[1:]]
    assert [problem.code for problem in problems] == ["form.text_in_number", "form.unknown_code"]
    assert "уточняется" in problems[0].message(Language.RU)
    assert all(problem.fix(language) for problem in problems for language in Language)
    assert set(stored(workspace, okrug)) == {"01/1/124/001/015/111"}
    with workspace.reading() as session:
        (kept,) = forms(session, okrug.id, 2026)
    assert {"form.text_in_number", "form.unknown_code"} <= {f.code for f in note_findings(kept)}


def test_a_wrong_row_leaves_what_was_stored_of_its_line(workspace: Workspace, okrug: UnitView) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES))
    cells = expense_cells([expense("124", "001", "015", "111", paid=95_000_00), LIGHT])
    cells[1][9] = "?"
    taken = take_in(
        workspace, DEFAULT_ACTOR, okrug.id, read_form_data(workbook(cells, top=TOP), "a.xlsx").form
    )
    assert taken.preview.rows[1].state is RowState.WRONG
    kept = stored(workspace, okrug)
    assert kept["07/3/124/008/151"][Measure.PAID] == LIGHT.amounts[Measure.PAID]
    assert kept["01/1/124/001/015/111"][Measure.PAID] == 95_000_00


def test_unknown_codes_are_mapped_skipped_or_added_and_remembered(
    workspace: Workspace, okrug: UnitView
) -> None:
    rows = [WAGES, *(expense("124", program, "", "159", name=program) for program in ("777", "778", "779"))]
    light = ExpenditureCode("07", "3", "124", "008", "", "159")
    added = ExpenditureCode("07", "3", "124", "779", "", "159")
    decided = {
        "124/777/159": CodeChoice(ChoiceKind.MAP, light),
        "124/778/159": CodeChoice(ChoiceKind.SKIP),
        "124/779/159": CodeChoice(ChoiceKind.ADD, added, Trilingual("Жаңа жұмыстар", "Новые работы")),
    }
    taken = take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*rows), decided=decided)
    assert [row.state for row in taken.preview.rows] == [
        RowState.NEW, RowState.NEW, RowState.SKIPPED, RowState.NEW,
    ]  # fmt: skip
    assert taken.preview.rows[3].name.kk == "Жаңа жұмыстар"
    february = seen(workspace, okrug, read(*rows, as_of=dt.date(2026, 3, 1)))
    assert [row.code for row in february.rows][1:] == [light, None, added]
    assert not [row for row in february.rows if row.state is RowState.WRONG]


def test_two_printed_codes_mapped_to_one_do_not_overwrite_each_other(
    workspace: Workspace, okrug: UnitView
) -> None:
    light = ExpenditureCode("07", "3", "124", "008", "", "151")
    decided = {"124/777/151": CodeChoice(ChoiceKind.MAP, light)}
    shown = seen(workspace, okrug, read(LIGHT, expense("124", "777", "", "151")), decided=decided)
    assert [row.state for row in shown.rows] == [RowState.NEW, RowState.WRONG]
    assert shown.rows[1].problems[0].code == "form.twice"


def test_a_program_of_several_groups_waits_for_a_choice() -> None:
    twice = [ExpenditureCode(group, "1", "124", "040") for group in ("08", "13")]
    book = CodeBook(2026, [(code, Trilingual("а", "а")) for code in twice], {})
    found = book.find(FormKind.EXPENSES, ("124", "040", "", "159"), "")
    assert isinstance(found, Unknown)
    assert found.ambiguous
    assert [known.code for known in found.candidates] == twice


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.replace("на 01.02.2026", ""), "form.no_date"),
        (lambda t: t.replace("Жанабулакского", "Акбулакского"), "form.other_unit"),
        (lambda t: t.replace("01.02.2026", "01.03.2026"), "form.other_month"),
    ],
)
def test_a_form_that_is_wrong_as_a_whole_stores_nothing(
    workspace: Workspace, okrug: UnitView, change, code: str
) -> None:
    text = change(print_form(form(FormKind.EXPENSES, EXPENSES)))
    read_form = read_form_data(text.encode(), "a.txt").form
    shown = seen(workspace, okrug, read_form, month=JANUARY)
    assert [finding.code for finding in shown.refusals] == [code]
    with pytest.raises(RuleBroken) as refusal:
        take_in(workspace, DEFAULT_ACTOR, okrug.id, read_form, month=JANUARY)
    assert refusal.value.message.key == f"error.{code}"
    with workspace.reading() as session:
        assert forms(session, okrug.id, 2026) == []


def test_another_name_of_the_same_institution_is_confirmed(workspace: Workspace, okrug: UnitView) -> None:
    text = print_form(form(FormKind.EXPENSES, EXPENSES, office="Аппарат акима Акбулакского сельского округа"))
    read_form = read_form_data(text.encode(), "a.txt").form
    assert take_in(workspace, DEFAULT_ACTOR, okrug.id, read_form, same_unit_said=True).form_id is not None


@pytest.mark.parametrize(
    "office",
    [
        "Жаңабұлақ ауылдық округі әкімінің аппараты",
        "ГУ «Аппарат акима Жанабулакского сельского округа»",
        "КГКП «Ясли-сад»",
        "",
    ],
)
def test_institutions_of_the_okrug_are_its_own(workspace: Workspace, okrug: UnitView, office: str) -> None:
    text = print_form(form(FormKind.EXPENSES, EXPENSES, office=office))
    assert seen(workspace, okrug, read_form_data(text.encode(), "a.txt").form).refusals == ()


def test_thousands_read_as_tenge_are_noticed(workspace: Workspace, okrug: UnitView) -> None:
    whole = expense("124", "001", "015", "111", year=103_912_90, paid=8_000_00)  # thousands as tenge
    shown = seen(workspace, okrug, read(whole))
    assert [finding.code for finding in shown.refusals] == ["form.unit_suspect"]
    data = print_form(form(FormKind.EXPENSES, [whole])).encode()
    told = read_form_data(data, "a.txt", ReadingChoices({}, MoneyUnit.THOUSAND)).form
    assert seen(workspace, okrug, told).refusals == ()
    assert told.rows[0].amounts[Measure.PLAN_YEAR] == 103_912_90 * 1000


def test_receipts_a_thousand_times_off_the_month_before_are_noticed(
    workspace: Workspace, okrug: UnitView
) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*RECEIPTS, kind=FormKind.RECEIPTS))
    small = [receipt("1/04/4/02", 130_000, "Налог")]
    shown = seen(workspace, okrug, read(*small, as_of=dt.date(2026, 3, 1), kind=FormKind.RECEIPTS))
    assert [finding.code for finding in shown.refusals] == ["form.unit_suspect"]


def test_what_fell_since_the_month_before_is_a_warning(workspace: Workspace, okrug: UnitView) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES))
    less = expense("124", "001", "015", "111", paid=80_000_00)
    shown = seen(workspace, okrug, read(less, LIGHT, as_of=dt.date(2026, 3, 1)))
    (fell,) = [finding for finding in shown.findings if finding.code == "form.fell"]
    assert (fell.where.code, fell.difference) == ("124/001/015/111", -10_000_00)


def test_a_plan_that_is_not_the_budgets_is_a_warning(workspace: Workspace, okrug: UnitView) -> None:
    shown = seen(workspace, okrug, read(*EXPENSES))
    off = [finding for finding in shown.findings if finding.code == "form.off_budget"]
    assert [finding.where.code for finding in off] == ["01/1/124/001", "07/3/124/008"]
    exact = expense("124", "008", "", "151", year=8_120_000_00)
    assert not [
        finding
        for finding in seen(workspace, okrug, read(exact)).findings
        if finding.code == "form.off_budget"
    ]


def test_sums_that_do_not_add_up_are_said_and_do_not_stop(workspace: Workspace, okrug: UnitView) -> None:
    text = print_form(form(FormKind.RECEIPTS, RECEIPTS))
    total = next(line for line in text.splitlines() if line.startswith("ИТОГО"))
    spoilt = text.replace(total, total.replace("1,289,567.89", "1,289,567.90"))
    taken = take_in(workspace, DEFAULT_ACTOR, okrug.id, read_form_data(spoilt.encode(), "a.txt").form)
    (finding,) = [finding for finding in taken.preview.findings if finding.code == "form.total"]
    assert finding.difference == 1
    assert taken.form_id is not None


def test_a_merged_cell_makes_its_rows_wrong(workspace: Workspace, okrug: UnitView) -> None:
    cells = expense_cells([WAGES, LIGHT, expense("124", "001", "015", "113")])
    data = workbook(cells, top=TOP, merge="J4:J5")
    shown = seen(workspace, okrug, read_form_data(data, "a.xlsx").form)
    assert [row.state for row in shown.rows] == [RowState.NEW, RowState.WRONG, RowState.NEW]
    assert shown.rows[1].problems[0].code == "form.merged"


def test_a_code_that_stands_twice_is_wrong_the_second_time(workspace: Workspace, okrug: UnitView) -> None:
    shown = seen(
        workspace, okrug, read_form_data(workbook(expense_cells([WAGES, WAGES]), top=TOP), "a.xlsx").form
    )
    assert [row.state for row in shown.rows] == [RowState.NEW, RowState.WRONG]


def test_a_form_with_no_right_row_is_refused(workspace: Workspace, okrug: UnitView) -> None:
    with pytest.raises(RuleBroken) as refusal:
        take_in(workspace, DEFAULT_ACTOR, okrug.id, read(expense("124", "777", "", "159")))
    assert refusal.value.message.key == "error.form.all_wrong"


def test_typed_figures_supersede_and_are_superseded(workspace: Workspace, okrug: UnitView) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*RECEIPTS, kind=FormKind.RECEIPTS))
    code = RevenueCode("1", "04", "4", "02")
    line = Fact(
        0,
        code,
        Trilingual("Көлік салығы", "Налог"),
        LineKind.TAX,
        {Measure.RECEIVED: 5, Measure.RECEIVED_DAY: None},
    )
    save_typed(workspace, DEFAULT_ACTOR, okrug.id, FormKind.RECEIPTS, JANUARY, [line])
    assert stored(workspace, okrug, FormKind.RECEIPTS) == {
        str(code): {Measure.RECEIVED: 5, Measure.RECEIVED_DAY: None}
    }
    again = take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*RECEIPTS, kind=FormKind.RECEIPTS))
    assert again.form_id is not None
    with pytest.raises(RuleBroken):
        save_typed(workspace, DEFAULT_ACTOR, okrug.id, FormKind.RECEIPTS, JANUARY, [])


def test_reasons_are_kept_changed_and_taken_away(workspace: Workspace, okrug: UnitView) -> None:
    for text in ("Төлем мерзімі – сәуір", "Төлем мерзімі – мамыр"):
        write_reason(workspace, DEFAULT_ACTOR, okrug.id, JANUARY, "1/04/4", text)
    write_reason(workspace, DEFAULT_ACTOR, okrug.id, Month(2025, 12), "1/04/4", "Қарыз өтелді")
    with workspace.reading() as session:
        assert reasons(session, okrug.id, JANUARY) == {"1/04/4": "Төлем мерзімі – мамыр"}
        assert reasons_offered(session, okrug.id, "1/04/4") == ["Төлем мерзімі – мамыр", "Қарыз өтелді"]
    write_reason(workspace, DEFAULT_ACTOR, okrug.id, JANUARY, "1/04/4", "")
    with workspace.reading() as session:
        assert reasons(session, okrug.id, JANUARY) == {}


def test_a_closed_month_takes_no_form(workspace: Workspace, okrug: UnitView) -> None:
    take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES))
    close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 1)
    assert take_in(workspace, DEFAULT_ACTOR, okrug.id, read(*EXPENSES)).form_id is None  # nothing changes
    for change in (
        lambda: take_in(workspace, DEFAULT_ACTOR, okrug.id, read(WAGES)),
        lambda: withdraw(workspace, DEFAULT_ACTOR, 1, "қате"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            change()
        assert refusal.value.message.key == "error.period.closed"
