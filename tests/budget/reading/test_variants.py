"""What is written in any of the described ways reads back with the same figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.findings import Severity
from akimat_desk.core.money import from_thousands
from akimat_desk.intake import read_pasted
from . import variants
from .variants import Style, Unit

THOROUGH = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> ReadDecision:
    return read_decision(read_pasted(text))


def tiyn(figures: dict[Figure, Decimal]) -> dict[Figure, int | None]:
    return {figure: from_thousands(figures[figure]) if figure in figures else None for figure in Figure}


def assert_same(unit: ReadUnit, written: Unit, style: Style) -> None:
    assert unit.figures == tiyn(variants.printed_figures(written, style))
    assert unit.name == written.name
    assert unit.first_year == written.first_year
    assert unit.years == written.years
    assert unit.restated == []


def codes(unit: ReadUnit, *but: str) -> set[str]:
    return {finding.code for finding in unit.findings} - set(but)


@THOROUGH
@given(variants.printed(most_units=4))
def test_every_way_to_print_reads_back(case: tuple[list[Unit], Style]) -> None:
    units, style = case
    decision = read(variants.decision(units, style))
    assert decision.language == units[0].language
    assert len(decision.units) == len(units)
    for unit, written in zip(decision.units, units, strict=True):
        assert_same(unit, written, style)
        allowed = {"reader.line_assumed_zero"} | ({"reader.mixed_alphabet"} if style.latin else set())
        assert codes(unit) <= allowed
    assert decision.not_understood == []
