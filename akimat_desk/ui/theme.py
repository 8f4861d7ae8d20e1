"""How the window looks: every colour, size and font is named here and nowhere else.

Fusion with a palette of its own and a little QSS for what a palette cannot say. Pairs of text and
ground keep a contrast of at least 4.5 : 1 (a test measures them).
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

KAZAKH_LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
# What Qt falls back to where nobody has chosen a desktop font; PT Sans reads better.
_NOBODYS_CHOICE = {"DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", ""}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme, by what they are for."""

    window: str = "#f3f6f7"
    surface: str = "#ffffff"
    surface_quiet: str = "#f7f9fa"
    band: str = "#eaf0f2"  # section rows, table heads
    border: str = "#d3dce0"
    border_strong: str = "#8b9aa1"
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

SPACE = 8  # the step of every distance
ROW_PADDING = 10  # above and below a row's text together

_SHEET = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $border_strong; padding: 4px; }
QWidget#navigation { background: $nav; }
QWidget#navigation QLabel { color: $nav_text; }
QPushButton[role="nav"] {
    color: $nav_text; background: transparent; border: none; border-left: 4px solid transparent;
    text-align: left; padding: 10px 12px 10px 12px;
}
QPushButton[role="nav"]:hover { background: $nav_hover; }
QPushButton[role="nav"]:checked {
    background: $nav_chosen; border-left-color: $nav_mark; color: white; font-weight: bold;
}
QPushButton[role="nav"]:focus {
    border: 2px solid $nav_mark;
    border-left: 4px solid $nav_mark;
    padding: 8px 10px 8px 12px;
}
QPushButton[role="nav"]:disabled { color: #8fa5ac; }
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
QLabel[role="appname"] { font-size: 12pt; font-weight: bold; color: white; }
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
QStatusBar { background: $surface; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QMenuBar { background: $surface; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 5px 10px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $accent_soft; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The QSS of a theme."""
    names = Tokens.__dataclass_fields__
    return _SHEET.substitute({name: getattr(tokens, name) for name in names})


def palette(tokens: Tokens) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.surface_quiet,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text_quiet,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent_hover,
        role.Accent: tokens.accent,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text_disabled))
    # A list that is not in focus still shows, more quietly, where one is.
    made.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor(tokens.accent_soft))
    return made


def has_kazakh(font: QFont) -> bool:
    """Whether the font itself (not a stand-in) has every Kazakh letter."""
    raw = QRawFont.fromFont(font)
    return all(raw.supportsCharacter(ord(letter)) for letter in KAZAKH_LETTERS)


def choose_font() -> QFont:
    """The system's font where it has the Kazakh letters, else the PT Sans that comes with us."""
    font = QGuiApplication.font()
    family = QRawFont.fromFont(font).familyName()
    if family in _NOBODYS_CHOICE or not has_kazakh(font):
        import fontpkg_pt_sans

        families: list[str] = []
        for path in sorted((fontpkg_pt_sans.ROOT / "files").glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(path))
            families += QFontDatabase.applicationFontFamilies(number)
        if families:
            font = QFont(families[0])
    font.setPointSizeF(max(font.pointSizeF(), 10.0))
    return font


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that amounts stand under each other."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def row_height(font: QFont) -> int:
    """The height of a row of a tree or table."""
    return QFontMetrics(font).height() + ROW_PADDING


def dress(app: QApplication, tokens: Tokens = LIGHT) -> None:
    """Give the application its look."""
    app.setStyle("Fusion")
    # The palette is a light one: a system in dark colours must not mix its own in.
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setFont(choose_font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))
