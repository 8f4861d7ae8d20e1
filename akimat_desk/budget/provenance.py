"""What a figure rests on: the documents that make it, its parts, its rule, who brought it in and when.

Questions only. A stored amount is followed back through the editions before it; an amount that an edition
carried over is that of the edition where it was last stated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.balance import IDENTITIES, STRUCTURE_SOURCE
from akimat_desk.budget.balance_lines import DETAIL_SOURCE
from akimat_desk.budget.decisions.details import SourceFile, source_of
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.questions import decision_summary
from akimat_desk.budget.decisions.records import line_of
from akimat_desk.budget.decisions.tables import (
    BudgetDocument,
    BudgetDraftLine,
    BudgetFigure,
    BudgetLineRow,
)
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.figures import SECTION_OF, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import DecisionSummary
from akimat_desk.classification.codes import Code, ExpenditureCode
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id

#: A total that the annex gives as the sum of its groups, not as a sum of figures.
_OF_LINES = frozenset({Figure.COSTS})


@dataclass(frozen=True, slots=True)
class Part:
    """An amount that another one is made of; ``sign`` is -1 where it is taken away."""

    place: AmountAt
    name: Trilingual
    printed_name: str
    amount: int | None
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What one document says of an amount.

    ``change`` is against the document before it (tiyn; None for the first). ``by`` and ``at`` (UTC) say
    who brought the amount in and when. ``source``, ``row`` and ``raw`` lead to the file: its data row and
    the amount as printed there. ``note`` is a person's remark on the line.
    """

    document: DecisionSummary
    amount: int | None
    change: int | None
    origin: Origin
    by: str
    at: dt.datetime
    confirmed_by: str
    confirmed_at: dt.datetime | None
    source: SourceFile | None
    row: int
    raw: str
    printed_name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """One stored amount explained.

    ``steps`` are the documents that stated or changed it, the oldest first, and always the one asked for.
    ``parts`` are what it is the sum of in that document; ``difference`` is stated less summed (0 where it
    closes, None where that cannot be said). ``rule`` is the key of the article.
    """

    place: AmountAt
    unit_name: Trilingual
    name: Trilingual
    printed_name: str
    amount: int | None
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    difference: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that a shown figure rests on."""

    grounds: Grounds
    trails: tuple[Trail, ...]


def explain(session: Session, grounds: Grounds) -> Explanation:
    """The documents, parts and rules behind a figure.

    Raises UsageProblem when a document is not there any more (a deleted draft).
    """
    return Explanation(grounds, tuple(trail(session, place) for place in grounds.amounts))


def trail(session: Session, place: AmountAt) -> Trail:
    """One stored amount explained. Raises UsageProblem for an unknown document."""
    document = document_by_id(session, place.document_id)
    said = [(each, _said(session, each.id, place)) for each in _chain(session, document)]
    steps: list[Step] = []
    before: int | None = None
    for each, found in said:
        stated = found is not None and found.origin is not Origin.CARRIED
        if each.id != document.id and (found is None or (not stated and found.amount == before)):
            continue
        steps.append(_step(session, each, place, found, before, first=not steps))
        before = found.amount if found is not None else None
    own = said[-1][1]
    parts = _parts(session, place)
    amount = own.amount if own is not None else None
    return Trail(
        place=place,
        unit_name=unit_by_id(session, document.unit_id).name,
        name=own.name if own is not None else Trilingual(),
        printed_name=own.printed_name if own is not None else "",
        amount=amount,
        steps=tuple(steps),
        parts=parts,
        difference=_difference(amount, parts),
        rule=STRUCTURE_SOURCE if place.figure is not None else DETAIL_SOURCE,
    )


# --- the documents of an amount ---------------------------------------------------------------------


def _chain(session: Session, document: BudgetDocument) -> list[BudgetDocument]:
    """A document and the editions that it rests on, the oldest first."""
    chain = [document]
    while chain[-1].based_on_id is not None:
        chain.append(document_by_id(session, chain[-1].based_on_id))
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a document holds at a place."""

    amount: int | None
    origin: Origin
    name: Trilingual
    printed_name: str
    row: int
    raw: str
    by: str
    at: dt.datetime | None


def _said(session: Session, document_id: int, place: AmountAt) -> _Said | None:
    """A figure of the text before the annex's row of it, as everywhere; of a line all rows of its code."""
    rows = _rows_at(session, document_id, place)
    line = _of_rows(rows) if rows else None
    if place.figure is None:
        return line
    figure = session.get(BudgetFigure, (document_id, place.year, place.figure.value))
    if figure is None:
        return line
    same = line is not None and line.amount == figure.amount
    return _Said(
        amount=figure.amount,
        origin=Origin(figure.origin),
        name=line.name if line is not None else Trilingual(),
        printed_name=line.printed_name if line is not None else "",
        row=line.row if line is not None and same else 0,
        raw=line.raw if line is not None and same else "",
        by=line.by if line is not None and same else "",
        at=line.at if line is not None and same else None,
    )


def _of_rows(rows: Sequence[BudgetLineRow]) -> _Said:
    first = rows[0]
    amounts = [row.amount for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return _Said(
        amount=sum(known) if len(known) == len(amounts) else None,
        origin=Origin(first.origin),
        name=Trilingual(first.name_kk, first.name_ru, first.name_en),
        printed_name=first.printed_name,
        row=first.row,
        raw=" + ".join(row.raw for row in rows if row.raw),
        by=first.entered_by or "",
        at=first.entered_at,
    )


def _rows_at(session: Session, document_id: int, place: AmountAt) -> list[BudgetLineRow]:
    """The rows of a place: by code, else by figure, else by the printed name.

    A code without its subgroup, as the layout without them prints it, means every subgroup's line.
    """
    rows = _section_rows(session, document_id, place.year, place.section)
    if place.code:
        found = [row for row in rows if row.code is not None and _same(row.code, place.code)]
        return found or [row for row in rows if _is_without_subgroup(row.code, place.code)]
    if place.figure is not None:
        return [row for row in rows if row.figure == place.figure.value][:1]
    return [row for row in rows if row.code is None and row.printed_name == place.printed_name]


def _same(stored: str, wanted: str) -> bool:
    """Whether two codes are one, a step that paper leaves out being left out or empty."""
    return stored == wanted or [s for s in stored.split("/") if s] == [s for s in wanted.split("/") if s]


def _is_without_subgroup(stored: str | None, wanted: str) -> bool:
    if stored is None or "//" not in wanted:
        return False
    steps, asked = stored.split("/"), wanted.split("/")
    return len(steps) == len(asked) and [steps[0], *steps[2:]] == [asked[0], *asked[2:]]


def _section_rows(session: Session, document_id: int, year: int, section: Section) -> list[BudgetLineRow]:
    return list(
        session.scalars(
            select(BudgetLineRow)
            .where(
                BudgetLineRow.document_id == document_id,
                BudgetLineRow.year == year,
                BudgetLineRow.section == section.value,
            )
            .order_by(BudgetLineRow.position)
        )
    )


def _step(
    session: Session,
    document: BudgetDocument,
    place: AmountAt,
    found: _Said | None,
    before: int | None,
    *,
    first: bool,
) -> Step:
    amount = found.amount if found is not None else None
    known = not first and (before is not None or amount is not None)
    origin = found.origin if found is not None else Origin.CARRIED
    # What was carried or read came with the document; what was typed has a person of its own.
    own = found is not None and found.by != ""
    is_read = origin is Origin.READ
    return Step(
        document=decision_summary(session, document.id),
        amount=amount,
        change=(amount or 0) - (before or 0) if known else None,
        origin=origin,
        by=found.by if found is not None and own else document.created_by,
        at=found.at if found is not None and found.at is not None else document.created_at,
        confirmed_by=document.confirmed_by or "",
        confirmed_at=document.confirmed_at,
        source=source_of(session, document.attachment_id) if is_read else None,
        row=found.row if found is not None and is_read else 0,
        raw=found.raw if found is not None and is_read else "",
        printed_name=found.printed_name if found is not None and is_read else "",
        note=_note(session, document.id, place),
    )


def _note(session: Session, document_id: int, place: AmountAt) -> str:
    """A person's remark on the line, kept beside its amounts."""
    if place.code:
        line = place.code
    elif place.figure is not None and SECTION_TOTAL[place.section] is not place.figure:
        line = LineKey.of_figure(place.figure).line if place.section is not Section.REVENUE else ""
    else:
        line = f"#{place.printed_name}" if place.printed_name else ""
    if not line:
        return ""
    kept = session.get(BudgetDraftLine, (document_id, place.section.value, line))
    return kept.note if kept is not None else ""


# --- what an amount is made of ----------------------------------------------------------------------


def _parts(session: Session, place: AmountAt) -> tuple[Part, ...]:
    """By article 9 for a figure of the structure, else the lines right below it."""
    if place.figure is not None and place.figure not in _OF_LINES and not place.code:
        parts = _figures(session, place)
        if parts:
            return parts
    rows = _section_rows(session, place.document_id, place.year, place.section)
    lines = [line_of(row) for row in rows]
    return tuple(_part(place, line) for line in _below(place, lines))


def _figures(session: Session, place: AmountAt) -> tuple[Part, ...]:
    """The figures that a figure is made of; for financing its sources where any is stated."""
    for identity in IDENTITIES:
        if identity.figure is not place.figure or identity.code == "balance.financing":
            continue
        signed = [(figure, 1) for figure in identity.plus] + [(figure, -1) for figure in identity.minus]
        parts = []
        for figure, sign in signed:
            at = AmountAt(place.document_id, place.year, SECTION_OF[figure], figure=figure)
            rows = _rows_at(session, place.document_id, at)
            if rows and rows[0].code:
                at = AmountAt.of_line(place.document_id, place.year, line_of(rows[0]))
            found = _said(session, place.document_id, at)
            if found is not None:
                parts.append(Part(at, found.name, found.printed_name, found.amount, sign))
        if parts:
            return tuple(parts)
    return ()


def _part(place: AmountAt, line: BudgetLine) -> Part:
    at = AmountAt.of_line(place.document_id, place.year, line)
    return Part(at, line.name, line.printed_name, line.amount)


def _below(place: AmountAt, lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The lines of the nearest level that stand under a line of the same section."""
    coded = [line for line in lines if line.code is not None and not _same(line.code.stored, place.code)]
    if place.code:
        coded = [line for line in coded if line.code is not None and _is_under(line.code, place)]
    elif place.figure is not SECTION_TOTAL[place.section]:
        return []
    codes = {line.code for line in coded}
    return [line for line in coded if line.code is not None and codes.isdisjoint(_above(line.code))]


def _is_under(code: Code, place: AmountAt) -> bool:
    upper = [each.stored for each in _above(code)]
    return any(_same(each, place.code) or _is_without_subgroup(each, place.code) for each in upper)


def _above(code: Code) -> list[Code]:
    """The codes above a code, the nearest first; those without their subgroup too."""
    found: list[Code] = []
    upper: Code | None = code.parent
    while upper is not None:
        found.append(upper)
        upper = upper.parent
    bare = [
        ExpenditureCode(c.functional_group, "", c.administrator, c.program, c.subprogram)
        for c in found
        if isinstance(c, ExpenditureCode) and c.subgroup and c.administrator
    ]
    return [*found, *bare]


def _difference(amount: int | None, parts: Sequence[Part]) -> int | None:
    """Stated less summed; a part that is not stated leaves it open."""
    if amount is None or not parts or any(part.amount is None for part in parts):
        return None
    return amount - sum(part.sign * (part.amount or 0) for part in parts)
