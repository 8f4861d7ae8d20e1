"""What an edit changes, as values: a step knows what stood before, so that it can be turned round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from akimat_desk.budget.drafts.cells import Cell, LineKey, LineRecord, Note
from akimat_desk.budget.figures import Figure
from akimat_desk.core.strings import Message


@dataclass(frozen=True, slots=True)
class CellChange:
    """One amount of one line and year."""

    key: LineKey
    year: int
    before: Cell | None
    after: Cell | None

    def inverse(self) -> CellChange:
        """The way back."""
        return CellChange(self.key, self.year, self.after, self.before)


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that appears (``added``) or goes; it has no amounts then and nothing under it."""

    record: LineRecord
    added: bool

    def inverse(self) -> LineChange:
        """The way back."""
        return LineChange(self.record, not self.added)


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A line's note."""

    key: LineKey
    before: Note | None
    after: Note | None

    def inverse(self) -> NoteChange:
        """The way back."""
        return NoteChange(self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class YearText:
    """What a decision's text states for a year; ``carried`` are the figures of the edition before."""

    figures: Mapping[Figure, int]
    carried: frozenset[Figure] = frozenset()
    last_figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class TextChange:
    """The figures of a decision's text for a year, which the lines answer for from now on (or again)."""

    year: int
    before: YearText | None
    after: YearText | None

    def inverse(self) -> TextChange:
        """The way back."""
        return TextChange(self.year, self.after, self.before)


Change = CellChange | LineChange | NoteChange | TextChange


@dataclass(frozen=True, slots=True)
class Step:
    """An edit worked out against a sheet: its name and every change, in order."""

    name: Message
    changes: tuple[Change, ...] = field(default_factory=tuple)

    def inverse(self) -> Step:
        """The step that takes this one back; it bears the same name."""
        return Step(self.name, tuple(change.inverse() for change in reversed(self.changes)))

    @property
    def cells(self) -> list[CellChange]:
        """The amounts that change."""
        return [change for change in self.changes if isinstance(change, CellChange)]
