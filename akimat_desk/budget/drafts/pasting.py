"""Understanding a pasted block: which columns are codes, names and amounts, and which line a row means.

Codes come in one cell ("1/04/1", "07 3 124 008") or a column each, whole or as stairs where every row
fills its own level as annexes do, with or without their leading zeros. Rows without codes are known by
their names in any language; a name that several lines bear is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.drafts.cells import LineKey, LineRecord, Stamp
from akimat_desk.budget.drafts.clipboard import Block
from akimat_desk.budget.drafts.coded import figure_row, record_for
from akimat_desk.budget.drafts.edits import Amount, cell_changes, line_changes
from akimat_desk.budget.drafts.nodes import total_record
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import Step
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Section
from akimat_desk.budget.reading.annex_words import label_of
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.names import score
from akimat_desk.classification.pack import Pack
from akimat_desk.core.strings import Message

_PART = re.compile(r"[0-9]{1,3}")
_WHOLE_CODE = re.compile(r"[0-9]{1,2}(?:\s*[/.\- ]\s*[0-9]{1,3}){1,5}")
_SPLIT = re.compile(r"\s*[/.\- ]\s*")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_LETTERS = re.compile(r"[^\W\d_]")
_WIDTHS: dict[type[RevenueCode] | type[ExpenditureCode], tuple[int, ...]] = {
    RevenueCode: (1, 2, 1, 2),
    ExpenditureCode: (2, 1, 3, 3, 3, 3),
}
_NEAR = 0.85  # from here on a name is taken for a line's own
_CLEARLY = 0.03  # by how much it must be nearer than the next
_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; ``years`` says for each amount column the year it goes to."""

    codes: tuple[int, ...]
    name: int | None
    years: tuple[tuple[int, int], ...]  # column, year

    @property
    def is_amounts_only(self) -> bool:
        """Whether nothing says which lines are meant: the block goes where the cursor stands."""
        return not self.codes and self.name is None


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of the block. ``record`` is the line it means; None where it is not certain.

    ``offered`` are the lines it may mean, to be asked about. ``amounts`` are texts by year.
    """

    number: int
    shown: str
    amounts: tuple[tuple[int, str], ...]
    record: LineRecord | None = None
    offered: tuple[LineRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class PasteRows:
    """Rows by their codes or names into a draft: lines that are not there yet appear."""

    rows: tuple[PastedRow, ...]

    def plan(self, sheet: DraftSheet, stamp: Stamp) -> Step:
        """See :class:`~akimat_desk.budget.drafts.edits.Edit`. Rows without a line are left out."""
        certain = [(row, row.record) for row in self.rows if row.record is not None]
        lines = line_changes(sheet, [record for _, record in certain])
        amounts = [
            Amount(record.key, year, text) for row, record in certain for year, text in row.amounts if text
        ]
        cells = cell_changes(sheet, amounts, stamp, Origin.TYPED)
        count = len(cells) or len(lines)
        return Step(Message("draft.edit.paste", {"count": count}), (*lines, *cells))


def columns_of(block: Block, sheet: DraftSheet, first_year: int, *, among_codes: bool = False) -> Columns:
    """What the columns of a block are. Amounts go to ``first_year`` and on, unless a head names years.

    ``among_codes`` says that the cursor stands in the code or name column, so that columns of bare
    numbers before the amounts are codes.
    """
    width = len(block[0]) if block else 0
    kinds = [_kind([row[column] for row in block]) for column in range(width)]
    name = next((column for column, kind in enumerate(kinds) if kind == "name"), None)
    if name is not None:
        codes = tuple(column for column in range(name) if kinds[column] in ("code", "part"))
        amounts = [column for column in range(name + 1, width) if kinds[column] != "name"]
    elif kinds and kinds[0] == "code":
        codes, amounts = (0,), list(range(1, width))
    else:
        codes = _bare_codes(kinds) if among_codes or _is_stair(block, kinds) else ()
        amounts = list(range(len(codes), width))
    named = _named_years(block, amounts, sheet.years)
    if named:
        return Columns(codes, name, named)
    years = sheet.years[sheet.index(first_year) :]
    return Columns(codes, name, tuple(zip(amounts, years, strict=False)))


def understand(block: Block, columns: Columns, sheet: DraftSheet) -> tuple[PastedRow, ...]:
    """Which line each row means. Heads, rows of column numbers and empty rows are left out."""
    reader = _Reader(sheet, columns)
    rows = []
    for number, cells in enumerate(block, start=1):
        row = reader.row(number, cells)
        if row is not None:
            rows.append(row)
    return tuple(rows)


# --- columns ------------------------------------------------------------------------------------


def _kind(cells: Sequence[str]) -> str:
    """Whether a column holds names, whole codes, parts of codes or (anything else) amounts."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    half = len(filled) / 2
    words = sum(_is_words(cell) for cell in filled)
    codes = sum(_WHOLE_CODE.fullmatch(cell) is not None and not _is_amount(cell) for cell in filled)
    if words + codes > half:
        return "code" if codes else "name"  # among codes a row may be named in words
    if sum(_PART.fullmatch(cell) is not None for cell in filled) >= half:
        return "part"
    return "amount"


def _is_words(cell: str) -> bool:
    return len(_LETTERS.findall(cell)) >= 3 and not _is_amount(cell)


def _is_amount(cell: str) -> bool:
    """Whether a text is an amount and rather that than a code: "1 234,5", but not "07 3 124"."""
    try:
        read_amount(cell)
    except AmountRefused:
        return False
    return "/" not in cell and not re.match(r"0[0-9]", cell)


def _bare_codes(kinds: Sequence[str]) -> tuple[int, ...]:
    codes: list[int] = []
    for column, kind in enumerate(kinds[:6]):
        if kind not in ("part", "code", "") or (kind == "part" and column == len(kinds) - 1 and codes):
            break
        codes.append(column)
    return tuple(codes)


def _is_stair(block: Block, kinds: Sequence[str]) -> bool:
    """Whether the first columns are an annex's stairs of codes: a zero before a digit gives them away."""
    return (
        len(kinds) > 2
        and kinds[0] == "part"
        and any(re.fullmatch(r"0[0-9]{1,2}", cell) for row in block for cell in row[:4])
    )


def _named_years(block: Block, amounts: Sequence[int], years: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Years named in a head over the amounts."""
    for row in block[:4]:
        named = [(column, int(found.group(1))) for column in amounts if (found := _YEAR.search(row[column]))]
        if named and all(year in years for _, year in named):
            others = [row[c] for c in amounts if row[c] and c not in dict(named)]
            if not others:
                return tuple(named)
    return ()


# --- rows ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    sheet: DraftSheet
    columns: Columns
    trail: list[str] = field(default_factory=list)
    last: Code | None = None
    side: type[RevenueCode] | type[ExpenditureCode] | None = None

    def row(self, number: int, cells: Sequence[str]) -> PastedRow | None:
        columns = self.columns
        name = cells[columns.name] if columns.name is not None else ""
        parts = [cells[column] for column in columns.codes]
        amounts = tuple((year, cells[column]) for column, year in columns.years if column < len(cells))
        texts = [text for _, text in amounts if text]
        if not name and len(parts) == 1 and _is_words(parts[0]):
            name, parts = parts[0], []
        if not name and not any(parts):
            return None
        if texts and all(_YEAR.search(text) and not _plain_amount(text) for text in texts):
            return None  # the head
        if _is_numbers_row(cells):
            return None
        shown = " ".join([*(part for part in parts if part), name]).strip()
        row = PastedRow(number, shown, amounts)
        record, offered = self._line(parts, name)
        if record is None and not offered and not texts:
            return None  # a heading in words
        return replace(row, record=record, offered=offered)

    def _line(self, parts: Sequence[str], name: str) -> tuple[LineRecord | None, tuple[LineRecord, ...]]:
        digits = self._digits(parts)
        label = label_of(name) if name and not digits else None
        if label is not None and label.figure is not None:
            return self._figure(label.figure), ()
        if digits:
            code = self._code(digits, name)
            if code is not None:
                self.last, self.side = code, type(code)
                return self._record(code, name), ()
        if name:
            return self._by_name(name)
        return None, ()

    def _figure(self, figure: Figure) -> LineRecord:
        if figure in SECTION_TOTAL.values():
            key = LineKey.of_figure(figure)
            if key.section in (Section.REVENUE, Section.EXPENDITURE):
                self.side = RevenueCode if key.section is Section.REVENUE else ExpenditureCode
                self.trail, self.last = [], None
            return total_record(key.section)
        return figure_row(figure)

    def _digits(self, parts: Sequence[str]) -> list[str]:
        """The parts of the code that a row means, with those that stairs leave to the rows above."""
        if len(parts) == 1:
            return [part for part in _SPLIT.split(parts[0].strip()) if part.isdigit()]
        filled = [(column, part) for column, part in enumerate(parts) if _PART.fullmatch(part)]
        if not filled:
            return []
        first = filled[0][0]
        trail = [*self.trail[:first], *[""] * (first - len(self.trail))]
        for column, part in filled:
            trail += [""] * (column - len(trail))
            trail.append(part)
        self.trail = trail
        return trail

    def _code(self, digits: Sequence[str], name: str) -> Code | None:
        found: list[tuple[float, Code]] = []
        for side in (RevenueCode, ExpenditureCode):
            code = _made(side, digits)
            if code is None:
                continue
            entry = self._pack().lookup(code)
            likely = (1.0 if entry is not None else 0.0) + (0.5 if side is self.side else 0.0)
            if entry is not None and name:
                likely += 2 * score(entry, name)
            if entry is not None and isinstance(code, ExpenditureCode) and not code.subgroup:
                code = entry.code  # an annex without subgroups: the row's own code has one
            # Its width tells a bare first part: "07" is a group, "1" a category.
            likely += 0.25 if len(digits[0]) == _WIDTHS[side][0] else 0.0
            found.append((likely, code))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _by_name(self, name: str) -> tuple[LineRecord | None, tuple[LineRecord, ...]]:
        pack = self._pack()
        sides: tuple[Code, ...] = (RevenueCode(), ExpenditureCode())
        exact = [e for side in sides for e in pack.name_index(side).exact(name)]
        fitting = self._here(exact)
        if not fitting:
            near = sorted(
                ((near, e) for side in sides for near, e in pack.name_index(side).best(name, 0.6)),
                key=lambda pair: -pair[0],
            )
            if near and near[0][0] >= _NEAR and (len(near) == 1 or near[0][0] - near[1][0] > _CLEARLY):
                fitting = self._here([near[0][1]])
            else:
                return None, self._offers([e for _, e in near])
        if len(fitting) == 1:
            self.last, self.side = fitting[0], type(fitting[0])
            return self._record(fitting[0]), ()
        return None, tuple(self._record(code) for code in fitting[:_OFFERED])

    def _here(self, entries: Sequence[Entry]) -> list[Code]:
        """The codes that rows of this name have; where the rows above decide between them, that one."""
        codes: dict[Code, None] = {}
        for entry in entries:
            if entry.repeats == "administrator":
                if isinstance(self.last, ExpenditureCode) and self.last.subgroup:
                    at = ExpenditureCode(self.last.functional_group, self.last.subgroup)
                    codes[replace(at, administrator=entry.code.administrator)] = None  # type: ignore[union-attr]
            elif entry.repeats:
                if isinstance(self.last, ExpenditureCode) and self.last.program:
                    at = replace(self.last, subprogram="", specific="")
                    codes[replace(at, subprogram=entry.code.subprogram)] = None  # type: ignore[union-attr]
            elif entry.code_known:
                codes[entry.code] = None
        if len(codes) > 1 and self.last is not None:
            above = {self.last, *_up(self.last)}
            under = [code for code in codes if code.parent in above]
            if len(under) == 1:
                return under
        if len(codes) > 1 and self.side is not None:
            of_side = [code for code in codes if isinstance(code, self.side)]
            if len(of_side) == 1:
                return of_side
        return list(codes)

    def _offers(self, entries: Sequence[Entry]) -> tuple[LineRecord, ...]:
        return tuple(self._record(code) for code in self._here(entries)[:_OFFERED])

    def _record(self, code: Code, name: str = "") -> LineRecord:
        facts = self.sheet.facts
        return record_for(code, facts.first_year, facts.decision_year, name, self.sheet.book)

    def _pack(self) -> Pack:
        return self.sheet.book.pack(self.sheet.facts.first_year)


def _made(
    side: type[RevenueCode] | type[ExpenditureCode], digits: Sequence[str]
) -> RevenueCode | ExpenditureCode | None:
    """A code of this side out of its parts, zeros given back; None where the digits do not fit."""
    widths = _WIDTHS[side]
    parts = list(digits)
    if side is ExpenditureCode and len(parts) > 1 and len(parts[1]) == 3:
        parts.insert(1, "")  # an annex without subgroups
    if len(parts) > len(widths) or any(len(part) > width for part, width in zip(parts, widths, strict=False)):
        return None
    if not parts[0]:
        return None
    padded = [part.zfill(width) if part else "" for part, width in zip(parts, widths, strict=False)]
    if side is RevenueCode and "" in padded:
        return None
    return side(*padded)


def _up(code: Code) -> list[Code]:
    found = []
    above = code.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _plain_amount(text: str) -> bool:
    try:
        read_amount(text)
    except AmountRefused:
        return False
    return not _YEAR.fullmatch(text.strip())


def _is_numbers_row(cells: Sequence[str]) -> bool:
    """The row that counts an annex's columns: 1, 2, 3 …"""
    filled = [cell for cell in cells if cell]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]
