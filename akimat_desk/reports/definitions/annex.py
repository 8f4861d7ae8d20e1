"""Annexes 1–3 of a decision: the budget of a year, in the layout that mäslikhats print.

Two tables: receipts (category, class, subclass), then costs (group, subgroup, administrator,
program) with sections III–VI at their end. The heads are stairs of merged cells; each row fills one
code column; a section's total is its first row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from akimat_desk.budget.figures import SECTION_OF, Figure
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.views import BudgetView
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.core.text import squeeze
from akimat_desk.reports.definitions.annex_rows import (
    AnnexRow,
    costs_rows,
    revenue_rows,
    tail_rows,
)
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    check_sheet,
    decision_attributes,
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
    Elsewhere,
    Heading,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)

_REVENUE_HEADS = ("category", "class", "subclass")
_COSTS_HEADS = ("group", "subgroup", "administrator", "program")
_REVENUE_WIDTHS = (7.0, 7.0, 8.0)
_COSTS_WIDTHS = (6.5, 6.5, 8.0, 8.0)
_AMOUNT_WIDTH = 17.0
_WHOLE_WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class AnnexOptions:
    """What an office may choose: the subgroup column (an oblast's act of 2026 leaves it out), the
    list of findings on a page of its own, the signature block."""

    subgroups: bool = True
    findings: bool = True
    signatures: bool = True


def annex(
    view: BudgetView,
    unit: ReportUnit,
    language: DocLanguage,
    *,
    number: int,
    own_number: int | None = None,
    signers: Sequence[Signer] = (),
    options: AnnexOptions | None = None,
) -> ReportDocument:
    """One year's annex of a decision. ``number`` is the annex's number on paper.

    ``own_number`` is the number it has among the annexes of the amending decision, 0 for an only one;
    None: the same.
    """
    chosen = options or AnnexOptions()
    languages = language.languages
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(view, unit, each, number, own_number)),
        _revenue_table(view, languages),
        _costs_table(view, languages, subgroups=chosen.subgroups),
    ]
    if not view.lines:
        blocks.append(Text(phrase(languages, "report.annex.no_lines"), Tone.NOTE))
    if chosen.signatures:
        blocks += signatures(languages, signers)
    if chosen.findings:
        blocks += check_sheet(languages, view.findings)
    title = joined(languages, lambda each: _title(view, unit, each))
    return ReportDocument(
        id="annex",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=len(languages) > 1,
        subject=f"{joined(languages, unit.name.text)}, {view.year}",
        footer=f"{phrase(languages, 'report.annex.footer', number=number)}. {title}",
    )


def _title(view: BudgetView, unit: ReportUnit, language: Language) -> str:
    return text("report.annex.title", language, unit=unit.genitive.text(language), year=view.year)


def _opening(
    view: BudgetView, unit: ReportUnit, language: Language, number: int, own_number: int | None
) -> Side:
    # The annex of an amendment names the amending decision first, then the one it belongs to.
    papers = [(view.decision, number if own_number is None else own_number)]
    if view.amends is not None:
        papers.append((view.amends, number))
    blocks = [
        text(
            "report.annex.block" if count else "report.annex.block_only",
            language,
            number=count,
            maslikhat=unit.maslikhat_genitive.text(language),
            decision=decision_attributes(paper, language),
        )
        for paper, count in papers
    ]
    return [
        *(Text(squeeze(block), Tone.ANNEX_BLOCK, Align.LEFT) for block in blocks),
        Heading(_title(view, unit, language)),
    ]


# --- tables -----------------------------------------------------------------------------------------


def _revenue_table(view: BudgetView, languages: Sequence[Language]) -> Table:
    rows = revenue_rows(view.lines, view.figures, view.year)
    return Table(
        columns=_columns(_REVENUE_WIDTHS, len(languages)),
        head=_head(_REVENUE_HEADS, languages),
        rows=_rows(rows, view, languages),
        name=phrase(languages, "report.annex.sheet.revenue", year=view.year),
    )


def _costs_table(view: BudgetView, languages: Sequence[Language], *, subgroups: bool) -> Table:
    rows = costs_rows(view.lines, view.figures, view.year, subgroups=subgroups)
    rows += tail_rows(view.lines, view.figures)
    table = Table(
        columns=_columns(_COSTS_WIDTHS, len(languages)),
        head=_head(_COSTS_HEADS, languages),
        rows=_rows(rows, view, languages),
        name=phrase(languages, "report.annex.sheet.costs", year=view.year),
    )
    return table if subgroups else _without_column(table, 1, languages)


def _columns(codes: Sequence[float], names: int) -> tuple[Column, ...]:
    # With two languages the page lies on its side, so the code columns need a smaller share.
    scale = 1.0 if names == 1 else 0.8
    taken = sum(codes) * scale + _AMOUNT_WIDTH * scale
    return (
        *(Column(width * scale, Align.CENTRE) for width in codes),
        *(Column((_WHOLE_WIDTH - taken) / names, Align.LEFT) for _ in range(names)),
        Column(_AMOUNT_WIDTH * scale, Align.RIGHT),
    )


def _head(codes: Sequence[str], languages: Sequence[Language]) -> tuple[tuple[TextCell, ...], ...]:
    """The stair: each level's word spans what lies to its right; the amount spans every step."""
    depth, names = len(codes), len(languages)
    amount = TextCell(phrase(languages, "report.annex.head.amount"), rowspan=depth + 1)
    steps = [
        (
            *(TextCell("") for _ in range(step)),
            TextCell(phrase(languages, f"report.annex.head.{word}"), colspan=depth - step + names),
            *([amount] if step == 0 else []),
        )
        for step, word in enumerate(codes)
    ]
    last = (
        *(TextCell("") for _ in range(depth)),
        *(TextCell(text("report.annex.head.name", language)) for language in languages),
    )
    return (*steps, last, _numbers(depth + names + 1))


def _numbers(columns: int) -> tuple[TextCell, ...]:
    return tuple(TextCell(str(number)) for number in range(1, columns + 1))


def _rows(rows: Sequence[AnnexRow], view: BudgetView, languages: Sequence[Language]) -> tuple[Row, ...]:
    wrong = {finding.where.code for finding in view.findings if finding.where.code}
    parts = _parts(rows)
    return tuple(
        Row(
            cells=(
                *(TextCell(code) for code in row.codes),
                *(TextCell(_name(row, language)) for language in languages),
                replace(_amount(number, rows, parts), grounds=_grounds(row, view)),
            ),
            bold=row.level == 0,
            level=row.level,
            marked=row.line is not None and row.line.code is not None and str(row.line.code) in wrong,
        )
        for number, row in enumerate(rows)
    )


def _name(row: AnnexRow, language: Language) -> str:
    if row.name:
        return row.name.text(language)
    return text(f"report.annex.row.{row.figure.value}", language) if row.figure else ""


def _parts(rows: Sequence[AnnexRow]) -> dict[int, list[int]]:
    """The rows that each row is the sum of: those one step deeper before its level comes again."""
    parts: dict[int, list[int]] = {}
    open_rows: list[int] = []
    for number, row in enumerate(rows):
        while open_rows and rows[open_rows[-1]].level >= row.level:
            open_rows.pop()
        if open_rows:
            parts.setdefault(open_rows[-1], []).append(number)
        open_rows.append(number)
    return parts


def _grounds(row: AnnexRow, view: BudgetView) -> Grounds | None:
    if row.line is not None:
        return Grounds((AmountAt.of_line(view.decision.id, view.year, row.line),))
    if row.figure is None:
        return None
    place = AmountAt(view.decision.id, view.year, SECTION_OF[row.figure], figure=row.figure)
    return Grounds((place,))


def _amount(number: int, rows: Sequence[AnnexRow], parts: dict[int, list[int]]) -> AmountCell:
    """An amount with what it is made of, by the structure of the budget (Budget Code art. 9)."""
    row = rows[number]
    at = {other.figure: place for place, other in enumerate(rows) if other.figure is not None}
    own = parts.get(number, [])
    taken_away = {
        Figure.NET_LENDING: Figure.CREDIT_REPAYMENTS,
        Figure.FIN_ASSETS_BALANCE: Figure.FIN_ASSETS_SALE,
        Figure.DEFICIT_FINANCING: Figure.LOANS_REPAID,
    }
    if row.figure is Figure.DEFICIT and Figure.COSTS in at:
        minus = (Figure.COSTS, Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE)
        # Receipts are the first row of the table before this one.
        return AmountCell(row.amount, (Elsewhere(-1, 0),), tuple(at[figure] for figure in minus))
    if row.figure is Figure.DEFICIT_FINANCING and not own and Figure.DEFICIT in at:
        return AmountCell(row.amount, (), (at[Figure.DEFICIT],))
    less = at.get(taken_away[row.figure]) if row.figure in taken_away else None
    plus = tuple(part for part in own if part != less)
    return AmountCell(row.amount, plus, (less,) if less is not None else ())


def _without_column(table: Table, column: int, languages: Sequence[Language]) -> Table:
    """The costs table without its subgroup column: the head's stair has a step less."""
    heads = [word for number, word in enumerate(_COSTS_HEADS) if number != column]
    widths = [width for number, width in enumerate(_COSTS_WIDTHS) if number != column]
    rows = tuple(
        Row(row.cells[:column] + row.cells[column + 1 :], row.bold, row.level, row.marked)
        for row in table.rows
    )
    return Table(_columns(widths, len(languages)), _head(heads, languages), rows, name=table.name)
