"""The window's language: switched while it is open, Qt's own words too."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.window import MainWindow

LATIN = re.compile(r"[A-Za-z]{3,}")
# Names that are the same in every language.
NAMES = re.compile(r"Akimat Desk|Word|Excel|PDF|English|XLSX?|XX+I*V*-\d+|[XVI]{3,}|akimat|okrug")


def said(widget: QWidget) -> list[str]:
    """Every text that the visible parts of a widget show."""
    texts = []
    for part in widget.findChildren(QWidget):
        if not part.isVisibleTo(widget):
            continue
        if isinstance(part, QLabel | QAbstractButton):
            texts.append(part.text())
        if isinstance(part, QComboBox):
            texts += [part.itemText(row) for row in range(part.count())]
    return [text for text in texts if text]


@pytest.mark.parametrize("language", [Language.KK, Language.RU])
def test_qts_file_dialog_speaks_the_language(speech: Speech, language: Language) -> None:
    speech.choose(Language.EN)
    speech.choose(language)
    dialog = QFileDialog(None, "", "", "(*.akimat)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    buttons = [button.text() for button in dialog.findChildren(QAbstractButton) if button.text()]
    # By Qt's own hand: its thread that looks at files may want Python while Python waits for its end.
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    foreign = [text for text in labels + buttons if LATIN.search(text)]
    assert foreign == []
    assert len(labels) >= 3


def test_an_open_dialogs_buttons_follow_the_switch(qtbot: QtBot, speech: Speech) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()
    words = {}
    for language in Language:
        speech.choose(language)
        QApplication.processEvents()
        words[language] = [button.text().replace("&", "") for button in box.buttons()]
    assert words[Language.KK] == ["Сақтау", "Бас тарту"]
    assert words[Language.RU] == ["Сохранить", "Отмена"]
    assert words[Language.EN] == ["Save", "Cancel"]


def test_gaps_are_filled_and_english_is_qts_own(speech: Speech) -> None:
    speech.choose(Language.KK)
    assert QCoreApplication.translate("QFileDialog", "Files of type:") == "Файл түрі:"
    assert QCoreApplication.translate("QFileDialog", "A text nobody knows") == "A text nobody knows"
    speech.choose(Language.EN)
    assert QCoreApplication.translate("QFileDialog", "Files of type:") == "Files of type:"


def test_days_and_figures_follow_the_language(speech: Speech) -> None:
    speech.choose(Language.KK)
    assert QLocale().language() == QLocale.Language.Kazakh


def test_every_page_speaks_the_chosen_language_without_a_restart(opened: MainWindow, settle: object) -> None:
    for language in (Language.KK, Language.RU, Language.EN, Language.KK):
        opened.choose_language(language)
        for page in ("budget", "ratio", "reports"):
            opened.show_page(page)
            settle()
            texts = said(opened)
            foreign = [
                text
                for text in texts
                if (LATIN.search(NAMES.sub("", text)) if language is not Language.EN else False)
            ]
            assert foreign == [], page
    assert opened.windowTitle().endswith("Әкімат үстелі")
    assert opened.context.settings.language is Language.KK


def test_menus_follow_and_each_letter_is_used_once(window: MainWindow) -> None:
    for language in Language:
        window.choose_language(language)
        bar = [action.text() for action in window.menuBar().actions()]
        letters = [mnemonic(text) for text in bar]
        assert len(set(letters)) == len(letters), (language, letters)
        for menu in window.menuBar().findChildren(QMenu):
            inside = [mnemonic(a.text()) for a in menu.actions() if "&" in a.text()]
            assert len(set(inside)) == len(inside), (language, menu.title(), inside)


def mnemonic(text: str) -> str:
    return text.partition("&")[2][:1].lower()


def test_every_action_has_texts_and_a_tip(window: MainWindow) -> None:
    actions: Actions = window.actions_
    for name in actions.names():
        assert actions[name].text()
        assert actions[name].toolTip()
