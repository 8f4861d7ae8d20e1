"""A new year with a new classification: codes that moved, a line that is parted, lines without a place."""

from __future__ import annotations

import pytest

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.plans.commands import look_at_start, start_plan
from akimat_desk.budget.plans.questions import plan_view, plans
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.new_code import NewCode
from akimat_desk.classification.service import add_code
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import AKIMAT, GOODS, LIGHT, WAGES, adopt, costs, k

ME = DEFAULT_ACTOR
#: Of 2025: transfers were category 4, the office had a fee of its own, and roads were a program.
SUBVENTION_THEN, FEE_THEN = RevenueCode("4", "02", "3", "01"), RevenueCode("1", "04", "9", "01")
SUBVENTION_NOW, VEHICLES_NOW, INCOME_NOW = (
    RevenueCode("5", "02", "3", "01"),
    RevenueCode("1", "04", "4", "02"),
    RevenueCode("1", "01", "2", "02"),
)
ROADS = ExpenditureCode("12", "1", "124", "013", "015", "159")


@pytest.fixture
def okrug_of_two_years(workspace: Workspace, okrug: UnitView) -> UnitView:
    """What 2025 executed, by its own codes; the budget of 2026 by the new ones."""
    add_code(workspace, ME, NewCode(FEE_THEN, Trilingual("Ауыл алымы", "Сельский сбор"), 2025, 2025))
    receipts: list[tuple[Code, LineKind, str]] = [
        (SUBVENTION_THEN, LineKind.TRANSFERS, "20000"),
        (FEE_THEN, LineKind.TAX, "300"),
    ]
    for kind, measure, lines in (
        (FormKind.RECEIPTS, Measure.RECEIVED, receipts),
        (
            FormKind.EXPENSES,
            Measure.PAID,
            [(code, LineKind.EXPENDITURE, amount) for code, amount in (
                (WAGES, "12000"), (GOODS, "3000"), (ROADS, "1000"),
            )],
        ),
    ):  # fmt: skip
        facts = [Fact(0, code, Trilingual(), of, {measure: k(amount)}) for code, of, amount in lines]
        save_typed(workspace, ME, okrug.id, kind, Month(2025, 12), facts)
    adopt(workspace, okrug.id, 2026)
    return okrug


def test_codes_move_and_what_has_no_place_is_listed(
    workspace: Workspace, okrug_of_two_years: UnitView
) -> None:
    with workspace.reading() as session:
        start = look_at_start(session, okrug_of_two_years.id, 2026)
        assert plans(session, okrug_of_two_years.id, 2026) == []  # looked at, not made
    assert [(move.before, move.after) for move in start.moved] == [(SUBVENTION_THEN, SUBVENTION_NOW)]
    assert start.left_over == {
        LineKey(Side.RECEIPTS, FEE_THEN): k("300"),
        LineKey(Side.PAYMENTS, ROADS): k("1000"),
    }
    assert [finding.code for finding in start.findings] == [
        "plan.from_execution", "plan.code_moved", "plan.orphan_code", "plan.orphan_budget",
    ]  # fmt: skip
    assert "Сельский сбор" in start.findings[2].message(Language.RU)
    assert start.sheet.year_of(LineKey(Side.RECEIPTS, SUBVENTION_NOW)) == k("21000")


def test_a_person_gives_lines_a_place_be_it_two(workspace: Workspace, okrug_of_two_years: UnitView) -> None:
    placed = {
        FEE_THEN: [(VEHICLES_NOW, 60), (INCOME_NOW, 40)],  # the fee was parted between two taxes
        ROADS: [(LIGHT, 100)],  # its subprogram and specific stay under the other program
    }
    started = start_plan(workspace, ME, okrug_of_two_years.id, 2026, placed)
    assert {finding.code for finding in started.findings} == {"plan.from_execution", "plan.code_moved"}
    moved = [str(f.fields["after"]) for f in started.findings if f.code == "plan.code_moved"]
    assert moved == ["1/04/4/02", "1/01/2/02", "5/02/3/01", "07/3/124/008/015/159"]
    with workspace.reading() as session:
        sheet = plan_view(session, started.document_id).sheet
    # Whatever came from where, the plan comes to the budget.
    assert sheet.year_of(LineKey(Side.RECEIPTS, VEHICLES_NOW)) == k("2400")
    assert sheet.year_of(LineKey(Side.PAYMENTS, costs(LIGHT, "159"))) == k("7200")
    assert sum(sheet.total(Side.PAYMENTS, lambda code: code.program == AKIMAT.program)) == k("18000")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "targets",
    [
        [(VEHICLES_NOW, 60)],
        [(VEHICLES_NOW, 60), (INCOME_NOW, 50)],
        [(VEHICLES_NOW, 100), (INCOME_NOW, 0)],
        [(LIGHT, 100)],  # a receipt among costs
    ],
)
def test_places_that_make_no_sense_are_refused(
    workspace: Workspace, okrug_of_two_years: UnitView, targets: list[tuple[Code, int]]
) -> None:
    with pytest.raises(UsageProblem) as refused:
        start_plan(workspace, ME, okrug_of_two_years.id, 2026, {FEE_THEN: targets})
    assert str(FEE_THEN) in refused.value.text(Language.KK).replace("\N{NO-BREAK SPACE}", "/")
    with workspace.reading() as session:
        assert plans(session, okrug_of_two_years.id, 2026) == []


def test_a_place_that_the_budget_lacks_leaves_an_orphan(
    workspace: Workspace, okrug_of_two_years: UnitView
) -> None:
    nowhere = RevenueCode("2", "01", "5", "10")
    with workspace.reading() as session:
        start = look_at_start(session, okrug_of_two_years.id, 2026, {FEE_THEN: [(nowhere, 100)]})
    assert LineKey(Side.RECEIPTS, FEE_THEN) in start.left_over
