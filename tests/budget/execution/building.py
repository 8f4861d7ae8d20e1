"""Forms for tests: as the treasury prints them, and as offices have them in tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from openpyxl import Workbook

from akimat_desk.budget.execution.forms import EXPENSE_MEASURES, FormKind, Measure
from akimat_desk.training.treasury import PrintedForm, PrintedRow, tenge

OFFICE = "Аппарат акима Жанабулакского сельского округа"
NAMES = {
    ("124",): "Аппарат акима города районного значения, села, поселка, сельского округа",
    ("124", "001"): "Услуги по обеспечению деятельности акима",
    ("124", "001", "015"): "За счет средств местного бюджета",
    ("124", "008"): "Освещение улиц в населенных пунктах",
}
HEADS = (
    "Администратор", "Программа", "Подпрограмма", "Специфика", "Наименование",
    "План финансирования на год", "План финансирования с начала года по обязательствам",
    "План финансирования с начала года по платежам", "Принятые обязательства с начала года",
    "Оплаченные обязательства с начала года", "Оплаченные обязательства за текущий месяц",
    "Неоплаченные обязательства", "Невыплаченные обязательства",
    "Остаток средств по обязательствам", "Остаток средств по платежам",
)  # fmt: skip


def expense(
    *parts: str, name: str = "Оплата труда", year: int = 1_200_000_00, paid: int = 90_000_00
) -> PrintedRow:
    """A row of form 4-20 whose remainders are right."""
    month = year // 12
    amounts = {
        Measure.PLAN_YEAR: year,
        Measure.PLAN_OBLIGATIONS: month,
        Measure.PLAN_PAYMENTS: month,
        Measure.REGISTERED: paid + 1,
        Measure.PAID: paid,
        Measure.PAID_MONTH: paid,
        Measure.UNPAID: 1,
        Measure.OUTSTANDING: 0,
        Measure.LEFT_OBLIGATIONS: month - paid - 1,
        Measure.LEFT_PAYMENTS: month - paid,
    }
    return PrintedRow(parts, name, amounts)


def receipt(code: str, received: int, name: str = "Налог", day: int = 0) -> PrintedRow:
    """A row of form 2-19."""
    return PrintedRow(tuple(code.split("/")), name, {Measure.RECEIVED_DAY: day, Measure.RECEIVED: received})


WAGES = expense("124", "001", "015", "111")
LIGHT = expense("124", "008", "", "151", name="Оплата коммунальных услуг", year=300_000_00, paid=12_345_67)
EXPENSES = (WAGES, LIGHT)
RECEIPTS = (
    receipt("1/04/1/02", 55_000_00, "Налог на имущество физических лиц"),
    receipt("1/04/4/02", 1_234_567_89, "Налог на транспортные средства с физических лиц"),
)


def form(
    kind: FormKind, rows: Sequence[PrintedRow], as_of: dt.date = dt.date(2026, 2, 1), office: str = OFFICE
) -> PrintedForm:
    """A form of January."""
    return PrintedForm(kind, as_of, "1241234", office, "06 Бюджет сельского округа", rows, NAMES)


def expense_cells(rows: Sequence[PrintedRow]) -> list[list[str]]:
    """The rows of form 4-20 as an office's table has them, codes in columns of their own."""
    cells = []
    for row in rows:
        numbers = [tenge(row.amounts[measure]) for measure in EXPENSE_MEASURES]
        cells.append([*row.parts, *[""] * (4 - len(row.parts)), row.name, *numbers])
    return cells


def workbook(
    rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS, top: Sequence[str] = (), merge: str = ""
) -> bytes:
    """A workbook with lines above, heads, and rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in top:
        sheet.append([line])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TOP = ("Форма № 4-20 на 01.02.2026, тенге", f"учреждение: 1241234-{OFFICE}")


def comma_csv(rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS) -> str:
    """CSV with commas, as programs of the world write it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["Форма № 4-20 на 01.02.2026"])
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue()
