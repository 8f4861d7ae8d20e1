"""Executed money: the forms that state it, what each of them corrected, and their rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.details import source_of
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.execution.forms import Measure
from akimat_desk.budget.execution.placing import figure_of
from akimat_desk.budget.execution.rollup import above
from akimat_desk.budget.execution.stored import FormView, Source, code_of, form_view
from akimat_desk.budget.execution.tables import ExecutionFact
from akimat_desk.budget.figures import SECTION_TOTAL
from akimat_desk.budget.grounds import FormAt
from akimat_desk.budget.provenance.parts import difference_of
from akimat_desk.budget.provenance.said import named, span
from akimat_desk.budget.provenance.values import Part, Step, Trail
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id

_ORIGINS = {Source.FILE: Origin.READ, Source.PASTED: Origin.PASTED, Source.TYPED: Origin.TYPED}


def form_trail(session: Session, place: FormAt) -> Trail:
    """An amount of the treasury's forms explained. Raises UsageProblem for a form that is not there."""
    if not place.form_ids:
        raise UsageProblem("error.provenance.no_amount")
    views = [form_view(session, form_id) for form_id in place.form_ids]
    rows = {view.id: _rows(session, view, place) for view in views}
    first = views[0]
    every = [row for found in rows.values() for row in found]
    parts = _parts(place, first, every)
    amount = _total(place, every)
    return Trail(
        place=place,
        unit_name=unit_by_id(session, first.unit_id).name,
        name=_name(place, first, place.code, every),
        printed_name="",
        amount=amount,
        steps=tuple(step for view in views for step in _steps(session, view, place)),
        parts=parts,
        difference=difference_of(amount, parts),
        rule=f"source.form_{first.kind.value.replace('-', '_')}",
        year=first.month.year,
        what=named(
            "provenance.form",
            what=named(f"provenance.measure.{place.measure.value}"),
            months=_months(place, first),
        ),
    )


def _rows(session: Session, form: FormView, place: FormAt) -> list[ExecutionFact]:
    """The lines of a form under a place, in printing order."""
    asked = select(ExecutionFact).where(ExecutionFact.form_id == form.id).order_by(ExecutionFact.position)
    return [
        row
        for row in session.scalars(asked)
        if figure_of(form.kind, row.kind, row.code) is place.figure
        and (not place.code or f"{row.code}/".startswith(f"{place.code}/"))
    ]


def _total(place: FormAt, rows: Sequence[ExecutionFact]) -> int | None:
    stated = [amount for row in rows if (amount := _amount(row, place)) is not None]
    return sum(stated) if stated else None


def _amount(row: ExecutionFact, place: FormAt) -> int | None:
    amount: int | None = getattr(row, place.measure.value)
    return amount


def _steps(session: Session, form: FormView, place: FormAt) -> list[Step]:
    """The forms of the same month that this one corrected, the oldest first, then the form itself."""
    chain = [form]
    while (earlier := chain[-1].supersedes) is not None:
        chain.append(form_view(session, earlier))
    steps: list[Step] = []
    before: int | None = None
    for each in reversed(chain):
        rows = _rows(session, each, place)
        amount = _total(place, rows)
        if each.id != form.id and (each.withdrawn or (steps and amount == before)):
            continue
        steps.append(_step(session, each, rows, amount, (amount or 0) - (before or 0) if steps else None))
        before = amount
    return steps


def _step(
    session: Session, form: FormView, rows: Sequence[ExecutionFact], amount: int | None, change: int | None
) -> Step:
    alone = rows[0] if len(rows) == 1 else None
    return Step(
        document=form,
        amount=amount,
        change=change,
        origin=_ORIGINS[form.source],
        by=form.created_by,
        at=form.created_at,
        confirmed_by="",
        confirmed_at=None,
        source=source_of(session, form.attachment_id),
        row=(alone.row or 0) if alone is not None else 0,
        raw="",
        printed_name=(alone.name_kk or alone.name_ru) if alone is not None else "",
    )


def _parts(place: FormAt, form: FormView, rows: Sequence[ExecutionFact]) -> tuple[Part, ...]:
    """The lines right below the place, each with the sum of the rows under it; a row has none."""
    if not rows or all(row.code == place.code for row in rows):
        return ()
    below: dict[str, list[ExecutionFact]] = {}
    for row in rows:
        below.setdefault(_next(row.code, place), []).append(row)
    made = []
    for code, found in below.items():
        at = FormAt(place.form_ids, place.section, code, place.measure, place.figure)
        made.append(Part(at, _name(at, form, code, found), "", _total(at, found)))
    return tuple(made)


def _next(code: str, place: FormAt) -> str:
    """The code one level below the place on the way to a row; of a figure the row itself."""
    if place.figure is not None:
        return code
    while (upper := above(code)) != place.code and upper:
        code = upper
    return code


def _name(place: FormAt, form: FormView, code: str, rows: Sequence[ExecutionFact]) -> Trilingual:
    """A line's name by the classification, else as the form printed it; of a total the section's."""
    if not code:
        figure = place.figure or SECTION_TOTAL[place.section]
        return named(f"figure.{figure.value}")
    entry = pack_for(form.month.year).lookup(code_of(form.kind, code))
    if entry is not None and entry.name:
        return entry.name
    printed = next((row for row in rows if row.code == code), None)
    return Trilingual(printed.name_kk, printed.name_ru) if printed is not None else Trilingual()


def _months(place: FormAt, form: FormView) -> Trilingual:
    """What the column counts: from January, the month by itself, or the year."""
    month = form.month.month
    if place.measure is Measure.PLAN_YEAR:
        return named("provenance.whole_year")
    return span(month if place.measure is Measure.PAID_MONTH else 1, month)
