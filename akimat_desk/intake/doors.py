"""The doors through which files and pasted text come in."""

from __future__ import annotations

import errno
import hashlib
import re
import stat
from pathlib import Path

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused
from akimat_desk.core.files import as_problem
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.core.strings import Message
from akimat_desk.intake import kinds
from akimat_desk.intake.building import Builder
from akimat_desk.intake.content import FileKind, SourceDocument
from akimat_desk.intake.encodings import decode_html, decode_text
from akimat_desk.intake.html import read_html
from akimat_desk.intake.limits import LIMITS, MEGABYTE, Limits
from akimat_desk.intake.plain import read_plain

PASTED = ""
"""The name of a document that came from the clipboard."""

_PASTED_LABEL = Message("intake.pasted")

# The clipboard format "HTML Format" of Windows puts a header before the page.
_CLIPBOARD_HEADER = re.compile(r"\AVersion:[\d.]+\s(?:[A-Za-z]+:[^\n]*\n)+")


def read_file(path: Path, task: Task | None = None, *, limits: Limits = LIMITS) -> SourceDocument:
    """Read a file from outside, whatever kind it is.

    Raises EnvironmentProblem when it cannot be reached, InputRefused when it cannot be taken,
    Cancelled when the person called the reading off.
    """
    return read_bytes(load_file(path, limits), path.name, task, limits=limits)


def read_bytes(
    data: bytes, name: str, task: Task | None = None, *, limits: Limits = LIMITS
) -> SourceDocument:
    """Read the content of a file; ``name`` is only for showing. Raises InputRefused, Cancelled."""
    if not data:
        raise InputRefused("error.intake.empty", name=name)
    if len(data) > limits.packed_bytes:
        raise _too_large(name, limits)
    document = SourceDocument(FileKind.TEXT, name, hashlib.sha256(data).hexdigest())
    return _guarded(document, data, None, task or Task(), limits)


def read_pasted(text: str, task: Task | None = None, *, limits: Limits = LIMITS) -> SourceDocument:
    """Read what was pasted: plain text, rows parted by tabs, or HTML. Raises InputRefused, Cancelled."""
    if len(text) > limits.packed_bytes:
        raise _too_large(_PASTED_LABEL, limits)
    # Half a surrogate pair can come out of a clipboard, and cannot be stored anywhere.
    data = text.encode("utf-8", "replace")
    document = SourceDocument(FileKind.TEXT, PASTED, hashlib.sha256(data).hexdigest())
    clean = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    clean = _CLIPBOARD_HEADER.sub("", clean.removeprefix("\ufeff"))
    return _guarded(document, None, clean, task or Task(), limits)


def load_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """The file's bytes. Its size is looked at before a byte is read, and held while reading."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise EnvironmentProblem("error.file.is_folder", path=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise InputRefused("error.intake.not_a_file", name=path.name)
        if status.st_size > limits.packed_bytes:
            raise _too_large(path.name, limits)
        with path.open("rb") as stream:
            return stream.read(limits.packed_bytes + 1)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
            raise EnvironmentProblem("error.intake.no_rights", path=str(path)) from error
        raise as_problem(error, path) from error
    except ValueError as error:  # a path that no file can have (a NUL in it)
        raise EnvironmentProblem("error.file.not_found", path=str(path).replace("\0", "")) from error


def _too_large(name: str | Message, limits: Limits) -> InputRefused:
    return InputRefused("error.intake.too_large", name=name, limit=limits.packed_bytes // MEGABYTE)


def _guarded(
    document: SourceDocument, data: bytes | None, text: str | None, task: Task, limits: Limits
) -> SourceDocument:
    """Read, with every surprise of a hostile file turned into a refusal."""
    label = document.name or _PASTED_LABEL
    try:
        if data is None:
            _read_text(document, text or "", task, limits)
        else:
            _read_data(document, data, task, limits)
    except (AkimatError, Cancelled, MemoryError):
        raise
    except Exception as error:  # the parsers beneath fail in ways nobody can list
        raise InputRefused("error.intake.damaged", name=label) from error
    if not document.blocks:
        raise InputRefused("error.intake.nothing", name=label)
    return document


def _read_data(document: SourceDocument, data: bytes, task: Task, limits: Limits) -> None:
    name = document.name
    task.step(0, len(data))
    if data.startswith(kinds.ZIP):
        from akimat_desk.intake.package import Package

        with Package(data, name, limits) as package:
            document.kind = package.kind()
            if document.kind is FileKind.DOCX:
                from akimat_desk.intake.word import read_word

                read_word(package, document, limits, task)
            else:
                from akimat_desk.intake.workbook import read_workbook

                read_workbook(package, document, limits, task)
        return
    if data.startswith(kinds.OLE):
        kinds.refuse_ole(data, name)
    kinds.refuse_by_magic(data, name)
    if kinds.is_pdf(data):
        from akimat_desk.intake.pdf import read_pdf

        document.kind = FileKind.PDF
        read_pdf(data, document, limits, task)
        return
    text = decode_html(data, name) if kinds.starts_as_page(data) else decode_text(data, name)
    _read_text(document, text, task, limits)


def _read_text(document: SourceDocument, text: str, task: Task, limits: Limits) -> None:
    kinds.refuse_by_text(text, document.name or _PASTED_LABEL)
    builder = Builder(limits)
    if kinds.is_page(text):
        document.kind = FileKind.HTML
        read_html(text, builder, limits, task)
    else:
        document.kind = FileKind.TEXT
        document.warnings += read_plain(text, builder, limits, task)
    document.blocks = builder.finish()
