"""The other process in which a PDF is opened: words and ruled lines out, as JSON, and nothing else.

PDFium is a C++ library that meets files from strangers. Here it may run out of memory, hang or die
without taking the program and what is not yet saved with it. Run as
``python -m akimat_desk.intake.pdf_child`` with the file on standard input; places are whole hundredths
of a point from the upper left corner of the page.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

# How much of one file is looked at; a city's decision with 42 annexes is some 150 pages.
MOST_PAGES = 600
MOST_CHARACTERS = 3_000_000
MOST_OBJECTS = 1_000_000
# A container of drawings inside a page may hold another one.
_DEPTH = 4
_MEMORY = 3 * 2**30
_HYPHENS = (0x02, 0xFFFE, 0xAD)  # what PDFium makes of a hyphen at the end of a line
_SPACES = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x2007, 0x202F, 0x200B, 0x3000))

Word = list[Any]  # text, left, top, right, bottom
Rule = list[int]  # left, top, right, bottom; one pair is equal


def read(data: bytes) -> dict[str, Any]:
    """``{"pages": [{"width", "height", "words", "rules"}]}`` or ``{"error": key}``."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        protected = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"error": "error.intake.pdf_password" if protected else "error.intake.pdf_damaged"}
    if len(document) > MOST_PAGES:
        return {"error": "error.intake.pdf_pages"}
    pages: list[dict[str, Any]] = []
    left = [MOST_CHARACTERS, MOST_OBJECTS]
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        turn = _Turn(width, height, page.get_rotation(), page.get_cropbox())
        words = _words(page, turn, left, raw)
        rules = _rules(page, turn, left, raw)
        if min(left) < 0:
            return {"error": "error.intake.pdf_pages"}
        pages.append({"width": turn.width, "height": turn.height, "words": words, "rules": rules})
        page.close()
    return {"pages": pages}


class _Turn:
    """From a page's own points (counted upwards, before it is turned) to what a reader sees."""

    def __init__(
        self, width: float, height: float, rotation: int, box: tuple[float, float, float, float]
    ) -> None:
        self.width, self.height = round(width * 100), round(height * 100)
        self._rotation = rotation
        self._box = box

    @property
    def upright(self) -> tuple[bool, float, float]:
        """Whether the page is not turned; its left and upper edge."""
        return self._rotation not in (90, 180, 270), self._box[0], self._box[3]

    def __call__(self, x: float, y: float) -> tuple[int, int]:
        left, bottom, right, top = self._box
        if self._rotation == 90:
            x, y = y - bottom, x - left
        elif self._rotation == 180:
            x, y = right - x, y - bottom
        elif self._rotation == 270:
            x, y = top - y, right - x
        else:
            x, y = x - left, top - y
        return round(x * 100), round(y * 100)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
        x0, y0 = self(left, top)
        x1, y1 = self(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _words(page: Any, turn: _Turn, left: list[int], raw: Any) -> list[Word]:
    text_page = page.get_textpage()
    count = max(0, raw.FPDFText_CountChars(text_page))
    left[0] -= count
    if left[0] < 0:
        return []
    words: list[Word] = []
    letters: list[str] = []
    box = raw.FS_RECTF()
    at = ctypes.byref(box)
    x0 = y0 = x1 = y1 = 0
    upright, left_edge, top_edge = turn.upright

    def finish() -> None:
        if letters:
            words.append(["".join(letters), x0, y0, x1, y1])
            letters.clear()

    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _SPACES or code == 0:
            finish()
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, at):
            continue
        if upright:  # nearly every page; a call for every letter would take as long as the rest
            a0, a1 = int((box.left - left_edge) * 100), int((box.right - left_edge) * 100)
            b0, b1 = int((top_edge - box.top) * 100), int((top_edge - box.bottom) * 100)
        else:
            a0, b0, a1, b1 = turn.box(box.left, box.bottom, box.right, box.top)
        letter = "-" if code in _HYPHENS else chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
        if letters:
            height = b1 - b0 or 1
            # A gap without a space, a new start, another line.
            if a0 - x1 > height // 5 or x1 - a0 > height or abs(b0 - y0) > height // 2:
                finish()
        if not letters:
            x0, y0, x1, y1 = a0, b0, a1, b1
        letters.append(letter)
        x1 = a1 if a1 > x1 else x1
        y0 = b0 if b0 < y0 else y0
        y1 = b1 if b1 > y1 else y1
    finish()
    return words


def _rules(page: Any, turn: _Turn, left: list[int], raw: Any) -> list[Rule]:
    """Straight lines along the page's edges: drawn as lines, as frames or as thin filled bars."""
    rules: list[Rule] = []
    for item, matrices in _paths(page, left, raw):
        points: list[tuple[int, int]] = []
        for x, y, starts, closes in _segments(item, left, raw):
            for a, b, c, d, e, f in matrices:
                x, y = a * x + c * y + e, b * x + d * y + f
            point = turn(x, y)
            if starts:
                _add_rules(points, rules)
                points = []
            points.append(point)
            if closes and len(points) > 1:
                points.append(points[0])
        _add_rules(points, rules)
        if left[1] < 0:
            return []
    return rules


def _add_rules(points: list[tuple[int, int]], rules: list[Rule]) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if (abs(x0 - x1) <= 60) != (abs(y0 - y1) <= 60):
            rules.append([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])


Matrix = tuple[float, float, float, float, float, float]


def _paths(page: Any, left: list[int], raw: Any) -> Iterator[tuple[Any, list[Matrix]]]:
    """Every visible drawing of the page with what it is moved by, the innermost first."""

    def inside(count: int, get: Any, around: list[Matrix], depth: int) -> Iterator[tuple[Any, list[Matrix]]]:
        left[1] -= count
        if left[1] < 0:
            return
        for index in range(count):
            item = get(index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
                continue
            own = raw.FS_MATRIX()
            moved = raw.FPDFPageObj_GetMatrix(item, own)
            matrices = [(own.a, own.b, own.c, own.d, own.e, own.f), *around] if moved else around
            if kind == raw.FPDF_PAGEOBJ_PATH:
                fill, stroke = ctypes.c_int(), ctypes.c_int()
                raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
                if fill.value or stroke.value:
                    yield item, matrices
            elif depth < _DEPTH:
                size = max(0, raw.FPDFFormObj_CountObjects(item))
                yield from inside(
                    size, lambda at, form=item: raw.FPDFFormObj_GetObject(form, at), matrices, depth + 1
                )

    size = max(0, raw.FPDFPage_CountObjects(page))
    yield from inside(size, lambda at: raw.FPDFPage_GetObject(page, at), [], 0)


def _segments(item: Any, left: list[int], raw: Any) -> Iterator[tuple[float, float, bool, bool]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    count = max(0, raw.FPDFPath_CountSegments(item))
    left[1] -= count
    if left[1] < 0:
        return
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            starts = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO
            yield x.value, y.value, starts, bool(raw.FPDFPathSegment_GetClose(segment))


def main() -> int:
    """Read the file from standard input, write what is in it to standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    result = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
