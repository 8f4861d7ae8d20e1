"""The akim's adjustments of the budget (art. 98) in a package, as they were confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.store import adjustment_documents, lines_of, write_lines
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.contents.fact import Fact, What
from akimat_desk.exchange.contents.written import (
    basis_data,
    basis_read,
    code_read,
    day_read,
    day_written,
    moment_read,
    moment_written,
)
from akimat_desk.exchange.manifest import Period
from akimat_desk.storage.changes import Change


@dataclass(frozen=True, slots=True)
class TravellingAdjustment:
    """A decision of the akim and what it adds to each line, in tiyn."""

    ref: str
    year: int
    ground: str
    number: str
    date: dt.date | None
    reason: str
    basis: Basis
    confirmed_at: dt.datetime
    lines: tuple[AdjustedLine, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return {
            "ref": self.ref,
            "year": self.year,
            "ground": self.ground,
            "number": self.number,
            "date": day_written(self.date),
            "reason": self.reason,
            "basis": basis_data(self.basis),
            "confirmed_at": moment_written(self.confirmed_at),
            "lines": [
                {
                    "section": line.section.value,
                    "code": line.code.stored if line.code is not None else None,
                    "kind": line.kind.value,
                    "figure": line.figure.value if line.figure else None,
                    "name_kk": line.name.kk,
                    "name_ru": line.name.ru,
                    "targeted": line.targeted,
                    "amount_tiyn": line.amount,
                }
                for line in self.lines
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TravellingAdjustment:
        """From data that the schema has approved. Raises ValueError for a day or code that is none."""
        return cls(
            ref=data["ref"],
            year=data["year"],
            ground=data["ground"],
            number=data["number"],
            date=day_read(data["date"]),
            reason=data["reason"],
            basis=basis_read(data["basis"]),
            confirmed_at=moment_read(data["confirmed_at"]),
            lines=tuple(_line(each) for each in data["lines"]),
        )

    def facts(self) -> Iterator[Fact]:
        """A row for each line."""
        for line in self.lines:
            yield Fact(
                What.ADJUSTMENT, self.ref, "adjustment", self.number, self.date, self.year, None,
                line.section.value, line.code.stored if line.code is not None else "", line.kind.value,
                True, line.name, "adjustment", line.amount,
            )  # fmt: skip


def adjustments_of(
    session: Session, unit_id: int, period: Period, workspace: str
) -> list[TravellingAdjustment]:
    """The confirmed adjustments of the year, dated to the period's end."""
    return [
        TravellingAdjustment(
            ref=f"{workspace}:adjustment:{row.id}",
            year=row.year,
            ground=row.ground,
            number=row.number,
            date=row.date,
            reason=row.reason,
            basis=Basis(row.basis_kind, row.basis_number, row.basis_date),
            confirmed_at=row.confirmed_at,
            lines=tuple(lines_of([row])),
        )
        for row in adjustment_documents(session, unit_id, period.year)
        if row.state == DocumentState.CONFIRMED
        and row.confirmed_at is not None
        and (row.date is None or row.date <= period.last_day)
    ]


def store_adjustment_again(change: Change, adjustment: TravellingAdjustment, unit_id: int) -> int:
    """Keep an adjustment as it was confirmed; the same paper, typed in here before, is met again."""
    for row in adjustment_documents(change.session, unit_id, adjustment.year):
        paper = (row.ground, row.number, row.date, row.state)
        asked = (adjustment.ground, adjustment.number, adjustment.date, DocumentState.CONFIRMED.value)
        if paper == asked and _amounts(lines_of([row])) == _amounts(adjustment.lines):
            return row.id
    row = AdjustmentDocument(
        unit_id=unit_id,
        year=adjustment.year,
        ground=adjustment.ground,
        state=DocumentState.CONFIRMED.value,
        number=adjustment.number,
        date=adjustment.date,
        reason=adjustment.reason,
        basis_kind=adjustment.basis.kind,
        basis_number=adjustment.basis.number,
        basis_date=adjustment.basis.date,
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
        confirmed_at=adjustment.confirmed_at,
        confirmed_by=change.actor.name,
    )
    write_lines(row, adjustment.lines)
    change.session.add(row)
    change.session.flush()
    change.touch("adjustment", row.id)
    return row.id


def _amounts(lines: tuple[AdjustedLine, ...] | list[AdjustedLine]) -> list[tuple[object, ...]]:
    return [(line.section, line.code, line.figure, line.amount) for line in lines]


def _line(data: Mapping[str, Any]) -> AdjustedLine:
    section = Section(data["section"])
    return AdjustedLine(
        section=section,
        code=code_read(section, data["code"]),
        kind=LineKind(data["kind"]),
        amount=data["amount_tiyn"],
        name=Trilingual(data["name_kk"], data["name_ru"]),
        figure=Figure(data["figure"]) if data["figure"] else None,
        targeted=data["targeted"],
    )
