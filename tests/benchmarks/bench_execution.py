"""How long taking in a form of 2000 rows and the report of a year with 2000 lines take.

Run as ``python tests/benchmarks/bench_execution.py``. Beside each figure stands its yardstick in the
same run: reading the same file bare with the same reader (aim: 3 times), and the bare SQL of the report
(aim: twice). "Its bare SQL" is the SQL that gives what the report gives, every level of the code summed;
only fetching the leaves, which adds up nothing, is printed beside it.

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
from typing import Any

from openpyxl import Workbook
from sqlalchemy import TextClause, event, text

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
RUNS = 7


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


#: Where the code of each level of costs ends in a whole stored code, the widest last.
ENDS = (2, 4, 8, 12, 16, 20)


def sums() -> TextClause:
    """The report's own sums made by SQL alone: every level of the code grouped, and the total."""
    columns = ", ".join(f"SUM({each})" for each in ("plan_payments", "registered", "unpaid", "paid"))
    levels = [
        f"SELECT SUBSTR(code, 1, {end}) AS line, MIN(name_ru), {columns} FROM execution_facts"
        " WHERE form_id = 1 GROUP BY line"
        for end in ENDS
    ]
    levels.append(f"SELECT '' AS line, '', {columns} FROM execution_facts WHERE form_id = 1")
    return text(" UNION ALL ".join(levels) + " ORDER BY line")


def report(workspace: Workspace, unit_id: int) -> None:
    """The report of the form's year beside two yardsticks: every statement that it has to run, bare, and
    the SQL that makes the same sums."""
    month = Month(2026, 1)
    with workspace.reading() as session:
        statements: list[tuple[str, Any]] = []

        def note(_c: object, _cursor: object, said: str, values: Any, _context: object, _many: bool) -> None:
            statements.append((said, values))

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        rows = len(execution_table(session, unit_id, month, details=True).rows)
        event.remove(connection, "before_cursor_execute", note)
        read = timed(
            lambda: [connection.exec_driver_sql(said, values).fetchall() for said, values in statements]
        )
        query = sums()
        summed = timed(lambda: session.execute(query).fetchall())
        made = timed(lambda: execution_table(session, unit_id, month, details=True))
    print(
        f"report of {rows} lines: {made * 1000:.1f} ms; its {len(statements)} statements bare "
        f"{read * 1000:.1f} ms, {made / read:.1f} times; its sums in SQL {summed * 1000:.1f} ms, "
        f"{made / summed:.1f} times"
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
