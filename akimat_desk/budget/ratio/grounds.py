"""What the figures of the ratio rest on: amounts of budgets and forms, the formula and its source."""

from __future__ import annotations

from decimal import Decimal

from akimat_desk.budget.execution.forms import Measure
from akimat_desk.budget.figures import SECTION_OF, Figure, Section
from akimat_desk.budget.grounds import AmountAt, Assumed, FormAt, Grounds, Place, operand
from akimat_desk.budget.ratio.formula import OWN_REVENUE_FIGURES
from akimat_desk.budget.ratio.outlook import Outlook
from akimat_desk.budget.ratio.path import PathYear, Point
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import Contribution
from akimat_desk.budget.views import Denominator
from akimat_desk.classification.codes import RevenueCode
from akimat_desk.classification.packs import category_figure, pack_for

TARGET_SOURCE = "source.self_sufficiency_targets"
TARGET_GROUNDS = Grounds((), "provenance.formula.target", TARGET_SOURCE)
_DIVIDED_BY = {
    Denominator.TOTAL_REVENUE: Figure.REVENUE_TOTAL,
    Denominator.COSTS: Figure.COSTS,
    Denominator.CURRENT_COSTS: Figure.COSTS,
}
_WHY_RULE = "source.ratio_why"
_AHEAD_RULE = "source.ratio_outlook"
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
        "target_percent": TARGET_GROUNDS,
        "gap_points": Grounds(both, "provenance.formula.gap_points", TARGET_SOURCE),
        "gap": Grounds(both, gap, TARGET_SOURCE),
        "gap_if_total_fixed": Grounds(both, "provenance.formula.gap_fixed", TARGET_SOURCE),
    }


def point_grounds(point: Point | None, year: int, variant: Variant) -> dict[str, Grounds]:
    """The grounds of one ratio of a year: planned by its edition, executed by its forms."""
    if point is None:
        return {}
    if point.document_id is not None:
        return ratio_grounds(point.document_id, year, variant)
    kinds = variant.counted_kinds
    own: tuple[Place, ...] = tuple(
        FormAt(point.receipts, Section.REVENUE, entry.code.stored, Measure.RECEIVED)
        for entry in pack_for(year).top()
        if isinstance(entry.code, RevenueCode) and entry.kind in kinds
    )
    if variant.denominator is Denominator.TOTAL_REVENUE:
        divided = FormAt(point.receipts, Section.REVENUE, "", Measure.RECEIVED)
    else:
        divided = FormAt(point.expenses, Section.EXPENDITURE, "", Measure.PAID)
    return {
        "own_revenue": Grounds(own, "" if len(own) == 1 else "provenance.formula.own_revenue"),
        "denominator_amount": Grounds((divided,), _RECKONED.get(variant, "")),
        "ratio_percent": Grounds((*own, divided), variant.formula_key),
    }


def contribution_grounds(
    contribution: Contribution, editions: tuple[int | None, int | None], years: tuple[int, int]
) -> tuple[Grounds | None, Grounds | None, Grounds | None]:
    """What a line of the "why" rests on: its two amounts, and what it moved."""
    ends = [
        _line_at(contribution, code, edition, year)
        for code, edition, year in zip(contribution.codes, editions, years, strict=True)
    ]
    formula = "provenance.formula.rest_of_line" if contribution.rest else ""
    before, after = (None if place is None else Grounds((place,), formula) for place in ends)
    there = tuple(place for place in ends if place is not None)
    moved = Grounds(there, "provenance.formula.contribution", _WHY_RULE) if there else None
    return before, after, moved


def _line_at(contribution: Contribution, code: object, edition: int | None, year: int) -> AmountAt | None:
    if edition is None:
        return None
    if code is None:
        figure = category_figure(contribution.kind)
        total = Figure.COSTS if contribution.path[0] == "costs" else Figure.REVENUE_TOTAL
        at = Figure(figure) if figure is not None and len(contribution.path) > 1 else total
        return AmountAt(edition, year, SECTION_OF[at], figure=at)
    section = Section.REVENUE if isinstance(code, RevenueCode) else Section.EXPENDITURE
    return AmountAt(edition, year, section, getattr(code, "stored", ""))


def outlook_grounds(ahead: Outlook, base: PathYear, variant: Variant) -> dict[str, Grounds]:
    """What the estimated figures of the years ahead rest on, by their columns."""
    known = point_grounds(base.best, base.year, variant)
    if not known or base.best is None:
        return {}
    own = operand("report.analysis.head.own", known["own_revenue"], base.best.own)
    divided = operand("report.analysis.head.divided_by", known["denominator_amount"], base.best.divided_by)
    inflation = Assumed("provenance.assumed.inflation", _percent(ahead.inflation))
    growths = {"low": ahead.low_growth, "middle": ahead.own_growth, "high": ahead.high_growth}
    source = "history" if ahead.from_history else "chosen"
    growth = {
        name: Assumed(f"provenance.assumed.growth.{source}", _percent(value))
        for name, value in growths.items()
    }
    found = {
        "own": Grounds((own, growth["middle"]), "provenance.formula.outlook_own", _AHEAD_RULE),
        "divided_by": Grounds(
            (own, divided, growth["middle"], inflation), "provenance.formula.outlook_below", _AHEAD_RULE
        ),
    }
    for name, each in growth.items():
        places = (own, divided, each, inflation)
        found[name] = Grounds(places, "provenance.formula.outlook_ratio", _AHEAD_RULE)
    return found


def _percent(value: Decimal) -> str:
    return f"{value} %".replace(".", ",").replace("-", "\N{MINUS SIGN}")
