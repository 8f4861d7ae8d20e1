"""Papers of a package besides decisions, kept here: plans, adjustments, forms; and what it states."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial

from sqlalchemy import select

from akimat_desk.core.errors import InputRefused
from akimat_desk.exchange.contents.adjustments import TravellingAdjustment, store_adjustment_again
from akimat_desk.exchange.contents.contents import Contents
from akimat_desk.exchange.contents.execution import (
    TravellingForm,
    stand_again,
    store_form_again,
    withdraw_form,
)
from akimat_desk.exchange.contents.fact import What
from akimat_desk.exchange.contents.plans import TravellingPlan, store_plan_again
from akimat_desk.exchange.contents.written import digest
from akimat_desk.exchange.manifest import Manifest
from akimat_desk.exchange.tables import PackagePaper, PackageStatement
from akimat_desk.storage.changes import Change

Paper = TravellingPlan | TravellingAdjustment | TravellingForm


class PaperKind(StrEnum):
    """What a paper is."""

    PLAN = "plan"
    ADJUSTMENT = "adjustment"
    FORM = "form"


def store_papers(
    change: Change, package_id: int, unit_id: int, contents: Contents, manifest: Manifest, name: str
) -> None:
    """Keep the papers that are new; take back forms that the sender took back.

    Raises InputRefused where a paper that came before is no longer what it was.
    """
    session = change.session
    rows = session.scalars(
        select(PackagePaper).where(PackagePaper.unit_id == unit_id, PackagePaper.year == manifest.period.year)
    )
    known = {row.ref: row for row in rows}
    for kind, paper, store in _papers(change, unit_id, contents):
        written = digest(paper.to_data())
        there = known.pop(paper.ref, None)
        if there is not None:
            if there.digest != written:
                raise InputRefused("error.exchange.document_changed", name=name, number=paper.ref)
            if kind is PaperKind.FORM:
                stand_again(change, there.paper_id)
            continue
        session.add(
            PackagePaper(
                ref=paper.ref,
                package_id=package_id,
                unit_id=unit_id,
                kind=kind.value,
                year=paper.year,
                month=paper.month if isinstance(paper, TravellingForm) else None,
                paper_id=store(),
                digest=written,
            )
        )
    reason = f"{manifest.unit_kato} · {manifest.period} · № {manifest.sequence}"
    for row in known.values():
        in_period = manifest.period.month is None or (row.month or 0) <= manifest.period.month
        if row.kind == PaperKind.FORM and in_period:
            withdraw_form(change, row.paper_id, reason)


def store_statements(change: Change, package_id: int, contents: Contents) -> None:
    """Keep what the package states of meetings and ratios."""
    for what, rows in (
        (What.MEETINGS, [each.to_data() for each in contents.meetings]),
        (What.RATIO, [each.to_data() for each in contents.ratio]),
    ):
        if rows:
            written = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            change.session.add(PackageStatement(package_id=package_id, kind=what.value, content=written))


def _papers(
    change: Change, unit_id: int, contents: Contents
) -> Iterator[tuple[PaperKind, Paper, Callable[[], int]]]:
    for plan in contents.plans:
        yield PaperKind.PLAN, plan, partial(store_plan_again, change, plan, unit_id)
    for each in contents.adjustments:
        yield PaperKind.ADJUSTMENT, each, partial(store_adjustment_again, change, each, unit_id)
    for form in contents.forms:
        yield PaperKind.FORM, form, partial(store_form_again, change, form, unit_id)
