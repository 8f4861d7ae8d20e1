"""Papers around a change of the plan: the requests for it, and the summary of its certificates.

A request (өтінім, заявка) goes from the institution to the administrator, from the administrator to the
budget's office; the summary (жиынтық, свод) adds up what the certificates of a month or year changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.plans.questions import PlanView
from akimat_desk.budget.plans.rules import change_kind
from akimat_desk.budget.plans.sheet import PlanSheet, Side, plus
from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, joined, phrase, signatures
from akimat_desk.reports.definitions.plan_certificate import certificate_number
from akimat_desk.reports.definitions.plan_forms import PlanPaper, budget_of
from akimat_desk.reports.definitions.plan_stairs import (
    ADMINISTRATOR_REQUEST,
    REQUEST,
    SUMMARY,
    Behind,
    stairs,
    stairs_table,
)
from akimat_desk.reports.document import Align, Block, Heading, ReportDocument, Table, Text, Tone

#: Who asks, and the columns of codes that the form has.
ASKERS = {"institution": REQUEST, "administrator": ADMINISTRATOR_REQUEST}


def request(
    view: PlanView, side: Side, asker: str, paper: PlanPaper, language: DocLanguage
) -> ReportDocument:
    """The request for one side of a change, by the institution or the administrator (:data:`ASKERS`)."""
    languages, columns = language.languages, ASKERS[asker]
    touched = [key for key in view.change.keys(side) if any(view.change.months(key))]
    table = stairs_table(
        stairs(view.change, side, columns, touched),
        columns,
        languages,
        Behind((view.document.id,), side, touched=True),
        sheet_name=phrase(languages, f"plan.side.{side.value}"),
    )
    document = view.document
    lines = [
        ("date", dates.short(document.date) if document.date else "–"),
        ("certificate_kind", joined(languages, change_kind(document.change_kind).name.text)),
        ("reason", document.reason or "–"),
    ]
    return _paper(f"request.{asker}.{side.value}", table, lines, paper, languages)


def changes_summary(
    changes: Sequence[tuple[PlanSummary, PlanSheet]],
    side: Side,
    month: int | None,
    paper: PlanPaper,
    language: DocLanguage,
) -> ReportDocument:
    """What the certificates given changed in all, by program; ``month`` where they are of one month only."""
    languages = language.languages
    whole = PlanSheet(paper.year)
    for _, sheet in changes:
        whole = plus(whole, sheet)
    table = stairs_table(
        stairs(whole, side, SUMMARY),
        SUMMARY,
        languages,
        Behind(tuple(document.id for document, _ in changes), side),
        name_first=True,
        sheet_name=phrase(languages, f"plan.side.{side.value}"),
    )
    numbers = "; ".join(
        f"№ {certificate_number(document, paper)}, {dates.short(document.date)}"
        for document, _ in changes
        if document.date is not None
    )
    lines = [("period", _period(month, paper.year, languages)), ("certificates", numbers)]
    return _paper(f"summary.{side.value}", table, lines, paper, languages)


def _paper(
    form: str,
    table: Table,
    lines: Sequence[tuple[str, str]],
    paper: PlanPaper,
    languages: Sequence[Language],
) -> ReportDocument:
    blocks: list[Block] = []
    number = paper.appendix.get(form, "")
    if number:
        blocks.append(
            Text(phrase(languages, "report.plan.appendix", number=number), Tone.ANNEX_BLOCK, Align.RIGHT)
        )
    title = joined(languages, lambda each: text(f"report.plan.title.{form}", each, year=paper.year))
    blocks.append(Heading(title))
    said = [("budget", budget_of(paper, languages)), ("kind", phrase(languages, paper.kind_key)), *lines]
    blocks += [
        Text(f"{phrase(languages, f'report.plan.line.{key}')}: {value}", Tone.SMALL, Align.LEFT)
        for key, value in said
    ]
    blocks.append(table)
    blocks += signatures(languages, paper.signers)
    return ReportDocument(
        id=f"plan.{form}",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, paper.unit.name.text)}, {paper.year}",
        footer=title,
    )


def _period(month: int | None, year: int, languages: Sequence[Language]) -> str:
    if month is None:
        return phrase(languages, "period.year", year=year)
    return joined(
        languages, lambda each: text("period.month", each, year=year, month=text(f"plan.month.{month}", each))
    )
