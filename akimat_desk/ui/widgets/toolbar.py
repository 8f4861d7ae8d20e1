"""The bar of buttons beside the menus: what is used many times a day, each with its shortcut in its tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from akimat_desk.ui.actions import Actions
from akimat_desk.ui.areas import tools
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE


class ToolBar(QToolBar):
    """Icons of the actions that areas put here (``Area.tools``); every button has its action's name."""

    def __init__(self, actions: Actions, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self._speech = speech
        self._buttons: list[QToolButton] = []
        for name in tools():
            self.addAction(actions[name])
            made = self.widgetForAction(actions[name])
            if isinstance(made, QToolButton):
                made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                self._buttons.append(made)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    # A bar dressed anew (another theme) counts its margins twice: the line of the menus would grow with it.
    @guarded(QSize())
    def sizeHint(self) -> QSize:
        high = max((made.sizeHint().height() for made in self._buttons), default=0)
        return QSize(super().sizeHint().width(), high + SPACE if high else super().sizeHint().height())

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @Slot()
    def retranslate(self) -> None:
        self.setAccessibleName(self._speech("ui.tools"))
        self.setWindowTitle(self._speech("ui.tools"))
        for made in self._buttons:
            action = made.defaultAction()
            made.setAccessibleName(action.text().replace("&", "").rstrip("…"))
