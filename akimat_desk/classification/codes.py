"""The code of a budget line, as the classification writes it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache


class LineKind(StrEnum):
    """What a line *is*. Stored with the line: the digit of a category moved in 2026, the kind did not."""

    TAX = "tax"
    NONTAX = "nontax"
    CAPITAL_SALES = "capital_sales"
    SPECIAL_RECEIPTS = "special_receipts"
    TRANSFERS = "transfers"
    CREDIT_REPAYMENTS = "credit_repayments"
    FIN_ASSETS_SALE = "fin_assets_sale"
    LOANS_IN = "loans_in"
    BALANCES_USED = "balances_used"
    EXPENDITURE = "expenditure"
    BUDGET_CREDITS = "budget_credits"
    FIN_ASSETS_PURCHASE = "fin_assets_purchase"
    LOANS_REPAID = "loans_repaid"
    TOTAL = "total"
    UNKNOWN = "unknown"


#: The kinds that are a budget's own revenue.
OWN_KINDS = frozenset({LineKind.TAX, LineKind.NONTAX, LineKind.CAPITAL_SALES})


@dataclass(frozen=True, slots=True, order=True)
class RevenueCode:
    """A code of receipts: category (1 digit), class (2), subclass (1), specific (2). "" = not given."""

    category: str = ""
    class_: str = ""
    subclass: str = ""
    specific: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The given parts, from the outermost inwards."""
        return tuple(p for p in (self.category, self.class_, self.subclass, self.specific) if p)

    @property
    def level(self) -> int:
        """How deep the code goes: 0 (a total) to 4 (a specific)."""
        return len(self.parts)

    @property
    def parent(self) -> RevenueCode | None:
        """The code one level up; None for a category."""
        return RevenueCode(*self.parts[:-1]) if self.level > 1 else None

    def as_json(self) -> dict[str, str]:
        """The contract's shape; parts not given are left out."""
        names = ("category", "class", "subclass", "specific")
        return dict(zip(names, self.parts, strict=False))

    @property
    def stored(self) -> str:
        """The form kept in a database: "1/04/4"."""
        return "/".join(self.parts)

    @classmethod
    def from_stored(cls, text: str) -> RevenueCode:
        """The reverse of :attr:`stored`."""
        return cls(*text.split("/"))

    def __str__(self) -> str:
        return "/".join(self.parts)


@dataclass(frozen=True, slots=True, order=True)
class ExpenditureCode:
    """A code of costs: group (2), subgroup (1), administrator, program, subprogram, specific (3 digits)."""

    functional_group: str = ""
    subgroup: str = ""
    administrator: str = ""
    program: str = ""
    subprogram: str = ""
    specific: str = ""

    @property
    def level(self) -> int:
        """The depth of the innermost part given: 1 group … 4 program … 6 specific; 0 for a total."""
        parts = self._all
        return next((depth for depth in range(len(parts), 0, -1) if parts[depth - 1]), 0)

    @property
    def _all(self) -> tuple[str, ...]:
        """Every part, given or not, from the outermost inwards."""
        return (
            self.functional_group,
            self.subgroup,
            self.administrator,
            self.program,
            self.subprogram,
            self.specific,
        )

    @property
    def parent(self) -> ExpenditureCode | None:
        """The code with its innermost part taken away; None for a group.

        An annex may leave a level out (the oblast act of 2026 prints no subgroup): levels that the
        code does not give are passed over.
        """
        return _without_innermost(self)

    def as_json(self) -> dict[str, str]:
        """The contract's shape; parts not given are left out."""
        names = (part.name for part in fields(self))
        return {name: part for name, part in zip(names, self._all, strict=True) if part}

    @property
    def stored(self) -> str:
        """The form kept in a database, a level left out staying empty: "08//124/006"."""
        return "/".join(self._all).rstrip("/")

    @classmethod
    def from_stored(cls, text: str) -> ExpenditureCode:
        """The reverse of :attr:`stored`."""
        return cls(*text.split("/"))

    def __str__(self) -> str:
        return "/".join(part for part in self._all if part)


@lru_cache(maxsize=2**14)
def _without_innermost(code: ExpenditureCode) -> ExpenditureCode | None:
    # Asked for each line of each sum while a person types: the same few hundred codes again and again.
    parts = list(code._all)
    given = [at for at, part in enumerate(parts) if part]
    if len(given) <= 1:
        return None
    parts[given[-1]] = ""
    return ExpenditureCode(*parts)


Code = RevenueCode | ExpenditureCode
