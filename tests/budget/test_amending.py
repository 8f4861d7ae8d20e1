"""An amendment from the edition in force: a whole edition, carried until it is changed."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.amending import entered, renew_amendment, start_amendment
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.comparing.questions import ADJUSTED, AFTER, BEFORE, amendment_changes
from akimat_desk.budget.decisions.commands import confirm, delete_draft, describe_draft
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.questions import budget_as_of, budget_of, decision_findings, decisions
from akimat_desk.budget.decisions.tables import BudgetLineRow
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import Amount, SetAmounts
from akimat_desk.budget.drafts.service import apply_edit, open_draft
from akimat_desk.budget.figures import Section
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Severity, has_errors
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.places.service import UnitKind, UnitView, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Actor, Workspace

OCTOBER = dt.date(2026, 10, 9)
# A programme with everything above it, and the receipts' side: a change that closes by itself.
STREETS = ("07", "07/3", "07/3/124", "07/3/124/011")
CLERK = Actor("бухгалтер")


def put(workspace: Workspace, document_id: int, year: int, added: str, codes: tuple[str, ...]) -> None:
    """Add an amount to a programme and to the transfers that pay for it, as a person types them."""
    for section, code in ((Section.EXPENDITURE, codes[-1]), (Section.REVENUE, "5/02/3")):
        with workspace.reading() as session:
            there = open_draft(session, document_id).value(LineKey(section, code), year) or 0
        edit = SetAmounts((Amount(LineKey(section, code), year, there + from_plain(added)),))
        apply_edit(workspace, CLERK, document_id, edit)


def amount(workspace: Workspace, document_id: int, code: str, year: int = 2026) -> int | None:
    with workspace.reading() as session:
        view = budget_of(session, document_id, year)
    return next((line.amount for line in view.lines if str(line.code) == code), None)


def test_a_draft_holds_the_whole_present_edition(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        present = budget_as_of(session, okrug.id, 2026)
        view = budget_of(session, draft, 2026)
        assert view.figures == present.figures
        assert [line for line in view.lines if line.row] == list(present.lines)
        assert view.decision.state is DocumentState.DRAFT
        assert view.decision.kind is DecisionKind.AMENDMENT
        assert view.decision.effective_date == dt.date(2026, 1, 1)
        assert view.decision.years == (2026, 2027, 2028)
        assert budget_of(session, draft, 2028).lines == budget_as_of(session, okrug.id, 2028).lines
        document = document_by_id(session, draft)
        assert {row.origin for row in document.lines} == {Origin.CARRIED}
        assert document.figures == []  # the text is written from the lines
        assert document.based_on_id == present.decision.id


def test_nothing_changed_is_said(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        assert "decision.unchanged" in {f.code for f in decision_findings(session, draft)}
        assert not any(year.changed for year in amendment_changes(session, draft).years)
    put(workspace, draft, 2026, "500", STREETS)
    with workspace.reading() as session:
        findings = decision_findings(session, draft)
        assert "decision.unchanged" not in {f.code for f in findings}
        assert not has_errors(findings)


def test_before_after_and_change_then_confirmed(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    put(workspace, draft, 2026, "500", STREETS)
    with workspace.reading() as session:
        changes = amendment_changes(session, draft)
    assert changes.before.number == "XXXIX-241"
    assert changes.approved.number == "XXXIV-212"
    year = changes.year(2026)
    assert year is not None
    [streets] = [row for row in year.rows if str(row.code) == "07/3/124/011"]
    assert streets.amounts == tuple(map(from_plain, ("15762.9", "21962.9", "22462.9")))
    assert streets.difference(BEFORE, AFTER) == from_plain("500")
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="XLI-255", date=OCTOBER, session_name="XLI сессия")
    confirm(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        assert budget_as_of(session, okrug.id, 2026).decision.number == "XLI-255"
        before = budget_as_of(session, okrug.id, 2026, as_of=OCTOBER - dt.timedelta(days=1))
        assert before.decision.number == "XXXIX-241"


def test_from_the_edition_of_a_day(workspace: Workspace, okrug: UnitView) -> None:
    march = dt.date(2026, 3, 5)
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026, as_of=march)
    put(workspace, draft, 2026, "10", STREETS)
    with workspace.reading() as session:
        changes = amendment_changes(session, draft)
        assert changes.before == changes.approved
        assert changes.after.date == march
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="XXXVI-220")
    confirm(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        numbers = [d.number for d in decisions(session, okrug.id) if d.first_year == 2026]
    assert numbers == ["XXXIV-212", "XXXVI-220", "XXXIX-241"]


def test_an_outer_year_is_amended_with_its_decision(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2028)
    with workspace.reading() as session:
        assert document_by_id(session, draft).first_year == 2026


def test_a_year_without_a_decision_says_what_to_do(workspace: Workspace, okrug: UnitView) -> None:
    with pytest.raises(UsageProblem) as refusal:
        start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2031)
    assert "Сначала прочитайте" in refusal.value.text(Language.RU)
    empty = create_unit(
        workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Бос ауылдық округі", "Пустой округ")
    )
    with pytest.raises(UsageProblem):
        start_amendment(workspace, DEFAULT_ACTOR, empty.id, 2026)
    with workspace.reading() as session:
        assert decisions(session, empty.id) == []


def _overtaken(workspace: Workspace, okrug: UnitView) -> int:
    """A draft of mine, and somebody else's amendment confirmed after it was begun."""
    mine = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    put(workspace, mine, 2026, "500", STREETS)
    other = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    put(workspace, other, 2026, "30", STREETS)
    put(workspace, other, 2026, "7", ("08", "08/1", "08/1/124", "08/1/124/006"))
    describe_draft(workspace, DEFAULT_ACTOR, other, number="XL-250", date=dt.date(2026, 9, 1))
    confirm(workspace, DEFAULT_ACTOR, other)
    return mine


def test_an_overtaken_draft_is_taken_over_with_both_changes(workspace: Workspace, okrug: UnitView) -> None:
    draft = _overtaken(workspace, okrug)
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="XLI-255", date=OCTOBER)
    with pytest.raises(RuleBroken) as refusal:
        confirm(workspace, DEFAULT_ACTOR, draft)
    assert "Перенести черновик" in refusal.value.text(Language.RU)
    renew_amendment(workspace, DEFAULT_ACTOR, draft)
    assert amount(workspace, draft, "07/3/124/011") == from_plain("22492.9")  # 21 962,9 + 30 + 500
    assert amount(workspace, draft, "08/1/124/006") == from_plain("11897")
    with workspace.reading() as session:
        assert not has_errors(decision_findings(session, draft))
        changes = amendment_changes(session, draft)
        year = changes.year(2026)
        assert year is not None
        changed = {str(row.code) for row in year.rows if row.code and row.differs(BEFORE, AFTER)}
        assert "08/1/124/006" not in changed
        rows = [row for row in document_by_id(session, draft).lines if row.code == "07/3/124/011"]
        typed = [(row.origin, row.entered_by) for row in rows if row.year == 2026]
        assert typed == [(Origin.TYPED.value, "бухгалтер")]
        assert {row.origin for row in rows if row.year != 2026} == {Origin.CARRIED}
    confirm(workspace, DEFAULT_ACTOR, draft)


def test_a_line_added_and_a_line_left_out_are_taken_over(workspace: Workspace, okrug: UnitView) -> None:
    draft = _overtaken(workspace, okrug)
    with workspace.changing(DEFAULT_ACTOR, "draft.edited") as change:
        document = document_by_id(change.session, draft)
        rows = [row for row in document.lines if row.year == 2026]
        left_out = [row for row in rows if row.code and row.code.startswith("15")]
        model = next(row for row in rows if row.code == "08/1/124/006")
        for row in left_out:
            document.lines.remove(row)
        document.lines.append(
            BudgetLineRow(
                year=2026, position=900, section=model.section, code="08/1/124/028", kind=model.kind,
                name_kk="Спорттық іс-шаралар", amount=from_plain("12"), origin=Origin.TYPED.value,
            )
        )  # fmt: skip
        change.touch("budget_document", draft)
    renew_amendment(workspace, DEFAULT_ACTOR, draft)
    assert amount(workspace, draft, "15/1/124/048") is None
    assert amount(workspace, draft, "08/1/124/028") == from_plain("12")
    with workspace.reading() as session:
        codes = [str(line.code) for line in budget_of(session, draft, 2026).lines if line.code]
    assert codes.index("08/1/124/028") == codes.index("08/1/124/006") + 1


def test_what_cannot_be_taken_over_is_refused_in_words(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with pytest.raises(RuleBroken) as not_overtaken:
        renew_amendment(workspace, DEFAULT_ACTOR, draft)
    assert not_overtaken.value.message.key == "error.amendment.not_overtaken"
    delete_draft(workspace, DEFAULT_ACTOR, draft)
    with pytest.raises(UsageProblem):
        renew_amendment(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        confirmed = decisions(session, okrug.id)[-1].id
    with pytest.raises(RuleBroken) as already:
        renew_amendment(workspace, DEFAULT_ACTOR, confirmed)
    assert already.value.message.key == "error.decision.already_confirmed"


def _program(number: str) -> ExpenditureCode:
    return ExpenditureCode("07", "3", "124", number)


def _adjust(workspace: Workspace, okrug: UnitView, day: dt.date, amount: str) -> None:
    """The akim moves an amount from street lighting to the streets (Budget Code art. 98 p. 4)."""
    minutes = Basis("minutes", "4", day - dt.timedelta(days=3))
    lines = [
        AdjustedLine(Section.EXPENDITURE, _program(number), LineKind.EXPENDITURE, moved)
        for number, moved in (("008", -from_plain(amount)), ("011", from_plain(amount)))
    ]
    made = draft_adjustment(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, "between_programs", lines,
        number="7", date=day, basis=minutes,
    )  # fmt: skip
    confirm_adjustment(workspace, DEFAULT_ACTOR, made)


def test_the_corrected_figures_enter_the_amendment(workspace: Workspace, okrug: UnitView) -> None:
    _adjust(workspace, okrug, dt.date(2026, 8, 3), "100")
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    assert amount(workspace, draft, "07/3/124/008") == from_plain("8020")
    assert amount(workspace, draft, "07/3/124/011") == from_plain("22062.9")
    assert amount(workspace, draft, "07/3/124") == from_plain("32062.9")
    put(workspace, draft, 2026, "500", STREETS)
    assert amount(workspace, draft, "07/3/124/011") == from_plain("22562.9")
    with workspace.reading() as session:
        assert not has_errors(decision_findings(session, draft))
        changes = amendment_changes(session, draft)
        year = changes.year(2026)
        assert year is not None
        [light] = [row for row in year.rows if str(row.code) == "07/3/124/008"]
        assert light.difference(BEFORE, AFTER) == -from_plain("100")
        rows = [row for row in document_by_id(session, draft).lines if row.code == "07/3/124/008"]
        assert [row.raw for row in rows if row.year == 2026] == [""]


def test_an_adjustment_is_taken_over_once(workspace: Workspace, okrug: UnitView) -> None:
    _adjust(workspace, okrug, dt.date(2026, 8, 3), "100")
    draft = _overtaken(workspace, okrug)
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="XLI-255", date=OCTOBER)
    renew_amendment(workspace, DEFAULT_ACTOR, draft)
    # The amendment of September had taken the adjustment of August in; mine adds its 500 to that.
    assert amount(workspace, draft, "07/3/124/008") == from_plain("8020")
    assert amount(workspace, draft, "07/3/124/011") == from_plain("22592.9")


def emptied(workspace: Workspace, document_id: int, sections: set[Section]) -> None:
    """Every amount of these sections in the first year taken away, as Ctrl+A and Delete do."""
    with workspace.reading() as session:
        keys = [node.key for node in open_draft(session, document_id).nodes()]
    amounts = tuple(Amount(key, 2026, "") for key in keys if key.section in sections)
    apply_edit(workspace, CLERK, document_id, SetAmounts(amounts))


def test_an_amendment_that_lost_its_amounts_is_not_confirmed_unawares(
    workspace: Workspace, okrug: UnitView
) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    emptied(workspace, draft, set(Section))
    with workspace.reading() as session:
        errors = [f.code for f in decision_findings(session, draft) if f.severity is Severity.ERROR]
        assert [
            f.code for f in open_draft(session, draft).findings() if f.severity is Severity.ERROR
        ] == errors
    assert errors == ["draft.year_emptied"]
    with pytest.raises(RuleBroken):
        confirm(workspace, DEFAULT_ACTOR, draft)


def test_costs_emptied_alone_are_said_too(workspace: Workspace, okrug: UnitView) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    emptied(workspace, draft, {Section.EXPENDITURE})
    with workspace.reading() as session:
        [found] = [f for f in decision_findings(session, draft) if f.code == "draft.section_emptied"]
    assert found.where.figure == "costs"
    assert found.where.year == 2026


def test_what_typing_left_wrong_is_an_error_for_the_service_too(
    workspace: Workspace, okrug: UnitView
) -> None:
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    key = LineKey(Section.EXPENDITURE, STREETS[-1])
    apply_edit(workspace, CLERK, draft, SetAmounts((Amount(key, 2026, "триста"),)))
    with workspace.reading() as session:
        codes = [f.code for f in decision_findings(session, draft)]
        shown = budget_of(session, draft, 2026).findings
    assert codes.count("draft.amount_refused") == 1
    assert "draft.amount_refused" in {f.code for f in shown}
    with pytest.raises(RuleBroken):
        confirm(workspace, DEFAULT_ACTOR, draft)


def test_what_the_akim_adjusted_is_told_apart_from_the_amendments_own_change(
    workspace: Workspace, okrug: UnitView
) -> None:
    _adjust(workspace, okrug, dt.date(2026, 8, 3), "100")
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    put(workspace, draft, 2026, "500", STREETS)
    _adjust(workspace, okrug, dt.date(2026, 8, 20), "40")  # made after the draft was begun: not in it
    with workspace.reading() as session:
        changes = amendment_changes(session, draft)
        made = entered(session, draft)
    assert changes.adjustments == (("7", dt.date(2026, 8, 3)),)
    year = changes.year(2026)
    assert year is not None
    assert year.is_adjusted
    rows = {str(row.code): row for row in year.rows if row.code is not None}
    streets, lights = rows["07/3/124/011"], rows["07/3/124/008"]
    assert streets.difference(BEFORE, ADJUSTED) == from_plain("100")
    assert streets.difference(ADJUSTED, AFTER) == from_plain("500")
    assert streets.difference(BEFORE, AFTER) == from_plain("600")
    assert (lights.difference(BEFORE, ADJUSTED), lights.difference(ADJUSTED, AFTER)) == (
        from_plain("-100"), 0
    )  # fmt: skip
    later = changes.year(2027)
    assert later is not None
    assert not later.is_adjusted
    assert made.amounts[LineKey(Section.EXPENDITURE, "07/3/124/011")] == from_plain("100")
    assert made.amounts[LineKey(Section.EXPENDITURE, "07/3/124/008")] == from_plain("-100")
    assert LineKey(Section.EXPENDITURE, "07") not in made.amounts  # moved inside the group
