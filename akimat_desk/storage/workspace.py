"""The workspace: one file, opened in one place, changed through one door."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.files import as_problem
from akimat_desk.storage import backup as backups
from akimat_desk.storage import drives, row_digests, schema
from akimat_desk.storage.changes import DEFAULT_ACTOR, Actor, Change, Changes, Subscriber
from akimat_desk.storage.copies import copy_verified, has_log, problems_in_words
from akimat_desk.storage.engine import WRITES, connect, make_engine, settle, use_wal
from akimat_desk.storage.here import working_in
from akimat_desk.storage.journal import append
from akimat_desk.storage.locking import WorkspaceLock
from akimat_desk.storage.problems import storage_problem
from akimat_desk.storage.server.address import ServerAddress, is_link, read_link
from akimat_desk.storage.settings import set_setting
from akimat_desk.storage.tables import BackupSeal, WorkspaceInfo

if TYPE_CHECKING:
    from akimat_desk.storage.upgrade import Upgraded

__all__ = ["DEFAULT_ACTOR", "Actor", "Change", "Changes", "ReadingSession", "Workspace"]

log = logging.getLogger(__name__)

# A look at the structure costs some 4 ms per megabyte: an office's file is looked at on each opening,
# an oblast's by `check` and by every backup.
_LOOK_UP_TO = 32 * 2**20


class ReadingSession(Session):
    """A session for questions. To change anything through it is a fault of the program."""

    def flush(self, objects: object = None) -> None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse (RuntimeError) when something was changed."""
        if self.new or self.dirty or self.deleted:
            raise RuntimeError("a reading session cannot write: use workspace.changing()")

    def commit(self) -> None:
        """Refuse (RuntimeError): there is nothing to commit."""
        raise RuntimeError("a reading session cannot commit: use workspace.changing()")


class Workspace:
    """An open workspace; a context manager that closes itself.

    Usable from any thread: changes queue up, questions run beside them on a state of their own.
    Made by :meth:`create` and :meth:`open` only.
    """

    def __init__(
        self,
        path: Path,
        *,
        database: Path,
        lock: WorkspaceLock | None,
        temporary: tempfile.TemporaryDirectory[str] | None = None,
        unclean: bool = False,
        engine: Engine | None = None,
    ) -> None:
        self.path = path
        #: The file that is really read: a copy on this computer when ``path`` is out of safe reach.
        self.database = database
        self.read_only = lock is None
        #: Set when an older file was upgraded on opening.
        self.upgraded: Upgraded | None = None
        #: Why no copy could be made on closing; the changes themselves are safe.
        self.backup_problem: AkimatError | None = None
        self._lock = lock
        self._temporary = temporary
        self._engine: Engine = engine or make_engine(database, writable=not self.read_only, watched=True)
        self._pool = self._engine.pool
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._door = threading.Lock()
        self._inside: int | None = None  # the thread that is changing something
        self._subscribers: list[Subscriber] = []
        self._changed = unclean  # a crash before left changes without a copy
        self._sealed: bool | None = None
        self._closed = False
        self._identity = _identity(database)

    @classmethod
    def create(cls, path: Path | ServerAddress, actor: Actor = DEFAULT_ACTOR) -> Workspace:
        """Make a new workspace and open it: a file, or what an empty database of a server gets.

        Raises UsageProblem when something is there already, EnvironmentProblem for a network drive,
        a folder that is missing or cannot be written, a full disk.
        """
        from akimat_desk.storage.upgrade import make_new

        if isinstance(path, ServerAddress):
            from akimat_desk.storage.server.workspace import create_on_server

            return create_on_server(path, actor)
        path = path.resolve()
        if path.exists():
            raise UsageProblem("error.storage.exists", path=str(path))
        if not path.parent.is_dir():
            raise EnvironmentProblem("error.file.not_found", path=str(path.parent))
        _refuse_network(path)
        lock = WorkspaceLock(path)
        try:
            make_new(path, actor)
            return cls._opened(path, lock)
        except BaseException:
            lock.release(without_trace=True)
            raise

    @classmethod
    @contextmanager
    def making(cls, path: Path | ServerAddress, actor: Actor = DEFAULT_ACTOR) -> Iterator[Workspace]:
        """Make a new workspace and fill it inside the block; when that fails nothing is left of it.

        Raises what :meth:`create` raises.
        """
        workspace = cls.create(path, actor)
        try:
            yield workspace
        except BaseException:
            workspace.close(make_backup=False)
            if isinstance(path, ServerAddress):
                raise  # its keeper sees what came of it: a program deletes no database
            for suffix in ("", "-wal", "-shm", "-journal", "-lock"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            raise
        workspace.close(make_backup=False)

    @classmethod
    def open(cls, path: Path | ServerAddress, read_only: bool = False) -> Workspace:
        """Open a workspace; an older one is upgraded (its former state is kept among the backups).

        Raises EnvironmentProblem (missing, damaged, in use, newer, network drive, no rights) and
        InputRefused (empty, or no workspace at all). With ``read_only`` no lock is taken, so it
        works beside another program, and what lies on a network drive is read from a copy.
        ``path`` may be a server's address, or a link file that holds one.
        """
        if isinstance(path, ServerAddress):
            from akimat_desk.storage.server.workspace import open_on_server

            return open_on_server(path, None, read_only)
        path = path.resolve()
        if not path.exists():
            raise EnvironmentProblem("error.file.not_found", path=str(path))
        if path.is_dir():
            raise EnvironmentProblem("error.file.is_folder", path=str(path))
        if path.stat().st_size == 0:
            raise InputRefused("error.storage.empty", path=str(path))
        if is_link(path):
            from akimat_desk.storage.server.workspace import open_on_server

            return open_on_server(read_link(path), path, read_only)
        if read_only:
            return cls._opened_to_read(path)
        _refuse_network(path)
        if not os.access(path, os.W_OK):
            raise EnvironmentProblem("error.file.no_rights", path=str(path))
        with problems_in_words(path):
            _refuse_foreign(path)  # before anything is put beside someone's document
        lock = WorkspaceLock(path)
        try:
            return cls._opened(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, lock: WorkspaceLock) -> Workspace:
        unclean = has_log(path)
        with _naming_a_copy(path), problems_in_words(path):
            stamp = _look(path, writable=True)
            upgraded = None
            if not schema.is_current(stamp):
                from akimat_desk.storage.upgrade import upgrade

                upgraded = upgrade(path, stamp.revision, DEFAULT_ACTOR)
            with closing(connect(path, writable=True)) as connection:
                use_wal(connection, path)
        workspace = cls(path, database=path, lock=lock, unclean=unclean)
        workspace.upgraded = upgraded
        return workspace

    @classmethod
    def _opened_to_read(cls, path: Path) -> Workspace:
        temporary = None
        database = path
        try:
            if drives.on_network(path) or not os.access(path.parent, os.W_OK):
                temporary = tempfile.TemporaryDirectory(prefix="akimat-")
                database = _at_rest_copy(path, Path(temporary.name))
            with problems_in_words(path):
                stamp = _look(database, writable=False)
                if not schema.is_current(stamp):
                    from akimat_desk.storage.upgrade import upgraded_copy

                    temporary = temporary or tempfile.TemporaryDirectory(prefix="akimat-")
                    newer = Path(temporary.name, f"upgraded {path.name}")
                    upgraded_copy(database, newer, stamp.revision, DEFAULT_ACTOR)
                    database = newer
            return cls(path, database=database, lock=None, temporary=temporary)
        except BaseException:
            if temporary is not None:
                temporary.cleanup()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the workspace and cannot write.

        Raises EnvironmentProblem when the file turns out damaged or gone.
        """
        self._must_be_open()
        session = ReadingSession(self._engine, expire_on_commit=False)
        try:
            with working_in(session):
                yield session
            session.flush()
        except DBAPIError as error:
            self._drop_after(session, error)
        finally:
            self._end(session)

    @contextmanager
    def changing(self, actor: Actor, action: str, **fields: object) -> Iterator[Change]:
        """The one door for writes: one transaction with its journal row, then word to subscribers.

        ``action`` is a dotted key ("decision.confirmed"); ``fields`` go into the journal and hold
        no personal names. Any exception undoes everything. Raises EnvironmentProblem: opened for
        reading, disk full, damaged, moved away. A change inside a change is a RuntimeError.
        """
        self._must_be_open()
        if self.read_only:
            raise EnvironmentProblem("error.storage.opened_to_read", path=str(self.path))
        if self._inside == threading.get_ident():
            raise RuntimeError("a change inside a change")
        with self._door:
            self._inside = threading.get_ident()
            session = Session(self._writing, expire_on_commit=False)
            change = Change(session, actor, action, dict(fields))
            try:
                session.connection()  # take the write lock now, not in the middle
                with working_in(session):
                    yield change
                self._unseal(session)
                number = append(change)
                row_digests.keep(session)
                self._must_be_in_place(session)
                session.commit()
            except DBAPIError as error:
                self._drop_after(session, error)
            finally:
                self._end(session)
                self._inside = None
            self._changed = True
            self._stored(number)
        self._tell(change.as_changes())

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Have ``callback`` told of every committed change, on the thread that made it.

        Returns what ends it.
        """
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._subscribers.remove(callback)

        return unsubscribe

    def set_setting(self, actor: Actor, key: str, value: object) -> None:
        """Keep a setting of this workspace; None forgets it."""
        with self.changing(actor, "setting.changed", key=key) as change:
            set_setting(change, key, value)

    @property
    def uuid(self) -> str:
        """What tells this workspace from every other, wherever its file is moved."""
        with self.reading() as session:
            return session.scalars(select(WorkspaceInfo.uuid)).one()

    def copy_to(self, target: Path) -> str:
        """A verified, sealed copy of one state in a new file; the digest of its content."""
        return copy_verified(self.database, target, seal=True)

    def look_for_changes(self) -> int:
        """Tell subscribers what other programs have stored; a file has one writer, so there is nothing."""
        return 0

    def close(self, make_backup: bool = True) -> Path | None:
        """Close; when something changed, first make a verified copy and return where it lies.

        A copy that cannot be made does not undo what was stored: the reason is left in
        ``backup_problem``.
        """
        if self._closed:
            return None
        made = None
        try:
            if make_backup and self._changed and not self.read_only:
                made = backups.backup(self).path
        except AkimatError as problem:
            self.backup_problem = problem
            log.info("no copy on closing: %s", problem.message.key)
        finally:
            self._closed = True
            self._engine.dispose()
            if self._lock is not None:
                with suppress(sqlite3.Error):  # damaged or gone: the log stays beside it
                    settle(self.database)
                self._lock.release()
            if self._temporary is not None:
                self._temporary.cleanup()
        return made

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tell(self, changes: Changes) -> None:
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(changes)
            except Exception:
                log.exception("a subscriber failed after %s", changes.action)

    def _unseal(self, session: Session) -> None:
        # A backup copy that someone works in is a copy of that moment no longer.
        if self._sealed is None:
            self._sealed = session.scalar(select(BackupSeal.id).limit(1)) is not None
        if self._sealed:
            session.execute(delete(BackupSeal))
            self._sealed = False

    def _must_be_open(self) -> None:
        if self._closed:
            raise RuntimeError("the workspace is closed")

    def _must_be_in_place(self, session: Session) -> None:  # noqa: ARG002 - a server asks through it
        # A file deleted or replaced under us would take the commit with it and say nothing.
        if _identity(self.database) != self._identity:
            raise EnvironmentProblem("error.storage.moved", path=str(self.path))

    def _end(self, session: Session) -> None:
        session.close()
        if self._closed:  # closed meanwhile: this connection is the last to know
            self._pool.dispose()

    def _is_laid_out(self) -> bool:
        try:
            with closing(connect(self.database, writable=False)) as connection:
                return schema.layout_of(connection) == schema.expected_layout()
        except (sqlite3.Error, ValueError):
            return False

    def _stored(self, number: int) -> None:
        """Row ``number`` of the journal is ours."""

    def _problem(self, error: DBAPIError) -> AkimatError | None:
        return storage_problem(error, self.path)

    def _drop_after(self, session: Session, error: DBAPIError) -> None:
        """Raise the sentence for ``error``; its connection is not used again."""
        problem = self._problem(error)
        if problem is None and isinstance(error.orig, sqlite3.OperationalError) and not self._is_laid_out():
            # "No such column": a fault of ours, or a bit flipped in the file's own description.
            problem = EnvironmentProblem("error.storage.damaged", path=str(self.path))
        if problem is None:
            raise error
        session.invalidate()
        raise problem from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _refuse_network(path: Path) -> None:
    if drives.on_network(path):
        raise EnvironmentProblem("error.storage.network", path=str(path))


def _refuse_foreign(path: Path) -> None:
    with closing(connect(path, writable=False)) as connection:
        if schema.application_of(connection) != schema.APPLICATION_ID:
            raise InputRefused("error.storage.not_akimat", path=str(path))


def _look(path: Path, *, writable: bool) -> schema.Stamp:
    """Whether the file is a workspace of ours, not newer, and sound as far as a look shows."""
    with closing(connect(path, writable=writable)) as connection:
        stamp = schema.read_stamp(connection)
        if stamp.application_id != schema.APPLICATION_ID:
            raise InputRefused("error.storage.not_akimat", path=str(path))
        schema.refuse_newer(stamp, path)
        if path.stat().st_size <= _LOOK_UP_TO:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            # Altered rows may be looked at, not written beside: the next change of their block would make
            # them look right. An older file has no digests until it is upgraded.
            judged = writable and said == "ok" and schema.is_current(stamp)
            if said != "ok" or (judged and row_digests.altered(connection)):
                raise EnvironmentProblem("error.storage.damaged", path=str(path))
    return stamp


@contextmanager
def _naming_a_copy(path: Path) -> Iterator[None]:
    """Add the newest good copy to the sentence about a damaged file."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.message.key != "error.storage.damaged":
            raise
        copy = backups.newest_good(path)
        if copy is None:
            raise
        raise EnvironmentProblem("error.storage.damaged_copy", path=str(path), copy=str(copy)) from problem


def _at_rest_copy(path: Path, folder: Path) -> Path:
    """The bytes of a file that nobody is changing, on this computer.

    Raises EnvironmentProblem when somebody may be: its log is there, or it changed meanwhile.
    """
    copy = folder / path.name
    try:
        before = path.stat()
        if has_log(path):
            raise EnvironmentProblem("error.storage.used_elsewhere", path=str(path))
        shutil.copyfile(path, copy)
        after = path.stat()
        if has_log(path) or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
            raise EnvironmentProblem("error.storage.used_elsewhere", path=str(path))
    except OSError as error:
        raise as_problem(error, path) from error
    return copy
