"""The door to the renderers: which formats there are, and writing documents in one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.progress import Task
from akimat_desk.reports.document import ReportDocument

Renderer = Callable[[Sequence[ReportDocument], Path, Task | None], Path]


class Format(StrEnum):
    """A kind of file a report is written as; the value is the file's ending."""

    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    JSON = "json"


def render(
    documents: Sequence[ReportDocument], file_format: str, path: Path, task: Task | None = None
) -> Path:
    """Write the documents as one file in ``file_format`` ("pdf", "xlsx", "docx", "json").

    The file is replaced as a whole or not at all. Raises UsageProblem for an unknown format or
    nothing to write, EnvironmentProblem when the file cannot be written, Cancelled.
    """
    return renderer_of(file_format)(documents, path, task)


def renderer_of(file_format: str) -> Renderer:
    """The renderer of a format; its library is imported only now."""
    match file_format:
        case Format.PDF:
            from akimat_desk.reports.pdf import render_pdf

            return render_pdf
        case Format.XLSX:
            from akimat_desk.reports.xlsx import render_xlsx

            return render_xlsx
        case Format.DOCX:
            from akimat_desk.reports.docx import render_docx

            return render_docx
        case Format.JSON:
            from akimat_desk.reports.as_json import render_json

            return render_json
    raise UsageProblem("error.report.format", format=file_format, formats=", ".join(Format))
