"""What the cells of the draft grid say: shown, in the editor, as a tip, and read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.core import dates
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.core.money import NO_BREAK_SPACE, signed_amount, table_amount, text_amount
from akimat_desk.ui.formats import DASH, ROMAN, code_shown, day_written, severity_word
from akimat_desk.ui.grid.rows import Rows
from akimat_desk.ui.i18n import Speech


class Fixed(IntEnum):
    """The columns before the years; after the years come findings and note."""

    CODE = 0
    NAME = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column shows what, for these years."""

    years: tuple[int, ...] = ()

    @property
    def amounts(self) -> range:
        """The columns of amounts, one for each year."""
        return range(len(Fixed), len(Fixed) + len(self.years))

    @property
    def marks(self) -> int:
        """The column of the findings."""
        return len(Fixed) + len(self.years)

    @property
    def notes(self) -> int:
        """The column of the notes, the last one."""
        return self.marks + 1


class CellWords:
    """Answers for one sheet's rows under its columns, in the language in use."""

    def __init__(self, rows: Rows, columns: Columns, speech: Speech) -> None:
        self._rows = rows
        self._columns = columns
        self._speech = speech

    def heading(self, column: int) -> str | None:
        """The head of a column."""
        if column in self._columns.amounts:
            return str(self._columns.years[column - len(Fixed)])
        keys = {
            Fixed.CODE: "ui.budget.column.code",
            Fixed.NAME: "ui.budget.column.name",
            self._columns.marks: "ui.draft.column.findings",
            self._columns.notes: "ui.draft.column.note",
        }
        return self._speech(keys[column]) if column in keys else None

    def text(self, node: Node, column: int) -> str:
        """What a cell shows."""
        if column == Fixed.CODE:
            return ROMAN[node.key.section] if node.is_section else code_shown(node.record.code)
        if column == Fixed.NAME:
            return node.text(self._speech.language)
        if column == self._columns.marks:
            found = self.findings(node, column)
            return found[0].message(self._speech.language) if found else self._entered(node)
        if column == self._columns.notes:
            return node.note.text.replace("\n", " ") if node.note is not None else ""
        index = column - len(Fixed)
        cell = node.cells[index]
        if cell is not None and cell.amount is None:
            return cell.raw
        return table_amount(node.value(index))

    def _entered(self, node: Node) -> str:
        """What of a line is an adjustment of the akim that the amendment holds; "" where nothing is."""
        amount = self._rows.entered.amounts.get(node.key)
        return self._speech("ui.draft.entered", amount=signed_amount(amount)) if amount else ""

    def to_edit(self, node: Node, column: int) -> str:
        """What stands in the editor: an amount without groups, a text as it was typed."""
        if column == self._columns.notes:
            return node.note.text if node.note is not None else ""
        if column not in self._columns.amounts:
            return self.text(node, column)
        index = column - len(Fixed)
        cell = node.cells[index]
        if cell is not None and cell.amount is None:
            return cell.raw
        return text_amount(node.value(index)).replace(NO_BREAK_SPACE, "")

    def findings(self, node: Node, column: int) -> list[Finding]:
        """What is to be said of a cell; of the whole line outside the years. The heaviest first."""
        if not self._rows.has_findings(node):
            return []
        if column in self._columns.amounts:
            return by_weight(self._rows.findings_of_year(node, column - len(Fixed)))
        return by_weight(self._rows.findings(node))

    def tip(self, node: Node, column: int) -> str | None:
        """Everything there is to say of a cell."""
        language = self._speech.language
        if column == Fixed.NAME:
            return node.text(language)
        if column == self._columns.notes:
            return self._note_tip(node)
        if column not in self._columns.amounts and column != self._columns.marks:
            return None
        found = self.findings(node, column)
        said = [finding.message(language) for finding in found]
        said += [fix for finding in found if (fix := finding.fix(language))]
        if column in self._columns.amounts and node.is_stated(column - len(Fixed)):
            said.append(self._came(node, column - len(Fixed)))
        if column in (len(Fixed), self._columns.marks):
            said.append(self._entered_tip(node))
        return "\n".join(filter(None, said)) or None

    def _entered_tip(self, node: Node) -> str:
        entered = self._rows.entered
        amount = entered.amounts.get(node.key)
        if not amount:
            return ""
        named = [
            self._speech("ui.changes.adjustment", number=number or DASH, day=day_written(day) or DASH)
            for number, day in entered.documents
        ]
        return self._speech(
            "ui.draft.entered.tip",
            amount=signed_amount(amount),
            year=self._rows.sheet.facts.first_year,
            adjustments=", ".join(named),
        )

    def _note_tip(self, node: Node) -> str | None:
        note = node.note
        if note is None:
            return None
        who = self._speech("ui.draft.by", by=note.by, at=dates.short(note.at)) if note.at is not None else ""
        return f"{note.text}\n{who}".strip()

    def _came(self, node: Node, index: int) -> str:
        """How an amount came, by whom and when."""
        cell = node.cells[index]
        said = self._speech(f"ui.draft.came.{node.origin(index).value}")
        if cell is None or cell.at is None or node.origin(index) is Origin.COMPUTED:
            return said
        return f"{said} {self._speech('ui.draft.by', by=cell.by, at=dates.short(cell.at))}"

    def spoken(self, node: Node, column: int, *, folded: bool) -> str:
        """What a screen reader says of a cell."""
        said = self.text(node, column)
        if column in self._columns.amounts:
            spoken = self._speech(
                "ui.budget.spoken",
                name=node.text(self._speech.language),
                year=self._columns.years[column - len(Fixed)],
                amount=said or self._speech("ui.not_stated"),
            )
            found = self.findings(node, column)
            word = severity_word(found[0].severity, self._speech) if found else ""
            return f"{spoken}; {word}: {found[0].message(self._speech.language)}" if found else spoken
        if column == Fixed.NAME and node.children:
            return f"{said} ({self._speech('ui.draft.folded' if folded else 'ui.draft.unfolded')})"
        return said
