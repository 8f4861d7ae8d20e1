"""Why the ratio changed: contributions add up, whatever the budgets look like."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.parts import above, below, pairs, take_apart
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import LawNote, explain, gather
from akimat_desk.budget.ratio.words import why_sentences
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain

Stated = dict[str, int]  # stored code → tiyn


def _kind(code: RevenueCode, year: int) -> LineKind:
    names = {"1": LineKind.TAX, "2": LineKind.NONTAX, "3": LineKind.CAPITAL_SALES}
    moved = (
        {"4": LineKind.TRANSFERS}
        if year < 2026
        else {"4": LineKind.SPECIAL_RECEIPTS, "5": LineKind.TRANSFERS}
    )
    return (names | moved)[code.category]


def budget(year: int, receipts: Stated, costs: Stated) -> tuple[Figures, list[BudgetLine]]:
    """Figures and lines of a budget from its deepest lines; every parent is printed too."""
    figures, lines = no_figures(), []
    sums: dict[Code, int] = {}
    for section, stated, read in (
        (Section.REVENUE, receipts, RevenueCode.from_stored),
        (Section.EXPENDITURE, costs, ExpenditureCode.from_stored),
    ):
        for stored, amount in stated.items():
            code: Code | None = read(stored)
            while code is not None:
                sums[code] = sums.get(code, 0) + amount
                code = code.parent
        for code, amount in sums.items():
            if isinstance(code, RevenueCode) is not (section is Section.REVENUE):
                continue
            kind = _kind(code, year) if isinstance(code, RevenueCode) else LineKind.EXPENDITURE
            lines.append(BudgetLine(section, code, Trilingual(ru=str(code)), amount, kind))
            if isinstance(code, RevenueCode) and code.level == 1:
                figures[Figure(kind.value)] = amount
    figures[Figure.REVENUE_TOTAL] = sum(receipts.values())
    figures[Figure.COSTS] = sum(costs.values())
    return figures, lines


_RECEIPTS = ("1/01/2", "1/04/1", "1/04/3", "1/04/4", "1/05/3", "2/01/5", "3/03/1", "3/03/2")
_COSTS = ("01/1/124/001", "01/1/124/022", "07/3/124/008", "07/3/124/011", "08/1/124/006", "15/1/124/048")
amounts = st.integers(0, 10**9).map(lambda tenths: tenths * 10_000)


@st.composite
def budgets(draw: st.DrawFn, year: int) -> tuple[Figures, list[BudgetLine]]:
    transfers = "4/02/3" if year < 2026 else "5/02/3"
    old = ("1/04/5",) if year < 2026 else ()
    receipts = draw(st.dictionaries(st.sampled_from((*_RECEIPTS, *old)), amounts, min_size=1))
    receipts[transfers] = draw(amounts.map(lambda amount: amount + 10_000))
    costs = draw(st.dictionaries(st.sampled_from(_COSTS), amounts.map(lambda a: a + 10_000), min_size=1))
    return budget(year, receipts, costs)


@settings(max_examples=150, deadline=None)
@given(budgets(2025), budgets(2026), st.sampled_from(list(Variant)))
def test_contributions_add_up_to_the_change(
    old: tuple[Figures, list[BudgetLine]], new: tuple[Figures, list[BudgetLine]], variant: Variant
) -> None:
    before = take_apart(*old, 2025, as_year=2026, targeted=0)
    after = take_apart(*new, 2026, targeted=0)
    why = explain(before, after, variant)
    own = (above(before, variant), above(after, variant))
    under = (below(before, variant), below(after, variant))
    if why is None:
        assert not all(under)
        return
    assert all(own[i] is not None for i in (0, 1))
    exact = Fraction(own[1] or 0, under[1] or 1) - Fraction(own[0] or 0, under[0] or 1)
    assert sum(each.exact for each in why.contributions) == exact * 100
    assert sum(each.hundredths for each in why.contributions) == why.hundredths
    shown, rest, count = gather(why.contributions, 3)
    assert sum(each.hundredths for each in shown) + rest == why.hundredths
    assert len(shown) + count == len(why.contributions)


@given(budgets(2026), st.sampled_from(list(Variant)))
def test_a_budget_beside_itself_moves_nothing(
    made: tuple[Figures, list[BudgetLine]], variant: Variant
) -> None:
    one = take_apart(*made, 2026, targeted=0)
    why = explain(one, one, variant)
    assert why is None or why.contributions == ()


@given(budgets(2025), budgets(2026))
def test_every_tiyn_stands_in_one_pair(
    old: tuple[Figures, list[BudgetLine]], new: tuple[Figures, list[BudgetLine]]
) -> None:
    before, after = take_apart(*old, 2025, as_year=2026), take_apart(*new, 2026)
    beside = pairs(before, after, Variant.TOTAL_REVENUE)
    assert sum(pair.before for pair in beside) == old[0][Figure.REVENUE_TOTAL]
    assert sum(pair.after for pair in beside) == new[0][Figure.REVENUE_TOTAL]


def test_followed_by_hand() -> None:
    """Own 20 of 100 becomes 30 of 120: land tax +10, transfers +10.

    Half of (1/100 + 1/120) is 11/1200; ½·(20 + 30)/(100·120) is 1/480. Land tax: 10·11/1200 − 10/480
    = 7.0833 points, transfers: −10/480 = −2.0833; together 5.00, from 20.00 to 25.00.
    """
    old = budget(2026, {"1/04/3": from_plain("20"), "5/02/3": from_plain("80")}, {})
    new = budget(2026, {"1/04/3": from_plain("30"), "5/02/3": from_plain("90")}, {})
    why = explain(take_apart(*old, 2026), take_apart(*new, 2026), Variant.TOTAL_REVENUE)
    assert why is not None
    assert [(str(each.code), each.hundredths) for each in why.contributions] == [
        ("1/04/3", 708),
        ("5/02/3", -208),
    ]
    assert (why.before.hundredths, why.after.hundredths, why.hundredths) == (2000, 2500, 500)


def test_what_rounding_leaves_goes_to_the_largest_line() -> None:
    names = ("1/01/2", "1/04/1", "1/04/3")
    old = budget(2026, dict.fromkeys(names, 10000 * 100) | {"5/02/3": 10_000 * 900}, {})
    new = budget(
        2026, {name: 10_000 * (101 + i) for i, name in enumerate(names)} | {"5/02/3": 10_000 * 900}, {}
    )
    why = explain(take_apart(*old, 2026), take_apart(*new, 2026), Variant.TOTAL_REVENUE)
    assert why is not None
    assert str(why.contributions[0].code) == "1/04/3"
    assert sum(each.hundredths for each in why.contributions) == why.hundredths


def test_codes_are_brought_together_over_the_change_of_2026() -> None:
    """Transfers moved from 4 to 5, single land tax ended: neither is a line that came or went by itself."""
    old = budget(
        2025, {"1/04/4": 500_000, "1/04/5": 200_000, "4/02/3": 4_000_000}, {"01/1/124/001": 4_700_000}
    )
    new = budget(2026, {"1/04/4": 700_000, "5/02/3": 4_100_000}, {"01//124/001": 4_800_000})
    before, after = take_apart(*old, 2025, as_year=2026), take_apart(*new, 2026)
    why = explain(before, after, Variant.TOTAL_REVENUE)
    assert why is not None
    by_code = {str(each.code): each for each in why.contributions}
    assert (by_code["5/02/3"].before, by_code["5/02/3"].after) == (4_000_000, 4_100_000)
    assert by_code["1/04/5"].law is LawNote.ENDED
    assert by_code["1/04/4"].law is None
    for language in Language:
        said = " ".join(why_sentences(why, language))
        assert by_code["1/04/5"].name.text(language) in said
    # A program is found whether its subgroup is printed or not.
    costs = explain(before, after, Variant.COSTS)
    assert costs is not None
    program = next(each for each in costs.contributions if isinstance(each.code, ExpenditureCode))
    assert (program.before, program.after) == (4_700_000, 4_800_000)


def test_a_budget_without_lines_is_compared_by_its_figures() -> None:
    figures = no_figures()
    figures |= {
        Figure.REVENUE_TOTAL: 1000, Figure.TAX: 200, Figure.NONTAX: 50,
        Figure.TRANSFERS: 750, Figure.COSTS: 1000,
    }  # fmt: skip
    new = budget(2026, {"1/04/4": 150, "1/05/3": 150, "2/01/5": 50, "5/02/3": 650}, {"01/1/124/001": 1000})
    why = explain(take_apart(figures, [], 2025, as_year=2026), take_apart(*new, 2026), Variant.TOTAL_REVENUE)
    assert why is not None
    # Tax +100 of 1000: ten points for being own, three less for being part of the whole.
    assert [(each.path[1], each.hundredths) for each in why.contributions] == [
        ("tax", 700),
        ("transfers", 300),
    ]
    assert explain(take_apart(figures, [], 2025), take_apart(*new, 2026), Variant.CURRENT_COSTS) is None


@pytest.mark.parametrize(("stated", "ratio"), [(None, None), (600, Fraction(1000, 4))])
def test_targeted_transfers_are_left_out_where_they_are_known(
    stated: int | None, ratio: Fraction | None
) -> None:
    made = budget(2026, {"1/04/4": 100, "5/02/3": 900}, {})
    apart = take_apart(*made, 2026, targeted=stated)
    under = below(apart, Variant.WITHOUT_TARGETED)
    assert under == (None if stated is None else 400)
    assert (under and Fraction(above(apart, Variant.WITHOUT_TARGETED) or 0, under) * 1000) == ratio


def test_lines_that_name_targeted_transfers_answer_before_the_office() -> None:
    made = budget(2025, {"1/04/4": 100, "4/02/3/01": 300, "4/02/3/03": 600}, {})
    apart = take_apart(*made, 2025, targeted=1)
    assert apart.targeted == 300
    assert below(apart, Variant.WITHOUT_TARGETED) == 700
