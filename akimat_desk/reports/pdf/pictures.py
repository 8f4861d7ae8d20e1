"""The pages of a PDF that we made, as pictures: what is printed is what the file shows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from akimat_desk.core.progress import Task

_POINTS = 72  # of a PDF's measure to the inch
_QUICK = 1  # zlib: white pages shrink a hundredfold even so


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page in rows of pixels, 3 bytes each (1 where ``grey``), packed."""

    width: int
    height: int
    grey: bool
    packed: bytes

    @property
    def landscape(self) -> bool:
        """Whether the page lies on its side."""
        return self.width > self.height

    def pixels(self) -> bytes:
        """The rows, one after another without gaps."""
        return zlib.decompress(self.packed)


def count_pages(content: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    try:
        return len(pdf)
    finally:
        pdf.close()


def page_pictures(
    content: bytes, dots_per_inch: int, numbers: Sequence[int], grey: bool, task: Task | None = None
) -> Iterator[PagePicture]:
    """The pages with these numbers (from 1), as sharp as the printer. Raises Cancelled."""
    import pypdfium2

    task = task or Task()
    pdf = pypdfium2.PdfDocument(content)
    try:
        for done, number in enumerate(numbers):
            task.step(done, len(numbers))
            page = pdf[number - 1]
            bitmap = page.render(scale=dots_per_inch / _POINTS, grayscale=grey, rev_byteorder=True)
            yield _packed(bitmap, grey)
            bitmap.close()
            page.close()
    finally:
        pdf.close()


def _packed(bitmap: object, grey: bool) -> PagePicture:
    width, height = bitmap.width, bitmap.height  # type: ignore[attr-defined]
    wide = width * (1 if grey else 3)
    stride = bitmap.stride  # type: ignore[attr-defined]
    rows = memoryview(bitmap.buffer).cast("B")  # type: ignore[attr-defined]
    packer = zlib.compressobj(_QUICK)
    pieces = [packer.compress(rows[at * stride : at * stride + wide]) for at in range(height)]
    return PagePicture(width, height, grey, b"".join((*pieces, packer.flush())))
