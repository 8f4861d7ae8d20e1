"""The pages at the left, in their groups."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from akimat_desk.ui.actions import Actions
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton, Drawing, label

_WIDTH = 29  # letters: the longest name of a page in Kazakh


class Navigation(QWidget):
    """A button for every page, under its group's name; more than fit are scrolled to."""

    def __init__(self, actions: Actions, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._speech = speech
        self._name = label("appname", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, 2 * SPACE, SPACE, SPACE)
        head.setSpacing(SPACE + 2)
        head.addWidget(Drawing("application", 32, parent=self))
        head.addWidget(self._name, 1)
        pages = QWidget(self)
        pages.setObjectName("pages")
        inside = QVBoxLayout(pages)
        inside.setContentsMargins(0, 0, 0, SPACE)
        inside.setSpacing(1)
        self._groups: dict[str, QLabel] = {}
        self.buttons: list[ActionButton] = []
        for page in PAGES:
            if page.group and page.group not in self._groups:
                self._groups[page.group] = label("navgroup")
                inside.addWidget(self._groups[page.group])
            made = ActionButton(actions[page.action], "nav", self)
            self.buttons.append(made)
            inside.addWidget(made)
        inside.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons are reached, and come into view
        scroll.setWidget(pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        speech.changed.connect(self.retranslate)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDTH)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @Slot()
    def retranslate(self) -> None:
        self._name.setText(self._speech("app.name"))
        for group, name in self._groups.items():
            name.setText(self._speech(f"ui.nav.{group}"))
        self.setAccessibleName(self._speech("ui.navigation"))
