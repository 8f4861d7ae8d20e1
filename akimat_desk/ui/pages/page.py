"""What every page is."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context


class Page(QWidget):
    """A page asks again what it shows when it comes to the front after something changed."""

    #: Whether it stays in front when another workspace is opened or this one closed.
    stays = False

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.actions_ = actions
        self.speech = context.speech
        self._stale = True
        context.chosen_changed.connect(self.invalidate)
        context.data_changed.connect(self.invalidate)
        context.draft_saved.connect(self.outdate)
        context.speech.changed.connect(self.retranslate)
        context.look.changed.connect(self.recolour)

    @Slot()
    def invalidate(self) -> None:
        """What is shown may be out of date: ask again now, or when the page is next looked at."""
        self._stale = True
        if self.isVisible():
            self.enter()

    @Slot()
    def outdate(self) -> None:
        """What is shown is out of date, but not looked at now: ask again when it is."""
        self._stale = True

    def enter(self) -> None:
        """The page comes to the front."""
        self.provide()
        if self._stale:
            self._stale = False
            self.refresh()

    def provide(self) -> None:
        """Say which actions what is shown makes possible; nothing while another page is in front."""

    def refresh(self) -> None:
        """Ask for what the page shows."""
        raise NotImplementedError

    @Slot()
    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        raise NotImplementedError

    @Slot()
    def recolour(self) -> None:
        """Other colours are in use: what holds a colour in its text is made again. Most pages hold none."""

    def reveal(self, target: object) -> None:
        """Go to what was found on this page (``Hit.target`` of the area's own provider)."""

    def show_hint(self) -> None:
        """Show the lines on what to do here, unless they were put away."""

    def save_state(self) -> None:
        """Remember what the person arranged; nothing by default."""
