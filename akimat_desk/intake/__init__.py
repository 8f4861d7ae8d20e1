"""Files from outside, read under limits: text, tables and cells out of text, HTML, Word, Excel and PDF."""

from akimat_desk.intake.content import Block, Cell, FileKind, Paragraph, SourceDocument, Table
from akimat_desk.intake.doors import load_file, read_bytes, read_file, read_pasted
from akimat_desk.intake.limits import LIMITS, Limits

__all__ = [
    "LIMITS",
    "Block",
    "Cell",
    "FileKind",
    "Limits",
    "Paragraph",
    "SourceDocument",
    "Table",
    "load_file",
    "read_bytes",
    "read_file",
    "read_pasted",
]
