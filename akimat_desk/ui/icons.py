"""The window's icons: line drawings in ``resources/icons``, tinted by the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPixmap

from akimat_desk.core.findings import Severity
from akimat_desk.core.resources import resource
from akimat_desk.ui.theme import tokens

# Lists and buttons show icons at 16 to 20; the larger one is for screens at 200 %. Every size more
# is felt at the start: all icons are drawn before the first paint.
_SIZES = (20, 40)
_COLOUR = "currentColor"


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The drawing ``name`` in ``colour``, ``size`` pixels wide and high."""
    source = resource("icons", f"{name}.svg").read_text("utf-8").replace(_COLOUR, colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    # Qt's reader of pictures, not the QtSvg module: its binding alone costs a tenth of the start.
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size))
    return QPixmap.fromImageReader(reader)


def icon(name: str, colour: str = "") -> QIcon:
    """An icon for lists and buttons, in the accent's colour unless another is said.

    Qt greys it where the control is disabled.
    """
    return _icon(name, colour or tokens().accent)


@cache
def _sharp() -> bool:
    """Whether a screen has more dots than it counts."""
    return any(screen.devicePixelRatio() > 1 for screen in QGuiApplication.screens())


@cache
def _icon(name: str, colour: str) -> QIcon:
    made = QIcon()
    for size in _SIZES if _sharp() else _SIZES[:1]:
        made.addPixmap(drawn := pixmap(name, colour, size))
        made.addPixmap(drawn, QIcon.Mode.Selected)  # else Qt washes it out
    return made


def picture(name: str, size: int, ratio: float, colour: str = "") -> QPixmap:
    """A drawing for a label, sharp on a screen with ``ratio`` dots to a pixel."""
    drawn = pixmap(name, colour or tokens().accent, round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def severity_icon(severity: Severity) -> QIcon:
    """The icon of a finding; always shown beside its word."""
    return icon(severity.value, getattr(tokens(), severity.value))
