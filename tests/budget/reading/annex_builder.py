"""Writes an annex the way offices print it: HTML in four cell layouts, Word, Excel, tabs, pipes."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[2] / "data" / "cases" / "annexes"

REVENUE_HEADS = {
    "ru": ["Категория", "Класс", "Подкласс", "Наименование"],
    "kk": ["Санаты", "Сыныбы", "Кіші сыныбы", "Атауы"],
}
EXPENDITURE_HEADS = {
    "ru": [
        "Функциональная группа",
        "Функциональная подгруппа",
        "Администратор бюджетных программ",
        "Программа",
        "Наименование",
    ],
    "kk": [
        "Функционалдық топ",
        "Кіші функция",
        "Бюджеттік бағдарламалардың әкімшісі",
        "Бағдарлама",
        "Атауы",
    ],
}
AMOUNT_HEAD = {"ru": "Сумма (тысяч тенге)", "kk": "Сомасы (мың теңге)"}


@dataclass(frozen=True)
class PaperRow:
    """A printed row: its code cells, its name, its amount."""

    side: str  # revenue | expenditure (the latter with III–VI)
    cells: tuple[str, ...]
    name: str
    amount: str


@dataclass(frozen=True)
class Paper:
    """An annex as printed."""

    language: str
    number: int | None
    heading: str
    rows: tuple[PaperRow, ...]
    heads: dict[str, list[str]] = field(default_factory=dict)

    def of(self, side: str) -> list[PaperRow]:
        """The rows of one table."""
        return [row for row in self.rows if row.side == side]

    def heads_of(self, side: str) -> list[str]:
        """The heads of one table, the name's last."""
        if side in self.heads:
            return self.heads[side]
        return (REVENUE_HEADS if side == "revenue" else EXPENDITURE_HEADS)[self.language]

    def preamble(self) -> list[str]:
        """The lines above the heading."""
        if self.number is None:
            return []
        if self.language == "ru":
            return [f"Приложение {self.number} к решению", "от 26 декабря 2023года", "№ 17/104-VIII"]
        return ["2023 жылғы 26 желтоқсандағы", "№ 17/104-VIII шешiмге", f"{self.number}-қосымша"]

    def without_column(self, side: str, at: int) -> Paper:
        """The same annex without a code column; the rows of that level go, the tail III–VI stays."""
        heads = dict(self.heads)
        heads[side] = [h for i, h in enumerate(self.heads_of(side)) if i != at]
        rows = []
        tail = False
        for row in self.rows:
            if row.side != side:
                rows.append(row)
                continue
            tail = tail or "II. " in row.name[1:]
            left = tuple(c for i, c in enumerate(row.cells) if i != at)
            if tail and row.cells[at]:
                left = (row.cells[at], *left[1:])  # the lone 5 stands in another column then
            if any(left) or not row.cells[at]:
                rows.append(replace(row, cells=left))
        return replace(self, heads=heads, rows=tuple(rows))


def cases() -> list[dict[str, Any]]:
    """The ten published annexes."""
    return [json.loads(path.read_text("utf-8")) | {"id": path.stem} for path in sorted(CASES.glob("*.json"))]


def paper_of(case: dict[str, Any]) -> Paper:
    """A published annex as paper."""
    rows = tuple(
        PaperRow(
            "revenue" if line["section"] == "revenue" else "expenditure",
            tuple(line["cells"]),
            line["name"],
            line["raw"],
        )
        for line in case["lines"]
    )
    return Paper(case["language"], case["annex"], case["heading"], rows)


# --- HTML -----------------------------------------------------------------------------------------


def _td(text: str, colspan: int = 1, rowspan: int = 1) -> str:
    spans = f' colspan="{colspan}"' if colspan > 1 else ""
    spans += f' rowspan="{rowspan}"' if rowspan > 1 else ""
    return f"<td{spans}>{html.escape(text)}</td>"


def _tr(cells: Sequence[str]) -> str:
    return "<tr>\n" + "\n".join(cells) + "\n</tr>"


# Grid columns of each code column, of the name and of the amount; spans of the data cells.
_GRIDS: dict[str, tuple[list[int], list[int]]] = {
    # layout: (columns where the heads start, one end after them), (colspans of data cells)
    "B": ([0, 1, 2, 3, 5], [1, 1, 2, 1, 1]),
    "D": ([0, 1, 2, 4, 7, 8], [1, 1, 2, 3, 1, 3]),
}


def html_table(paper: Paper, side: str, layout: str = "A", number_row: Sequence[str] | None = None) -> str:
    """One table. Layouts as annex_layout.md §2.1 names them."""
    heads = paper.heads_of(side)
    amount_head = AMOUNT_HEAD[paper.language]
    width = len(heads)
    starts, spans = list(range(width + 1)), [1] * (width + 1)
    amount_span = 1
    if layout == "B":
        assert width == 4
        starts, spans = _GRIDS["B"]
    elif layout == "D":
        assert width == 5
        starts, spans = _GRIDS["D"]
        amount_span = 3
    elif layout == "C":
        amount_span = 2
    end = starts[-1]
    out = ["<table>"]
    for depth, head in enumerate(heads):
        row = [_td("", spans[at] if layout == "D" else 1) for at in range(depth)]
        used = sum(spans[:depth]) if layout == "D" else depth
        row.append(_td(head, end - used))
        if depth == 0:
            row.append(_td(amount_head, amount_span, width))
        out.append(_tr(row))
    numbers = list(number_row) if number_row is not None else [str(n) for n in range(1, width + 2)]
    row = [_td(number) for number in numbers]
    if layout == "B":
        row[3] = _td(numbers[3], 2)
    if layout == "C":
        row[-1] = _td(numbers[-1], 2)
    out.append(_tr(row))
    for line in paper.of(side):
        texts = [*line.cells, line.name, line.amount]
        out.append(_tr([_td(text, span) for text, span in zip(texts, spans, strict=True)]))
    return "\n".join([*out, "</table>"])


def as_html(
    papers: Sequence[Paper],
    revenue: str = "A",
    expenditure: str = "A",
    number_row: Sequence[str] | None = None,
    before: str = "",
) -> bytes:
    """A page with annexes one after the other."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>", before]
    for paper in papers:
        parts += [f"<blockquote><em>{html.escape(line)}</em></blockquote>" for line in paper.preamble()]
        if paper.heading:
            parts.append(f"<h2>{html.escape(paper.heading)}</h2>")
        if paper.of("revenue"):
            parts.append(html_table(paper, "revenue", revenue))
        if paper.of("expenditure"):
            parts.append(html_table(paper, "expenditure", expenditure, number_row))
    return "\n".join([*parts, "</body></html>"]).encode()


def as_html_in_one(paper: Paper) -> bytes:
    """Receipts and costs in one table, the second head in its middle."""
    first = html_table(paper, "revenue").removesuffix("</table>")
    second = html_table(paper, "expenditure").removeprefix("<table>")
    return f"<meta charset='utf-8'><h2>{html.escape(paper.heading)}</h2>{first}{second}".encode()


# --- text -----------------------------------------------------------------------------------------


def grid(paper: Paper, side: str) -> list[list[str]]:
    """The cells of one table, its head as a staircase."""
    heads = paper.heads_of(side)
    width = len(heads)
    rows = []
    for depth, head in enumerate(heads):
        row = [""] * (width + 1)
        row[depth] = head
        if depth == 0:
            row[-1] = AMOUNT_HEAD[paper.language]
        rows.append(row)
    rows.append([str(n) for n in range(1, width + 2)])
    rows += [[*line.cells, line.name, line.amount] for line in paper.of(side)]
    return rows


def as_tabs(papers: Sequence[Paper], stripped: bool = False) -> bytes:
    """Plain text, cells parted by tabs; ``stripped`` loses the tabs at the ends of lines."""
    lines: list[str] = []
    for paper in papers:
        lines += [*paper.preamble(), "", paper.heading, ""]
        for side in ("revenue", "expenditure"):
            if paper.of(side):
                rows = ["\t".join(row) for row in grid(paper, side)]
                lines += [row.strip("\t") if stripped else row for row in rows]
                lines.append("")
    return "\n".join(lines).encode()


def as_markdown(papers: Sequence[Paper]) -> bytes:
    """Tables of pipes under the marks that the legal database exports."""
    lines: list[str] = []
    for paper in papers:
        lines += [f"> *{line}*" for line in paper.preamble()]
        lines += ["", f"## {paper.heading}", ""]
        for side in ("revenue", "expenditure"):
            rows = grid(paper, side)
            lines.append("| " + " | ".join(rows[0]) + " |")
            lines.append("|" + "---|" * len(rows[0]))
            lines += ["| " + " | ".join(row) + " |" for row in rows[1:]]
            lines.append("")
    return "\n".join(lines).encode()


# --- Word -----------------------------------------------------------------------------------------


def as_docx(papers: Sequence[Paper], merged: bool = True) -> bytes:
    """A Word file; the staircase head made of merged cells."""
    import docx  # type: ignore[import-untyped]

    document = docx.Document()
    for paper in papers:
        for line in paper.preamble():
            document.add_paragraph(line)
        document.add_heading(paper.heading, level=2)
        for side in ("revenue", "expenditure"):
            rows = grid(paper, side)
            depth = len(paper.heads_of(side))
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for written, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(written.cells, row, strict=True):
                    cell.text = text
            if merged:
                for at in range(depth - 1):
                    table.cell(at, at).merge(table.cell(at, depth - 1))
                table.cell(0, depth).merge(table.cell(depth - 1, depth))
            document.add_paragraph("")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# --- Excel ----------------------------------------------------------------------------------------


def as_xlsx(
    papers: Sequence[Paper],
    merged: bool = True,
    one_sheet: bool = False,
    numbers: bool = False,
    titles: bool = True,
) -> bytes:
    """A workbook. ``numbers``: codes and amounts are numbers, so "01" is 1; ``titles``: the heading
    stands in the sheet; ``one_sheet``: all annexes under each other."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for index, paper in enumerate(papers):
        if index and not one_sheet:
            sheet = book.create_sheet()
            at = 1
        if not titles:
            sheet.title = f"{paper.heading[-8:]} {index}".translate({ord(c): None for c in "[]:*?/\\"})
        else:
            for line in paper.preamble():
                sheet.cell(at, 5, line)
                at += 1
            sheet.cell(at, 1, paper.heading)
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=5)
            at += 2
        for side in ("revenue", "expenditure"):
            depth = len(paper.heads_of(side))
            top = at
            for row in grid(paper, side):
                for column, text in enumerate(row, start=1):
                    if text:
                        sheet.cell(at, column, _number(text) if numbers and at > top + depth - 1 else text)
                at += 1
            if merged:
                for step in range(depth - 1):
                    sheet.merge_cells(
                        start_row=top + step, end_row=top + step, start_column=step + 1, end_column=depth
                    )
                sheet.merge_cells(
                    start_row=top, end_row=top + depth - 1, start_column=depth + 1, end_column=depth + 1
                )
            at += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_PLAIN = re.compile(r"-?(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?")


def _number(text: str) -> str | int | float:
    """A number where the text is plainly one, else the text."""
    if not _PLAIN.fullmatch(text):
        return text
    bare = text.replace(" ", "").replace(",", ".")
    return float(bare) if "." in bare else int(bare)
