"""Another code for a line that is there: its amounts, its note and all that stands under it go with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from akimat_desk.budget.drafts.cells import LineKey, LineRecord, Stamp
from akimat_desk.budget.drafts.coded import ancestors, code_of, record_for, section_of
from akimat_desk.budget.drafts.edits import RemoveLines, line_changes
from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import CellChange, Change, LineChange, NoteChange, Step
from akimat_desk.classification.codes import Code
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.strings import Message


@dataclass(frozen=True, slots=True)
class RetypeCode:
    """The line of ``key`` bears another code from now on. Lines under it keep the rest of theirs."""

    key: LineKey
    code: Code

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`~akimat_desk.budget.drafts.edits.Edit`.

        Raises UsageProblem for a line without a code, a code of another section, one that a line of the
        draft has already, and one of another depth where lines stand under it.
        """
        node = sheet.node(self.key)
        if node is None:
            raise UsageProblem("error.draft.no_line", line=self.key.line)
        before = node.record.code
        if before is None:
            raise UsageProblem("error.draft.no_code_to_retype")
        name = Message("draft.edit.retype", {"line": str(before), "now": str(self.code)})
        if self.code == before:
            return Step(name)
        moved = [(each, self._record(sheet, each, before, node)) for each in node.walk()]
        mine = {each.key for each, _ in moved}
        for _, record in moved:
            if record.key not in mine and sheet.node(record.key) is not None:
                raise UsageProblem("error.draft.code_there", code=str(record.code))
        needed = {record.key for _, record in moved}
        for _, record in moved:
            if record.code is not None:
                needed |= {LineKey.of_code(record.key.section, code) for code in ancestors(record.code)}
        # Parents that stand there for this line alone go with it, unless the new code stands under them.
        gone = [
            change
            for change in RemoveLines((self.key,)).plan(sheet, stamp).changes
            if not (isinstance(change, LineChange) and change.record.key in needed - mine)
        ]
        come: list[Change] = [
            change
            for change in line_changes(sheet, [record for _, record in moved])
            if change.record.key not in mine
        ]
        there = {change.record.key for change in come if isinstance(change, LineChange)}
        come += [LineChange(record, True) for _, record in moved if record.key not in there]
        return Step(name, (*gone, *come, *_contents(sheet, moved)))

    def _record(self, sheet: DraftSheet, each: Node, before: Code, top: Node) -> LineRecord:
        code = each.record.code
        if code is None:
            raise UsageProblem("error.draft.printed_under", name=each.record.printed_name)
        wanted = self.code
        if each is not top:
            rest = code.stored.removeprefix(f"{before.stored}/")
            if self.code.level != before.level or rest == code.stored:
                raise UsageProblem("error.draft.lines_under", code=str(before))
            wanted = code_of(each.key.section, f"{self.code.stored}/{rest}")
        if section_of(wanted) is not each.key.section:
            raise UsageProblem("error.draft.other_section", code=str(wanted))
        facts = sheet.facts
        record = record_for(wanted, facts.first_year, facts.decision_year, book=sheet.book)
        if record.code is None:
            raise UsageProblem("error.draft.other_section", code=str(wanted))
        return replace(record, under=None)


def _contents(sheet: DraftSheet, moved: list[tuple[Node, LineRecord]]) -> list[Change]:
    changes: list[Change] = []
    for node, record in moved:
        for year, cell in zip(sheet.years, node.cells, strict=True):
            if cell is not None:
                changes.append(CellChange(record.key, year, None, cell))
        if node.note is not None:
            changes.append(NoteChange(record.key, None, node.note))
    return changes
