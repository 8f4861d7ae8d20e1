"""What is written reads back with the same figures: the reports through our own reader of decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.text import fold
from akimat_desk.intake.content import Cell, FileKind, Paragraph, SourceDocument, Table
from akimat_desk.reports import document as doc
from akimat_desk.reports.definitions.annex import annex
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.decision_text import decision_text
from akimat_desk.reports.grid import body_of, head_of, shown
from tests.reports.views_for_tests import UNIT, irtysh

ONE_LANGUAGE = [DocLanguage.KK, DocLanguage.RU]


def as_source(documents):
    """The documents as a Word file would bring them back."""
    blocks = []
    for document in documents:
        for block in document.blocks:
            line = len(blocks) + 1
            if isinstance(block, doc.Heading | doc.Text):
                blocks.append(Paragraph(block.text, line, isinstance(block, doc.Heading)))
            elif isinstance(block, doc.Table):
                rows = tuple(
                    tuple(Cell(shown(p.cell), p.column, p.colspan, p.rowspan) for p in row)
                    for row in (*head_of(block), *body_of(block))
                )
                blocks.append(Table(rows, line))
    return SourceDocument(FileKind.DOCX, "written.docx", "", blocks)


def only_unit(decision):
    (unit,) = decision.units
    return unit


@pytest.mark.parametrize("language", ONE_LANGUAGE)
@pytest.mark.parametrize("year", [2023, 2026])
def test_the_decision_and_its_annexes(language, year):
    view = irtysh(year)
    years = view.decision.years
    annexes = [
        annex(replace(view, year=each), UNIT, language, number=number)
        for number, each in enumerate(years, start=1)
    ]
    decision = read_decision(as_source([decision_text(view, UNIT, language), *annexes]))
    unit = only_unit(decision)
    assert (decision.number, decision.date) == (view.decision.number, view.decision.date)
    assert fold(unit.name) == fold(UNIT.name.text(language.languages[0]))
    assert unit.years == list(years)
    assert unit.figures == view.figures
    assert decision.not_understood == []
    assert [(a.number, a.year) for a in unit.annexes] == list(enumerate(years, start=1))
    for written in unit.annexes:
        got = [(line.code, line.amount, line.kind) for line in written.lines if line.code is not None]
        assert got == [(line.code, line.amount, line.kind) for line in view.lines]
        assert {f.code for f in written.findings} == set()


AMOUNT = st.integers(0, 10**7).map(lambda steps: steps * DECISION_STEP)


@st.composite
def balanced(draw):
    """The figures of a budget that balances, every one of them stated."""
    parts = {
        figure: draw(AMOUNT)
        for figure in (
            Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES, Figure.TRANSFERS, Figure.COSTS,
            Figure.BUDGET_CREDITS, Figure.CREDIT_REPAYMENTS, Figure.FIN_ASSETS_PURCHASE,
            Figure.FIN_ASSETS_SALE, Figure.LOANS_IN, Figure.LOANS_REPAID,
        )
    }  # fmt: skip
    figures = no_figures() | parts
    own = parts[Figure.TAX] + parts[Figure.NONTAX] + parts[Figure.CAPITAL_SALES]
    figures[Figure.REVENUE_TOTAL] = revenue = own + parts[Figure.TRANSFERS]
    figures[Figure.NET_LENDING] = lending = parts[Figure.BUDGET_CREDITS] - parts[Figure.CREDIT_REPAYMENTS]
    assets = parts[Figure.FIN_ASSETS_PURCHASE] - parts[Figure.FIN_ASSETS_SALE]
    figures[Figure.FIN_ASSETS_BALANCE] = assets
    figures[Figure.DEFICIT] = deficit = revenue - parts[Figure.COSTS] - lending - assets
    figures[Figure.DEFICIT_FINANCING] = -deficit
    figures[Figure.BALANCES_USED] = -deficit - parts[Figure.LOANS_IN] + parts[Figure.LOANS_REPAID]
    if draw(st.booleans()):
        figures[Figure.SPECIAL_RECEIPTS] = 0
    return figures


@given(balanced(), st.sampled_from(ONE_LANGUAGE))
@settings(deadline=None, max_examples=60)
def test_any_balanced_budget(figures, language):
    view = replace(irtysh(2026), figures=figures)
    decision = read_decision(as_source([decision_text(view, UNIT, language)]))
    unit = only_unit(decision)
    assert unit.figures == figures
    assert decision.not_understood == []
