"""The akim's adjustments: those that moved an amount since its budget was approved, and one by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import moves
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.adjustments.store import adjustment_by_id, lines_of, standing, summary
from akimat_desk.budget.decisions.documents import known_from
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.grounds import AdjustmentAt, AmountAt
from akimat_desk.budget.provenance.said import named
from akimat_desk.budget.provenance.stored import codes_above, same_code
from akimat_desk.budget.provenance.values import Adjusted, Part, Step, Trail
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id


def adjustments_at(
    session: Session, chain: Sequence[BudgetDocument], place: AmountAt
) -> tuple[Adjusted, ...]:
    """The confirmed adjustments that moved an amount since the budget was approved, by date."""
    first, last = chain[0], chain[-1]
    if place.year != first.first_year:
        return ()
    days = [known_from(each) for each in chain if each.state != DocumentState.DRAFT]
    if last.state == DocumentState.DRAFT:
        days.append(last.date or dt.date.max)  # what is being drafted comes after all there is
    found = []
    for row in standing(session, first.unit_id, place.year, known_from(first)):
        amount = sum(moved_at(line, place) for line in lines_of([row]))
        if amount and row.date is not None:
            taken_in = any(row.date < day for day in days[1:])
            if last.state != DocumentState.DRAFT or taken_in:
                found.append(
                    Adjusted(
                        row.number,
                        row.date,
                        ground_of(row.ground).name,
                        amount,
                        row.created_by,
                        row.created_at,
                        taken_in,
                    )
                )
    return tuple(found)


def adjustment_trail(session: Session, place: AdjustmentAt) -> Trail:
    """What one adjustment adds to an amount, line by line. Raises UsageProblem for one that is not there."""
    row = adjustment_by_id(session, place.document_id)
    at = AmountAt(0, row.year, place.section, place.code, place.figure)
    lines = [(line, moved) for line in lines_of([row]) if (moved := moved_at(line, at))]
    amount = sum(moved for _, moved in lines)
    parts = tuple(
        Part(
            AdjustmentAt(row.id, line.section, _stored(line), line.figure),
            _line_name(line, row.year),
            "",
            moved,
        )
        for line, moved in lines
    )
    own = len(parts) == 1 and parts[0].place == place
    ground = ground_of(row.ground)
    return Trail(
        place=place,
        unit_name=unit_by_id(session, row.unit_id).name,
        name=_name(place, row.year, lines),
        printed_name="",
        amount=amount,
        steps=(
            Step(
                document=summary(row),
                amount=amount,
                change=None,
                origin=Origin.TYPED,
                by=row.created_by,
                at=row.created_at,
                confirmed_by=row.confirmed_by or "",
                confirmed_at=row.confirmed_at,
                source=None,
                row=0,
                raw="",
                printed_name="",
                note=row.reason,
            ),
        ),
        parts=() if own else parts,
        difference=0,
        rule=f"source.{ground.article}",
        year=row.year,
        what=ground.name,
    )


def _stored(line: AdjustedLine) -> str:
    return line.code.stored if line.code is not None else ""


def _name(place: AdjustmentAt, year: int, lines: Sequence[tuple[AdjustedLine, int]]) -> Trilingual:
    """The name of the line that is asked about; of a figure the figure's."""
    if place.figure is not None:
        return named(f"figure.{place.figure.value}")
    for line, _ in lines:
        if line.code is not None:
            for code in (line.code, *codes_above(line.code)):
                if same_code(code.stored, place.code):
                    entry = pack_for(year).lookup(code)
                    own = line.name if code == line.code else Trilingual()
                    return own or (entry.name if entry is not None else Trilingual())
    return Trilingual()


def _line_name(line: AdjustedLine, year: int) -> Trilingual:
    if line.code is None:
        return named(f"figure.{line.figure.value}") if line.figure is not None else Trilingual()
    entry = pack_for(year).lookup(line.code)
    return line.name or (entry.name if entry is not None else Trilingual())


def moved_at(line: AdjustedLine, place: AmountAt) -> int:
    """What an addition to one line adds to an amount: its own, a line's above it, or a figure's."""
    if place.figure is not None:
        return sum(amount for figure, amount in moves(line) if figure is place.figure)
    if line.code is None or line.section is not place.section or not place.code:
        return 0
    upper = [line.code, *codes_above(line.code)]
    return line.amount if any(same_code(each.stored, place.code) for each in upper) else 0
