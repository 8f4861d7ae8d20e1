"""Files made to harm: refused with a sentence or read right, with the process alive and memory bounded."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.language import Language
from akimat_desk.intake import SourceDocument, read_bytes, read_pasted

ROOT = Path(__file__).parents[2]
PARAGRAPH = "<w:p><w:r><w:t>доходы – 184 163,4</w:t></w:r></w:p>"
SHEET = "<sheetData><row><c><v>46633.1</v></c><c t='inlineStr'><is><t>а</t></is></c></row></sheetData>"
WORD_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def judged(data: bytes, name: str = "a.docx") -> SourceDocument | str:
    """What came of reading: the document, or the key of the refusal, said in three languages."""
    started = time.perf_counter()
    try:
        return read_bytes(data, name)
    except InputRefused as refusal:
        texts = {refusal.text(language) for language in Language}
        assert len(texts) == len(Language)
        return refusal.message.key.removeprefix("error.intake.")
    finally:
        assert time.perf_counter() - started < 60


def rewritten(data: bytes, change: Callable[[zipfile.ZipFile, list[tuple[str, bytes]]], None]) -> bytes:
    """A package with its members written anew by ``change``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        change(archive, members)
    return stream.getvalue()


def with_extra(data: bytes, *names: str, content: bytes = b"x") -> bytes:
    def change(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        for name, old in members:
            archive.writestr(name, old)
        for name in names:
            archive.writestr(name, content)

    return rewritten(data, change)


@pytest.mark.parametrize(
    "name", ["../evil", "word/../../evil", "/etc/passwd", "C:/evil", "..\\evil", "a/..", "word\\..\\..\\x"]
)
def test_paths_that_leave_the_package(name: str, docx) -> None:
    assert judged(with_extra(docx(PARAGRAPH), name)) == "unsafe_member"


def test_a_member_written_twice(docx) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = with_extra(docx(PARAGRAPH), "word/document.xml")
    assert judged(data) == "twice"
    assert judged(with_extra(docx(PARAGRAPH), "Word/Document.XML")) == "twice"


def test_too_many_members(docx) -> None:
    few = with_extra(docx(PARAGRAPH), *(f"word/media/{number}.png" for number in range(1900)))
    assert isinstance(judged(few), SourceDocument)
    assert (
        judged(with_extra(docx(PARAGRAPH), *(f"m/{number}" for number in range(2001)))) == "too_many_members"
    )
    assert (
        judged(with_extra(docx(PARAGRAPH), *(f"{number}" for number in range(20_000)))) == "too_many_members"
    )


def test_an_encrypted_member_and_a_rare_packing(docx) -> None:
    data = bytearray(docx(PARAGRAPH))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        data[start + offset] |= 1
    assert judged(bytes(data)) == "password"

    def change(archive: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        for name, old in members:
            archive.writestr(name, old, zipfile.ZIP_LZMA)

    assert judged(rewritten(docx(PARAGRAPH), change)) == "damaged"


def bomb(docx: Callable[..., bytes], megabytes: int) -> bytes:
    blank = b" " * (megabytes * 2**20)
    body = f'<w:document xmlns:w="{WORD_MAIN}"><w:body>{PARAGRAPH}</w:body></w:document>'.encode()
    return docx("", changed={"word/document.xml": body + blank})


def lying(data: bytes, member: bytes, size: int) -> bytes:
    """The package with another unpacked size stated for a member, in both places."""
    changed = bytearray(data)
    for signature, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        start = -1
        while (start := changed.find(signature, start + 1)) >= 0:
            if changed[start + name_at : start + name_at + len(member)] == member:
                changed[start + size_at : start + size_at + 4] = struct.pack("<I", size)
    return bytes(changed)


def test_zip_bombs(docx) -> None:
    assert judged(bomb(docx, 150)) == "unpacks_too_large"
    assert judged(bomb(docx, 40)) == "unpacks_too_large"
    # One that states a small size is cut off there, and its check sum tells.
    assert judged(lying(bomb(docx, 150), b"word/document.xml", 1000)) == "damaged"
    assert isinstance(judged(bomb(docx, 5)), SourceDocument)


def test_members_that_share_their_bytes_are_counted_each_time(xlsx) -> None:
    links = "".join(
        f'<Relationship Id="s{number}" Target="worksheets/sheet1.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        for number in range(50)
    )
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in range(50))
    workbook = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{sheets}</sheets></workbook>"
    )
    relationships = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    changed = {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": relationships}
    big = SHEET + "<!--" + " " * 4_000_000 + "-->"
    assert judged(xlsx(big, changed=changed)) == "unpacks_too_large"


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]>',
        '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_foreign_files(declaration: str, encoding: str, docx, xlsx) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
    word = f'{head}<w:document xmlns:w="{WORD_MAIN}"><w:body>{PARAGRAPH}</w:body></w:document>'
    assert judged(docx("", changed={"word/document.xml": word.encode(encoding)})) == "doctype"
    for part in (
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "_rels/.rels",
    ):
        assert judged(xlsx(SHEET, changed={part: f"{head}<x/>".encode(encoding)})) == "doctype"


def test_entities_in_html_stay_what_they_are() -> None:
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>а&x;б</p></html>'
    document = read_pasted(source)
    assert "root:" not in document.plain_text()


def test_deep_xml(docx) -> None:
    assert judged(docx("<w:sdt>" * 100_000)) == "too_deep"
    tables = "<w:tbl><w:tr><w:tc>" * 40 + PARAGRAPH
    assert judged(docx(tables + "</w:tc></w:tr></w:tbl>" * 40)) == "too_deep"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 200_000,
        "<table><tr><td>" * 50_000,
        "<b>" * 100_000 + "</i>" * 100_000,
        "<b>" * 2_000_000 + "</i>" * 2_000_000,
        "<p><td><li>" * 300_000 + "</i>" * 1_000_000,
        "<" * 1_000_000,
        "<p " * 300_000,
        "<!--" * 300_000,
        "<table " * 200_000,
        "<p>" + "&amp;" * 300_000,
        "<p>" + " " * 3_000_000 + "а",
        "<table><tr><td>" + " \t" * 1_000_000 + "а",
        "<p>" + "<!-- а -->" * 100_000,
        "<!-- а -->" * 100_000 + "<x",
    ],
)
def test_html_that_takes_long(source: str) -> None:
    outcome = judged(("<html>" + source).encode(), "a.html")
    assert isinstance(outcome, str | SourceDocument)
    assert isinstance(judged(source.encode(), "a.html"), str | SourceDocument)


@pytest.mark.parametrize(
    "source",
    [
        "#" * 150_000 + "х",
        "# " + "# " * 70_000 + "х",
        "> " * 90_000 + "х",
        "*" * 150_000,
        "**а" * 50_000,
        "<table>\n" * 150_000,
        "<table>\n" * 75_000 + "</table>\n" * 10,
        "|" * 100_000 + "\n" + "|" * 100_000,
        "\t" * 100_000 + "\n" + "\t" * 100_000,
        'а\t"б\n' * 60_000,
        "\\" * 150_000,
        "а" * 10_000_000,
        "1\t2\t3\n" * 21_000,
        "\n" * 5_000_000 + "а",
    ],
)
def test_text_that_takes_long(source: str) -> None:
    assert isinstance(judged(source.encode(), "a.txt"), str | SourceDocument)


def test_rows_of_100_000_cells(xlsx) -> None:
    empty = '<c s="0"/>' * 16_384
    assert isinstance(
        judged(xlsx(f"<sheetData><row>{empty}</row><row><c><v>1</v></c></row></sheetData>")), SourceDocument
    )
    wide = "<sheetData><row>" + "<c><v>1</v></c>" * 100_000 + "</row></sheetData>"
    assert judged(xlsx(wide)) == "sheet_too_wide"
    html = "<table><tr>" + "<td>1</td>" * 100_000 + "</tr></table>"
    assert judged(html.encode()) == "too_many_columns"


def test_many_overlapping_merges_end_soon(xlsx) -> None:
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(5000))
    merges = "".join(f'<mergeCell ref="A{n}:A5000"/>' for n in range(4000, 0, -1))
    outcome = judged(xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"))
    assert outcome == "too_complex"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_cut_off_anywhere(kind: str, docx, xlsx) -> None:
    data = docx(PARAGRAPH * 50) if kind == "docx" else xlsx(SHEET)
    whole = judged(data)
    assert isinstance(whole, SourceDocument)
    for length in range(4, len(data), 7):
        assert isinstance(judged(data[:length]), str)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_cut_off_inside_the_xml(kind: str, docx, xlsx) -> None:
    part = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    make = docx if kind == "docx" else xlsx
    content = PARAGRAPH if kind == "docx" else SHEET
    with zipfile.ZipFile(io.BytesIO(make(content))) as archive:
        xml = archive.read(part)
    for length in range(0, len(xml), 5):
        assert judged(make(content, changed={part: xml[:length]})) in ("damaged", "nothing")


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "text", "ole"])
def test_flipped_bits(kind: str, docx, xlsx) -> None:
    generator = random.Random(f"{kind} 2026")
    sources = {
        "docx": docx(PARAGRAPH * 3),
        "xlsx": xlsx(SHEET, strings="<si><t>а</t></si>"),
        "html": "<html><meta charset=utf-8><table><tr><td colspan=2>Санаты<td>5,0</table>".encode(),
        "text": "| а | б |\n|---|---|\n| 1 | 2 |\n\tдоходы\t– 5\n".encode("kz1048"),
        "ole": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(generator.randrange(256) for _ in range(3000)),
    }
    data = sources[kind]
    for _ in range(400):
        changed = bytearray(data)
        for _ in range(generator.choice((1, 1, 1, 8))):
            position = generator.randrange(len(changed))
            changed[position] ^= 1 << generator.randrange(8)
        outcome = judged(bytes(changed))
        assert isinstance(outcome, str | SourceDocument)


def test_flipped_bits_inside_the_xml(docx, xlsx) -> None:
    generator = random.Random(2026)
    for make, content, part in (
        (
            docx,
            PARAGRAPH * 2
            + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr></w:tc></w:tr></w:tbl>",
            "word/document.xml",
        ),
        (xlsx, SHEET + '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "xl/worksheets/sheet1.xml"),
    ):
        with zipfile.ZipFile(io.BytesIO(make(content))) as archive:
            xml = archive.read(part)
        for _ in range(300):
            changed = bytearray(xml)
            changed[generator.randrange(len(changed))] = generator.randrange(32, 127)
            assert isinstance(judged(make(content, changed={part: bytes(changed)})), str | SourceDocument)


def test_random_bytes() -> None:
    generator = random.Random(7)
    for _ in range(200):
        data = generator.randbytes(generator.randrange(1, 3000))
        assert isinstance(judged(data), str | SourceDocument)
        assert isinstance(judged(b"PK\x03\x04" + data), str)


MEMORY_TEST = """
import resource, sys
limit = {limit} * 2**20
from akimat_desk.core.errors import InputRefused
from akimat_desk.intake import read_bytes
import lxml.etree, openpyxl, zipfile
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
data = open(sys.argv[1], "rb").read()
try:
    document = read_bytes(data, "a")
    print("read", len(document.blocks))
except InputRefused as refusal:
    print(refusal.message.key)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux can a process be kept small")
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        ("bomb", "error.intake.unpacks_too_large"),
        ("lying bomb", "error.intake.damaged"),
        ("far cell", "error.intake.sheet_too_wide"),
        ("far row", "read 1"),
        ("merge of everything", "read 1"),
        ("directory of a million", "error.intake.too_many_members"),
        ("tags", "error.intake.too_complex"),
        ("cells of html", "error.intake.too_many_rows"),
    ],
)
def test_memory_stays_bounded(make: str, expected: str, tmp_path: Path, docx, xlsx) -> None:
    entry = b"PK\x01\x02" + b"\x14\0" * 2 + b"\0" * 38
    content = {
        "bomb": lambda: bomb(docx, 99),
        "lying bomb": lambda: lying(bomb(docx, 400), b"word/document.xml", 1000),
        "far cell": lambda: xlsx(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        "far row": lambda: xlsx(
            '<dimension ref="A1:XFD1048576"/><sheetData>'
            '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        ),
        "merge of everything": lambda: xlsx(
            "<sheetData><row><c><v>1</v></c></row></sheetData>"
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "directory of a million": lambda: b"PK\x03\x04" + entry * 400_000,
        "tags": lambda: b"<html>" + b"<p>" * 6_000_000,
        "cells of html": lambda: b"<html><table>" + b"<tr><td>" * 2_000_000,
    }[make]()
    path = tmp_path / "file"
    path.write_bytes(content)
    answer = subprocess.run(
        [sys.executable, "-c", MEMORY_TEST.format(limit=600), str(path)],
        capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip
    assert answer.stdout.strip() == expected, answer.stderr
    assert answer.returncode == 0
