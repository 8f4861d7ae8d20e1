"""A row of the nine letters that a Russian or English keyboard lacks: ә і ң ғ ү ұ қ ө һ."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label

#: The letters with the key on which the Kazakh keyboard has each: Alt with that key types it too.
LETTERS = {"ә": "2", "і": "3", "ң": "4", "ғ": "5", "ү": "8", "ұ": "9", "қ": "0", "ө": "-", "һ": "="}


class LetterRow(QFrame):
    """Types into whichever field has the focus; its buttons never take the focus themselves.

    With Shift held down, or the button ⇧ pressed, a capital.
    """

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", "hint")
        self._speech = speech
        self._words = label("quiet")
        self._capital = button("plain", self)
        self._capital.setText("⇧")
        self._capital.setCheckable(True)
        self._capital.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._capital.toggled.connect(self._letter_case)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 4, SPACE, 4)
        row.setSpacing(4)
        row.addWidget(self._words)
        row.addSpacing(SPACE)
        self._keys: dict[str, QPushButton] = {}
        for letter, key in LETTERS.items():
            made = button("letter", self)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setProperty("letter", letter)
            made.clicked.connect(self._pressed)
            row.addWidget(made)
            self._keys[letter] = made
            for capital, held in ((False, "Alt"), (True, "Alt+Shift")):
                shortcut = QShortcut(QKeySequence(f"{held}+{key}"), self)
                shortcut.setProperty("letter", letter.upper() if capital else letter)
                shortcut.activated.connect(self._pressed)
        row.addWidget(self._capital)
        row.addStretch(1)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def _pressed(self) -> None:
        letter = str(self.sender().property("letter"))
        held = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.type(letter.upper() if self._capital.isChecked() or held else letter)

    def type(self, letter: str) -> None:
        """Type a letter where the focus is, as the keyboard would."""
        field = QApplication.focusWidget()
        if field is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(field, event)

    @Slot()
    def _letter_case(self) -> None:
        capital = self._capital.isChecked()
        for letter, made in self._keys.items():
            made.setText(letter.upper() if capital else letter)

    @Slot()
    def retranslate(self) -> None:
        self._letter_case()
        self._words.setText(self._speech("ui.letters"))
        self.setAccessibleName(self._speech("ui.letters"))
        self._capital.setAccessibleName(self._speech("ui.letters.capital"))
        self._capital.setToolTip(self._speech("ui.letters.capital"))
        for letter, made in self._keys.items():
            made.setToolTip(self._speech("ui.letters.key", letter=letter, keys=f"Alt+{LETTERS[letter]}"))
            made.setAccessibleName(letter)
