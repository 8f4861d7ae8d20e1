"""What the window remembers for one person: language, folders, sizes. Never anything of a budget."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from akimat_desk.core.language import DEFAULT_LANGUAGE, Language

RECENT_KEPT = 8


def default_path() -> Path:
    """The settings file in the person's own configuration folder."""
    import platformdirs  # late: not needed when a test or a caller names the file

    return platformdirs.user_config_path("akimat-desk", appauthor=False) / "window.ini"


class Settings:
    """A thin, typed cover over an ini file; a damaged value reads as if it were not there."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def path(self) -> Path:
        """Where the values lie."""
        return Path(self._store.fileName())

    @property
    def language(self) -> Language:
        """The window's language; Kazakh until the person chooses."""
        try:
            return Language(str(self._store.value("language", DEFAULT_LANGUAGE.value)))
        except ValueError:
            return DEFAULT_LANGUAGE

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language.value)

    @property
    def is_first(self) -> bool:
        """Whether the person has not begun with anything yet."""
        return not self.flag("begun") and not self.recent()

    def begun(self) -> None:
        """She has: the first start is not shown again by itself."""
        self.set_flag("begun", True)

    def text(self, name: str, default: str = "") -> str:
        """A remembered word."""
        return str(self._store.value(name, default))

    def set_text(self, name: str, value: str) -> None:
        """Remember a word."""
        self._store.setValue(name, value)

    def flag(self, name: str, default: bool = False) -> bool:
        """A remembered yes or no (an ini file keeps it as a word)."""
        return str(self._store.value(name, default)).casefold() in {"true", "1"}

    def set_flag(self, name: str, value: bool) -> None:
        """Remember a yes or no."""
        self._store.setValue(name, value)

    def blob(self, name: str) -> QByteArray:
        """A remembered geometry or header state; empty when there is none."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, name: str, value: QByteArray) -> None:
        """Remember a geometry or header state."""
        self._store.setValue(name, value)

    def recent(self) -> list[Path]:
        """The workspaces opened last, newest first; files that are gone are left out."""
        raw = self._store.value("recent", [])
        names = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
        return [path for path in (Path(str(name)) for name in names if name) if path.is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a workspace at the head of the list."""
        others = [known for known in self.recent() if known != path]
        self._store.setValue("recent", [str(known) for known in [path, *others][:RECENT_KEPT]])

    def folder(self, purpose: str) -> Path:
        """The folder used last for ``purpose`` ("open", "save"), else the person's documents."""
        remembered = self.text(f"folder/{purpose}")
        if remembered and Path(remembered).is_dir():
            return Path(remembered)
        documents = Path.home() / "Documents"
        return documents if documents.is_dir() else Path.home()

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder used for ``purpose``."""
        self.set_text(f"folder/{purpose}", str(folder))

    def save(self) -> None:
        """Write to the disk now; a folder without write permission is no reason to fail."""
        self._store.sync()
