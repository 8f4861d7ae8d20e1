"""Decisions of the akim: an adjustment of the budget with its annex, the plan of a first quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.questions import AdjustmentView
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.execution.planned import Adjusting
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.grounds import AdjustmentAt, AmountAt, Grounds, Place, PlanAt
from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.plans.sheet import PlanSheet
from akimat_desk.budget.plans.sheet import Side as PlanSide
from akimat_desk.budget.provenance.budgets import adjusted_grounds
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    joined,
    passage,
    phrase,
    signatures,
)
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Column,
    Heading,
    PageBreak,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)


def adjustment_decision(
    view: AdjustmentView,
    unit: ReportUnit,
    language: DocLanguage,
    signers: Sequence[Signer] = (),
    earlier: Sequence[Adjusting] = (),
) -> ReportDocument:
    """The akim's decision on an adjustment, its annex line by line: in force, change, result.

    ``earlier`` are the adjustments that changed the same edition before.
    """
    languages = language.languages
    blocks: list[Block] = [
        *passage(languages, lambda each: _adjustment_text(view, unit, each)),
        *signatures(languages, signers),
        PageBreak(),
        *passage(languages, lambda each: _annex_block(view.number, view.date, unit, each)),
        Heading(phrase(languages, "report.akim.adjustment.annex", year=view.year)),
    ]
    before = {line.code: line.amount or 0 for line in view.before.lines} if view.before is not None else {}
    used = view.before.figures[Figure.BALANCES_USED] if view.before is not None else None
    for section in (Section.REVENUE, Section.EXPENDITURE, Section.FINANCING):
        lines = [line for line in view.lines if line.section is section and line.amount]
        if lines:
            blocks.append(Heading(phrase(languages, f"report.akim.section.{section.value}"), level=2))
            blocks.append(_changes(lines, before, used or 0, view, earlier, languages))
    return _document("adjustment", blocks, unit, view.year, languages)


def quarter_plan(
    document: PlanSummary,
    sheet: PlanSheet,
    unit: ReportUnit,
    language: DocLanguage,
    signers: Sequence[Signer] = (),
) -> ReportDocument:
    """The akim's decision on the financial plan of the first quarter, and the plan."""
    languages = language.languages
    blocks: list[Block] = [
        *passage(languages, lambda each: _quarter_text(document, unit, each)),
        *signatures(languages, signers),
        PageBreak(),
        *passage(languages, lambda each: _annex_block(document.number, document.date, unit, each)),
        Heading(phrase(languages, "report.akim.quarter.annex", year=document.year)),
    ]
    for side in (PlanSide.RECEIPTS, PlanSide.PAYMENTS):
        if sheet.keys(side):
            blocks.append(Heading(phrase(languages, f"report.plan.part.{side.value}"), level=2))
            blocks.append(_quarter(sheet, side, document.id, languages))
    return _document("quarter", blocks, unit, document.year, languages)


# --- words --------------------------------------------------------------------------------------------


def _adjustment_text(view: AdjustmentView, unit: ReportUnit, language: Language) -> Side:
    ground = ground_of(view.ground)
    fields = {"unit": unit.genitive.text(language), "year": view.year}
    basis = _basis_text(view.basis, language)
    return [
        Heading(text("report.akim.adjustment.title", language, **fields)),
        Text(_number_line(view.number, view.date, language), Tone.SMALL, Align.LEFT),
        Text(
            text(
                "report.akim.adjustment.preamble",
                language,
                under=text(f"report.akim.under.{ground.article}", language),
                basis=f" {basis}" if basis else "",
            ),
            indent=1,
        ),
        Text(
            text("report.akim.adjustment.point1", language, ground=ground.name.text(language), **fields),
            indent=1,
        ),
        Text(text("report.akim.in_force", language), indent=1),
    ]


def _basis_text(basis: Basis, language: Language) -> str:
    """What agreed the decision: "и на основании протокола собрания … от … № …"; "" where nothing is named."""
    if not basis:
        return ""
    day = _of_day(basis.date, language)
    return text(f"report.akim.basis.{basis.kind}", language, number=basis.number or "____", date=day)


def _quarter_text(document: PlanSummary, unit: ReportUnit, language: Language) -> Side:
    basis = _basis_text(document.basis, language)
    fields = {"unit": unit.genitive.text(language), "year": document.year}
    return [
        Heading(text("report.akim.quarter.title", language, **fields)),
        Text(_number_line(document.number, document.date, language), Tone.SMALL, Align.LEFT),
        Text(
            text(
                "report.akim.quarter.preamble",
                language,
                under=text("report.akim.under.bc_91_4", language),
                basis=f" {basis}" if basis else "",
            ),
            indent=1,
        ),
        Text(text("report.akim.quarter.point1", language, **fields), indent=1),
        Text(text("report.akim.in_force", language), indent=1),
    ]


def _annex_block(number: str, date: dt.date | None, unit: ReportUnit, language: Language) -> Side:
    name = (unit.name if language is Language.KK else unit.genitive).text(language)
    words = text(
        "report.akim.annex_block",
        language,
        unit=name,
        date=_of_day(date, language),
        number=number or text("report.blank.number", language),
    )
    return [Text(words, Tone.ANNEX_BLOCK, Align.LEFT)]


def _number_line(number: str, date: dt.date | None, language: Language) -> str:
    return f"{_day(date, language)}    № {number or '____'}"


def _of_day(date: dt.date | None, language: Language) -> str:
    return dates.of_decision(date, language) if date is not None else text("report.blank.date", language)


def _day(date: dt.date | None, language: Language) -> str:
    return dates.long(date, language) if date is not None else "____________"


# --- tables -------------------------------------------------------------------------------------------


def _changes(
    lines: Sequence[AdjustedLine],
    before: dict[Code | None, int],
    used: int,
    view: AdjustmentView,
    earlier: Sequence[Adjusting],
    languages: Sequence[Language],
) -> Table:
    """Code, name, in force, change, result; a total where there are several lines."""
    rows = []
    whole = [0, 0, 0]
    behind: list[tuple[Place, ...]] = [(), (), ()]
    for line in lines:
        there = used if line.figure is Figure.BALANCES_USED else before.get(line.code, 0)
        code = str(line.code).replace("/", " ") if line.code is not None else ""
        amounts = (there, line.amount, there + line.amount)
        whole = [a + b for a, b in zip(whole, amounts, strict=True)]
        places = _places(line, view, earlier)
        behind = [a + b for a, b in zip(behind, places, strict=True)]
        cells = [
            AmountCell(amount, grounds=_rests(found)) for amount, found in zip(amounts, places, strict=True)
        ]
        rows.append(Row((TextCell(code), TextCell(_name(line, view.year, languages)), *cells), level=1))
    parts = tuple(range(len(rows)))
    if len(rows) > 1:
        total = (TextCell(""), TextCell(phrase(languages, "report.plan.total")))
        sums = [
            AmountCell(each, parts, grounds=_rests(found, "provenance.formula.lines"))
            for each, found in zip(whole, behind, strict=True)
        ]
        rows.append(Row((*total, *sums), bold=True))
    heads = ("code", "name", "before", "change", "after")
    return Table(
        columns=(
            Column(16, Align.CENTRE),
            Column(42),
            *(Column(14, Align.RIGHT) for _ in range(3)),
        ),
        head=(tuple(TextCell(phrase(languages, f"report.akim.head.{head}")) for head in heads),),
        rows=tuple(rows),
        unit=phrase(languages, "report.plan.unit"),
        name=phrase(languages, f"report.akim.section.{lines[0].section.value}"),
    )


def _places(
    line: AdjustedLine, view: AdjustmentView, earlier: Sequence[Adjusting]
) -> tuple[tuple[Place, ...], tuple[Place, ...], tuple[Place, ...]]:
    """Where a line's amounts stand: in force, changed, after."""
    code = line.code.stored if line.code is not None else ""
    own = AdjustmentAt(view.id, line.section, code, line.figure)
    if view.before is None:
        return (), (own,), (own,)
    at = AmountAt(view.before.decision.id, view.year, line.section, code, line.figure)
    there = adjusted_grounds(at, earlier).amounts
    return there, (own,), (*there, own)


def _rests(places: tuple[Place, ...], formula: str = "provenance.formula.adjusted") -> Grounds | None:
    if not places:
        return None
    return Grounds(places) if len(places) == 1 else Grounds(places, formula, "source.bc_98_whole")


def _name(line: AdjustedLine, year: int, languages: Sequence[Language]) -> str:
    if line.figure is Figure.BALANCES_USED:
        return phrase(languages, "report.plan.balance.opening")
    entry = pack_for(year).lookup(line.code) if line.code is not None else None
    name = line.name or (entry.name if entry is not None else Trilingual())
    return joined(languages, name.text)


def _quarter(sheet: PlanSheet, side: PlanSide, document_id: int, languages: Sequence[Language]) -> Table:
    rows = []
    keys = sheet.keys(side)
    parts = tuple(range(len(keys)))

    def cells(code: Code | None, months: Sequence[int], sum_of: tuple[int, ...] = ()) -> list[AmountCell]:
        """The quarter, then its months."""
        spans = [(sum(months), 1, len(months)), *((each, at, at) for at, each in enumerate(months, start=1))]
        return [
            AmountCell(
                amount, sum_of, grounds=Grounds((PlanAt.of_code((document_id,), side, code, first, last),))
            )
            for amount, first, last in spans
        ]

    for key in keys:
        name = sheet.names.get(key.code) or Trilingual()
        entry = pack_for(sheet.year).lookup(key.code)
        shown = entry.name if entry is not None else name
        words = (TextCell(str(key.code).replace("/", " ")), TextCell(joined(languages, shown.text)))
        rows.append(Row((*words, *cells(key.code, sheet.months(key)[:3])), level=1))
    total = (TextCell(""), TextCell(phrase(languages, "report.plan.total")))
    rows.append(Row((*total, *cells(None, sheet.total(side)[:3], parts)), bold=True))
    months_said = [TextCell(phrase(languages, f"plan.month.{month}").capitalize()) for month in (1, 2, 3)]
    return Table(
        columns=(Column(16, Align.CENTRE), Column(40), *(Column(11, Align.RIGHT) for _ in range(4))),
        head=(
            (
                TextCell(phrase(languages, "report.akim.head.code")),
                TextCell(phrase(languages, "report.akim.head.name")),
                TextCell(phrase(languages, "report.akim.head.quarter")),
                *months_said,
            ),
        ),
        rows=tuple(rows),
        unit=phrase(languages, "report.plan.unit"),
        name=phrase(languages, f"plan.side.{side.value}"),
    )


def _document(
    kind: str, blocks: list[Block], unit: ReportUnit, year: int, languages: Sequence[Language]
) -> ReportDocument:
    title = joined(
        languages,
        lambda each: text(f"report.akim.{kind}.title", each, unit=unit.genitive.text(each), year=year),
    )
    return ReportDocument(
        id=f"akim.{kind}",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=len(languages) > 1,
        subject=f"{joined(languages, unit.name.text)}, {year}",
        footer=title,
    )
