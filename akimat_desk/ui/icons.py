"""The window's icons: line drawings in ``resources/icons``, tinted by the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from akimat_desk.core.findings import Severity
from akimat_desk.core.resources import resource
from akimat_desk.ui.theme import LIGHT

# 16 and 20 for lists and buttons, 24 to 48 for large ones; doubled for screens at 200 %.
_SIZES = (16, 20, 24, 32, 40, 48, 64, 96)
_COLOUR = "currentColor"

SEVERITY_ICON = {
    Severity.ERROR: ("error", LIGHT.error),
    Severity.WARNING: ("warning", LIGHT.warning),
    Severity.INFO: ("info", LIGHT.info),
}


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The drawing ``name`` in ``colour``, ``size`` pixels wide and high."""
    source = resource("icons", f"{name}.svg").read_text("utf-8").replace(_COLOUR, colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@cache
def icon(name: str, colour: str = LIGHT.accent) -> QIcon:
    """An icon in every size the window uses; grey where the control is disabled."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(drawn := pixmap(name, colour, size))
        made.addPixmap(drawn, QIcon.Mode.Selected)  # else Qt washes it out
        made.addPixmap(pixmap(name, LIGHT.text_disabled, size), QIcon.Mode.Disabled)
    return made


def severity_icon(severity: Severity) -> QIcon:
    """The icon of a finding; always shown beside its word."""
    return icon(*SEVERITY_ICON[severity])
