"""Units and who signs for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.text import repair, squeeze
from akimat_desk.places.bin import checked_bin
from akimat_desk.places.kato import check_kato, is_kato, parent_of
from akimat_desk.places.kinds import Position, UnitKind
from akimat_desk.places.names import genitive
from akimat_desk.places.tables import Post, Unit
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace

__all__ = [
    "Position",
    "PostView",
    "UnitKind",
    "UnitView",
    "add_unit",
    "create_unit",
    "posts",
    "set_post",
    "signatories",
    "unit",
    "unit_by_id",
    "unit_findings",
    "unit_genitive",
    "units",
    "update_unit",
]

_LONGEST = 200
_NAME = Trilingual()


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as a plain value. Names of the units above are "" where they are not known."""

    id: int
    kato: str | None
    kind: UnitKind
    name: Trilingual
    raion: Trilingual = _NAME
    oblast: Trilingual = _NAME
    maslikhat: Trilingual = _NAME
    name_genitive: Trilingual = field(default=_NAME)
    parent_id: int | None = None
    bin: str = ""  # БСН/БИН of the institution that keeps the budget


@dataclass(frozen=True, slots=True)
class PostView:
    """Who holds a post, the name as it is printed; both days included, None is open."""

    id: int
    unit_id: int
    position: Position
    person: str
    since: dt.date | None
    until: dt.date | None


def create_unit(
    workspace: Workspace,
    actor: Actor,
    *,
    kind: UnitKind,
    name: Trilingual,
    kato: str | None = None,
    raion: Trilingual = _NAME,
    oblast: Trilingual = _NAME,
    maslikhat: Trilingual = _NAME,
    name_genitive: Trilingual = _NAME,
    parent_id: int | None = None,
) -> UnitView:
    """Add a unit. Raises UsageProblem: no name, a malformed code, a code that is there already."""
    with workspace.changing(actor, "unit.created", kato=kato, kind=kind) as change:
        return add_unit(
            change,
            kind=kind,
            name=name,
            kato=kato,
            raion=raion,
            oblast=oblast,
            maslikhat=maslikhat,
            name_genitive=name_genitive,
            parent_id=parent_id,
        )


def add_unit(
    change: Change,
    *,
    kind: UnitKind,
    name: Trilingual,
    kato: str | None = None,
    raion: Trilingual = _NAME,
    oblast: Trilingual = _NAME,
    maslikhat: Trilingual = _NAME,
    name_genitive: Trilingual = _NAME,
    parent_id: int | None = None,
) -> UnitView:
    """The same within a change that does more."""
    session = change.session
    row = Unit(kind=kind, parent_id=_parent(session, parent_id))
    _put_kato(session, row, kato)
    if parent_id is None and row.kato:
        above = parent_of(row.kato)
        row.parent_id = session.scalar(select(Unit.id).where(Unit.kato == above)) if above else None
    _put_names(row, name=name, raion=raion, oblast=oblast, maslikhat=maslikhat, name_genitive=name_genitive)
    session.add(row)
    session.flush()
    change.touch("unit", row.id)
    return _view(row)


def update_unit(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    *,
    kind: UnitKind | None = None,
    kato: str | None = None,
    name: Trilingual | None = None,
    raion: Trilingual | None = None,
    oblast: Trilingual | None = None,
    maslikhat: Trilingual | None = None,
    name_genitive: Trilingual | None = None,
    bin: str | None = None,
) -> UnitView:
    """Change what is given; None leaves a thing as it is, an empty ``kato`` or ``bin`` takes it away.

    Raises UsageProblem as :func:`create_unit`, for an unknown unit and a malformed БСН/БИН.
    """
    with workspace.changing(actor, "unit.updated") as change:
        row = _row(change.session, unit_id)
        if kind is not None:
            row.kind = kind
        if kato is not None:
            _put_kato(change.session, row, kato or None)
        if bin is not None:
            row.bin = checked_bin(bin)
        names = {
            "name": name,
            "raion": raion,
            "oblast": oblast,
            "maslikhat": maslikhat,
            "name_genitive": name_genitive,
        }
        _put_names(row, **{key: value for key, value in names.items() if value is not None})
        change.session.flush()
        change.touch("unit", row.id)
        return _view(row)


def units(session: Session) -> list[UnitView]:
    """Every unit, by code, those without one last."""
    rows = session.scalars(select(Unit).order_by(Unit.kato.is_(None), Unit.kato, Unit.id))
    return [_view(row) for row in rows]


def unit(session: Session, kato: str | None = None) -> UnitView:
    """The unit with this code; without a code the only one of the workspace.

    Raises UsageProblem: unknown code, no unit at all, several units and no code (naming them).
    """
    there = units(session)
    if kato is not None:
        found = next((view for view in there if view.kato == kato), None)
        if found is None:
            raise UsageProblem("error.places.unit_unknown", kato=kato, units=_listed(there))
        return found
    if not there:
        raise UsageProblem("error.places.no_unit")
    if len(there) > 1:
        raise UsageProblem("error.places.unit_needed", units=_listed(there))
    return there[0]


def unit_by_id(session: Session, unit_id: int) -> UnitView:
    """The unit with this id. Raises UsageProblem for an unknown one."""
    return _view(_row(session, unit_id))


def unit_genitive(view: UnitView, language: Language) -> str:
    """The unit's name in the genitive: as a person corrected it, else by rule."""
    return view.name_genitive.exact(language) or genitive(view.name.text(language), language)


def unit_findings(session: Session) -> list[Finding]:
    """What is to be said of the codes of the units on file."""
    return [finding for view in units(session) for finding in check_kato(view.kato, view.kind)]


def set_post(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    position: Position,
    person: str,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> PostView:
    """Say who holds a post from ``since`` on (None: as far as anyone knows).

    The holder before ends the day before; a later holder already on file ends this one. The same
    first day again corrects the name. Raises UsageProblem: unknown unit, no name, days in the wrong
    order, a last day that reaches into the next holder's time.
    """
    named = _clean(person)
    if not named:
        raise UsageProblem("error.places.no_person")
    if since is not None and until is not None and until < since:
        raise UsageProblem("error.places.days_order", since=since, until=until)
    with workspace.changing(actor, "post.set", position=position, since=since, until=until) as change:
        session = change.session
        _row(session, unit_id)
        held = list(session.scalars(select(Post).where(Post.unit_id == unit_id, Post.position == position)))
        post = next((row for row in held if row.since == since), None)
        following = min(
            (row.since for row in held if row.since is not None and (since is None or row.since > since)),
            default=None,
        )
        if following is not None:
            if until is not None and until >= following:
                raise UsageProblem("error.places.post_overlaps", since=following)
            until = until or following - dt.timedelta(days=1)
        for before in held:
            earlier = before.since is None or (since is not None and before.since < since)
            if before is post or since is None or not earlier:
                continue
            if before.until is None or before.until >= since:
                before.until = since - dt.timedelta(days=1)
                change.touch("post", before.id)
        if post is None:
            post = Post(unit_id=unit_id, position=position, since=since)
            session.add(post)
        post.person, post.until = named, until
        session.flush()
        change.touch("post", post.id)
        return _post_view(post)


def posts(session: Session, unit_id: int) -> list[PostView]:
    """Every holder of every post of a unit, by post and time."""
    rows = session.scalars(select(Post).where(Post.unit_id == unit_id))
    order = list(Position)
    views = [_post_view(row) for row in rows]
    return sorted(views, key=lambda view: (order.index(view.position), view.since or dt.date.min))


def signatories(session: Session, unit_id: int, day: dt.date) -> Mapping[Position, PostView]:
    """Who held each post on ``day``; a post without a holder on file is left out."""
    return {
        view.position: view
        for view in posts(session, unit_id)
        if (view.since is None or view.since <= day) and (view.until is None or day <= view.until)
    }


def _listed(there: list[UnitView]) -> Trilingual:
    """The units as a field of a message, named in the reader's language."""
    kk, ru, en = (
        "; ".join(f"{view.kato or '—'} {view.name.text(language)}" for view in there) or "—"
        for language in (Language.KK, Language.RU, Language.EN)
    )
    return Trilingual(kk, ru, en)


def _row(session: Session, unit_id: int) -> Unit:
    row = session.get(Unit, unit_id)
    if row is None:
        raise UsageProblem("error.places.unit_gone", number=unit_id)
    return row


def _parent(session: Session, parent_id: int | None) -> int | None:
    return None if parent_id is None else _row(session, parent_id).id


def _put_kato(session: Session, row: Unit, kato: str | None) -> None:
    code = kato.strip() if kato else None
    if code is not None and not is_kato(code):
        raise UsageProblem("error.places.kato_form", kato=code)
    if code is not None:
        with session.no_autoflush:
            taken = session.scalar(select(Unit).where(Unit.kato == code))
        if taken is not None and taken is not row:
            raise UsageProblem("error.places.kato_taken", kato=code)
    row.kato = code


def _put_names(row: Unit, **names: Trilingual) -> None:
    name = names.get("name")
    if name is not None and not (_clean(name.kk) or _clean(name.ru)):
        raise UsageProblem("error.places.no_name")
    for key, value in names.items():
        kk, ru = _clean(value.kk), _clean(value.ru)
        if max(len(kk), len(ru)) > _LONGEST:
            raise UsageProblem("error.places.name_too_long", limit=_LONGEST)
        column = {"name_genitive": "name_{}_genitive"}.get(key, key + "_{}")
        setattr(row, column.format("kk"), kk)
        setattr(row, column.format("ru"), ru)


def _clean(text: str) -> str:
    return repair(squeeze(text))


def _view(row: Unit) -> UnitView:
    return UnitView(
        id=row.id,
        kato=row.kato,
        kind=row.kind,
        name=Trilingual(row.name_kk, row.name_ru),
        raion=Trilingual(row.raion_kk, row.raion_ru),
        oblast=Trilingual(row.oblast_kk, row.oblast_ru),
        maslikhat=Trilingual(row.maslikhat_kk, row.maslikhat_ru),
        name_genitive=Trilingual(row.name_kk_genitive, row.name_ru_genitive),
        parent_id=row.parent_id,
        bin=row.bin,
    )


def _post_view(row: Post) -> PostView:
    return PostView(row.id, row.unit_id, row.position, row.person, row.since, row.until)
