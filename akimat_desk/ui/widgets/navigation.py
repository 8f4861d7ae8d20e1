"""The pages at the left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from akimat_desk.ui.actions import PAGES, Actions
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import picture
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton, label


class Navigation(QWidget):
    """A button for every page, in the order of :data:`PAGES`."""

    def __init__(self, actions: Actions, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._speech = speech
        self._sign = QLabel(self)
        self._sign.setPixmap(picture("application", 32, self.devicePixelRatioF()))
        self._name = label("appname", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, 2 * SPACE, SPACE, 2 * SPACE)
        head.setSpacing(SPACE + 2)
        head.addWidget(self._sign)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(2)
        column.addLayout(head)
        self.buttons = [ActionButton(actions[f"page_{page}"], "nav", self) for page in PAGES]
        for made in self.buttons:
            column.addWidget(made)
        column.addStretch(1)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        self._name.setText(self._speech("app.name"))
        self.setAccessibleName(self._speech("ui.navigation"))
