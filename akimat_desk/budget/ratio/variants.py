"""The formulas that are possible for the ratio (self_sufficiency.md §2); none of them is official.

A: own revenue ÷ total revenue; A′: the same without targeted transfers; B: ÷ costs; C: ÷ current
costs; D: A or B with tax revenue only. The formula is printed beside every figure.
"""

from __future__ import annotations

from enum import StrEnum

from akimat_desk.budget.views import Denominator
from akimat_desk.classification.codes import LineKind

#: What own revenue is made of; special receipts, transfers, loans and balances stay outside.
OWN_KINDS = frozenset({LineKind.TAX, LineKind.NONTAX, LineKind.CAPITAL_SALES})


class Variant(StrEnum):
    """A formula of the ratio; the first three bear the names of the contract's denominators."""

    TOTAL_REVENUE = "total_revenue"  # A
    WITHOUT_TARGETED = "without_targeted"  # A′
    COSTS = "costs"  # B
    CURRENT_COSTS = "current_costs"  # C
    TAX_OF_REVENUE = "tax_of_revenue"  # D of A
    TAX_OF_COSTS = "tax_of_costs"  # D of B

    @property
    def formula_key(self) -> str:
        """The catalogue key of the formula in words."""
        return f"ratio.formula.{self.value}"

    @property
    def contains_own(self) -> bool:
        """Whether own revenue is part of what it is divided by, so that both grow together."""
        return self in (Variant.TOTAL_REVENUE, Variant.WITHOUT_TARGETED, Variant.TAX_OF_REVENUE)

    @property
    def counted_kinds(self) -> frozenset[LineKind]:
        """The kinds of lines above the stroke."""
        tax_only = self in (Variant.TAX_OF_REVENUE, Variant.TAX_OF_COSTS)
        return frozenset({LineKind.TAX}) if tax_only else OWN_KINDS

    @property
    def denominator(self) -> Denominator:
        """The contract's name of what stands below the stroke (A′: total revenue, less a part of it)."""
        if self in (Variant.COSTS, Variant.TAX_OF_COSTS):
            return Denominator.COSTS
        return Denominator.CURRENT_COSTS if self is Variant.CURRENT_COSTS else Denominator.TOTAL_REVENUE
