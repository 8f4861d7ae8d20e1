"""An okrug's own lines as people speak of them: which can grow, and what things stand behind them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from akimat_desk.budget.figures import Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.parts import Budget, Node, named, walk
from akimat_desk.budget.ratio.variants import OWN_KINDS
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of own revenue with its amount in tiyn."""

    code: RevenueCode
    name: Trilingual
    kind: LineKind
    amount: int

    @property
    def key(self) -> str:
        """Its name inside a budget: the stored code."""
        return self.code.stored


@cache
def _things() -> tuple[tuple[tuple[str, ...], str], ...]:
    data = json.loads(resource("targets", "things.json").read_text("utf-8"))
    found = [(tuple(row["code"].split("/")), str(row["thing"])) for row in data["things"]]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def thing_of(code: RevenueCode) -> str | None:
    """What an akim counts behind a line ("vehicle", "land_lease"): the end of ``ratio.thing.*`` keys."""
    return next((thing for start, thing in _things() if code.parts[: len(start)] == start), None)


def own_lines(budget: Budget, year: int) -> list[OwnLine]:
    """The deepest lines of own revenue in the budget, in the order of the classification."""
    found: dict[RevenueCode, OwnLine] = {}
    for node in walk(budget.revenue):
        if node.kind not in OWN_KINDS or node.path == budget.revenue.path:
            continue
        code = _code_of(node, year)
        if code is not None and code not in found:
            amount = node.direct if node.children else node.total
            found[code] = OwnLine(code, named(code, node.name, year), node.kind, amount)
    return sorted(found.values(), key=lambda line: line.code.parts)


def _code_of(node: Node, year: int) -> RevenueCode | None:
    if isinstance(node.code, RevenueCode):
        return node.code
    if len(node.path) == 2:  # a category of which only the text speaks
        return next(
            (
                entry.code
                for entry in pack_for(year).revenue
                if entry.code.level == 1 and entry.kind is node.kind and isinstance(entry.code, RevenueCode)
            ),
            None,
        )
    return None


def line_asked(written: str, budget: Budget, lines: Sequence[BudgetLine], year: int) -> OwnLine:
    """The line that a person names by its code: "1/04/4", "1044" or "1 04 4".

    It may stand above others (then all below it is meant) or not be in the budget yet (nil).
    Raises UsageProblem for a code that is no line of own revenue.
    """
    code = _parse(written)
    entry = pack_for(year).lookup(code) if code is not None else None
    printed = next((line for line in lines if line.section is Section.REVENUE and line.code == code), None)
    kind = printed.kind if printed is not None else entry.kind if entry is not None else None
    if code is None or kind not in OWN_KINDS:
        listed = ", ".join(line.key for line in own_lines(budget, year)) or "–"
        raise UsageProblem("error.ratio.line_unknown", written=written, lines=listed)
    amount = printed.amount if printed is not None and printed.amount is not None else None
    if amount is None:
        amount = next((line.amount for line in own_lines(budget, year) if line.code == code), 0)
    return OwnLine(code, named(code, printed.name if printed else Trilingual(), year), kind, amount)


def _parse(written: str) -> RevenueCode | None:
    text = written.strip()
    if "/" in text or " " in text:
        parts = [part for part in text.replace("/", " ").split() if part]
    else:
        parts = [part for part in (text[:1], text[1:3], text[3:4], text[4:6]) if part]
    lengths = (1, 2, 1, 2)
    if not parts or len(parts) > 4 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if any(len(part) != size for part, size in zip(parts, lengths, strict=False)):
        return None
    return RevenueCode(*parts)
