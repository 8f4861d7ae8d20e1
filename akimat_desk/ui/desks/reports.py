"""Ratio and reports: what their pages ask of the services."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.core.progress import Task
from akimat_desk.ui.desks.desk import AreaDesk
from akimat_desk.ui.values import ReportChoice, WantedReport

if TYPE_CHECKING:
    from akimat_desk.budget.views import Denominator, RatioHistory
    from akimat_desk.reports.document import ReportDocument
    from akimat_desk.reports.pdf.pictures import PagePicture


class ReportsDesk(AreaDesk):
    """Questions to the open workspace."""

    def ratio(self, unit_id: int, denominator: Denominator) -> RatioHistory:
        """The self-sufficiency ratio over the years."""
        from akimat_desk.budget.ratio.service import ratio_history

        with self.workspace.reading() as session:
            return ratio_history(session, unit_id, denominator=denominator)

    def report(self, wanted: WantedReport) -> list[ReportDocument]:
        """A report as neutral documents. Raises UsageProblem."""
        from akimat_desk.reports.papers import PaperKind
        from akimat_desk.reports.registry import REPORTS, DocLanguage, build

        kind = REPORTS[wanted.report_id]
        # An edition chosen in the window is no plan and no adjustment that happens to have its number.
        of_others = any(kind.is_asked_by(each) for each in PaperKind if each is not PaperKind.DECISION)
        with self.workspace.reading() as session:
            return build(
                wanted.report_id,
                session,
                wanted.unit_id,
                wanted.year,
                DocLanguage(wanted.doc_language),
                document_id=wanted.paper_id if of_others else wanted.decision_id,
                as_of=wanted.as_of,
                denominator=wanted.denominator,
                month=wanted.month,
            )


# -- files: no database, any thread -----------------------------------------------------------------


def report_kinds() -> tuple[ReportChoice, ...]:
    """The report library."""
    from akimat_desk.reports.registry import REPORTS

    return tuple(
        ReportChoice(kind.id, kind.title_key, kind.description_key, tuple(kind.formats))
        for kind in REPORTS.values()
    )


def write_report(documents: Sequence[ReportDocument], file_format: str, path: Path, task: Task) -> Path:
    """Write a report's file ("pdf", "xlsx", "docx"). Raises EnvironmentProblem."""
    from akimat_desk.reports.render import render

    return render(documents, file_format, path, task)


def pdf_for_printing(documents: Sequence[ReportDocument], task: Task) -> tuple[bytes, int]:
    """The PDF of a report and how many pages it has."""
    from akimat_desk.reports.pdf.pages import pdf_bytes
    from akimat_desk.reports.pdf.pictures import count_pages

    content = pdf_bytes(documents, task)
    return content, count_pages(content)


def pictures_for_printing(
    content: bytes, dots_per_inch: int, numbers: Sequence[int], grey: bool, task: Task
) -> list[PagePicture]:
    """Pages of a PDF as pictures for a printer."""
    from akimat_desk.reports.pdf.pictures import page_pictures

    return list(page_pictures(content, dots_per_inch, numbers, grey, task))
