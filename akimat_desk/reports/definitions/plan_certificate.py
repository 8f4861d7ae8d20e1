"""The certificate of changes (анықтама, справка): what was approved, what changes, what comes out.

In the column of the current month amounts count from January, in later months they are the month's
own; months before are closed and stay empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.plans.questions import PlanView
from akimat_desk.budget.plans.rules import change_kind
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side
from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, joined, phrase, signatures
from akimat_desk.reports.definitions.plan_forms import PlanPaper
from akimat_desk.reports.definitions.plan_stairs import INDIVIDUAL, RECEIPTS, Behind, stairs, stairs_table
from akimat_desk.reports.document import Align, Block, Heading, ReportDocument, Table, Text, Tone


def certificate(view: PlanView, side: Side, paper: PlanPaper, language: DocLanguage) -> ReportDocument:
    """The certificate of one side of a change, which must have lines on that side.

    The last of ``paper.documents`` is the change itself.
    """
    languages = language.languages
    change, situation = view.change, view.situation
    touched = [key for key in change.keys(side) if any(change.months(key))]
    before = situation.before or PlanSheet(change.year)
    number = certificate_number(view.document, paper) or phrase(languages, "report.plan.certificate.draft")
    blocks = _opening(view.document, side, number, paper, languages)
    behind = paper.documents
    for part, sheet, documents in (
        ("approved", before, behind[:-1]),
        ("change", change, behind[-1:]),
        ("result", situation.sheet, behind),
    ):
        blocks.append(Heading(phrase(languages, f"report.plan.certificate.{part}"), level=2))
        made = Behind(documents, side, touched=True)
        blocks.append(_table(part, sheet, made, touched, situation.month, languages))
    blocks += signatures(languages, paper.signers)
    title = joined(languages, lambda each: _title(number, each))
    return ReportDocument(
        id=f"plan.certificate.{side.value}",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, paper.unit.name.text)}, {paper.year}",
        footer=f"{title}: {phrase(languages, f'report.plan.certificate.of.{side.value}')}",
    )


def certificate_number(document: PlanSummary, paper: PlanPaper) -> str:
    """The serial number of the year with the institution's БСН/БИН behind it; "" of a draft."""
    return "-".join(filter(None, (document.number, paper.unit.bin))) if document.number else ""


def _title(number: str, language: Language) -> str:
    return text("report.plan.certificate.title", language, number=number)


def _table(
    part: str,
    sheet: PlanSheet,
    behind: Behind,
    touched: Sequence[LineKey],
    month: int | None,
    languages: Sequence[Language],
) -> Table:
    columns = RECEIPTS if behind.side is Side.RECEIPTS else INDIVIDUAL
    return stairs_table(
        stairs(sheet, behind.side, columns, touched),
        columns,
        languages,
        behind,
        name_first=True,
        current=month,
        sheet_name=phrase(languages, f"report.plan.certificate.{part}"),
    )


def _opening(
    document: PlanSummary, side: Side, number: str, paper: PlanPaper, languages: Sequence[Language]
) -> list[Block]:
    blocks: list[Block] = []
    appendix = paper.appendix.get(f"certificate.{side.value}", "")
    if appendix:
        blocks.append(
            Text(phrase(languages, "report.plan.appendix", number=appendix), Tone.ANNEX_BLOCK, Align.RIGHT)
        )
    blocks.append(Heading(joined(languages, lambda each: _title(number, each))))
    what = phrase(languages, f"report.plan.certificate.of.{side.value}", year=document.year)
    blocks.append(Text(what, align=Align.CENTRE, bold=True))
    lines = [
        (
            "budget",
            joined(
                languages,
                lambda each: text("report.plan.budget_of", each, unit=paper.unit.genitive.text(each)),
            ),
        ),
        ("date", dates.short(document.date) if document.date else "–"),
        ("certificate_kind", joined(languages, change_kind(document.change_kind).name.text)),
        ("reason", document.reason),
    ]
    blocks += [
        Text(f"{phrase(languages, f'report.plan.line.{key}')}: {value}", Tone.SMALL, Align.LEFT)
        for key, value in lines
    ]
    return blocks
