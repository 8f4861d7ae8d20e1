"""The classification of a workspace: the shipped one with what the office took in or added."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.classification.additions import (
    Addition,
    Overlap,
    Side,
    Source,
    Step,
    code_of,
    laid_over,
)
from akimat_desk.classification.book import Book, shipped
from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.new_code import NewCode, addition_of, code_findings
from akimat_desk.classification.pack import Pack
from akimat_desk.classification.pack_changes import PackPreview, compare
from akimat_desk.classification.pack_file import PackFile
from akimat_desk.classification.tables import ClassificationRow, ClassificationSource
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity, has_errors
from akimat_desk.core.language import Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.journal import canonical
from akimat_desk.storage.workspace import Workspace

_LONGEST_TITLE = 300
# A person works in one workspace, an oblast's server in a few: what each of them knows is kept.
_MOST_BOOKS = 4
_Made = tuple[Book, tuple[Overlap, ...]]
_books: OrderedDict[str, _Made] = OrderedDict()
# What a session asked once stays in it: a state of the workspace has one classification.
_KNOWN = "classification"


class SourceKind(StrEnum):
    """Where a workspace's own rows came from."""

    PACK = "pack"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as shown to a person; ``codes`` are the first of its codes, ``count`` says how many."""

    id: int
    kind: SourceKind
    since: int
    title: str
    added_at: dt.datetime
    added_by: str
    withdrawn_at: dt.datetime | None
    attachment_id: int | None
    count: int
    codes: tuple[str, ...]


def workspace_book(session: Session) -> Book:
    """The classification of all years as this workspace knows it; made once per content.

    Inside its own sessions ``pack_for``, ``resolve`` and ``became`` ask this one by themselves.
    """
    return _made(session)[0]


def workspace_pack(session: Session, year: int) -> Pack:
    """The classification in force in a budget year as this workspace knows it."""
    return workspace_book(session).pack(year)


def _made(session: Session) -> _Made:
    known: _Made | None = session.info.get(_KNOWN)
    if known is None:
        known = session.info[_KNOWN] = _asked(session)
    return known


def _asked(session: Session) -> _Made:
    rows = session.execute(
        select(ClassificationSource.id, ClassificationSource.digest, ClassificationSource.added_at)
        .where(ClassificationSource.withdrawn_at.is_(None))
        .order_by(ClassificationSource.id)
    ).all()
    if not rows:
        return shipped(), ()
    key = hashlib.sha256(canonical([[row.id, row.digest] for row in rows]).encode()).hexdigest()
    found = _books.get(key)
    if found is None:
        book, overlaps = laid_over(_sources(session), key)
        found = _books[key] = (book, tuple(overlaps))
        while len(_books) > _MOST_BOOKS:
            _books.popitem(last=False)
    return found


def _sources(session: Session) -> list[Source]:
    """The sources that count, with what they say."""
    said: dict[int, list[Addition]] = {}
    for row in session.scalars(
        select(ClassificationRow).order_by(ClassificationRow.source_id, ClassificationRow.position)
    ):
        said.setdefault(row.source_id, []).append(_addition(row))
    kept = session.scalars(
        select(ClassificationSource)
        .where(ClassificationSource.withdrawn_at.is_(None))
        .order_by(ClassificationSource.id)
    )
    return [
        Source(
            source.id,
            source.kind == SourceKind.PACK,
            source.since,
            source.title,
            source.added_at.year,
            tuple(said.get(source.id, ())),
        )
        for source in kept
    ]


def sources(session: Session) -> list[SourceView]:
    """What was taken in or added, withdrawn ones too, newest first."""
    codes: dict[int, list[str]] = {}
    for number, code in session.execute(
        select(ClassificationRow.source_id, ClassificationRow.code).order_by(
            ClassificationRow.source_id, ClassificationRow.position
        )
    ):
        codes.setdefault(number, []).append(code)
    kept = session.scalars(select(ClassificationSource).order_by(ClassificationSource.id.desc()))
    return [
        SourceView(
            source.id,
            SourceKind(source.kind),
            source.since,
            source.title,
            source.added_at,
            source.added_by,
            source.withdrawn_at,
            source.attachment_id,
            len(codes.get(source.id, ())),
            tuple(codes.get(source.id, ())[:5]),
        )
        for source in kept
    ]


def add_source(
    change: Change,
    *,
    kind: SourceKind,
    since: int,
    title: str,
    additions: Sequence[Addition],
    file: tuple[str, bytes] | None = None,
) -> int:
    """Keep a source with its rows, and the file it came from, as part of a change. Returns its id."""
    session = change.session
    kept = ClassificationSource(
        kind=kind.value,
        since=since,
        title=title[:_LONGEST_TITLE],
        digest=_digest(since, additions),
        attachment_id=keep_attachment(change, *file) if file is not None else None,
        added_at=dt.datetime.now(dt.UTC),
        added_by=change.actor.name,
    )
    session.add(kept)
    session.flush()
    session.add_all(_row(kept.id, number, addition) for number, addition in enumerate(additions))
    session.flush()
    session.info.pop(_KNOWN, None)
    change.touch("classification", kept.id)
    return kept.id


def add_code(workspace: Workspace, actor: Actor, new: NewCode) -> int:
    """Add a code that the classification lacks. Returns the id of its source.

    Raises RuleBroken with the first reason where the code cannot be added: it is there already, its
    parts have the wrong length, it has no name. What is only a warning does not stop it.
    """
    with workspace.changing(actor, "classification.code_added", code=new.code.stored) as change:
        book = workspace_book(change.session)
        findings = code_findings(book, new)
        if has_errors(findings):
            first = next(finding for finding in findings if finding.severity is Severity.ERROR)
            raise RuleBroken(f"finding.{first.code}", **first.fields)
        addition = addition_of(book, new)
        change.fields["since"] = addition.since
        title = str(new.code)
        return add_source(
            change, kind=SourceKind.CODE, since=addition.since, title=title, additions=[addition]
        )


def preview_pack(session: Session, file: PackFile, year: int, task: Task | None = None) -> PackPreview:
    """What a newer pack would change for ``year`` and after. Raises Cancelled."""
    return compare(workspace_book(session), file, year, task)


def take_in_pack(
    workspace: Workspace, actor: Actor, preview: PackPreview, data: bytes, *, end_missing: bool = False
) -> int:
    """Store what was previewed, with its file, as one source that can be withdrawn. Returns its id.

    Codes that the file lacks end only with ``end_missing``. Raises RuleBroken when the classification
    was changed since the preview was made, UsageProblem when there is nothing to store.
    """
    additions = preview.additions(end_missing)
    if not additions:
        raise UsageProblem("error.classification.nothing_new", name=preview.name)
    with workspace.changing(actor, "classification.pack_taken_in", since=preview.year) as change:
        if workspace_book(change.session).digest != preview.base:
            raise RuleBroken("error.classification.changed_meanwhile")
        for step in Step:
            change.fields[step.value] = sum(addition.step is step for addition in additions)
        return add_source(
            change,
            kind=SourceKind.PACK,
            since=preview.year,
            title=preview.name,
            additions=additions,
            file=(preview.name, data),
        )


def withdraw(workspace: Workspace, actor: Actor, source_id: int) -> None:
    """Take back a pack or a code: it stays on file and counts no more. Documents keep their names.

    Raises UsageProblem for an unknown or already withdrawn one.
    """
    with workspace.changing(actor, "classification.withdrawn", source=source_id) as change:
        kept = _kept(change.session, source_id)
        if kept.withdrawn_at is not None:
            raise UsageProblem("error.classification.withdrawn_already", title=kept.title)
        kept.withdrawn_at = dt.datetime.now(dt.UTC)
        change.session.info.pop(_KNOWN, None)
        change.touch("classification", source_id)


def bring_back(workspace: Workspace, actor: Actor, source_id: int) -> None:
    """Undo :func:`withdraw`. Raises UsageProblem for an unknown one or one that counts."""
    with workspace.changing(actor, "classification.brought_back", source=source_id) as change:
        kept = _kept(change.session, source_id)
        if kept.withdrawn_at is None:
            raise UsageProblem("error.classification.not_withdrawn", title=kept.title)
        kept.withdrawn_at = None
        change.session.info.pop(_KNOWN, None)
        change.touch("classification", source_id)


def classification_findings(session: Session) -> list[Finding]:
    """The office's own codes that the classification itself has by now, for ``check``."""
    return [
        Finding(
            "classification.own_code_official",
            Severity.INFO,
            {"code": str(met.addition.code), "name": met.official.name},
            where=Place(code=str(met.addition.code)),
        )
        for met in _made(session)[1]
    ]


def _kept(session: Session, source_id: int) -> ClassificationSource:
    kept = session.get(ClassificationSource, source_id)
    if kept is None:
        raise UsageProblem("error.classification.source_unknown", number=source_id)
    return kept


def _digest(since: int, additions: Sequence[Addition]) -> str:
    content = canonical([since, [asdict(each) for each in additions]])
    return hashlib.sha256(content.encode()).hexdigest()


def _row(source_id: int, position: int, addition: Addition) -> ClassificationRow:
    return ClassificationRow(
        source_id=source_id,
        position=position,
        side=addition.side.value,
        code=addition.code.stored,
        step=addition.step.value,
        since=addition.since,
        until=addition.until,
        name_kk=addition.name.kk,
        name_ru=addition.name.ru,
        name_en=addition.name.en,
        kind=addition.kind.value,
        own_revenue=addition.own_revenue,
        repeats=addition.repeats,
        origin=addition.source,
        confidence=addition.confidence,
        note=addition.note,
        former=addition.former,
    )


def _addition(row: ClassificationRow) -> Addition:
    side = Side(row.side)
    return Addition(
        side=side,
        code=code_of(side, row.code),
        step=Step(row.step),
        since=row.since,
        until=row.until,
        name=Trilingual(row.name_kk, row.name_ru, row.name_en),
        kind=LineKind(row.kind),
        own_revenue=row.own_revenue,
        repeats=row.repeats,
        source=row.origin,
        confidence=row.confidence,
        note=row.note,
        former=row.former,
    )
