"""From a figure to the documents, parts, rule and person behind it."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.commands import confirm, delete_draft, describe_draft
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.questions import budget_as_of, budgets_of, decisions
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import Amount, SetAmounts, SetNote
from akimat_desk.budget.drafts.service import apply_edit
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.provenance.questions import explain, trail
from akimat_desk.budget.ratio.grounds import TARGET_SOURCE, ratio_grounds
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import from_plain
from akimat_desk.core.strings import has_text
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Actor, Workspace

CLERK = Actor("бухгалтер")
STREETS = LineKey(Section.EXPENDITURE, "07/3/124/011")


def at(workspace: Workspace, okrug: UnitView, code: str, section: Section, year: int = 2026) -> AmountAt:
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, year)
    line = next(line for line in view.lines if str(line.code) == code and line.section is section)
    return AmountAt.of_line(view.decision.id, year, line)


def test_an_amount_leads_to_the_decision_its_amendment_and_the_rows_of_their_files(
    workspace: Workspace, okrug: UnitView
) -> None:
    place = at(workspace, okrug, "07/3/124/011", Section.EXPENDITURE)
    with workspace.reading() as session:
        found = trail(session, place)
    assert [step.document.number for step in found.steps] == ["XXXIV-212", "XXXIX-241"]
    assert [step.amount for step in found.steps] == [from_plain("15762.9"), from_plain("21962.9")]
    assert [step.change for step in found.steps] == [None, from_plain("6200")]
    assert {step.origin for step in found.steps} == {Origin.READ}
    first, last = found.steps
    assert first.source is not None
    assert first.source.name == "2026-2028_kk.html"
    assert last.source is not None
    assert (last.raw, last.printed_name) == ("21 962,9", "Елді мекендерді абаттандыру және көгалдандыру")
    assert last.row > 0
    assert first.by == "example"
    assert first.confirmed_at is not None
    assert found.rule == "source.bc_89"
    assert found.parts == ()


def test_a_line_that_a_draft_leaves_alone_is_carried(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        found = trail(session, AmountAt(draft, 2027, Section.EXPENDITURE, "08/1/124/006"))
    assert [step.origin for step in found.steps] == [Origin.READ, Origin.READ, Origin.CARRIED]
    assert found.steps[-1].change == 0
    assert found.steps[-1].source is None


def test_a_parent_is_the_sum_of_the_nearest_lines_below_it(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        group = trail(session, at(workspace, okrug, "07", Section.EXPENDITURE))
        administrator = trail(session, at(workspace, okrug, "07/3/124", Section.EXPENDITURE))
        receipts = trail(session, at(workspace, okrug, "1", Section.REVENUE))
    assert [part.place.code for part in group.parts] == ["07/3"]
    assert [part.place.code for part in administrator.parts] == [
        "07/3/124/008", "07/3/124/009", "07/3/124/011"
    ]  # fmt: skip
    assert [part.place.code for part in receipts.parts] == ["1/01", "1/04", "1/05"]
    assert {group.difference, administrator.difference, receipts.difference} == {0}


@pytest.mark.parametrize(
    ("figure", "parts"),
    [
        (Figure.REVENUE_TOTAL, ["tax", "nontax", "capital_sales", "transfers"]),
        (Figure.DEFICIT, ["revenue_total", "-costs", "-net_lending", "-fin_assets_balance"]),
        (Figure.DEFICIT_FINANCING, ["loans_in", "balances_used", "-loans_repaid"]),
        (Figure.NET_LENDING, ["budget_credits", "-credit_repayments"]),
    ],
)
def test_figures_are_made_by_article_9(
    workspace: Workspace, okrug: UnitView, figure: Figure, parts: list[str]
) -> None:
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026)
        section = next(s for s in Section if figure in _of(s))
        found = trail(session, AmountAt(view.decision.id, 2026, section, figure=figure))
    signed = ["-" * (part.sign < 0) + str(part.place.figure) for part in found.parts]
    assert signed == parts
    assert found.difference == 0
    assert found.rule == "source.bc_9"
    assert found.amount == view.figures[figure]


def _of(section: Section) -> set[Figure]:
    from akimat_desk.budget.figures import SECTION_OF

    return {figure for figure, own in SECTION_OF.items() if own is section}


def test_costs_are_the_sum_of_their_groups(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026)
        place = AmountAt(view.decision.id, 2026, Section.EXPENDITURE, figure=Figure.COSTS)
        found = trail(session, place)
    assert [part.place.code for part in found.parts] == ["01", "07", "08", "12", "15"]
    assert found.difference == 0


def test_what_was_typed_says_by_whom_and_when(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    apply_edit(workspace, CLERK, draft, SetAmounts((Amount(STREETS, 2026, "22 000,0"),)))
    apply_edit(workspace, CLERK, draft, SetNote(STREETS, "Аудан хатына сәйкес"))
    began = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    with workspace.reading() as session:
        found = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "07/3/124/011"))
        parent = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "07/3/124"))
        untouched = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "08/1/124/006"))
    assert [step.document.number for step in found.steps] == ["XXXIV-212", "XXXIX-241", ""]
    last = found.steps[-1]
    assert (last.origin, last.by, last.change) == (Origin.TYPED, "бухгалтер", from_plain("37.1"))
    assert last.at > began
    assert last.source is None
    assert last.note == "Аудан хатына сәйкес"
    assert parent.steps[-1].origin is Origin.COMPUTED
    assert untouched.steps[-1].origin is Origin.CARRIED
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="XLI-255", date=dt.date(2026, 10, 9))
    confirm(workspace, DEFAULT_ACTOR, draft, reason="сынақ")
    with workspace.reading() as session:
        again = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "07/3/124/011"))
    assert again.steps[-1].by == "бухгалтер"


def test_a_sum_that_does_not_close_says_by_how_much(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    total = LineKey(Section.EXPENDITURE, "07/3/124")
    apply_edit(workspace, CLERK, draft, SetAmounts((Amount(total, 2026, "40 000,0"),)))
    with workspace.reading() as session:
        found = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "07/3/124"))
    assert found.difference == from_plain("7937.1")  # 40 000,0 - 32 062,9


@pytest.mark.parametrize("variant", list(Variant))
def test_the_ratio_leads_to_the_figures_it_divides(
    workspace: Workspace, okrug: UnitView, variant: Variant
) -> None:
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026)
        found = ratio_grounds(view.decision.id, 2026, variant)
        for name, grounds in found.items():
            assert not grounds.formula or has_text(grounds.formula), name
            explained = explain(session, grounds)
            assert [t.place for t in explained.trails] == list(grounds.amounts)
            assert [t.amount for t in explained.trails] == [
                view.figures[place.figure] for place in grounds.amounts if place.figure is not None
            ]
    assert found["gap"].rule == TARGET_SOURCE
    assert has_text(TARGET_SOURCE)


def test_a_deleted_draft_is_said_to_be_gone(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    place = AmountAt(draft, 2026, Section.EXPENDITURE, "08/1/124/006")
    delete_draft(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session, pytest.raises(UsageProblem):
        explain(session, Grounds((place,)))


def test_every_amount_of_every_edition_can_be_explained(workspace: Workspace, okrug: UnitView) -> None:
    start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        for decision in decisions(session, okrug.id):
            for view in budgets_of(session, decision.id)[:1]:
                for line in view.lines:
                    found = trail(session, AmountAt.of_line(decision.id, view.year, line))
                    figure = view.figures[line.figure] if line.figure is not None else line.amount
                    assert found.amount == figure
                    assert found.steps[-1].document == decision
                    assert found.difference in (0, None)


def test_the_akims_adjustments_come_on_top_until_an_amendment_takes_them_in(
    workspace: Workspace, okrug: UnitView
) -> None:
    day, moved = dt.date(2026, 8, 3), from_plain("100")
    codes = {number: ExpenditureCode("07", "3", "124", number) for number in ("008", "011")}
    lines = [
        AdjustedLine(Section.EXPENDITURE, codes["008"], LineKind.EXPENDITURE, -moved),
        AdjustedLine(Section.EXPENDITURE, codes["011"], LineKind.EXPENDITURE, moved),
    ]
    minutes = Basis("minutes", "4", dt.date(2026, 7, 30))
    made = draft_adjustment(
        workspace, CLERK, okrug.id, 2026, "between_programs", lines, number="7", date=day, basis=minutes
    )
    place = at(workspace, okrug, "07/3/124/011", Section.EXPENDITURE)
    with workspace.reading() as session:
        assert trail(session, place).adjustments == ()  # a draft moves nothing yet
    confirm_adjustment(workspace, DEFAULT_ACTOR, made)
    with workspace.reading() as session:
        [found] = trail(session, place).adjustments
        assert (found.number, found.date, found.amount, found.by) == ("7", day, moved, "бухгалтер")
        assert not found.taken_in
        assert trail(session, place).adjusted == from_plain("22062.9")
        parent = trail(session, at(workspace, okrug, "07/3/124", Section.EXPENDITURE))
        assert [each.amount for each in parent.adjustments] == []  # it moves inside the administrator
        other_year = at(workspace, okrug, "07/3/124/011", Section.EXPENDITURE, 2027)
        assert trail(session, other_year).adjustments == ()
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        taken = trail(session, AmountAt(draft, 2026, Section.EXPENDITURE, "07/3/124/011"))
    assert [each.taken_in for each in taken.adjustments] == [True]
    assert taken.amount == taken.adjusted == from_plain("22062.9")
    assert taken.steps[-1].change == moved
