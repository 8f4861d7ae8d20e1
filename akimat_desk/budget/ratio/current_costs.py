"""Current costs: costs without capital costs and transfers upward (self_sufficiency.md §2, variant C).

Which programs count as capital is dated data that an office can change, not law.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from akimat_desk.budget.figures import Figures, Section
from akimat_desk.budget.figures import Figure as F
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
    costs = figures.get(F.COSTS)
    expenditure = [
        line
        for line in lines
        if line.section is Section.EXPENDITURE and isinstance(line.code, ExpenditureCode) and line.amount
    ]
    if costs is None or not expenditure:
        return None
    groups, programs = _excluded(year)
    excluded = 0
    for line in expenditure:
        code = line.code
        assert isinstance(code, ExpenditureCode)
        is_group = code.level == 1
        is_program = bool(code.program) and not code.subprogram and not code.specific
        if (is_group and code.functional_group in groups) or (
            is_program
            and code.functional_group not in groups
            and (code.functional_group, code.program) in programs
        ):
            excluded += line.amount or 0
    return costs - excluded
