"""What one person sets for herself: language, colours, size of letters, the row of letters, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from akimat_desk.core.language import Language
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.look import SCALES, Theme
from akimat_desk.ui.widgets.basics import button, label

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow


class SettingsDialog(Dialog):
    """Every choice takes effect at once and is kept for this person on this computer."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(window.context, parent or window)
        self._window = window
        look = window.context.look
        self.language, self.theme, self.scale = QComboBox(self), QComboBox(self), QComboBox(self)
        for language in Language:
            self.language.addItem(self.speech(f"ui.action.language_{language.value}"), language.value)
        for theme in Theme:
            self.theme.addItem("", theme.value)
        for scale in SCALES:
            self.scale.addItem(f"{scale} %", scale)
        self.language.setCurrentIndex(self.language.findData(self.speech.language.value))
        self.theme.setCurrentIndex(self.theme.findData(look.theme.value))
        self.scale.setCurrentIndex(self.scale.findData(look.scale))
        self.letters = QCheckBox(self)
        self.letters.setChecked(window.context.settings.flag("letters"))
        self.hints = button("plain", self)
        self._copies = label("quiet", wrap=True, selectable=True)
        self._open = button("quiet", self)
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        for name, part in (("language", self.language), ("theme", self.theme), ("scale", self.scale)):
            self._labels[name] = label()
            self._labels[name].setBuddy(part)
            form.addRow(self._labels[name], part)
        form.addRow("", self.letters)
        form.addRow("", self.hints)
        copies = QHBoxLayout()
        copies.addWidget(self._copies, 1)
        copies.addWidget(self._open)
        self._labels["copies"] = label()
        form.addRow(self._labels["copies"], copies)
        self.content.addLayout(form)
        self.reject_button.hide()
        self.setMinimumWidth(600)
        self.language.activated.connect(self._choose_language)
        self.theme.activated.connect(self._choose_theme)
        self.scale.activated.connect(self._choose_scale)
        self.letters.toggled.connect(self._choose_letters)
        self.hints.clicked.connect(window.show_hints)
        self._open.clicked.connect(self._open_folder)
        self.retranslate()

    @Slot(int)
    def _choose_language(self, _row: int) -> None:
        self._window.choose_language(Language(self.language.currentData()))

    @Slot(int)
    def _choose_theme(self, _row: int) -> None:
        self._window.choose_theme(Theme(self.theme.currentData()))

    @Slot(int)
    def _choose_scale(self, _row: int) -> None:
        self.context.look.choose_scale(self.scale.currentData())

    @Slot(bool)
    def _choose_letters(self, shown: bool) -> None:
        self._window.show_letters(shown)
        self.show_letters()

    @Slot()
    def _open_folder(self) -> None:
        workspace = self.context.workspace
        if workspace is not None and workspace.copies is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(workspace.copies)))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.settings"))
        self.words.setText(speech("ui.settings.words"))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.settings.{name}"))
        for row in range(self.theme.count()):
            self.theme.setItemText(row, speech(f"ui.settings.theme.{self.theme.itemData(row)}"))
        self.letters.setText(speech("ui.settings.letters"))
        self.hints.setText(speech("ui.settings.hints"))
        workspace = self.context.workspace
        folder = workspace.copies if workspace is not None else None
        self._copies.setText(str(folder) if folder is not None else speech("ui.settings.copies.none"))
        self._open.setText(speech("ui.open_folder"))
        self._open.setVisible(folder is not None and folder.is_dir())
        self.accept_button.setText(speech("ui.close"))


class SettingsActions:
    """Answers the action of the File menu."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def open(self) -> None:
        """Show the settings."""
        SettingsDialog(self._window).run()
