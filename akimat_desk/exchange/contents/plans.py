"""Financing plans and their changes in a package: each document as it was confirmed, twelve months a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.plans.documents import documents_of, sheet_of, write_sheet
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side, ordered
from akimat_desk.budget.plans.tables import PlanDocument, PlanLineRow
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.contents.fact import Fact, What
from akimat_desk.exchange.contents.written import (
    basis_data,
    basis_read,
    day_read,
    day_written,
    moment_read,
    moment_written,
)
from akimat_desk.exchange.manifest import Period
from akimat_desk.storage.changes import Change

_SECTIONS = {Side.RECEIPTS: "revenue", Side.PAYMENTS: "expenditure", Side.OBLIGATIONS: "expenditure"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan: its months in tiyn; a change has what is added to each month."""

    side: Side
    code: str
    name: Trilingual
    own_name: bool
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TravellingPlan:
    """A plan or a change of one as it travels."""

    ref: str
    kind: str
    year: int
    area: str
    change_kind: str
    number: str
    date: dt.date | None
    reason: str
    basis: Basis
    confirmed_at: dt.datetime
    lines: tuple[PlanLine, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return {
            "ref": self.ref,
            "kind": self.kind,
            "year": self.year,
            "area": self.area,
            "change_kind": self.change_kind,
            "number": self.number,
            "date": day_written(self.date),
            "reason": self.reason,
            "basis": basis_data(self.basis),
            "confirmed_at": moment_written(self.confirmed_at),
            "lines": [
                {
                    "side": line.side.value,
                    "code": line.code,
                    "name_kk": line.name.kk,
                    "name_ru": line.name.ru,
                    "own_name": line.own_name,
                    "months_tiyn": list(line.months),
                }
                for line in self.lines
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TravellingPlan:
        """From data that the schema has approved. Raises ValueError: no such day, a line twice, a code that
        is none."""
        lines = tuple(
            PlanLine(
                Side(each["side"]),
                each["code"],
                Trilingual(each["name_kk"], each["name_ru"]),
                each["own_name"],
                tuple(each["months_tiyn"]),
            )
            for each in data["lines"]
        )
        if len({(line.side, line.code) for line in lines}) != len(lines):
            raise ValueError("a line of a plan stands twice")
        plan = cls(
            ref=data["ref"],
            kind=data["kind"],
            year=data["year"],
            area=data["area"],
            change_kind=data["change_kind"],
            number=data["number"],
            date=day_read(data["date"]),
            reason=data["reason"],
            basis=basis_read(data["basis"]),
            confirmed_at=moment_read(data["confirmed_at"]),
            lines=lines,
        )
        plan.sheet()  # its codes are codes
        return plan

    def sheet(self) -> PlanSheet:
        """The lines as the plan's sheet. Raises ValueError for a code that is none."""
        try:
            codes = [line.side.code_type.from_stored(line.code) for line in self.lines]
        except TypeError as error:
            raise ValueError("a code of a plan has too many parts") from error
        lines = {LineKey(line.side, code): line.months for line, code in zip(self.lines, codes, strict=True)}
        names = {code: line.name for line, code in zip(self.lines, codes, strict=True) if line.own_name}
        return PlanSheet(self.year, ordered(lines), names)

    def facts(self) -> Iterator[Fact]:
        """A row for each month of each line that has money."""
        for line in self.lines:
            kind = LineKind.UNKNOWN if line.side is Side.RECEIPTS else LineKind.EXPENDITURE
            for month, amount in enumerate(line.months, start=1):
                if amount:
                    yield Fact(
                        What.PLAN, self.ref, f"plan_{self.kind}", self.number, self.date, self.year, month,
                        _SECTIONS[line.side], line.code, kind.value, True, line.name,
                        f"planned_{line.side.value}", amount,
                    )  # fmt: skip


def plans_of(session: Session, unit_id: int, period: Period, workspace: str) -> list[TravellingPlan]:
    """The confirmed plan documents of the year, dated to the period's end."""
    return [
        _travelling(document, workspace)
        for document in documents_of(session, unit_id, period.year, with_lines=True)
        if document.state == DocumentState.CONFIRMED
        and document.deleted_at is None
        and (document.date is None or document.date <= period.last_day)
    ]


def store_plan_again(change: Change, plan: TravellingPlan, unit_id: int) -> int:
    """Keep a plan as it was confirmed; the same paper, typed in here before, is met again. Gives its id."""
    sheet = plan.sheet()
    for document in documents_of(change.session, unit_id, plan.year, with_lines=True):
        paper = (document.kind, document.number, document.date, document.state)
        if paper == (plan.kind, plan.number, plan.date, DocumentState.CONFIRMED.value) and (
            sheet_of(document).lines == sheet.lines
        ):
            return document.id
    document = PlanDocument(
        unit_id=unit_id,
        year=plan.year,
        kind=plan.kind,
        state=DocumentState.CONFIRMED.value,
        area=plan.area,
        change_kind=plan.change_kind,
        number=plan.number,
        date=plan.date,
        reason=plan.reason,
        basis_kind=plan.basis.kind,
        basis_number=plan.basis.number,
        basis_date=plan.basis.date,
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
        confirmed_at=plan.confirmed_at,
        confirmed_by=change.actor.name,
    )
    change.session.add(document)
    change.session.flush()
    write_sheet(change.session, document, sheet)
    change.touch("plan_document", document.id)
    return document.id


def _travelling(document: PlanDocument, workspace: str) -> TravellingPlan:
    assert document.confirmed_at is not None  # it is confirmed
    return TravellingPlan(
        ref=f"{workspace}:plan:{document.id}",
        kind=document.kind,
        year=document.year,
        area=document.area,
        change_kind=document.change_kind,
        number=document.number,
        date=document.date,
        reason=document.reason,
        basis=Basis(document.basis_kind, document.basis_number, document.basis_date),
        confirmed_at=document.confirmed_at,
        lines=tuple(_line(row) for row in document.lines),
    )


def _line(row: PlanLineRow) -> PlanLine:
    amounts = {amount.month: amount.amount for amount in row.amounts}
    months = tuple(amounts.get(month, 0) for month in range(1, 13))
    return PlanLine(Side(row.side), row.code, Trilingual(row.name_kk, row.name_ru), row.own_name, months)
