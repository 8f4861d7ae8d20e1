"""How much a file from outside may ask of us. One place, with the reason for each number."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a file that is taken in.

    The largest honest file known is a city's decision with 14 units and 42 annexes (some 45 000
    cells: 3 MB of HTML, 45 MB of unpacked Word XML); every number leaves room above it.
    """

    # The file itself, looked at before it is read.
    packed_bytes: int = 20 * MEGABYTE
    # What is really unpacked of a .docx or .xlsx, counted while reading; the directory may lie.
    unpacked_bytes: int = 100 * MEGABYTE
    # A member over `ratio_from` may not unpack to more than `ratio` times its size: a bomb packs 1000
    # times. Below, honest ones go beyond: 900 table rows with the same texts (0.6 MB) packed 142
    # times, 9000 rows of an annex (6 MB) 111 times.
    ratio: int = 100
    ratio_from: int = 16 * MEGABYTE
    # Members of a package: a text with pictures has several hundred, a bomb of names far more.
    entries: int = 2000
    # Tags of XML or HTML: some 20 for each Word cell.
    elements: int = 5_000_000
    # How deep tags may nest. Word nests some ten deep per table within a table; at 500 even the
    # worst HTML is read in linear time.
    depth: int = 500
    tables_within_tables: int = 20
    sheets: int = 50
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000
    # Excel's own limit of a cell.
    cell_text: int = 32_767
    paragraphs: int = 200_000
    # A whole decision pasted without line breaks is some 25 000 characters per 14 units.
    paragraph_text: int = 200_000
    # For a reader in a process of its own (PDF): a page costs it some 20 ms.
    seconds: int = 60


LIMITS = Limits()
