"""Who answers an action: the page in front, a page by name, the window, or a handler made when needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow


def named(what: str) -> Any:
    """The class or function that ``"module:name"`` names, imported now."""
    module, _, name = what.partition(":")
    return getattr(import_module(module), name)


class Answers(QObject):
    """Connects every declared action with its answer; nothing is imported before it is asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._handlers: dict[str, Any] = {}
        for name in window.actions_.names():
            window.actions_[name].triggered.connect(self._answer)

    @Slot()
    def _answer(self) -> None:
        asked = self.sender()
        assert isinstance(asked, QAction)
        self.find(asked.objectName())()

    def find(self, name: str) -> Callable[[], object]:
        """What the action ``name`` does (see ``ActionSpec.answers``)."""
        how = self._window.actions_.spec(name).answers
        who, _, method = how.rpartition(".") if not how.startswith("page:") else how.partition(".")
        if who.startswith("page:"):
            page = self._window.show_page(who.removeprefix("page:"))
            return getattr(page, method) if method else _shown
        if who == "front":
            found: Any = getattr(self._window.pages.currentWidget(), method)
        elif who == "window":
            found = getattr(self._window, method)
        else:
            found = getattr(self.handler(who), method)
        assert callable(found)
        return found  # type: ignore[no-any-return]

    def handler(self, who: str) -> Any:
        """The one object of the class that ``"module:Class"`` names."""
        if who not in self._handlers:
            self._handlers[who] = named(who)(self._window)
        return self._handlers[who]


def _shown() -> None:
    """Showing the page was all that was asked."""
