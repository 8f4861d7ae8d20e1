"""Helpers of the tests of drafts: empty sheets, codes, and a sheet made again from nothing."""

from __future__ import annotations

import datetime as dt

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.cells import Cell, LineKey, Stamp
from akimat_desk.budget.drafts.edits import Edit
from akimat_desk.budget.drafts.loading import StoredYear, make_sheet
from akimat_desk.budget.drafts.sheet import DraftFacts, DraftSheet
from akimat_desk.budget.drafts.steps import Step
from akimat_desk.budget.figures import Section
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.core.language import Language

YEARS = (2026, 2027, 2028)
STAMP = Stamp("tester", dt.datetime(2026, 1, 5, 6, 0, tzinfo=dt.UTC))


def facts(years: tuple[int, ...] = YEARS) -> DraftFacts:
    return DraftFacts(1, 1, "Тестбұлақ", years[0], years, Language.KK, dt.date(years[0] - 1, 12, 20))


def empty(years: tuple[int, ...] = YEARS) -> DraftSheet:
    return make_sheet(facts(years), [StoredYear() for _ in years])


def revenue(text: str) -> RevenueCode:
    return RevenueCode(*text.split("/"))


def costs(text: str) -> ExpenditureCode:
    return ExpenditureCode(*text.split("/"))


def key(text: str) -> LineKey:
    """ "1/04/1" of receipts, "07/3/124/008" of costs, "=balances_used" of III–VI."""
    if text.startswith("="):
        from akimat_desk.budget.figures import Figure

        return LineKey.of_figure(Figure(text[1:]))
    return LineKey(Section.REVENUE if len(text.split("/")[0]) == 1 else Section.EXPENDITURE, text)


def do(sheet: DraftSheet, edit: Edit) -> Step:
    step = edit.plan(sheet, STAMP)
    sheet.apply(step, STAMP)
    return step


def again(sheet: DraftSheet) -> DraftSheet:
    """The same content put together from nothing, every sum made anew."""
    years = []
    for index in range(len(sheet.years)):
        stored = StoredYear(text=sheet.texts[index], is_carried=sheet.is_carried[index])
        for node in sheet.nodes():
            line = node.line(index)
            if line is not None:
                cell = node.cells[index] or Cell(None, Origin.COMPUTED)
                stored.rows.append((line, cell))
        years.append(stored)
    kept = [
        (node.key, node.note)
        for node in sheet.nodes()
        if not node.is_section and (node.note or not any(node.is_stated(i) for i in range(len(years))))
    ]
    return make_sheet(sheet.facts, years, kept, sheet.notes, sheet.revision)


def state(sheet: DraftSheet) -> object:
    """Everything that can be seen of a sheet."""
    indexes = range(len(sheet.years))
    return (
        [
            (node.key, node.depth, tuple(node.cells), [node.value(i) for i in indexes], node.note)
            for node in sheet.nodes()
        ],
        tuple(sheet.texts),
        sheet.findings(),
        [(node.key, sorted(node.findings.items())) for node in sheet.nodes() if node.findings],
    )
