"""A draft's rows in the database: read into a sheet, and written edit by edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session, object_session

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.findings_store import unpack
from akimat_desk.budget.decisions.records import line_of
from akimat_desk.budget.decisions.tables import (
    BudgetDocument,
    BudgetDraftLine,
    BudgetFigure,
    BudgetLineRow,
    BudgetNote,
)
from akimat_desk.budget.drafts.cells import BY_HAND, Cell, LineKey, Note
from akimat_desk.budget.drafts.loading import StoredYear, make_sheet
from akimat_desk.budget.drafts.nodes import SUMMED
from akimat_desk.budget.drafts.patches import Patch, RowWrite
from akimat_desk.budget.drafts.sheet import DraftFacts, DraftSheet
from akimat_desk.budget.drafts.steps import YearText
from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.core.language import Language

_SECTIONS = list(Section)
_FEW_CODES = 200


def read_sheet(document: BudgetDocument, unit_label: str) -> DraftSheet:
    """The sheet of a stored document."""
    years = [row.year for row in document.years]
    stored = {year: StoredYear(is_carried=True) for year in years}
    for row in document.lines:
        origin = Origin(row.origin)
        cell = Cell(row.amount, origin, row.entered_by or "", row.entered_at, row.raw)
        if origin in BY_HAND and row.raw:
            cell = Cell(None, origin, row.entered_by or "", row.entered_at, row.raw)
        stored[row.year].rows.append((line_of(row), cell))
        if origin is not Origin.CARRIED:
            stored[row.year].is_carried = False
    for year in document.years:
        figures = {Figure(f.figure): f for f in document.figures if f.year == year.year}
        if figures:
            stored[year.year].text = YearText(
                {figure: row.amount for figure, row in figures.items()},
                frozenset(figure for figure, row in figures.items() if row.origin == Origin.CARRIED),
                Figure(year.last_figure) if year.last_figure else None,
            )
    facts = DraftFacts(
        document_id=document.id,
        unit_id=document.unit_id,
        unit_label=unit_label,
        first_year=document.first_year,
        years=tuple(years),
        language=Language(document.language),
        date=document.date,
        annexes=tuple(row.annex for row in document.years),
        before=_stated_before(document, years),
    )
    kept = [
        (
            LineKey(Section(row.section), row.line),
            Note(row.note, row.noted_by or "", row.noted_at) if row.note else None,
        )
        for row in document.draft_lines
    ]
    notes = [unpack(note.code, note.severity, note.content) for note in document.notes]
    return make_sheet(facts, [stored[year] for year in years], kept, notes, document.revision)


def _stated_before(document: BudgetDocument, years: Sequence[int]) -> tuple[frozenset[Section], ...] | None:
    """Of which sections the edition that a document changes states amounts, year by year."""
    session = object_session(document)
    if document.based_on_id is None or session is None:
        return None
    line, figure = BudgetLineRow, BudgetFigure
    found = {
        (row.year, Section(row.section))
        for row in session.execute(
            select(line.year, line.section)
            .where(line.document_id == document.based_on_id, line.amount.is_not(None))
            .distinct()
        )
    }
    totals = {total.value: section for section, total in SECTION_TOTAL.items()}
    found |= {
        (row.year, totals[row.figure])
        for row in session.execute(
            select(figure.year, figure.figure).where(
                figure.document_id == document.based_on_id, figure.figure.in_(totals)
            )
        )
    }
    return tuple(frozenset(section for known, section in found if known == year) for year in years)


def write_patch(session: Session, document: BudgetDocument, patch: Patch) -> None:
    """Write what an edit changed; the document's other rows are not touched."""
    by_year: dict[int, list[RowWrite]] = {}
    for row in patch.rows:
        by_year.setdefault(row.year, []).append(row)
    for year, rows in by_year.items():
        _write_rows(session, document.id, year, rows)
    for line in patch.lines:
        _write_kept(session, document.id, line.key, line.kept, line.note)
    for year, text in patch.texts:
        _write_text(session, document, year, text)
    document.revision = patch.revision + 1
    session.flush()
    session.expire(document)


def _write_rows(session: Session, document_id: int, year: int, writes: Sequence[RowWrite]) -> None:
    table = BudgetLineRow
    asked: list[ColumnElement[bool]] = [table.document_id == document_id, table.year == year]
    codes = {write.record.code.stored for write in writes if write.record.code is not None}
    if len(codes) <= _FEW_CODES:  # a typed figure: the other thousands of rows are not fetched
        asked.append(table.code.in_(codes) | table.code.is_(None))
    there = session.execute(
        select(table.id, table.section, table.code, table.figure, table.row, table.printed_name).where(*asked)
    ).all()
    known = {_identity(row.section, row.code, row.figure, row.row, row.printed_name): row.id for row in there}
    new: list[RowWrite] = []
    for write in writes:
        record = write.record
        identity = _identity(
            record.key.section.value,
            record.code.stored if record.code is not None else None,
            record.figure.value if record.figure is not None else None,
            write.paper,
            record.printed_name,
        )
        row_id = known.get(identity)
        if write.line is None:
            if row_id is not None:
                session.execute(delete(table).where(table.id == row_id))
        elif row_id is None:
            new.append(write)
        else:
            session.execute(update(table).where(table.id == row_id).values(**_amount(write)))
    if new:
        _insert_rows(session, document_id, year, new)
    _answer_notes(session, document_id, year, writes)


def _identity(
    section: str, code: str | None, figure: str | None, paper: int, printed: str
) -> tuple[object, ...]:
    if paper:
        return (section, paper)
    return (section, code, figure) if code or figure else (section, None, None, printed)


def _amount(write: RowWrite) -> dict[str, object]:
    line, came = write.line, write.came
    assert line is not None
    return {
        "amount": line.amount,
        "raw": came.raw,
        "origin": came.origin.value,
        "entered_by": came.by or None,
        "entered_at": came.at,
    }


def _insert_rows(session: Session, document_id: int, year: int, new: Sequence[RowWrite]) -> None:
    """Put rows where the classification has them among those that are there, and number them anew."""
    table = BudgetLineRow
    there = session.execute(
        select(table.id, table.section, table.code, table.figure)
        .where(table.document_id == document_id, table.year == year)
        .order_by(table.position)
    ).all()
    keyed: list[tuple[tuple[object, ...], int | RowWrite]] = []
    last: tuple[object, ...] = ()
    for row in there:
        own = _order(row.section, row.code, row.figure)
        # What has no place of its own (a row without a code) follows the row it was printed after.
        last = own if own is not None else last
        keyed.append((last, row.id))
    fresh = sorted(((_order_of(write), write) for write in new), key=lambda pair: pair[0])
    merged: list[int | RowWrite] = []
    waiting = list(reversed(fresh))
    for position, (own, row_id) in enumerate(keyed):
        # Only where every row from here on comes after it: paper may print its rows out of order.
        while waiting and own > waiting[-1][0] and not _comes_later(keyed, position, waiting[-1][0]):
            merged.append(waiting.pop()[1])
        merged.append(row_id)
    merged += [write for _, write in reversed(waiting)]
    session.execute(
        update(table)
        .where(table.document_id == document_id, table.year == year)
        .values(position=-table.position - 1)
        .execution_options(synchronize_session=False)
    )
    moved = [
        {"id": entry, "position": position} for position, entry in enumerate(merged) if isinstance(entry, int)
    ]
    if moved:
        session.execute(update(table), moved)
    for position, entry in enumerate(merged):
        if isinstance(entry, RowWrite):
            session.add(_new_row(document_id, year, position, entry))
    session.flush()


def _comes_later(
    keyed: Sequence[tuple[tuple[object, ...], int | RowWrite]], position: int, own: tuple[object, ...]
) -> bool:
    """Whether a row that comes before ``own`` by order is printed only further down, in the same section."""
    for other, _ in keyed[position:]:
        if other[0] != own[0]:
            return False
        if other < own:
            return True
    return False


def _order(section: str, code: str | None, figure: str | None) -> tuple[object, ...] | None:
    where = Section(section)
    number = _SECTIONS.index(where)
    if where in SUMMED:
        if code is not None:
            return (number, 1, 0, tuple(code.split("/")))
        return (number, 0, 0, ()) if figure is not None else None
    if figure is None:
        return None
    parts = SECTION_PARTS[where]
    own = Figure(figure)
    if own is SECTION_TOTAL[where]:
        return (number, 0, 0, ())
    return (number, 1, parts.index(own) if own in parts else len(parts), ())


def _order_of(write: RowWrite) -> tuple[object, ...]:
    record = write.record
    found = _order(
        record.key.section.value,
        record.code.stored if record.code is not None else None,
        record.figure.value if record.figure is not None else None,
    )
    return found or (_SECTIONS.index(record.key.section), 2, 0, ())


def _new_row(document_id: int, year: int, position: int, write: RowWrite) -> BudgetLineRow:
    line, record = write.line, write.record
    assert line is not None
    return BudgetLineRow(
        document_id=document_id,
        year=year,
        position=position,
        section=record.key.section.value,
        code=record.code.stored if record.code is not None else None,
        kind=record.kind.value,
        figure=record.figure.value if record.figure is not None else None,
        name_kk=record.name.kk,
        name_ru=record.name.ru,
        name_en=record.name.en,
        printed_name=record.printed_name,
        row=write.paper,
        **_amount(write),
    )


def _write_kept(session: Session, document_id: int, key: LineKey, kept: bool, note: Note | None) -> None:
    row = session.get(BudgetDraftLine, (document_id, key.section.value, key.line))
    if not kept:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = BudgetDraftLine(document_id=document_id, section=key.section.value, line=key.line)
        session.add(row)
    row.note = note.text if note is not None else ""
    row.noted_by = note.by if note is not None else None
    row.noted_at = note.at if note is not None else None


def _write_text(session: Session, document: BudgetDocument, year: int, text: YearText | None) -> None:
    session.execute(
        delete(BudgetFigure).where(BudgetFigure.document_id == document.id, BudgetFigure.year == year)
    )
    reached = ""
    if text is not None:
        for figure, amount in text.figures.items():
            origin = Origin.CARRIED if figure in text.carried else Origin.READ
            session.add(
                BudgetFigure(
                    document_id=document.id,
                    year=year,
                    figure=figure.value,
                    amount=amount,
                    origin=origin.value,
                )
            )
        reached = text.last_figure.value if text.last_figure is not None else ""
    for row in document.years:
        if row.year == year:
            row.last_figure = reached


def _answer_notes(session: Session, document_id: int, year: int, writes: Sequence[RowWrite]) -> None:
    """The reader's remark that an amount could not be read is answered once one stands there."""
    answered = {
        (write.record.key.section.value, str(write.record.code) if write.record.code else "")
        for write in writes
        if write.line is not None and write.line.amount is not None and write.came.origin in BY_HAND
    }
    if not answered:
        return
    notes = session.scalars(
        select(BudgetNote).where(
            BudgetNote.document_id == document_id, BudgetNote.code == "reader.amount_unreadable"
        )
    )
    for note in notes:
        where = unpack(note.code, note.severity, note.content).where
        if where.year == year and where.code and (where.section, where.code) in answered:
            session.delete(note)


def now() -> dt.datetime:
    """This moment, to the second: as precise as anyone needs to know who typed what."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
