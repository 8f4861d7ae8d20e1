"""The grid of a draft: Qt's own checker on its models, what cells say, what keys do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import AddLine, Amount, RemoveLines, SetAmounts, SetNote
from akimat_desk.budget.drafts.offers import offers
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.core.language import Language
from akimat_desk.ui.desks.drafts import DraftsDesk
from akimat_desk.ui.dialogs.drafts import CopyYearDialog, PastedRowsDialog
from akimat_desk.ui.grid.finder import OffersModel
from akimat_desk.ui.grid.model import Fixed
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.pages.draft import DraftPage
from akimat_desk.ui.window import MainWindow
from tests.budget.drafts.sheets import costs, key, revenue

FIRST = len(Fixed)  # the column of the first year


@pytest.fixture
def page(opened: MainWindow, settle: Callable[[], None]) -> Iterator[DraftPage]:
    """The draft page with a new draft for 2027 in the example."""
    desk, unit = opened.context.desk, opened.context.unit
    made: list[object] = []
    opened.context.do(lambda _t: desk.area(DraftsDesk).begin(unit.id, 2027, Language.RU), made.append)
    settle()
    opened.context.choose_decision(made[0])
    shown = opened.show_page("draft")
    settle()
    assert isinstance(shown, DraftPage)
    assert shown.editing.is_editable
    shown.view.setFocus()
    yield shown
    QApplication.clipboard().clear()


def filled(page: DraftPage) -> DraftPage:
    for code, amount in (("1/01/2", "1240"), ("1/04/1", "443"), ("1/04/4", "4600"), ("5/02/3", "84840")):
        page.editing.do(AddLine(revenue(code), ((2027, amount),)))
    page.editing.do(AddLine(costs("07/3/124/008"), ((2027, "8120"),)))
    return page


def row(page: DraftPage, text: str) -> int:
    sheet = page.editing.sheet
    assert sheet is not None
    return page.model.row_of(sheet.node(key(text)))


def at(page: DraftPage, text: str, column: int = FIRST) -> QModelIndex:
    return page.model.index(row(page, text), column)


def stand(page: DraftPage, text: str, column: int = FIRST) -> None:
    page.view.go_to(row(page, text), column)


def letters(widget: QWidget, text: str) -> None:
    """Type a text of any alphabet (Qt's own keyClicks knows Latin letters only)."""
    for each in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, each))


def typed(page: DraftPage, text: str, *keys: Qt.Key) -> None:
    """Type into the grid as a hand does: letters, then keys into whatever has the focus."""
    letters(page.view, text[:1])
    editor = editor_of(page)
    letters(editor, text[1:])
    for each in keys:
        QTest.keyClick(editor, each)
    QApplication.processEvents()


def editor_of(page: DraftPage) -> QLineEdit:
    """The open editor: the last made, those before wait to be deleted."""
    return page.view.viewport().findChildren(QLineEdit)[-1]


def clip(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def codes(page: DraftPage) -> list[str]:
    return [str(page.model.index(r, Fixed.CODE).data()) for r in range(page.model.rowCount())]


def test_the_grid_keeps_qts_rules(page: DraftPage, settle: Callable[[], None]) -> None:
    checker = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    filled(page)
    page.editing.do(SetAmounts((Amount(key("1/04"), 2027, "abc"),)))
    page.editing.do(SetNote(key("1/04/1"), "хат"))
    for switch in ("draft_only_findings", "draft_only_changed"):
        page.actions_[switch].trigger()
        page.actions_[switch].trigger()
    page.words.setText("салы")
    page.words.clear()
    page.collapse()
    page.expand()
    page.editing.do(RemoveLines((key("1/04"), key("07"))))
    while page.editing.undo() is not None:
        pass
    while page.editing.redo() is not None:
        pass
    page.speech.choose(Language.KK)
    settle()
    page.editing.close()
    assert checker.model() is page.model
    assert page.model.rowCount() == 0


def test_what_is_offered_keeps_qts_rules(speech: Speech) -> None:
    model = OffersModel(speech)
    checker = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_offers(offers("жер", 2026, 2025))
    assert model.rowCount()
    model.show_offers(())
    assert checker.model() is model


@pytest.mark.parametrize(
    ("typed_", "line"),
    [
        ("жер салыгы", "1/04/3"),  # ғ without its key
        ("земельный", "1/04/3"),
        ("land tax", "1/04/3"),
        ("1 04 3", "1/04/3"),
        ("кошелерди жарыктандыру", "07/3/124/008"),
        ("124 008", "07/3/124/008"),
        ("қалдық", "=balances_used"),
        ("остатки", "=balances_used"),
        ("займ", "=loans_in"),
    ],
)
def test_lines_are_found_by_number_and_any_word_in_three_languages(typed_: str, line: str) -> None:
    found = offers(typed_, 2026, 2025)
    names = [offer.code.stored if offer.code else f"={offer.figure.value}" for offer in found]
    assert line in names


def test_an_unknown_code_can_be_added_and_is_marked(page: DraftPage) -> None:
    offer = offers("1/99/9", 2027, 2026)[-1]
    assert offer.is_unknown
    page._add(AddLine(offer.code))
    assert page.model.index(page.view.currentIndex().row(), page.model.mark_column).data()


def test_a_hand_types_enters_and_goes_on(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    typed(page, "500,5", Qt.Key.Key_Return)
    assert at(page, "1/04/1").data() == "500,5"
    assert at(page, "1/04").data().replace("\N{NO-BREAK SPACE}", " ") == "5 100,5"
    assert page.view.currentIndex() == at(page, "1/04/4")
    typed(page, "7", Qt.Key.Key_Tab)
    assert page.view.currentIndex() == at(page, "1/04/4", FIRST + 1)
    typed(page, "8", Qt.Key.Key_Tab)
    typed(page, "9", Qt.Key.Key_Tab)
    # After the last year Tab goes on to the next line.
    assert page.view.currentIndex().column() == FIRST
    assert page.view.currentIndex().row() == row(page, "1/04/4") + 1
    QTest.keyClick(page.view, Qt.Key.Key_Backtab)
    assert page.view.currentIndex() == at(page, "1/04/4", FIRST + 2)
    typed(page, "1", Qt.Key.Key_Escape)
    assert at(page, "1/04/4", FIRST + 2).data() == "9,0"
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert at(page, "1/04/4", FIRST + 2).data() == ""
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = editor_of(page)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert page.view.currentIndex().row() == row(page, "1/04/4") - 1


def test_a_bad_amount_stays_in_its_cell_marked_in_words(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    typed(page, "400 тыс", Qt.Key.Key_Return)
    cell = at(page, "1/04/1")
    assert cell.data() == "400 тыс"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "400 тыс" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "не принята" in at(page, "1/04/1", page.model.mark_column).data()
    assert "Ошибка" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert at(page, "1/04/4").data().endswith("600,0")


def test_undo_and_redo_are_named_in_the_persons_language(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    typed(page, "5", Qt.Key.Key_Return)
    action = page.actions_["undo"]
    assert action.text() == "Отменить: сумма 1\N{NO-BREAK SPACE}04\N{NO-BREAK SPACE}1, 2027"
    page.speech.choose(Language.KK)
    assert action.text() == "Болдырмау: сома 1\N{NO-BREAK SPACE}04\N{NO-BREAK SPACE}1, 2027"
    QTest.keyClick(page.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at(page, "1/04/1").data() == "443,0"
    QTest.keyClick(page.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert at(page, "1/04/1").data() == "5,0"


def test_thirty_edits_are_undone(page: DraftPage, settle: Callable[[], None]) -> None:
    filled(page)
    for number in range(35):
        page.editing.do(SetAmounts((Amount(key("1/04/1"), 2027, str(number)),)))
    for _ in range(35):
        page.actions_["undo"].trigger()
    assert at(page, "1/04/1").data() == "443,0"
    settle()


def test_what_was_typed_is_stored_and_read_again(page: DraftPage, settle: Callable[[], None]) -> None:
    filled(page)
    settle()
    sheet, desk = page.editing.sheet, page.context.desk
    assert sheet is not None
    read: list[object] = []
    document = sheet.facts.document_id
    page.context.ask(lambda _t: desk.area(DraftsDesk).open(document), read.append)
    settle()
    again = read[0].sheet
    assert again.revision == sheet.revision
    assert [again.figures(i) for i in range(3)] == [sheet.figures(i) for i in range(3)]


def test_a_save_that_fails_says_so_and_shows_what_is_stored(
    page: DraftPage, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.core.errors import EnvironmentProblem

    filled(page)
    settle()

    def full(*_given: object) -> None:
        raise EnvironmentProblem("error.file.disk_full", path="x")

    monkeypatch.setattr(DraftsDesk, "save", full)
    page.editing.do(SetAmounts((Amount(key("1/04/1"), 2027, "777"),)))
    settle()
    settle()
    assert at(page, "1/04/1").data() == "443,0"
    assert page.window().notice.text


def test_blocks_go_out_and_come_back(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    page.view.selectionModel().select(
        page.view.selectionModel().selection().__class__(at(page, "1/04/1"), at(page, "1/04/4", FIRST + 1)),
        page.view.selectionModel().SelectionFlag.ClearAndSelect,
    )
    page.actions_["copy"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "443\t\n4600\t\n"
    assert 'x:num="443"' in data.html()
    stand(page, "1/04/1", FIRST + 1)
    page.actions_["paste_cells"].trigger()
    assert at(page, "1/04/4", FIRST + 1).data().endswith("600,0")
    stand(page, "1/04/1", FIRST + 1)
    page.actions_["cut"].trigger()
    assert at(page, "1/04/1", FIRST + 1).data() == ""


def test_a_table_of_excel_is_pasted_by_codes_and_by_names(page: DraftPage) -> None:
    clip("1/04/1\t443,0\t450\n07 3 124 008\t8120\tпо факту\n")
    page.view.go_to(0, Fixed.CODE)
    page.actions_["paste_cells"].trigger()
    assert at(page, "1/04/1", FIRST + 1).data() == "450,0"
    assert at(page, "07/3/124/008", FIRST + 1).data() == "по факту"
    clip("Жер салығы\t63,4\nЖеке табыс салығы\t1240\n")
    page.view.go_to(0, FIRST)
    page.actions_["paste_cells"].trigger()
    assert at(page, "1/04/3").data() == "63,4"
    assert page.actions_["undo"].text() == "Отменить: вставка: 2 ячейки"


def test_what_a_name_means_is_asked_where_it_is_not_certain(
    page: DraftPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[PastedRowsDialog] = []

    def run(dialog: PastedRowsDialog) -> bool:
        seen.append(dialog)
        dialog.choices[0].setCurrentIndex(1)
        return True

    monkeypatch.setattr(PastedRowsDialog, "run", run)
    clip("Трансферты\t35,3\nЗемельный налог\t7\n")
    page.view.go_to(0, FIRST)
    page.paste()
    assert len(seen[0].choices) == 1
    assert at(page, "1/04/3").data() == "7,0"
    sheet = page.editing.sheet
    assert sheet is not None
    assert any(node.value(0) == 35_30000 for node in sheet.nodes() if not node.is_section)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_row_that_resembles_nothing_is_searched_for_in_the_dialog(
    page: DraftPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[PastedRowsDialog] = []

    def run(dialog: PastedRowsDialog) -> bool:
        seen.append(dialog)
        dialog.show()
        letters(dialog.finder, "жер салыгы")  # typed without ғ
        QTest.keyClick(dialog.finder, Qt.Key.Key_Return)
        dialog.hide()
        return True

    monkeypatch.setattr(PastedRowsDialog, "run", run)
    clip("Қалған-құтқан қаражат\t35,3\n")
    page.view.go_to(0, FIRST)
    page.paste()
    [choice] = seen[0].choices
    assert choice.currentText().startswith("1 04 3")
    assert "Қалған-құтқан" in seen[0]._sought_for.text()
    assert at(page, "1/04/3").data() == "35,3"


def test_nothing_is_undone_or_done_again_where_nothing_was_done(page: DraftPage) -> None:
    undo, redo = page.actions_["undo"], page.actions_["redo"]
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    filled(page)
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    page.undo()
    assert redo.isEnabled()


def test_undo_is_there_when_the_draft_is_opened_again(page: DraftPage, settle: Callable[[], None]) -> None:
    filled(page)
    settle()
    named = page.actions_["undo"].text()
    page.editing.close()
    page.refresh()
    settle()
    assert page.actions_["undo"].text() == named
    page.undo()
    settle()
    page.editing.close()
    page.refresh()
    settle()
    assert page.actions_["redo"].isEnabled()


def test_a_code_is_retyped_in_place(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1", Fixed.CODE)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = editor_of(page)
    assert editor.text() == "1 04 1"
    editor.setText("1 04 5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "1 04 1" not in codes(page)
    assert at(page, "1/04/5").data() == "443,0"
    page.model.setData(at(page, "1/04/5", Fixed.CODE), "бес")
    assert "«бес» – не код" in page.window().notice.text
    page.undo()
    assert at(page, "1/04/1").data() == "443,0"


def test_amounts_that_find_no_row_are_told(page: DraftPage) -> None:
    filled(page)
    clip("1\n2\n3\n")
    page.view.go_to(page.model.rowCount() - 1, FIRST)
    page.paste()
    assert "2" in page.window().notice.text


def test_filters_narrow_the_lines(page: DraftPage) -> None:
    filled(page)
    page.editing.do(SetAmounts((Amount(key("1/04/1"), 2027, "abc"),)))
    page.actions_["draft_only_findings"].trigger()
    shown = codes(page)
    assert "1 04 1" in shown
    assert "1 04 4" not in shown
    page.actions_["draft_only_findings"].trigger()
    page.words.setText("көлік")
    assert [each for each in codes(page) if each] == ["I", "1", "1 04", "1 04 4"]
    page.words.setText("nothing of the kind")
    assert codes(page) == []
    page.words.clear()
    page.editing.close()


def test_only_changed_is_held_against_the_draft_as_it_was_opened(page: DraftPage) -> None:
    page.actions_["draft_only_changed"].trigger()
    assert codes(page) == []
    filled(page)
    assert "1 04 1" in codes(page)
    page.actions_["draft_only_changed"].trigger()


def test_branches_fold_by_keys_and_are_remembered(page: DraftPage, settle: Callable[[], None]) -> None:
    filled(page)
    page.view.go_to(row(page, "1/04"), Fixed.NAME)
    QTest.keyClick(page.view, Qt.Key.Key_Minus)
    assert "1 04 1" not in codes(page)
    assert "свернуто" in at(page, "1/04", Fixed.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    # Another reading of the same draft, as after a restart.
    page.editing.close()
    page.refresh()
    settle()
    assert "1 04 1" not in codes(page)
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    page.expand()
    assert "1 04 1" in codes(page)


def test_a_finding_leads_to_its_cell_though_it_is_folded_and_filtered(page: DraftPage) -> None:
    filled(page)
    page.editing.do(SetAmounts((Amount(key("1/04/1"), 2028, "abc"),)))
    page.collapse()
    page.words.setText("жарық")
    finding = next(f for f in page.editing.sheet.findings() if f.code == "draft.amount_refused")
    page.jump(finding)
    assert page.view.currentIndex() == at(page, "1/04/1", FIRST + 1)


def test_the_strip_shows_the_balance_of_the_year_one_is_in(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    said = page.strip.text().replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("2027: I. Доходы 91 123,0; II. Затраты 8 120,0")
    assert "Лишнее 83 003,0" in said
    stand(page, "1/04/1", FIRST + 1)
    assert page.strip.text().startswith("2028: I. Доходы —")


def test_a_note_is_written_in_its_place(page: DraftPage) -> None:
    filled(page)
    stand(page, "1/04/1")
    page.actions_["draft_note"].trigger()
    editor = editor_of(page)
    letters(editor, "аудан хаты")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    note = at(page, "1/04/1", page.model.note_column)
    assert note.data() == "аудан хаты"
    assert "аудан хаты" in note.data(Qt.ItemDataRole.ToolTipRole)


def test_last_year_is_copied_with_a_percentage(
    page: DraftPage, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(dialog: CopyYearDialog) -> bool:
        settle()
        assert dialog.source.currentText().startswith("2026")
        dialog.percent.setText("много")
        assert dialog.fault() is not None
        dialog.percent.setText("110")
        assert dialog.fault() is None
        return True

    monkeypatch.setattr(CopyYearDialog, "run", run)
    page.actions_["draft_copy"].trigger()
    settle()
    sheet = page.editing.sheet
    assert sheet is not None
    assert sheet.figures(0)[Figure.REVENUE_TOTAL]
    assert "процентом" in at(page, "1/04/1").data(Qt.ItemDataRole.ToolTipRole)
    assert page.actions_["undo"].text() == "Отменить: копия с 2026 года, 110 % → 2027"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_line_is_found_added_and_removed_by_keys(page: DraftPage) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Insert)
    letters(page.finder, "жер салығы")
    QTest.keyClick(page.finder.popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.view.currentIndex() == at(page, "1/04/3")
    assert page.finder.text() == ""
    QTest.keyClick(page.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert codes(page) == ["I", "II", "III", "IV", "V", "VI"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_adds_the_line_that_the_arrows_reached(page: DraftPage) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Insert)
    letters(page.finder, "жер")
    first, third = (page.finder.offered.offer(row) for row in (0, 2))
    assert first is not None
    assert third is not None
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(page.finder.popup, pressed)
    QApplication.processEvents()
    assert page.view.currentIndex() == at(page, str(third.code))
    assert str(first.code) not in codes(page)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_letters_among_the_names_open_the_search(page: DraftPage) -> None:
    page.view.go_to(0, Fixed.NAME)
    letters(page.view, "ж")
    assert page.finder.text() == "ж"
    page.finder.popup.hide()


def test_a_confirmed_decision_is_not_typed_into(page: DraftPage, settle: Callable[[], None]) -> None:
    filled(page)
    settle()
    desk, draft = page.context.desk, page.editing.decision
    assert draft is not None
    page.context.do(lambda _t: desk.confirm(draft.unit_id, draft.id, "сол түрінде"))
    settle()
    settle()
    assert not page.editing.is_editable
    assert not page.actions_["paste_cells"].isEnabled()


def test_a_key_of_a_section_is_its_total() -> None:
    assert LineKey.of_figure(Figure.COSTS) == LineKey(Section.EXPENDITURE)


def test_a_code_added_in_the_grid_is_known_there_at_once(
    page: DraftPage, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.ui.dialogs.new_code import NewCodeDialog

    page.editing.do(AddLine(revenue("1/04/9"), ((2027, "15"),)))
    settle()
    assert "draft.code_unknown" in {finding.code for finding in page.panel.findings}
    action = page.actions_["add_unknown_code"]
    assert action.isEnabled()

    def run(dialog: NewCodeDialog) -> bool:
        new = dialog.new_code()
        assert (str(new.code), new.since) == ("1/04/9", 2027)
        dialog.fields["name_kk"].setText("Су салығы")
        dialog.fields["name_ru"].setText("Налог на воду")
        dialog.finish()
        settle()
        return dialog.saved is not None

    monkeypatch.setattr(NewCodeDialog, "run", run)
    action.trigger()
    settle()
    settle()
    assert "draft.code_unknown" not in {finding.code for finding in page.panel.findings}
    assert not action.isEnabled()
    (offer,) = [each for each in offers("налог на воду", 2027, 2026) if "1/04/9" in str(each.code)]
    assert not offer.is_unknown
    page.editing.do(RemoveLines((key("1/04/9"),)))
    settle()
    page.context.do(lambda _t: page.context.desk.close())
    settle()
    assert not any("1/04/9" in str(each.code) for each in offers("налог на воду", 2027, 2026))
