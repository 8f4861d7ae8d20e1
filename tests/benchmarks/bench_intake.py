"""How long a decision with three annexes of 300 rows takes to read, in each kind of file.

Run as ``python tests/benchmarks/bench_intake.py``. Beside each figure stands its yardstick in the same
run: the library that is usual for the kind, doing no more than touching every cell. The aim for
reading a decision as a whole is 0.5 s, so intake must be a small part of that.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from lxml import html

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from akimat_desk.intake import read_bytes

ROWS = 300
ANNEXES = 3
RUNS = 7


def row(number: int) -> list[str]:
    return [
        "",
        "",
        "124",
        "015",
        f"Бағдарлама {number} бойынша шығыстар мен қызметтер",
        f"{number * 37} {number:03},5",
    ]


def make_docx() -> bytes:
    document = docx.Document()
    for _ in range(ANNEXES):
        document.add_heading("2026 жылға арналған бюджет", 2)
        table = document.add_table(rows=ROWS, cols=6)
        for number, tr in enumerate(table._tbl.tr_lst):
            for text, tc in zip(row(number), tr.tc_lst, strict=True):
                tc.p_lst[0].add_r().text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    for annex in range(ANNEXES):
        sheet = workbook.create_sheet(f"{annex + 1}-қосымша")
        for number in range(ROWS):
            sheet.append([*row(number)[:5], number * 37 + 0.5])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def make_html() -> bytes:
    def cells(number: int) -> str:
        return "".join(f"<td><p>{text}</p></td>\n" for text in row(number))

    tables = "".join(
        "<table>" + "".join(f"<tr>{cells(number)}</tr>" for number in range(ROWS)) + "</table>"
        for _ in range(ANNEXES)
    )
    return f"<html><body>{tables}</body></html>".encode()


def make_text() -> bytes:
    annex = "\n".join("\t".join(row(number)) for number in range(ROWS))
    return "\n\nБюджет\n".join([annex] * ANNEXES).encode()


def with_python_docx(data: bytes) -> None:
    for table in docx.Document(io.BytesIO(data)).tables:
        for tr in table._tbl.tr_lst:
            for tc in tr.tc_lst:
                "".join(text.text or "" for text in tc.iter(qn("w:t")))


def with_openpyxl(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True):
        for values in sheet.iter_rows(values_only=True):
            [str(value) for value in values]


def with_lxml(data: bytes) -> None:
    for cell in html.document_fromstring(data).iter("td"):
        cell.text_content()


def with_split(data: bytes) -> None:
    [line.split("\t") for line in data.decode().split("\n")]


def median(work: Callable[[bytes], object], data: bytes) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work(data)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    kinds: list[tuple[str, Callable[[], bytes], str, Callable[[bytes], None]]] = [
        ("docx", make_docx, "python-docx", with_python_docx),
        ("xlsx", make_xlsx, "openpyxl read-only", with_openpyxl),
        ("html", make_html, "lxml.html", with_lxml),
        ("text", make_text, "str.split", with_split),
    ]
    print(f"{ANNEXES} annexes of {ROWS} rows, median of {RUNS} in milliseconds")
    for kind, make, yardstick, touch in kinds:
        data = make()
        first = time.perf_counter()
        document = read_bytes(data, f"decision.{kind}")
        first = (time.perf_counter() - first) * 1000
        rows = sum(len(table.rows) for table in document.tables())
        if rows != ROWS * ANNEXES:
            raise SystemExit(f"{kind}: {rows} rows read")
        ours = median(lambda data: read_bytes(data, "decision"), data)
        theirs = median(touch, data)
        size = len(data) / 1024
        print(f"{kind:5} {size:5.0f} KiB  first {first:6.1f}  warm {ours:6.1f}  {yardstick} {theirs:6.1f}")


if __name__ == "__main__":
    main()
