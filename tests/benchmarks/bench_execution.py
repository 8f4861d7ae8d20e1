"""How long taking in a form of 2000 rows and the report of a year with 2000 lines take.

Run as ``python tests/benchmarks/bench_execution.py``. Beside each figure stands its yardstick in the
same run: reading the same file bare with the same reader (aim: 3 times), and the bare SQL that fetches
the report's rows (aim: twice).

Bare reading ends where openpyxl or a PDF's reader ends: at rows whose cells are values. A workbook gives
numbers by itself; of text and PDF the same reader's lines are cut into cells and these made amounts, and
nothing is understood, compared or stored.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from akimat_desk.budget.execution.forms import EXPENSE_MEASURES, FormKind, Measure, MoneyUnit, Month
from akimat_desk.budget.execution.reading.amounts import PRINTED, Style, amount_of
from akimat_desk.budget.execution.reading.reader import read_form_data
from akimat_desk.budget.execution.table import execution_table
from akimat_desk.budget.execution.taking_in import take_in
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import TIYN_PER_TENGE
from akimat_desk.intake import read_bytes
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.training.treasury import PrintedForm, PrintedRow, form_pdf, print_form
from tests.budget.execution.building import HEADS

ROWS = 2000
RUNS = 5


def printed() -> PrintedForm:
    pack = pack_for(2026)
    programs = [e.code.program for e in pack.expenditure if e.code_known and e.code.level == 4]
    specifics = [e.code.specific for e in pack.economic if e.name]
    subprograms = [f"{number:03}" for number in range(1, 100)]
    rows = []
    unique = sorted({p for p in programs if programs.count(p) == 1})
    for program, subprogram, specific in itertools.product(unique, subprograms, specifics):
        amounts = dict.fromkeys(EXPENSE_MEASURES, 1234567)
        amounts[Measure.LEFT_OBLIGATIONS] = amounts[Measure.LEFT_PAYMENTS] = 0
        rows.append(PrintedRow(("124", program, subprogram, specific), "Оплата услуг и работ", amounts))
        if len(rows) == ROWS:
            break
    return PrintedForm(FormKind.EXPENSES, dt.date(2026, 2, 1), "1241023", "", "06 бюджет", rows, {})


def table(form: PrintedForm) -> bytes:
    """The form as a workbook, amounts as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Форма № 4-20 на 01.02.2026, тенге"])
    sheet.append(HEADS)
    for row in form.rows:
        numbers = [(row.amounts[measure] or 0) / TIYN_PER_TENGE for measure in EXPENSE_MEASURES]
        sheet.append([*row.parts, row.name, *numbers])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def timed(work: Callable[[], object]) -> float:
    """Median seconds."""
    spent = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def bare_values(data: bytes, name: str) -> int:
    """Read a file to rows of values with the same reader; gives how many values."""
    source = read_bytes(data, name)
    if any(True for _ in source.tables()):
        return sum(len(row) for table in source.tables() for row in table.rows)
    values = 0
    for line in source.paragraphs():
        for cell in line.text.split():
            if PRINTED.fullmatch(cell):
                amount_of(cell, Style.POINT, MoneyUnit.TENGE)
                values += 1
    return values


def taken_in(workspace: Workspace, unit_id: int, data: bytes, name: str) -> float:
    """Median seconds of reading, comparing and storing; each run stores a form of its own."""
    spent = []
    for run in range(RUNS):
        start = time.perf_counter()
        read = read_form_data(data, name).form
        taken = take_in(workspace, DEFAULT_ACTOR, unit_id, read, (name, data + b" " * run))
        spent.append(time.perf_counter() - start)
        assert len(taken.preview.rows) == ROWS
    return statistics.median(spent)


def report(workspace: Workspace, unit_id: int) -> None:
    """The report of the form's year beside the SQL that fetches its rows."""
    query = text("SELECT * FROM execution_facts WHERE form_id = 1 ORDER BY code")
    month = Month(2026, 1)
    with workspace.reading() as session:
        sql = timed(lambda: session.execute(query).fetchall())
        made = timed(lambda: execution_table(session, unit_id, month, details=True))
        rows = len(execution_table(session, unit_id, month, details=True).rows)
    print(
        f"report of {rows} lines: {made * 1000:.1f} ms, bare SQL {sql * 1000:.1f} ms, {made / sql:.1f} times"
    )


def main() -> int:
    """Print every measurement beside its yardstick."""
    paper = print_form(printed())
    with tempfile.TemporaryDirectory() as folder:
        files = (("txt", paper.encode()), ("pdf", form_pdf(paper)), ("xlsx", table(printed())))
        for name, data in files:
            bare = timed(lambda data=data, name=name: bare_values(data, f"form.{name}"))
            with Workspace.create(Path(folder, f"{name}.akimat")) as workspace:
                unit = create_unit(
                    workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("а", "а"), kato="990140000"
                )
                whole = taken_in(workspace, unit.id, data, f"form.{name}")
                times = f"{whole / bare:.1f} times"
                print(f"form of {ROWS} rows, {name}: taken in {whole:.3f} s, read bare {bare:.3f} s, {times}")
                report(workspace, unit.id)
                workspace.close(make_backup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
