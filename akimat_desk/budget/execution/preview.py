"""What taking in a form would change: each row new, changed, same or wrong, before anything is stored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.codebook import ChoiceKind, CodeBook, CodeChoice, Known
from akimat_desk.budget.execution.forms import (
    EXECUTED,
    KEPT,
    Amounts,
    FormKind,
    FormRow,
    Measure,
    MoneyUnit,
    Month,
    ReadForm,
)
from akimat_desk.budget.execution.planned import (
    adjusted_by,
    planned_documents,
    planned_figure,
    planned_lines,
)
from akimat_desk.budget.execution.reading.items import total_of
from akimat_desk.budget.execution.stored import (
    Fact,
    FormView,
    choices,
    code_book,
    facts,
    forms,
    in_force,
    total,
)
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.reading.names import same_unit
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import Message, Thousands
from akimat_desk.places.service import UnitView, unit_by_id

_OFFICE = re.compile(
    r"(?i)(?:коммунальное\s+)?(?:государственное\s+учреждение|гу|кгу)?\s*[«\"]?аппарат\s+акима\s*"
    r"|\s*әкім(?:і|інің)\s+аппараты.*$|[»\"]"
)
_PLACE = re.compile(r"(?i)округ|сел[оа]|поселк|посёлк|город|ауыл|кент|қала")
# A thousand, give or take what a year and its plan differ by.
_THOUSAND_FROM, _THOUSAND_TO = 200, 5000


class RowState(StrEnum):
    """What a row does to what is stored."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    SKIPPED = "skipped"  # a person decided to leave this code out
    GONE = "gone"  # stands in the form before, in this one no more


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row with what is known of it. ``before`` are the stored amounts, None where there are none.

    Of an unknown code ``candidates`` are what it may be, ``missing`` what the classification lacks.
    """

    row: int
    state: RowState
    printed_code: str
    code: Code | None
    name: Trilingual
    kind: LineKind
    amounts: Amounts
    before: Amounts | None = None
    problems: tuple[Finding, ...] = ()
    candidates: tuple[Known, ...] = ()
    missing: Code | None = None

    def difference(self, measure: Measure) -> int | None:
        """By how much a column changes, in tiyn; None where either side states nothing."""
        now, then = self.amounts.get(measure), (self.before or {}).get(measure)
        return None if now is None or then is None else now - then


@dataclass(frozen=True, slots=True)
class Preview:
    """A form beside what is stored. ``before`` is the form of the same month that it would supersede.

    ``refusals`` are findings that keep the form as a whole from being taken in.
    """

    form: ReadForm
    unit: UnitView
    month: Month | None
    rows: tuple[PreviewRow, ...]
    findings: tuple[Finding, ...]
    refusals: tuple[Finding, ...]
    before: FormView | None

    @property
    def counts(self) -> Mapping[RowState, int]:
        """How many rows of each state."""
        return Counter(row.state for row in self.rows)

    @property
    def changes(self) -> bool:
        """Whether anything would be stored."""
        moved = {RowState.NEW, RowState.CHANGED, RowState.GONE}
        return any(row.state in moved for row in self.rows)

    def all_findings(self) -> list[Finding]:
        """Everything to be said: of the form, then row by row."""
        return [*self.refusals, *self.findings, *(each for row in self.rows for each in row.problems)]


def preview(
    session: Session,
    unit_id: int,
    form: ReadForm,
    *,
    decided: Mapping[str, CodeChoice] | None = None,
    month: Month | None = None,
    same_unit_said: bool = False,
) -> Preview:
    """Compare a form with what is stored. ``decided`` are choices about codes not stored yet.

    ``month`` is the month the person expects; the form's own date decides. ``same_unit_said``: the
    person said that the form is this unit's although it names another. Raises UsageProblem for an
    unknown unit.
    """
    unit = unit_by_id(session, unit_id)
    own = form.month
    refusals: list[Finding] = []
    findings = [f for f in form.findings if f.code != "form.no_date"]
    if own is None:
        refusals.append(Finding("form.no_date", Severity.ERROR))
    elif month is not None and month != own:
        said = {"asked": _month_said(month), "month": _month_said(own), "date": form.as_of}
        refusals.append(Finding("form.other_month", Severity.ERROR, said))
    if not same_unit_said and _names_another(form, unit):
        named: dict[str, object] = {"institution": form.institution, "unit": unit.name}
        refusals.append(Finding("form.other_unit", Severity.ERROR, named))
    year = own.year if own else 0
    stored = in_force(forms(session, unit_id, year)) if own else []
    before = _of_month(stored, form, own)
    earlier = _of_month(stored, form, _month_before(own)) if own else None
    known = {**choices(session, unit_id, form.kind), **(decided or {})}
    book = code_book(session, unit_id, year or 2000, known)
    held = {fact.code: fact for fact in facts(session, before)} if before else {}
    rows = _rows(form, book, held)
    past = facts(session, earlier) if earlier else []
    budget = _budget(session, unit_id, form)
    refusals += _unit_of_amounts(form, budget, past)
    if not refusals:
        findings += _fallen(rows, past, form.kind)
        findings += _off_the_budget(form, budget, rows)
    return Preview(form, unit, own, tuple(rows), tuple(findings), tuple(refusals), before)


def _rows(form: ReadForm, book: CodeBook, held: Mapping[Code, Fact]) -> list[PreviewRow]:
    rows = [_row(row, form.kind, book, held) for row in form.rows]
    seen: dict[Code, int] = {}
    for position, row in enumerate(rows):
        if row.code is None or row.state is RowState.WRONG:
            continue
        first = seen.setdefault(row.code, row.row)
        if first != row.row:  # two printed codes mapped to one
            where = Place(code=row.printed_code, row=row.row)
            twice = Finding("form.twice", Severity.ERROR, {"row": first}, where=where)
            rows[position] = replace(row, state=RowState.WRONG, problems=(*row.problems, twice))
    wrong = {row.code for row in rows if row.state is RowState.WRONG}
    for code, fact in held.items():
        if code not in seen and code not in wrong:
            gone = PreviewRow(
                0, RowState.GONE, str(code), code, fact.name, fact.kind, {}, before=fact.amounts
            )
            rows.append(gone)
    return rows


def _row(row: FormRow, kind: FormKind, book: CodeBook, held: Mapping[Code, Fact]) -> PreviewRow:
    choice = book.choice(row.printed_code)
    printed_name = Trilingual(ru=row.name) if row.name else Trilingual()
    amounts = {measure: row.amounts.get(measure) for measure in KEPT[kind]}
    if choice is not None and choice.kind is ChoiceKind.SKIP:
        return PreviewRow(
            row.row, RowState.SKIPPED, row.printed_code, None, printed_name, LineKind.UNKNOWN, amounts
        )
    found = book.find(kind, row.parts, row.name)
    if not isinstance(found, Known):
        where = Place(code=row.printed_code, row=row.row)
        code = "form.ambiguous_code" if found.ambiguous else "form.unknown_code"
        said = {"code": row.printed_code, "near": _named(found.candidates[:3])}
        problem = Finding(code, Severity.ERROR, said, where=where)
        return PreviewRow(
            row.row,
            RowState.WRONG,
            row.printed_code,
            None,
            printed_name,
            LineKind.UNKNOWN,
            amounts,
            problems=(*row.problems, problem),
            candidates=found.candidates,
            missing=found.missing,
        )
    name = Trilingual(found.name.kk or row.name, found.name.ru or row.name, found.name.en)
    fact = held.get(found.code)
    state = _state(row, amounts, fact)
    return PreviewRow(
        row.row,
        state,
        row.printed_code,
        found.code,
        name,
        found.kind,
        amounts,
        before=fact.amounts if fact is not None else None,
        problems=row.problems,
    )


def _named(known: Sequence[Known]) -> Trilingual:
    """Codes with their names, in every language."""
    return Trilingual(
        *(
            "; ".join(f"{each.code} {each.name.text(language)}" for each in known) or "–"
            for language in Language
        )
    )


def _state(row: FormRow, amounts: Amounts, fact: Fact | None) -> RowState:
    if row.problems:
        return RowState.WRONG
    if fact is None:
        return RowState.NEW
    return RowState.SAME if dict(fact.amounts) == dict(amounts) else RowState.CHANGED


# --- the form as a whole --------------------------------------------------------------------------------


def _names_another(form: ReadForm, unit: UnitView) -> bool:
    """Whether the institution is the akim's office of another place; others name no place to compare."""
    if not form.institution or not _PLACE.search(form.institution):
        return False
    place = _OFFICE.sub(" ", form.institution).strip(" -–.,")
    names = [unit.name.exact(language) for language in (Language.KK, Language.RU)]
    return bool(place) and not any(same_unit(place, name) for name in names if name)


def _of_month(stored: Sequence[FormView], form: ReadForm, month: Month | None) -> FormView | None:
    return next(
        (
            each
            for each in stored
            if each.kind is form.kind
            and each.month == month
            and each.institution_code == form.institution_code
        ),
        None,
    )


def _month_said(month: Month) -> Message:
    return Message(
        "execution.month_of_year", {"month": Message(f"plan.month.{month.month}"), "year": str(month.year)}
    )


def _month_before(month: Month) -> Month | None:
    return Month(month.year, month.month - 1) if month.month > 1 else None


def _unit_of_amounts(form: ReadForm, budget: _Budget, past: Sequence[Fact]) -> list[Finding]:
    """Thousands printed where tenge were meant, or the other way round: a thousand times off."""
    if form.unit_chosen or form.month is None:
        return []
    expected, counted = _scale(form, form.month, budget, past)
    if not expected or not counted:
        return []
    if _THOUSAND_FROM <= abs(expected) // abs(counted) <= _THOUSAND_TO:
        meant = MoneyUnit.THOUSAND
    elif _THOUSAND_FROM <= abs(counted) // abs(expected) <= _THOUSAND_TO:
        meant = MoneyUnit.TENGE
    else:
        return []
    said = {
        "counted": Thousands(counted),
        "expected": Thousands(expected),
        "unit": Message(f"form.unit.{form.unit.value}"),
        "meant": Message(f"form.unit.{meant.value}"),
    }
    return [Finding("form.unit_suspect", Severity.ERROR, said)]


def _scale(
    form: ReadForm, month: Month, budget: _Budget, past: Sequence[Fact]
) -> tuple[int | None, int | None]:
    """What a column should come to, about, and what it comes to."""
    if form.kind is FormKind.EXPENSES:
        counted = total_of(form.rows, Measure.PLAN_YEAR)
        if counted:
            return budget.total, counted
    measure = EXECUTED[form.kind]
    before = total(past, measure)
    if before:
        return before, total_of(form.rows, measure)
    share = budget.total * month.month // 12 if budget.total else None
    return share, total_of(form.rows, measure)


def _fallen(rows: Sequence[PreviewRow], past: Sequence[Fact], kind: FormKind) -> list[Finding]:
    """What was executed from the start of the year can grow less, but hardly be less than a month ago."""
    measure = EXECUTED[kind]
    then = {fact.code: fact.amounts.get(measure) for fact in past}
    found = []
    for row in rows:
        now, before = row.amounts.get(measure), then.get(row.code) if row.code is not None else None
        if row.state is RowState.WRONG or now is None or before is None or now >= before:
            continue
        found.append(
            Finding(
                "form.fell",
                Severity.WARNING,
                {
                    "code": row.printed_code,
                    "now": Thousands(now, table=True),
                    "then": Thousands(before, table=True),
                },
                where=Place(code=row.printed_code, row=row.row),
                difference=now - before,
            )
        )
    return found


def _off_the_budget(form: ReadForm, budget: _Budget, rows: Sequence[PreviewRow]) -> list[Finding]:
    """Programs whose plan for the year in the form is not the budget's: one of the two is not up to date."""
    if form.kind is not FormKind.EXPENSES:
        return []
    planned: dict[str, int] = {}
    for row in rows:
        plan = row.amounts.get(Measure.PLAN_YEAR)
        if isinstance(row.code, ExpenditureCode) and plan is not None and row.state is not RowState.WRONG:
            code = row.code
            program = ExpenditureCode(
                code.functional_group, code.subgroup, code.administrator, code.program
            ).stored
            planned[program] = planned.get(program, 0) + plan
    found = []
    for program, plan in planned.items():
        amount = budget.programs.get(program)
        if amount is None or plan == amount:
            continue
        said = {"form": Thousands(plan, table=True), "budget": Thousands(amount, table=True)}
        where = Place(code=program)
        found.append(
            Finding("form.off_budget", Severity.WARNING, said, where=where, difference=plan - amount)
        )
    return found


@dataclass(frozen=True, slots=True)
class _Budget:
    """What a form is held against: the side's total, and the programs of costs by stored code."""

    total: int | None
    programs: Mapping[str, int]


def _budget(session: Session, unit_id: int, form: ReadForm) -> _Budget:
    """The budget in force on the form's day; an office that begins with its forms has none yet."""
    if form.month is None:
        return _Budget(None, {})
    year = form.month.year
    documents = planned_documents(session, unit_id, year, form.as_of)
    document = documents.latest
    lines = planned_lines(session, document, year)
    figure = Figure.COSTS if form.kind is FormKind.EXPENSES else Figure.REVENUE_TOTAL
    programs = {
        line.code: line.amount
        for line in lines
        if line.code is not None and line.amount is not None and line.section == Section.EXPENDITURE.value
    }
    for line in adjusted_by(session, unit_id, year, documents, form.as_of):
        if line.of_costs and line.code is not None:
            programs[line.code.stored] = programs.get(line.code.stored, 0) + line.amount
    return _Budget(planned_figure(session, document, year, figure, lines), programs)
