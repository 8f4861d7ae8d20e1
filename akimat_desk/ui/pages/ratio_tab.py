"""What every tab of the Self-sufficiency page is."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.work import Work


class _Filling(QWidget):
    """Asks for no more height than its least: else a layout that is scrolled would be given all it likes."""

    def __init__(self, widget: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class RatioTab(QScrollArea):
    """Asks for what it shows when it is looked at; the page says which formula is chosen.

    What it shows stands in ``inside``; with large letters on a small screen that is scrolled.
    """

    title_key = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget(self)
        self.setWidget(self.inside)
        self._filling: list[tuple[QWidget, int]] = []
        self.context = context
        self.speech = context.speech
        self.variant = Variant.TOTAL_REVENUE
        self.stale = True
        self.problem: Message | None = None

    def fills(self, widget: QWidget, lines: int) -> QWidget:
        """What is put into a layout for a table or a picture that takes what height is left, but never
        less than ``lines`` of text."""
        place = _Filling(widget, self.inside)
        self._filling.append((place, lines))
        self.fit()
        return place

    def fit(self) -> None:
        """Heights by the letters in use now."""
        line = self.fontMetrics().height()
        for place, lines in self._filling:
            place.setMinimumHeight(lines * line)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if changed and self.widget() is not None and self.inside.layout() is not None:  # built already
            self.fit()

    @property
    def desk(self) -> RatioDesk:
        """The services; its methods run on the database thread."""
        return self.context.desk.area(RatioDesk)

    @property
    def year(self) -> int:
        """The budget year chosen above, else this one."""
        return self.context.chosen.year or dt.date.today().year

    def refresh(self) -> None:
        """Ask for what the tab shows."""
        raise NotImplementedError

    def paper(self, language: str) -> Work | None:
        """What makes the paper of what the tab shows; None while it shows nothing."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        raise NotImplementedError

    @Slot(object)
    def refused(self, problem: AkimatError) -> None:
        """What was asked for cannot be answered: the tab says so in place of it."""
        self.problem = problem.message
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Forget what was shown."""
        raise NotImplementedError
