"""The units of a raion as one: sums of what each decided, the ratio of sums and not the mean of ratios."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from akimat_desk.budget.consolidation import consolidate
from akimat_desk.budget.decisions.taking_in import assign_units, store, workspace_units
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.provenance.questions import explain
from akimat_desk.budget.reading.files import read_decision_data
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_thousands
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit
from akimat_desk.reports.definitions.consolidated import consolidated
from akimat_desk.reports.document import AmountCell, PercentCell, Table
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

TEXT = """
1. Утвердить бюджет {name} сельского округа на {year}-{last} годы согласно приложениям 1, 2 и 3
соответственно, в том числе на {year} год в следующих объемах:
1) доходы – {revenue} тысяч тенге, в том числе:
налоговые поступления – {tax} тысяч тенге;
поступления трансфертов – {transfers} тысяч тенге;
2) затраты – {revenue} тысяч тенге;
"""


@pytest.fixture
def raion(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "raion.akimat") as workspace:
        name = Trilingual("Үлгі ауданы", "Улгинский район")
        create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.RAION, name=name, kato="990100000")
        yield workspace


def decide(raion: Workspace, name: str, tax: int, transfers: int, year: int = 2026) -> None:
    """A decision of one okrug; amounts in thousand tenge."""
    written = TEXT.format(
        name=name, year=year, last=year + 2, revenue=tax + transfers, tax=tax, transfers=transfers
    )
    file = read_decision_data(written.encode(), f"{name}.txt")
    pairs = assign_units(file.decision, workspace_units(raion))
    store(raion, DEFAULT_ACTOR, file, pairs, confirm=True, reason="как принято")


def test_sums_and_the_two_kinds_of_average(raion: Workspace) -> None:
    decide(raion, "Акжарский", 10_000, 90_000)
    decide(raion, "Бериктасский", 300_000, 100_000)
    with raion.reading() as session:
        content = consolidate(session, 2026)
    assert content.figures[Figure.REVENUE_TOTAL] == from_thousands(500_000)
    assert content.own_revenue == from_thousands(310_000)
    assert content.from_above == from_thousands(190_000)
    assert content.without_transfers == from_thousands(310_000)
    # 310 of 500 is 62 %; the mean of 10 % and 75 % is another number.
    assert (content.ratio_percent, content.mean_percent) == (Decimal("62.0"), Decimal("42.5"))
    tops = {line.row.section: line for line in content.lines if line.row.above is None}
    assert (tops[Section.REVENUE].amount, tops[Section.REVENUE].units) == (from_thousands(500_000), 2)


def test_a_unit_without_a_budget_is_named(raion: Workspace) -> None:
    decide(raion, "Акжарский", 10_000, 90_000)
    decide(raion, "Бериктасский", 1, 1, year=2021)
    with raion.reading() as session:
        content = consolidate(session, 2026)
    assert [part.unit.name.ru for part in content.units] == ["Акжарский сельский округ"]
    assert [unit.name.ru for unit in content.missing] == ["Бериктасский сельский округ"]


def test_nothing_to_bring_together_is_said(raion: Workspace) -> None:
    with raion.reading() as session, pytest.raises(UsageProblem) as refused:
        consolidate(session, 2026)
    assert "2026" in refused.value.text(Language.KK)


def test_the_report_s_total_is_the_sum_of_its_rows(raion: Workspace) -> None:
    decide(raion, "Акжарский", 10_000, 90_000)
    decide(raion, "Бериктасский", 300_000, 100_000)
    with raion.reading() as session:
        content = consolidate(session, 2026)
    name = Trilingual("Үлгі ауданы", "Улгинский район")
    report = consolidated(content, ReportUnit(name, name), DocLanguage.BOTH)
    table = next(block for block in report.blocks if isinstance(block, Table))
    *rows, total = table.rows
    for column, cell in enumerate(total.cells):
        if isinstance(cell, AmountCell) and cell.tiyn is not None:
            parts = [row.cells[column] for row in rows]
            assert sum(part.tiyn or 0 for part in parts if isinstance(part, AmountCell)) == cell.tiyn
            assert cell.sum_of == tuple(range(len(rows)))


def test_every_amount_of_the_report_leads_to_the_units_that_state_it(raion: Workspace) -> None:
    decide(raion, "Акжарский", 10_000, 90_000)
    decide(raion, "Бериктасский", 300_000, 100_000)
    name = Trilingual("Үлгі ауданы", "Улгинский район")
    with raion.reading() as session:
        report = consolidated(consolidate(session, 2026), ReportUnit(name, name), DocLanguage.RU)
        by_units, by_lines = (block for block in report.blocks if isinstance(block, Table))
        amounts = [
            cell for table in (by_units, by_lines) for row in table.rows for cell in row.cells
            if isinstance(cell, AmountCell)
        ]  # fmt: skip
        assert sum(cell.tiyn is not None for cell in amounts) > 10
        for cell in amounts:
            if cell.tiyn is None:
                assert cell.grounds is None
                continue
            trails = explain(session, cell.grounds).trails
            assert sum(trail.amount for trail in trails) == cell.tiyn
        first, second, total = by_units.rows
        revenue = explain(session, total.cells[2].grounds)
    assert revenue.grounds.formula == "provenance.formula.units_sum"
    assert [trail.unit_name.ru for trail in revenue.trails] == [
        "Акжарский сельский округ", "Бериктасский сельский округ"
    ]  # fmt: skip
    assert not first.cells[2].grounds.formula
    ratios = [row.cells[-1] for row in (first, second, total)]
    assert all(isinstance(cell, PercentCell) for cell in ratios)
    assert [cell.grounds.formula for cell in ratios] == [
        "ratio.formula.total_revenue", "ratio.formula.total_revenue", "provenance.formula.units_ratio"
    ]  # fmt: skip
    assert ratios[2].grounds.amounts == ratios[0].grounds.amounts + ratios[1].grounds.amounts
