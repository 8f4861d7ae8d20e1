"""Smallest packages that Word and Excel would open, written by hand so that a test can spoil any part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

import pytest

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def pack(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def content_types(main: str, kind: str) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )


def relationships(*links: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def docx_parts(body: str, styles: str = "") -> dict[str, str | bytes]:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("word/document.xml", kind),
        "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    if styles:
        parts["word/_rels/document.xml.rels"] = relationships(("r1", "styles", "styles.xml"))
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'
    return parts


def xlsx_parts(
    sheet: str, *, styles: str = "", strings: str = "", workbook: str = ""
) -> dict[str, str | bytes]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return {
        "[Content_Types].xml": content_types("xl/workbook.xml", kind),
        "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{workbook}<sheets>'
            '<sheet name="Қосымша" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relationships(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "styles", "styles.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
    }


Docx = Callable[..., bytes]
Xlsx = Callable[..., bytes]


@pytest.fixture
def docx() -> Docx:
    """Makes a .docx out of the XML of its body; ``changed`` replaces, adds or (None) drops parts."""

    def make(body: str, *, styles: str = "", changed: dict[str, str | bytes | None] | None = None) -> bytes:
        return pack(_changed(docx_parts(body, styles), changed))

    return make


@pytest.fixture
def xlsx() -> Xlsx:
    """Makes a .xlsx out of the XML of its only sheet; ``changed`` replaces, adds or (None) drops parts."""

    def make(
        sheet: str,
        *,
        styles: str = "",
        strings: str = "",
        workbook: str = "",
        changed: dict[str, str | bytes | None] | None = None,
    ) -> bytes:
        parts = xlsx_parts(sheet, styles=styles, strings=strings, workbook=workbook)
        return pack(_changed(parts, changed))

    return make


def _changed(
    parts: dict[str, str | bytes], changed: dict[str, str | bytes | None] | None
) -> list[tuple[str, str | bytes]]:
    merged = {**parts, **(changed or {})}
    return [(name, content) for name, content in merged.items() if content is not None]
