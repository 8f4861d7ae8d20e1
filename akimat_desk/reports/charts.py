"""Where everything in a chart stands: the picture defined once, painted by PDF and by the screen.

Coordinates are shares of the plot area: 0 at its left and bottom, 1 at its right and top. A painter
maps them to its own units, writes ticks left of the area, categories below it and the legend under
them. Series are told apart without colour: bars by how they are filled, lines by dash and marker.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor, log10

from akimat_desk.reports.document import (
    Align,
    Chart,
    ChartKind,
    Column,
    PercentCell,
    Row,
    Series,
    Table,
    TextCell,
)
from akimat_desk.reports.grid import shown_decimal


class Fill(StrEnum):
    """How a bar is filled."""

    SOLID = "solid"
    HATCHED = "hatched"
    LIGHT = "light"
    CROSSED = "crossed"


class Stroke(StrEnum):
    """How a line is drawn."""

    DASHED = "dashed"
    SOLID = "solid"
    DOTTED = "dotted"


class Marker(StrEnum):
    """What marks a line's points."""

    DIAMOND = "diamond"
    CIRCLE = "circle"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale and the number it stands for."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """A short text centred at ``x``; ``bottom`` is the lower edge of its letters."""

    x: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the zero line; ``series`` is the index in the chart."""

    series: int
    category: int
    left: float
    right: float
    bottom: float
    top: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line."""

    category: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A series drawn as a line: unbroken stretches of points (a missing value breaks it)."""

    series: int
    stretches: tuple[tuple[Point, ...], ...]
    stroke: Stroke
    marker: Marker


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a fill or a dash means."""

    text: str
    fill: Fill | None = None
    stroke: Stroke | None = None
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """Everything a painter needs. ``zero`` is the height of the zero line, ``low`` and ``high`` the
    numbers at the bottom and at the top."""

    low: Fraction
    high: Fraction
    ticks: tuple[Tick, ...]
    zero: float
    categories: tuple[Label, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    legend: tuple[LegendEntry, ...]


_FILLS = tuple(Fill)
_STROKES = tuple(Stroke)
_MARKERS = tuple(Marker)
_GROUP_SHARE = 0.62  # of a category's room is bars, the rest is air


def layout(chart: Chart, label_height: float = 0.06) -> ChartLayout:
    """Lay a chart out. ``label_height`` is the height of a value's label as a share of the area.

    Raises ValueError when a series has more or fewer values than there are categories.
    """
    for series in chart.series:
        if len(series.values) != len(chart.categories):
            raise ValueError(f"series {series.name!r} has {len(series.values)} values")
    bars_of = [i for i, s in enumerate(chart.series) if not _is_line(chart, s)]
    lines_of = [i for i, s in enumerate(chart.series) if _is_line(chart, s)]
    scale = _Scale.of(chart, label_height)
    slot = 1 / max(1, len(chart.categories))
    zero = scale.at(Fraction(0))
    bars = tuple(_bars(chart, bars_of, scale, slot))
    lines = tuple(_lines(chart, lines_of, scale, slot))
    return ChartLayout(
        low=scale.low,
        high=scale.high,
        ticks=scale.ticks,
        zero=zero,
        categories=tuple(Label((i + 0.5) * slot, 0, text) for i, text in enumerate(chart.categories)),
        bars=bars,
        lines=lines,
        labels=tuple(_value_labels(chart, bars, lines, zero, label_height)),
        legend=tuple(_legend(chart, bars_of, lines_of)),
    )


def _is_line(chart: Chart, series: Series) -> bool:
    return chart.kind is ChartKind.LINE or (series.line and chart.kind is ChartKind.BARS_WITH_LINE)


def reaches(chart: Chart) -> list[list[tuple[Fraction, Fraction] | None]]:
    """From where to where each value stands, series by series: from nothing, in a waterfall from where
    the step before ended."""
    if chart.kind is not ChartKind.WATERFALL:
        return [
            [None if value is None else (Fraction(0), Fraction(value)) for value in series.values]
            for series in chart.series
        ]
    found: list[list[tuple[Fraction, Fraction] | None]] = [
        [None] * len(chart.categories) for _ in chart.series
    ]
    level = Fraction(0)
    for category in range(len(chart.categories)):
        for number, series in enumerate(chart.series):
            value = series.values[category]
            if value is None:
                continue
            start = Fraction(0) if number == 0 else level
            level = start + Fraction(value)
            found[number][category] = (start, level)
    return found


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Fraction
    high: Fraction
    ticks: tuple[Tick, ...]

    def at(self, value: Fraction) -> float:
        """The height of a value; what lies below the scale's beginning stands at its foot."""
        return float(max(Fraction(0), (value - self.low) / (self.high - self.low)))

    @classmethod
    def of(cls, chart: Chart, label_height: float) -> _Scale:
        """A scale of round numbers from zero (or below) with room above for the labels."""
        values = [end for row in reaches(chart) for reach in row if reach is not None for end in reach]
        lowest, highest = min([Fraction(0), *values]), max([Fraction(0), *values])
        if chart.kind is ChartKind.WATERFALL:
            # Steps are small beside the totals they part: the scale begins where they can be seen.
            steps = [end for row in reaches(chart)[1:] for reach in row if reach is not None for end in reach]
            if steps and min(steps) > 0:
                lowest = max(Fraction(0), min(steps) - (max(steps) - min(steps)))
        if lowest == highest:
            highest = lowest + 1
        room = Fraction(label_height) * 2
        span = (highest - lowest) / (1 - room)
        step = _round_step(span / 5)
        low = step * floor((lowest - (span * room / 2 if lowest < 0 else 0)) / step)
        high = step * -floor(-(highest + (span * room if highest > 0 else 0)) / step)
        count = int((high - low) / step)
        decimals = max(0, -floor(log10(step)) + (1 if step < 10 and _first_digits(step) == 25 else 0))
        ticks = tuple(
            Tick(float(Fraction(i, count)), shown_decimal(f"{float(low + i * step):.{decimals}f}"))
            for i in range(count + 1)
        )
        return cls(low, high, ticks)


def _first_digits(step: Fraction) -> int:
    return int(step / Fraction(10) ** floor(log10(step)) * 10)


def _round_step(rough: Fraction) -> Fraction:
    """The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is not below ``rough``."""
    power = Fraction(10) ** floor(log10(rough))
    for factor in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5)):
        if rough <= factor * power:
            return factor * power
    return 10 * power


def _bars(chart: Chart, bars_of: list[int], scale: _Scale, slot: float) -> list[Bar]:
    categories = range(len(chart.categories))
    # A category keeps room for the series that speak there, so that a lone bar stands in its middle.
    speaking = [
        [i for i in bars_of if chart.series[i].values[category] is not None] for category in categories
    ]
    most = max((len(group) for group in speaking), default=0)
    # A lone bar as wide as a group looks like a wall.
    width = slot * (0.46 if most <= 1 else _GROUP_SHARE / most)
    stands = reaches(chart)
    result = []
    for category, group in enumerate(speaking):
        start = (category + 0.5) * slot - width * len(group) / 2
        for position, index in enumerate(group):
            reach = stands[index][category]
            if reach is None:
                continue
            bottom, top = sorted((scale.at(reach[0]), scale.at(reach[1])))
            left = start + position * width
            fill = _FILLS[bars_of.index(index) % len(_FILLS)]
            result.append(Bar(index, category, left, left + width, bottom, top, fill))
    return result


def _lines(chart: Chart, lines_of: list[int], scale: _Scale, slot: float) -> list[Line]:
    result = []
    for position, index in enumerate(lines_of):
        stretches: list[tuple[Point, ...]] = []
        current: list[Point] = []
        for category, value in enumerate(chart.series[index].values):
            if value is None:
                if current:
                    stretches.append(tuple(current))
                current = []
            else:
                current.append(Point(category, (category + 0.5) * slot, scale.at(Fraction(value))))
        if current:
            stretches.append(tuple(current))
        stroke, marker = _STROKES[position % len(_STROKES)], _MARKERS[position % len(_MARKERS)]
        result.append(Line(index, tuple(stretches), stroke, marker))
    return result


def _value_labels(
    chart: Chart, bars: tuple[Bar, ...], lines: tuple[Line, ...], zero: float, height: float
) -> list[Label]:
    """A label for every value, clear of markers and of each other; "—" where nothing is known."""
    gap = height * 0.3
    marker = height * 0.32
    labels: list[Label] = []
    for category in range(len(chart.categories)):
        marked = [
            (line, point)
            for line in lines
            for stretch in line.stretches
            for point in stretch
            if point.category == category
        ]
        points = [(line, point) for line, point in marked if chart.series[line.series].labelled]
        mine = [bar for bar in bars if bar.category == category]
        if not points and not mine:  # not known, which is not zero
            labels.append(Label((category + 0.5) / len(chart.categories), zero + gap, "—"))
        crowded = len({bar.series for bar in mine}) <= 1  # one bar stands under the points
        taken = [(p.y - marker, p.y + marker) for _, p in marked] if crowded else []
        for bar in mine:
            text = _text(chart, bar.series, category)
            down = _hangs(chart, bar)
            tries = (
                [bar.bottom - gap - height]
                if down
                else [bar.top + gap, bar.top - gap - height, bar.top + 2 * (gap + marker) + height * 0.4]
            )
            bottom = _free(tries, height, taken)
            labels.append(Label((bar.left + bar.right) / 2, bottom, text))
            if crowded:
                taken.append((bottom, bottom + height))
        if not crowded:
            taken = [(p.y - marker, p.y + marker) for _, p in marked]
        for line, point in sorted(points, key=lambda pair: pair[1].y):
            text = _text(chart, line.series, category)
            above = point.y + marker + gap
            others = [band for band in taken if band != (point.y - marker, point.y + marker)]
            tries = [above, point.y - marker - gap - height, above + height + gap]
            bottom = _free(tries, height, others)
            labels.append(Label(point.x, bottom, text))
            taken.append((bottom, bottom + height))
    return labels


def _hangs(chart: Chart, bar: Bar) -> bool:
    """Whether a bar hangs below the zero line."""
    value = chart.series[bar.series].values[bar.category]
    return value is not None and Fraction(value) < 0


def _text(chart: Chart, series: int, category: int) -> str:
    value = chart.series[series].values[category]
    shown = shown_decimal(value)
    is_step = chart.kind is ChartKind.WATERFALL and series > 0
    return f"+{shown}" if is_step and value is not None and Fraction(value) > 0 else shown


def _free(tries: list[float], height: float, taken: list[tuple[float, float]]) -> float:
    """The first of the places that is inside the area and clear of what is taken."""
    for bottom in tries:
        clear = all(bottom + height <= low or bottom >= high for low, high in taken)
        if clear and bottom >= 0 and bottom + height <= 1:
            return bottom
    return tries[0]


def _legend(chart: Chart, bars_of: list[int], lines_of: list[int]) -> list[LegendEntry]:
    bars = [
        LegendEntry(chart.series[index].name, fill=_FILLS[position % len(_FILLS)])
        for position, index in enumerate(bars_of)
    ]
    lines = [
        LegendEntry(
            chart.series[index].name,
            stroke=_STROKES[position % len(_STROKES)],
            marker=_MARKERS[position % len(_MARKERS)],
        )
        for position, index in enumerate(lines_of)
    ]
    return bars + lines


def as_table(chart: Chart) -> Table:
    """The chart's numbers as a table, for where no picture can be."""
    share = 60 / max(1, len(chart.series))
    unit = f", {chart.unit}" if chart.unit else ""
    return Table(
        columns=(Column(40, Align.LEFT), *(Column(share, Align.RIGHT) for _ in chart.series)),
        head=((TextCell(""), *(TextCell(f"{series.name}{unit}") for series in chart.series)),),
        rows=tuple(
            Row((TextCell(category), *(PercentCell(series.values[index]) for series in chart.series)))
            for index, category in enumerate(chart.categories)
        ),
    )
