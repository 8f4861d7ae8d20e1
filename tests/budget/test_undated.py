"""An amendment without a date: where it stands, and how its number and date are put right afterwards."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import select

from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.commands import confirm, describe_draft
from akimat_desk.budget.decisions.correcting import correct_confirmed
from akimat_desk.budget.decisions.details import document_details
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.questions import budget_as_of, decision_summary, decisions, edition_in_force
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import Amount, SetAmounts
from akimat_desk.budget.drafts.service import apply_edit
from akimat_desk.budget.figures import Section
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.places.service import UnitView
from akimat_desk.storage.tables import JournalEntry
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

STREETS = LineKey(Section.EXPENDITURE, "07/3/124/011")
JUNE = dt.date(2026, 6, 19)


def undated(workspace: Workspace, okrug: UnitView) -> int:
    """An amendment confirmed although nobody wrote its number and date."""
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    edit = SetAmounts((Amount(STREETS, 2026, from_plain("30000")),))
    apply_edit(workspace, DEFAULT_ACTOR, draft, edit)
    confirm(workspace, DEFAULT_ACTOR, draft, "сессияда осылай қабылданды")
    return draft


def editions(workspace: Workspace, okrug: UnitView) -> list[tuple[str, int]]:
    with workspace.reading() as session:
        return [(d.number, d.edition) for d in decisions(session, okrug.id) if d.first_year == 2026]


def test_an_undated_amendment_is_the_edition_in_force(workspace: Workspace, okrug: UnitView) -> None:
    made = undated(workspace, okrug)
    assert editions(workspace, okrug) == [("XXXIV-212", 0), ("XXXIX-241", 1), ("", 2)]
    with workspace.reading() as session:
        in_force = edition_in_force(session, okrug.id, 2026)
        assert in_force is not None
        assert in_force.id == made
        assert budget_as_of(session, okrug.id, 2026).decision.id == made
        # It was not there before the edition that it changes.
        assert budget_as_of(session, okrug.id, 2026, as_of=dt.date(2026, 2, 1)).decision.number == "XXXIV-212"
    # The next one starts with its figures.
    following = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        assert decision_summary(session, following).edition == 3
        assert document_by_id(session, following).based_on_id == made


def test_number_and_date_are_filled_in_afterwards(workspace: Workspace, okrug: UnitView) -> None:
    made = undated(workspace, okrug)
    date = dt.date(2026, 10, 9)
    correct_confirmed(
        workspace, DEFAULT_ACTOR, made, "нөмірі кейін белгілі болды", number=" XLI-255 ", date=date
    )
    assert editions(workspace, okrug) == [("XXXIV-212", 0), ("XXXIX-241", 1), ("XLI-255", 2)]
    with workspace.reading() as session:
        assert budget_as_of(session, okrug.id, 2026, as_of=date).decision.number == "XLI-255"
        day_before = date - dt.timedelta(days=1)
        assert budget_as_of(session, okrug.id, 2026, as_of=day_before).decision.number == "XXXIX-241"
        [correction] = document_details(session, made).corrections
        assert (correction.number, correction.date) == ("", None)
        assert correction.reason == "нөмірі кейін белгілі болды"
        row = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert row is not None
        assert row.action == "decision.corrected"
        kept = json.loads(row.fields)
        assert kept["after"]["date"] == "2026-10-09"
        assert kept["before"]["date"] == ""
    # A date mistyped is corrected again.
    correct_confirmed(workspace, DEFAULT_ACTOR, made, "күні қате", date=dt.date(2026, 10, 10))
    with workspace.reading() as session:
        assert len(document_details(session, made).corrections) == 2


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (dt.date(2026, 3, 1), "не могло быть принято раньше"),
        (dt.date(2027, 1, 11), "после конца года не уточняется"),
    ],
)
def test_a_date_that_would_move_the_edition_is_refused(
    workspace: Workspace, okrug: UnitView, date: dt.date, words: str
) -> None:
    made = undated(workspace, okrug)
    with pytest.raises(RuleBroken) as refusal:
        correct_confirmed(workspace, DEFAULT_ACTOR, made, "нөмірі", date=date)
    assert words in refusal.value.text(Language.RU)
    assert editions(workspace, okrug)[-1] == ("", 2)


def test_an_edition_that_another_rests_on_stays_before_it(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        first = next(d for d in decisions(session, okrug.id) if d.number == "XXXIV-212")
    with pytest.raises(RuleBroken) as refusal:
        correct_confirmed(workspace, DEFAULT_ACTOR, first.id, "күні", date=dt.date(2026, 12, 1))
    assert "XXXIX-241" in refusal.value.text(Language.RU)


def test_a_correction_needs_a_reason_and_a_change(workspace: Workspace, okrug: UnitView) -> None:
    made = undated(workspace, okrug)
    with pytest.raises(UsageProblem):
        correct_confirmed(workspace, DEFAULT_ACTOR, made, "  ", number="1")
    with pytest.raises(UsageProblem):
        correct_confirmed(workspace, DEFAULT_ACTOR, made, "себебі", number="")
    draft = start_amendment(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with pytest.raises(RuleBroken):
        correct_confirmed(workspace, DEFAULT_ACTOR, draft, "себебі", number="1")
    with pytest.raises(RuleBroken):
        describe_draft(workspace, DEFAULT_ACTOR, made, number="1")
