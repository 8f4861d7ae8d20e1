"""How long a decision with three annexes of 300 rows takes to be read, beside the program's bare start.

``python tests/benchmarks/bench_reading.py`` from the top of the checkout. Each figure is the median of
fresh processes; "beyond the start" is the command less ``akimat-desk --version``. Aim: under 500 ms.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "budget" / "reading")]

import annex_builder  # noqa: E402

RUNS = 7
ROWS = 300


def long_annex(year: int) -> annex_builder.Paper:
    """An annex of a published act, its programs repeated as zeros until it has ROWS rows."""
    case = next(c for c in annex_builder.cases() if c["language"] == "ru" and c["year_of_plan"] == 1)
    lines = case["lines"]
    zeros = [dict(line, amount="0.0", raw="0,0") for line in lines if line["role"] == "program"]
    head = [line for line in lines if line["section"] in ("revenue", "expenditure")]
    tail = [line for line in lines if line["section"] not in ("revenue", "expenditure")]
    padding = (zeros * (ROWS // len(zeros) + 1))[: ROWS - len(lines)]
    return annex_builder.paper_of({**case, "year": year, "lines": [*head, *padding, *tail]})


def timed(words: Sequence[str]) -> float:
    """The median run of a command in milliseconds."""
    # An installed copy has its bytecode; this machine may forbid writing it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(
            words,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def main() -> int:
    """Print the measurements."""
    papers = [long_annex(year) for year in (2023, 2024, 2025)]
    forms = {
        "HTML": ("a.html", annex_builder.as_html(papers)),
        "Word": ("a.docx", annex_builder.as_docx(papers)),
        "Excel": ("a.xlsx", annex_builder.as_xlsx(papers)),
    }
    program = [sys.executable, "-m", "akimat_desk"]
    start = timed([*program, "--version"])
    print(f"start alone {start:8.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file_name, data) in forms.items():
            path = Path(folder) / file_name
            path.write_bytes(data)
            whole = timed([*program, "decision", "read", str(path), "--json"])
            print(f"{name:11} {whole:8.0f} ms, beyond the start {whole - start:6.0f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
