"""Changes, comparison and what a figure rests on, in the real window."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.commands import confirm, describe_draft
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import Amount, SetAmounts
from akimat_desk.budget.drafts.service import apply_edit
from akimat_desk.budget.figures import Section
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.desks.amending import Explained
from akimat_desk.ui.dialogs import files as file_dialogs
from akimat_desk.ui.dialogs.document import DocumentDialog
from akimat_desk.ui.dialogs.grounds import GroundsDialog
from akimat_desk.ui.models.compared import ComparedModel, Show
from akimat_desk.ui.pages import compare as compare_page
from akimat_desk.ui.widgets.preview import Preview
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]
STREETS = LineKey(Section.EXPENDITURE, "07/3/124/011")


def indexes(model: ComparedModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """The first cell of every row, from top to bottom."""
    above = QModelIndex() if parent is None else parent
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        yield index
        yield from indexes(model, index)


def cell(model: ComparedModel, code: str, column: int) -> QModelIndex:
    return next(i for i in indexes(model) if i.data() == code).siblingAtColumn(column)


def texts(model: ComparedModel, code: str) -> list[str]:
    index = cell(model, code, 0)
    said = [index.siblingAtColumn(column).data() for column in range(model.columnCount())]
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in said]


@pytest.fixture
def example(papers_file: Path, tmp_path: Path) -> Path:
    """A copy of the papers to work in."""
    return Path(shutil.copy(papers_file, tmp_path / "okrug.akimat"))


@pytest.fixture
def drafted(example: Path) -> Path:
    """The example with a second amendment begun: 37,1 thousand more for the streets."""
    with Workspace.open(example) as workspace:
        with workspace.reading() as session:
            [unit] = {d.unit_id for d in decisions(session, 1)}
        draft = start_amendment(workspace, DEFAULT_ACTOR, unit, 2026)
        apply_edit(workspace, DEFAULT_ACTOR, draft, SetAmounts((Amount(STREETS, 2026, "22 000,0"),)))
        workspace.close(make_backup=False)
    return example


def opened_with(window: MainWindow, path: Path, settle: Settle) -> None:
    window.open_path(path)
    settle()


def choose_draft(window: MainWindow, settle: Settle) -> None:
    draft = next(d for d in window.context.editions() if d.state.value == "draft")
    window.context.choose_decision(draft)
    settle()


# -- the Changes page ----------------------------------------------------------------------------


def test_the_amendment_in_force_is_shown_before_and_after(opened: MainWindow, settle: Settle) -> None:
    page = opened.show_page("changes")
    settle()
    assert [column.show for column in page.model.columns] == [
        Show.CODE, Show.NAME, Show.AMOUNT, Show.DIFFERENCE, Show.AMOUNT
    ]  # fmt: skip
    assert texts(page.model, "07 3 124 011")[2:] == ["15 762,9", "+6 200,0", "21 962,9"]
    assert page.years.currentData() == 2026
    assert page.years.currentText() == "2026 (меняется)"
    assert "II. Затраты: +8" in page.totals.whole
    assert not [i for i in indexes(page.model) if i.data() == "08 1 124 006"]
    page.only_different.setChecked(False)
    assert cell(page.model, "08 1 124 006", 3).data() == "0,0"


@pytest.mark.parametrize("language", list(Language))
def test_no_heading_of_the_changes_is_cut(
    window: MainWindow, drafted: Path, settle: Settle, language: Language
) -> None:
    """«Өзгерістен кейін» once read «згерістен кейін»: the amounts are narrower than their headings."""
    window.choose_language(language)
    window.resize(1366, 768)
    window.show()
    opened_with(window, drafted, settle)
    choose_draft(window, settle)
    page = window.show_page("changes")
    settle()
    header = page.tree.header()
    for column in range(2, page.model.columnCount()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)


def test_a_draft_is_shown_beside_the_approved_budget_too(
    window: MainWindow, drafted: Path, settle: Settle
) -> None:
    opened_with(window, drafted, settle)
    choose_draft(window, settle)
    page = window.show_page("changes")
    settle()
    heads = [page.model.headerData(c, Qt.Orientation.Horizontal) for c in range(page.model.columnCount())]
    assert heads[2:] == ["Утверждено", "До изменения", "Изменение", "После изменения", "К утвержденному"]
    assert texts(page.model, "07 3 124 011")[2:] == [
        "15 762,9", "21 962,9", "+37,1", "22 000,0", "+6 237,1"
    ]  # fmt: skip
    window.choose_language(Language.KK)
    settle()
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "Бекітілген"
    assert texts(page.model, "07 3 124 011")[1] == "Елді мекендерді абаттандыру және көгалдандыру"


def test_what_the_akim_adjusted_has_a_column_and_a_sentence(
    window: MainWindow, example: Path, settle: Settle
) -> None:
    """An amendment begins with the adjustments made since: they are not its own change."""
    moved = {"008": -100_00000, "011": 100_00000}
    with Workspace.open(example) as workspace:
        lines = [
            AdjustedLine(
                Section.EXPENDITURE, ExpenditureCode("07", "3", "124", each), LineKind.EXPENDITURE, tiyn
            )
            for each, tiyn in moved.items()
        ]
        made = draft_adjustment(
            workspace, DEFAULT_ACTOR, 1, 2026, "between_programs", lines,
            number="7", date=dt.date(2026, 8, 3), basis=Basis("minutes", "4", dt.date(2026, 7, 31)),
        )  # fmt: skip
        confirm_adjustment(workspace, DEFAULT_ACTOR, made)
        draft = start_amendment(workspace, DEFAULT_ACTOR, 1, 2026)
        apply_edit(workspace, DEFAULT_ACTOR, draft, SetAmounts((Amount(STREETS, 2026, "22 100,0"),)))
        workspace.close(make_backup=False)
    opened_with(window, example, settle)
    choose_draft(window, settle)
    page = window.show_page("changes")
    settle()
    heads = [page.model.headerData(c, Qt.Orientation.Horizontal) for c in range(page.model.columnCount())]
    assert heads[4:6] == ["Корректировка акима", "Уточнение"]
    assert texts(page.model, "07 3 124 011")[3:7] == ["21 962,9", "+100,0", "+37,1", "22 100,0"]
    assert texts(page.model, "07 3 124 008")[4:6] == ["-100,0", "0,0"]
    assert "№ 7 от 03.08.2026" in page.note.text()
    page.years.setCurrentIndex(1)
    page._show_year()
    assert page.note.isHidden()
    grid = window.show_page("draft")
    settle()
    lights = next(
        grid.model.index(row, grid.model.mark_column)
        for row in range(grid.model.rowCount())
        if grid.model.index(row, 0).data() == "07 3 124 008"
    )
    assert lights.data() == "⇄ аким: -100,0"
    assert "статья 98" in lights.data(Qt.ItemDataRole.ToolTipRole)
    assert window.actions_["renew_draft"].isEnabled()


def test_a_decision_that_changes_nothing_says_what_to_do(opened: MainWindow, settle: Settle) -> None:
    opened.context.choose_year(2025)
    page = opened.show_page("changes")
    settle()
    assert "Начать уточнение" in page.empty.text()
    assert not opened.actions_["before_after"].isEnabled()
    assert not opened.actions_["rests_on"].isEnabled()
    opened.context.choose_year(2026)
    settle()
    assert page.empty.isHidden() or not page.empty.isVisible()
    assert opened.actions_["before_after"].isEnabled()


def test_an_amendment_is_started_by_its_key(opened: MainWindow, settle: Settle) -> None:
    QTest.keyClick(
        opened, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    settle()
    decision = next(d for d in opened.context.editions() if d.id == opened.context.chosen.decision_id)
    assert decision.state.value == "draft"
    assert "Создан черновик" in opened.notice.text
    draft = opened.page("draft")
    assert opened.pages.currentWidget() is draft
    assert draft.view.hasFocus()
    page = opened.show_page("changes")
    settle()
    assert page.years.currentText() == "2026 (без изменений)"
    assert page.totals.whole == "Итоги I–VI не различаются."


def test_an_overtaken_draft_is_taken_over(window: MainWindow, drafted: Path, settle: Settle) -> None:
    with Workspace.open(drafted) as workspace:
        other = start_amendment(workspace, DEFAULT_ACTOR, 1, 2026)
        edit = SetAmounts((Amount(LineKey(Section.REVENUE, "5/02/3"), 2026, "84 900,0"),))
        apply_edit(workspace, DEFAULT_ACTOR, other, edit)
        describe_draft(workspace, DEFAULT_ACTOR, other, number="XL-250", date=dt.date(2026, 9, 1))
        confirm(workspace, DEFAULT_ACTOR, other, reason="сынақ")
        workspace.close(make_backup=False)
    opened_with(window, drafted, settle)
    choose_draft(window, settle)
    page = window.show_page("changes")
    settle()
    assert page.changes.before.number == "XXXIX-241"
    assert window.actions_["renew_draft"].isEnabled()
    window.actions_["renew_draft"].trigger()
    settle()
    assert page.changes.before.number == "XL-250"
    assert texts(page.model, "07 3 124 011")[2:5] == ["15 762,9", "21 962,9", "+37,1"]
    window.actions_["renew_draft"].trigger()  # nothing has overtaken it now
    settle()
    assert "переносить нечего" in window.notice.text


def test_its_reports_are_one_key_away(opened: MainWindow, settle: Settle) -> None:
    opened.show_page("changes")
    settle()
    opened.actions_["amending_decision"].trigger()
    settle()
    reports = opened.page("reports")
    assert opened.pages.currentWidget() is reports
    assert reports.kind.id == "amending_decision"
    assert "РЕШИЛ" in reports.preview.toPlainText()


# -- the Compare page ----------------------------------------------------------------------------


def _years(page: object, left: int, right: int, settle: Settle) -> None:
    for chooser, year in ((page.left, left), (page.right, right)):
        chooser.years.setCurrentIndex(chooser.years.findData(year))
        chooser._year_chosen(0)
    settle()


def test_it_begins_with_the_decision_beside_the_edition_in_force(opened: MainWindow, settle: Settle) -> None:
    page = opened.show_page("compare")
    settle()
    assert page.comparison.left.decision.number == "XXXIV-212"
    assert page.comparison.right.decision.number == "XXXIX-241"
    assert page.left.units.isHidden()  # one unit: nothing to choose
    assert texts(page.model, "07 3 124 011")[2:] == ["15 762,9", "21 962,9", "+6 200,0", "139,3"]


def test_years_in_one_row_along_the_links(opened: MainWindow, settle: Settle) -> None:
    page = opened.show_page("compare")
    settle()
    _years(page, 2025, 2026, settle)
    assert texts(page.model, "4 → 5")[2:] == ["72 900,0", "84 840,0", "+11 940,0", "116,4"]
    index = cell(page.model, "4 → 5", 2)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole).replace("\N{NO-BREAK SPACE}", " ")
    assert spoken == "Поступления трансфертов, Слева, 2025: 72 900,0"


def test_a_budget_beside_itself_and_a_unit_without_any(
    window: MainWindow, example: Path, settle: Settle
) -> None:
    with Workspace.open(example) as workspace:
        name = Trilingual("Бос ауылдық округі", "Пустой сельский округ")
        create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=name)
        workspace.close(make_backup=False)
    opened_with(window, example, settle)
    page = window.show_page("compare")
    settle()
    _years(page, 2026, 2026, settle)
    assert "один и тот же бюджет" in page.empty.text()
    assert page.left.units.isVisible()
    page.left.units.setCurrentIndex(page.left.units.findText("Пустой сельский округ"))
    page.left._unit_chosen(0)
    settle()
    assert "Пустой сельский округ" in page.empty.text()
    assert not window.actions_["save_pdf"].isEnabled()
    page.left.units.setCurrentIndex(0)
    page.left._unit_chosen(0)
    _years(page, 2025, 2026, settle)
    assert page.comparison is not None


def test_it_is_saved_as_the_before_after_table(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.show_page("compare")
    settle()
    target = tmp_path / "салыстыру.pdf"
    monkeypatch.setattr(compare_page, "ask_save", lambda *_: target)
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: target)
    opened.actions_["save_pdf"].trigger()
    settle()
    settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in opened.notice.text


def test_the_tree_keeps_the_rules_of_models(
    opened: MainWindow, settle: Settle, qtmodeltester: ModelTester
) -> None:
    page = opened.show_page("compare")
    settle()
    page.only_different.setChecked(False)
    qtmodeltester.check(page.model, force_py=True)
    opened.choose_language(Language.KK)
    _years(page, 2025, 2026, settle)
    qtmodeltester.check(page.model, force_py=True)


# -- what a figure rests on ----------------------------------------------------------------------


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> list[Explained]:
    """The dialogs shown, each answered at once with "close"."""
    shown: list[Explained] = []
    monkeypatch.setattr(GroundsDialog, "ask", lambda _context, explained, _parent: shown.append(explained))
    return shown


def test_f4_explains_the_cell_under_the_cursor(
    opened: MainWindow, settle: Settle, explained: list[Explained]
) -> None:
    page = opened.show_page("changes")
    settle()
    page.tree.setCurrentIndex(cell(page.model, "07 3 124 011", 4))
    QTest.keyClick(opened, Qt.Key.Key_F4)
    settle()
    [found] = explained
    [trail] = found.explanation.trails
    assert [step.document.number for step in trail.steps] == ["XXXIV-212", "XXXIX-241"]
    page.tree.setCurrentIndex(cell(page.model, "07 3 124 011", 3))
    QTest.keyClick(opened, Qt.Key.Key_F4)
    settle()
    assert explained[1].explanation.grounds.formula == "provenance.formula.change"
    page.tree.setCurrentIndex(cell(page.model, "07 3 124 011", 1))
    QTest.keyClick(opened, Qt.Key.Key_F4)
    settle()
    assert len(explained) == 2
    assert "нет суммы" in opened.notice.text


def test_the_dialog_says_parts_documents_and_reports(
    qtbot: QtBot, opened: MainWindow, settle: Settle, explained: list[Explained]
) -> None:
    page = opened.show_page("changes")
    settle()
    page.tree.setCurrentIndex(cell(page.model, "07 3 124", 4))
    opened.actions_["rests_on"].trigger()
    settle()
    dialog = GroundsDialog(opened.context, explained[0], opened)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "32\N{NO-BREAK SPACE}062,9" in dialog.words.text()
    assert "статья 89" in dialog.rule.text()
    assert [dialog.parts.index(row, 0).data() for row in range(3)] == [
        "07 3 124 008", "07 3 124 009", "07 3 124 011"
    ]  # fmt: skip
    assert "2026-2028_amendment_kk.html" in dialog.details.text()
    assert "напечатано: «32 062,9»" in dialog.details.text()
    dialog.parts_table.selectRow(2)
    QTest.keyClick(dialog.parts_table, Qt.Key.Key_Return)
    settle()
    assert "Благоустройство" in dialog.words.text()
    assert dialog.back_button.isVisible()
    dialog.back_button.click()
    assert "32\N{NO-BREAK SPACE}062,9" in dialog.words.text()
    opened.choose_language(Language.KK)
    assert dialog.windowTitle() == "Неге негізделген"
    dialog.reports.setCurrentIndex(
        dialog.reports.findText("Бюджет өзгерістерінің", Qt.MatchFlag.MatchStartsWith)
    )
    dialog.open_button.click()
    assert dialog.wanted.report_id == "before_after"


def test_the_report_chosen_there_is_opened(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        GroundsDialog, "ask",
        lambda _c, explained, _p: next(s for s in explained.shown if s.report_id == "decision_text"),
    )  # fmt: skip
    page = opened.show_page("changes")
    settle()
    page.tree.setCurrentIndex(cell(page.model, "I", 4))
    opened.actions_["rests_on"].trigger()
    settle()
    reports = opened.page("reports")
    assert opened.pages.currentWidget() is reports
    assert reports.kind.id == "decision_text"
    settle()
    assert "110 952,9" in reports.preview.toPlainText().replace("\N{NO-BREAK SPACE}", " ")


def test_from_a_document_to_the_reports_that_show_it(
    qtbot: QtBot, opened: MainWindow, settle: Settle
) -> None:
    decision = next(d for d in opened.context.overview.decisions if d.number == "XXXIV-212")
    details = opened.context.desk.details(decision.id)
    dialog = DocumentDialog(opened.context, details, opened)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    said = [dialog.reports.itemText(row) for row in range(dialog.reports.count())]
    assert said == [
        "Приложения 1–3 к решению, 2026",
        "Первый пункт решения, 2026",
        "Сравнительная таблица изменений бюджета, 2026: как бюджет до изменения",
        *(f"Анализ уровня самообеспеченности, {year}" for year in (2026, 2027, 2028)),
    ]
    dialog.reports.setCurrentIndex(1)
    dialog.open_button.click()
    settle()
    settle()
    reports = opened.page("reports")
    assert opened.pages.currentWidget() is reports
    assert reports.kind.id == "decision_text"
    assert "103 912,9" in reports.preview.toPlainText().replace("\N{NO-BREAK SPACE}", " ")


# -- from every page that shows figures ----------------------------------------------------------


def _at(preview: Preview, words: str) -> None:
    """Put the cursor of the preview where these words stand first."""
    found = preview.document().find(words)
    assert not found.isNull(), words
    found.setPosition(found.selectionStart() + 1)
    preview.setTextCursor(found)
    preview.ensureCursorVisible()


def test_a_figure_of_a_report_is_asked_by_click_and_by_key(
    opened: MainWindow, settle: Settle, explained: list[Explained]
) -> None:
    opened.resize(1366, 768)  # as wide as an office's screen: figures of a narrow page break anywhere
    reports = opened.show_page("reports")
    settle()
    preview = reports.preview
    _at(preview, "21 962,9")
    spot = preview.cursorRect().center() + QPoint(3, 0)  # on the figure's next digit, not between two
    QTest.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    [clicked] = explained
    [place] = clicked.explanation.grounds.amounts
    assert (place.code, place.year) == ("07/3/124/011", 2026)
    # By the keyboard, from the name beside it: the figure of that row.
    _at(preview, "Благоустройство и озеленение")
    QTest.keyClick(opened, Qt.Key.Key_F4)
    settle()
    assert explained[1].explanation.grounds == clicked.explanation.grounds
    _at(preview, "Приложение 1")
    QTest.keyClick(opened, Qt.Key.Key_F4)
    settle()
    assert len(explained) == 2
    assert "нет суммы" in opened.notice.text


@pytest.mark.parametrize(
    ("report", "words", "formula", "figures"),
    [
        ("decision_text", "налоговые поступления", "", ["tax"]),
        ("before_after", "+6 200,0", "provenance.formula.change", ["transfers", "transfers"]),
        ("amending_decision", "затраты", "", ["costs"]),
        ("self_sufficiency", "23,5", "ratio.formula.total_revenue",
         ["tax", "nontax", "capital_sales", "revenue_total"]),
    ],
)  # fmt: skip
def test_every_report_answers(
    opened: MainWindow,
    settle: Settle,
    explained: list[Explained],
    report: str,
    words: str,
    formula: str,
    figures: list[str],
) -> None:
    opened.reveal("reports", report)
    settle()
    settle()
    preview = opened.page("reports").preview
    _at(preview, words)
    if report == "self_sufficiency":  # the figure in the table, not in the sentence above it
        table = preview.document().find("2026", preview.document().find("Уровень, %"))
        preview.setTextCursor(preview.document().find(words, table))
    opened.actions_["rests_on"].trigger()
    settle()
    [found] = explained
    assert found.explanation.grounds.formula == formula
    assert [str(place.figure) for place in found.explanation.grounds.amounts] == figures


def test_a_draft_that_is_typed_answers_too(
    window: MainWindow, drafted: Path, settle: Settle, explained: list[Explained]
) -> None:
    opened_with(window, drafted, settle)
    choose_draft(window, settle)
    page = window.show_page("draft")
    settle()
    row = next(r for r in range(page.model.rowCount()) if page.model.index(r, 0).data() == "07 3 124 011")
    page.view.setCurrentIndex(page.model.index(row, 2))
    window.actions_["rests_on"].trigger()
    settle()
    [trail] = explained[0].explanation.trails
    assert trail.place.code == "07/3/124/011"
    assert trail.steps[-1].origin.value == "typed"


def test_the_budget_and_the_ratio_answer_too(
    opened: MainWindow, settle: Settle, explained: list[Explained]
) -> None:
    budget = opened.show_page("budget")
    settle()
    index = budget.model.index(0, 3)  # receipts of the second year
    budget.tree.setCurrentIndex(index)
    opened.actions_["rests_on"].trigger()
    settle()
    [place] = explained[0].explanation.grounds.amounts
    assert (str(place.figure), place.year) == ("revenue_total", 2027)
    ratio = opened.show_page("ratio")
    settle()
    row = ratio.standing.model.row_of(2026)
    ratio.standing.table.setCurrentIndex(ratio.standing.model.index(row, 2))
    opened.actions_["rests_on"].trigger()
    settle()
    assert explained[1].explanation.grounds.formula == "provenance.formula.own_revenue"
    assert [t.place.year for t in explained[1].explanation.trails] == [2026] * 3
    ratio.tabs.setCurrentWidget(ratio.why)
    settle()
    assert not opened.actions_["rests_on"].isEnabled()
