"""A gauge: how far a share has come towards its target, with the target marked and all of it in words."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import tokens

_LEAST_END = Fraction(40)  # per cent at the right end, so that usual okrugs use most of the width


class Gauge(QWidget):
    """A bar from nothing to beyond the target; a second, thin mark shows where it stood before."""

    def __init__(self, parent: QWidget | None = None, thickness: int = 22) -> None:
        super().__init__(parent)
        self._value: Fraction | None = None
        self._target: Fraction | None = None
        self._before: Fraction | None = None
        self._thickness = thickness
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(
        self, value: Fraction | None, target: Fraction | None, words: str, before: Fraction | None = None
    ) -> None:
        """Show a share in per cent; ``words`` say the same to whoever does not see it."""
        self._value, self._target, self._before = value, target, before
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self._thickness + self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    def _at(self, share: Fraction, bar: QRectF) -> float:
        known = [each for each in (self._value, self._target, self._before) if each is not None]
        end = max([_LEAST_END, *(each * Fraction(23, 20) for each in known)])
        part = min(Fraction(1), max(Fraction(0), share / end))
        return bar.left() + float(part) * bar.width()

    @guarded()
    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        bar = QRectF(1, metrics.height() + 8, self.width() - 2, self._thickness)
        painter.setPen(QPen(QColor(colours.border_strong), 1))
        painter.setBrush(QColor(colours.surface_quiet))
        painter.drawRoundedRect(bar, 4, 4)
        if self._value is not None:
            filled = QRectF(bar)
            filled.setRight(max(bar.left() + 2, self._at(self._value, bar)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(filled, 4, 4)
        if self._before is not None and self._before != self._value:
            at = self._at(self._before, bar)
            painter.setPen(QPen(QColor(colours.border_strong), 3, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at, bar.top() + 2), QPointF(at, bar.bottom() - 2))
        if self._target is not None:
            self._mark(painter, metrics, bar)
        painter.end()

    def _mark(self, painter: QPainter, metrics: QFontMetricsF, bar: QRectF) -> None:
        """The target: a line through the bar, a pointer and its number above."""
        assert self._target is not None
        at = self._at(self._target, bar)
        colour = QColor(tokens().target)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(at, bar.top() - 3), QPointF(at, bar.bottom() + 3))
        painter.setBrush(colour)
        top = bar.top() - 3
        painter.drawPolygon(QPolygonF([QPointF(at - 5, top - 6), QPointF(at + 5, top - 6), QPointF(at, top)]))
        said = f"{percent_text(self._target)} %"
        wide = metrics.horizontalAdvance(said)
        left = min(max(0.0, at - wide / 2), self.width() - wide)
        painter.drawText(QPointF(left, metrics.ascent()), said)
