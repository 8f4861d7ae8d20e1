"""Last year's lines as a beginning: copied by what they are, raised by a percentage, rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.cells import LineRecord, Stamp
from akimat_desk.budget.drafts.coded import record_for
from akimat_desk.budget.drafts.edits import Amount, cell_changes, line_changes
from akimat_desk.budget.drafts.nodes import SUMMED
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import Change, Step
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import became
from akimat_desk.core.money import DECISION_STEP, half_up
from akimat_desk.core.strings import Message


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the year copied from: the innermost its edition has, with its amount in tiyn."""

    code: Code
    name: str
    amount: int

    @property
    def branch(self) -> Code:
        """The category or group it belongs to."""
        code = self.code
        while code.parent is not None:
            code = code.parent
        return code


def source_lines(lines: Sequence[BudgetLine]) -> tuple[SourceLine, ...]:
    """The innermost lines of receipts and costs of a year; totals and parents are computed anew."""
    coded = [
        line for line in lines if line.section in SUMMED and line.code is not None and line.amount is not None
    ]
    parents = set()
    for line in coded:
        above = line.code.parent if line.code is not None else None
        while above is not None:
            parents.add(above)
            above = above.parent
    return tuple(
        SourceLine(line.code, line.name.ru or line.printed_name, line.amount)
        for line in coded
        if line.code is not None and line.amount is not None and line.code not in parents
    )


@dataclass(frozen=True, slots=True)
class CopyYear:
    """Amounts of ``source_year`` times ``percent`` into ``target_year``; what stands there is replaced.

    ``branches`` are the categories and groups to be copied, as the source year writes them (None:
    all). Amounts are rounded half up to ``step`` tiyn. A line that the target year's classification
    does not have any more is left out; sums are computed, so a line that has parts here is left too.
    """

    source_year: int
    target_year: int
    percent: Decimal
    lines: tuple[SourceLine, ...]
    branches: frozenset[Code] | None = None
    step: int = DECISION_STEP

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`~akimat_desk.budget.drafts.edits.Edit`."""
        index, facts = sheet.index(self.target_year), sheet.facts
        records: list[LineRecord] = []
        amounts: list[Amount] = []
        for line in self.lines:
            if self.branches is not None and line.branch not in self.branches:
                continue
            code = became(line.code, self.source_year, facts.first_year, sheet.book)
            if code is None:
                continue
            record = record_for(
                code, sheet.facts.first_year, sheet.facts.decision_year, line.name, sheet.book
            )
            node = sheet.node(record.key)
            if node is not None and node.counts[index]:
                continue
            records.append(record)
            amounts.append(Amount(record.key, self.target_year, self._raised(line.amount)))
        changes: tuple[Change, ...] = (
            *line_changes(sheet, records),
            *cell_changes(sheet, amounts, stamp, Origin.ESTIMATED),
        )
        fields = {"source": self.source_year, "year": self.target_year, "percent": _written(self.percent)}
        return Step(Message("draft.edit.copy", fields), changes)

    def _raised(self, amount: int) -> int:
        exact = Fraction(amount) * Fraction(self.percent) / 100
        return int(half_up(exact / self.step, 0)) * self.step


def _written(percent: Decimal) -> str:
    return f"{percent.normalize():f}".replace(".", ",")
