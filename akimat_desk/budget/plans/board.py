"""A plan being worked on: its sheet with every edit undoable, its rows to look at, its findings live.

Knows no database: what is to be stored is the sheet, after every edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from akimat_desk.budget.plans.checks import Situation, check_plan, coverage
from akimat_desk.budget.plans.documents import PlanKind
from akimat_desk.budget.plans.edits import PutLines, apply, put_month
from akimat_desk.budget.plans.filling import Filled, FillRule, fill
from akimat_desk.budget.plans.limits import Limit, is_under
from akimat_desk.budget.plans.questions import PlanView, change_of, paper_findings
from akimat_desk.budget.plans.rules import Area
from akimat_desk.budget.plans.shapes import Shapes
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, Months, PlanSheet, Side
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.core.language import Trilingual

_COSTS = (Side.PAYMENTS, Side.OBLIGATIONS)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row of a side. ``key`` is set for a line of the plan, ``limit`` for a line of the budget over
    its lines, neither for what the budget does not have and for the total. ``budget`` is in tiyn."""

    code: str
    name: Trilingual
    months: Months
    key: LineKey | None = None
    limit: Limit | None = None
    total: bool = False

    @property
    def year(self) -> int:
        """The sum of the months."""
        return sum(self.months)

    @property
    def budget(self) -> int | None:
        """What the budget has for the row; None for a line of the plan itself."""
        return self.limit.amount if self.limit is not None else None


class PlanBoard:
    """One plan document in hand. Edits of what may not be edited raise ValueError."""

    def __init__(self, view: PlanView, shapes: Shapes | None = None) -> None:
        """``shapes`` are last year's: what filling by last year's shape takes its months from."""
        self.view = view
        self.shapes = shapes or Shapes()
        self.sheet = view.sheet
        self._undo: list[PutLines] = []
        self._redo: list[PutLines] = []
        self.findings: list[Finding] = []
        self._judge()

    def renew(self, view: PlanView) -> None:
        """The same document read again: the budget, closed months or the paper may have changed."""
        self.view = view
        self._judge()

    # -- questions --------------------------------------------------------------------------------

    @property
    def situation(self) -> Situation:
        """What the plan is judged by, with the sheet as it is now."""
        return replace(self.view.situation, sheet=self.sheet)

    @property
    def editable(self) -> bool:
        """Whether it is a draft that is not marked as deleted."""
        document = self.view.document
        return document.state is DocumentState.DRAFT and not document.deleted

    def edits(self, side: Side) -> bool:
        """Whether lines of a side may be edited: a certificate changes its own half only."""
        area = self.view.document.area
        return self.editable and (area is None or side in Area(area).sides)

    def can_edit(self, key: LineKey, month: int) -> bool:
        """Whether a cell may be typed into: months before a change's own are closed."""
        current = self.view.situation.month
        return self.edits(key.side) and (current is None or month >= current)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to make again."""
        return bool(self._redo)

    def coverage(self) -> Months:
        """What is left after payments, month by month (art. 105)."""
        return coverage(self.situation)

    def rows(self, side: Side) -> list[BoardRow]:
        """The rows of a side: each line of the budget over the lines of the plan under it, a total."""
        limits = self.view.situation.limits
        made: list[BoardRow] = []
        left = self.sheet.keys(side)
        for limit in limits.of(side) if limits is not None else []:
            under = [key for key in left if limits is not None and limits.limit_of(side, key.code) == limit]
            left = [key for key in left if key not in under]
            months = self.sheet.total(side, partial(is_under, above=limit.code))
            made.append(BoardRow(str(limit.code), self._limit_name(limit), months, None, limit))
            made += [self._line(key) for key in under]
        if left:
            rest = PlanSheet(self.sheet.year, {key: self.sheet.months(key) for key in left})
            if limits is not None:
                made.append(BoardRow("", Trilingual(), rest.total(side)))
            made += [self._line(key) for key in left]
        made.append(BoardRow("", Trilingual(), self.sheet.total(side), total=True))
        return made

    def name_of(self, code: Code) -> Trilingual:
        """A code's name: the office's own, else the classification's."""
        own = self.sheet.names.get(code)
        entry = pack_for(self.sheet.year).lookup(code)
        return own or (entry.name if entry is not None else Trilingual())

    def _line(self, key: LineKey) -> BoardRow:
        return BoardRow(str(key.code), self.name_of(key.code), self.sheet.months(key), key)

    def _limit_name(self, limit: Limit) -> Trilingual:
        entry = pack_for(self.sheet.year).lookup(limit.code)
        return entry.name if entry is not None else limit.name

    # -- edits ------------------------------------------------------------------------------------

    def set_month(self, key: LineKey, month: int, amount: int) -> None:
        """Type one cell."""
        if not self.can_edit(key, month):
            raise ValueError(f"month {month} of {key} is not open")
        self._do(put_month(self.sheet, key, month, amount))

    def fill(self, key: LineKey, rule: FillRule, total: int, months: Sequence[int]) -> Filled:
        """Fill months of a line by a rule. Raises ValueError where last year has no shape for it."""
        if not all(self.can_edit(key, month) for month in months):
            raise ValueError("a month is closed")
        filled = fill(rule, total, self.sheet.months(key), self.shapes.months(rule, key), months)
        self._do(PutLines({key: filled.months}))
        return filled

    def fill_obligations(self) -> None:
        """Obligations as the payments are, line by line."""
        if not self.edits(Side.OBLIGATIONS):
            raise ValueError("obligations are not edited here")
        lines: dict[LineKey, Months | None] = {}
        for key in self.sheet.keys(Side.PAYMENTS):
            other = LineKey(Side.OBLIGATIONS, key.code)
            months = self.sheet.months(key)
            if self.sheet.lines.get(other) != months:
                lines[other] = months
        if lines:
            self._do(PutLines(lines))

    def add_line(self, side: Side, code: Code, name: Trilingual | None = None) -> None:
        """A new line; of costs on both sides. ``name`` names a code that nothing knows."""
        sides = (side,) if side is Side.RECEIPTS else _COSTS
        keys = [LineKey(each, code) for each in sides]
        lines = {key: EMPTY for key in keys if key not in self.sheet.lines}
        if not self.edits(side) or not lines:
            raise ValueError("the line is there already")
        self._do(PutLines(lines, {code: name} if name is not None else None))

    def remove_line(self, key: LineKey) -> None:
        """Take a line away, of costs on both sides; a line of the plan in force goes back to it."""
        if not self.edits(key.side):
            raise ValueError("not edited here")
        before = self.view.situation.before
        sides = (key.side,) if key.side is Side.RECEIPTS else _COSTS
        keys = [LineKey(each, key.code) for each in sides]
        self._do(
            PutLines(
                {
                    each: before.lines.get(each) if before is not None else None
                    for each in keys
                    if each in self.sheet.lines
                }
            )
        )

    def undo(self) -> None:
        """Take the last edit back."""
        if self._undo:
            self.sheet, inverse = apply(self.sheet, self._undo.pop())
            self._redo.append(inverse)
            self._judge()

    def redo(self) -> None:
        """Make an edit again that was taken back."""
        if self._redo:
            self.sheet, inverse = apply(self.sheet, self._redo.pop())
            self._undo.append(inverse)
            self._judge()

    def _do(self, edit: PutLines) -> None:
        self.sheet, inverse = apply(self.sheet, edit)
        self._undo.append(inverse)
        self._redo.clear()
        self._judge()

    def _judge(self) -> None:
        change = change_of(self.view, self.sheet)
        paper = paper_findings(self.view.document, change, self.view.other)
        # A quarter of the forecast stands at the level of the decision: the rules of a plan are not its.
        is_quarter = self.view.document.kind is PlanKind.QUARTER
        self.findings = by_weight([*paper, *([] if is_quarter else check_plan(self.situation))])


def of_cell(findings: Iterable[Finding], side: Side, code: str, month: int | None = None) -> list[Finding]:
    """The findings of a line (or of one of its months) on a side."""
    return [
        finding
        for finding in findings
        if finding.where.code == code
        and finding.fields.get("side_id", side.value) == side.value
        and (month is None or finding.fields.get("month_no") == month)
    ]
