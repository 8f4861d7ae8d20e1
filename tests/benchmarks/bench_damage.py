"""10,000 bits flipped in a workspace with the example in it: how many changed a value, how many were noticed.

    python tests/benchmarks/bench_damage.py [COUNT]

And what the digests cost: a saved change beside the same change without them, and a look at opening.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from akimat_desk.storage import row_digests
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.training.example import make_example
from tests.storage.flips import count_flips

ACTOR = Actor("bench")


def _saving(path: Path, times: int = 200) -> float:
    """Median milliseconds of a small change with its journal row."""
    taken = []
    with Workspace.open(path) as workspace:
        for number in range(times):
            began = time.perf_counter()
            workspace.set_setting(ACTOR, "bench", number)
            taken.append(time.perf_counter() - began)
        workspace.close(make_backup=False)
    return statistics.median(taken) * 1000


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "okrug.akimat")
        make_example(path)
        size = path.stat().st_size / 2**20
        print(f"workspace of {size:.1f} MB")
        with closing(sqlite3.connect(path)) as connection:
            began = time.perf_counter()
            assert row_digests.altered(connection) == []
            print(f"  every row looked at: {(time.perf_counter() - began) * 1000:.0f} ms")
        with mock.patch.object(row_digests, "keep", return_value=None):
            bare = _saving(Path(folder) / path.name)
        with closing(sqlite3.connect(path)) as connection, connection:
            row_digests.make_all(connection)
        print(f"  a change saved: {_saving(path):.2f} ms, without digests {bare:.2f} ms")
        tally = count_flips(path, count, seed=1, opening=True)
    changed = tally.noticed + tally.missed
    print(f"{count} bits flipped: {tally.harmless} changed no value, {changed} did")
    print(f"  noticed at opening {tally.at_opening}, by check {tally.by_check}, missed {tally.missed}")
    print(f"  noticed: {100 * tally.noticed / max(1, changed):.2f} %")
    return 0 if tally.noticed >= 0.999 * changed else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
