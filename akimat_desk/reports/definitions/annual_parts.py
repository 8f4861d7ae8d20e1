"""The parts of the annual report that say more than the execution table: agreement, changes of the plan,
what is to be filled in by the office, and the facts of the explanatory note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from akimat_desk.budget.execution.table import Column, ExecutionRow, ExecutionTable
from akimat_desk.budget.figures import Section
from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.packs import pack_for
from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import joined, phrase, thousands
from akimat_desk.reports.definitions.execution import row_name
from akimat_desk.reports.definitions.execution_grounds import cell_grounds, stage_grounds
from akimat_desk.reports.document import Align, AmountCell, Row, Table, Text, TextCell, Tone
from akimat_desk.reports.document import Column as TableColumn

#: The budget as it was decided, amended, adjusted.
_STAGES = (Column.APPROVED, Column.AMENDED, Column.ADJUSTED)
_NAMED = 3  # lines that the note names of each kind
# Of a program's plan: what less than this is left unspent needs no reason.
_REASON_FROM = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The assembly's meeting that took the report up."""

    number: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class YearBalances:
    """What the year opened and closed with, as entered; ``returned`` of the latter goes back. In tiyn."""

    opened: int | None = None
    closed: int | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class YearRatio:
    """The executed share of own revenue, in per cent, and the country's target."""

    percent: Fraction
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A resident's proposal that the year's budget carries: its line with that line's whole plan, and what
    was spent on the proposal itself. Amounts in tiyn, None where not on file."""

    what: Trilingual
    line: Trilingual
    planned: int | None
    spent: int | None


@dataclass(frozen=True, slots=True)
class AnnualFacts:
    """What the workspace knows of the year beside its execution."""

    agreed: Agreed | None = None
    balances: YearBalances = field(default_factory=YearBalances)
    ratio: YearRatio | None = None
    carried_out: tuple[CarriedOut, ...] | None = None


def agreement(table: ExecutionTable, facts: AnnualFacts, language: Language) -> Text:
    """Where the assembly stands to the report: agreed with the minutes, or still to be."""
    if facts.agreed is None:
        return Text(text("report.annual.to_agree", language, next=table.month.year + 1), Tone.NOTE)
    day = dates.of_decision(facts.agreed.day, language)
    return Text(text("report.annual.agreed", language, day=day, number=facts.agreed.number or "–"))


def arrears_table(table: ExecutionTable, languages: Sequence[Language]) -> Table:
    """Every tax with room for what the revenue office knows of it."""
    rows = [row for row in _of_level(table, Section.REVENUE, 3) if _kind(row, table) is LineKind.TAX]
    heads = ("code", "name", "arrears_start", "arrears_end", "overpaid_end")
    year = table.month.year
    return Table(
        columns=(TableColumn(10.0), TableColumn(42.0), *(TableColumn(16.0, Align.RIGHT),) * 3),
        head=(
            tuple(
                TextCell(phrase(languages, f"report.annual.head.{head}", year=year, next=year + 1))
                for head in heads
            ),
        ),
        rows=tuple(
            Row(
                (
                    TextCell(str(row.parsed_code)),
                    _name(row, languages),
                    TextCell(""),
                    TextCell(""),
                    TextCell(""),
                )
            )
            for row in rows
        ),
        unit=phrase(languages, "report.execution.unit"),
        name=phrase(languages, "report.annual.arrears"),
    )


def changes_table(table: ExecutionTable, languages: Sequence[Language]) -> Table | None:
    """The plan of the lines that amendments and adjustments changed; None where none did."""
    changed = [row for row in table.rows if _is_decided(row) and any(_moves(row))]
    if not changed:
        return None
    heads = ("code", "name", "approved", "amended_by", "adjusted_by", "in_force")
    return Table(
        columns=(TableColumn(12.0), TableColumn(40.0), *(TableColumn(12.0, Align.RIGHT),) * 4),
        head=(tuple(TextCell(phrase(languages, f"report.annual.head.{head}")) for head in heads),),
        rows=tuple(
            Row(
                (
                    TextCell(str(row.parsed_code or "")),
                    _name(row, languages),
                    AmountCell(
                        row.amount(Column.APPROVED), grounds=cell_grounds(row, Column.APPROVED, table)
                    ),
                    *(
                        AmountCell(move, signed=True, grounds=stage_grounds(row, before, after, table))
                        for move, (before, after) in zip(_moves(row), pairwise(_STAGES), strict=True)
                    ),
                    AmountCell(
                        row.amount(Column.ADJUSTED), grounds=cell_grounds(row, Column.ADJUSTED, table)
                    ),
                ),
                bold=row.level == 0,
                level=row.level,
            )
            for row in changed
        ),
        unit=phrase(languages, "report.execution.unit"),
        name=phrase(languages, "report.annual.changes"),
    )


def results_table(table: ExecutionTable, languages: Sequence[Language]) -> Table:
    """Every program with room for what it reached: only the office knows that."""
    heads = ("code", "name", "result_planned", "result_reached")
    return Table(
        columns=(TableColumn(14.0), TableColumn(38.0), TableColumn(24.0), TableColumn(24.0)),
        head=(tuple(TextCell(phrase(languages, f"report.annual.head.{head}")) for head in heads),),
        rows=tuple(
            Row((TextCell(str(row.parsed_code)), _name(row, languages), TextCell(""), TextCell("")))
            for row in _of_level(table, Section.EXPENDITURE, 4)
        ),
        name=phrase(languages, "report.annual.results"),
    )


def needs_reason(row: ExecutionRow) -> bool:
    """Whether a program left enough unspent that the report must say why (art. 121)."""
    plan, done = row.amount(Column.ADJUSTED), row.amount(Column.EXECUTED)
    return plan is not None and done is not None and plan - done > plan * _REASON_FROM


def special_receipts(table: ExecutionTable, language: Language) -> list[Text]:
    """What came in of special receipts; what they were used for is the office's to say."""
    mine = [row for row in table.rows if row.level == 1 and _kind(row, table) is LineKind.SPECIAL_RECEIPTS]
    if not any(row.amount(Column.ADJUSTED) or row.amount(Column.EXECUTED) for row in mine):
        return [Text(text("report.annual.no_special", language))]
    return [
        Text(
            text(
                "report.annual.special",
                language,
                plan=_money(row.amount(Column.ADJUSTED), language),
                done=_money(row.amount(Column.EXECUTED), language),
            )
        )
        for row in mine
    ] + [Text(text("report.annual.fill.special", language), Tone.NOTE)]


def participatory(table: ExecutionTable, facts: AnnualFacts, language: Language) -> list[Text]:
    """Residents' proposals in the budget (art. 70 p3, 121), by the threads on file."""
    year = table.month.year
    if facts.carried_out is None:
        return [Text(text("report.annual.fill.participatory", language), Tone.NOTE)]
    if not facts.carried_out:
        return [Text(text("report.annual.no_participatory", language, year=year))]
    said = [Text(text("report.annual.participatory", language, count=len(facts.carried_out), year=year))]
    for each in facts.carried_out:
        key = "spent" if each.spent is not None else "planned" if each.planned is not None else "named"
        said.append(
            Text(
                text(
                    f"report.annual.proposal.{key}",
                    language,
                    what=each.what.text(language),
                    line=each.line.text(language),
                    planned=_money(each.planned, language),
                    spent=_money(each.spent, language),
                )
            )
        )
    return said


def note_facts(table: ExecutionTable, facts: AnnualFacts, language: Language) -> list[Text]:
    """What the explanatory note can say by itself: balances, the ratio, lines that stand out, debts."""
    said = [
        *_balance_words(table, facts.balances, language),
        *_ratio_words(facts.ratio, language),
        *_lines_words(table, language),
        *_debt_words(table, language),
    ]
    return [Text(each) for each in said]


# --- inside -------------------------------------------------------------------------------------------


def _balance_words(table: ExecutionTable, balances: YearBalances, language: Language) -> list[str]:
    if balances.opened is None:
        return []
    year = table.month.year
    said = [text("report.annual.opened", language, year=year, amount=_money(balances.opened, language))]
    receipts, costs = table.row(Section.REVENUE), table.row(Section.EXPENDITURE)
    received = receipts.amount(Column.EXECUTED) if receipts is not None else None
    paid = costs.amount(Column.EXECUTED) if costs is not None else None
    if received is None or paid is None:
        return said
    left = balances.opened + received - paid
    said.append(text("report.annual.closed", language, amount=_money(left, language)))
    if balances.closed is not None and balances.closed == left and balances.returned:
        said.append(text("report.annual.returned", language, amount=_money(balances.returned, language)))
    return said


def _ratio_words(ratio: YearRatio | None, language: Language) -> list[str]:
    if ratio is None:
        return []
    fields = {"percent": str(half_up(ratio.percent, 1)).replace(".", ",")}
    if ratio.target is None:
        return [text("report.annual.ratio", language, **fields)]
    target = str(ratio.target).replace(".", ",")
    return [text("report.annual.ratio_target", language, target=target, **fields)]


def _lines_words(table: ExecutionTable, language: Language) -> list[str]:
    """The receipts that fell short most, and the programs that left most unspent."""
    said = []
    for key, section, level in (("short", Section.REVENUE, 3), ("unspent", Section.EXPENDITURE, 4)):
        short = [(row, _short(row)) for row in _of_level(table, section, level)]
        largest = sorted(((row, off) for row, off in short if off > 0), key=lambda each: -each[1])[:_NAMED]
        if largest:
            listed = "; ".join(f"{row_name(row, language)} – {_money(off, language)}" for row, off in largest)
            said.append(text(f"report.annual.{key}", language, lines=listed))
    return said


def _debt_words(table: ExecutionTable, language: Language) -> list[str]:
    costs = table.row(Section.EXPENDITURE)
    unpaid = costs.amount(Column.UNPAID) if costs is not None else None
    if unpaid is None:
        return []
    if not unpaid:
        return [text("report.annual.no_debt", language)]
    return [text("report.annual.debt", language, amount=_money(unpaid, language))]


def _of_level(table: ExecutionTable, section: Section, level: int) -> list[ExecutionRow]:
    return [row for row in table.rows if row.section is section and row.level == level]


def _is_decided(row: ExecutionRow) -> bool:
    """A total, or a line at the level at which the budget is decided."""
    return row.level in (0, 3 if row.section is Section.REVENUE else 4)


def _moves(row: ExecutionRow) -> tuple[int, int]:
    """What amendments and what adjustments changed of a line's plan."""
    approved, amended, adjusted = (
        row.amount(column) or 0 for column in (Column.APPROVED, Column.AMENDED, Column.ADJUSTED)
    )
    return amended - approved, adjusted - amended


def _short(row: ExecutionRow) -> int:
    plan, done = row.amount(Column.ADJUSTED), row.amount(Column.EXECUTED)
    return 0 if plan is None or done is None else plan - done


def _kind(row: ExecutionRow, table: ExecutionTable) -> LineKind | None:
    code = row.parsed_code
    entry = pack_for(table.month.year).lookup(code) if code is not None else None
    return entry.kind if entry is not None else None


def _name(row: ExecutionRow, languages: Sequence[Language]) -> TextCell:
    return TextCell(joined(languages, lambda each: row_name(row, each)))


def _money(tiyn: int | None, language: Language) -> str:
    return "–" if tiyn is None else thousands(to_step(tiyn), language)
