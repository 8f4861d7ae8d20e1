"""Rows as the readers meet them, put together: leaves, sums of parents, the total of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.execution.forms import EXECUTED, FormKind, FormRow, FormSum, Measure
from akimat_desk.budget.execution.reading.amounts import NotAnAmount, Style, amount_of

from akimat_desk.budget.execution.forms import MoneyUnit  # isort: skip
from akimat_desk.core.findings import Finding, Place, Severity


@dataclass(slots=True)
class Item:
    """A printed row: its code's parts (none for the form's total), its name, its cells of numbers."""

    row: int
    parts: tuple[str, ...]
    name: str = ""
    cells: dict[Measure, tuple[str, bool]] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """The code as a person reads it."""
        return "/".join(part for part in self.parts if part)

    def problem(self, code: str, **fields: object) -> None:
        """Note what is wrong with the row."""
        where = Place(code=self.printed, row=self.row)
        self.problems.append(Finding(f"form.{code}", Severity.ERROR, fields, where=where))


def amounts_of(item: Item, style: Style, unit: MoneyUnit) -> dict[Measure, int | None]:
    """The item's amounts in tiyn; a cell with something else becomes a problem of the row."""
    amounts: dict[Measure, int | None] = {}
    for measure, (text, is_number) in item.cells.items():
        try:
            amounts[measure] = amount_of(text, style, unit, is_number=is_number)
        except NotAnAmount:
            amounts[measure] = None
            item.problem("text_in_number", text=text.strip(), column=measure_name(measure))
    return amounts


def measure_name(measure: Measure) -> object:
    """The column's name as a field of a text."""
    from akimat_desk.core.strings import Message

    return Message(f"form.column.{measure.value}")


def assembled(
    kind: FormKind, items: Sequence[Item], style: Style, unit: MoneyUnit
) -> tuple[tuple[FormRow, ...], tuple[FormSum, ...]]:
    """Leaves and sums. A row is a sum when the form has rows below it; one without a code is the total."""
    above = _parents(item.parts for item in items)
    rows: list[FormRow] = []
    sums: list[FormSum] = []
    for item in items:
        amounts = amounts_of(item, style, unit)
        if not item.parts or item.parts in above:
            if any(amount is not None for amount in amounts.values()):
                sums.append(FormSum(item.row, item.parts, amounts))
            continue
        if amounts.get(EXECUTED[kind]) is None and not item.problems:
            item.problem("no_amounts", column=measure_name(EXECUTED[kind]))
        rows.append(FormRow(item.row, item.parts, item.name, amounts, tuple(item.problems)))
    return _without_repeats(rows), tuple(sums)


def _parents(codes: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {code[:length] for code in codes for length in range(1, len(code))}


def _without_repeats(rows: Iterable[FormRow]) -> tuple[FormRow, ...]:
    """A code that stands twice: the second row is wrong, which of the two is right nobody here knows."""
    first: dict[tuple[str, ...], FormRow] = {}
    kept = []
    for row in rows:
        known = first.setdefault(row.parts, row)
        if known is not row:
            where = Place(code=row.printed_code, row=row.row)
            twice = Finding("form.twice", Severity.ERROR, {"row": known.row}, where=where)
            row = FormRow(row.row, row.parts, row.name, row.amounts, (*row.problems, twice))
        kept.append(row)
    return tuple(kept)


def total_of(rows: Iterable[FormRow], measure: Measure) -> int | None:
    """What the rows add up to in a column; None when no row states it."""
    stated = [amount for row in rows if (amount := row.amounts.get(measure)) is not None]
    return sum(stated) if stated else None


def sum_findings(rows: Sequence[FormRow], sums: Sequence[FormSum]) -> list[Finding]:
    """Printed sums that their rows do not come to, the column and the difference named."""
    found = []
    for printed in sums:
        own = [row for row in rows if row.parts[: len(printed.parts)] == printed.parts]
        for measure, amount in printed.amounts.items():
            counted = total_of(own, measure)
            if amount is None or counted is None or amount == counted:
                continue
            found.append(_sum_differs(printed, measure, amount, counted))
    return found


def _sum_differs(printed: FormSum, measure: Measure, amount: int, counted: int) -> Finding:
    from akimat_desk.core.strings import Thousands

    code = "/".join(part for part in printed.parts if part)
    return Finding(
        "form.sum" if code else "form.total",
        Severity.ERROR,
        {
            "code": code,
            "column": measure_name(measure),
            "printed": Thousands(amount, table=True),
            "counted": Thousands(counted, table=True),
        },
        where=Place(code=code, row=printed.row),
        difference=amount - counted,
    )


def remainder_findings(rows: Iterable[FormRow]) -> list[Finding]:
    """Columns 11 and 12 of form 4-20 against what they are made of (11 = 4 − 6, 12 = 5 − 7)."""
    made = (
        (Measure.LEFT_OBLIGATIONS, Measure.PLAN_OBLIGATIONS, Measure.REGISTERED),
        (Measure.LEFT_PAYMENTS, Measure.PLAN_PAYMENTS, Measure.PAID),
    )
    found = []
    for row in rows:
        for left, plan, done in made:
            amount, of, taken = (row.amounts.get(each) for each in (left, plan, done))
            if amount is None or of is None or taken is None or amount == of - taken:
                continue
            found.append(
                Finding(
                    "form.remainder",
                    Severity.WARNING,
                    {"column": measure_name(left)},
                    where=Place(code=row.printed_code, row=row.row),
                    difference=amount - (of - taken),
                )
            )
    return found
