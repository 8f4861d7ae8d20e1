"""The balance of a draft's year at this moment, for the eye of the one who types."""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.drafts import rules
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.figures import Figure


@dataclass(frozen=True, slots=True)
class BalanceNow:
    """Sections I–VI of a year in tiyn. ``missing`` is what the sources lack to cover the deficit
    (negative: they are too much); ``closes`` None as long as revenue or costs are not stated."""

    revenue: int | None
    costs: int | None
    net_lending: int | None
    fin_assets: int | None
    deficit: int | None
    sources: int | None
    missing: int | None

    @property
    def closes(self) -> bool | None:
        """Whether nothing is missing."""
        return None if self.missing is None else self.missing == 0


def balance_now(sheet: DraftSheet, index: int) -> BalanceNow:
    """The balance of a year (by its index)."""
    figures = sheet.figures(index)
    return BalanceNow(
        figures[Figure.REVENUE_TOTAL],
        figures[Figure.COSTS],
        figures[Figure.NET_LENDING],
        figures[Figure.FIN_ASSETS_BALANCE],
        figures[Figure.DEFICIT],
        rules.sources(figures),
        rules.missing(figures),
    )
