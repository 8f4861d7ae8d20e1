"""What is stored of execution: forms in force, their facts, choices about codes, the budget's codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetLineRow
from akimat_desk.budget.execution.codebook import ChoiceKind, CodeBook, CodeChoice
from akimat_desk.budget.execution.forms import KEPT, Amounts, FormKind, Measure, Month
from akimat_desk.budget.execution.tables import ExecutionChoice, ExecutionFact, ExecutionForm
from akimat_desk.budget.figures import Section
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual


class Source(StrEnum):
    """How a form came in."""

    FILE = "file"
    PASTED = "pasted"
    TYPED = "typed"
    PACKAGE = "package"  # from the unit's own file, sealed


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as a document. Times are UTC; ``supersedes`` is the form whose month it corrects."""

    id: int
    unit_id: int
    kind: FormKind
    month: Month
    as_of: dt.date
    institution_code: str
    institution: str
    source: Source
    attachment_id: int | None
    supersedes: int | None
    created_at: dt.datetime
    created_by: str
    withdrawn_at: dt.datetime | None
    reason: str
    notes: str

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Fact:
    """A stored line of a form; amounts cumulative from 1 January, in tiyn; ``row`` where its file has it."""

    form_id: int
    code: Code
    name: Trilingual
    kind: LineKind
    amounts: Amounts
    row: int | None = None


def code_of(kind: FormKind, stored: str) -> Code:
    """The code of a fact as it is kept."""
    return (
        RevenueCode.from_stored(stored) if kind is FormKind.RECEIPTS else ExpenditureCode.from_stored(stored)
    )


def form_by_id(session: Session, form_id: int) -> ExecutionForm:
    """The row of a form. Raises UsageProblem for an unknown one."""
    row = session.get(ExecutionForm, form_id)
    if row is None:
        raise UsageProblem("error.form.unknown", id=form_id)
    return row


def form_view(session: Session, form_id: int) -> FormView:
    """A form as a document. Raises UsageProblem for an unknown one."""
    return _view(form_by_id(session, form_id))


def forms(session: Session, unit_id: int, year: int) -> list[FormView]:
    """Every form of a unit's year, the withdrawn and superseded too, in the order of taking in."""
    asked = select(ExecutionForm).where(ExecutionForm.unit_id == unit_id, ExecutionForm.year == year)
    return [_view(row) for row in session.scalars(asked.order_by(ExecutionForm.month, ExecutionForm.id))]


def in_force(all_forms: Iterable[FormView]) -> list[FormView]:
    """Of each kind, month and institution the latest form that is not withdrawn."""
    latest: dict[tuple[FormKind, Month, str], FormView] = {}
    for form in all_forms:
        if not form.withdrawn:
            latest[form.kind, form.month, form.institution_code] = form
    return list(latest.values())


def years_with_forms(session: Session, unit_id: int) -> list[int]:
    """The years in which any form is in force, ascending."""
    asked = (
        select(ExecutionForm.year)
        .where(ExecutionForm.unit_id == unit_id, ExecutionForm.withdrawn_at.is_(None))
        .distinct()
    )
    return sorted(session.scalars(asked))


def facts(session: Session, form: FormView) -> list[Fact]:
    """The lines of a form, in printing order."""
    kept = KEPT[form.kind]
    columns = [getattr(ExecutionFact, measure.value) for measure in kept]
    asked = (
        select(
            ExecutionFact.code,
            ExecutionFact.name_kk,
            ExecutionFact.name_ru,
            ExecutionFact.kind,
            ExecutionFact.row,
            *columns,
        )
        .where(ExecutionFact.form_id == form.id)
        .order_by(ExecutionFact.position)
    )
    return [
        Fact(
            form.id,
            code_of(form.kind, code),
            Trilingual(name_kk, name_ru),
            LineKind(kind),
            dict(zip(kept, amounts, strict=True)),
            row,
        )
        for code, name_kk, name_ru, kind, row, *amounts in session.execute(asked)
    ]


def choices(session: Session, unit_id: int, kind: FormKind) -> dict[str, CodeChoice]:
    """What was decided about unknown codes, by the code as printed."""
    asked = select(ExecutionChoice).where(
        ExecutionChoice.unit_id == unit_id, ExecutionChoice.kind == kind.value
    )
    return {
        row.printed: CodeChoice(
            ChoiceKind(row.choice),
            code_of(kind, row.code) if row.code else None,
            Trilingual(row.name_kk, row.name_ru),
        )
        for row in session.scalars(asked)
    }


def code_book(session: Session, unit_id: int, year: int, decided: Mapping[str, CodeChoice]) -> CodeBook:
    """The codes of a year: the lines of every confirmed edition, the classification, the choices."""
    asked = (
        select(BudgetLineRow.section, BudgetLineRow.code, BudgetLineRow.name_kk, BudgetLineRow.name_ru)
        .join(BudgetDocument, BudgetDocument.id == BudgetLineRow.document_id)
        .where(
            BudgetDocument.unit_id == unit_id,
            BudgetDocument.state == DocumentState.CONFIRMED.value,
            BudgetLineRow.year == year,
        )
        .order_by(BudgetDocument.first_year.desc(), BudgetLineRow.id)
    )
    lines: dict[Code, Trilingual] = {}
    for section, stored, name_kk, name_ru in session.execute(asked):
        if stored is None:
            continue
        is_revenue = section == Section.REVENUE.value
        code = code_of(FormKind.RECEIPTS if is_revenue else FormKind.EXPENSES, stored)
        known = lines.get(code, Trilingual())
        lines[code] = Trilingual(known.kk or name_kk, known.ru or name_ru)
    return CodeBook(year, lines.items(), decided)


def _view(row: ExecutionForm) -> FormView:
    return FormView(
        id=row.id,
        unit_id=row.unit_id,
        kind=FormKind(row.kind),
        month=Month(row.year, row.month),
        as_of=row.as_of,
        institution_code=row.institution_code,
        institution=row.institution,
        source=Source(row.source),
        attachment_id=row.attachment_id,
        supersedes=row.supersedes_id,
        created_at=row.created_at,
        created_by=row.created_by,
        withdrawn_at=row.withdrawn_at,
        reason=row.reason,
        notes=row.notes,
    )


def total(all_facts: Iterable[Fact], measure: Measure) -> int | None:
    """What facts add up to in a column; None when none states it."""
    stated = [amount for fact in all_facts if (amount := fact.amounts.get(measure)) is not None]
    return sum(stated) if stated else None


def months_with_forms(session: Session, unit_id: int, year: int) -> dict[int, list[FormView]]:
    """The forms in force of each month of a year that has any."""
    months: dict[int, list[FormView]] = {}
    for form in in_force(forms(session, unit_id, year)):
        months.setdefault(form.month.month, []).append(form)
    return dict(sorted(months.items()))


def month_with_forms(session: Session, unit_id: int, year: int, month: int | None = None) -> Month:
    """The month asked for, else the last one of the year that has a form.

    Raises UsageProblem where there is no form of the year or of that month.
    """
    there = list(months_with_forms(session, unit_id, year))
    if not there:
        raise UsageProblem("error.report.no_forms", year=year)
    chosen = month if month is not None else there[-1]
    if chosen not in there:
        months = ", ".join(str(each) for each in there)
        raise UsageProblem("error.report.no_month", year=year, month=chosen, months=months)
    return Month(year, chosen)
