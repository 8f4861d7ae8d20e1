"""The printed forms of a financing plan, in the layouts that treasuries know.

The individual plan of the institution and the administrator's plan (payments and obligations), the
plan of receipts, and the pair of consolidated plans of Budget Code art. 105. Which appendix a form is
is a text of ``resources/forms/plans.json`` that an office may change.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from akimat_desk.budget.grounds import Grounds, PlanAt, operand
from akimat_desk.budget.plans.checks import Situation, coverage, opening
from akimat_desk.budget.plans.sheet import Months, PlanSheet, Side, cumulative
from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Signer,
    joined,
    phrase,
    signatures,
)
from akimat_desk.reports.definitions.plan_stairs import (
    ADMINISTRATOR,
    INDIVIDUAL,
    LETTERS,
    RECEIPTS,
    Behind,
    month_name,
    stairs,
    stairs_table,
)
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Column,
    Heading,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What a form prints beside the figures. ``appendix`` maps a form's id to its number, as text.

    ``documents`` are the plan and its changes that the figures add up from, ``balances`` what the used
    opening balances rest on.
    """

    unit: ReportUnit
    kind_key: str  # of the budget: catalogue key report.plan.budget.<unit kind>
    year: int
    date: dt.date | None
    draft: bool
    administrator: Trilingual
    appendix: Mapping[str, str]
    signers: Sequence[Signer] = ()
    documents: tuple[int, ...] = ()
    balances: Grounds | None = None


@cache
def _forms() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(resource("forms", "plans.json").read_text("utf-8"))
    forms: dict[str, Any] = data["forms"]
    return forms


def appendix_numbers(own: Mapping[str, object], *, draft: bool) -> dict[str, str]:
    """The number of every form's appendix: the office's own, else the shipped one."""
    kind = "project" if draft else "appendix"
    return {form: str(own.get(form) or row[kind]) for form, row in _forms().items()}


def form_ids() -> tuple[str, ...]:
    """The forms whose appendix number an office may set."""
    return tuple(_forms())


def individual_plan(sheet: PlanSheet, side: Side, paper: PlanPaper, language: DocLanguage) -> ReportDocument:
    """The institution's individual plan by payments or by obligations, down to the specific."""
    return _form("individual", sheet, side, INDIVIDUAL, paper, language)


def administrator_plan(
    sheet: PlanSheet, side: Side, paper: PlanPaper, language: DocLanguage
) -> ReportDocument:
    """The administrator's plan: programs and subprograms, no specifics."""
    return _form("administrator", sheet, side, ADMINISTRATOR, paper, language)


def receipts_plan(sheet: PlanSheet, paper: PlanPaper, language: DocLanguage) -> ReportDocument:
    """The plan of receipts, down to the specific."""
    return _form("receipts", sheet, Side.RECEIPTS, RECEIPTS, paper, language)


def consolidated_payments(situation: Situation, paper: PlanPaper, language: DocLanguage) -> ReportDocument:
    """The joint plan of receipts and payments, with what is left at the end of every month."""
    languages = language.languages
    form = "consolidated.payments"
    blocks: list[Block] = _opening(form, paper, languages)
    for side, columns in ((Side.RECEIPTS, RECEIPTS), (Side.PAYMENTS, ADMINISTRATOR)):
        blocks.append(Heading(phrase(languages, f"report.plan.part.{side.value}"), level=2))
        blocks.append(
            stairs_table(
                stairs(situation.sheet, side, columns),
                columns,
                languages,
                Behind(paper.documents, side),
                sheet_name=phrase(languages, f"plan.side.{side.value}"),
            )
        )
    blocks.append(Heading(phrase(languages, "report.plan.part.balance"), level=2))
    blocks.append(_balance(situation, paper, languages))
    blocks += signatures(languages, paper.signers)
    return _document(form, blocks, paper, languages)


def consolidated_obligations(situation: Situation, paper: PlanPaper, language: DocLanguage) -> ReportDocument:
    """The consolidated plan by obligations."""
    return _form("consolidated", situation.sheet, Side.OBLIGATIONS, ADMINISTRATOR, paper, language)


def budget_of(paper: PlanPaper, languages: Sequence[Language]) -> str:
    """Whose budget it is: "бюджет Жанабулакского сельского округа"."""
    return joined(
        languages, lambda each: text("report.plan.budget_of", each, unit=paper.unit.genitive.text(each))
    )


# --- inside -------------------------------------------------------------------------------------------


def _form(
    name: str,
    sheet: PlanSheet,
    side: Side,
    columns: Sequence[str],
    paper: PlanPaper,
    language: DocLanguage,
) -> ReportDocument:
    languages = language.languages
    form = name if side is Side.RECEIPTS else f"{name}.{side.value}"
    blocks = _opening(form, paper, languages)
    sheet_name = phrase(languages, f"plan.side.{side.value}")
    behind = Behind(paper.documents, side)
    blocks.append(
        stairs_table(stairs(sheet, side, columns), columns, languages, behind, sheet_name=sheet_name)
    )
    blocks += signatures(languages, paper.signers)
    return _document(form, blocks, paper, languages)


def _title(form: str, paper: PlanPaper, language: Language) -> str:
    state = "draft" if paper.draft else "approved"
    return text(f"report.plan.title.{form}.{state}", language, year=paper.year)


def _opening(form: str, paper: PlanPaper, languages: Sequence[Language]) -> list[Block]:
    """The appendix at the right, the title, and the lines that say whose plan it is."""
    blocks: list[Block] = []
    number = paper.appendix.get(form, "")
    if number:
        blocks.append(
            Text(phrase(languages, "report.plan.appendix", number=number), Tone.ANNEX_BLOCK, Align.RIGHT)
        )
    blocks.append(Heading(joined(languages, lambda each: _title(form, paper, each))))

    def line(key: str, value: str) -> Text:
        return Text(f"{phrase(languages, f'report.plan.line.{key}')}: {value}", Tone.SMALL, Align.LEFT)

    blocks.append(line("budget", budget_of(paper, languages)))
    blocks.append(line("kind", phrase(languages, paper.kind_key)))
    blocks.append(line("year", str(paper.year)))
    if form.startswith(("individual", "administrator")):
        blocks.append(line("administrator", joined(languages, paper.administrator.text)))
    if form.startswith("individual"):
        blocks.append(
            line(
                "institution",
                joined(
                    languages,
                    # Kazakh has one genitive in a chain of names: "округі әкімінің аппараты".
                    lambda each: text(
                        "report.plan.akimat_of",
                        each,
                        unit=(paper.unit.name if each is Language.KK else paper.unit.genitive).text(each),
                    ),
                ),
            )
        )
    if paper.date is not None:
        blocks.append(line("date", dates.short(paper.date)))
    return blocks


def _balance(situation: Situation, paper: PlanPaper, languages: Sequence[Language]) -> Table:
    """Cumulative by month: receipts, used balances, payments, and what is left (art. 105)."""
    sheet = situation.sheet
    there = opening(situation)
    rows: tuple[tuple[str, Months, bool], ...] = (
        ("receipts", cumulative(sheet.total(Side.RECEIPTS)), False),
        ("opening", (there,) * 12, False),
        ("payments", cumulative(sheet.total(Side.PAYMENTS)), False),
        ("left", coverage(situation), True),
    )
    names = [TextCell(month_name(languages, month)) for month in range(1, 13)]
    return Table(
        columns=(Column(26.0), *(Column(6.1, Align.RIGHT) for _ in range(12))),
        head=((TextCell(phrase(languages, "report.plan.head.balance")), *names),),
        rows=tuple(
            Row(
                cells=(
                    TextCell(phrase(languages, f"report.plan.balance.{key}")),
                    *(
                        AmountCell(
                            amount,
                            (0, 1) if key == "left" else (),
                            (2,) if key == "left" else (),
                            grounds=_balance_grounds(key, month, there, paper),
                        )
                        for month, amount in enumerate(amounts, start=1)
                    ),
                ),
                bold=bold,
                marked=key == "left" and any(amount < 0 for amount in amounts),
            )
            for key, amounts, bold in rows
        ),
        unit=phrase(languages, "report.plan.unit"),
        name=phrase(languages, "report.plan.part.balance"),
        letters=LETTERS,
    )


def _balance_grounds(row: str, month: int, there: int, paper: PlanPaper) -> Grounds | None:
    """What a month of a row rests on; what is left by article 105 on the other three."""
    if not paper.documents:
        return None
    if row == "receipts":
        return Grounds((PlanAt(paper.documents, Side.RECEIPTS, (), 1, month),))
    if row == "payments":
        return Grounds((PlanAt(paper.documents, Side.PAYMENTS, (), 1, month),))
    if row == "opening":
        return paper.balances
    made = [_balance_grounds(each, month, there, paper) for each in ("receipts", "opening", "payments")]
    places = tuple(operand("report.plan.balance.opening", each, there) for each in made if each is not None)
    return Grounds(places, "provenance.formula.coverage", "source.bc_105")


def _document(
    form: str, blocks: list[Block], paper: PlanPaper, languages: Sequence[Language]
) -> ReportDocument:
    title = joined(languages, lambda each: _title(form, paper, each))
    return ReportDocument(
        id=f"plan.{form}",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, paper.unit.name.text)}, {paper.year}",
        footer=title,
    )
