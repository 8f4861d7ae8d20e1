"""How the window looks: every colour, size and font is named here and nowhere else.

Fusion with a palette of its own and a little QSS for what a palette cannot say. Pairs of text and
ground keep a contrast of at least 4.5 : 1 (a test measures them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

_POINTS = re.compile(r"\b(\d+)pt\b")
KAZAKH_LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
# What Qt falls back to where nobody has chosen a desktop font; PT Sans reads better.
_NOBODYS_CHOICE = {"DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", ""}
# fontconfig's names for "some font": named even where there is none; asking for one then ends the program.
_ALIASES = {"Monospace", "Sans Serif", "Serif"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme, by what they are for."""

    window: str = "#f3f6f7"
    surface: str = "#ffffff"
    surface_quiet: str = "#f7f9fa"
    band: str = "#eaf0f2"  # section rows, table heads
    border: str = "#d3dce0"
    border_strong: str = "#7d8d95"
    text: str = "#17262c"
    text_quiet: str = "#4d5f67"
    text_disabled: str = "#8b9aa1"
    accent: str = "#0e5a6d"
    accent_hover: str = "#0a4858"
    accent_soft: str = "#dcecef"
    selection: str = "#c3dfe6"  # light, so that marks of findings stay legible on it
    on_accent: str = "#ffffff"
    nav: str = "#12333e"
    nav_hover: str = "#1b4552"
    nav_chosen: str = "#235666"
    nav_text: str = "#dfeaed"
    nav_strong: str = "#ffffff"
    nav_disabled: str = "#8fa5ac"
    nav_mark: str = "#7fd0dc"
    error: str = "#a11d26"
    error_soft: str = "#fbeaea"
    warning: str = "#7d4a00"
    warning_soft: str = "#fff3dc"
    info: str = "#1a5490"
    info_soft: str = "#e8f1fa"
    good: str = "#1a6338"
    good_soft: str = "#e5f4ea"
    bar: str = "#4f93a3"
    bar_quiet: str = "#b7d3da"
    target: str = "#a3531a"


LIGHT = Tokens()
DARK = Tokens(
    window="#14191c",
    surface="#1c2327",
    surface_quiet="#20282d",
    band="#263137",
    border="#37444b",
    border_strong="#6d7f88",
    text="#e6edf0",
    text_quiet="#a9b8bf",
    text_disabled="#6d7f88",
    accent="#7cc7d6",
    accent_hover="#a0dbe6",
    accent_soft="#223a42",
    selection="#2b4d58",
    on_accent="#08252d",
    nav="#0d1417",
    nav_hover="#182a31",
    nav_chosen="#1f3c46",
    nav_text="#dfeaed",
    nav_strong="#ffffff",
    nav_disabled="#7f959d",
    nav_mark="#7fd0dc",
    error="#ff9c9c",
    error_soft="#3b2224",
    warning="#f3bd6b",
    warning_soft="#382c17",
    info="#9cc6f2",
    info_soft="#1d2e3f",
    good="#8fd6a6",
    good_soft="#1c3325",
    bar="#5aa6b8",
    bar_quiet="#35545e",
    target="#f0a06a",
)

_in_use = LIGHT
_scale_in_use = 0  # nothing has been dressed yet


def tokens() -> Tokens:
    """The colours in use now. Ask when painting; a colour kept would outlive its theme."""
    return _in_use


SPACE = 8  # the step of every distance
ROW_PADDING = 10  # above and below a row's text together

_SHEET = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $border_strong; padding: 4px; }
QWidget#navigation { background: $nav; }
QWidget#navigation QScrollArea, QWidget#pages { background: transparent; border: none; }
QWidget#navigation QLabel { color: $nav_text; }
QWidget#navigation QLabel[role="navgroup"] { color: $nav_mark; padding: 6px 16px 1px 16px; font-size: 9pt; }
QPushButton[role="nav"] {
    color: $nav_text; background: transparent; border: none; border-left: 4px solid transparent;
    text-align: left; padding: 3px 12px 3px 12px;
}
QPushButton[role="nav"]:hover { background: $nav_hover; }
QPushButton[role="nav"]:checked {
    background: $nav_chosen; border-left-color: $nav_mark; color: $nav_strong; font-weight: bold;
}
QPushButton[role="nav"]:focus {
    border: 2px solid $nav_mark;
    border-left: 4px solid $nav_mark;
    padding: 1px 10px 1px 12px;
}
QPushButton[role="nav"]:disabled { color: $nav_disabled; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $border; }
QPushButton[role="primary"] {
    color: $on_accent; background: $accent; border: 1px solid $accent; border-radius: 4px;
    padding: 6px 16px; font-weight: bold;
}
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 5px 15px; }
QPushButton[role="primary"]:disabled { background: $border; border-color: $border; color: $text_quiet; }
QPushButton[role="plain"] {
    color: $text; background: $surface; border: 1px solid $border_strong; border-radius: 4px;
    padding: 6px 14px;
}
QPushButton[role="plain"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[role="plain"]:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton[role="plain"]:checked {
    background: $accent_soft;
    border-color: $accent;
    color: $accent;
    font-weight: bold;
}
QPushButton[role="plain"]:disabled {
    color: $text_disabled;
    border-color: $border;
    background: $surface_quiet;
}
QPushButton[role="letter"] {
    color: $text; background: $surface; border: 1px solid $border_strong; border-radius: 4px;
    min-width: 26px; padding: 3px 4px; font-size: 12pt;
}
QPushButton[role="letter"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[role="letter"]:pressed { background: $selection; }
QPushButton[role="quiet"] {
    color: $accent;
    background: transparent;
    border: 1px solid transparent;
    border-radius: 4px;
    padding: 4px 8px;
}
QPushButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border: 1px solid $accent; }
QPushButton[role="quiet"]:disabled { color: $text_disabled; }
QPushButton[role="choice"] {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 8px;
    text-align: left; padding: 0px;
}
QPushButton[role="choice"]:hover { border-color: $accent; background: $surface_quiet; }
QPushButton[role="choice"]:focus { border: 2px solid $accent; }
QPushButton[role="language"] {
    color: $text_quiet;
    background: transparent;
    border: 1px solid transparent;
    border-radius: 4px;
    padding: 4px 8px;
}
QPushButton[role="language"]:hover { background: $accent_soft; }
QPushButton[role="language"]:checked {
    color: $accent; background: $accent_soft; border-bottom: 2px solid $accent;
}
QPushButton[role="language"]:focus { border-color: $accent; }
QLabel[role="title"] { font-size: 15pt; font-weight: bold; }
QLabel[role="subtitle"] { font-size: 11pt; font-weight: bold; }
QLabel[role="quiet"] { color: $text_quiet; }
QLabel[role="figure"] { font-size: 28pt; font-weight: bold; color: $accent; }
QLabel[role="amount"] { font-size: 14pt; font-weight: bold; }
QLabel[role="unit"] { font-size: 11pt; font-weight: bold; }
QLabel[role="appname"] { font-size: 12pt; font-weight: bold; color: $nav_strong; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="bar"] { border: none; border-bottom: 1px solid $border; }
QFrame[role="bar"][tone="hint"] { background: $accent_soft; }
QFrame[role="bar"][tone="info"] { background: $info_soft; }
QFrame[role="bar"][tone="good"] { background: $good_soft; }
QFrame[role="bar"][tone="warning"] { background: $warning_soft; }
QFrame[role="bar"][tone="error"] { background: $error_soft; }
QFrame[role="bar"] QLabel { color: $text; }
QTreeView, QTableView, QListView, QTextBrowser, QPlainTextEdit {
    background: $surface; border: 1px solid $border; border-radius: 4px;
}
QLineEdit {
    background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 3px;
    padding: 3px 5px;
}
QLineEdit:focus { border: 2px solid $accent; padding: 2px 4px; }
QLineEdit:read-only { background: $surface_quiet; }
QLineEdit:disabled { color: $text_disabled; border-color: $border; background: $surface_quiet; }
QComboBox QLineEdit, QAbstractItemView QLineEdit, QAbstractSpinBox QLineEdit {
    border: none; padding: 0px 2px;
}
QTreeView:focus, QTableView:focus, QListView:focus, QTextBrowser:focus, QPlainTextEdit:focus {
    border-color: $accent;
}
QTreeView, QTableView, QListView {
    selection-background-color: $selection; selection-color: $text; show-decoration-selected: 1;
}
QTreeView::item, QTableView::item { padding: 0px 5px; }
QTreeView::item:selected, QTableView::item:selected, QListView::item:selected {
    background: $selection; color: $text;
}
QTreeView::item:selected:!active, QTableView::item:selected:!active, QListView::item:selected:!active {
    background: $accent_soft;
}
QHeaderView { background: $band; border: none; }
QHeaderView::section {
    background: $band; color: $text; border: none; border-right: 1px solid $border;
    border-bottom: 1px solid $border; padding: 6px 8px; font-weight: bold;
}
QTextBrowser#preview { background: $band; border: none; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QToolBar#tools {
    background: $surface; border: none; border-bottom: 1px solid $border; spacing: 2px; padding: 1px 8px;
}
QToolBar#tools QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolBar#tools QToolButton:hover { background: $accent_soft; }
QToolBar#tools QToolButton:focus { border: 2px solid $accent; padding: 2px; }
QWidget#welcome { background: $nav; }
QWidget#welcome QLabel { color: $nav_text; }
QWidget#welcome QLabel[role="welcome"] { color: $nav_strong; font-size: 22pt; font-weight: bold; }
QDialog#palette { background: $surface; border: 1px solid $border_strong; }
QDialog#palette QLineEdit { font-size: 12pt; padding: 6px; }
QDialog#palette QListView { border: none; }
QStatusBar { background: $surface; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QMenuBar { background: $surface; border-bottom: 1px solid $border; }
QWidget#menuline { background: $surface; }
QMenuBar::item { padding: 9px 10px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $accent_soft; }
""")


def style_sheet(colours: Tokens, scale: int = 100) -> str:
    """The QSS of a theme, its larger letters at ``scale`` percent."""
    names = Tokens.__dataclass_fields__
    sheet = _SHEET.substitute({name: getattr(colours, name) for name in names})
    return _POINTS.sub(lambda found: f"{int(found[1]) * scale / 100:g}pt", sheet)


def palette(colours: Tokens) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.surface_quiet,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.text_quiet,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent_hover,
        role.Accent: colours.accent,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.text_disabled))
    # A list that is not in focus still shows, more quietly, where one is.
    made.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor(colours.accent_soft))
    return made


def has_kazakh(font: QFont) -> bool:
    """Whether the font itself (not a stand-in) has every Kazakh letter."""
    raw = QRawFont.fromFont(font)
    return all(raw.supportsCharacter(ord(letter)) for letter in KAZAKH_LETTERS)


@cache
def _our_families() -> tuple[str, ...]:
    """The families of the PT Sans that comes with us, known to Qt from now on."""
    import fontpkg_pt_sans

    families: list[str] = []
    for path in sorted((fontpkg_pt_sans.ROOT / "files").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


@cache
def _system_font() -> QFont:
    """The font that the system gave, before we gave another."""
    return QGuiApplication.font()


def _fits(font: QFont) -> bool:
    """Whether the system's font is one that somebody chose and that has the Kazakh letters."""
    return QRawFont.fromFont(font).familyName() not in _NOBODYS_CHOICE and has_kazakh(font)


def choose_font() -> QFont:
    """The system's font where it has the Kazakh letters, else the PT Sans that comes with us."""
    font = QFont(_system_font())
    if not set(QFontDatabase.families()) - _ALIASES or not _fits(font):
        families = _our_families()
        font = QFont(families[0]) if families else font
    font.setPointSizeF(max(font.pointSizeF(), 10.0))
    return font


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that amounts stand under each other."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def figures(strong: bool = False) -> QFont:
    """The font of amounts, in the size in use now: models ask for it in ``data`` and keep none."""
    return tabular(bold() if strong else QGuiApplication.font())


@cache
def bold() -> QFont:
    """The application's font, bold, in the size in use now."""
    made = QFont(QGuiApplication.font())
    made.setBold(True)
    return made


def row_height(font: QFont) -> int:
    """The height of a row of a tree or table."""
    return QFontMetrics(font).height() + ROW_PADDING


def dressed_as() -> tuple[Tokens, int]:
    """The colours and the scale in use; before the first dressing the scale is 0."""
    return _in_use, _scale_in_use


def dress(app: QApplication, colours: Tokens = LIGHT, scale: int = 100) -> None:
    """Give the application its look; ``scale`` is the size of its text in percent of the system's."""
    global _in_use, _scale_in_use
    _in_use, _scale_in_use = colours, scale
    app.setStyle("Fusion")
    font = choose_font()
    font.setPointSizeF(font.pointSizeF() * scale / 100)
    app.setFont(font)
    figures.cache_clear()
    bold.cache_clear()
    app.setPalette(palette(colours))
    app.setStyleSheet(style_sheet(colours, scale))
