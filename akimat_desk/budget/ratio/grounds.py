"""What the figures of the ratio rest on: the amounts of a year's budget, the formula and its source."""

from __future__ import annotations

from akimat_desk.budget.figures import SECTION_OF, Figure
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.ratio.formula import OWN_REVENUE_FIGURES
from akimat_desk.budget.views import Denominator, RatioYear

TARGET_SOURCE = "source.self_sufficiency_targets"
_DIVIDED_BY = {
    Denominator.TOTAL_REVENUE: Figure.REVENUE_TOTAL,
    Denominator.COSTS: Figure.COSTS,
    Denominator.CURRENT_COSTS: Figure.COSTS,
}


def ratio_grounds(row: RatioYear, denominator: Denominator) -> dict[str, Grounds]:
    """The grounds of each figure of a year, by its name in :class:`RatioYear`; none without a document."""
    if row.document_id is None:
        return {}

    def at(figure: Figure) -> AmountAt:
        assert row.document_id is not None
        return AmountAt(row.document_id, row.year, SECTION_OF[figure], figure=figure)

    own = tuple(at(figure) for figure in OWN_REVENUE_FIGURES)
    divided = at(_DIVIDED_BY[denominator])
    current = denominator is Denominator.CURRENT_COSTS
    both = (*own, divided)
    return {
        "own_revenue": Grounds(own, "provenance.formula.own_revenue"),
        "denominator_amount": Grounds((divided,), "provenance.formula.current_costs" if current else ""),
        "ratio_percent": Grounds(both, f"ratio.formula.{denominator.value}"),
        "target_percent": Grounds((), "provenance.formula.target", TARGET_SOURCE),
        "gap_points": Grounds(both, "provenance.formula.gap_points", TARGET_SOURCE),
        "gap": Grounds(both, f"provenance.formula.gap_{denominator.value}", TARGET_SOURCE),
        "gap_if_total_fixed": Grounds(both, "provenance.formula.gap_fixed", TARGET_SOURCE),
    }
