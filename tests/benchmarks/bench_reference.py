"""How long the whole list of places takes to be read, kept and searched, and a newer classification.

Run as ``python tests/benchmarks/bench_reference.py``. Beside reading stands openpyxl's read-only mode
touching every cell of the same workbook; beside storing the bare rows through ``executemany``; beside a
search a plain ``in`` over the same names. A key typed must be answered within 50 ms.
"""

from __future__ import annotations

import io
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from akimat_desk.classification.book import shipped
from akimat_desk.classification.codes import RevenueCode
from akimat_desk.classification.new_code import NewCode
from akimat_desk.classification.pack_changes import compare
from akimat_desk.classification.pack_file import read_pack
from akimat_desk.classification.pack_workbook import write_pack
from akimat_desk.classification.service import add_code, workspace_book
from akimat_desk.core.language import Trilingual
from akimat_desk.intake import read_bytes, read_file
from akimat_desk.places.kato_file import KATO_LIMITS, KatoFile, read_kato
from akimat_desk.places.kato_store import kato_of, keep_personal, personal_kato, take_in_kato
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

PLACES = 17_000
HEAD = ("te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn")


def make_list() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for n in range(PLACES):
        code = f"{10 + n // 2000:02}{32 + n // 80 % 25:02}{30 + n // 6 % 14:02}{n % 6 * 100:03}"
        kind = ("а.о.", "с.о.") if n % 6 == 0 else ("а.", "с.")
        name = f"Қарағаш{n}"
        kk, ru = f"{name} {kind[0]}", f"{kind[1]}{name}" if n % 6 else f"{name} {kind[1]}"
        sheet.write_row(n + 1, 0, (code, code[:2], code[2:4], code[4:6], code[6:], 1, kk, ru, n))
    book.close()
    return stream.getvalue()


def took(work: Callable[[], object], runs: int = 3) -> float:
    """The best of some runs, in milliseconds."""
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def touch(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True):
        for values in sheet.iter_rows(values_only=True):
            [str(value) for value in values]


def bare(file: KatoFile, path: Path) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE p (code TEXT PRIMARY KEY, n INT, kind TEXT, kk TEXT, ru TEXT, sign TEXT)"
    )
    rows = [(r.code, n, r.kind.value, r.name.kk, r.name.ru, r.sign) for n, r in enumerate(file.places)]
    connection.executemany("INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def main() -> None:
    data = make_list()
    file = read_kato(read_bytes(data, "kato.xlsx", limits=KATO_LIMITS))
    print(f"list of {PLACES} rows, {len(file.places)} places, {len(data) // 1024} KiB")
    ours = took(lambda: read_kato(read_bytes(data, "kato.xlsx", limits=KATO_LIMITS)), 2)
    print(f"  read and judged   {ours:7.0f} ms   openpyxl alone {took(lambda: touch(data), 2):7.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.create(folder / "w.akimat") as workspace:
            stored = took(lambda: take_in_kato(workspace, DEFAULT_ACTOR, file), 2)
            plain = took(lambda: bare(file, folder / "bare.db"), 2)
            print(f"  kept in workspace {stored:7.0f} ms   bare rows in SQLite {plain:7.0f} ms")
            with workspace.reading() as session:
                first = took(lambda: kato_of(session).find("карагаш12"), 1)
                places = kato_of(session)
                names = [row.name.kk for row in places]
                again = took(lambda: places.find("карагаш12"))
                scan = took(lambda: [n for n in names if "арағаш12" in n])
            print(f"  first search      {first:7.1f} ms   next {again:.1f} ms, a plain scan {scan:.1f} ms")
            keep_personal(file, folder)
            print(f"  person's copy     {took(lambda: personal_kato(folder), 1):7.1f} ms")
            add_code(
                workspace, DEFAULT_ACTOR, NewCode(RevenueCode("1", "04", "9"), Trilingual("Су", "Вода"), 2026)
            )

            def ask() -> None:
                with workspace.reading() as session:
                    workspace_book(session).pack(2026)

            print(f"own codes asked: first {took(ask, 1):.1f} ms, next {took(ask):.2f} ms")
            workspace.close(make_backup=False)
        pack = folder / "pack.xlsx"
        write_pack(shipped().pack(2026), pack)
        print(f"pack: read {took(lambda: read_pack(read_file(pack))):.0f} ms", end=", ")
        newer = read_pack(read_file(pack))
        print(f"compared {took(lambda: compare(shipped(), newer, 2027)):.0f} ms")


if __name__ == "__main__":
    main()
