"""Where the taken-in list of places is kept: in the workspace, and beside the person's settings.

The list is the same for every workspace, and a new one is made before any is open: so a copy lies in
the person's own data folder. The workspace has one of its own, for it moves between computers.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from akimat_desk.core.files import as_problem, store_bytes
from akimat_desk.core.language import Trilingual
from akimat_desk.places.kato_file import KatoFile
from akimat_desk.places.kato_list import FoundPlace, KatoList, KatoRow
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.tables import KatoPlace, Unit
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.workspace import Workspace

#: The settings key of a workspace that says which list it has.
LIST = "kato.list"
_FILE = "kato.json"
_FORMAT = 1


def take_in_kato(workspace: Workspace, actor: Actor, file: KatoFile) -> int:
    """Put a read list in the place of the workspace's present one. Returns how many places it has."""
    with workspace.changing(
        actor, "kato.taken_in", count=len(file.places), sha256=file.places.digest
    ) as change:
        session = change.session
        session.execute(delete(KatoPlace))
        session.execute(
            insert(KatoPlace),
            [
                {
                    "code": row.code,
                    "position": number,
                    "kind": row.kind.value,
                    "name_kk": row.name.kk,
                    "name_ru": row.name.ru,
                    "sign": row.sign,
                }
                for number, row in enumerate(file.places)
            ],
        )
        about = {"name": file.name, "count": len(file.places), "sha256": file.places.digest}
        set_setting(change, LIST, about)
        change.touch("kato", 1)
    return len(file.places)


def kato_of(session: Session) -> KatoList:
    """The workspace's list; an empty one where none was taken in."""
    about = get_setting(session, LIST)
    if not isinstance(about, dict):
        return KatoList(())
    return _kept.get(session, str(about.get("sha256", "")))


class _Kept:
    """The last list read from a workspace: it is long, and asked at every key typed."""

    def __init__(self) -> None:
        self._digest = ""
        self._list = KatoList(())

    def get(self, session: Session, digest: str) -> KatoList:
        if digest != self._digest:
            rows = session.execute(
                select(KatoPlace.code, KatoPlace.kind, KatoPlace.name_kk, KatoPlace.name_ru, KatoPlace.sign)
                .order_by(KatoPlace.position)
            )  # fmt: skip
            found = KatoList(
                KatoRow(code, UnitKind(kind), Trilingual(kk, ru), sign) for code, kind, kk, ru, sign in rows
            )
            self._list, self._digest = found, digest
        return self._list


_kept = _Kept()


def kato_count(session: Session) -> int:
    """How many places the workspace's list has."""
    return session.scalar(select(func.count()).select_from(KatoPlace)) or 0


# -- the person's own copy -------------------------------------------------------------------------


def personal_folder() -> Path:
    """Where the person's copy lies."""
    from platformdirs import user_data_path

    return user_data_path("akimat-desk", appauthor=False)


def keep_personal(file: KatoFile, folder: Path | None = None) -> Path:
    """Keep a list for the person, so that it is at hand where no workspace is open.

    Raises EnvironmentProblem when it cannot be written.
    """
    folder = folder or personal_folder()
    content = json.dumps(
        {
            "format": _FORMAT,
            "name": file.name,
            "places": [[r.code, r.kind.value, r.name.kk, r.name.ru, r.sign] for r in file.places],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, folder) from error
    return store_bytes(folder / _FILE, content.encode())


def personal_kato(folder: Path | None = None) -> KatoList:
    """The person's copy; an empty list where there is none or it cannot be read."""
    path = (folder or personal_folder()) / _FILE
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return KatoList(())
    return _read_personal(path, stamp)


@lru_cache(maxsize=1)
def _read_personal(path: Path, _stamp: int) -> KatoList:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return KatoList(())
        return KatoList(
            KatoRow(code, UnitKind(kind), Trilingual(kk, ru), sign)
            for code, kind, kk, ru, sign in data["places"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        # A damaged copy is as good as none: the list is taken in again from the workbook.
        return KatoList(())


def find_places(
    session: Session | None, text: str, limit: int = 50, folder: Path | None = None
) -> list[FoundPlace]:
    """Places by code or words: of the workspace's list, else of the person's own copy.

    Of places that fit alike those near the workspace's own unit come first.
    """
    places = kato_of(session) if session is not None else KatoList(())
    near = ""
    if session is not None:
        coded = select(Unit.kato).where(Unit.kato.is_not(None)).order_by(Unit.id)
        near = session.scalars(coded).first() or ""
    return (places if len(places) else personal_kato(folder)).find(text, limit, near)
