"""One styled annex to XLSX and PDF, warm, beside the quickest that can be written by hand.

    python tests/benchmarks/bench_reports.py [--json]

The yardsticks write the same table in the same run: XlsxWriter with styles and formulas, a bare
reportlab canvas with the same fonts, lines and wrapped names. They know nothing of spans, widths,
page rules or sums: the ratio is the price of those.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402
from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.lib.utils import simpleSplit  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from akimat_desk.core.money import table_amount, to_thousands  # noqa: E402
from akimat_desk.reports import fonts  # noqa: E402
from akimat_desk.reports.document import AmountCell, ReportDocument, Table, TextCell  # noqa: E402
from akimat_desk.reports.docx import docx_bytes  # noqa: E402
from akimat_desk.reports.pdf import pdf_bytes  # noqa: E402
from akimat_desk.reports.xlsx import xlsx_bytes  # noqa: E402
from tests.reports import samples  # noqa: E402

RUNS = 15


def flat(document: ReportDocument) -> list[tuple[list[str], str, int, bool, tuple[int, ...]]]:
    """The rows of all tables: codes, name, amount, bold, the rows it sums."""
    rows = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        start = len(rows)
        for row in table.rows:
            codes = [cell.text for cell in row.cells[:-2] if isinstance(cell, TextCell)]
            name, amount = row.cells[-2], row.cells[-1]
            assert isinstance(name, TextCell)
            assert isinstance(amount, AmountCell)
            parts = tuple(start + part for part in amount.sum_of if isinstance(part, int))
            rows.append((codes, name.text, amount.tiyn or 0, row.bold, parts))
    return rows


def bare_xlsx(document: ReportDocument) -> bytes:
    """The same rows by XlsxWriter: borders, bold totals, wrapped names, formulas, print settings."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("annex")
    look = {"font_name": "Times New Roman", "font_size": 11, "border": 1, "text_wrap": True}
    words = [book.add_format({**look, "bold": bold}) for bold in (False, True)]
    figures = [book.add_format({**look, "bold": bold, "num_format": "#,##0.0"}) for bold in (False, True)]
    sheet.set_column(0, 3, 6)
    sheet.set_column(4, 4, 55)
    sheet.set_column(5, 5, 13)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 4)
    for index, (codes, name, amount, bold, parts) in enumerate(flat(document), 5):
        for column in range(4):
            code = codes[column] if column < len(codes) else ""
            sheet.write_string(index, column, code, words[bold])
        sheet.write_string(index, 4, name, words[bold])
        value = float(to_thousands(amount))
        if parts:
            cells = ",".join(f"F{part + 6}" for part in parts)
            sheet.write_formula(index, 5, f"=SUM({cells})", figures[bold], value)
        else:
            sheet.write_number(index, 5, value, figures[bold])
    book.close()
    return buffer.getvalue()


def bare_pdf(document: ReportDocument) -> bytes:
    """The same rows on a bare canvas: embedded fonts, wrapped names, lines, new pages."""
    fonts.register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, initialFontName=fonts.SERIF)
    edges = [70, 98, 126, 154, 182, 470, 552]
    y = 790.0
    for codes, name, amount, bold, _ in flat(document):
        font = fonts.SERIF_BOLD if bold else fonts.SERIF
        lines = simpleSplit(name, font, 9.5, edges[5] - edges[4] - 6)
        height = len(lines) * 11.6 + 4.4
        if y - height < 60:
            canvas.showPage()
            y = 790.0
        canvas.setFont(font, 9.5)
        canvas.setLineWidth(0.4)
        for column, code in enumerate(codes):
            canvas.drawCentredString((edges[column] + edges[column + 1]) / 2, y - 11, code)
        for number, line in enumerate(lines):
            canvas.drawString(edges[4] + 3, y - 11 - number * 11.6, line)
        canvas.drawRightString(edges[6] - 3, y - 11, table_amount(amount))
        canvas.grid(edges, [y, y - height])
        y -= height
    canvas.save()
    return buffer.getvalue()


def measured(work: Callable[[], object]) -> float:
    """The median of several runs in milliseconds, after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def results() -> list[dict[str, object]]:
    """Every measurement: what, rows, ours and the yardstick's milliseconds, their ratio."""
    found: list[dict[str, object]] = []
    for repeat in (1, 6):
        document = samples.annex(repeat=repeat)
        rows = len(flat(document))
        pairs: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
            ("xlsx", lambda d=document: xlsx_bytes([d]), lambda d=document: bare_xlsx(d)),
            ("pdf", lambda d=document: pdf_bytes([d]), lambda d=document: bare_pdf(d)),
            ("docx", lambda d=document: docx_bytes([d]), None),
        ]
        for name, ours, yardstick in pairs:
            mine = measured(ours)
            theirs = measured(yardstick) if yardstick is not None else None
            found.append(
                {
                    "what": name,
                    "rows": rows,
                    "ms": round(mine, 1),
                    "yardstick_ms": round(theirs, 1) if theirs is not None else None,
                    "ratio": round(mine / theirs, 2) if theirs is not None else None,
                }
            )
    return found


def main() -> int:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = results()
    if asked.json:
        print(json.dumps(found, indent=1))
        return 0
    print(f"{'':6}{'rows':>6}{'ours, ms':>12}{'yardstick, ms':>16}{'ratio':>8}")
    for line in found:
        theirs = line["yardstick_ms"] if line["yardstick_ms"] is not None else "-"
        ratio = line["ratio"] if line["ratio"] is not None else "-"
        print(f"{line['what']!s:6}{line['rows']!s:>6}{line['ms']!s:>12}{theirs!s:>16}{ratio!s:>8}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
