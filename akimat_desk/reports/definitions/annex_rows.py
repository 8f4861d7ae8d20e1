"""The rows of an annex in printing order, before they become cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import category_figure, pack_for, resolve
from akimat_desk.core.language import Language, Trilingual

#: How many code columns each table has: category, class, subclass; group … program.
REVENUE_DEPTH = 3
COSTS_DEPTH = 4


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A printed row. ``codes`` has one text per code column, at most one of them not empty.

    ``level`` is 0 for a total, 1 and deeper for parts; ``name`` is official in each language;
    ``figure`` says which figure of the structure the row is.
    """

    codes: tuple[str, ...]
    name: Trilingual
    amount: int | None
    level: int
    figure: Figure | None = None
    line: BudgetLine | None = None


def revenue_rows(lines: Sequence[BudgetLine], figures: Figures, year: int) -> list[AnnexRow]:
    """Section I: its total, then every category, class and subclass.

    Where no lines are known the categories come from the figures, under the codes of the year.
    """
    own = [line for line in lines if line.section is Section.REVENUE]
    parts = [line for line in own if line.figure is not Figure.REVENUE_TOTAL]
    if not parts:
        parts = _categories(figures, year)
    total = _total_row(Section.REVENUE, own, figures, REVENUE_DEPTH)
    return [total, *(_code_row(line, REVENUE_DEPTH, year) for line in parts if _printed(line, own))]


def costs_rows(
    lines: Sequence[BudgetLine], figures: Figures, year: int, *, subgroups: bool = True
) -> list[AnnexRow]:
    """Section II: its total, then groups, subgroups, administrators and programs."""
    own = [line for line in lines if line.section is Section.EXPENDITURE]
    parts = [line for line in own if line.figure is not Figure.COSTS]
    if not subgroups:
        parts = _without_subgroups(parts)
    total = _total_row(Section.EXPENDITURE, own, figures, COSTS_DEPTH)
    return [total, *(_code_row(line, COSTS_DEPTH, year) for line in parts if _printed(line, own))]


def tail_rows(lines: Sequence[BudgetLine], figures: Figures) -> list[AnnexRow]:
    """Sections III–VI: every section's total and those of its parts that are stated anywhere."""
    by_figure = {line.figure: line for line in lines if line.figure is not None}
    rows: list[AnnexRow] = []
    for section in (Section.NET_LENDING, Section.FIN_ASSETS, Section.DEFICIT, Section.FINANCING):
        own = [line for line in lines if line.section is section]
        rows.append(_total_row(section, own, figures, COSTS_DEPTH))
        for part in SECTION_PARTS[section]:
            line = by_figure.get(part)
            amount = line.amount if line is not None else figures.get(part)
            if line is not None or amount is not None:
                rows.append(AnnexRow(("",) * COSTS_DEPTH, Trilingual(), amount, 1, part, line))
    return rows


def _total_row(section: Section, own: Iterable[BudgetLine], figures: Figures, depth: int) -> AnnexRow:
    figure = SECTION_TOTAL[section]
    line = next((line for line in own if line.figure is figure), None)
    amount = line.amount if line is not None else figures.get(figure)
    return AnnexRow(("",) * depth, Trilingual(), amount, 0, figure, line)


def _categories(figures: Figures, year: int) -> list[BudgetLine]:
    entries = {category_figure(entry.kind): entry for entry in pack_for(year).top()}
    found = []
    for figure in SECTION_PARTS[Section.REVENUE]:
        amount, entry = figures.get(figure), entries.get(figure.value)
        if amount is not None and entry is not None:
            found.append(BudgetLine(Section.REVENUE, entry.code, entry.name, amount, entry.kind, figure))
    return found


def _printed(line: BudgetLine, others: Iterable[BudgetLine]) -> bool:
    """Whether a line has a row: one deeper than the annex shows has none where its parent is there."""
    depth = REVENUE_DEPTH if line.section is Section.REVENUE else COSTS_DEPTH
    if line.code is None or line.code.level <= depth:
        return True
    above = line.code.parent
    while above is not None and above.level > depth:
        above = above.parent
    return all(other.code != above for other in others)


def _code_row(line: BudgetLine, depth: int, year: int) -> AnnexRow:
    parts = _code_parts(line)
    given = [number for number, part in enumerate(parts) if part]
    codes = [""] * depth
    level = 1
    if given:
        at = min(given[-1], depth - 1)
        codes[at] = "/".join(part for part in parts[at:] if part)
        level = at + 1
    return AnnexRow(tuple(codes), official_name(line, year), line.amount, level, line.figure, line)


def _code_parts(line: BudgetLine) -> tuple[str, ...]:
    if isinstance(line.code, RevenueCode):
        return (line.code.category, line.code.class_, line.code.subclass, line.code.specific)
    if isinstance(line.code, ExpenditureCode):
        code = line.code
        return (
            code.functional_group,
            code.subgroup,
            code.administrator,
            code.program,
            code.subprogram,
            code.specific,
        )
    return ()


def official_name(line: BudgetLine, year: int) -> Trilingual:
    """A line's name in every language it is known in: its own first, the classification's elsewhere.

    The classification is asked for the row that the line was read as, which the kind tells: a
    decision made before the codes moved keeps its digits and its names.
    """
    name = line.name
    if line.code is None:
        return name if name else Trilingual(line.printed_name, line.printed_name, line.printed_name)
    printed = line.printed_name or name.text(Language.KK)
    entry = resolve(line.code, printed, year, year).entry
    if entry is None or (entry.kind is not line.kind and line.kind is not LineKind.UNKNOWN):
        return name if name else Trilingual(line.printed_name, line.printed_name, line.printed_name)
    return Trilingual(
        name.kk or entry.name.kk or name.text(Language.KK),
        name.ru or entry.name.ru or name.text(Language.RU),
        name.en or entry.name.en,
    )


def _without_subgroups(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """Costs as the layout without subgroups prints them: an administrator once in each group."""
    merged: dict[object, BudgetLine] = {}
    for line in lines:
        code = line.code
        if not isinstance(code, ExpenditureCode):
            merged[id(line)] = line
            continue
        if code.level == 2:
            continue
        bare = replace(code, subgroup="")
        before = merged.get(bare)
        if before is None or code.level > 3:
            merged[bare if before is None else id(line)] = replace(line, code=bare)
        else:
            merged[bare] = replace(before, amount=_added(before.amount, line.amount))
    # An administrator met again stands where it stood first: its programs follow it there.
    return sorted(merged.values(), key=lambda line: _place(line, lines))


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _place(line: BudgetLine, lines: Sequence[BudgetLine]) -> tuple[int, str, str]:
    order = [other.code.functional_group for other in lines if isinstance(other.code, ExpenditureCode)]
    if not isinstance(line.code, ExpenditureCode):
        return (len(order), "", "")
    return (order.index(line.code.functional_group), line.code.administrator, line.code.program)
