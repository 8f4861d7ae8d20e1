"""A workspace in a PostgreSQL database: the same one door, several people at once."""

from __future__ import annotations

import datetime as dt
import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from akimat_desk import __version__
from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.storage import schema
from akimat_desk.storage.changes import DEFAULT_ACTOR, Actor, Change, Changes
from akimat_desk.storage.copies import (
    is_same,
    problems_in_words,
    write_seal,
)
from akimat_desk.storage.digest import content_digest
from akimat_desk.storage.engine import WRITES, connect, make_engine, settle
from akimat_desk.storage.journal import append, head
from akimat_desk.storage.server.address import ServerAddress, link_of
from akimat_desk.storage.server.copying import copy_rows, digest_of
from akimat_desk.storage.server.engine import LOCKS, PRESENCE_LOCK, make_plain_engine, make_server_engine
from akimat_desk.storage.server.layout import server_layout_differs
from akimat_desk.storage.server.problems import server_problem
from akimat_desk.storage.tables import JournalEntry
from akimat_desk.storage.upgrade import Upgraded, first_rows, hash_rows, migrate_file, note_upgrade
from akimat_desk.storage.workspace import Workspace

log = logging.getLogger(__name__)

_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"


class _Presence:
    """This program's sign on the server that it is at work, held on a connection of its own."""

    def __init__(self, address: ServerAddress) -> None:
        self._engine = make_plain_engine(address)
        self._where = str(address)
        try:
            self.connection: Connection = self._engine.connect()
        except BaseException:
            self._engine.dispose()
            raise

    def _lock(self, function: str) -> bool:
        return bool(self.connection.scalar(text(f"SELECT {function}({LOCKS}, {PRESENCE_LOCK})")))

    def share(self) -> None:
        """Be here beside others. Raises EnvironmentProblem while somebody alters the tables."""
        if not self._lock("pg_try_advisory_lock_shared"):
            raise EnvironmentProblem("error.server.being_altered", address=self._where)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be here alone, to alter the tables. Raises EnvironmentProblem, naming those who are connected."""
        if not self._lock("pg_try_advisory_lock"):
            raise EnvironmentProblem(
                "error.server.others", address=self._where, who="; ".join(self._others()) or "?"
            )
        try:
            yield
        finally:
            self._lock("pg_advisory_unlock")

    def _others(self) -> list[str]:
        query = text(
            "SELECT DISTINCT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
            "WHERE l.locktype = 'advisory' AND l.granted AND l.pid <> pg_backend_pid() "
            f"AND l.classid = {LOCKS} AND l.objid = {PRESENCE_LOCK} "
            "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return sorted(name for (name,) in self.connection.execute(query))

    def leave(self) -> None:
        """The lock goes with the connection."""
        with suppress(DBAPIError):
            self.connection.close()
        self._engine.dispose()


class ServerWorkspace(Workspace):
    """An open workspace of a server. Made by :func:`create_on_server` and :func:`open_on_server` only."""

    def __init__(
        self, address: ServerAddress, link: Path, presence: _Presence, engine: Engine, *, read_only: bool
    ) -> None:
        self._presence = presence
        self.address = address
        self._own: set[int] = set()  # journal rows of ours that a look for others' has not met yet
        super().__init__(link, database=link, lock=None, engine=engine)
        self.read_only = read_only
        with self.reading() as session:
            self._seen, _ = head(session)

    def copy_to(self, target: Path) -> str:
        """A verified, sealed workspace file with everything of this moment; its digest."""
        with _in_words(self.address), self._engine.connect() as source:
            return _copy_out(source, target, schema.HEAD)

    def look_for_changes(self) -> int:
        """Tell subscribers what others have stored since the last look; how many changes that were."""
        with self.reading() as session:
            rows = session.execute(
                select(JournalEntry.id, JournalEntry.action, JournalEntry.touched)
                .where(JournalEntry.id > self._seen)
                .order_by(JournalEntry.id)
            ).all()
        told = 0
        for row in rows:
            self._seen = row.id
            if row.id in self._own:
                self._own.discard(row.id)
                continue
            ids = frozenset((str(kind), int(number)) for kind, number in json.loads(row.touched))
            self._tell(Changes(row.action, frozenset(kind for kind, _ in ids), ids))
            told += 1
        return told

    def close(self, make_backup: bool = True) -> Path | None:  # noqa: ARG002 - a server's copies are its keeper's
        """Close. No copy is made by itself: it would carry a whole oblast over the line each evening."""
        if not self._closed:
            self._closed = True
            self._engine.dispose()
            self._presence.leave()
        return None

    def _must_be_in_place(self, session: Session) -> None:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        if revision != schema.HEAD:
            raise EnvironmentProblem("error.server.altered", address=str(self.address), ours=__version__)

    def _stored(self, number: int) -> None:
        self._own.add(number)

    def _is_laid_out(self) -> bool:
        return True

    def _problem(self, error: DBAPIError) -> AkimatError | None:
        return server_problem(error, str(self.address))


@contextmanager
def _in_words(address: ServerAddress) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        problem = server_problem(error, str(address))
        if problem is None:
            raise
        raise problem from error


def create_on_server(address: ServerAddress, actor: Actor = DEFAULT_ACTOR) -> Workspace:
    """Make a workspace in an empty database and open it.

    Raises UsageProblem where something is there already, EnvironmentProblem (not reached, no rights).
    """
    with _in_words(address), _present(address) as presence:
        with presence.alone(), _writing(address) as connection:
            if _tables(connection):
                raise UsageProblem("error.server.not_empty", address=str(address))
            schema.migrate(connection)
            with Session(connection) as session:
                first_rows(session, actor)
                session.flush()
        presence.share()
        return ServerWorkspace(
            address, link_of(address), presence, make_server_engine(address), read_only=False
        )


def open_on_server(address: ServerAddress, link: Path | None = None, read_only: bool = False) -> Workspace:
    """Open a server's workspace; an older layout is upgraded when nobody else is connected.

    Raises EnvironmentProblem (not reached, password, newer, others connected) and InputRefused (an
    empty or foreign database).
    """
    link = link or link_of(address)
    with _in_words(address), _present(address) as presence:
        upgraded = None
        stamp = _stamp(presence.connection, address)
        if not schema.is_current(stamp):
            if read_only:
                raise EnvironmentProblem("error.server.older", address=str(address))
            upgraded = _upgrade(address, link, presence)
        presence.share()
        # Somebody may have altered the tables between the look and the lock.
        if not schema.is_current(_stamp(presence.connection, address)):
            raise EnvironmentProblem("error.server.being_altered", address=str(address))
        opened = ServerWorkspace(address, link, presence, make_server_engine(address), read_only=read_only)
        opened.upgraded = upgraded
        return opened


def restore_on_server(copy: Path, address: ServerAddress, actor: Actor = DEFAULT_ACTOR) -> str | None:
    """Put a verified copy (of a server or of a file) into a database. In one transaction: all or nothing.

    What was there is kept in the same database under another schema's name, which is returned.
    Raises EnvironmentProblem (others are connected; the copy is damaged or newer) and InputRefused.
    """
    from akimat_desk.storage.backup import inspect_backup
    from akimat_desk.storage.copies import copy_verified

    info = inspect_backup(copy)
    with tempfile.TemporaryDirectory(prefix="akimat-") as folder:
        today = Path(folder, "today.akimat")
        if info.stamp.revision == schema.HEAD:
            copy_verified(copy, today, seal=False)
        else:
            from akimat_desk.storage.upgrade import upgraded_copy

            upgraded_copy(copy, today, info.stamp.revision, actor)
        file = make_engine(today, writable=False)
        try:
            with _in_words(address), _present(address) as presence:
                with presence.alone(), _writing(address) as connection, file.connect() as source:
                    kept = _set_aside(connection) if _tables(connection) else None
                    schema.migrate(connection)
                    if copy_rows(source, connection) != digest_of(connection):
                        raise EnvironmentProblem("error.server.copy_differs", address=str(address))
                    with Session(connection) as session:
                        change = Change(session, actor, "workspace.restored")
                        change.fields.update(made_at=info.made_at, digest=info.digest)
                        append(change)
                        session.flush()
                presence.leave()
                return kept
        finally:
            file.dispose()


@contextmanager
def _present(address: ServerAddress) -> Iterator[_Presence]:
    """Be there; what fails inside leaves again."""
    presence = _Presence(address)
    try:
        yield presence
    except BaseException:
        presence.leave()
        raise


@contextmanager
def _writing(address: ServerAddress) -> Iterator[Connection]:
    engine = make_server_engine(address)
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(text(_TABLES))]


def _stamp(connection: Connection, address: ServerAddress) -> schema.Stamp:
    tables = set(_tables(connection))
    if not {"alembic_version", "workspace_info"} <= tables:
        key = "error.server.foreign" if tables else "error.server.empty"
        raise InputRefused(key, address=str(address))
    revision = connection.scalar(text("SELECT version_num FROM alembic_version")) or ""
    row = connection.execute(text("SELECT format, written_by FROM workspace_info")).one()
    stamp = schema.Stamp(schema.APPLICATION_ID, int(row[0]), str(revision), str(row[1]))
    if stamp.format > schema.FORMAT or (revision != schema.HEAD and not schema.is_known(stamp.revision)):
        raise EnvironmentProblem(
            "error.server.newer", address=str(address), theirs=stamp.written_by, ours=__version__
        )
    return stamp


def _upgrade(address: ServerAddress, link: Path, presence: _Presence) -> Upgraded | None:
    """Bring the tables to today's layout, alone and in one transaction, after keeping a copy."""
    from akimat_desk.storage.backup import place_for_upgrade_copy

    with presence.alone(), _writing(address) as connection:
        stamp = _stamp(connection, address)
        if schema.is_current(stamp):  # somebody was quicker
            return None
        kept = place_for_upgrade_copy(link)
        _copy_out(connection, kept, stamp.revision)
        try:
            schema.migrate(connection)
            with Session(connection) as session:
                note_upgrade(session, DEFAULT_ACTOR, stamp.revision)
                session.flush()
            differing = server_layout_differs(connection)
            if differing:
                raise RuntimeError(f"the upgraded tables are not ours: {', '.join(differing)}")
        except Exception as error:
            raise EnvironmentProblem(
                "error.server.upgrade_failed", address=str(address), copy=str(kept)
            ) from error
        return Upgraded(stamp.revision, kept)


def _copy_out(source: Connection, target: Path, revision: str) -> str:
    """Everything that ``source`` sees into a new, sealed workspace file, compared with what was read."""
    with problems_in_words(target):
        target.touch()
        migrate_file(target, revision)
        engine = make_engine(target, writable=True, foreign_keys=False)
        try:
            with engine.execution_options(**{WRITES: True}).begin() as connection:
                copied = copy_rows(source, connection)
            with engine.connect() as connection:
                same = digest_of(connection) == copied
        finally:
            engine.dispose()
        settle(target)
        hash_rows(target)
        with closing(connect(target, writable=True)) as raw:
            digest = content_digest(raw)
            write_seal(raw, digest)
        if not same or not is_same(target, digest):
            raise EnvironmentProblem("error.storage.copy_differs", path=str(target))
    return digest


def _set_aside(connection: Connection) -> str:
    """Give the schema with the old workspace another name and put an empty one in its place."""
    quote = connection.dialect.identifier_preparer.quote
    name = str(connection.scalar(text("SELECT current_schema()")))
    kept = f"replaced_{dt.datetime.now():%Y%m%d_%H%M%S}"
    connection.execute(text(f"ALTER SCHEMA {quote(name)} RENAME TO {quote(kept)}"))
    connection.execute(text(f"CREATE SCHEMA {quote(name)}"))
    return kept
