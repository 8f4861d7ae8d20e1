"""The window's vocabulary: every action once, feeding menu, buttons and shortcuts alike."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from akimat_desk.core.language import Language
from akimat_desk.core.strings import has_text
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import icon
from akimat_desk.ui.theme import LIGHT


@dataclass(frozen=True, slots=True)
class Spec:
    """An action: its name (texts under ``ui.action.<name>``), icon and shortcut.

    ``needs``: "" always possible, "workspace" with an open file, "decision" with one shown on the Budget
    page, "draft" with a draft shown there, "report" with one shown on the Reports page.
    """

    name: str
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    group: str = ""


#: Pages in the order of the navigation; further ones (Home, Meetings…) take their place here.
PAGES = ("budget", "ratio", "reports")

SPECS = (
    Spec("new", "new", "Ctrl+N"),
    Spec("open", "open", "Ctrl+O"),
    Spec("example", "example"),
    Spec("read", "read", "Ctrl+D"),
    Spec("paste", "paste", "Ctrl+Shift+V"),
    Spec("backup", "backup", "", "workspace"),
    Spec("restore", "restore"),
    Spec("close_workspace", "close", "Ctrl+W", "workspace"),
    Spec("quit", "quit", "Ctrl+Q"),
    Spec("details", "info", "Ctrl+I", "decision"),
    Spec("confirm", "confirm", "", "draft"),
    Spec("delete_draft", "delete", "", "draft"),
    Spec("unit", "home", "Ctrl+U", "workspace"),
    Spec("as_of", "date", "Ctrl+G", "workspace"),
    Spec("expand", "expand", "Ctrl++"),
    Spec("collapse", "collapse", "Ctrl+-"),
    Spec("next_finding", "", "F8"),
    Spec("save_pdf", "save", "Ctrl+S", "report"),
    Spec("save_xlsx", "save", "", "report"),
    Spec("save_docx", "save", "", "report"),
    Spec("print", "print", "Ctrl+P", "report"),
    Spec("page_budget", "budget", "Ctrl+1", "workspace", "page"),
    Spec("page_ratio", "ratio", "Ctrl+2", "workspace", "page"),
    Spec("page_reports", "reports", "Ctrl+3", "workspace", "page"),
    Spec("language_kk", "", "", "", "language"),
    Spec("language_ru", "", "", "", "language"),
    Spec("language_en", "", "", "", "language"),
    Spec("hints", "hint"),
    Spec("about", "help", "F1"),
)


class Actions(QObject):
    """All actions by name: ``actions["open"]``."""

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._groups: dict[str, QActionGroup] = {}
        self._all: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        for spec in SPECS:
            self._all[spec.name] = self._made(spec, parent)
            self._all[spec.name].setEnabled(not spec.needs)
            self._needs[spec.name] = spec.needs
        self.retranslate()
        speech.changed.connect(self.retranslate)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def names(self) -> list[str]:
        """Every action's name."""
        return list(self._all)

    def provide(self, what: str, available: bool) -> None:
        """Say that a workspace, a draft or a report is (not) at hand; actions that need it follow."""
        for name, action in self._all.items():
            if self._needs[name] == what:
                action.setEnabled(available)

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

    def _made(self, spec: Spec, parent: QWidget) -> QAction:
        action = QAction(parent)
        action.setObjectName(spec.name)
        if spec.icon:
            action.setIcon(icon(spec.icon, LIGHT.nav_text if spec.group == "page" else LIGHT.accent))
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.group:
            action.setCheckable(True)
            if spec.group not in self._groups:
                self._groups[spec.group] = QActionGroup(self)
            self._groups[spec.group].addAction(action)
        parent.addAction(action)
        return action


def language_action(language: Language) -> str:
    """The name of the action that chooses a language."""
    return f"language_{language.value}"
