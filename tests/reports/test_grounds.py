"""Every figure of every report says what it rests on, and that comes to the figure."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import FormView, facts, months_with_forms
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.grounds import AdjustmentAt, AmountAt, FormAt, Grounds
from akimat_desk.budget.plans.documents import PlanKind, PlanSummary
from akimat_desk.budget.plans.quarter import start_quarter_plan
from akimat_desk.budget.provenance.questions import explain
from akimat_desk.budget.provenance.values import Explanation
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain, half_up
from akimat_desk.core.strings import text
from akimat_desk.reports import document as doc
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.grid import shown
from akimat_desk.reports.registry import REPORTS, build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Actor, Workspace

MOST = 60  # figures of a report that are explained, spread over it
ADDED = ("provenance.formula.adjusted", "provenance.formula.touched", "provenance.formula.lines")


@pytest.fixture(scope="module")
def session(example_file: Path) -> Iterator[Session]:
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as reading:
        yield reading


def figures(documents: list[doc.ReportDocument]) -> list[doc.AmountCell | doc.PercentCell]:
    return [
        cell
        for document in documents
        for block in document.blocks
        if isinstance(block, doc.Table)
        for row in block.rows
        for cell in row.cells
        if (isinstance(cell, doc.AmountCell) and cell.tiyn is not None)
        or (isinstance(cell, doc.PercentCell) and cell.value is not None)
    ]


def sum_of(found: Explanation) -> int:
    return sum(trail.amount or 0 for trail in found.trails)


def explained(session: Session, documents: list[doc.ReportDocument]) -> None:
    """Every figure has grounds; of many of them each says how, and what is stated comes to the figure."""
    cells = figures(documents)
    assert all(cell.grounds is not None for cell in cells)
    for cell in cells[:: max(1, len(cells) // MOST)]:
        assert cell.grounds is not None
        found = explain(session, cell.grounds)
        says_how(found)
        adds_up = cell.grounds.formula in ("", *ADDED)
        if isinstance(cell, doc.AmountCell) and adds_up:
            assert sum_of(found) == cell.tiyn, cell.grounds


#: What the example has nothing for, or what is weighed by a person and not yet led back to papers.
ELSEWHERE = ("quarter_plan", "ratio_scenarios", "ratio_peers")


@pytest.mark.parametrize("report_id", [each for each in REPORTS if each not in ELSEWHERE])
def test_every_figure_of_a_report_rests_on_something(session: Session, report_id: str) -> None:
    explained(session, build(report_id, session, 1, 2026, DocLanguage.KK))


def test_of_a_first_quarter_too(example_file: Path, tmp_path: Path) -> None:
    shutil.copy(example_file, tmp_path / "okrug.akimat")
    with Workspace.open(tmp_path / "okrug.akimat") as workspace:
        start_quarter_plan(workspace, DEFAULT_ACTOR, 1, 2027)
        with workspace.reading() as session:
            explained(session, build("quarter_plan", session, 1, 2027, DocLanguage.RU))
        workspace.close(make_backup=False)


def cell(session: Session, name: str, column: int, **options: object) -> doc.AmountCell | doc.PercentCell:
    """The cell of a report on execution in the row with this name."""
    (document,) = build("execution", session, 1, 2026, DocLanguage.RU, **options)
    table = next(block for block in document.blocks if isinstance(block, doc.Table))
    row = next(row for row in table.rows if shown(row.cells[1]).startswith(name))
    found = row.cells[column]
    assert isinstance(found, doc.AmountCell | doc.PercentCell)
    return found


def test_what_was_executed_leads_to_the_form_its_rows_and_its_file(session: Session) -> None:
    paid = cell(session, "Обеспечение функционирования автомобильных дорог", 9)
    assert paid.grounds is not None
    (trail,) = explain(session, paid.grounds).trails
    assert trail.what.ru == "Оплаченные обязательства, январь–октябрь"
    assert trail.rule == "source.form_4_20"
    (step,) = trail.steps
    assert isinstance(step.document, FormView)
    assert step.document.month.month == 10
    assert step.source is not None
    # From the program to a specific, which stands in one row of the file.
    while trail.parts:
        place = trail.parts[0].place
        assert isinstance(place, FormAt)
        (trail,) = explain(session, Grounds((place,))).trails
    (step,) = trail.steps
    assert step.source is not None
    assert step.row > 0


def test_the_plan_leads_to_the_plan_and_its_changes(session: Session) -> None:
    plan = cell(session, "II. Затраты", 5)
    assert plan.grounds is not None
    (trail,) = explain(session, plan.grounds).trails
    assert trail.what.ru == "План по платежам, январь–октябрь"
    kinds = [step.document.kind for step in trail.steps if isinstance(step.document, PlanSummary)]
    assert kinds[0] is PlanKind.PLAN
    assert trail.steps[-1].amount == trail.amount


def test_an_adjusted_amount_is_the_edition_and_the_adjustments(session: Session) -> None:
    adjusted = cell(session, "Обеспечение функционирования автомобильных дорог", 4)
    assert adjusted.grounds is not None
    edition, change = explain(session, adjusted.grounds).trails
    assert isinstance(edition.place, AmountAt)
    assert isinstance(change.place, AdjustmentAt)
    assert change.amount == from_plain("900")
    assert change.rule == "source.bc_98_4"  # moved between programs
    assert sum_of(explain(session, adjusted.grounds)) == from_plain("14870")


def test_a_share_shows_both_its_figures(session: Session) -> None:
    share = cell(session, "II. Затраты", 11)
    assert share.grounds is not None
    assert share.grounds.rule == "source.bc_120"
    done, whole = explain(session, share.grounds).trails
    assert done.amount is not None
    assert whole.amount
    assert isinstance(share, doc.PercentCell)
    assert share.value == str(half_up(Fraction(done.amount * 100, whole.amount), 1))


def test_the_deficit_is_reckoned_by_article_9(session: Session) -> None:
    deficit = cell(session, "V. Дефицит", 9)
    assert isinstance(deficit, doc.AmountCell)
    assert deficit.grounds is not None
    assert deficit.grounds.rule == "source.bc_9"
    came, went, lent, bought = (trail.amount or 0 for trail in explain(session, deficit.grounds).trails)
    assert deficit.tiyn == came - went - lent - bought
    balances = cell(session, "Используемые остатки", 9)
    assert isinstance(balances, doc.AmountCell)
    assert balances.tiyn == -(deficit.tiyn or 0)


def test_a_corrected_form_is_shown_with_what_it_corrected(example_file: Path, tmp_path: Path) -> None:
    shutil.copy(example_file, tmp_path / "okrug.akimat")
    with Workspace.open(tmp_path / "okrug.akimat") as workspace:
        month = Month(2026, 10)
        with workspace.reading() as session:
            forms = months_with_forms(session, 1, 2026)[10]
            form = next(each for each in forms if each.kind is FormKind.RECEIPTS)
            lines = facts(session, form)
        first = lines[0]
        more = {**first.amounts, Measure.RECEIVED: (first.amounts[Measure.RECEIVED] or 0) + 100_00}
        corrected = [replace(first, amounts=more), *lines[1:]]
        save_typed(workspace, Actor("бухгалтер"), 1, FormKind.RECEIPTS, month, corrected)
        with workspace.reading() as session:
            received = cell(session, "I. Доходы", 9)
            assert received.grounds is not None
            (trail,) = explain(session, received.grounds).trails
        workspace.close(make_backup=False)
    printed, typed = trail.steps
    assert (printed.origin, typed.origin) == (Origin.READ, Origin.TYPED)
    assert typed.change == 100_00
    assert typed.by == "бухгалтер"
    assert typed.amount == trail.amount


def says_how(found: Explanation) -> None:
    """A formula or the amount itself, the rule, and of what is no formula the documents."""
    grounds = found.grounds
    if grounds.formula:
        assert text(grounds.formula, Language.KK)
    assert grounds.rule or all(trail.rule or trail.value for trail in found.trails)
    for trail in found.trails:
        assert not trail.difference, trail.place
        if trail.amount is not None and not trail.value:
            assert trail.steps, trail.place
            assert all(step.by and step.at for step in trail.steps)
