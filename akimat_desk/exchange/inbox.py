"""Taking in files as they come: one after the other, each whole or not at all, a refusal with its paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.files import as_problem, store_bytes
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import text
from akimat_desk.exchange.container import SUFFIX, read_path
from akimat_desk.exchange.key_change import SUFFIX as KEY_SUFFIX
from akimat_desk.exchange.key_change import KeyChange, take_key_change
from akimat_desk.exchange.receiving import Received, receive
from akimat_desk.exchange.tables import ReceivedPackage
from akimat_desk.storage.workspace import Actor, Workspace

REFUSAL_SUFFIX = ".refused.txt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: a package or a change of key taken in, or refused with its reason."""

    path: Path
    received: Received | None = None
    key: KeyChange | None = None
    problem: AkimatError | None = None


def take_in_files(
    workspace: Workspace, actor: Actor, paths: Sequence[Path], task: Task | None = None
) -> list[Outcome]:
    """Take packages in; a refused one stops none of the others."""
    task = task or Task()
    outcomes = []
    for done, path in enumerate(paths):
        task.step(done, len(paths))
        try:
            outcomes.append(_taken(workspace, actor, path))
        except AkimatError as problem:
            outcomes.append(Outcome(path, problem=problem))
    task.step(len(paths), len(paths))
    return outcomes


def _taken(workspace: Workspace, actor: Actor, path: Path) -> Outcome:
    data = read_path(path)
    if path.suffix == KEY_SUFFIX:
        return Outcome(path, key=take_key_change(workspace, actor, data, path.name))
    return Outcome(path, receive(workspace, actor, data, path.name))


def packages_in(folder: Path) -> list[Path]:
    """The packages of a folder, by name; none where it cannot be read (an unplugged stick)."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file())
    except OSError:
        return []


def waiting(session: Session, folder: Path, refused: Iterable[str] = ()) -> list[Path]:
    """The packages of an inbox that were not taken in yet, nor refused (SHA-256) while one looked on."""
    there: dict[str, Path] = {}
    for path in packages_in(folder):
        try:
            there[hashlib.sha256(read_path(path)).hexdigest()] = path
        except AkimatError:  # too large, or gone meanwhile: taking it in says so
            there[str(path)] = path
    known = session.scalars(select(ReceivedPackage.sha256).where(ReceivedPackage.sha256.in_(list(there))))
    for sha256 in (*known, *refused):
        there.pop(sha256, None)
    return list(there.values())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, or its path where it cannot be read."""
    try:
        return hashlib.sha256(read_path(path)).hexdigest()
    except AkimatError:
        return str(path)


def refusal_paper(outcome: Outcome) -> str:
    """What goes back to the sender of a refused file: its name, its hash and the reason, kk and ru."""
    assert outcome.problem is not None
    return "\n\n".join(
        text(
            "exchange.refusal.paper",
            language,
            name=outcome.path.name,
            sha256=digest_of(outcome.path),
            reason=outcome.problem.text(language),
        )
        for language in (Language.KK, Language.RU)
    )


def write_refusals(outcomes: Iterable[Outcome], folder: Path) -> list[Path]:
    """A paper for each refused file in ``folder``. Raises EnvironmentProblem."""
    made = []
    for outcome in outcomes:
        if outcome.problem is None:
            continue
        target = folder / f"{outcome.path.stem}{REFUSAL_SUFFIX}"
        content = (refusal_paper(outcome) + "\n").encode("utf-8-sig")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise as_problem(error, folder) from error
        made.append(store_bytes(target, content))
    return made
