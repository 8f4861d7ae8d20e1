"""The consolidated budget of the units below: a row for each of them, the total, and the lines summed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from akimat_desk.budget.comparing.rows import Row as SummedRow
from akimat_desk.budget.consolidation import Consolidation, SummedLine, UnitTotals
from akimat_desk.budget.figures import SECTION_OF, Figure
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.ratio.grounds import ratio_grounds
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.language import Language
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
    thousands,
)
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Column,
    Heading,
    PageBreak,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.grid import shown_decimal

_FIGURES = (
    Figure.REVENUE_TOTAL,
    Figure.TAX,
    Figure.NONTAX,
    Figure.CAPITAL_SALES,
    Figure.TRANSFERS,
    Figure.COSTS,
    Figure.DEFICIT,
    Figure.BALANCES_USED,
)
# Below this level the sum says little and the pages are many: drill down to a unit instead.
_DEEPEST = 4


def consolidated(
    content: Consolidation, unit: ReportUnit, language: DocLanguage, *, signers: Sequence[Signer] = ()
) -> ReportDocument:
    """The report. ``unit`` is the one above, in whose name it is made."""
    languages = language.languages
    title = joined(languages, lambda each: _title(content, unit, each))
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(content, unit, each)),
        _units_table(content, languages),
        *signatures(languages, signers),
        PageBreak(),
        *passage(languages, lambda each: [Heading(text("report.consolidated.lines", each), level=2)]),
        _lines_table(content, languages),
    ]
    return ReportDocument(
        id="consolidated",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, unit.name.text)}, {content.year}",
        footer=title,
    )


def _title(content: Consolidation, unit: ReportUnit, language: Language) -> str:
    return text("report.consolidated.title", language, unit=unit.genitive.text(language), year=content.year)


def _opening(content: Consolidation, unit: ReportUnit, language: Language) -> Side:
    said: list[Heading | Text] = [
        Heading(_title(content, unit, language)),
        Text(
            text(
                "report.consolidated.sums",
                language,
                count=len(content.units),
                revenue=thousands(content.figures[Figure.REVENUE_TOTAL] or 0, language),
                above=thousands(content.from_above, language),
                rest=thousands(content.without_transfers, language),
                costs=thousands(content.figures[Figure.COSTS] or 0, language),
            )
        ),
    ]
    if content.ratio_percent is not None and content.mean_percent is not None:
        said.append(
            Text(
                text(
                    "report.consolidated.ratio",
                    language,
                    ratio=_shown(content.ratio_percent),
                    mean=_shown(content.mean_percent),
                )
            )
        )
        formula = text(f"ratio.formula.{content.denominator.value}", language)
        said.append(Text(f"{formula}. {text('report.ratio.no_official_formula', language)}", Tone.SMALL))
    if content.missing:
        names = ", ".join(each.name.text(language) for each in content.missing)
        missing = text("report.consolidated.missing", language, count=len(content.missing), names=names)
        said.append(Text(missing, Tone.FINDING_WARNING))
    return said


def _shown(percent: Decimal) -> str:
    return shown_decimal(str(percent))


def _units_table(content: Consolidation, languages: Sequence[Language]) -> Table:
    heads = (
        TextCell(phrase(languages, "report.consolidated.head.number")),
        TextCell(phrase(languages, "report.consolidated.head.unit")),
        *(TextCell(phrase(languages, f"report.consolidated.head.{figure.value}")) for figure in _FIGURES),
        TextCell(phrase(languages, "report.consolidated.head.ratio")),
    )
    rows = [_unit_row(number, part, content, languages) for number, part in enumerate(content.units, start=1)]
    every = tuple(range(len(rows)))
    total = Row(
        (
            TextCell(""),
            TextCell(phrase(languages, "report.consolidated.total")),
            *(
                AmountCell(content.figures[figure], sum_of=every, grounds=_sum_grounds(content, figure))
                for figure in _FIGURES
            ),
            PercentCell(
                None if content.ratio_percent is None else str(content.ratio_percent),
                _ratio_of_sums_grounds(content),
            ),
        ),
        bold=True,
    )
    widths = (4.0, 22.0, *(10.0 for _ in _FIGURES), 8.0)
    aligned = (Align.CENTRE, Align.LEFT, *(Align.RIGHT for _ in _FIGURES), Align.RIGHT)
    return Table(
        columns=tuple(Column(width, align) for width, align in zip(widths, aligned, strict=True)),
        head=(heads, tuple(TextCell(str(number)) for number in range(1, len(heads) + 1))),
        rows=(*rows, total),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.consolidated.sheet.units"),
    )


def _unit_row(number: int, part: UnitTotals, content: Consolidation, languages: Sequence[Language]) -> Row:
    return Row(
        (
            TextCell(str(number)),
            TextCell(joined(languages, part.unit.name.text)),
            *(
                AmountCell(part.view.figures[figure], grounds=_figure_grounds(part, figure))
                for figure in _FIGURES
            ),
            PercentCell(
                None if part.ratio_percent is None else str(part.ratio_percent), _ratio_grounds(part, content)
            ),
        ),
        level=1,
    )


# --- what the figures rest on -----------------------------------------------------------------------


def _figure_at(part: UnitTotals, figure: Figure) -> AmountAt | None:
    """Where a unit states a figure; None where it does not."""
    if part.view.figures[figure] is None:
        return None
    return AmountAt(part.view.decision.id, part.view.year, SECTION_OF[figure], figure=figure)


def _figure_grounds(part: UnitTotals, figure: Figure) -> Grounds | None:
    place = _figure_at(part, figure)
    return None if place is None else Grounds((place,))


def _sum_grounds(content: Consolidation, figure: Figure) -> Grounds | None:
    """The figure of every unit that states it."""
    return _summed([_figure_at(part, figure) for part in content.units])


def _line_grounds(line: SummedLine, content: Consolidation) -> Grounds | None:
    """The line of every unit that states it."""
    return _summed(
        [
            line.row.place(side, part.view.decision.id, part.view.year)
            for side, part in enumerate(content.units)
        ]
    )


def _summed(places: Sequence[AmountAt | None]) -> Grounds | None:
    stated = tuple(place for place in places if place is not None)
    return Grounds(stated, "provenance.formula.units_sum") if stated else None


def _ratio_grounds(part: UnitTotals, content: Consolidation) -> Grounds | None:
    if part.ratio_percent is None:
        return None
    variant = Variant(content.denominator.value)
    return ratio_grounds(part.view.decision.id, part.view.year, variant)["ratio_percent"]


def _ratio_of_sums_grounds(content: Consolidation) -> Grounds | None:
    """What is divided and what it is divided by, of every unit whose ratio can be reckoned."""
    known = [found for part in content.units if (found := _ratio_grounds(part, content)) is not None]
    places = tuple(place for found in known for place in found.amounts)
    return Grounds(places, "provenance.formula.units_ratio") if places else None


def _lines_table(content: Consolidation, languages: Sequence[Language]) -> Table:
    heads = ("code", "name", "amount", "count")
    rows = []
    for line in content.lines:
        row = line.row
        level = row.code.level if row.code is not None else 0
        if level > _DEEPEST:
            continue
        code = str(row.code) if row.code is not None else ""
        rows.append(
            Row(
                (
                    TextCell(code),
                    TextCell(_line_name(row, languages)),
                    AmountCell(line.amount, grounds=_line_grounds(line, content)),
                    TextCell(str(line.units)),
                ),
                bold=row.above is None or level == 1,
                level=row.depth,
            )
        )
    return Table(
        columns=(
            Column(14.0),
            Column(60.0),
            Column(16.0, Align.RIGHT),
            Column(10.0, Align.CENTRE),
        ),
        head=(tuple(TextCell(phrase(languages, f"report.consolidated.head.{head}")) for head in heads),),
        rows=tuple(rows),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.consolidated.sheet.lines"),
    )


def _line_name(row: SummedRow, languages: Sequence[Language]) -> str:
    if row.above is None:
        return phrase(languages, f"section.{row.section.value}")
    named = joined(languages, row.name.text) or row.printed_name
    return named or (phrase(languages, f"figure.{row.figure.value}") if row.figure else "")
