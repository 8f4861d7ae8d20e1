"""A PostgreSQL server of the tests' own: a cluster in a new folder, reached by a Unix socket alone.

PostgreSQL refuses to run as root, so under root (a container, CI) it runs as the user ``postgres`` that
Debian's package makes. Where there is no server the tests are skipped and say so; in CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from akimat_desk.storage.server.address import ServerAddress

_SAFE_OFF = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; None where no server is installed."""
    if sys.platform == "win32":
        return None
    named = shutil.which("initdb")
    if named is not None:
        return Path(named).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass
class Server:
    """A running server; each database it makes is new and empty."""

    folder: Path
    user: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def address(self, database: str) -> ServerAddress:
        return ServerAddress(str(self.folder), database, self.user)

    def database(self, like: str = "template0") -> ServerAddress:
        """A new database, empty or a copy of another one that nobody is connected to."""
        name = f"desk_{next(self._numbers)}"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.address(name)

    def sql(self, database: str, statement: str) -> list[tuple[object, ...]]:
        """Run one statement as the server's keeper."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user=self.user, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Make a cluster, start it, and take it away at the end."""
    import pwd

    root = os.getuid() == 0
    person = pwd.getpwnam("postgres") if root else pwd.getpwuid(os.getuid())
    # A socket's path may have 107 bytes: not deep inside pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="akpg-"))
    if root:
        os.chown(folder, person.pw_uid, person.pw_gid)
    as_user: dict[str, object] = (
        {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []} if root else {}
    )

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        made = subprocess.run(  # type: ignore[call-overload]
            command, capture_output=True, text=True, timeout=120, check=False, cwd=folder, **as_user
        )
        assert made.returncode == 0, made.stdout + made.stderr

    data, journal = folder / "data", folder / "server.log"
    try:
        run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "desk",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as stream:
            stream.write(f"{_SAFE_OFF}listen_addresses = ''\nunix_socket_directories = '{folder}'\n")
        # Output into a file: a server that inherited our pipe would keep it open.
        run("pg_ctl", "-D", str(data), "-l", str(journal), "-w", "start")
        try:
            yield Server(folder, "desk")
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
