"""What a person can do to a draft, as values; each is worked out against the sheet into a step.

Every edit has a name for undo and redo ("Отменить: сумма 07/3/124/008, 2026"). Nothing is refused for
being wrong: a text that is no amount, a code of another year, a sum beside its parts stays where it was
put, with its finding. Refused (UsageProblem) is only what the sheet has no place for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.amounts import KEPT, AmountRefused, read_amount
from akimat_desk.budget.drafts.cells import Cell, LineKey, LineRecord, Note, Stamp
from akimat_desk.budget.drafts.coded import ancestors, figure_row, record_for
from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import CellChange, Change, LineChange, NoteChange, Step, TextChange
from akimat_desk.budget.figures import Figure
from akimat_desk.classification.codes import Code
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.strings import Message

_LONGEST_NOTE = 2000


class Edit(Protocol):
    """Anything that can be done to a draft."""

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """What it changes in this sheet; a step without changes where nothing does."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """What is to stand in one cell: a typed text, an amount in tiyn, or None for nothing."""

    key: LineKey
    year: int
    given: str | int | None


@dataclass(frozen=True, slots=True)
class SetAmounts:
    """Amounts typed, pasted or emptied; the lines are there already."""

    amounts: tuple[Amount, ...]
    origin: Origin = Origin.TYPED
    pasted: bool = False

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`Edit`. Raises UsageProblem for a line or year that the sheet does not have."""
        changes = cell_changes(sheet, self.amounts, stamp, self.origin)
        return Step(self._name(sheet, changes), tuple(changes))

    def _name(self, sheet: DraftSheet, changes: Sequence[CellChange]) -> Message:
        if self.pasted:
            return Message("draft.edit.paste", {"count": len(changes)})
        if len(changes) == 1:
            change = changes[0]
            key = "draft.edit.amount" if change.after is not None else "draft.edit.empty"
            return Message(key, {"line": line_label(sheet, change.key), "year": change.year})
        return Message("draft.edit.amounts", {"count": len(changes)})


@dataclass(frozen=True, slots=True)
class AddLine:
    """A line by its code, with the parents it needs, and amounts for it where they are known."""

    code: Code
    amounts: tuple[tuple[int, str | int | None], ...] = ()
    name: str = ""

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`Edit`. A line that is there already only takes the amounts."""
        record = _record(sheet, self.code, self.name)
        changes: list[Change] = [*line_changes(sheet, [record])]
        for year, given in self.amounts:
            changes += _cell_change(sheet, Amount(record.key, year, given), stamp, Origin.TYPED)
        return Step(Message("draft.edit.add", {"line": _label(record)}), tuple(changes))


@dataclass(frozen=True, slots=True)
class AddFigure:
    """A row of III–VI (loans, balances used …)."""

    figure: Figure

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:  # noqa: ARG002 - the shape of every edit
        """See :class:`Edit`."""
        record = figure_row(self.figure)
        return Step(Message("draft.edit.add", {"line": _label(record)}), tuple(line_changes(sheet, [record])))


@dataclass(frozen=True, slots=True)
class RemoveLines:
    """Lines with all that stands under them; parents left with nothing go too."""

    keys: tuple[LineKey, ...]

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:  # noqa: ARG002 - the shape of every edit
        """See :class:`Edit`. A section itself stays: its lines go."""
        gone: dict[LineKey, Node] = {}
        for key in self.keys:
            node = _known(sheet, key)
            tree = [*node.walk()] if not node.is_section else [n for c in node.children for n in c.walk()]
            gone.update((each.key, each) for each in tree)
            above = node.parent
            while above is not None and not above.is_section and _left_bare(above, gone):
                gone[above.key] = above
                above = above.parent
        # The deepest first: a line that goes has nothing under it.
        order = sorted(gone.values(), key=lambda node: -node.depth)
        changes: list[Change] = []
        for node in order:
            changes += _emptied(sheet, node)
            changes.append(LineChange(node.record, added=False))
        name = (
            Message("draft.edit.remove", {"line": line_label(sheet, self.keys[0])})
            if len(self.keys) == 1
            else Message("draft.edit.remove_many", {"count": len(order)})
        )
        return Step(name, tuple(changes))


@dataclass(frozen=True, slots=True)
class SetNote:
    """A remark on a line; an empty text takes it away."""

    key: LineKey
    text: str

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`Edit`."""
        node = _known(sheet, self.key)
        text = self.text.strip()[:_LONGEST_NOTE]
        after = Note(text, stamp.by, stamp.at) if text else None
        name = Message("draft.edit.note", {"line": line_label(sheet, self.key)})
        if (node.note.text if node.note else "") == text:
            return Step(name)
        return Step(name, (NoteChange(self.key, node.note, after),))


@dataclass(frozen=True, slots=True)
class TakeTextFromLines:
    """From now on the lines answer for what the decision's text says of a year."""

    year: int

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:  # noqa: ARG002 - the shape of every edit
        """See :class:`Edit`."""
        before = sheet.texts[_index(sheet, self.year)]
        changes = (TextChange(self.year, before, None),) if before is not None else ()
        return Step(Message("draft.edit.text", {"year": self.year}), changes)


def work_out(sheet: DraftSheet, edit: Edit, stamp: Stamp) -> Step:
    """An edit as a step of this sheet.

    In an amendment the text of the decision is carried from the edition before; where its year is
    edited the lines answer from then on, so that the new text says what the new annex says.
    """
    step = edit.plan(sheet, stamp)
    told = {change.year for change in step.changes if isinstance(change, TextChange)}
    taken = []
    for year in sorted({change.year for change in step.cells} - told):
        text = sheet.texts[sheet.index(year)]
        if (
            text is not None
            and sheet.index(year) not in sheet.unwritten
            and set(text.figures) <= text.carried
        ):
            taken.append(TextChange(year, text, None))
    return Step(step.name, (*step.changes, *taken)) if taken else step


# --- what edits are made of ---------------------------------------------------------------------


def cell_changes(
    sheet: DraftSheet, amounts: Sequence[Amount], stamp: Stamp, origin: Origin
) -> list[CellChange]:
    """The changes of cells; a cell that would stay as it is has none."""
    # A cell named twice takes what was named last.
    last = {(amount.key, amount.year): amount for amount in amounts}
    return [change for amount in last.values() for change in _cell_change(sheet, amount, stamp, origin)]


def line_changes(sheet: DraftSheet, records: Sequence[LineRecord]) -> list[LineChange]:
    """The lines that have to appear for these: themselves and the parents they lack."""
    wanted: dict[LineKey, LineRecord] = {}
    for record in records:
        if record.code is not None and record.figure is None:
            for code in reversed([*ancestors(record.code)]):
                above = _record(sheet, code)
                wanted.setdefault(above.key, above)
        wanted.setdefault(record.key, record)
    return [LineChange(record, added=True) for key, record in wanted.items() if sheet.node(key) is None]


def line_label(sheet: DraftSheet, key: LineKey) -> object:
    """What a line is called in an edit's name: its code, else its figure's or printed name."""
    node = sheet.node(key)
    return _label(node.record) if node is not None else key.line


def _label(record: LineRecord) -> object:
    if record.code is not None:
        return str(record.code)
    return Message(f"figure.{record.figure.value}") if record.figure is not None else record.printed_name


def _record(sheet: DraftSheet, code: Code, name: str = "") -> LineRecord:
    return record_for(code, sheet.facts.first_year, sheet.facts.decision_year, name, sheet.book)


def _known(sheet: DraftSheet, key: LineKey) -> Node:
    node = sheet.node(key)
    if node is None:
        raise UsageProblem("error.draft.no_line", line=key.line)
    return node


def _index(sheet: DraftSheet, year: int) -> int:
    if year not in sheet.years:
        raise UsageProblem(
            "error.budget.no_budget", year=year, years=", ".join(str(each) for each in sheet.years)
        )
    return sheet.index(year)


def _cell_change(sheet: DraftSheet, amount: Amount, stamp: Stamp, origin: Origin) -> list[CellChange]:
    index = _index(sheet, amount.year)
    node = sheet.node(amount.key)
    before = node.cells[index] if node is not None else None
    after = _cell(amount.given, stamp, origin)
    if (before is None and after is None) or (
        before is not None
        and after is not None
        and (before.amount, before.raw if before.amount is None else "") == (after.amount, after.raw)
    ):
        return []
    computed = node.computed(index) if node is not None and node.counts[index] else None
    if before is None and after is not None and after.amount is not None and after.amount == computed:
        return []  # typed what its parts come to anyway
    return [CellChange(amount.key, amount.year, before, after)]


def _cell(given: str | int | None, stamp: Stamp, origin: Origin) -> Cell | None:
    if isinstance(given, str):
        try:
            tiyn = read_amount(given)
        except AmountRefused:
            return Cell(None, origin, stamp.by, stamp.at, given.strip()[:KEPT])
        return Cell(tiyn, origin, stamp.by, stamp.at) if tiyn is not None else None
    return Cell(given, origin, stamp.by, stamp.at) if given is not None else None


def _left_bare(above: Node, gone: dict[LineKey, Node]) -> bool:
    """Whether nothing would be left of a parent that stands there for its parts alone."""
    if above.note is not None or any(cell is not None for cell in above.cells):
        return False
    return all(child.key in gone for child in above.children)


def _emptied(sheet: DraftSheet, node: Node) -> list[Change]:
    changes: list[Change] = [
        CellChange(node.key, year, cell, None)
        for year, cell in zip(sheet.years, node.cells, strict=True)
        if cell is not None
    ]
    if node.note is not None:
        changes.append(NoteChange(node.key, node.note, None))
    return changes
