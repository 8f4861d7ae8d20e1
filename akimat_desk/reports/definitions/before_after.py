"""The before/after table (салыстырма кесте, сравнительная таблица): two budgets line by line.

For an amendment the edition before it and its own; for any two editions, years or units the same table with
a percentage. Totals I–VI always stand there; of the lines all, or only those that differ with what they
belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.budget.comparing.rows import Row as Line
from akimat_desk.budget.figures import Section
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import BudgetView, DecisionKind, DocumentState
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.core.text import squeeze
from akimat_desk.reports.definitions.annex_rows import official_name
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
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
    Cell,
    Column,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)

_AMENDMENT_HEADS = ("before", "change", "after")
_COMPARISON_HEADS = ("left", "difference", "right", "percent")
_CODE, _AMOUNT, _PERCENT, _WHOLE = 16.0, 14.0, 9.0, 100.0


@dataclass(frozen=True, slots=True)
class Compared:
    """Two budgets and the rows that they make; ``left`` and ``right`` are their places in the rows.

    ``amendment`` says that the right one changes the left: the words speak of before and after. A side's
    ``view`` is None where it does not cover the year.
    """

    before: BudgetView | None
    after: BudgetView
    rows: tuple[Line, ...]
    left: int
    right: int
    amendment: bool


def before_after(
    compared: Compared,
    units: tuple[ReportUnit, ReportUnit],
    language: DocLanguage,
    *,
    changed_only: bool = True,
    signers: Sequence[Signer] = (),
) -> ReportDocument:
    """The table of one year; ``units`` are those of the left and the right budget."""
    languages = language.languages
    table = _table(compared, languages, changed_only=changed_only)
    blocks: list[Block] = [*passage(languages, lambda each: _opening(compared, units, each)), table]
    if not any(line.differs(compared.left, compared.right) for line in compared.rows):
        blocks.append(Text(phrase(languages, "report.before_after.equal"), Tone.NOTE))
    blocks += signatures(languages, signers)
    title = joined(languages, lambda each: _title(compared, units, each))
    return ReportDocument(
        id="before_after",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=len(languages) > 1 or not compared.amendment,
        subject=f"{joined(languages, units[1].name.text)}, {compared.after.year}",
        footer=title,
    )


def _title(compared: Compared, units: tuple[ReportUnit, ReportUnit], language: Language) -> str:
    left, right = units
    if compared.amendment:
        return text(
            "report.before_after.title",
            language,
            unit=right.genitive.text(language),
            year=compared.after.year,
        )
    if left == right:
        return text("report.before_after.comparison", language, unit=right.genitive.text(language))
    return text("report.before_after.comparison_units", language)


def _opening(compared: Compared, units: tuple[ReportUnit, ReportUnit], language: Language) -> Side:
    said = [Heading(_title(compared, units, language))]
    sides = []
    for key, view, unit in (("before", compared.before, units[0]), ("after", compared.after, units[1])):
        if view is not None:
            fields = {"paper": _paper(view, unit, language), "year": view.year}
            if not compared.amendment:
                fields["unit"] = unit.name.text(language)
                key = {"before": "left", "after": "right"}[key]
            sides.append(Text(text(f"report.before_after.{key}", language, **fields), align=Align.LEFT))
    return [*said, *sides]


def _paper(view: BudgetView, unit: ReportUnit, language: Language) -> str:
    """Which document a side is: "решение … от … № …", or the draft."""
    decision = view.decision
    if decision.state is DocumentState.DRAFT and not decision.number:
        return text("report.before_after.draft", language)
    kind = "amendment" if decision.kind is DecisionKind.AMENDMENT else "decision"
    return squeeze(
        text(
            f"report.before_after.{kind}",
            language,
            maslikhat=unit.maslikhat_genitive.text(language),
            decision=decision_attributes(decision, language),
        )
    )


# --- the table --------------------------------------------------------------------------------------


def _table(compared: Compared, languages: Sequence[Language], *, changed_only: bool) -> Table:
    shown = _shown(compared) if changed_only else list(range(len(compared.rows)))
    place = {index: number for number, index in enumerate(shown)}
    parts: dict[int, list[int]] = {}
    for index in shown:
        upper = compared.rows[index].above
        if upper is not None:
            parts.setdefault(upper, []).append(place[index])
    heads = ["code", *("name" for _ in languages)]
    heads += _AMENDMENT_HEADS if compared.amendment else _COMPARISON_HEADS
    names = iter(languages)
    head = tuple(
        TextCell(text("report.annex.head.name", next(names)))
        if word == "name"
        else TextCell(_head(word, compared, languages))
        for word in heads
    )
    scale = 1.0 if len(languages) == 1 else 0.75
    amounts = [_AMOUNT * scale] * 3 + ([] if compared.amendment else [_PERCENT * scale])
    room = (_WHOLE - _CODE * scale - sum(amounts)) / len(languages)
    return Table(
        columns=(
            Column(_CODE * scale, Align.LEFT),
            *(Column(room, Align.LEFT) for _ in languages),
            *(Column(width, Align.RIGHT) for width in amounts),
        ),
        head=(head, tuple(TextCell(str(number)) for number in range(1, len(heads) + 1))),
        rows=tuple(_row(compared, index, parts.get(index, []), languages) for index in shown),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.before_after.sheet", year=compared.after.year),
    )


def _head(word: str, compared: Compared, languages: Sequence[Language]) -> str:
    """A column's head; of two years each says which."""
    left_year = compared.before.year if compared.before is not None else compared.after.year
    if word in ("left", "right") and left_year != compared.after.year:
        year = left_year if word == "left" else compared.after.year
        return phrase(languages, "report.before_after.head.year", year=year)
    return phrase(languages, f"report.before_after.head.{word}")


def _shown(compared: Compared) -> list[int]:
    """The totals, the rows that differ, and what these belong to."""
    kept: set[int] = set()
    for index, line in enumerate(compared.rows):
        if line.above is None:
            kept.add(index)
        elif line.differs(compared.left, compared.right):
            here: int | None = index
            while here is not None and here not in kept:
                kept.add(here)
                here = compared.rows[here].above
    return sorted(kept)


def _row(compared: Compared, index: int, parts: list[int], languages: Sequence[Language]) -> Row:
    line = compared.rows[index]
    left, right = compared.left, compared.right
    # Receipts and costs are sums of their lines; III–VI follow rules of their own.
    sums = tuple(parts) if line.section in (Section.REVENUE, Section.EXPENDITURE) else ()
    before, after = _place(compared.before, line, left), _place(compared.after, line, right)
    both = tuple(place for place in (before, after) if place is not None)
    percent = line.percent(left, right)
    cells: list[Cell] = [
        TextCell(_code(line, left, right)),
        *(TextCell(row_name(line, compared.after.year, language)) for language in languages),
        AmountCell(line.amounts[left], sums, grounds=Grounds((before,)) if before else None),
        AmountCell(
            line.difference(left, right),
            sums,
            signed=True,
            grounds=Grounds(both, "provenance.formula.change"),
        ),
        AmountCell(line.amounts[right], sums, grounds=Grounds((after,)) if after else None),
    ]
    if not compared.amendment:
        cells.append(
            PercentCell(
                None if percent is None else str(percent), Grounds(both, "provenance.formula.percent")
            )
        )
    return Row(tuple(cells), bold=line.depth == 0, level=line.depth)


def _place(view: BudgetView | None, line: Line, side: int) -> AmountAt | None:
    """Where a side's amount of a line stands; None where the side has no such line."""
    return line.place(side, view.decision.id, view.year) if view is not None else None


def _code(line: Line, left: int, right: int) -> str:
    """The code; "4 → 5" where its digits moved between the two years."""
    printed = (line.codes[left], line.codes[right])
    codes = [str(code).replace("/", " ") for code in printed if code is not None]
    return " → ".join(dict.fromkeys(codes))


def row_name(line: Line, year: int, language: Language) -> str:
    """A row's name: the official one, a figure's where the row is one without a code."""
    if line.code is None and line.figure is not None:
        return text(f"report.annex.row.{line.figure.value}", language)
    asked = BudgetLine(line.section, line.code, line.name, None, line.kind, line.figure, line.printed_name)
    named = official_name(asked, year).text(language)
    return named or (text(f"report.annex.row.{line.figure.value}", language) if line.figure else "")
