"""One program at a time: an operating-system lock beside the workspace.

The system itself drops the lock when the process ends, however it ends, so a power cut leaves none
behind. Who holds it is written in a second file, only to be shown to the other person.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.files import as_problem


class WorkspaceLock:
    """The lock on one workspace file; taken on creation, dropped by :meth:`release`.

    Raises EnvironmentProblem when another program (or another part of this one) has the workspace,
    or when the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._holder = path.with_name(path.name + "-holder")
        # Not thread-local: opened on one thread, closed on another is usual in the window.
        self._lock = FileLock(path.with_name(path.name + "-lock"), thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise _in_use(path, self._holder) from error
        except OSError as error:
            raise as_problem(error, path) from error
        with contextlib.suppress(OSError):  # only a courtesy to the other person
            self._holder.write_text(json.dumps(_me()), "utf-8")

    def release(self, *, without_trace: bool = False) -> None:
        """Let others in. May be called again.

        ``without_trace`` removes the side file too: for a workspace that did not come to be, since
        nobody can be waiting for one.
        """
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._holder.unlink()
            self._lock.release()
            if without_trace:
                with contextlib.suppress(OSError):
                    Path(self._lock.lock_file).unlink()


def _me() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for this user id
        user = ""
    now = dt.datetime.now().astimezone().replace(microsecond=0)
    return {"user": user, "pid": os.getpid(), "since": now.isoformat()}


def _in_use(path: Path, holder: Path) -> EnvironmentProblem:
    try:
        said = json.loads(holder.read_text("utf-8"))
        user, since = str(said["user"]), dt.datetime.fromisoformat(said["since"])
        pid = int(said["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return EnvironmentProblem("error.storage.in_use", path=str(path))
    return EnvironmentProblem(
        "error.storage.in_use_by",
        path=str(path),
        user=user or "?",
        pid=str(pid),
        since=f"{since:%d.%m.%Y %H:%M}",
    )
