"""Editions into rows and rows into editions: the only place that knows how a document is kept."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Edition, Origin, YearContent
from akimat_desk.budget.decisions.findings_store import pack, unpack
from akimat_desk.budget.decisions.tables import (
    BudgetDocument,
    BudgetDocumentYear,
    BudgetFigure,
    BudgetLineRow,
    BudgetNote,
)
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Trilingual


def write_edition(document: BudgetDocument, edition: Edition) -> None:
    """Put an edition's content into a document's rows (the document being new)."""
    for year in sorted(edition.years):
        content = edition.years[year]
        document.years.append(
            BudgetDocumentYear(
                year=year,
                annex=content.annex,
                last_figure=content.last_figure.value if content.last_figure else "",
            )
        )
        for figure, amount in content.text_figures.items():
            if amount is not None:
                origin = Origin.CARRIED if figure in content.carried else Origin.READ
                document.figures.append(
                    BudgetFigure(year=year, figure=figure.value, amount=amount, origin=origin.value)
                )
        for position, line in enumerate(content.lines):
            document.lines.append(_line_row(year, position, line, content.lines_origin))
    for position, finding in enumerate(edition.notes):
        document.notes.append(
            BudgetNote(
                position=position,
                code=finding.code,
                severity=finding.severity.value,
                content=pack(finding),
            )
        )


def insert_edition(session: Session, document: BudgetDocument, edition: Edition) -> None:
    """Keep a new document with its edition, the lines in one statement: packages bring thousands."""
    without_lines = {year: replace(content, lines=[]) for year, content in edition.years.items()}
    write_edition(document, replace(edition, years=without_lines))
    session.add(document)
    session.flush()
    rows = [
        {"document_id": document.id, **_line_values(year, position, line, content.lines_origin)}
        for year, content in edition.years.items()
        for position, line in enumerate(content.lines)
    ]
    if rows:
        session.execute(insert(BudgetLineRow), rows)
    session.expire(document, ["lines"])


def read_edition(document: BudgetDocument) -> Edition:
    """The edition that a document holds."""
    years = {
        row.year: YearContent(
            year=row.year,
            annex=row.annex,
            last_figure=Figure(row.last_figure) if row.last_figure else None,
        )
        for row in document.years
    }
    for stored in document.figures:
        content = years[stored.year]
        content.text_figures[Figure(stored.figure)] = stored.amount
        if stored.origin == Origin.CARRIED:
            content.carried |= {Figure(stored.figure)}
    touched: set[int] = set()
    for row in document.lines:
        content = years[row.year]
        content.lines.append(line_of(row))
        if row.origin != Origin.CARRIED:
            touched.add(row.year)
    for year, content in years.items():
        # An annex is "of the edition before" as long as nothing in it was typed or read anew.
        content.lines_origin = Origin.CARRIED if content.lines and year not in touched else Origin.READ
    return Edition(
        first_year=document.first_year,
        years=years,
        notes=[unpack(note.code, note.severity, note.content) for note in document.notes],
    )


def _line_row(year: int, position: int, line: BudgetLine, origin: Origin) -> BudgetLineRow:
    return BudgetLineRow(**_line_values(year, position, line, origin))


def _line_values(year: int, position: int, line: BudgetLine, origin: Origin) -> dict[str, object]:
    return {
        "year": year,
        "position": position,
        "section": line.section.value,
        "code": line.code.stored if line.code is not None else None,
        "kind": line.kind.value,
        "figure": line.figure.value if line.figure else None,
        "name_kk": line.name.kk,
        "name_ru": line.name.ru,
        "name_en": line.name.en,
        "printed_name": line.printed_name,
        "raw": line.raw,
        "row": line.row,
        "amount": line.amount,
        "origin": origin.value,
    }


def line_of(row: BudgetLineRow) -> BudgetLine:
    """A stored row as a plain line."""
    section = Section(row.section)
    code: Code | None = None
    if row.code is not None:
        code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
        code = code_type.from_stored(row.code)
    return BudgetLine(
        section=section,
        code=code,
        name=Trilingual(row.name_kk, row.name_ru, row.name_en),
        amount=row.amount,
        kind=LineKind(row.kind),
        figure=Figure(row.figure) if row.figure else None,
        printed_name=row.printed_name,
        raw=row.raw,
        row=row.row,
    )
