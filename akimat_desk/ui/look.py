"""Light, dark or as the system has it, and how large the letters are: chosen by the person, kept for her."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from akimat_desk.ui.settings import Settings
from akimat_desk.ui.theme import DARK, LIGHT, Tokens, dress, dressed_as

SCALES = (90, 100, 115, 130, 150)  # percent of the system's letters


class Theme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Look(QObject):
    """Dresses the application anew when another theme or size is chosen, here or in the system."""

    #: Colours or sizes changed: icons and what was painted into texts are made again.
    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def theme(self) -> Theme:
        """The theme chosen; light until the person chooses."""
        try:
            return Theme(self._settings.text("theme", Theme.LIGHT.value))
        except ValueError:
            return Theme.LIGHT

    @property
    def scale(self) -> int:
        """The size of the letters in percent."""
        chosen = self._settings.text("text_size", "100")
        return int(chosen) if chosen in {str(scale) for scale in SCALES} else 100

    @property
    def colours(self) -> Tokens:
        """The colours that the chosen theme means now."""
        if self.theme is Theme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self.theme is Theme.DARK
        return DARK if dark else LIGHT

    def choose_theme(self, theme: Theme) -> None:
        """Dress in another theme from now on."""
        self._settings.set_text("theme", theme.value)
        self.apply()

    def choose_scale(self, scale: int) -> None:
        """Show letters of another size from now on."""
        self._settings.set_text("text_size", str(scale))
        self.apply()

    def apply(self) -> None:
        """Dress the application as chosen, where it is not yet."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        asked = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
        # Told to Qt too: a system in other colours must not mix its own in.
        app.styleHints().setColorScheme(asked.get(self.theme, Qt.ColorScheme.Unknown))
        if dressed_as() != (self.colours, self.scale):
            dress(app, self.colours, self.scale)
            self.changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        if self.theme is Theme.SYSTEM:
            self.apply()
