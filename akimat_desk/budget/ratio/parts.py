"""A budget taken apart into the lines that the ratio rests on: pure, exact, no database.

Every tiyn of total revenue and of costs stands in exactly one place of a tree: a line that others
break down holds only what they leave over (usually nothing). Two budgets of different depth or year
can then be laid over each other: receipts start from what a category *is* (its number moved in 2026)
and are followed along the «became» links; programs are found whatever subgroup is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from akimat_desk.budget.figures import SECTION_PARTS, Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.current_costs import is_left_out
from akimat_desk.budget.ratio.targeted import is_targeted
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import became, pack_for
from akimat_desk.core.language import Trilingual

Steps = tuple[str, ...]

#: Ends the path of what targeted transfers are known to be where lines do not say it.
TARGETED, NOT_TARGETED = "targeted", "not_targeted"
_GONE = "@"  # marks a part of a code that the other year does not have


@dataclass(slots=True)
class Node:
    """A place in the tree. ``direct`` is what no line below accounts for, in tiyn."""

    path: Steps
    direct: int = 0
    children: dict[str, Node] = field(default_factory=dict)
    code: Code | None = None
    name: Trilingual = field(default_factory=Trilingual)
    kind: LineKind = LineKind.UNKNOWN
    left_out: bool = False  # of current costs: capital, or transfers upward
    targeted: bool = False

    @property
    def total(self) -> int:
        """The amount of the line with all below it."""
        return self.direct + sum(child.total for child in self.children.values())

    @property
    def broken_down(self) -> bool:
        """Whether lines below say more. A nil line without any says all there is to say."""
        return bool(self.children) or not self.direct


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget as the ratio sees it. ``has_lines`` is False where only the text is known."""

    year: int
    revenue: Node
    costs: Node | None  # None where costs are not stated
    has_cost_lines: bool
    targeted: int | None  # of all transfers, the targeted ones; None where nobody says
    figures: Figures
    own_known: bool = True


def take_apart(
    figures: Figures,
    lines: Iterable[BudgetLine],
    year: int,
    *,
    as_year: int | None = None,
    targeted: int | None = None,
) -> Budget:
    """The tree of a budget of ``year``, its codes written as those of ``as_year``.

    ``targeted`` is the sum of targeted transfers where an office knows it; without it the lines
    answer, if they say which transfers are targeted.
    """
    to_year = as_year or year
    there = [line for line in lines if line.code is not None and line.amount is not None]
    receipts = [line for line in there if isinstance(line.code, RevenueCode)]
    revenue = Node(("revenue",))
    inside = [line for line in receipts if line.section is Section.REVENUE]
    for line, amount in _direct(inside):
        code = line.code
        if isinstance(code, RevenueCode):
            _put(revenue, _revenue_path(code, line.kind, year, to_year), line, amount, year)
    own_known = _settle_revenue(revenue, figures)
    spending = [
        line
        for line in there
        if isinstance(line.code, ExpenditureCode) and line.section is Section.EXPENDITURE
    ]
    costs = _costs(spending, figures, year)
    by_lines = _targeted_lines(revenue)
    if targeted is not None and by_lines is None:
        _split_transfers(revenue, targeted)
    return Budget(
        year,
        revenue,
        costs,
        bool(spending),
        by_lines if by_lines is not None else targeted,
        dict(figures),
        own_known,
    )


# --- the tree of one budget ---------------------------------------------------------------------


def _direct(lines: list[BudgetLine]) -> Iterator[tuple[BudgetLine, int]]:
    """Each line with what the lines right below it leave over."""
    codes = {line.code for line in lines}
    below: dict[Code, int] = {}
    for line in lines:
        above = line.code.parent if line.code is not None else None
        while above is not None and above not in codes:
            above = above.parent
        if above is not None:
            below[above] = below.get(above, 0) + (line.amount or 0)
    seen: set[Code] = set()
    for line in lines:
        if line.code is None or line.code in seen:
            # The same code printed twice: its parts were counted once already.
            yield line, line.amount or 0
            continue
        seen.add(line.code)
        yield line, (line.amount or 0) - below.get(line.code, 0)


def _put(root: Node, path: Steps, line: BudgetLine, amount: int, year: int) -> None:
    node = root
    for depth, part in enumerate(path, start=1):
        if part not in node.children:
            node.children[part] = Node((*root.path, *path[:depth]), kind=line.kind)
        node = node.children[part]
    node.direct += amount
    if node.code is not None:
        return  # a subgroup, which shares the place of its group
    node.code, node.name, node.kind = line.code, line.name, line.kind
    if isinstance(line.code, ExpenditureCode):
        node.left_out = is_left_out(line.code, year)
    elif isinstance(line.code, RevenueCode):
        node.targeted = is_targeted(line.code, year)


def _revenue_path(code: RevenueCode, kind: LineKind, year: int, to_year: int) -> Steps:
    """From what the category is down to the line, in the codes of ``to_year``."""
    path = [kind.value]
    for depth in range(2, code.level + 1):
        above = RevenueCode(*code.parts[:depth])
        moved = became(above, year, to_year) if year != to_year else above
        if isinstance(moved, RevenueCode) and moved.level == depth:
            path.append(moved.parts[-1])
        else:
            path.append(f"{code.parts[depth - 1]}{_GONE}{year}")
    return tuple(path)


def _costs_path(code: ExpenditureCode) -> Steps:
    """Group, administrator and program: an act may print the subgroup or leave it out."""
    parts = (code.functional_group, code.administrator, code.program, code.subprogram, code.specific)
    return tuple(part for part in parts if part)


def _settle_revenue(revenue: Node, figures: Figures) -> bool:
    """Make every category, and the whole, what the budget's figures say. Whether own revenue is known."""
    for figure in SECTION_PARTS[Section.REVENUE]:
        stated = figures.get(figure)
        node = revenue.children.get(figure.value)
        if stated is None:
            continue
        if node is None:
            node = Node((*revenue.path, figure.value))
            revenue.children[figure.value] = node
        node.kind = LineKind(figure.value)
        node.direct += stated - node.total
    total = figures.get(Figure.REVENUE_TOTAL)
    if total is not None:
        revenue.direct += total - revenue.total
    categories = revenue.children.keys()
    own = {Figure.TAX.value, Figure.NONTAX.value, Figure.CAPITAL_SALES.value}
    return bool(own & categories) or (total is not None and total == figures.get(Figure.TRANSFERS))


def _costs(lines: list[BudgetLine], figures: Figures, year: int) -> Node | None:
    total = figures.get(Figure.COSTS)
    if total is None and not lines:
        return None
    costs = Node(("costs",), kind=LineKind.EXPENDITURE)
    for line, amount in _direct(lines):
        code = line.code
        if not isinstance(code, ExpenditureCode):
            continue
        if not amount and not code.program and len(_costs_path(code)) > 1:
            continue  # an administrator or subgroup that its programs account for wholly
        _put(costs, _costs_path(code), line, amount, year)
    if total is not None:
        costs.direct += total - costs.total
    return costs


def _targeted_lines(revenue: Node) -> int | None:
    """The targeted transfers by the lines; None where transfers are not broken down that far."""
    transfers = revenue.children.get(LineKind.TRANSFERS.value)
    if transfers is None or not transfers.total:
        return 0
    leaves = list(walk(transfers))
    if not any(node.targeted for node in leaves):
        deep = [node for node in leaves if isinstance(node.code, RevenueCode) and node.code.specific]
        # Every tenge of them has a specific and none is a targeted one: a subvention, say.
        return 0 if deep and sum(node.direct for node in deep) == transfers.total else None
    return sum(node.direct for node in leaves if node.targeted)


def _split_transfers(revenue: Node, targeted: int) -> None:
    """Put what an office knows of targeted transfers in place of transfers that nobody broke down."""
    node = revenue.children.get(LineKind.TRANSFERS.value)
    if node is None:
        return
    whole = node.total
    kept = min(max(targeted, 0), whole)
    node.direct, node.children = 0, {}
    for part, amount in ((TARGETED, kept), (NOT_TARGETED, whole - kept)):
        node.children[part] = Node(
            (*node.path, part), direct=amount, kind=LineKind.TRANSFERS, targeted=part == TARGETED
        )


def walk(node: Node) -> Iterator[Node]:
    """Every place at and below a node that holds an amount of its own."""
    if node.direct or not node.children:
        yield node
    for child in node.children.values():
        yield from walk(child)


# --- what counts in a formula -------------------------------------------------------------------


def counts_above(node: Node, variant: Variant) -> bool:
    """Whether a place counts above the stroke."""
    return node.path[0] == "revenue" and node.kind in variant.counted_kinds


def counts_below(node: Node, variant: Variant) -> bool:
    """Whether a place counts below the stroke."""
    if node.path[0] == "revenue":
        if not variant.contains_own:
            return False
        return not (variant is Variant.WITHOUT_TARGETED and node.targeted)
    if variant.contains_own:
        return False
    return not (variant is Variant.CURRENT_COSTS and node.left_out)


def above(budget: Budget, variant: Variant) -> int | None:
    """The numerator in tiyn; None where the budget does not state it."""
    if not budget.own_known:
        return None
    return sum(node.direct for node in walk(budget.revenue) if counts_above(node, variant))


def below(budget: Budget, variant: Variant) -> int | None:
    """The denominator in tiyn; None where the budget does not state it."""
    if variant.contains_own:
        if budget.figures.get(Figure.REVENUE_TOTAL) is None:
            return None
        if variant is Variant.WITHOUT_TARGETED and budget.targeted is None:
            return None
        return sum(node.direct for node in walk(budget.revenue) if counts_below(node, variant))
    if budget.costs is None or (variant is Variant.CURRENT_COSTS and not budget.has_cost_lines):
        return None
    return sum(node.direct for node in walk(budget.costs) if counts_below(node, variant))


Counts = Callable[[Node, Variant], bool]


# --- two budgets over each other ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """The same line in two budgets, at the depth that both have. ``rest`` is what no line explains.

    ``codes`` are the line's own code in either budget, as its year has it.
    """

    path: Steps
    code: Code | None
    name: Trilingual
    kind: LineKind
    before: int
    after: int
    above: tuple[int, int]  # of it, what counts above the stroke: before, after
    below: tuple[int, int]
    rest: bool = False
    codes: tuple[Code | None, Code | None] = (None, None)


def pairs(before: Budget, after: Budget, variant: Variant) -> list[Pair]:
    """Every line of either budget that counts in a formula, the two amounts beside each other."""
    if variant.contains_own:
        return list(_paired(before.revenue, after.revenue, variant))
    own = [
        pair
        for pair in _paired(before.revenue, after.revenue, variant)
        if any(pair.above) or pair.kind in variant.counted_kinds
    ]
    empty = Node(("costs",), kind=LineKind.EXPENDITURE)
    return [*own, *_paired(before.costs or empty, after.costs or empty, variant)]


def _paired(before: Node, after: Node, variant: Variant) -> Iterator[Pair]:
    if not (before.broken_down and after.broken_down):
        yield _pair(before, after, variant)
        return
    if before.direct or after.direct:
        alone = (Node(before.path, before.direct), Node(after.path, after.direct))
        for made, real in zip(alone, (before, after), strict=True):
            made.code, made.name, made.kind = real.code, real.name, real.kind
            made.left_out, made.targeted = real.left_out, real.targeted
        yield _pair(*alone, variant, rest=True)
    for part in dict.fromkeys((*after.children, *before.children)):
        mine, other = before.children.get(part), after.children.get(part)
        yield from _paired(mine or _nil(other), other or _nil(mine), variant)


def _nil(like: Node | None) -> Node:
    """A line that the other budget does not have: nil there (decisions drop empty lines)."""
    assert like is not None
    return Node(like.path, code=like.code, name=like.name, kind=like.kind)


def _pair(before: Node, after: Node, variant: Variant, rest: bool = False) -> Pair:
    real = after if after.code is not None or before.code is None else before
    kind = after.kind if after.kind is not LineKind.UNKNOWN else before.kind
    return Pair(
        path=real.path,
        code=real.code,
        name=real.name or before.name,
        kind=kind,
        before=before.total,
        after=after.total,
        above=(_sum(before, variant, counts_above), _sum(after, variant, counts_above)),
        below=(_sum(before, variant, counts_below), _sum(after, variant, counts_below)),
        rest=rest,
        codes=(before.code, after.code),
    )


def _sum(node: Node, variant: Variant, counts: Counts) -> int:
    return sum(each.direct for each in walk(node) if counts(each, variant))


def named(code: Code | None, printed: Trilingual, year: int) -> Trilingual:
    """The official name of a line in a year's classification, else what the budget calls it."""
    entry = pack_for(year).lookup(code) if code is not None else None
    return entry.name if entry is not None else printed
