"""What the documents behind figures are called, and how a report that shows one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.budget.adjustments.store import AdjustmentSummary
from akimat_desk.budget.execution.stored import FormView
from akimat_desk.budget.periods.balances import BalancesSummary
from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.strings import has_text
from akimat_desk.ui.formats import DASH, day_written, edition_title
from akimat_desk.ui.i18n import Speech

if TYPE_CHECKING:
    from akimat_desk.budget.provenance.values import Document
    from akimat_desk.reports.papers import Shown


def document_title(document: Document, speech: Speech) -> str:
    """A document's name: "Plan of financing of 09.01.2026", "Form 4-20 (costs) as of 01.11.2026"."""
    if isinstance(document, FormView):
        kind = speech(f"form.kind.{document.kind.value}")
        said = speech("ui.paper.form", kind=kind, day=document.as_of)
        return f"{said}, {document.institution_code}" if document.institution_code else said
    if isinstance(document, PlanSummary):
        return plan_title(document, speech)
    if isinstance(document, AdjustmentSummary):
        draft = document.state is DocumentState.DRAFT
        return speech(
            "ui.paper.adjustment.draft" if draft else "ui.rests_on.adjustment",
            number=document.number or DASH,
            date=document.date or DASH,
        )
    if isinstance(document, BalancesSummary):
        return speech("ui.paper.balances", year=document.year)
    return edition_title(document, speech)


def plan_title(document: PlanSummary, speech: Speech) -> str:
    """A plan document's name."""
    state = "draft" if document.state is DocumentState.DRAFT else "confirmed"
    return speech(
        f"ui.plan.document.{document.kind.value}.{state}",
        number=document.number or "–",
        date=day_written(document.date) or "–",
    )


def shown_words(shown: Shown, speech: Speech) -> str:
    """A report that shows a document, in words."""
    report = speech(f"report.kind.{shown.report_id}.title")
    month = speech(f"ui.execution.month.{shown.month}") if shown.month is not None else ""
    key = f"ui.rests_on.shown.{shown.shown_as.value}"
    own = f"{key}.{shown.report_id}"
    return speech(own if has_text(own) else key, report=report, year=shown.year, month=month)
