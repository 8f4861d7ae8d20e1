"""What a file is, told from its content; its name may say anything.

Kinds that are not read are refused each with its own sentence that says what to do instead.
"""

from __future__ import annotations

import codecs
import re

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.strings import Message

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# First bytes -> the sentence that refuses it.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "error.intake.rtf"),
    (b"\x89PNG\r\n", "error.intake.picture"),
    (b"\xff\xd8\xff", "error.intake.picture"),
    (b"GIF8", "error.intake.picture"),
    (b"II*\x00", "error.intake.picture"),
    (b"MM\x00*", "error.intake.picture"),
    (b"BM", "error.intake.picture"),
    (b"AT&TFORM", "error.intake.picture"),
    (b"RIFF", "error.intake.picture"),
    (b"Rar!", "error.intake.archive"),
    (b"7z\xbc\xaf\x27\x1c", "error.intake.archive"),
    (b"\x1f\x8b", "error.intake.archive"),
    (EMPTY_ZIP, "error.intake.archive"),
    (b"PK\x07\x08", "error.intake.archive"),
    (b"SQLite format 3\x00", "error.intake.database"),
)
_PDF_WITHIN = 1024
_HEAD = 20_000
# A letter: header lines, one of which says that it has parts.
_MHT = re.compile(
    r"(?i)\A\s*(?:[a-z\-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?(?:mime-version:|content-type:\s*multipart/)"
)
_OFFICE_XML = re.compile(
    r"(?i)<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet\""
    r"|schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)"
)
_PAGE = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body|meta)\b")
_FRAGMENT = re.compile(r"(?i)</?(?:table|tr|td|p|div|span|h[1-6]|br|b|i|font|ul|ol|li|center|style)\b")
_TABLE_TAG = re.compile(r"(?i)<(/?)table\b")
_BLOCK_TAG = re.compile(r"(?i)<(?:p|div|br|h[1-6]|li|span|td)\b")


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF; the mark may stand behind a few other bytes."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def refuse_by_magic(data: bytes, name: str) -> None:
    """Refuse what its first bytes give away. Raises InputRefused."""
    if data.startswith(b"BM") and data[6:10] != b"\0\0\0\0":
        return  # a text may well begin with these letters
    for magic, key in _REFUSED:
        if data.startswith(magic):
            raise InputRefused(key, name=name)
    if data[4:12] in (b"ftypheic", b"ftypheif", b"ftypmif1", b"ftypavif"):
        raise InputRefused("error.intake.picture", name=name)


def refuse_ole(data: bytes, name: str) -> None:
    """An OLE container is never read: say whether it is a password or an old program. Raises InputRefused."""
    import io

    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {entry[0] for entry in container.listdir(streams=True, storages=False) if entry}
    except MemoryError:
        raise
    except Exception as error:  # a damaged container fails in many ways
        raise InputRefused("error.intake.damaged", name=name) from error
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        raise InputRefused("error.intake.password", name=name)
    if "WordDocument" in streams:
        raise InputRefused("error.intake.old_word", name=name)
    if streams & {"Workbook", "Book"}:
        raise InputRefused("error.intake.old_excel", name=name)
    if "PowerPoint Document" in streams:
        raise InputRefused("error.intake.presentation", name=name)
    raise InputRefused("error.intake.unknown_kind", name=name)


def refuse_by_text(text: str, name: str | Message) -> None:
    """Refuse a letter with parts and Office's one-file XML, text only outside. Raises InputRefused."""
    head = text[:_HEAD]
    if _MHT.match(head):
        raise InputRefused("error.intake.mht", name=name)
    if head.lstrip().startswith("<?xml") and _OFFICE_XML.search(head):
        raise InputRefused("error.intake.old_xml", name=name)


def starts_as_page(data: bytes) -> bool:
    """Whether bytes in some encoding that has ASCII in it begin as a page that may name its encoding."""
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).decode("latin-1")
    return _PAGE.match(head, _content_start(head)) is not None


def is_page(text: str) -> bool:
    """Whether a text is HTML as a whole, rather than text with tables of HTML in it."""
    start = _content_start(text)
    if _PAGE.match(text, start):
        return True
    if not _FRAGMENT.match(text, start):
        return False
    around = _around_tables(text)
    return not around.strip() or _BLOCK_TAG.search(around) is not None


def _content_start(text: str) -> int:
    """Where the first tag or word stands, past white space, XML's declaration and comments."""
    position = 0
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        if text.startswith("<!--", position):
            end = text.find("-->", position)
        elif text.startswith("<?xml", position):
            end = text.find(">", position)
        else:
            return position
        if end < 0:
            return position
        position = text.index(">", end) + 1


def _around_tables(text: str) -> str:
    """What stands outside of every table."""
    parts: list[str] = []
    depth = 0
    position = 0
    for tag in _TABLE_TAG.finditer(text):
        if tag.group(1):
            depth = max(0, depth - 1)
            closed = text.find(">", tag.end())
            position = closed + 1 if closed >= 0 else len(text)
        else:
            if depth == 0:
                parts.append(text[position : tag.start()])
            depth += 1
    if depth == 0:
        parts.append(text[position:])
    return "".join(parts)
