"""A series of meetings as a line in time: a dot for each, its look by what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import tokens

_MARGIN = 28
_RADIUS = 6.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting on the line; ``token`` is the theme's colour, ``filled`` says that it took place."""

    key: int
    day: dt.date
    words: str
    token: str
    filled: bool


class Timeline(QLabel):
    """Painted in one line; a click or the arrow keys choose a dot, Enter opens it.

    A label to a screen reader: a bare widget has no role there.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots: tuple[Dot, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Show these meetings, the earliest first."""
        kept = self._dots[self._at].key if 0 <= self._at < len(self._dots) else None
        self._dots = tuple(sorted(dots, key=lambda dot: (dot.day, dot.key)))
        self._at = next((at for at, dot in enumerate(self._dots) if dot.key == kept), -1)
        self._say()
        self.update()

    def choose(self, key: int) -> None:
        """Mark a meeting without telling anybody."""
        self._at = next((at for at, dot in enumerate(self._dots) if dot.key == key), -1)
        self._say()
        self.update()

    @property
    def dots(self) -> tuple[Dot, ...]:
        """What is shown."""
        return self._dots

    @guarded(QSize(200, 74))
    def sizeHint(self) -> QSize:
        return QSize(400, self.fontMetrics().height() * 2 + 34)

    def place(self, at: int) -> QPointF:
        """Where a dot stands; two on one day stand above each other."""
        first, last = self._dots[0].day.toordinal(), self._dots[-1].day.toordinal()
        span = max(1, last - first)
        width = max(1, self.width() - 2 * _MARGIN)
        x = _MARGIN + width * (self._dots[at].day.toordinal() - first) / span
        same = sum(self._dots[other].day == self._dots[at].day for other in range(at))
        return QPointF(x, self.height() / 2 - 14 * same)

    def _say(self) -> None:
        self.setAccessibleDescription(self._dots[self._at].words if 0 <= self._at < len(self._dots) else "")

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        middle = self.height() / 2
        painter.setPen(QPen(QColor(colours.border), 2))
        painter.drawLine(QPointF(_MARGIN / 2, middle), QPointF(self.width() - _MARGIN / 2, middle))
        if not self._dots:
            return
        self._years(painter)
        for at, dot in enumerate(self._dots):
            centre = self.place(at)
            colour = QColor(getattr(colours, dot.token))
            if at == self._at:
                painter.setPen(QPen(QColor(colours.accent), 2 if self.hasFocus() else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, _RADIUS + 4, _RADIUS + 4)
            painter.setPen(QPen(colour, 2))
            painter.setBrush(colour if dot.filled else QColor(colours.surface))
            if dot.token == "error":  # told by its shape too, for who does not see the colour
                painter.drawRect(QRectF(centre.x() - 5, centre.y() - 5, 10, 10))
            else:
                painter.drawEllipse(centre, _RADIUS, _RADIUS)

    def _years(self, painter: QPainter) -> None:
        first, last = self._dots[0].day, self._dots[-1].day
        span = max(1, last.toordinal() - first.toordinal())
        width = max(1, self.width() - 2 * _MARGIN)
        painter.setPen(QColor(tokens().text_quiet))
        for year in range(first.year, last.year + 1):
            day = max(first, dt.date(year, 1, 1))
            x = _MARGIN + width * (day.toordinal() - first.toordinal()) / span
            painter.drawLine(QPointF(x, self.height() / 2 - 12), QPointF(x, self.height() / 2 + 12))
            painter.drawText(QPointF(x + 3, self.height() - 4), str(year))

    def _near(self, point: QPointF) -> int:
        for at in range(len(self._dots)):
            if (self.place(at) - point).manhattanLength() <= _RADIUS * 2.5:
                return at
        return -1

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._near(event.position())
        if at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self._dots[at].words, self)
        else:
            QToolTip.hideText()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(self._near(event.position()))

    @guarded()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._near(event.position())
        if at >= 0:
            self.opened.emit(self._dots[at].key)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._dots:
            self._go(min(max(self._at + step, 0), len(self._dots) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(self._dots):
            self.opened.emit(self._dots[self._at].key)
        else:
            super().keyPressEvent(event)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    def _go(self, at: int) -> None:
        if at < 0 or at == self._at:
            return
        self._at = at
        self._say()
        self.update()
        self.chosen.emit(self._dots[at].key)
