"""Planned months: the financing plan, each change of it, and the lines that add up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.details import source_of
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.grounds import PlanAt
from akimat_desk.budget.plans.documents import PlanKind, document_by_id, sheet_of, summary
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side, plus
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.provenance.parts import difference_of
from akimat_desk.budget.provenance.said import named, span
from akimat_desk.budget.provenance.values import Part, Step, Trail
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id

#: The parts of a code from the outermost inwards, as the printed forms of plans go down.
_STEPS = {
    Side.RECEIPTS: ("category", "class_", "subclass", "specific"),
    Side.PAYMENTS: (
        "functional_group",
        "subgroup",
        "administrator",
        "program",
        "subprogram",
        "specific",
    ),
}
_STEPS[Side.OBLIGATIONS] = _STEPS[Side.PAYMENTS]
#: What the whole of costs is parted into first: the forms of plans have no groups.
_FIRST = {Side.RECEIPTS: "category", Side.PAYMENTS: "administrator", Side.OBLIGATIONS: "administrator"}


def plan_trail(session: Session, place: PlanAt) -> Trail:
    """Months of a plan explained. Raises UsageProblem for a document that is not there any more."""
    if not place.documents:
        raise UsageProblem("error.provenance.no_amount")
    documents = [document_by_id(session, each) for each in place.documents]
    held = [sheet_of(document) for document in documents]
    whole = held[0]
    for change in held[1:]:
        whole = plus(whole, change)
    keys = _keys(whole, place)
    amount = _sum(whole, keys, place)
    parts = _parts(whole, keys, place)
    document = documents[0]
    return Trail(
        place=place,
        unit_name=unit_by_id(session, document.unit_id).name,
        name=_name(whole, keys, place),
        printed_name="",
        amount=amount,
        steps=tuple(_steps(session, documents, held, place)),
        parts=parts,
        difference=difference_of(amount, parts),
        rule="source.bc_91_4" if document.kind == PlanKind.QUARTER else "source.bc_105",
        year=document.year,
        what=_what(place),
    )


def _keys(sheet: PlanSheet, place: PlanAt) -> list[LineKey]:
    return [
        key
        for key in sheet.keys(place.side)
        if all(getattr(key.code, name, "") == value for name, value in place.within)
    ]


def _sum(sheet: PlanSheet, keys: Sequence[LineKey], place: PlanAt) -> int:
    return sum(sum(sheet.months(key)[place.first - 1 : place.last]) for key in keys)


def _steps(
    session: Session, documents: Sequence[PlanDocument], held: Sequence[PlanSheet], place: PlanAt
) -> list[Step]:
    """The plan, then every change that moved the amount; the amount after each."""
    steps: list[Step] = []
    now = 0
    for document, sheet in zip(documents, held, strict=True):
        moved = _sum(sheet, _keys(sheet, place), place)
        if steps and not moved:
            continue
        now += moved
        is_change = document.kind == PlanKind.CHANGE
        steps.append(
            Step(
                document=summary(document),
                amount=now,
                change=moved if is_change else None,
                origin=Origin.READ if document.attachment_id is not None else Origin.TYPED,
                by=document.created_by,
                at=document.created_at,
                confirmed_by=document.confirmed_by or "",
                confirmed_at=document.confirmed_at,
                source=source_of(session, document.attachment_id),
                row=0,
                raw="",
                printed_name="",
                note=document.reason,
            )
        )
    return steps


def _parts(sheet: PlanSheet, keys: Sequence[LineKey], place: PlanAt) -> tuple[Part, ...]:
    """The lines one step below; of a single line its months where there are several."""
    name = _below(keys, place)
    if name is None:
        return _months(sheet, keys, place)
    parted: dict[str, list[LineKey]] = {}
    for key in keys:
        parted.setdefault(getattr(key.code, name), []).append(key)
    made = []
    for value, found in parted.items():
        # A line with nothing at the step stands for itself, under the step after it.
        within = (*place.within, (name, value))
        at = PlanAt(place.documents, place.side, within, place.first, place.last)
        made.append(Part(at, _name(sheet, found, at), "", _sum(sheet, found, at)))
    return tuple(made)


def _below(keys: Sequence[LineKey], place: PlanAt) -> str | None:
    """The next step of the code at which the lines have anything; None for one line by itself."""
    steps = _STEPS[place.side]
    if not place.within:
        return _FIRST[place.side] if keys else None
    for name in steps[steps.index(place.within[-1][0]) + 1 :]:
        if any(getattr(key.code, name) for key in keys):
            return name
    return None


def _months(sheet: PlanSheet, keys: Sequence[LineKey], place: PlanAt) -> tuple[Part, ...]:
    if place.first == place.last:
        return ()
    made = []
    for month in range(place.first, place.last + 1):
        at = PlanAt(place.documents, place.side, place.within, month, month)
        amount = _sum(sheet, keys, at)
        if amount:
            made.append(Part(at, named(f"plan.month.{month}"), "", amount))
    return tuple(made)


def _name(sheet: PlanSheet, keys: Sequence[LineKey], place: PlanAt) -> Trilingual:
    """The classification's name of the code cut at the place; of the whole side what the side is."""
    given = [name for name, value in place.within if value]
    if not given or not keys:
        return named(f"plan.side.{place.side.value}")
    code = keys[0].code
    steps = _STEPS[place.side]
    cut = type(code)(*(getattr(code, name) for name in steps[: steps.index(given[-1]) + 1]))
    if cut in sheet.names:
        return sheet.names[cut]
    entry = pack_for(sheet.year).lookup(cut)
    return entry.name if entry is not None else Trilingual()


def _what(place: PlanAt) -> Trilingual:
    """ "Plan by payments, January–October"; of the whole year without its months."""
    plan = named(f"provenance.plan.{place.side.value}")
    if (place.first, place.last) == (1, 12):
        return plan
    return named("provenance.plan.months", plan=plan, months=span(place.first, place.last))
