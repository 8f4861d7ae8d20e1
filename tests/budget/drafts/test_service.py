"""Drafts on real files: each edit is saved at once, a draft opened again is the same sheet."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.commands import confirm, describe_draft
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.questions import budget_of, decision_findings
from akimat_desk.budget.decisions.records import read_edition
from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetDraftStep, BudgetLineRow
from akimat_desk.budget.drafts.cells import Stamp
from akimat_desk.budget.drafts.edits import AddFigure, AddLine, Amount, RemoveLines, SetAmounts, SetNote
from akimat_desk.budget.drafts.history import KEPT_STEPS
from akimat_desk.budget.drafts.kept_steps import Deed, Way, kept_history
from akimat_desk.budget.drafts.offers import offers
from akimat_desk.budget.drafts.service import apply_edit, apply_step, new_draft, open_draft, save
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.classification.new_code import NewCode
from akimat_desk.classification.service import add_code
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Workspace
from tests.budget.drafts.conftest import ACTOR
from tests.budget.drafts.sheets import STAMP, costs, key, revenue, state


def opened(workspace: Workspace, document_id: int) -> DraftSheet:
    with workspace.reading() as session:
        return open_draft(session, document_id)


def small_budget(workspace: Workspace, draft_id: int) -> None:
    for code, amount in (("1/01/2", "1 240,0"), ("5/02/3", "84840")):
        apply_edit(workspace, ACTOR, draft_id, AddLine(revenue(code), ((2026, amount), (2027, amount))))
    apply_edit(workspace, ACTOR, draft_id, AddLine(costs("07/3/124/008"), ((2026, "8 120"),)))
    apply_edit(workspace, ACTOR, draft_id, AddLine(costs("01/1/124/001"), ((2026, "79 805,3"),)))
    apply_edit(workspace, ACTOR, draft_id, AddFigure(Figure.BALANCES_USED))
    amounts = (Amount(key("=balances_used"), 2026, "1845,3"),)
    apply_edit(workspace, ACTOR, draft_id, SetAmounts(amounts))


def test_a_typed_budget_is_read_by_everything_that_reads_budgets(workspace: Workspace, draft_id: int) -> None:
    small_budget(workspace, draft_id)
    with workspace.reading() as session:
        view = budget_of(session, draft_id, 2026)
        codes = [str(line.code) if line.code else line.figure for line in view.lines]
    assert codes == [
        Figure.REVENUE_TOTAL, "1", "1/01", "1/01/2", "5", "5/02", "5/02/3",
        Figure.COSTS, "01", "01/1", "01/1/124", "01/1/124/001", "07", "07/3", "07/3/124", "07/3/124/008",
        Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE, Figure.DEFICIT, Figure.DEFICIT_FINANCING,
        Figure.BALANCES_USED,
    ]  # fmt: skip
    assert view.figures[Figure.DEFICIT] == -1845_30000
    assert view.figures[Figure.TAX] == 1240_00000
    assert [f.code for f in view.findings] == ["decision.date_unknown"]
    assert view.annex == 1
    assert next(line for line in view.lines if str(line.code) == "07").name.kk == (
        "Тұрғын үй-коммуналдық шаруашылық"
    )


def test_a_draft_opened_again_is_the_same_sheet(workspace: Workspace, draft_id: int) -> None:
    sheet = opened(workspace, draft_id)
    edits = [
        AddLine(revenue("1/04/1"), ((2026, "443"), (2028, "плохо"))),
        AddLine(revenue("1/04/4")),
        SetAmounts((Amount(key("1/04"), 2026, "450"),)),
        SetNote(key("1/04/4"), "Аудан хатына сәйкес"),
        AddFigure(Figure.LOANS_IN),
        AddLine(costs("07/3/124/008"), ((2026, "10"), (2027, "10 тыс."))),
        AddLine(costs("07/3/124/009"), ((2026, "5"),)),
        SetAmounts((Amount(key("1/04"), 2028, "слово"), Amount(key("1/04/4"), 2026, "7,5"))),
        RemoveLines((key("07/3/124/009"),)),
    ]
    for edit in edits:
        step = edit.plan(sheet, STAMP)
        save(workspace, ACTOR, sheet.apply(step, STAMP))
        assert state(opened(workspace, draft_id)) == state(sheet)


def test_what_was_saved_is_there_after_a_kill(workspace: Workspace, draft_id: int, tmp_path: Path) -> None:
    small_budget(workspace, draft_id)
    copy = tmp_path / "after kill.akimat"
    # The bytes as they lie on the disk now, log and all, as a power cut leaves them.
    for suffix in ("", "-wal"):
        source = Path(f"{workspace.path}{suffix}")
        if source.exists():
            Path(f"{copy}{suffix}").write_bytes(source.read_bytes())
    with Workspace.open(copy) as again:
        assert state(opened(again, draft_id)) == state(opened(workspace, draft_id))
        assert check_workspace(again) == []
        again.close(make_backup=False)


def test_undo_is_an_edit_and_brings_the_very_state_back(workspace: Workspace, draft_id: int) -> None:
    apply_edit(workspace, ACTOR, draft_id, AddLine(revenue("1/04/1"), ((2026, "443"),)))
    before = state(opened(workspace, draft_id))
    step = apply_edit(workspace, ACTOR, draft_id, RemoveLines((key("1"),)))
    assert len(opened(workspace, draft_id)) == len(Section)
    apply_step(workspace, ACTOR, draft_id, step.inverse())
    assert state(opened(workspace, draft_id)) == before
    with workspace.reading() as session:
        told = [entry for entry in entries(session) if entry.action == "draft.edited"]
    assert [entry.fields["edit"] for entry in told] == ["draft.edit.remove"] * 2 + ["draft.edit.add"]


def test_every_amount_says_how_it_came_by_whom_and_when(workspace: Workspace, draft_id: int) -> None:
    sheet = opened(workspace, draft_id)
    stamp = Stamp("hisapshy", dt.datetime(2026, 2, 3, 4, 5, tzinfo=dt.UTC))
    save(
        workspace, ACTOR, sheet.apply(AddLine(revenue("1/04/1"), ((2026, "443"),)).plan(sheet, stamp), stamp)
    )
    amounts = (Amount(key("1/04/1"), 2027, 500_00000),)
    estimate = SetAmounts(amounts, Origin.ESTIMATED).plan(sheet, stamp)
    save(workspace, ACTOR, sheet.apply(estimate, stamp))
    with workspace.reading() as session:
        rows = session.scalars(select(BudgetLineRow).where(BudgetLineRow.section == "revenue")).all()
        came = {(row.code, row.year): (row.origin, row.entered_by, row.entered_at) for row in rows}
    assert came["1/04/1", 2026] == ("typed", "hisapshy", stamp.at)
    assert came["1/04/1", 2027] == ("estimated", "hisapshy", stamp.at)
    assert came["1/04", 2026][0] == came[None, 2027][0] == "computed"


def test_a_confirmed_document_is_not_edited(workspace: Workspace, draft_id: int) -> None:
    small_budget(workspace, draft_id)
    describe_draft(workspace, ACTOR, draft_id, number="12/3", date=dt.date(2025, 12, 24))
    confirm(workspace, ACTOR, draft_id)
    before = state(opened(workspace, draft_id))
    with pytest.raises(RuleBroken) as refused:
        apply_edit(workspace, ACTOR, draft_id, SetNote(key("1"), "кеш"))
    assert refused.value.message.key == "error.decision.already_confirmed"
    assert state(opened(workspace, draft_id)) == before
    with workspace.reading() as session:
        assert decision_findings(session, draft_id) == []


def test_an_edit_of_an_older_state_is_refused(workspace: Workspace, draft_id: int) -> None:
    sheet = opened(workspace, draft_id)
    apply_edit(workspace, ACTOR, draft_id, AddLine(revenue("1/04/1")))
    step = AddLine(revenue("1/04/4")).plan(sheet, STAMP)
    with pytest.raises(RuleBroken) as refused:
        save(workspace, ACTOR, sheet.apply(step, STAMP))
    assert refused.value.message.key == "error.draft.changed_elsewhere"


def test_a_draft_is_not_begun_where_a_budget_is_adopted(
    workspace: Workspace, unit_id: int, draft_id: int
) -> None:
    with pytest.raises(UsageProblem):
        new_draft(workspace, ACTOR, unit_id, 26)
    small_budget(workspace, draft_id)
    confirm(workspace, ACTOR, draft_id)
    with pytest.raises(RuleBroken) as refused:
        new_draft(workspace, ACTOR, unit_id, 2026)
    assert refused.value.message.key == "error.draft.adopted"


def test_every_edition_of_the_example_opens_as_it_was_read(example_file: Path, tmp_path: Path) -> None:
    """A sheet of a read decision shows the same lines, sums and findings as the document."""
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        with workspace.reading() as session:
            for document in session.scalars(select(BudgetDocument)):
                sheet = open_draft(session, document.id)
                edition = read_edition(document)
                assert sheet.findings() == decision_findings(session, document.id)
                for index, year in enumerate(sheet.years):
                    read = {(e.section, e.code, e.figure): e.amount for e in edition.years[year].lines}
                    lines = sheet.year_budget(index).lines
                    shown = {(e.section, e.code, e.figure): e.amount for e in lines}
                    assert {k: shown.get(k) for k in read} == read
                    if index not in sheet.unwritten:
                        assert (
                            sheet.figures(index)[Figure.DEFICIT]
                            == edition.years[year].figures()[Figure.DEFICIT]
                        )
        workspace.close(make_backup=False)


def test_a_read_draft_is_edited_and_its_parents_follow(example_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        with workspace.changing(ACTOR, "sample.reopened") as change:
            last = change.session.scalars(select(BudgetDocument).order_by(BudgetDocument.id)).all()[-1]
            last.state, last.confirmed_at = "draft", None
            document_id = last.id
        sheet = opened(workspace, document_id)
        year = sheet.years[0]
        leaf = next(n for n in sheet.nodes() if n.is_leaf and n.key.section is Section.EXPENDITURE)
        before, total = leaf.value(0), sheet.figures(0)[Figure.COSTS]
        assert before is not None
        assert total is not None
        apply_edit(workspace, ACTOR, document_id, SetAmounts((Amount(leaf.key, year, before + 10_000),)))
        again = opened(workspace, document_id)
        assert again.figures(0)[Figure.COSTS] == total + 10_000
        codes = {f.code for f in again.findings()}
        # The paper's text still says the old sum; the lines above the changed one simply follow.
        assert "balance.parent_sum" not in codes
        with workspace.reading() as session:
            lines = {str(e.code): e.amount for e in budget_of(session, document_id, year).lines if e.code}
            assert lines[str(leaf.record.code)] == before + 10_000
            positions = session.scalars(
                select(BudgetLineRow.position)
                .where(BudgetLineRow.document_id == document_id, BudgetLineRow.year == year)
                .order_by(BudgetLineRow.position)
            ).all()
        assert list(positions) == list(range(len(positions)))
        workspace.close(make_backup=False)


def test_a_code_that_the_office_added_is_a_line_like_any_other(workspace: Workspace, unit_id: int) -> None:
    code = costs("07/3/124/099")
    new = NewCode(code=code, name=Trilingual("Жаңа бағдарлама", "Новая программа"), since=2026)
    add_code(workspace, ACTOR, new)
    draft_id = new_draft(workspace, ACTOR, unit_id, 2026)
    sheet = opened(workspace, draft_id)
    assert code in [offer.code for offer in offers("новая программа", 2026, 2025, sheet.book)]
    save(workspace, ACTOR, sheet.apply(AddLine(code, ((2026, "5"),)).plan(sheet, STAMP), STAMP))
    node = opened(workspace, draft_id).node(key("07/3/124/099"))
    assert node is not None
    assert node.record.name.kk == "Жаңа бағдарлама"
    assert not [f for f in sheet.findings() if f.code.startswith("draft.code")]


def test_in_an_amendment_the_text_follows_the_lines_that_are_changed(
    example_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        with workspace.reading() as session:
            unit = session.scalars(select(BudgetDocument.unit_id)).first()
        assert unit is not None
        draft_id = start_amendment(workspace, ACTOR, unit, 2026)
        before = opened(workspace, draft_id)
        leaf = next(n for n in before.nodes() if n.is_leaf and n.key.section is Section.EXPENDITURE)
        amount = leaf.value(0)
        balances = before.value(key("=balances_used"), 2026)
        assert amount is not None
        assert balances is not None
        changed = (
            Amount(leaf.key, 2026, amount + 100_000),
            Amount(key("=balances_used"), 2026, balances + 100_000),
        )
        step = apply_edit(workspace, ACTOR, draft_id, SetAmounts(changed))
        with workspace.reading() as session:
            view = budget_of(session, draft_id, 2026)
        assert view.figures[Figure.COSTS] == before.figures(0)[Figure.COSTS] + 100_000  # type: ignore[operator]
        assert [f.code for f in view.findings if f.code.startswith("balance.")] == []
        apply_step(workspace, ACTOR, draft_id, step.inverse())
        assert state(opened(workspace, draft_id)) == state(before)
        workspace.close(make_backup=False)


def test_undo_reaches_back_over_the_closing_of_the_file(workspace: Workspace, draft_id: int) -> None:
    states = [state(opened(workspace, draft_id))]
    for number in range(35):
        code = revenue(("1/01/2", "1/04/1", "5/02/3")[number % 3])
        apply_edit(workspace, ACTOR, draft_id, AddLine(code, ((2026, str(100 + number)),)))
        states.append(state(opened(workspace, draft_id)))
    for before in reversed(states[:-1]):
        # Each time as after a restart: sheet and history are read from the file.
        with workspace.reading() as session:
            sheet, history = open_draft(session, draft_id), kept_history(session, draft_id)
        step = history.undo()
        assert step is not None
        save(workspace, ACTOR, sheet.apply(step, STAMP), Deed(Way.UNDONE, step))
        assert state(opened(workspace, draft_id)) == before
    with workspace.reading() as session:
        sheet, history = open_draft(session, draft_id), kept_history(session, draft_id)
    assert history.undo_name is None
    step = history.redo()
    assert step is not None
    save(workspace, ACTOR, sheet.apply(step, STAMP), Deed(Way.REDONE, step))
    assert state(opened(workspace, draft_id)) == states[1]
    # A new edit ends what could be done again.
    apply_edit(workspace, ACTOR, draft_id, SetNote(key("1/01/2"), "хат"))
    with workspace.reading() as session:
        history = kept_history(session, draft_id)
        assert history.redo_name is None
        assert session.scalar(select(func.count()).select_from(BudgetDraftStep)) == 2


def test_the_oldest_steps_go_and_a_confirmed_draft_keeps_none(workspace: Workspace, draft_id: int) -> None:
    for number in range(KEPT_STEPS + 3):
        apply_edit(workspace, ACTOR, draft_id, AddLine(revenue("1/01/2"), ((2026, str(number + 1)),)))
    with workspace.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetDraftStep)) == KEPT_STEPS
    confirm(workspace, ACTOR, draft_id, "сынақ")
    with workspace.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetDraftStep)) == 0
