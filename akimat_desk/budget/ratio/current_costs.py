"""Current costs: costs without capital costs and transfers upward (self_sufficiency.md §2, variant C).

Which programs count as capital is dated data that an office can change, not law.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from akimat_desk.budget.figures import Figure, Figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.core.resources import resource


@cache
def _excluded(year: int) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Groups and (group, program) pairs left out of current costs in ``year``."""
    data = json.loads(resource("targets", "current_costs.json").read_text("utf-8"))
    groups: set[str] = set()
    programs: set[tuple[str, str]] = set()
    for row in data["excluded"]:
        if row["valid_from"] <= year <= (row["valid_to"] or year):
            if row.get("program"):
                programs.add((row["functional_group"], row["program"]))
            else:
                groups.add(row["functional_group"])
    return frozenset(groups), frozenset(programs)


def current_costs(figures: Figures, lines: Iterable[BudgetLine], year: int) -> int | None:
    """Current costs in tiyn; None when costs are not stated or the budget has no expenditure lines."""
    costs = figures.get(Figure.COSTS)
    amounts = {
        line.code: line.amount
        for line in lines
        if isinstance(line.code, ExpenditureCode) and line.amount is not None
    }
    if costs is None or not amounts:
        return None
    groups, programs = _excluded(year)
    return costs - sum(amount for code, amount in amounts.items() if _is_excluded(code, groups, programs))


def is_left_out(code: ExpenditureCode, year: int) -> bool:
    """Whether a line, or the group or program it is part of, is no current cost."""
    groups, programs = _excluded(year)
    return code.functional_group in groups or (code.functional_group, code.program) in programs


def _is_excluded(code: ExpenditureCode, groups: frozenset[str], programs: frozenset[tuple[str, str]]) -> bool:
    """Whether a line is left out: a whole group, or a program of another group (not its parts)."""
    if code.functional_group in groups:
        return code.level == 1
    is_program = bool(code.program) and not code.subprogram and not code.specific
    return is_program and (code.functional_group, code.program) in programs
