"""Workbooks of codes as an office might bring them, made in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import openpyxl

from akimat_desk.classification.pack_file import PackFile, read_pack
from akimat_desk.intake import read_bytes

REVENUE = ("Категория", "Класс", "Подкласс", "Специфика", "Наименование на казахском", "Наименование")
COSTS = ("Функционалдық топ", "Функционалдық кіші топ", "Әкімші", "Бағдарлама", "Атауы", "Наименование")


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    """An .xlsx of these sheets; ``merged`` ranges are merged on the first of them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def pack_file(sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> PackFile:
    """What is read of such a workbook."""
    return read_pack(read_bytes(workbook(sheets, merged), "жаңа сыныптама.xlsx"))


def revenue_file(*rows: Sequence[object]) -> PackFile:
    """A workbook with one sheet of receipts."""
    return pack_file({"Поступления": [REVENUE, *rows]})
