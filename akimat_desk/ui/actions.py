"""The window's vocabulary: every declared action as one QAction, and what makes it possible."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from akimat_desk.core.language import Language
from akimat_desk.core.strings import has_text
from akimat_desk.ui.areas import ACTIONS, tools
from akimat_desk.ui.areas.area import LASTING, ActionSpec
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import icon
from akimat_desk.ui.theme import tokens

_FRONT = "front."


class Actions(QObject):
    """All actions by name: ``actions["open"]``."""

    #: What is possible changed.
    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._groups: dict[str, QActionGroup] = {}
        self._all: dict[str, QAction] = {}
        self._specs = {spec.name: spec for spec in ACTIONS}
        self._there: set[str] = set()
        self._front: object = None
        for spec in ACTIONS:
            self._all[spec.name] = self._made(spec, parent)
        # What is seen at once has its icon at once; the menus' are drawn when the window has painted.
        seen = {*tools(), *(spec.name for spec in ACTIONS if spec.group == "page")}
        self._draw(seen)
        QTimer.singleShot(0, self, self.recolour)
        self._follow()
        self.retranslate()
        speech.changed.connect(self.retranslate)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def names(self) -> list[str]:
        """Every action's name."""
        return list(self._all)

    def spec(self, name: str) -> ActionSpec:
        """What was declared of an action."""
        return self._specs[name]

    def group(self, name: str) -> QActionGroup:
        """The choices of which one has the check mark ("page", "language")."""
        return self._groups[name]

    # -- what is possible ---------------------------------------------------------------------

    def provide(self, what: str, available: bool) -> None:
        """Say that a workspace, a draft or a report is (not) at hand; actions that need it follow."""
        before = set(self._there)
        (self._there.add if available else self._there.discard)(what)
        if self._there != before:
            self._follow()

    def front_is(self, page: object) -> None:
        """Another page is in front: what only the last one provided is gone, its methods too."""
        self._front = page
        self._there &= LASTING
        self._follow()

    def lacking(self, name: str) -> str:
        """Why an action is not possible now: the need that is not met ("front": no such page); else ""."""
        spec = self._specs[name]
        for need in spec.needs.split():
            if need not in self._there:
                return need
        if spec.answers.startswith(_FRONT):
            method = spec.answers.removeprefix(_FRONT)
            return "" if hasattr(type(self._front), method) else "front"
        return ""

    def _follow(self) -> None:
        for name, action in self._all.items():
            action.setEnabled(not self.lacking(name))
        self.changed.emit()

    # -- texts and looks ----------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        for name, action in self._all.items():
            action.setText(self._speech(f"ui.action.{name}"))
            plain = action.text().replace("&", "").rstrip("…")
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip_key = f"ui.action.{name}.tip"
            tip = self._speech(tip_key) if has_text(tip_key) else plain
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            action.setStatusTip(tip)

    @Slot()
    def recolour(self) -> None:
        """Every icon in the colours in use now."""
        self._draw(self._all)

    def _draw(self, names: Iterable[str]) -> None:
        for name in names:
            spec = self._specs[name]
            if spec.icon:
                colour = tokens().nav_text if spec.group == "page" else tokens().accent
                self._all[name].setIcon(icon(spec.icon, colour))

    def _made(self, spec: ActionSpec, parent: QWidget) -> QAction:
        action = QAction(parent)
        action.setObjectName(spec.name)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.setCheckable(bool(spec.group) or spec.checkable)
        if spec.group:
            if spec.group not in self._groups:
                self._groups[spec.group] = QActionGroup(self)
            self._groups[spec.group].addAction(action)
        parent.addAction(action)
        return action


def language_action(language: Language) -> str:
    """The name of the action that chooses a language."""
    return f"language_{language.value}"
