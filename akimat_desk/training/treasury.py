"""Prints treasury forms the way the treasury does: forms 4-20 and 2-19 as text and as PDF.

The layout is that of forms.md §6–7 as far as it is known: the form's number, the date and the
institution on their lines, a row of column numbers, codes by indent (4-20) or whole (2-19), amounts in
tenge with commas between thousands and a point before tiyn.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.budget.execution.forms import EXPENSE_MEASURES, FormKind, Measure
from akimat_desk.core.dates import short
from akimat_desk.core.money import TIYN_PER_TENGE

_INDENTS = (0, 3, 7, 12)
_NAME = 58  # where the cells of numbers start
_CELL = 17  # how wide they are, at the least
_WORDS_HEAD = ("Администратор / Программа / Подпрограмма / Специфика", "Наименование", "")
#: The heads of the ten columns of numbers, each in three lines.
_EXPENSE_HEAD = (
    ("План", "финансирования", "на год"),
    ("План с начала", "года по обяза-", "тельствам"),
    ("План с начала", "года по", "платежам"),
    ("Принятые", "обязательства", "с начала года"),
    ("Оплаченные", "обязательства", "с начала года"),
    ("Оплаченные", "обязательства", "за тек. месяц"),
    ("Неоплаченные", "обязательства", ""),
    ("Невыплаченные", "обязательства", ""),
    ("Остаток средств", "по обяза-", "тельствам"),
    ("Остаток средств", "по платежам", ""),
)
_RECEIPT_WORDS = ("Код", "Наименование", "")
_RECEIPT_HEAD = tuple(
    (span, "", part)
    for span in ("За день", "С начала года")
    for part in ("всего", "республика", "район", "область", "МСУ")
)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A leaf: its code's parts, its name, its amounts in tiyn by measure."""

    parts: tuple[str, ...]
    name: str
    amounts: Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """What a form says. ``names`` gives the parents' names by the parts of their code."""

    kind: FormKind
    as_of: dt.date
    institution_code: str
    institution: str
    budget: str
    rows: Sequence[PrintedRow]
    names: Mapping[tuple[str, ...], str]


def tenge(tiyn: int) -> str:
    """An amount as the treasury prints it: "1,234.56"."""
    whole, rest = divmod(abs(tiyn), TIYN_PER_TENGE)
    return f"{'-' if tiyn < 0 else ''}{whole:,}.{rest:02d}"


def print_form(form: PrintedForm) -> str:
    """The form as lines of text."""
    return "\n".join(_expenses(form) if form.kind is FormKind.EXPENSES else _receipts(form)) + "\n"


def _width(form: PrintedForm) -> int:
    """How wide the columns of numbers are: two spaces stand before the longest amount."""
    total = sum(abs(amount) for row in form.rows for amount in row.amounts.values())
    return max(_CELL, len(tenge(-total)) + 2)


def _columns(words: Sequence[str], heads: Sequence[Sequence[str]], width: int) -> list[str]:
    """The head over the columns of numbers, and their numbers."""
    rows = [
        f"{words[n]:<{_NAME}}" + "".join(f"{head[n]:>{width}}" for head in heads) for n in range(len(words))
    ]
    numbers = "".join(f"{number:>{width}}" for number in range(3, 13))
    return [*rows, f"{'1':<{_NAME // 2}}{'2':<{_NAME - _NAME // 2}}{numbers}"]


def _head(form: PrintedForm, title: str, columns: Sequence[str]) -> list[str]:
    """Fifteen lines: what each of them holds is part of the layout."""
    return [
        f"Форма № {form.kind.value}",
        title,
        "",
        f"на {short(form.as_of)}",
        "",
        "Периодичность: месячная",
        f"вид бюджета: {form.budget}",
        "единица измерения: тенге",
        "",
        "",
        f"учреждение: {form.institution_code}-{form.institution}",
        *columns,
    ]


def _expenses(form: PrintedForm) -> list[str]:
    width = _width(form)
    title = "Сводный отчет по расходам по бюджетной классификации"
    lines = _head(form, title, _columns(_WORDS_HEAD, _EXPENSE_HEAD, width))
    before: tuple[str, ...] = ()
    for row in form.rows:
        for level in range(len(row.parts)):
            parts = row.parts[: level + 1]
            if not parts[-1] or parts == before[: level + 1]:
                continue
            words = " " * _INDENTS[level] + f"{parts[-1]} "
            if level + 1 < len(row.parts):
                lines.append((words + form.names.get(parts, ""))[: _NAME + 6 * width])
                continue
            cells = [row.amounts.get(measure, 0) for measure in EXPENSE_MEASURES]
            lines += _leaf(words + row.name, cells, width)
        before = row.parts
    total = [sum(row.amounts.get(measure, 0) for row in form.rows) for measure in EXPENSE_MEASURES]
    return [*lines, *_leaf("ИТОГО", total, width), "", *_signatures()]


def _receipts(form: PrintedForm) -> list[str]:
    width = _width(form)
    title = "Отчет о поступлениях по бюджетной классификации"
    lines = _head(form, title, _columns(_RECEIPT_WORDS, _RECEIPT_HEAD, width))
    for row in form.rows:
        lines += _leaf(f"{'/'.join(row.parts)} {row.name}", _ten_sums(row.amounts), width)
    day = sum(row.amounts.get(Measure.RECEIVED_DAY, 0) for row in form.rows)
    year = sum(row.amounts.get(Measure.RECEIVED, 0) for row in form.rows)
    total = _ten_sums({Measure.RECEIVED_DAY: day, Measure.RECEIVED: year})
    return [*lines, *_leaf("ИТОГО", total, width), "", *_signatures()]


def _ten_sums(amounts: Mapping[Measure, int]) -> list[int]:
    """All, republican, raion, oblast, okrug: of the day and from the start of the year."""
    day, year = amounts.get(Measure.RECEIVED_DAY, 0), amounts.get(Measure.RECEIVED, 0)
    return [day, 0, 0, 0, day, year, 0, 0, 0, year]


def _leaf(words: str, cells: Sequence[int], width: int) -> list[str]:
    """A row on one line, or with its amounts on the next one where the name takes their place."""
    numbers = "".join(f"{tenge(cell):>{width}}" for cell in cells)
    if len(words) < _NAME:
        return [f"{words:<{_NAME}}{numbers}"]
    return [words, " " * _NAME + numbers]


def _signatures() -> list[str]:
    return [
        "Руководитель территориального подразделения казначейства ______________ (подпись) (ФИО)",
        "Ответственный исполнитель ______________ (подпись) (ФИО)                          М.П.",
    ]


def form_pdf(text: str) -> bytes:
    """A printed form as PDF, landscape: every word at the place that its column has in the text."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    from akimat_desk.reports.fonts import SANS, printable, register_fonts, width

    register_fonts()
    page_width, page_height = landscape(A4)
    margin, leading, size = 24.0, 9.0, 6.0
    longest = max(len(line) for line in text.splitlines())
    letter = (page_width - 2 * margin) / max(longest, 1)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(page_width, page_height), initialFontName=SANS, invariant=1)
    canvas.setFont(SANS, size)
    y = page_height - margin
    for line in text.splitlines():
        if y < margin:
            canvas.showPage()
            canvas.setFont(SANS, size)
            y = page_height - margin
        for start, part in _parts(line):
            shown = printable(part)
            end = margin + (start + len(part)) * letter
            # Numbers end where their column ends, words start where theirs starts.
            is_cell = start >= _NAME
            x = end - width(shown, SANS, size) if is_cell else margin + start * letter
            canvas.drawString(x, y, shown)
        y -= leading
    canvas.save()
    return buffer.getvalue()


def _parts(line: str) -> list[tuple[int, str]]:
    """The stretches of a line that two spaces or more part, with their places."""
    parts: list[tuple[int, str]] = []
    position = 0
    for part in line.split("  "):
        stripped = part.strip()
        if stripped:
            parts.append((position + len(part) - len(part.lstrip()), stripped))
        position += len(part) + 2
    return parts
