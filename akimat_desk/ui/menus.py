"""The menu bar, made of what the areas declare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from akimat_desk.ui.areas import blocks
from akimat_desk.ui.areas.area import MENUS

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow

RECENT = "-recent"  # an entry of a menu that is a menu itself


class Menus(QObject):
    """Fills the window's menu bar and the list of files opened last."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self.recent = QMenu(window)
        self.recent.aboutToShow.connect(self._fill_recent)
        for name in MENUS:
            self._fill(name)
        window.speech.changed.connect(self.retranslate)
        self.retranslate()

    def _fill(self, name: str) -> None:
        found = blocks(name)
        if not found:
            return
        menu = self._menus[name] = QMenu(self._window)
        self._window.menuBar().addMenu(menu)
        for position, block in enumerate(found):
            if position:
                menu.addSeparator()
            for entry in block.entries:
                if entry == RECENT:
                    menu.addMenu(self.recent)
                else:
                    menu.addAction(self._window.actions_[entry])

    def menus(self) -> list[QMenu]:
        """The menus that are shown, from left to right."""
        return list(self._menus.values())

    def where(self, action: str) -> str:
        """In which menu an action stands (the menu's name), "" in none."""
        for name, menu in self._menus.items():
            if self._window.actions_[action] in menu.actions():
                return name
        return ""

    @Slot()
    def retranslate(self) -> None:
        for name, menu in self._menus.items():
            menu.setTitle(self._window.speech(f"ui.menu.{name}"))
        self.recent.setTitle(self._window.speech("ui.menu.recent"))
        self._give_letters()

    def _give_letters(self) -> None:
        """Give a letter to press to every entry whose text names none, each once in a menu."""
        for menu in self._menus.values():
            for action in menu.actions():
                if action.isSeparator() or _letter(action.text()):
                    continue
                # An action may stand in several menus: its letter has to be free in all of them.
                homes = [each for each in self._menus.values() if action in each.actions()]
                taken = {_letter(other.text()) for home in homes for other in home.actions()}
                action.setText(_with_letter(action.text(), taken))

    @Slot()
    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._window.context.settings.recent():
            action = self.recent.addAction(f"{path.name}  ·  {path.parent}".replace("&", "&&"))
            action.setData(str(path))
            action.triggered.connect(self._recent_asked)
        if self.recent.isEmpty():
            self.recent.addAction(self._window.speech("ui.menu.recent.none")).setEnabled(False)

    @Slot()
    def _recent_asked(self) -> None:
        asked = self.sender()
        assert isinstance(asked, QAction)
        self._window.open_path(Path(str(asked.data())))


def _letter(said: str) -> str:
    """The letter after the ampersand, small; "" where there is none."""
    return said.partition("&")[2][:1].casefold()


def _with_letter(said: str, taken: set[str]) -> str:
    """``said`` with an ampersand before its first free letter: of its words' first ones, else of all."""
    starts = [i for i, letter in enumerate(said) if letter.isalpha() and (i == 0 or said[i - 1] == " ")]
    others = [i for i, letter in enumerate(said) if letter.isalpha()]
    for place in starts + others:
        if said[place].casefold() not in taken:
            return f"{said[:place]}&{said[place:]}"
    return said
