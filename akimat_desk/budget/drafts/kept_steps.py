"""The steps of a draft kept with it, so that undo reaches back over the closing of the page and the program.

Each is stored in the transaction of its edit. Whoever changes a draft in another way (taking it over to a
newer edition) forgets them: they speak of lines that are no longer so.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.findings_store import packed_value, unpacked_value
from akimat_desk.budget.decisions.tables import BudgetDraftStep
from akimat_desk.budget.drafts.cells import Cell, LineKey, LineRecord, Note
from akimat_desk.budget.drafts.coded import code_of
from akimat_desk.budget.drafts.history import KEPT_STEPS, History
from akimat_desk.budget.drafts.steps import (
    CellChange,
    Change,
    LineChange,
    NoteChange,
    Step,
    TextChange,
    YearText,
)
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.language import Trilingual


class Way(StrEnum):
    """How a step came about."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to a draft: a new step, or the last one taken back or done again."""

    way: Way
    step: Step


def keep_deed(session: Session, document_id: int, deed: Deed) -> None:
    """Keep a deed with the draft: a new step ends what could be done again; the oldest go beyond 200."""
    table = BudgetDraftStep
    mine = table.document_id == document_id
    if deed.way is Way.DONE:
        session.execute(delete(table).where(mine, table.undone.is_(True)))
        last = session.scalar(select(func.max(table.number)).where(mine)) or 0
        session.add(BudgetDraftStep(document_id=document_id, number=last + 1, content=pack_step(deed.step)))
        session.execute(delete(table).where(mine, table.number <= last + 1 - KEPT_STEPS))
        session.flush()
        return
    was_undone = deed.way is Way.REDONE
    wanted = func.min if was_undone else func.max
    number = session.scalar(select(wanted(table.number)).where(mine, table.undone.is_(was_undone)))
    session.execute(
        update(table)
        .where(mine, table.number == number)
        .values(undone=not was_undone)
        .execution_options(synchronize_session=False)
    )


def forget_steps(session: Session, document_id: int) -> None:
    """The draft was changed in another way, or is a draft no longer."""
    session.execute(delete(BudgetDraftStep).where(BudgetDraftStep.document_id == document_id))


def kept_history(session: Session, document_id: int) -> History:
    """Undo and redo as they were when the draft was left."""
    rows = session.scalars(
        select(BudgetDraftStep)
        .where(BudgetDraftStep.document_id == document_id)
        .order_by(BudgetDraftStep.number)
    ).all()
    done = [unpack_step(row.content) for row in rows if not row.undone]
    undone = [unpack_step(row.content) for row in reversed(rows) if row.undone]
    return History(done, undone)


# --- a step as bytes ------------------------------------------------------------------------------


def pack_step(step: Step) -> bytes:
    """Everything of a step, compressed: a pasted block repeats itself."""
    data = {"name": packed_value(step.name), "changes": [_packed(change) for change in step.changes]}
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_step(content: bytes) -> Step:
    """The step again."""
    data = json.loads(zlib.decompress(content))
    name: Any = unpacked_value(data["name"])
    return Step(name, tuple(_unpacked(change) for change in data["changes"]))


def _packed(change: Change) -> list[object]:
    match change:
        case CellChange():
            return ["cell", _key(change.key), change.year, _cell(change.before), _cell(change.after)]
        case LineChange():
            return ["line", _record(change.record), change.added]
        case NoteChange():
            return ["note", _key(change.key), _note(change.before), _note(change.after)]
        case TextChange():
            return ["text", change.year, _text(change.before), _text(change.after)]


def _unpacked(data: list[Any]) -> Change:
    match data:
        case ["cell", key, year, before, after]:
            return CellChange(_key_of(key), year, _cell_of(before), _cell_of(after))
        case ["line", record, added]:
            return LineChange(_record_of(record), added)
        case ["note", key, before, after]:
            return NoteChange(_key_of(key), _note_of(before), _note_of(after))
        case ["text", year, before, after]:
            return TextChange(year, _text_of(before), _text_of(after))
    raise ValueError(f"unknown change {data[0]!r} in a kept step")


def _key(key: LineKey) -> list[str]:
    return [key.section.value, key.line]


def _key_of(data: list[str]) -> LineKey:
    return LineKey(Section(data[0]), data[1])


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _moment_of(written: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written is not None else None


def _cell(cell: Cell | None) -> list[object] | None:
    if cell is None:
        return None
    return [cell.amount, cell.origin.value, cell.by, _moment(cell.at), cell.raw]


def _cell_of(data: list[Any] | None) -> Cell | None:
    if data is None:
        return None
    amount, origin, by, at, raw = data
    return Cell(amount, Origin(origin), by, _moment_of(at), raw)


def _note(note: Note | None) -> list[object] | None:
    return [note.text, note.by, _moment(note.at)] if note is not None else None


def _note_of(data: list[Any] | None) -> Note | None:
    return Note(data[0], data[1], _moment_of(data[2])) if data is not None else None


def _record(record: LineRecord) -> list[object]:
    name = record.name
    return [
        _key(record.key),
        record.code.stored if record.code is not None else None,
        [name.kk, name.ru, name.en],
        record.kind.value,
        record.figure.value if record.figure is not None else None,
        record.printed_name,
        _key(record.under) if record.under is not None else None,
    ]


def _record_of(data: list[Any]) -> LineRecord:
    key, code, name, kind, figure, printed, under = data
    place = _key_of(key)
    return LineRecord(
        place,
        code_of(place.section, code) if code is not None else None,
        Trilingual(*name),
        LineKind(kind),
        Figure(figure) if figure is not None else None,
        printed,
        _key_of(under) if under is not None else None,
    )


def _text(text: YearText | None) -> list[object] | None:
    if text is None:
        return None
    return [
        {figure.value: tiyn for figure, tiyn in text.figures.items()},
        sorted(figure.value for figure in text.carried),
        text.last_figure.value if text.last_figure is not None else None,
    ]


def _text_of(data: list[Any] | None) -> YearText | None:
    if data is None:
        return None
    figures, carried, last = data
    return YearText(
        {Figure(figure): tiyn for figure, tiyn in figures.items()},
        frozenset(Figure(figure) for figure in carried),
        Figure(last) if last is not None else None,
    )
