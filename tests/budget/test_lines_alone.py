"""A year's text put into its lines: the figures stay the same, contradictions stay as adopted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akimat_desk.budget.balance_lines import check_lines
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.editions import YearContent
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.decisions.records import read_edition
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines_alone import in_lines
from akimat_desk.core.findings import Place
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import Workspace


@pytest.fixture
def year(workspace: Workspace, okrug: UnitView) -> YearContent:
    with workspace.reading() as session:
        last = decisions(session, okrug.id)[-1].id
        return read_edition(document_by_id(session, last)).years[2026]


def test_every_figure_stays(year: YearContent) -> None:
    made = in_lines(year)
    assert not made.has_text
    assert made.figures() == year.figures()
    assert [line for line in made.lines if line.row] == year.lines


def test_sections_that_the_annex_left_out_become_rows_in_their_place(year: YearContent) -> None:
    short = replace(
        year,
        lines=[
            line
            for line in year.lines
            if line.section in (Section.REVENUE, Section.EXPENDITURE) and line.figure is not Figure.NONTAX
        ],
        text_figures={**year.text_figures, Figure.NONTAX: 0, Figure.REVENUE_TOTAL: None},
    )
    made = in_lines(short)
    assert made.figures() | {Figure.REVENUE_TOTAL: None} == short.figures() | {Figure.REVENUE_TOTAL: None}
    figures = [line.figure for line in made.lines if line.figure is not None]
    assert figures == sorted(figures, key=list(Figure).index)
    nontax = next(line for line in made.lines if line.figure is Figure.NONTAX)
    assert str(nontax.code) == "2"
    assert not [f for f in check_lines(made.lines, Place()) if f.code.startswith("balance.sources")]


def test_what_contradicts_the_annex_stays_as_it_was_adopted(year: YearContent) -> None:
    other = replace(year, text_figures={**year.text_figures, Figure.COSTS: 5})
    assert in_lines(other) is other
    unprinted = replace(year, text_figures={**year.text_figures, Figure.SPECIAL_RECEIPTS: 700})
    assert in_lines(unprinted) is unprinted


def test_without_lines_or_without_a_text_there_is_nothing_to_do(year: YearContent) -> None:
    for content in (replace(year, lines=[]), replace(year, text_figures={})):
        assert in_lines(content) is content
