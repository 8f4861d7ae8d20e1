"""What is to be said of a draft while it is typed, one line and one year at a time.

The sums are judged by the same rules as adopted decisions (``balance``, ``balance_lines``); what is
added here is about typing: refused amounts, codes of other years, a sum typed beside its parts, a
deficit without sources.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from akimat_desk.budget.balance import check_figures, check_step
from akimat_desk.budget.balance_lines import check_annex_against_text, check_parent, check_sections, line_step
from akimat_desk.budget.drafts.amounts import why_refused
from akimat_desk.budget.drafts.cells import BY_HAND
from akimat_desk.budget.drafts.coded import CodeDoubt, code_doubt, name_for_search
from akimat_desk.budget.drafts.nodes import SUMMED, Node
from akimat_desk.budget.figures import SECTION_PARTS, Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine, line_place
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.strings import Message, Thousands, code_printed

if TYPE_CHECKING:
    from akimat_desk.budget.drafts.sheet import DraftSheet

TYPING_SOURCE = "source.draft_typing"


def less(one: int | None, other: int | None, *, nil: bool) -> int | None:
    """``one`` less ``other``; where neither is stated, zero in a whole budget (``nil``), else nothing."""
    if one is None and other is None:
        return 0 if nil else None
    return (one or 0) - (other or 0)


def deficit(figures: Figures) -> int | None:
    """Revenue less costs, net lending and the balance of financial assets: negative for a deficit."""
    revenue, costs = figures[Figure.REVENUE_TOTAL], figures[Figure.COSTS]
    if revenue is None or costs is None:
        return None
    return revenue - costs - (figures[Figure.NET_LENDING] or 0) - (figures[Figure.FIN_ASSETS_BALANCE] or 0)


def sources(figures: Figures) -> int | None:
    """Loans received less repaid and balances used; None where none is stated."""
    parts = [figures[figure] for figure in SECTION_PARTS[Section.FINANCING]]
    if all(part is None for part in parts):
        return None
    return (
        (figures[Figure.LOANS_IN] or 0)
        - (figures[Figure.LOANS_REPAID] or 0)
        + (figures[Figure.BALANCES_USED] or 0)
    )


def financing(figures: Figures) -> int | None:
    """The opposite of the deficit; before that is known, what the sources come to."""
    amount = figures[Figure.DEFICIT]
    return sources(figures) if amount is None else -amount


def missing(figures: Figures) -> int | None:
    """What the financing lacks (positive) or has too much (negative); None before it is known."""
    amount = figures[Figure.DEFICIT]
    return None if amount is None else -amount - (sources(figures) or 0)


def line_findings(sheet: DraftSheet, node: Node, index: int) -> tuple[Finding, ...]:
    """What is to be said of one line in one year."""
    cell = node.cells[index]
    if cell is None and not node.blanks[index] and (index or node.record.code is None or node.children):
        return ()  # computed of what is certain: nothing can be wrong with the line itself
    place = sheet.place(index)
    found: list[Finding] = []
    line = node.line(index)
    typed = cell is not None and cell.origin in BY_HAND
    if cell is not None and typed and cell.raw:
        found.append(_refused(node, place, cell.raw))
    if line is not None:
        finding = _sum(node, line, index, place)
        if finding is not None:
            found.append(_typed_twice(finding) if typed and finding.difference is not None else finding)
        # Said of the amount that was stated; its sums are as fine as it is.
        if cell is not None and cell.amount is not None and cell.amount % DECISION_STEP:
            found.append(line_step(line, cell.amount, place))
    if node.record.code is not None and (typed or (index == 0 and node.is_empty())):
        finding = _code(sheet, node, index, place)
        if finding is not None:
            found.append(finding)
    return tuple(found)


def _sum(node: Node, line: BudgetLine, index: int, place: Place) -> Finding | None:
    if node.is_section and node.key.section not in SUMMED:
        return None  # judged with the year: its parts have signs
    if node.blanks[index]:
        return check_parent(line, [None], (), place)
    if not node.counts[index] or line.amount == node.sums[index]:
        return None
    strays = [stray.value(index) for stray in node.strays() if stray.is_stated(index)]
    return check_parent(line, [node.sums[index]], strays, place)


def _refused(node: Node, place: Place, raw: str) -> Finding:
    return Finding(
        "draft.amount_refused",
        Severity.ERROR,
        {"why": why_refused(raw)},
        source=TYPING_SOURCE,
        where=place_of(node, place),
    )


def _typed_twice(finding: Finding) -> Finding:
    """The same difference, said to the one who typed both."""
    fields = {name: finding.fields[name] for name in ("printed", "computed", "difference")}
    return replace(finding, code="draft.both_typed", fields=fields)


def _code(sheet: DraftSheet, node: Node, index: int, place: Place) -> Finding | None:
    code = node.record.code
    assert code is not None
    year = sheet.years[index]
    facts, record = sheet.facts, node.record
    doubt = code_doubt(
        code, record.kind, name_for_search(record), year, facts.first_year, facts.decision_year, sheet.book
    )
    if doubt is None:
        return None
    fields: dict[str, object] = {"code": str(code), "year": year}
    if doubt.unknown:
        kind = "draft.code_unknown"
        fields["nearest"] = _offered(doubt)
    else:
        kind = "draft.code_other_year"
        fields["name"] = doubt.name
        fields["now"] = (
            Message("draft.code_now", {"code": str(doubt.now)}) if doubt.now else Message("draft.no_code_now")
        )
    return Finding(
        kind, Severity.WARNING, fields, source="source.classification", where=place_of(node, place)
    )


def _offered(doubt: CodeDoubt) -> Trilingual:
    return Trilingual(
        *(
            "; ".join(f"{code_printed(str(e.code))} «{e.name.text(lang)}»" for e in doubt.nearest) or "–"
            for lang in Language
        )
    )


def year_findings(sheet: DraftSheet, index: int) -> list[Finding]:
    """What is to be said of a year as a whole: the identities of I–VI, and the text against the lines."""
    place = sheet.place(index)
    lines = sheet.main_lines(index)
    found: list[Finding] = []
    stated = sheet.texts[index]
    if stated is not None:
        text_figures = {**no_figures(), **stated.figures}
        unit_place = replace(place, annex=None)
        found += check_figures(text_figures, stated.last_figure, unit_place)
        found += check_step(text_figures, unit_place)
    written = bool(lines) and index not in sheet.unwritten
    if written:
        found += check_sections(lines, place)
    if stated is not None and written:
        fresh = any(figure not in stated.carried for figure in stated.figures)
        if sheet.is_carried[index] and fresh:
            found.append(Finding("decision.annex_older", Severity.WARNING, where=place))
        else:
            found += check_annex_against_text({**no_figures(), **stated.figures}, lines, place)
    if written and sheet.by_hand[index]:
        found += _no_sources(sheet, index, place)
    return found + _nothing_stated(sheet, index, place)


def _nothing_stated(sheet: DraftSheet, index: int, place: Place) -> list[Finding]:
    """Revenue or costs that an amendment no longer states at all; a new budget without any amount yet."""
    text = sheet.texts[index]
    told = {**sheet.figures(index), **(text.figures if text is not None else {})}
    if sheet.facts.before is None:
        if index or any(amount is not None for amount in told.values()):
            return []
        return [Finding("draft.nothing_yet", Severity.WARNING, source="source.bc_9", where=place)]
    figures = [Figure.REVENUE_TOTAL, Figure.COSTS]
    stated = [
        figure
        for section, figure in zip((Section.REVENUE, Section.EXPENDITURE), figures, strict=True)
        if section in sheet.facts.before[index]
    ]
    gone = [figure for figure in stated if told[figure] is None]
    if gone == figures:
        return [Finding("draft.year_emptied", Severity.ERROR, source="source.bc_9", where=place)]
    return [
        Finding(
            "draft.section_emptied",
            Severity.ERROR,
            {"figure": Message(f"figure.{figure.value}")},
            source="source.bc_9",
            where=replace(place, figure=figure.value),
        )
        for figure in gone
    ]


def _no_sources(sheet: DraftSheet, index: int, place: Place) -> list[Finding]:
    """A deficit that was reckoned here and that no source covers; with sources the identity speaks."""
    figures = sheet.figures(index)
    amount = figures[Figure.DEFICIT]
    if not amount or sources(figures) is not None:
        return []
    code = "draft.no_sources" if amount < 0 else "draft.surplus_unused"
    return [
        Finding(
            code,
            Severity.ERROR if amount < 0 else Severity.WARNING,
            {"amount": Thousands(abs(amount))},
            source="source.bc_9",
            where=replace(place, figure=Figure.DEFICIT_FINANCING.value),
            difference=-amount,
        )
    ]


def place_of(node: Node, place: Place) -> Place:
    """A line in a year, for a finding."""
    record = node.record
    line = BudgetLine(record.key.section, record.code, record.name, None, record.kind, record.figure)
    spot = line_place(line, place.unit, place.year, place.annex)
    if record.code is None and record.figure is not None:
        spot = replace(spot, figure=record.figure.value)
    elif record.code is None:
        spot = replace(spot, text=record.printed_name)
    return spot
