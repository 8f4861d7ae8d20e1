"""What one person sets for herself: colours, size of letters, the row of letters; and F6 round the panes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.dialogs.settings import SettingsDialog
from akimat_desk.ui.dialogs.small import PasteDialog
from akimat_desk.ui.look import SCALES, Look, Theme
from akimat_desk.ui.palette.dialog import Palette
from akimat_desk.ui.panes import controls, go_round
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.theme import DARK, LIGHT, dress, dressed_as, figures, tokens
from akimat_desk.ui.widgets.letters import LETTERS, LetterRow
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Light)
    dress(qapp)


def test_dark_is_chosen_and_remembered(opened: MainWindow, settle: Settle, settings: Settings) -> None:
    page = opened.page("budget")
    band = page.model.index(0, 0).data(Qt.ItemDataRole.BackgroundRole).color()
    assert band == QColor(LIGHT.band)
    before = opened.actions_["open"].icon().cacheKey()
    opened.actions_["theme_dark"].trigger()
    settle()
    assert tokens() is DARK
    assert QGuiApplication.palette().window().color() == QColor(DARK.window)
    assert page.model.index(0, 0).data(Qt.ItemDataRole.BackgroundRole).color() == QColor(DARK.band)
    assert opened.actions_["open"].icon().cacheKey() != before
    shown = opened.grab().toImage()
    assert shown.pixelColor(600, 400).lightness() < 90
    assert Look(settings).theme is Theme.DARK
    opened.actions_["theme_light"].trigger()
    assert tokens() is LIGHT


def test_the_report_s_paper_stays_white_in_the_dark(opened: MainWindow, settle: Settle) -> None:
    opened.actions_["theme_dark"].trigger()
    opened.show_page("reports")
    settle()
    image = opened.page("reports").preview.grab().toImage()
    middle = [image.pixelColor(image.width() // 2, y) for y in range(60, image.height() - 60, 5)]
    assert max(colour.lightness() for colour in middle) > 250


def test_what_was_not_understood_is_marked_in_the_colours_in_use(opened: MainWindow, settle: Settle) -> None:
    from akimat_desk.core.resources import resource

    opened.read_path(resource("example", "2026-2028_kk.html"))
    settle()
    opened.actions_["theme_dark"].trigger()
    for mark in opened.reading.source.extraSelections():
        assert mark.format.background().color() == QColor(DARK.warning_soft)


def test_as_the_system_has_it(settings: Settings, qapp: QApplication) -> None:
    look = Look(settings)
    look.choose_theme(Theme.SYSTEM)
    assert look.theme is Theme.SYSTEM
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert tokens() is (DARK if dark else LIGHT)


@pytest.mark.parametrize("damaged", ["", "blue", "9000"])
def test_damaged_settings_mean_the_usual_look(settings: Settings, damaged: str) -> None:
    settings.set_text("theme", damaged)
    settings.set_text("text_size", damaged)
    look = Look(settings)
    assert (look.theme, look.scale) == (Theme.LIGHT, 100)


def test_letters_grow_everywhere(opened: MainWindow, settle: Settle) -> None:
    page = opened.page("budget")
    before = (figures().pointSizeF(), opened.navigation.width(), page.panel.table.rowHeight(0))
    opened.actions_["text_larger"].trigger()
    opened.actions_["text_larger"].trigger()
    settle()
    assert dressed_as()[1] == 130
    assert figures().pointSizeF() == pytest.approx(before[0] * 1.3)
    assert page.model.index(0, 2).data(Qt.ItemDataRole.FontRole).pointSizeF() == figures().pointSizeF()
    assert opened.navigation.width() > before[1]
    for _ in SCALES:
        opened.actions_["text_smaller"].trigger()
    assert dressed_as()[1] == SCALES[0]


def test_the_settings_take_effect_at_once(qtbot: QtBot, opened: MainWindow, settings: Settings) -> None:
    dialog = SettingsDialog(opened)
    qtbot.addWidget(dialog)
    dialog.show()
    for box, value in (
        (dialog.language, "kk"), (dialog.theme, "dark"), (dialog.scale, 115),
    ):  # fmt: skip
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    assert dialog.windowTitle() == "Баптаулар"
    assert settings.language is Language.KK
    assert dressed_as() == (DARK, 115)
    assert opened.actions_["theme_dark"].isChecked()
    dialog.letters.setChecked(True)
    assert opened.letters.isVisible()
    assert str(opened.context.workspace.path.parent) in dialog._copies.text()
    settings.set_flag("hint/budget", False)
    dialog.hints.click()
    assert settings.flag("hint/budget")


# -- the nine letters --------------------------------------------------------------------------------


def letters_of(row: LetterRow) -> dict[str, QWidget]:
    return dict(row._keys)


def test_the_row_types_where_the_focus_is_and_is_remembered(
    qtbot: QtBot, opened: MainWindow, settings: Settings
) -> None:
    assert set("әғқңөұүһі") == set(LETTERS)
    opened.actions_["letters"].trigger()
    assert settings.flag("letters")
    row = opened.letters
    field, text = QLineEdit(opened), QPlainTextEdit(opened)
    for part in (field, text):
        part.show()
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        for button in letters_of(row).values():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert part.hasFocus()
    assert field.text() == text.toPlainText() == "".join(LETTERS)
    opened.actions_["letters"].trigger()
    assert row.isHidden()
    assert not settings.flag("letters")


def test_capitals_by_the_button_and_by_shift(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_letters(True)
    row, field = opened.letters, QLineEdit(opened)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.mouseClick(letters_of(row)["ғ"], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    row._capital.setChecked(True)
    assert letters_of(row)["қ"].text() == "Қ"
    QTest.mouseClick(letters_of(row)["қ"], Qt.MouseButton.LeftButton)
    row._capital.setChecked(False)
    QTest.keyClick(field, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert field.text() == "ҒҚә"


def test_dialogs_that_are_written_into_have_the_row_too(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_letters(True)
    dialog = PasteDialog(opened.context, opened)
    qtbot.addWidget(dialog)
    dialog.show()
    [row] = dialog.findChildren(LetterRow)
    assert row.isVisible()
    palette = Palette(opened, searching=False)
    qtbot.addWidget(palette)
    assert palette.findChildren(LetterRow)


# -- F6 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["budget", "ratio", "reports"])
def test_f6_goes_round_every_pane_and_back(opened: MainWindow, settle: Settle, page: str) -> None:
    opened.show_page(page)
    settle()
    opened.activateWindow()
    opened.navigation.buttons[0].setFocus()
    panes = [pane for pane in opened.panes() if next(controls(pane), None) is not None]
    assert len(panes) >= 4
    visited = []
    for _ in panes:
        opened.actions_["next_pane"].trigger()
        focus = QApplication.focusWidget()
        [here] = [pane for pane in panes if pane is focus or pane.isAncestorOf(focus)]
        visited.append(here)
    assert len(set(visited)) == len(panes)
    for _ in panes:
        opened.actions_["previous_pane"].trigger()
    assert opened.navigation.isAncestorOf(QApplication.focusWidget())


def test_no_pane_no_step(opened: MainWindow) -> None:
    assert go_round([], 1) is None
    assert go_round([QWidget(opened)], 1) is None


@pytest.mark.parametrize("page", ["budget", "ratio", "reports", "reading"])
def test_tab_is_never_caught(opened: MainWindow, settle: Settle, page: str) -> None:
    """From every control of every page Tab goes on to another one."""
    from akimat_desk.core.resources import resource

    if page == "reading":
        opened.read_path(resource("example", "2026-2028_kk.html"))
    else:
        opened.show_page(page)
    settle()
    opened.activateWindow()
    for control in controls(opened.pages.currentWidget()):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if not control.hasFocus():
            continue
        QTest.keyClick(control, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not control, type(control)
