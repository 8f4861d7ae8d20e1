"""How long the workspace takes, each figure beside a bare yardstick of the same run.

``python tests/benchmarks/bench_storage.py`` from the top of the checkout. Prints milliseconds and the
ratio to the yardstick: bare sqlite3 with the same pragmas, SQLAlchemy's own import, bare hashing.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

OPEN = """
import sys, time
from pathlib import Path
start = time.perf_counter()
from akimat_desk.storage.workspace import Workspace
from akimat_desk.places.service import units
with Workspace.open(Path(sys.argv[1])) as workspace, workspace.reading() as session:
    units(session)
    print((time.perf_counter() - start) * 1000)
"""
OPEN_BARE = """
import sys, time
start = time.perf_counter()
import sqlalchemy.orm
from sqlalchemy import create_engine, text
with create_engine("sqlite:///" + sys.argv[1]).connect() as connection:
    connection.execute(text("SELECT * FROM units")).all()
print((time.perf_counter() - start) * 1000)
"""


def timed(work: Callable[[], object], times: int) -> float:
    """The median of ``times`` runs, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def child(code: str, path: Path) -> float:
    """What a fresh process says it took, median of five."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = [
        float(
            subprocess.run(
                [sys.executable, "-c", code, str(path)],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _ in range(5)
    ]
    return statistics.median(said)


def show(what: str, ours: float, bare: float, yardstick: str) -> None:
    """One line of the table."""
    print(f"{what:44} {ours:9.2f} ms   {bare:9.2f} ms {yardstick:28} x{ours / bare:.1f}")


def main() -> None:
    """Measure and print."""
    from akimat_desk.core.language import Trilingual
    from akimat_desk.places.kinds import UnitKind
    from akimat_desk.places.service import create_unit
    from akimat_desk.storage.attachments import keep_attachment
    from akimat_desk.storage.backup import backup, inspect_backup
    from akimat_desk.storage.check import check_workspace
    from akimat_desk.storage.journal import verify_journal
    from akimat_desk.storage.settings import set_setting
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "өлшеу.akimat")
        with Workspace.create(path) as workspace:
            okrug = Trilingual("Ақбұлақ ауылдық округі", "Акбулакский сельский округ")
            create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=okrug, kato="103230000")
            workspace.close(make_backup=False)

        show(
            "open and ask, imports included",
            child(OPEN, path),
            child(OPEN_BARE, path),
            "SQLAlchemy, one query",
        )
        opened = timed(lambda: Workspace.open(path).close(), 20)
        show("open and close, imports done", opened, timed(lambda: _bare_open(path), 20), "bare sqlite3")

        with Workspace.open(path) as workspace, closing(sqlite3.connect(Path(name, "bare"))) as bare:
            bare.execute("PRAGMA journal_mode=WAL")
            bare.execute("PRAGMA synchronous=FULL")
            bare.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT)")
            count = iter(range(10**6))
            ours = timed(lambda: workspace.set_setting(DEFAULT_ACTOR, "n", next(count)), 300)
            show(
                "a change with its journal row",
                ours,
                timed(lambda: _bare_commit(bare, next(count)), 300),
                "bare commit",
            )

            with workspace.changing(DEFAULT_ACTOR, "bench") as change:
                for number in range(20_000):
                    set_setting(change, f"row.{number}", "мазмұн " * 20)
                for number in range(30):
                    keep_attachment(change, f"{number}.docx", os.urandom(200_000))
            megabytes = (
                path.stat().st_size / 2**20
                + workspace.path.with_name(path.name + "-wal").stat().st_size / 2**20
            )
            target = Path(name, "copy.akimat")
            ours = timed(lambda: backup(workspace, target), 3)
            show(
                f"verified backup, {megabytes:.0f} MB with log",
                ours,
                timed(lambda: _bare_backup(path), 3),
                "sqlite3 backup alone",
            )
            ours = timed(lambda: inspect_backup(target), 3)
            show(
                "checking a copy against its seal", ours, timed(lambda: _hash(target), 3), "hashing its bytes"
            )
            check_workspace(workspace)
            ours = timed(lambda: check_workspace(workspace), 3)
            show("check of everything", ours, timed(lambda: _bare_check(path), 3), "integrity_check alone")
            for _ in range(2000):
                with workspace.changing(DEFAULT_ACTOR, "bench.row", number=next(count)):
                    pass
            rows = 2300
            ours = timed(lambda: verify_journal(workspace), 3)
            show(
                f"following a journal of {rows} rows",
                ours,
                timed(lambda: _bare_chain(rows), 3),
                "hashing 200 bytes a row",
            )
            workspace.close(make_backup=False)


def _bare_open(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT * FROM units").fetchall()


def _bare_commit(connection: sqlite3.Connection, number: int) -> None:
    with connection:
        connection.execute("INSERT OR REPLACE INTO settings VALUES ('n', ?)", (str(number),))


def _bare_backup(path: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(Path(folder, "copy"))) as target,
    ):
        source.backup(target)


def _bare_check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA integrity_check").fetchall()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _bare_chain(rows: int) -> None:
    before = b"0" * 64
    for _ in range(rows):
        before = hashlib.sha256(before + b"x" * 200).hexdigest().encode()


if __name__ == "__main__":
    main()
