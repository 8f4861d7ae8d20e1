"""The page of financing plans in the real window: typed into, judged, filled, approved, changed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.commands import take_in_plan
from akimat_desk.budget.plans.filling import FillRule
from akimat_desk.budget.plans.lines import LineWish
from akimat_desk.budget.plans.questions import plan_in_force, plan_view, plans
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.dialogs.plan_change import ChangeDialog
from akimat_desk.ui.dialogs.plan_columns import PlanColumnsDialog
from akimat_desk.ui.dialogs.plan_fill import FillDialog, FillWish
from akimat_desk.ui.dialogs.plan_import import ImportDialog
from akimat_desk.ui.dialogs.plan_line import LineDialog
from akimat_desk.ui.dialogs.plan_start import StartDialog
from akimat_desk.ui.dialogs.small import Question
from akimat_desk.ui.models.plan_grid import CoverageModel, PlanColumn, PlanGridModel
from akimat_desk.ui.pages.plan_papers import ApprovalDay, QuarterDecision
from akimat_desk.ui.pages.plans import PlansPage
from akimat_desk.ui.window import MainWindow
from tests.budget.plans.building import AKIMAT, GOODS, WAGES, adopt, adopt_outer, at, costs, k, months, sheet
from tests.budget.plans.test_importing import COSTS_HEAD, book

Settle = Callable[[], None]
GOODS_PAID = LineKey(Side.PAYMENTS, GOODS)
MAY = PlanColumn.FIRST_MONTH + 4


@pytest.fixture
def okrug(tmp_path: Path) -> Path:
    """An okrug with a budget of 2026 and a draft of its plan."""
    path = tmp_path / "okrug.akimat"
    with Workspace.create(path) as workspace:
        create_unit(
            workspace, DEFAULT_ACTOR, kato="103230000", kind=UnitKind.OKRUG,
            name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
        )  # fmt: skip
        adopt(workspace, 1)
        take_in_plan(workspace, DEFAULT_ACTOR, 1, sheet())
        workspace.close(make_backup=False)
    return path


@pytest.fixture
def page(window: MainWindow, okrug: Path, settle: Settle) -> PlansPage:
    window.open_path(okrug)
    settle()
    window.actions_["page_plans"].trigger()
    settle()
    made = window.page("plans")
    assert isinstance(made, PlansPage)
    return made


def board_of(page: PlansPage) -> PlanBoard:
    assert page.board is not None
    return page.board


def stored(okrug: Path, document: int) -> object:
    with Workspace.open(okrug, read_only=True) as workspace, workspace.reading() as session:
        return plan_view(session, document).sheet


def test_the_grid_shows_the_budget_over_its_lines(page: PlansPage) -> None:
    model = page.grid.model
    heads = [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(3)]
    assert heads[0].startswith("01 1 124 001  Услуги по обеспечению деятельности акима")
    assert heads[1:] == ["    015 111  Оплата труда", "    015 149  Приобретение прочих запасов"]
    first = model.index(0, PlanColumn.BUDGET)
    assert first.data() == "18\N{NO-BREAK SPACE}000,0"
    assert model.headerData(PlanColumn.FIRST_MONTH, Qt.Orientation.Horizontal) == "январь"
    assert page.grid.coverage.index(0, PlanColumn.FIRST_MONTH).data() == "1\N{NO-BREAK SPACE}100,0"
    assert page.panel.is_folded


def test_what_is_typed_is_judged_at_once_and_kept(page: PlansPage, okrug: Path, settle: Settle) -> None:
    table = page.grid.table
    table.setCurrentIndex(page.grid.model.index_of_key(GOODS_PAID, MAY))
    table.setFocus()
    QTest.keyClicks(table, "3")
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "50,5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert board_of(page).sheet.months(GOODS_PAID)[4] == k("350.5")
    assert {f.code for f in board_of(page).findings} >= {"plan.above_budget", "plan.payments_above"}
    assert not page.panel.is_folded
    settle()
    assert stored(okrug, board_of(page).view.document.id) == board_of(page).sheet
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert board_of(page).sheet == sheet()
    assert board_of(page).findings == []
    QTest.keyClick(table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert board_of(page).sheet.months(GOODS_PAID)[4] == k("350.5")
    assert stored(okrug, board_of(page).view.document.id) == board_of(page).sheet


def test_a_word_in_a_cell_is_refused_in_a_sentence(page: PlansPage) -> None:
    said: list[object] = []
    page.context.notice.connect(lambda tone, message: said.append((tone, message)))
    index = page.grid.model.index_of_key(GOODS_PAID, MAY)
    assert not page.grid.model.setData(index, "сто")
    assert len(said) == 1
    assert board_of(page).sheet == sheet()


def test_a_line_is_filled_copied_to_obligations_and_taken_away(
    page: PlansPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = costs(AKIMAT, "159")
    monkeypatch.setattr(LineDialog, "ask", lambda *_: LineWish(new))
    page.add_line()
    key = LineKey(Side.PAYMENTS, new)
    assert page.grid.model.key(page.grid.table.currentIndex()) == key
    monkeypatch.setattr(FillDialog, "ask", lambda *_: FillWish(FillRule.EQUAL, k(100), tuple(range(7, 13))))
    page.fill_line()
    assert board_of(page).sheet.months(key) == months((0,) * 6 + ("16.6",) * 5 + ("17",))
    page.fill_obligations()
    assert page.side is Side.OBLIGATIONS
    assert board_of(page).sheet.months(LineKey(Side.OBLIGATIONS, new)) == board_of(page).sheet.months(key)
    page.grid.table.setCurrentIndex(page.grid.model.index_of_key(LineKey(Side.OBLIGATIONS, new)))
    page.remove_line()
    assert board_of(page).sheet == sheet()
    settle()


def test_approval_waits_for_errors_and_then_the_plan_changes_by_certificate(
    page: PlansPage,
    okrug: Path,
    settle: Settle,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(ApprovalDay, "ask", lambda *_: dt.date(2026, 1, 8))
    index = page.grid.model.index_of_key(GOODS_PAID, MAY)
    page.grid.model.setData(index, "350")
    settle()
    window.actions_["plan_approve"].trigger()
    settle()
    assert page.document is not None
    assert page.document.state is DocumentState.DRAFT
    page.grid.model.setData(page.grid.model.index_of_key(GOODS_PAID, MAY), "300")
    settle()
    window.actions_["plan_approve"].trigger()
    settle()
    assert page.document.state is DocumentState.CONFIRMED
    assert not window.actions_["plan_approve"].isEnabled()
    assert (
        not page.grid.model.flags(page.grid.model.index_of_key(GOODS_PAID, MAY)) & Qt.ItemFlag.ItemIsEditable
    )

    def begin(dialog: ChangeDialog) -> bool:
        dialog.kind.setCurrentIndex(dialog.kind.findData("between_specifics"))
        dialog.day.setText("14.05.2026")
        assert dialog.fault()  # the reason is missing
        dialog.reason.setPlainText("Замена ламп")
        dialog.finish()
        settle()
        return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(ChangeDialog, "run", begin)
    window.actions_["plan_change"].trigger()
    settle()
    assert board_of(page).situation.month == 5
    model = page.grid.model
    april = model.index_of_key(GOODS_PAID, MAY - 1)
    assert not model.flags(april) & Qt.ItemFlag.ItemIsEditable  # months before are closed
    for side in (Side.PAYMENTS, Side.OBLIGATIONS):
        page.tabs.setCurrentIndex(list(Side).index(side))
        model.setData(model.index_of_key(LineKey(side, GOODS), MAY), "200")
        model.setData(model.index_of_key(LineKey(side, WAGES), MAY), "1300")
    settle()
    window.actions_["plan_approve"].trigger()
    settle()
    with Workspace.open(okrug, read_only=True) as workspace, workspace.reading() as session:
        now = plan_in_force(session, 1, 2026)
        assert now is not None
        assert now.months(GOODS_PAID) == months(at({5: 200}, 300))
        assert [each.number for each in plans(session, 1, 2026)] == ["", "1"]
    target = tmp_path / "справка.pdf"
    monkeypatch.setattr("akimat_desk.ui.form_saver.ask_save", lambda *_: target)
    window.actions_["save_pdf"].trigger()
    settle()
    assert target.read_bytes().startswith(b"%PDF")


def test_a_finding_leads_to_its_cell_on_its_side(page: PlansPage) -> None:
    page.tabs.setCurrentIndex(list(Side).index(Side.PAYMENTS))
    page.grid.model.setData(page.grid.model.index_of_key(GOODS_PAID, MAY), "-5")
    page.tabs.setCurrentIndex(list(Side).index(Side.RECEIPTS))
    negative = next(f for f in board_of(page).findings if f.code == "plan.negative")
    page.jump(negative)
    assert page.side is Side.PAYMENTS
    current = page.grid.table.currentIndex()
    assert (page.grid.model.key(current), current.column()) == (GOODS_PAID, MAY)


def test_a_year_without_a_plan_offers_to_make_one(
    window: MainWindow, papers_file: Path, tmp_path: Path, settle: Settle
) -> None:
    window.open_path(Path(shutil.copy(papers_file, tmp_path / "okrug.akimat")))
    settle()
    window.actions_["page_plans"].trigger()
    settle()
    page = window.page("plans")
    assert page.board is None
    window.actions_["plan_start"].trigger()
    settle()
    assert board_of(page).editable
    assert {f.code for f in board_of(page).findings} >= {"plan.below_budget"}


def test_a_file_is_looked_at_before_it_is_taken_in(
    page: PlansPage, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [COSTS_HEAD, ["124", "", "001", "015", "149", "Запасы", 3660, *[305] * 12]]
    path = book(tmp_path, {"Платежи, тыс. тенге": rows})
    monkeypatch.setattr("akimat_desk.ui.pages.plan_papers.ask_workbook", lambda *_: path)
    seen: list[ImportDialog] = []

    def look(dialog: ImportDialog) -> bool:
        seen.append(dialog)
        assert dialog.fault() is None
        assert dialog.model.rowCount() == 1
        assert "Измененные строки: 1" in dialog.counts.text()
        return True

    monkeypatch.setattr(ImportDialog, "run", look)
    page.import_plan()
    settle()
    assert seen
    assert board_of(page).sheet.year_of(GOODS_PAID) == k(3660)


def test_a_table_is_pasted(
    page: PlansPage, settle: Settle, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ["124", "", "001", "015", "149", "Запасы", "3660", *["305"] * 12]
    text = "\n".join("\t".join(map(str, cells)) for cells in (COSTS_HEAD, row))
    QGuiApplication.clipboard().setText(f"По платежам, тыс. тенге\n\n{text}")
    monkeypatch.setattr(ImportDialog, "run", lambda _dialog: True)
    window.actions_["plan_paste"].trigger()
    settle()
    assert board_of(page).sheet.year_of(GOODS_PAID) == k(3660)


def test_a_draft_is_deleted_after_a_question(
    page: PlansPage, settle: Settle, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Question, "ask", lambda *_: True)
    window.actions_["plan_delete"].trigger()
    settle()
    assert page.board is None
    window.actions_["plan_bring_back"].trigger()
    settle()
    assert board_of(page).sheet == sheet()


def test_models_keep_qts_rules(page: PlansPage, qtmodeltester: object, speech: object) -> None:
    grid = PlanGridModel(speech)  # type: ignore[arg-type]
    grid.show_board(board_of(page), Side.PAYMENTS)
    qtmodeltester.check(grid)  # type: ignore[attr-defined]
    row = CoverageModel(speech)  # type: ignore[arg-type]
    row.show_margins(board_of(page).coverage())
    qtmodeltester.check(row)  # type: ignore[attr-defined]


def test_the_dialogs_object_in_words(page: PlansPage) -> None:
    fill = FillDialog(page.context, board_of(page), GOODS_PAID, page)
    fill.amount.setText("много")
    assert "много" in (fill.fault() or "")
    fill.amount.setText("")
    assert fill.fault() == "Впишите сумму на год."
    fill.amount.setText("1000")
    assert "0,4" in fill._outcome.text()
    fill.rule.setCurrentIndex(list(FillRule).index(FillRule.SHAPE))
    assert "прошлогоднем" in (fill.fault() or "")
    line = LineDialog(page.context, board_of(page), Side.PAYMENTS, GOODS_PAID, page)
    assert line.fault()
    line.specific.setEditText("149")
    assert "уже есть" in (line.fault() or "")
    line.specific.setEditText("987")
    assert "нет в классификации" in (line.fault() or "")
    line.name_kk.setText("Өзге")
    line.name_ru.setText("Прочее")
    assert line.fault() is None
    assert line.wish() == LineWish(costs(AKIMAT, "987"), Trilingual("Өзге", "Прочее"))
    for dialog in (fill, line):
        dialog.deleteLater()


def test_a_first_quarter_is_planned_from_the_forecast(
    window: MainWindow, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "forecast.akimat"
    with Workspace.create(path) as workspace:
        create_unit(
            workspace, DEFAULT_ACTOR, kato="103230000", kind=UnitKind.OKRUG,
            name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
        )  # fmt: skip
        adopt_outer(workspace, 1)
        workspace.close(make_backup=False)
    window.open_path(path)
    settle()
    window.context.choose_year(2027)
    window.actions_["page_plans"].trigger()
    settle()
    page = window.page("plans")
    window.actions_["plan_quarter"].trigger()
    settle()
    assert board_of(page).findings == []
    assert sum(board_of(page).sheet.total(Side.PAYMENTS)) == k(6300)

    def decide(dialog: QuarterDecision) -> bool:
        settle()
        assert dialog.minutes.currentText() == "Без протокола"
        assert "номер" in (dialog.fault() or "")
        dialog.number.setText("61")
        assert dialog.fault() is None
        return True

    monkeypatch.setattr(QuarterDecision, "run", decide)
    window.actions_["plan_approve"].trigger()
    settle()
    assert page.document is not None
    assert (page.document.state, page.document.number) == (DocumentState.CONFIRMED, "61")
    assert page.form_id() == "quarter_plan"


def test_the_columns_of_an_own_table_are_asked_for_once(
    page: PlansPage, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    head = ["Шифр", "Статья", "Лимит", *(f"{month:02}/26" for month in range(1, 13))]
    rows = [["тыс. тенге"], head, ["124/001/015/149", "Хозтовары", 3660, *[305] * 12]]
    path = book(tmp_path, {"Лист1": rows})
    monkeypatch.setattr("akimat_desk.ui.pages.plan_papers.ask_workbook", lambda *_: path)
    asked: list[int] = []
    seen: list[int] = []

    def show(dialog: PlanColumnsDialog) -> bool:
        asked.append(len(dialog.choices))
        assert "код" in (dialog.fault() or "")  # nothing is shown yet
        for column, role in enumerate(["code", "name", "year", "month_1"]):
            dialog.choices[column].setCurrentIndex(dialog.choices[column].findData(role))
        dialog.choices[3].activated.emit(dialog.choices[3].currentIndex())
        assert dialog.choices[14].currentData() == "month_12"  # the months behind January follow
        dialog.choices[2].setCurrentIndex(dialog.choices[2].findData("name"))
        assert "двух" in (dialog.fault() or "")  # one thing in two columns
        dialog.choices[2].setCurrentIndex(dialog.choices[2].findData("category"))
        assert "другой части" in (dialog.fault() or "")
        dialog.choices[2].setCurrentIndex(dialog.choices[2].findData("year"))
        assert dialog.fault() is None
        return True

    def look(dialog: ImportDialog) -> bool:
        seen.append(dialog.model.rowCount())
        return False

    monkeypatch.setattr(PlanColumnsDialog, "run", show)
    monkeypatch.setattr(ImportDialog, "run", look)
    for _ in range(2):
        page.import_plan()
        settle()
    assert asked == [15]
    assert seen == [1, 1]


def test_a_new_year_asks_where_old_lines_go(
    window: MainWindow, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "okrug.akimat"
    with Workspace.create(path) as workspace:
        create_unit(
            workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Үлгі ауылы", "Образцовый")
        )
        facts = [
            Fact(0, code, Trilingual(), kind, {Measure.RECEIVED: k(amount)})
            for code, kind, amount in (
                (RevenueCode("4", "02", "3", "01"), LineKind.TRANSFERS, "20000"),  # moves by itself
                (RevenueCode("2", "01", "5", "10"), LineKind.NONTAX, "300"),  # is parted
                (RevenueCode("1", "04", "1", "02"), LineKind.TAX, "70"),  # is left out
            )
        ]
        save_typed(workspace, DEFAULT_ACTOR, 1, FormKind.RECEIPTS, Month(2025, 12), facts)
        adopt(workspace, 1, 2026)
        workspace.close(make_backup=False)
    window.open_path(path)
    settle()
    window.actions_["page_plans"].trigger()
    settle()
    page = window.page("plans")

    def place(dialog: StartDialog) -> bool:
        said = [row.title.text() for row in dialog.rows]
        assert [title[:9] for title in said] == ["1 04 1 02", "2 01 5 10"]
        row = dialog.rows[1]
        assert not row.percent.isEnabled()
        row.first.setCurrentIndex(row.first.findText("1 04 4 02", Qt.MatchFlag.MatchStartsWith))
        row.percent.setValue(60)
        assert "выберите, под какой код" in (dialog.fault() or "")  # the rest has no place yet
        row.second.setCurrentIndex(row.second.findText("1 01 2 02", Qt.MatchFlag.MatchStartsWith))
        assert dialog.fault() is None
        return True

    monkeypatch.setattr(StartDialog, "run", lambda _dialog: False)
    window.actions_["plan_start"].trigger()
    settle()
    assert page.board is None  # called off: nothing is made
    monkeypatch.setattr(StartDialog, "run", place)
    window.actions_["plan_start"].trigger()
    settle()
    receipts = {str(key.code) for key in board_of(page).sheet.keys(Side.RECEIPTS)}
    assert receipts >= {"5/02/3/01", "1/04/4/02", "1/01/2/02"}
