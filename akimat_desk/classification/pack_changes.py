"""What a newer pack would change: every code compared with what the workspace knows. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from akimat_desk.classification.additions import FROM_FILE, OFFICE, Addition, Side, Step
from akimat_desk.classification.book import Book
from akimat_desk.classification.codes import OWN_KINDS, Code, LineKind, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.pack import Pack
from akimat_desk.classification.pack_file import FileRow, PackFile, WrongRow
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import skeleton

if TYPE_CHECKING:
    from akimat_desk.core.progress import Task


class State(StrEnum):
    """What a row of the newer pack is to the present one."""

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"  # the present pack has it, the file does not
    ENDED = "ended"  # the file says that it ends
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row of the preview. ``addition`` is what taking it in would store, None where that is nothing."""

    state: State
    side: Side | None
    code: Code | None
    before: Trilingual
    after: Trilingual
    sheet: str = ""
    row: int | None = None
    shown: str = ""
    former: str = ""
    addition: Addition | None = None
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A newer pack beside the present one. ``base`` names the present one: taken in is what was seen."""

    year: int
    name: str
    base: str
    rows: tuple[PackRow, ...]
    findings: tuple[Finding, ...]

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return sum(row.state is state for row in self.rows)

    def additions(self, end_missing: bool) -> list[Addition]:
        """What taking the pack in stores; codes that the file lacks end only where asked."""
        return [
            row.addition
            for row in self.rows
            if row.addition is not None and (end_missing or row.state is not State.MISSING)
        ]


def compare(book: Book, file: PackFile, year: int, task: Task | None = None) -> PackPreview:
    """Compare a file with what ``book`` knows for ``year``, the first year that the newer pack serves."""
    pack = book.pack(year)
    rows: list[PackRow] = []
    met: set[str] = set()
    kinds: dict[Code, LineKind] = {}
    for number, row in enumerate(file.rows):
        if task is not None and number % 200 == 0:
            task.step(number, len(file.rows))
        found = _compared(pack, row, year, kinds, met)
        if found is not None:
            rows.append(found)
    rows += _missing(pack, file, year, met)
    rows += [_wrong(wrong) for wrong in file.wrong]
    return PackPreview(year, file.name, book.digest, tuple(rows), tuple(file.findings))


def _compared(
    pack: Pack, row: FileRow, year: int, kinds: dict[Code, LineKind], met: set[str]
) -> PackRow | None:
    entry = pack.lookup(row.code)
    if entry is not None and entry.repeats and entry.row in met:
        return None  # the same administrator under another group
    kind = _kind(pack, row, kinds, entry)
    remarks: list[Finding] = []
    kinds[row.code] = kind
    if entry is None:
        return _new(pack, row, year, kind, remarks)
    met.add(entry.row)
    own = entry.confidence == OFFICE
    if own:
        said = {"code": str(row.code), "name": entry.name}
        remarks.append(Finding("classification.own_code_brought", Severity.INFO, said, where=_place(row)))
    before, after = entry.name, _merged(entry.name, row.name)
    ends = row.valid_to is not None and row.valid_to != entry.valid_to
    if ends and row.valid_to is not None and row.valid_to < year:
        addition = _addition(pack, row, Step.ENDED, row.valid_to + 1, kind, entry)
        return _shown(State.ENDED, row, before, before, addition, remarks)
    former = row.former or _moved_from(pack, row, entry)
    # The template names moves of earlier years too: with its present name the code did not move again.
    moved = bool(former) and not (_same(entry, row) and _linked(pack.book, former, row.code, year))
    if own or ends or moved or not _same(entry, row) or kind is not entry.kind:
        step = Step.ADDED if own else Step.RENAMED
        addition = _addition(pack, row, step, year, kind, entry, former if moved else "")
        same = own and _same(entry, row) and kind is entry.kind
        state = State.SAME if same and not moved else State.CHANGED
        return _shown(state, row, before, after, addition, remarks, former if moved else "")
    return _shown(State.SAME, row, before, after, None, remarks)


def _new(pack: Pack, row: FileRow, year: int, kind: LineKind, remarks: list[Finding]) -> PackRow:
    place = _place(row)
    problem: Finding | None = None
    if not row.name.kk and not row.name.ru:
        problem = Finding("classification.no_name", Severity.ERROR, {"code": str(row.code)}, where=place)
    elif kind is LineKind.UNKNOWN:
        problem = Finding("classification.kind_needed", Severity.ERROR, where=place)
    if problem is not None:
        shown = " · ".join(part for part in (str(row.code), row.name.kk, row.name.ru) if part)
        return PackRow(
            State.WRONG,
            row.side,
            row.code,
            Trilingual(),
            row.name,
            row.sheet,
            row.row,
            shown,
            "",
            None,
            (problem,),
        )
    if not (row.name.kk and row.name.ru):
        remarks.append(
            Finding("classification.one_name", Severity.WARNING, {"code": str(row.code)}, where=place)
        )
    since = row.valid_from if row.valid_from is not None and row.valid_from > year else year
    addition = _addition(pack, row, Step.ADDED, since, kind, None, row.former)
    return _shown(State.NEW, row, Trilingual(), row.name, addition, remarks, row.former)


def _shown(
    state: State,
    row: FileRow,
    before: Trilingual,
    after: Trilingual,
    addition: Addition | None,
    remarks: Iterable[Finding],
    former: str = "",
) -> PackRow:
    return PackRow(
        state, row.side, row.code, before, after, row.sheet, row.row, "", former, addition, tuple(remarks)
    )


def _addition(
    pack: Pack, row: FileRow, step: Step, since: int, kind: LineKind, entry: Entry | None, former: str = ""
) -> Addition:
    code = row.code
    if entry is not None and entry.repeats:  # found under a group: the row itself has a code of its own
        code = next((own.code for own in pack.expenditure if own.row == entry.row), code)
    name = row.name if entry is None else _merged(entry.name, row.name)
    return Addition(
        side=row.side,
        code=code,
        step=step,
        since=since,
        until=row.valid_to,
        name=name,
        kind=kind,
        own_revenue=kind in OWN_KINDS,
        repeats=entry.repeats if entry is not None else row.repeats,
        source=row.source,
        confidence=FROM_FILE,
        note=row.note,
        former=former,
    )


def _kind(pack: Pack, row: FileRow, kinds: dict[Code, LineKind], entry: Entry | None) -> LineKind:
    """What a line is: as the file says, else as its own name tells, else as the line above it."""
    if row.kind is not None:
        return row.kind
    if row.side is Side.ECONOMIC:
        return LineKind.EXPENDITURE
    above = row.code.parent
    while above is not None:
        if above in kinds:
            there = pack.lookup(above)
            unmoved = there is not None and there.kind is kinds[above]
            return entry.kind if entry is not None and unmoved else kinds[above]
        above = above.parent
    if row.side is Side.REVENUE and row.code.level == 1:
        # A category that moved is known by its name: 4 became 5, what it is did not change.
        same = _category_named(pack, row)
        if same is not None:
            return same.kind
    if entry is not None:
        return entry.kind
    ancestor = pack.ancestor(row.code)
    if ancestor is not None:
        return ancestor.kind
    return LineKind.EXPENDITURE if row.side is Side.EXPENDITURE else LineKind.UNKNOWN


def _category_named(pack: Pack, row: FileRow) -> Entry | None:
    for name in (row.name.kk, row.name.ru):
        if name:
            for entry in pack.name_index(row.code).exact(name):
                if entry.code_known and entry.code.level == 1:
                    return entry
    return None


def _moved_from(pack: Pack, row: FileRow, entry: Entry) -> str:
    """The category whose name this one now bears, where that is another one."""
    if row.side is not Side.REVENUE or row.code.level != 1 or _same(entry, row):
        return ""
    other = _category_named(pack, row)
    return other.code.stored if other is not None and other.code != row.code else ""


def _linked(book: Book, former: str, code: Code, year: int) -> bool:
    parts = tuple(former.split("/"))
    return isinstance(code, RevenueCode) and any(
        link.before == parts and link.after == code.parts and link.since <= year for link in book.links
    )


def _missing(pack: Pack, file: PackFile, year: int, met: set[str]) -> list[PackRow]:
    """Codes of the present pack that the file lacks, of the sheets and depths that the file has."""
    sides: Sequence[tuple[Side, Sequence[Entry]]] = (
        (Side.REVENUE, pack.revenue),
        (Side.EXPENDITURE, pack.expenditure),
        (Side.ECONOMIC, pack.economic),
    )
    found: list[PackRow] = []
    for side, entries in sides:
        levels = file.levels.get(side, set())
        for entry in entries:
            if not entry.code_known or entry.row in met or entry.code.level not in levels:
                continue
            if entry.confidence == OFFICE:
                continue  # the office's own stays until the office takes it back
            addition = Addition(
                side=side,
                code=entry.code,
                step=Step.ENDED,
                since=year,
                name=entry.name,
                kind=entry.kind,
                own_revenue=entry.own_revenue,
                repeats=entry.repeats,
                confidence=FROM_FILE,
            )
            found.append(
                PackRow(State.MISSING, side, entry.code, entry.name, Trilingual(), addition=addition)
            )
    return found


def _wrong(wrong: WrongRow) -> PackRow:
    return PackRow(
        State.WRONG,
        None,
        None,
        Trilingual(),
        Trilingual(),
        wrong.sheet,
        wrong.row,
        wrong.shown,
        "",
        None,
        (wrong.why,),
    )


def _place(row: FileRow) -> Place:
    return Place(code=str(row.code), row=row.row, text=row.sheet)


def _same(entry: Entry, row: FileRow) -> bool:
    """Whether the file names the row as it is named; what the file leaves empty is not compared."""
    pairs = ((entry.name.kk, row.name.kk), (entry.name.ru, row.name.ru), (entry.name.en, row.name.en))
    return all(not new or skeleton(old) == skeleton(new) for old, new in pairs)


def _merged(before: Trilingual, after: Trilingual) -> Trilingual:
    def chosen(old: str, new: str) -> str:
        return new if new and skeleton(old) != skeleton(new) else old

    return Trilingual(chosen(before.kk, after.kk), chosen(before.ru, after.ru), chosen(before.en, after.en))
