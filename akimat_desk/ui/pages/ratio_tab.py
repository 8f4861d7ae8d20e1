"""What every tab of the Self-sufficiency page is."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.work import Work


class RatioTab(QWidget):
    """Asks for what it shows when it is looked at; the page says which formula is chosen."""

    title_key = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speech = context.speech
        self.variant = Variant.TOTAL_REVENUE
        self.stale = True
        self.problem: Message | None = None

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
