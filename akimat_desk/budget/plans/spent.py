"""What has already been paid, obliged and received, month by month, as a plan's checks need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from akimat_desk.budget.plans.sheet import EMPTY, LineKey, Months


@dataclass(frozen=True, slots=True)
class Spent:
    """Amounts executed (tiyn) by line and month, known to the end of ``through`` (1–12; 0: nothing)."""

    through: int = 0
    lines: Mapping[LineKey, Months] = field(default_factory=dict)

    def to_month(self, key: LineKey, month: int) -> int:
        """What was executed from January to ``month``."""
        return sum(self.lines.get(key, EMPTY)[:month])
