"""Taking an update in, and taking it back.

The new program or data is put beside the old one, tried by its own selftest, and only then chosen by one line
in one file. Whatever fails before that leaves the old program as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, UsageProblem
from akimat_desk.core.files import as_problem, store_bytes
from akimat_desk.core.progress import Task
from akimat_desk.core.resources import CURRENT, TRIAL_VARIABLE, data_edition
from akimat_desk.storage.backup import keep_before_upgrade
from akimat_desk.updates.manifest import UpdateKind
from akimat_desk.updates.opening import Update, members_of
from akimat_desk.updates.place import CANDIDATE, CURRENT_VARIABLE, PREVIOUS, Installation, Running

_PATIENCE = 300  # seconds: an old office PC reads a new program from a slow disk


@dataclass(frozen=True, slots=True)
class Installed:
    """What an update did: versions ``before`` and ``now``; ``copies`` of the workspaces, made first."""

    kind: UpdateKind
    before: str
    now: str
    copies: tuple[Path, ...]


def install(
    update: Update, installation: Installation, workspaces: Sequence[Path] = (), task: Task | None = None
) -> Installed:
    """Back the workspaces up, put the update beside the old program, try it, choose it.

    Raises EnvironmentProblem (no rights, disk full, a workspace that cannot be copied, the new program's
    selftest failed: the old one runs on).
    """
    task = task or Task()
    copies = tuple(keep_before_upgrade(path) for path in workspaces)
    if update.manifest.kind is UpdateKind.DATA:
        return _install_data(update, installation, copies, task)
    return _install_program(update, installation, copies, task)


def undo(installation: Installation) -> Installed:
    """Run what ran before the last update of the program. Raises UsageProblem where nothing is kept."""
    before = installation.previous
    if before is None:
        raise UsageProblem("error.update.nothing_before")
    _demand_rights(installation)
    now = installation.current
    before.write(installation.home / CURRENT)
    now.write(installation.home / PREVIOUS)
    return Installed(UpdateKind.PROGRAM, now.program, before.program, ())


def undo_data() -> Installed:
    """Go back to the data that came with the program. Raises UsageProblem where no update is in use."""
    edition = data_edition()
    if edition is None:
        raise UsageProblem("error.update.no_data_before")
    try:
        (edition.folder.parent / CURRENT).unlink()
        shutil.rmtree(edition.folder)
    except OSError as error:
        raise as_problem(error, edition.folder) from error
    data_edition.cache_clear()
    back = data_edition()
    return Installed(UpdateKind.DATA, edition.name, back.name if back is not None else "", ())


def _install_program(
    update: Update, installation: Installation, copies: tuple[Path, ...], task: Task
) -> Installed:
    _demand_rights(installation)
    home, manifest = installation.home, update.manifest
    before = installation.current
    new = Running(manifest.version, manifest.libraries)
    places = {"program": home / "programs" / new.program, "libraries": home / "libraries" / new.libraries}
    made = [path for part, path in places.items() if part == "program" or not path.is_dir()]
    try:
        for path in made:
            shutil.rmtree(path, ignore_errors=True)  # what an update that was interrupted left
        _unpack(update, {part: path for part, path in places.items() if path in made}, task)
        new.write(home / CANDIDATE)
        _try({CURRENT_VARIABLE: CANDIDATE}, update)
        before.write(home / PREVIOUS)
        new.write(home / CURRENT)
    except BaseException:
        for path in made:
            shutil.rmtree(path, ignore_errors=True)
        raise
    finally:
        (home / CANDIDATE).unlink(missing_ok=True)
    _drop_older(installation)
    return Installed(UpdateKind.PROGRAM, before.program, new.program, copies)


def _install_data(
    update: Update, installation: Installation, copies: tuple[Path, ...], task: Task
) -> Installed:
    folder, name = installation.data_folder, update.manifest.version
    before = data_edition()
    target = folder / name
    try:
        shutil.rmtree(target, ignore_errors=True)
        _unpack(update, {"data": target}, task)
        _try({TRIAL_VARIABLE: str(target)}, update)
        store_bytes(folder / CURRENT, f"{name}\n".encode())
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    if before is not None and before.folder.parent == folder:
        shutil.rmtree(before.folder, ignore_errors=True)
    return Installed(UpdateKind.DATA, before.name if before is not None else "", name, copies)


def _unpack(update: Update, places: dict[str, Path], task: Task) -> None:
    """Write the members under the folders of their parts; their names were judged at opening."""
    members = update.manifest.members
    for number, (name, content) in enumerate(members_of(update)):
        task.step(number, len(members))
        part, _, rest = name.partition("/")
        if part not in places:
            continue  # libraries that are here already
        path = places[part].joinpath(*rest.split("/"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise as_problem(error, path) from error


def _try(variables: dict[str, str], update: Update) -> None:
    """The new program's own selftest, its window drawn where nobody sees it. Raises EnvironmentProblem."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    command = [sys.executable, "-m", "akimat_desk", "selftest", "--window", "--json"]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=_PATIENCE, check=False, creationflags=flags
        )
        said = json.loads(done.stdout.decode("utf-8", "replace") or "{}")
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise EnvironmentProblem("error.update.failed", name=update.name, reason=str(error)) from error
    if done.returncode != 0 or said.get("done") is not True:
        failed = [step for step in said.get("steps", []) if not step.get("done")]
        reason = "; ".join(f"{step['step']}: {step.get('reason', '')}" for step in failed)
        reason = reason or done.stderr.decode("utf-8", "replace").strip()[-300:] or str(done.returncode)
        raise EnvironmentProblem("error.update.failed", name=update.name, reason=reason)


def _demand_rights(installation: Installation) -> None:
    if not installation.is_ours:
        raise EnvironmentProblem("error.update.not_ours", path=str(installation.home))


def _drop_older(installation: Installation) -> None:
    """What is neither running nor kept to go back to takes room only; one in use by another window stays."""
    try:
        kept = [installation.current, *([installation.previous] if installation.previous else [])]
    except AkimatError:
        return
    for part, names in (
        ("programs", {each.program for each in kept}),
        ("libraries", {each.libraries for each in kept}),
    ):
        for path in (installation.home / part).iterdir():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
