"""The page of adjustments in the real window: a decision made, judged, confirmed; balances; closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.periods.balances import keep_balances
from akimat_desk.budget.periods.closing import closed_months
from akimat_desk.budget.views import DocumentState, Stage
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.calling import NewItem, plan_meeting
from akimat_desk.meetings.kinds import MeetingKind, Topic
from akimat_desk.meetings.record import meeting_row
from akimat_desk.meetings.states import MeetingState
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.reports.office import office_rules
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.dialogs.adjustment import AdjustedLineDialog, AdjustmentDialog
from akimat_desk.ui.dialogs.balances import BalancesDialog
from akimat_desk.ui.dialogs.office_rules import OfficeRulesDialog
from akimat_desk.ui.dialogs.periods import PeriodsDialog
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.pages.adjustments import AdjustmentsPage
from akimat_desk.ui.window import MainWindow
from tests.budget.plans.building import AKIMAT, LIGHT, WAGES, adopt, k

Settle = Callable[[], None]
SUBVENTION_LINE = RevenueCode("5", "02", "3", "01")


@pytest.fixture
def okrug(tmp_path: Path) -> Path:
    path = tmp_path / "okrug.akimat"
    with Workspace.create(path) as workspace:
        create_unit(
            workspace, DEFAULT_ACTOR, kato="103230000", kind=UnitKind.OKRUG,
            name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
        )  # fmt: skip
        adopt(workspace, 1)
        workspace.close(make_backup=False)
    return path


@pytest.fixture
def page(window: MainWindow, okrug: Path, settle: Settle) -> AdjustmentsPage:
    window.open_path(okrug)
    settle()
    window.actions_["page_adjustments"].trigger()
    settle()
    made = window.page("adjustments")
    assert isinstance(made, AdjustmentsPage)
    return made


def add(
    page: AdjustmentsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch, code: object, change: str
) -> None:
    """Fill the real dialog in for a line of the budget."""

    def fill(dialog: AdjustedLineDialog) -> bool:
        place = next(n for n, choice in enumerate(dialog._choices) if choice.code == code)
        dialog.line.setCurrentIndex(place)
        dialog.amount.setText("много")
        assert dialog.fault()
        dialog.amount.setText(change)
        assert dialog.fault() is None
        return True

    monkeypatch.setattr(AdjustedLineDialog, "run", fill)
    page.add_line()
    settle()


def begin(settle: Settle) -> Callable[[AdjustmentDialog], bool]:
    def fill(dialog: AdjustmentDialog) -> bool:
        dialog.ground.setCurrentIndex(dialog.ground.findData("between_programs"))
        assert dialog.basis.currentData() == "minutes"  # what the ground rests on is suggested
        dialog.number.setText("14")
        dialog.day.setText("3 сентября")
        assert "3 сентября" in (dialog.fault() or "")
        dialog.day.setText("03.09.2026")
        dialog.basis_number.setText("5")
        dialog.basis_day.setText("01.09.2026")
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    return fill


def test_a_move_between_programs_is_judged_and_confirmed(
    page: AdjustmentsPage,
    okrug: Path,
    settle: Settle,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert page.view is None
    monkeypatch.setattr(AdjustmentDialog, "run", begin(settle))
    window.actions_["adjustment_new"].trigger()
    settle()
    add(page, settle, monkeypatch, LIGHT, "-2000")
    add(page, settle, monkeypatch, AKIMAT, "2000")
    assert page.view is not None
    assert [finding.code for finding in page.view.findings] == ["adjustment.over_share"]
    assert page.model.rowCount() == 2
    asked: list[object] = []
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: asked.append(1))  # called off
    window.actions_["adjustment_confirm"].trigger()
    settle()
    assert asked
    assert page.is_draft
    add(page, settle, monkeypatch, LIGHT, "-1000")  # the same line again takes the place of the first
    add(page, settle, monkeypatch, AKIMAT, "1000")
    assert page.view.findings == ()
    window.actions_["adjustment_confirm"].trigger()
    settle()
    assert page.view.state is DocumentState.CONFIRMED
    assert not window.actions_["adjustment_confirm"].isEnabled()
    with Workspace.open(okrug, read_only=True) as workspace, workspace.reading() as session:
        view = budget_as_of(session, 1, 2026, stage=Stage.ADJUSTED)
        assert {line.code: line.amount for line in view.lines}[LIGHT] == k("6200")
        assert view.figures[Figure.COSTS] == k("25200")
    target = tmp_path / "шешім.docx"
    monkeypatch.setattr("akimat_desk.ui.form_saver.ask_save", lambda *_: target)
    window.actions_["save_docx"].trigger()
    settle()
    assert target.stat().st_size > 5000


def test_the_basis_is_picked_from_the_minutes_kept_here(
    window: MainWindow, okrug: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(okrug) as workspace:
        agreed = NewItem(Topic.PROGRAM_MOVE, Trilingual("Қайта бөлу", "О передвижке"))
        meeting = plan_meeting(
            workspace, DEFAULT_ACTOR, 1, MeetingKind.ASSEMBLY, dt.date(2026, 9, 1), (agreed,)
        )
        with workspace.changing(DEFAULT_ACTOR, "test.held") as change:  # as it is after the hall
            row = meeting_row(change.session, meeting)
            row.state, row.number = MeetingState.HELD.value, "7"
            row.items[0].adopted = True
        workspace.close(make_backup=False)
    window.open_path(okrug)
    settle()
    window.actions_["page_adjustments"].trigger()
    settle()

    def fill(dialog: AdjustmentDialog) -> bool:
        settle()
        dialog.ground.setCurrentIndex(dialog.ground.findData("targeted_transfer"))
        assert not dialog.minutes.isEnabled()  # a resolution from above is a paper
        dialog.ground.setCurrentIndex(dialog.ground.findData("between_programs"))
        assert dialog.minutes.isEnabled()
        assert dialog.minutes.itemText(1) == "№ 7, 01.09.2026: О передвижке"
        dialog.minutes.setCurrentIndex(1)
        dialog.minutes.activated.emit(1)
        assert (dialog.basis_number.text(), dialog.basis_day.text()) == ("7", "01.09.2026")
        dialog.number.setText("14")
        dialog.day.setText("03.09.2026")
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(AdjustmentDialog, "run", fill)
    window.actions_["adjustment_new"].trigger()
    settle()
    view = window.page("adjustments").view
    assert view is not None
    assert view.basis.id is not None

    def change_number(dialog: AdjustmentDialog) -> bool:
        settle()
        assert dialog.minutes.currentIndex() == 1
        dialog.basis_number.setText("8")  # other minutes, on paper: the item is let go
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(AdjustmentDialog, "run", change_number)
    window.actions_["adjustment_describe"].trigger()
    settle()
    view = window.page("adjustments").view
    assert (view.basis.number, view.basis.id) == ("8", None)


def test_a_line_is_taken_out_and_the_draft_deleted(
    page: AdjustmentsPage, settle: Settle, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AdjustmentDialog, "run", begin(settle))
    window.actions_["adjustment_new"].trigger()
    settle()
    add(page, settle, monkeypatch, LIGHT, "-100")
    page.table.setCurrentIndex(page.model.index(0, 0))
    window.actions_["adjustment_remove"].trigger()
    settle()
    assert page.view is not None
    assert page.view.lines == ()
    monkeypatch.setattr("akimat_desk.ui.pages.adjustments.Question.ask", lambda *_: True)
    window.actions_["adjustment_delete"].trigger()
    settle()
    assert page.view is None


def test_balances_are_entered_and_said(
    page: AdjustmentsPage, settle: Settle, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: BalancesDialog) -> bool:
        assert dialog.fault()
        dialog.total.setText("1700")
        next(iter(dialog.parts.values())).setText("300")
        assert dialog.fault() is None
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(BalancesDialog, "run", fill)
    window.actions_["balances"].trigger()
    settle()
    said = page.balances.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 700,0" in said
    assert "свободный остаток 1 400,0" in said


def test_without_the_forms_of_december_the_dialog_says_which_are_missing(
    page: AdjustmentsPage, settle: Settle
) -> None:
    dialog = BalancesDialog(page.context, 1, 2026, None, page)
    dialog.from_forms.click()
    settle()
    assert "2-19, 4-20" in dialog.problem.text()
    assert dialog.total.text() == ""
    dialog.deleteLater()


def test_balances_are_taken_from_the_forms_of_december(
    window: MainWindow, okrug: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(okrug) as workspace:
        for kind, code, line, measure, amount in (
            (FormKind.RECEIPTS, SUBVENTION_LINE, LineKind.TRANSFERS, Measure.RECEIVED, "24000"),
            (FormKind.EXPENSES, WAGES, LineKind.EXPENDITURE, Measure.PAID, "23500"),
        ):
            facts = [Fact(0, code, Trilingual(), line, {measure: k(amount)})]
            save_typed(workspace, DEFAULT_ACTOR, 1, kind, Month(2025, 12), facts)
        keep_balances(workspace, DEFAULT_ACTOR, 1, 2025, k("100"))
        workspace.close(make_backup=False)
    window.open_path(okrug)
    settle()
    window.actions_["page_adjustments"].trigger()
    settle()

    def fill(dialog: BalancesDialog) -> bool:
        dialog.from_forms.click()
        settle()
        assert "формы 2-19 и 4-20 на 01.01.2026" in dialog.note.toPlainText()
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(BalancesDialog, "run", fill)
    window.actions_["balances"].trigger()
    settle()
    page = window.page("adjustments")
    assert "Остаток на начало года 600,0" in page.balances.text()


def test_months_are_closed_in_order_and_opened_with_a_reason(
    page: AdjustmentsPage, okrug: Path, settle: Settle
) -> None:
    dialog = PeriodsDialog(page.context, 1, 2026, page)
    settle()
    for _ in range(2):
        dialog.close_button.click()
        settle()
    assert dialog.closed == [1, 2]
    assert "март 2026 года" in dialog.close_button.text()
    dialog.reopen_button.click()
    settle()
    assert "причину" in dialog.problem.text()
    dialog.reason.setPlainText("Исправленная форма")
    dialog.reopen_button.click()
    settle()
    assert dialog.closed == [1]
    assert dialog.model.rowCount() == 2
    dialog.deleteLater()
    with Workspace.open(okrug, read_only=True) as workspace, workspace.reading() as session:
        assert closed_months(session, 1, 2026) == {1}


@pytest.mark.usefixtures("page")
def test_the_rules_of_the_office_are_shown_and_kept(
    okrug: Path, settle: Settle, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: OfficeRulesDialog) -> bool:
        assert dialog.balances_count.isChecked()
        assert dialog.appendix["certificate.payments"].text() == "33"
        dialog.balances_count.setChecked(False)
        dialog.protected.setText("777")
        assert "124 008" in (dialog.fault() or "")  # which programs there are
        dialog.protected.setText("124 008")
        dialog.appendix["certificate.payments"].setText("33-1")
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(OfficeRulesDialog, "run", fill)
    window.actions_["office_rules"].trigger()
    settle()
    with Workspace.open(okrug, read_only=True) as workspace, workspace.reading() as session:
        kept = office_rules(session)
    assert not kept.balances_count
    assert kept.protected == (LIGHT,)
    assert kept.appendix["certificate.payments"] == "33-1"
    assert kept.appendix["certificate.receipts"] == "25"
