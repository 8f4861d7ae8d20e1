"""The sheet of the balances a year opened with (Budget Code art. 116): bound, free, and what was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.budget.grounds import BalancesAt, Grounds, operand
from akimat_desk.budget.periods.balances import BoundKind, OpeningBalances
from akimat_desk.budget.periods.uses import UseOfBalances
from akimat_desk.core import dates
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Signer,
    check_sheet,
    joined,
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


@dataclass(frozen=True, slots=True)
class BalancesPaper:
    """What the sheet says and who signs it."""

    unit: ReportUnit
    opened: OpeningBalances
    uses: Sequence[UseOfBalances]
    signers: Sequence[Signer] = ()
    findings: Sequence[Finding] = ()


def sheet_of_balances(paper: BalancesPaper, language: DocLanguage) -> ReportDocument:
    """One page: what there is, what of it must be returned or paid, what is free, which papers use it."""
    languages = language.languages
    title = joined(languages, lambda each: _title(paper, each))
    blocks: list[Block] = [Heading(title), _balances(paper, languages)]
    if paper.opened.note:
        note = phrase(languages, "report.balances.note", note=paper.opened.note)
        blocks.append(Text(note, Tone.NOTE, Align.LEFT))
    blocks.append(Heading(phrase(languages, "report.balances.uses"), level=2))
    if paper.uses:
        blocks.append(_uses(paper.uses, languages))
        blocks.append(Heading(phrase(languages, "report.balances.left"), level=2))
        blocks.append(_left(paper, languages))
    else:
        blocks.append(Text(phrase(languages, "report.balances.not_used"), align=Align.LEFT))
    blocks.append(Text(phrase(languages, "report.balances.rule"), Tone.NOTE))
    blocks += signatures(languages, paper.signers)
    blocks += check_sheet(languages, paper.findings)
    return ReportDocument(
        id="balances",
        title=title,
        language=languages[0],
        blocks=blocks,
        subject=f"{joined(languages, paper.unit.name.text)}, {paper.opened.year}",
        footer=title,
    )


def _title(paper: BalancesPaper, language: Language) -> str:
    unit = paper.unit.genitive.text(language)
    return text("report.balances.title", language, unit=unit, year=paper.opened.year)


_COLUMNS = (Column(8, Align.CENTRE), Column(70), Column(22, Align.RIGHT))


def _balances(paper: BalancesPaper, languages: Sequence[Language]) -> Table:
    """The whole, what is bound by kind (a row for every part where several are noted), what is free."""
    opened = paper.opened
    bound: list[Row] = []
    for kind in BoundKind:
        parts = [part for part in opened.parts if part.kind is kind]
        notes = "; ".join(part.note for part in parts if part.note)
        name = phrase(languages, f"balances.kind.{kind.value}")
        cells = (
            TextCell(f"2.{len(bound) + 1}"),
            TextCell(f"{name} ({notes})" if notes else name),
            AmountCell(sum(part.amount for part in parts), grounds=_opened(opened, kind)),
        )
        bound.append(Row(cells, level=2))
    inner = tuple(range(2, 2 + len(bound)))

    def row(number: str, key: str, cell: AmountCell) -> Row:
        said = TextCell(phrase(languages, f"report.balances.row.{key}", year=opened.year))
        return Row((TextCell(number), said, cell), bold=True, level=1)

    rows = (
        row("1", "whole", AmountCell(opened.total, grounds=_opened(opened))),
        row("2", "bound", AmountCell(opened.must_be_used, inner, grounds=_opened(opened, *BoundKind))),
        *bound,
        row("3", "free", AmountCell(opened.free, (0,), (1,), grounds=_free(opened))),
    )
    return Table(
        _COLUMNS, _head(languages, "name"), rows, name=phrase(languages, "report.kind.balances.title")
    )


def _uses(uses: Sequence[UseOfBalances], languages: Sequence[Language]) -> Table:
    rows = [
        Row(
            (
                TextCell(str(number)),
                TextCell(joined(languages, lambda each, use=use: _document(use, each))),  # type: ignore[misc]
                AmountCell(use.amount, signed=use.amount < 0, grounds=_use(use)),
            ),
            level=1,
        )
        for number, use in enumerate(uses, start=1)
    ]
    whole = sum(use.amount for use in uses)
    said = TextCell(phrase(languages, "report.balances.used"))
    used = _used(uses)
    rows.append(
        Row((TextCell(""), said, AmountCell(whole, tuple(range(len(rows))), grounds=used)), bold=True)
    )
    return Table(
        _COLUMNS, _head(languages, "document"), tuple(rows), name=phrase(languages, "report.balances.uses")
    )


def _left(paper: BalancesPaper, languages: Sequence[Language]) -> Table:
    used = sum(use.amount for use in paper.uses)
    rows = (
        Row(
            (
                TextCell(""),
                TextCell(phrase(languages, "report.balances.unused")),
                AmountCell(
                    paper.opened.total - used,
                    (Elsewhere(-2, 0),),
                    (Elsewhere(-1, len(paper.uses)),),
                    grounds=_unused(paper, used),
                ),
            ),
            bold=True,
        ),
    )
    return Table(_COLUMNS, (), rows, name=phrase(languages, "report.balances.left"))


def _document(use: UseOfBalances, language: Language) -> str:
    kind = "adjustment" if use.ground is not None else "amendment" if use.amendment else "decision"
    day = (
        dates.of_decision(use.date, language) if use.date is not None else text("report.blank.date", language)
    )
    ground = use.ground.text(language) if use.ground is not None else ""
    number = use.number or text("report.blank.number", language)
    return text(f"report.balances.document.{kind}", language, date=day, number=number, ground=ground)


def _head(languages: Sequence[Language], middle: str) -> tuple[tuple[TextCell, ...], ...]:
    heads = ("number", middle, "amount")
    return (tuple(TextCell(phrase(languages, f"report.balances.head.{head}")) for head in heads),)


# --- what the figures rest on -------------------------------------------------------------------------

_RULE = "source.bc_116"


def _opened(opened: OpeningBalances, *kinds: BoundKind) -> Grounds | None:
    if opened.id is None:
        return None
    return Grounds((BalancesAt(opened.id, tuple(kind.value for kind in kinds)),))


def _free(opened: OpeningBalances) -> Grounds | None:
    whole, bound = _opened(opened), _opened(opened, *BoundKind)
    if whole is None or bound is None:
        return None
    return Grounds((*whole.amounts, *bound.amounts), "provenance.formula.free_balances", _RULE)


def _use(use: UseOfBalances) -> Grounds:
    """What a document added: an adjustment its line, an edition its figure less what was used before."""
    if len(use.places) == 1:
        return Grounds(use.places)
    return Grounds(use.places, "provenance.formula.use_of_balances", _RULE)


def _used(uses: Sequence[UseOfBalances]) -> Grounds:
    made = tuple(operand("report.balances.used", _use(use), use.amount) for use in uses)
    return Grounds(made, "provenance.formula.lines", _RULE)


def _unused(paper: BalancesPaper, used: int) -> Grounds | None:
    whole = _opened(paper.opened)
    if whole is None:
        return None
    spent = operand("report.balances.used", _used(paper.uses), used)
    return Grounds((*whole.amounts, spent), "provenance.formula.unused_balances", _RULE)
