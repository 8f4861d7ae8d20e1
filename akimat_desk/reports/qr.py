"""QR codes of the sheets of a meeting: the matrix, for every renderer that can draw."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

_QUIET = 4  # squares of white around the code, as readers want them
_DOTS = 8  # dots of the picture for each square


@lru_cache(maxsize=64)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark squares of the code of ``text``, row by row; the smallest that holds it, level M."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def picture(text: str) -> bytes:
    """The code of ``text`` as a PNG with its white border, for files that hold pictures."""
    from PIL import Image

    squares = matrix(text)
    side = (len(squares) + 2 * _QUIET) * _DOTS
    drawn = Image.new("1", (side, side), 1)
    for row, line in enumerate(squares):
        for column, dark in enumerate(line):
            if dark:
                left, top = (column + _QUIET) * _DOTS, (row + _QUIET) * _DOTS
                drawn.paste(0, (left, top, left + _DOTS, top + _DOTS))
    stored = BytesIO()
    drawn.save(stored, "PNG")
    return stored.getvalue()
