"""Ten published units followed by hand: ratio, gap and what would close it, on the figures as adopted."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.ratio.goals import position_of
from akimat_desk.budget.ratio.parts import Budget, above, below, take_apart
from akimat_desk.budget.ratio.peers import Peer, ranked
from akimat_desk.budget.ratio.seek import Growth, SeekLine, seek_line
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import DECISION_STEP, from_plain, half_up, plain
from akimat_desk.places.kinds import UnitKind

CASES = Path(__file__).parents[2] / "data" / "cases" / "decisions.json"
UNITS = {unit["id"]: unit for unit in json.loads(CASES.read_text("utf-8"), parse_float=str, parse_int=str)}
TARGET = Decimal(33)


def apart(unit: str) -> Budget:
    """The budget of a published unit, by the figures of its decision's text."""
    figures = no_figures()
    for name, amount in UNITS[unit]["figures"].items():
        figures[Figure(name)] = None if amount is None else from_plain(amount)
    return take_apart(figures, [], int(UNITS[unit]["first_year"]))


def peer(number: int, unit: str) -> Peer:
    """A published unit among others."""
    budget, variant = apart(unit), Variant.TOTAL_REVENUE
    name = Trilingual(UNITS[unit]["unit_name"])
    return Peer(number, name, UnitKind.OKRUG, None, above(budget, variant), below(budget, variant), ())


@pytest.mark.parametrize(
    ("unit", "own", "of_revenue", "of_costs", "growth", "growth_of_costs"),
    [
        ("U004", "1344", "5.1", "5.1", "10904", "7378.4"),  # Кеңащы ауылы, 2023
        ("U005", "13854", "37.0", "37.0", "0", "0"),  # Ергольский сельский округ, 2026
        ("U008", "14954", "41.5", "41.5", "0", "0"),  # Комсомольский сельский округ, 2026
        ("U013", "44006", "10.4", "10.3", "142076.6", "97564"),  # село Актогай, 2025
        ("U018", "8460", "20.7", "20.7", "7492.3", "5019.9"),  # Новобратск ауылдық округі, 2026
        ("U022", "41585", "75.7", "75.7", "0", "0"),  # Бель-Агачский сельский округ, 2026
        ("U031", "12780", "17.1", "16.4", "17644.1", "12886.1"),  # Дөң ауылдық округі, 2024
        ("U047", "5445", "1.6", "1.6", "156366", "104963.7"),  # Антоновка ауылдық округі, 2022
        ("U052", "60659", "42.9", "42.6", "0", "0"),  # Успенский сельский округ, 2025
        ("U070", "10290", "19.1", "19.1", "11218.2", "7516.2"),  # Донецк ауылдық округі, 2026
    ],
)
def test_ten_published_units(
    unit: str, own: str, of_revenue: str, of_costs: str, growth: str, growth_of_costs: str
) -> None:
    """Worked out with a pocket calculator: (0.33·D − O)/0.67 and 0.33·D − O, upwards to 0.1."""
    budget = apart(unit)
    for variant, ratio, missing in (
        (Variant.TOTAL_REVENUE, of_revenue, growth),
        (Variant.COSTS, of_costs, growth_of_costs),
    ):
        assert plain(above(budget, variant)) == own
        share = Fraction((above(budget, variant) or 0) * 100, below(budget, variant) or 1)
        assert str(half_up(share, 1)) == ratio
        position = position_of(budget, variant, Growth.TOTAL_GROWS, TARGET)
        assert position is not None
        answer = seek_line(position, SeekLine("tax", budget.figures[Figure.TAX] or 0))
        assert plain(answer.growth) == missing
        assert position.reaches(answer.growth or 0)
        assert not answer.growth or not position.reaches(answer.growth - DECISION_STEP)


def test_a_group_of_published_units_has_the_ratio_of_the_sums() -> None:
    """213 377 of 1 221 312.2 is 17.5 %; the mean of the ten ratios would say 27.1 %."""
    ten = ("U004", "U005", "U008", "U013", "U018", "U022", "U031", "U047", "U052", "U070")
    mine, *others = [peer(number, unit) for number, unit in enumerate(ten)]
    found = ranked(2026, Variant.TOTAL_REVENUE, mine, others, by_people=False)
    assert found.group is not None
    assert half_up(found.group, 1) == Decimal("17.5")
    mean = sum((each.percent or Fraction(0) for each in found.similar), Fraction(0)) / 10
    assert half_up(mean, 1) == Decimal("27.1")
    assert found.place == 9  # Кеңащы ауылы, before Антоновка
