"""A month's facts as a plain workbook for 1C and other programs, which reads back as it was written.

The layout: a line with the form's number, date and unit ("Форма № 4-20 на 01.02.2026, тенге"), a line
with the institution, the heads, then one row for each line of the form. Codes stand in columns of their
own as text (administrator, program, subprogram, specific; category, class, subclass, specific), amounts
as numbers in tenge. 1C writes the same columns under the same heads, in any order, and
``execution import`` takes the file in.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from akimat_desk.budget.execution.forms import KEPT, FormKind, Measure
from akimat_desk.budget.execution.stored import Fact, FormView
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.core.dates import short
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text

_CODES = {
    FormKind.EXPENSES: ("Администратор", "Программа", "Подпрограмма", "Специфика"),
    FormKind.RECEIPTS: ("Категория", "Класс", "Подкласс", "Специфика"),
}
_HEADS = {
    Measure.PLAN_YEAR: "План финансирования на год",
    Measure.PLAN_OBLIGATIONS: "План финансирования с начала года по обязательствам",
    Measure.PLAN_PAYMENTS: "План финансирования с начала года по платежам",
    Measure.REGISTERED: "Принятые обязательства с начала года",
    Measure.PAID: "Оплаченные обязательства с начала года",
    Measure.PAID_MONTH: "Оплаченные обязательства за текущий месяц",
    Measure.UNPAID: "Неоплаченные обязательства",
    Measure.OUTSTANDING: "Невыплаченные обязательства",
    Measure.RECEIVED_DAY: "За день МСУ",
    Measure.RECEIVED: "С начала года МСУ",
}
_TENGE = Decimal("0.01")


def write_plain_form(form: FormView, facts: Sequence[Fact], path: Path, language: Language) -> Path:
    """Write a form's facts. Raises EnvironmentProblem where the file cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = text("report.execution.sheet", language)
    sheet.append([f"Форма № {form.kind.value} на {short(form.as_of)}, тенге"])
    if form.institution_code:
        sheet.append([f"учреждение: {form.institution_code}-{form.institution}"])
    measures = KEPT[form.kind]
    sheet.append([*_CODES[form.kind], "Наименование", *(_HEADS[measure] for measure in measures)])
    for fact in facts:
        amounts = (fact.amounts.get(measure) for measure in measures)
        numbers = [None if amount is None else Decimal(amount) * _TENGE for amount in amounts]
        sheet.append([*_code(fact), fact.name.text(language), *numbers])
    for number in range(5):
        sheet.column_dimensions["ABCDE"[number]].width = 14 if number < 4 else 60
    return write_atomically(path, book.save)


def _code(fact: Fact) -> tuple[str, str, str, str]:
    code = fact.code
    if isinstance(code, RevenueCode):
        return code.category, code.class_, code.subclass, code.specific
    assert isinstance(code, ExpenditureCode)
    return code.administrator, code.program, code.subprogram, code.specific
