"""QR codes of the sheets of a meeting: the matrix, for every renderer that can draw."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark squares of the code of ``text``, row by row; the smallest that holds it, level M."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))
