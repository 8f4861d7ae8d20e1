"""Paints a neutral chart: the same layout that the PDF prints, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from akimat_desk.reports.charts import ChartLayout, Fill, LegendEntry, Marker, Stroke, layout
from akimat_desk.reports.document import Chart
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import Tokens, tokens

_PEN = {
    Stroke.DASHED: Qt.PenStyle.DashLine,
    Stroke.SOLID: Qt.PenStyle.SolidLine,
    Stroke.DOTTED: Qt.PenStyle.DotLine,
}
_BRUSH = {
    Fill.SOLID: Qt.BrushStyle.SolidPattern,
    Fill.HATCHED: Qt.BrushStyle.BDiagPattern,
    Fill.LIGHT: Qt.BrushStyle.Dense6Pattern,
    Fill.CROSSED: Qt.BrushStyle.DiagCrossPattern,
}
# The token of each line, not its colour: the theme may change.
_LINE_TOKEN = {Stroke.DASHED: "target", Stroke.SOLID: "accent", Stroke.DOTTED: "text_quiet"}
_MARK = 4.0  # half the size of a marker


def paint_chart(painter: QPainter, chart: Chart, area: QRectF, font: QFont, colours: Tokens) -> None:
    """Draw ``chart`` into ``area``, without its title."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    line = metrics.height()
    rough = layout(chart)
    left = _scale_width(rough, metrics)
    legend_rows = _legend_rows(rough.legend, area.width() - left, metrics)
    below = line + 8 + len(legend_rows) * (line + 6)
    plot = QRectF(
        area.left() + left, area.top() + line, area.width() - left - 4, area.height() - line - below
    )
    if plot.height() < 2 * line or plot.width() < 4 * line:
        return  # no room for a picture: the words beside it say the same
    lay = layout(chart, label_height=line / plot.height())
    # The labels' height may have chosen another scale, with longer numbers.
    plot.setLeft(max(plot.left(), area.left() + _scale_width(lay, metrics)))
    _Painter(painter, plot, metrics, lay, colours).all(legend_rows)


def _scale_width(lay: ChartLayout, metrics: QFontMetricsF) -> float:
    return max((metrics.horizontalAdvance(tick.label) for tick in lay.ticks), default=0.0) + 12


def _legend_rows(
    entries: tuple[LegendEntry, ...], width: float, metrics: QFontMetricsF
) -> list[list[LegendEntry]]:
    rows: list[list[LegendEntry]] = [[]]
    used = 0.0
    for entry in entries:
        needs = metrics.horizontalAdvance(entry.text) + 52
        if rows[-1] and used + needs > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += needs
    return rows if rows[0] else []


class _Painter:
    def __init__(
        self, painter: QPainter, plot: QRectF, metrics: QFontMetricsF, lay: ChartLayout, colours: Tokens
    ) -> None:
        self.painter, self.plot, self.metrics, self.lay = painter, plot, metrics, lay
        self.colours = colours

    def all(self, legend_rows: list[list[LegendEntry]]) -> None:
        self.scale()
        self.bars()
        self.lines()
        self.labels()
        self.legend(legend_rows)

    def line_colour(self, stroke: Stroke) -> QColor:
        return QColor(getattr(self.colours, _LINE_TOKEN[stroke]))

    def x(self, share: float) -> float:
        return self.plot.left() + share * self.plot.width()

    def y(self, share: float) -> float:
        return self.plot.bottom() - share * self.plot.height()

    def scale(self) -> None:
        high = self.metrics.height()
        for tick in self.lay.ticks:
            at = self.y(tick.at)
            self.painter.setPen(QPen(QColor(self.colours.border), 1))
            self.painter.drawLine(QPointF(self.plot.left(), at), QPointF(self.plot.right(), at))
            self.painter.setPen(QColor(self.colours.text_quiet))
            where = QRectF(self.plot.left() - 200, at - high / 2, 192, high)
            self.painter.drawText(where, Qt.AlignmentFlag.AlignRight, tick.label)
        self.painter.setPen(QPen(QColor(self.colours.border_strong), 1.2))
        zero = self.y(self.lay.zero)
        self.painter.drawLine(QPointF(self.plot.left(), zero), QPointF(self.plot.right(), zero))
        self.painter.setPen(QColor(self.colours.text))
        slot = self.plot.width() / max(1, len(self.lay.categories)) - 6
        for category in self.lay.categories:
            where = QRectF(self.x(category.x) - 100, self.plot.bottom() + 4, 200, high)
            name = category.text
            if self.metrics.horizontalAdvance(name) > slot:  # the words beside the picture say it whole
                name = self.metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(slot, 3 * high / 2))
            self.painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, name)

    def bars(self) -> None:
        for bar in self.lay.bars:
            where = QRectF(
                QPointF(self.x(bar.left), self.y(bar.top)), QPointF(self.x(bar.right), self.y(bar.bottom))
            )
            self._filled(where, bar.fill)

    def _filled(self, where: QRectF, fill: Fill) -> None:
        self.painter.setPen(QPen(QColor(self.colours.accent), 1))
        self.painter.setBrush(QBrush(QColor(self.colours.bar), _BRUSH[fill]))
        self.painter.drawRect(where)

    def lines(self) -> None:
        for line in self.lay.lines:
            for stretch in line.stretches:
                points = [QPointF(self.x(p.x), self.y(p.y)) for p in stretch]
                self.painter.setPen(QPen(self.line_colour(line.stroke), 2, _PEN[line.stroke]))
                self.painter.drawPolyline(QPolygonF(points))
                for point in points:
                    self._marker(point, line.marker, line.stroke)

    def _marker(self, at: QPointF, marker: Marker, stroke: Stroke) -> None:
        self.painter.setPen(QPen(self.line_colour(stroke), 1.5))
        self.painter.setBrush(QColor(self.colours.surface))
        if marker is Marker.DIAMOND:
            steps = ((0, -_MARK - 1), (_MARK + 1, 0), (0, _MARK + 1), (-_MARK - 1, 0))
            self.painter.drawPolygon(QPolygonF([at + QPointF(dx, dy) for dx, dy in steps]))
        elif marker is Marker.CIRCLE:
            self.painter.drawEllipse(at, _MARK, _MARK)
        else:
            self.painter.drawRect(QRectF(at.x() - _MARK, at.y() - _MARK, 2 * _MARK, 2 * _MARK))

    def labels(self) -> None:
        high = self.metrics.height()
        for label in self.lay.labels:
            wide = self.metrics.horizontalAdvance(label.text) + 6
            bottom = self.y(label.bottom)
            where = QRectF(self.x(label.x) - wide / 2, bottom - high, wide, high)
            ground = QColor(self.colours.surface)
            ground.setAlpha(215)
            self.painter.fillRect(where, ground)
            self.painter.setPen(QColor(self.colours.text))
            self.painter.drawText(where, Qt.AlignmentFlag.AlignCenter, label.text)

    def legend(self, rows: list[list[LegendEntry]]) -> None:
        high = self.metrics.height()
        top = self.plot.bottom() + high + 12
        for row in rows:
            left = self.plot.left()
            for entry in row:
                middle = top + high / 2
                if entry.fill is not None:
                    self._filled(QRectF(left, middle - 6, 24, 12), entry.fill)
                elif entry.stroke is not None and entry.marker is not None:
                    self.painter.setPen(QPen(self.line_colour(entry.stroke), 2, _PEN[entry.stroke]))
                    self.painter.drawLine(QPointF(left, middle), QPointF(left + 24, middle))
                    self._marker(QPointF(left + 12, middle), entry.marker, entry.stroke)
                self.painter.setPen(QColor(self.colours.text))
                wide = self.metrics.horizontalAdvance(entry.text) + 4
                self.painter.drawText(
                    QRectF(left + 30, top, wide, high), Qt.AlignmentFlag.AlignLeft, entry.text
                )
                left += wide + 48
            top += high + 6


class ChartView(QWidget):
    """A chart on the screen; its words are its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)

    def show_chart(self, chart: Chart | None) -> None:
        """Show this chart."""
        self._chart = chart
        self.setAccessibleName(chart.title if chart else "")
        self.setAccessibleDescription(chart.text_equivalent if chart else "")
        self.setToolTip(chart.text_equivalent if chart else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    @guarded()
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), QColor(colours.surface))
        if self._chart is not None:
            area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            paint_chart(painter, self._chart, area, self.font(), colours)
        painter.end()
