"""The picture of a chart as arithmetic: inside its area, round scales, readable labels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.reports.charts import Fill, as_table, layout
from akimat_desk.reports.document import Chart, ChartKind, PercentCell, Series
from tests.reports import samples


def test_the_ratio_with_its_target() -> None:
    plan = layout(samples.chart())
    assert [tick.label for tick in plan.ticks] == ["0", "10", "20", "30", "40"]
    assert plan.zero == 0
    assert [bar.category for bar in plan.bars] == [0, 1, 3, 4]
    assert plan.bars[0].top == pytest.approx(0.535)
    # The year without a figure breaks the line and is named, not drawn as zero.
    assert [len(stretch) for stretch in plan.lines[0].stretches] == [2, 2]
    assert [label.text for label in plan.labels if label.text == "—"] == ["—"]
    assert {label.text for label in plan.labels} >= {"21,4", "17,2", "4,7", "19,2", "33,0"}
    assert [entry.text for entry in plan.legend] == ["Меншікті кірістердің үлесі", "Нысаналы мән"]
    assert plan.legend[0].fill is Fill.SOLID
    assert plan.legend[1].stroke is not None


def test_bars_of_several_series_differ_without_colour() -> None:
    series = tuple(Series(name, ("1", "2")) for name in "abc")
    plan = layout(Chart(ChartKind.BARS, "", ("x", "y"), series))
    assert len({bar.fill for bar in plan.bars}) == 3
    first = [bar for bar in plan.bars if bar.category == 0]
    assert all(left.right <= right.left + 1e-9 for left, right in pairwise(first))


def test_a_deficit_hangs_below_the_zero_line() -> None:
    plan = layout(Chart(ChartKind.BARS, "", ("x", "y"), (Series("s", ("-5", "10")),)))
    assert 0 < plan.zero < 1
    assert plan.bars[0].top == plan.zero
    assert plan.bars[1].bottom == plan.zero
    assert plan.low < 0 < plan.high


def test_a_series_of_another_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="values"):
        layout(Chart(ChartKind.BARS, "", ("x",), (Series("s", ("1", "2")),)))


_VALUES = st.decimals(-1000, 100_000_000, places=1).map(str) | st.none()


@given(st.lists(st.tuples(_VALUES, _VALUES), min_size=1, max_size=12))
def test_everything_stands_inside_the_area(values: list[tuple[str | None, str | None]]) -> None:
    bars, targets = zip(*values, strict=True)
    chart = Chart(
        ChartKind.BARS_WITH_LINE,
        "",
        tuple(str(i) for i in range(len(values))),
        (Series("a", bars), Series("b", targets, line=True)),
    )
    plan = layout(chart)
    assert len(plan.bars) == sum(value is not None for value in bars)
    for bar in plan.bars:
        assert 0 <= bar.left < bar.right <= 1
        assert 0 <= bar.bottom <= bar.top <= 1
        value = Fraction(bars[bar.category] or 0)
        height = (bar.top - bar.bottom) * float(plan.high - plan.low)
        assert height == pytest.approx(float(abs(value)), abs=float(plan.high - plan.low) * 1e-9)
    for line in plan.lines:
        assert all(0 <= point.y <= 1 for stretch in line.stretches for point in stretch)
    assert 3 <= len(plan.ticks) <= 12
    assert plan.ticks[0].at == 0
    assert plan.ticks[-1].at == 1


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_share_and_its_target_never_hide_each_other(share: int, target: int) -> None:
    chart = Chart(
        ChartKind.BARS_WITH_LINE,
        "",
        ("2026",),
        (Series("a", (f"{share / 10:.1f}",)), Series("b", (f"{target / 10:.1f}",), line=True)),
    )
    height = 0.06
    first, second = layout(chart, height).labels
    assert abs(first.bottom - second.bottom) >= height - 1e-9
    point = layout(chart, height).lines[0].stretches[0][0]
    assert not second.bottom < point.y < second.bottom + height


def test_the_numbers_as_a_table() -> None:
    table = as_table(samples.chart())
    assert [cell.text for cell in table.head[0]] == [
        "", "Меншікті кірістердің үлесі, %", "Нысаналы мән, %"
    ]  # fmt: skip
    assert table.rows[2].cells[1] == PercentCell(None)
    assert table.rows[4].cells[1:] == (PercentCell("19.2"), PercentCell("33.0"))
    without = as_table(replace(samples.chart(), unit=""))
    assert without.head[0][1].text == "Меншікті кірістердің үлесі"


def waterfall(*steps: str) -> Chart:
    """From 20 through some steps to where they lead."""
    after = str(sum((Decimal(step) for step in steps), Decimal(20)))
    nothing: tuple[str | None, ...] = (None,) * len(steps)
    up = tuple(step if Fraction(step) > 0 else None for step in steps)
    down = tuple(step if Fraction(step) <= 0 else None for step in steps)
    series = (
        Series("total", ("20", *nothing, after)),
        Series("up", (None, *up, None)),
        Series("down", (None, *down, None)),
    )
    return Chart(ChartKind.WATERFALL, "", ("a", *(str(n) for n in range(len(steps))), "b"), series)


def test_a_waterfalls_steps_begin_where_the_one_before_ended() -> None:
    plan = layout(waterfall("4", "-1"))
    first, up, down, last = sorted(plan.bars, key=lambda bar: bar.category)
    assert up.bottom == pytest.approx(first.top)
    assert down.top == pytest.approx(up.top)
    assert last.top == pytest.approx(down.bottom)
    assert {label.text for label in plan.labels} == {"20", "+4", "-1", "23"}
    assert len({up.fill, down.fill, first.fill}) == 3
    assert first.bottom == last.bottom == 0


@given(
    st.lists(st.integers(-300, 300).map(lambda tenths: str(Decimal(tenths) / 100)), min_size=1, max_size=10)
)
def test_a_waterfall_stands_inside_the_area(steps: list[str]) -> None:
    plan = layout(waterfall(*steps))
    assert all(0 <= bar.bottom <= bar.top <= 1 for bar in plan.bars)
    assert len(plan.bars) == len(steps) + 2
