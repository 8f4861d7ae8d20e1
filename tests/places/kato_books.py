"""Lists of places as the statistics office prints them: invented places under the codes' published form."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from akimat_desk.intake import read_bytes
from akimat_desk.places.kato_file import KATO_LIMITS, KatoFile, read_kato

HEAD = ("te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn")
Row = Sequence[object]


def row(code: str, kk: str, ru: str, k: str = "1", nn: int = 0) -> tuple[object, ...]:
    """A row of the list with its code and the code's parts."""
    return (code, code[:2], code[2:4], code[4:6], code[6:], k, kk, ru, nn)


#: An oblast, a raion, its units of every kind and a city administration. The names are invented.
SAMPLE: tuple[Row, ...] = (
    row("990000000", "Дала облысы", "Степная область"),
    row("991000000", "Көлтас қ.ә.", "Кольтас Г.А."),
    row("991010000", "Көлтас қ.", "г.Кольтас"),
    row("993200000", "Өзенді ауданы", "Узендинский район"),
    row("993230000", "Ақбұлақ а.о.", "Акбулакский с.о."),
    row("993230100", "Ақбұлақ а.", "с.Акбулак"),
    row("993230200", "Қарағаш а.", "с.Карагаш"),
    row("993241000", "Жезкен к.", "п.Жезкен"),
    row("993251000", "Шаған а.", "с.Шаган"),
)


def workbook(rows: Sequence[Row] = SAMPLE, head: Sequence[str] = HEAD) -> bytes:
    """The list as an .xlsx; numbers are written as numbers."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("КАТО")
    for number, cells in enumerate([head, *rows]):
        sheet.write_row(number, 0, cells)
    book.close()
    return kept.getvalue()


def kato_file(rows: Sequence[Row] = SAMPLE, head: Sequence[str] = HEAD) -> KatoFile:
    """What is read of such a list."""
    return read_kato(read_bytes(workbook(rows, head), "kato.xlsx", limits=KATO_LIMITS))
