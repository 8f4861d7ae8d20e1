"""What the figures of the ratio rest on: the amounts of a year's budget, the formula and its source."""

from __future__ import annotations

from akimat_desk.budget.figures import SECTION_OF, Figure
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.ratio.formula import OWN_REVENUE_FIGURES
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.views import Denominator

TARGET_SOURCE = "source.self_sufficiency_targets"
_DIVIDED_BY = {
    Denominator.TOTAL_REVENUE: Figure.REVENUE_TOTAL,
    Denominator.COSTS: Figure.COSTS,
    Denominator.CURRENT_COSTS: Figure.COSTS,
}
# What is divided by is itself reckoned.
_RECKONED = {
    Variant.CURRENT_COSTS: "provenance.formula.current_costs",
    Variant.WITHOUT_TARGETED: "provenance.formula.without_targeted",
}


def ratio_grounds(document_id: int, year: int, variant: Variant) -> dict[str, Grounds]:
    """The grounds of each figure of a year's ratio, by its name in :class:`views.RatioYear`."""

    def at(figure: Figure) -> AmountAt:
        return AmountAt(document_id, year, SECTION_OF[figure], figure=figure)

    counted = {kind.value for kind in variant.counted_kinds}
    own = tuple(at(figure) for figure in OWN_REVENUE_FIGURES if figure.value in counted)
    divided = at(_DIVIDED_BY[variant.denominator])
    both = (*own, divided)
    tax_only = len(own) == 1
    gap = "provenance.formula.gap_grows" if variant.contains_own else "provenance.formula.gap_fixed"
    return {
        "own_revenue": Grounds(own, "" if tax_only else "provenance.formula.own_revenue"),
        "denominator_amount": Grounds((divided,), _RECKONED.get(variant, "")),
        "ratio_percent": Grounds(both, variant.formula_key),
        "target_percent": Grounds((), "provenance.formula.target", TARGET_SOURCE),
        "gap_points": Grounds(both, "provenance.formula.gap_points", TARGET_SOURCE),
        "gap": Grounds(both, gap, TARGET_SOURCE),
        "gap_if_total_fixed": Grounds(both, "provenance.formula.gap_fixed", TARGET_SOURCE),
    }
