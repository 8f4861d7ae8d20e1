"""The treasury's forms in a package: the figures of each month that is in force, cumulative from January."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import KEPT, FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact as StoredFact
from akimat_desk.budget.execution.stored import FormView, Source, code_of, facts, form_by_id, forms, in_force
from akimat_desk.budget.execution.tables import ExecutionFact, ExecutionForm
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.contents.fact import Fact, What
from akimat_desk.exchange.contents.written import day_read, day_written
from akimat_desk.exchange.manifest import Period
from akimat_desk.storage.changes import Change

_SECTIONS = {FormKind.EXPENSES: "expenditure", FormKind.RECEIPTS: "revenue"}


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form: what it states of each column, in tiyn."""

    code: str
    kind: str
    name: Trilingual
    amounts: Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class TravellingForm:
    """A treasury form of a month. ``institution`` is the state institution's name."""

    ref: str
    kind: FormKind
    year: int
    month: int
    as_of: dt.date
    institution_code: str
    institution: str
    lines: tuple[FormLine, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return {
            "ref": self.ref,
            "kind": self.kind.value,
            "year": self.year,
            "month": self.month,
            "as_of": day_written(self.as_of),
            "institution_code": self.institution_code,
            "institution": self.institution,
            "lines": [
                {
                    "code": line.code,
                    "kind": line.kind,
                    "name_kk": line.name.kk,
                    "name_ru": line.name.ru,
                    "amounts_tiyn": {measure.value: amount for measure, amount in line.amounts.items()},
                }
                for line in self.lines
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TravellingForm:
        """From data that the schema has approved. Raises ValueError: no such day, a day of another month, a
        column of another form, a code that is none or stands twice."""
        kind, as_of = FormKind(data["kind"]), day_read(data["as_of"])
        if as_of is None or Month.reported_on(as_of) != Month(data["year"], data["month"]):
            raise ValueError("the form's day is not of its month")
        lines = tuple(_line(kind, each) for each in data["lines"])
        if len({line.code for line in lines}) != len(lines):
            raise ValueError("a line of a form stands twice")
        return cls(
            ref=data["ref"],
            kind=kind,
            year=data["year"],
            month=data["month"],
            as_of=as_of,
            institution_code=data["institution_code"],
            institution=data["institution"],
            lines=lines,
        )

    def facts(self) -> Iterator[Fact]:
        """A row for each amount that the form states."""
        for line in self.lines:
            for measure in KEPT[self.kind]:
                amount = line.amounts.get(measure)
                if amount is not None:
                    yield Fact(
                        What.EXECUTION, self.ref, f"form_{self.kind.value}", self.institution_code,
                        self.as_of, self.year, self.month, _SECTIONS[self.kind], line.code, line.kind,
                        True, line.name, measure.value, amount,
                    )  # fmt: skip


def forms_of(session: Session, unit_id: int, period: Period, workspace: str) -> list[TravellingForm]:
    """The forms in force of the year's months up to the period's."""
    there = in_force(forms(session, unit_id, period.year))
    mine = [form for form in there if period.month is None or form.month.month <= period.month]
    return [
        _travelling(session, form, workspace)
        for form in sorted(mine, key=lambda each: (each.month, each.kind.value, each.institution_code))
    ]


def store_form_again(change: Change, form: TravellingForm, unit_id: int) -> int:
    """Keep a form as it came; the same figures, taken in here before, are met again. Gives its id."""
    there = in_force(forms(change.session, unit_id, form.year))
    key = (form.kind, Month(form.year, form.month), form.institution_code)
    before = next((f for f in there if (f.kind, f.month, f.institution_code) == key), None)
    if before is not None and _lines_of(facts(change.session, before)) == form.lines:
        return before.id
    row = ExecutionForm(
        unit_id=unit_id,
        kind=form.kind.value,
        year=form.year,
        month=form.month,
        as_of=form.as_of,
        institution_code=form.institution_code,
        institution=form.institution,
        source=Source.PACKAGE.value,
        supersedes_id=before.id if before is not None else None,
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
        reason="",
        notes="[]",
    )
    change.session.add(row)
    change.session.flush()
    rows = [
        {
            "form_id": row.id,
            "position": position,
            "code": line.code,
            "kind": line.kind,
            "name_kk": line.name.kk,
            "name_ru": line.name.ru,
            **{measure.value: line.amounts.get(measure) for measure in KEPT[form.kind]},
        }
        for position, line in enumerate(form.lines)
    ]
    if rows:
        change.session.execute(insert(ExecutionFact), rows)
    change.touch("execution", row.id)
    return row.id


def withdraw_form(change: Change, form_id: int, reason: str) -> None:
    """The sender took a form back: here too it does not answer any more."""
    row = form_by_id(change.session, form_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = dt.datetime.now(dt.UTC)
        row.reason = reason
        change.touch("execution", form_id)


def stand_again(change: Change, form_id: int) -> None:
    """A form that was withdrawn here stands in the sender's file again."""
    row = form_by_id(change.session, form_id)
    if row.withdrawn_at is not None:
        row.withdrawn_at, row.reason = None, ""
        change.touch("execution", form_id)


def _travelling(session: Session, form: FormView, workspace: str) -> TravellingForm:
    return TravellingForm(
        ref=f"{workspace}:form:{form.id}",
        kind=form.kind,
        year=form.month.year,
        month=form.month.month,
        as_of=form.as_of,
        institution_code=form.institution_code,
        institution=form.institution,
        lines=_lines_of(facts(session, form)),
    )


def _lines_of(stored: Iterable[StoredFact]) -> tuple[FormLine, ...]:
    return tuple(
        FormLine(
            fact.code.stored,
            fact.kind.value,
            Trilingual(fact.name.kk, fact.name.ru),
            {measure: amount for measure, amount in fact.amounts.items() if amount is not None},
        )
        for fact in stored
    )


def _line(kind: FormKind, data: Mapping[str, Any]) -> FormLine:
    try:
        code_of(kind, data["code"])
    except TypeError as error:  # more parts than such a code has
        raise ValueError(f"{data['code']!r} is no code of form {kind.value}") from error
    amounts = {Measure(name): amount for name, amount in data["amounts_tiyn"].items()}
    if not set(amounts) <= set(KEPT[kind]):
        raise ValueError("a column of another form")
    return FormLine(
        data["code"], LineKind(data["kind"]).value, Trilingual(data["name_kk"], data["name_ru"]), amounts
    )
