"""Do the figures of a budget add up? The identities of its structure (Budget Code art. 9).

Revenue is the sum of its parts; net lending is credits less repayments; the balance of financial
assets is purchases less sales; the deficit (negative) or surplus is revenue less costs, net lending
and that balance; financing is its opposite and the sum of loans received less repaid and balances
used. A figure that a text leaves out counts as zero where the text runs past its place; what lies
behind the text's end is not judged. ``difference`` of every finding is *printed less computed*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Figures, Section
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.strings import Message, Thousands

STRUCTURE_SOURCE = "source.bc_9"

_ORDER = {figure: number for number, figure in enumerate(Figure)}
_SECTION_OF_TOTAL = {figure: section for section, figure in SECTION_TOTAL.items()}


@dataclass(frozen=True, slots=True)
class Identity:
    """``figure`` must equal the sum of ``plus`` less the sum of ``minus``.

    ``needs`` are the figures without which nothing can be said; the others count as zero when the
    text left them out.
    """

    code: str
    figure: Figure
    plus: tuple[Figure, ...]
    minus: tuple[Figure, ...] = ()
    needs: tuple[Figure, ...] = ()

    @property
    def parts(self) -> tuple[Figure, ...]:
        """Every figure on the right-hand side."""
        return self.plus + self.minus

    @property
    def last(self) -> Figure:
        """The figure that a text must reach for the identity to be judged."""
        return max((self.figure, *self.parts), key=_ORDER.__getitem__)

    def difference(self, figures: Figures) -> int:
        """Printed less computed, in tiyn; figures that are not stated count as zero."""
        computed = sum(figures.get(part) or 0 for part in self.plus)
        computed -= sum(figures.get(part) or 0 for part in self.minus)
        return (figures.get(self.figure) or 0) - computed


IDENTITIES = (
    Identity(
        "balance.revenue",
        Figure.REVENUE_TOTAL,
        (Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES, Figure.SPECIAL_RECEIPTS, Figure.TRANSFERS),
        needs=(Figure.REVENUE_TOTAL,),
    ),
    Identity(
        "balance.net_lending", Figure.NET_LENDING, (Figure.BUDGET_CREDITS,), (Figure.CREDIT_REPAYMENTS,)
    ),
    Identity(
        "balance.fin_assets",
        Figure.FIN_ASSETS_BALANCE,
        (Figure.FIN_ASSETS_PURCHASE,),
        (Figure.FIN_ASSETS_SALE,),
    ),
    Identity(
        "balance.deficit",
        Figure.DEFICIT,
        (Figure.REVENUE_TOTAL,),
        (Figure.COSTS, Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE),
        needs=(Figure.REVENUE_TOTAL, Figure.COSTS),
    ),
    Identity("balance.financing", Figure.DEFICIT_FINANCING, (), (Figure.DEFICIT,)),
    Identity(
        "balance.sources",
        Figure.DEFICIT_FINANCING,
        (Figure.LOANS_IN, Figure.BALANCES_USED),
        (Figure.LOANS_REPAID,),
    ),
)


def last_stated(figures: Figures) -> Figure | None:
    """The last figure of the structure that has an amount."""
    return max(
        (f for f, amount in figures.items() if amount is not None), key=_ORDER.__getitem__, default=None
    )


def reached(figure: Figure, last_figure: Figure | None) -> bool:
    """Whether a text that ends with ``last_figure`` runs to or past the place of ``figure``."""
    return last_figure is not None and _ORDER[figure] <= _ORDER[last_figure]


def judgeable(
    figures: Figures,
    last_figure: Figure | None,
    unreadable: Collection[Figure] = (),
    restated: Collection[Section] | None = None,
) -> Iterator[Identity]:
    """The identities that can be judged on these figures.

    ``unreadable`` figures were printed but make no number: nothing is said about them.
    ``restated`` is for an amendment that changes only some figures: what it leaves out stands in the
    decision before it and is not zero. It names the sections that stand there wholly, as a restated
    sub-point does with its parts; any other identity needs every one of its figures.
    """
    for identity in IDENTITIES:
        everything = (identity.figure, *identity.parts)
        if any(figure in unreadable for figure in everything):
            continue
        if any(figures.get(figure) is None for figure in identity.needs):
            continue
        if restated is not None:
            if not _stands_there(identity, figures, restated):
                continue
        elif not reached(identity.last, last_figure):
            continue
        yield identity


def _stands_there(identity: Identity, figures: Figures, restated: Collection[Section]) -> bool:
    """Whether an amendment states all that an identity is about."""
    stated = [part for part in identity.parts if figures.get(part) is not None]
    if figures.get(identity.figure) is None or not stated:
        return False
    section = _SECTION_OF_TOTAL[identity.figure]
    inside = set(identity.parts) <= set(SECTION_PARTS[section])
    return len(stated) == len(identity.parts) or (inside and section in restated)


def check_figures(
    figures: Figures,
    last_figure: Figure | None,
    place: Place,
    unreadable: Collection[Figure] = (),
    restated: Collection[Section] | None = None,
) -> list[Finding]:
    """Every identity that can be judged (see :func:`judgeable`) and does not hold, as an error with its
    difference."""
    findings = []
    for identity in judgeable(figures, last_figure, unreadable, restated):
        difference = identity.difference(figures)
        if difference:
            printed = figures.get(identity.figure) or 0
            findings.append(
                Finding(
                    identity.code,
                    Severity.ERROR,
                    {
                        "printed": Thousands(printed),
                        "computed": Thousands(printed - difference),
                        "difference": Thousands(difference),
                    },
                    source=STRUCTURE_SOURCE,
                    where=replace(place, figure=identity.figure.value),
                    difference=difference,
                )
            )
    return findings


def check_step(figures: Figures, place: Place) -> list[Finding]:
    """Amounts that are no multiple of 0.1 thousand tenge, the step in which budgets are adopted."""
    findings = []
    for figure, amount in figures.items():
        if amount is not None and amount % DECISION_STEP:
            findings.append(
                step_finding(amount, replace(place, figure=figure.value), f"figure.{figure.value}")
            )
    return findings


def step_finding(amount: int, where: Place, name_key: str) -> Finding:
    """The remark about one amount that is finer than 0.1 thousand tenge."""
    return Finding(
        "balance.step",
        Severity.WARNING,
        {"name": Message(name_key), "amount": Thousands(amount)},
        source="source.decision_step",
        where=where,
        difference=None,
    )
