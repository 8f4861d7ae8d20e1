"""The neutral chart painted with reportlab's graphics: greys, hatching and dashes, no colour needed."""

from __future__ import annotations

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, black, white

from akimat_desk.reports import fonts
from akimat_desk.reports.charts import Bar, ChartLayout, Fill, LegendEntry, Marker, Stroke, layout
from akimat_desk.reports.document import Chart

_SIZE = 8.0
_TOP = 16.0
_CATEGORIES = 17.0
_LEGEND_LINE = 13.0
_PLOT_HEIGHT = 140.0
_COMPACT_HEIGHT = 78.0
_BAR = Color(0.27, 0.39, 0.53)  # a calm blue that prints as a dark grey
_DASH = {Stroke.DASHED: (5, 3), Stroke.SOLID: None, Stroke.DOTTED: (1.2, 2.4)}


def _grey(share: float) -> Color:
    return Color(share, share, share)


def drawing(chart: Chart, width: float) -> Drawing:
    """The chart as a drawing as wide as the column of text."""
    high = _COMPACT_HEIGHT if chart.compact else _PLOT_HEIGHT
    plan = layout(chart, label_height=_SIZE * 1.1 / high)
    left = 8 + max(fonts.width(tick.label, fonts.SANS, _SIZE) for tick in plan.ticks)
    legend_lines = _legend_lines(plan, width - left)
    below = _CATEGORIES + 6 + _LEGEND_LINE * len(legend_lines)
    picture = Drawing(width, below + high + _TOP)
    picture.initialFontName = fonts.SANS  # else the page mentions a font that is not embedded
    area = _Area(left, below, width - left - 2, high)
    _scale(picture, plan, area, chart.unit)
    for bar in plan.bars:
        _bar(picture, bar, area)
    picture.add(Line(area.left, area.y(plan.zero), area.right, area.y(plan.zero), strokeWidth=0.8))
    for line in plan.lines:
        for stretch in line.stretches:
            points = [value for p in stretch for value in (area.x(p.x), area.y(p.y))]
            if len(stretch) > 1:
                picture.add(_stroked(points, line.stroke))
            for point in stretch:
                picture.add(_marker(area.x(point.x), area.y(point.y), line.marker))
    for label in plan.labels:
        _value(picture, area.x(label.x), area.y(label.bottom), label.text)
    slot = area.width / max(1, len(plan.categories))
    for label in plan.categories:
        text = _shortened(fonts.printable(label.text), slot - 3)
        picture.add(_string(area.x(label.x), below - 12, text, "middle"))
    y = below - _CATEGORIES - 8
    for entries in legend_lines:
        x = area.left
        for entry, text, taken in entries:
            _legend_entry(picture, entry, text, x, y)
            x += taken
        y -= _LEGEND_LINE
    return picture


class _Area:
    """The plot area on the paper: shares to points."""

    def __init__(self, left: float, bottom: float, width: float, height: float) -> None:
        self.left, self.bottom, self.width, self.height = left, bottom, width, height
        self.right, self.top = left + width, bottom + height

    def x(self, share: float) -> float:
        return self.left + share * self.width

    def y(self, share: float) -> float:
        return self.bottom + share * self.height


def _string(x: float, y: float, text: str, anchor: str, font: str = fonts.SANS) -> String:
    return String(x, y, text, fontName=font, fontSize=_SIZE, textAnchor=anchor, fillColor=black)


def _scale(picture: Drawing, plan: ChartLayout, area: _Area, unit: str) -> None:
    for tick in plan.ticks:
        y = area.y(tick.at)
        picture.add(Line(area.left, y, area.right, y, strokeColor=_grey(0.82), strokeWidth=0.35))
        picture.add(_string(area.left - 5, y - _SIZE * 0.35, tick.label, "end"))
    picture.add(_string(0, area.top + 8, fonts.printable(unit), "start"))


def _bar(picture: Drawing, bar: Bar, area: _Area) -> None:
    left, right = area.x(bar.left), area.x(bar.right)
    bottom, top = area.y(bar.bottom), area.y(bar.top)
    _filled(picture, left, bottom, right - left, top - bottom, bar.fill)


def _filled(picture: Drawing, x: float, y: float, width: float, height: float, fill: Fill) -> None:
    ground = _BAR if fill is Fill.SOLID else _grey(0.9) if fill is Fill.LIGHT else white
    picture.add(Rect(x, y, width, height, fillColor=ground, strokeColor=black, strokeWidth=0.5))
    if fill in (Fill.HATCHED, Fill.CROSSED):
        _hatch(picture, x, y, width, height, rising=True)
    if fill is Fill.CROSSED:
        _hatch(picture, x, y, width, height, rising=False)


def _hatch(picture: Drawing, x: float, y: float, width: float, height: float, rising: bool) -> None:
    """Slanting lines clipped to the box by arithmetic: y − y0 = ±(x − x0) + offset."""
    offset = -width + 3.5
    while offset < height:
        start, end = max(0.0, -offset), min(width, height - offset)
        if end > start:
            ends = [(x + at if rising else x + width - at, y + at + offset) for at in (start, end)]
            picture.add(Line(*ends[0], *ends[1], strokeColor=_grey(0.25), strokeWidth=0.4))
        offset += 3.5


def _stroked(points: list[float], stroke: Stroke) -> PolyLine:
    return PolyLine(points, strokeColor=black, strokeWidth=1.3, strokeDashArray=_DASH[stroke])


def _marker(x: float, y: float, marker: Marker) -> Polygon | Circle | Rect:
    look = {"fillColor": white, "strokeColor": black, "strokeWidth": 1.1}
    if marker is Marker.CIRCLE:
        return Circle(x, y, 2.5, **look)
    if marker is Marker.SQUARE:
        return Rect(x - 2.3, y - 2.3, 4.6, 4.6, **look)
    return Polygon([x - 3.1, y, x, y + 3.1, x + 3.1, y, x, y - 3.1], **look)


def _value(picture: Drawing, x: float, y: float, text: str) -> None:
    room = fonts.width(text, fonts.SANS, _SIZE) + 2
    picture.add(
        Rect(x - room / 2, y - 0.6, room, _SIZE * 0.95, fillColor=white, strokeColor=None, strokeWidth=0)
    )
    picture.add(_string(x, y + 0.8, text, "middle"))


def _legend_lines(plan: ChartLayout, whole: float) -> list[list[tuple[LegendEntry, str, float]]]:
    """The legend's entries in as many lines as they need, each with its text and its room."""
    lines: list[list[tuple[LegendEntry, str, float]]] = [[]]
    used = 0.0
    for entry in plan.legend:
        text = _shortened(fonts.printable(entry.text), whole - 30)
        taken = fonts.width(text, fonts.SANS, _SIZE) + 42
        if lines[-1] and used + taken - 18 > whole:
            lines.append([])
            used = 0.0
        lines[-1].append((entry, text, taken))
        used += taken
    return [line for line in lines if line]


def _legend_entry(picture: Drawing, entry: LegendEntry, text: str, x: float, y: float) -> None:
    if entry.fill is not None:
        _filled(picture, x, y - 1, 18, 8, entry.fill)
    if entry.stroke is not None and entry.marker is not None:
        picture.add(_stroked([x, y + 3, x + 18, y + 3], entry.stroke))
        picture.add(_marker(x + 9, y + 3, entry.marker))
    picture.add(_string(x + 23, y, text, "start"))


def _shortened(text: str, room: float) -> str:
    if fonts.width(text, fonts.SANS, _SIZE) <= room:
        return text
    while text and fonts.width(text + "…", fonts.SANS, _SIZE) > room:
        text = text[:-1]
    return text.rstrip() + "…"
