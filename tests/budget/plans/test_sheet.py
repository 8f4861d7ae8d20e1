"""The sheet, its edits and their inverses; a cut that eats earlier months."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.plans.cutting import eat_backwards
from akimat_desk.budget.plans.edits import PutLines, apply, put_month
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side, difference, plus
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.core.language import Trilingual

from .building import AKIMAT, GOODS, WAGES, at, costs, k, months, sheet

TWELVE = st.tuples(*[st.integers(-(10**9), 10**9)] * 12)
KEYS = st.sampled_from(
    [LineKey(side, code) for side in Side if side is not Side.RECEIPTS for code in (WAGES, GOODS)]
)
EDITS = st.lists(st.dictionaries(KEYS, st.none() | TWELVE, min_size=1), max_size=8)


@given(EDITS)
def test_every_edit_is_taken_back_by_its_inverse(edits: list[dict[LineKey, tuple[int, ...] | None]]) -> None:
    start = now = sheet()
    inverses = []
    for lines in edits:
        now, inverse = apply(now, PutLines(lines))
        inverses.append(inverse)
    for inverse in reversed(inverses):
        now, _ = apply(now, inverse)
    assert now == start
    assert list(now.lines) == list(start.lines)


def test_one_cell_and_a_name_of_ones_own() -> None:
    key = LineKey(Side.PAYMENTS, WAGES)
    changed, back = apply(sheet(), put_month(sheet(), key, 3, k("1250")))
    assert changed.months(key)[2] == k("1250")
    assert changed.year_of(key) == k("14450")
    assert apply(changed, back)[0] == sheet()
    new = costs(AKIMAT, "998")
    named, back = apply(
        sheet(), PutLines({LineKey(Side.PAYMENTS, new): months(at({}))}, {new: Trilingual("Өзге", "Прочее")})
    )
    assert named.names[new].ru == "Прочее"
    assert apply(named, back)[0].names == {}


@given(st.dictionaries(KEYS, TWELVE), st.dictionaries(KEYS, TWELVE))
def test_a_difference_leads_from_one_plan_to_the_other(
    before: dict[LineKey, tuple[int, ...]], after: dict[LineKey, tuple[int, ...]]
) -> None:
    first = PlanSheet(2026).with_lines(before)
    second = PlanSheet(2026).with_lines({**dict.fromkeys(before, (0,) * 12), **after})
    assert plus(first, difference(first, second)) == second


def test_totals_of_a_side() -> None:
    whole = sheet().total(Side.PAYMENTS)
    assert whole == months(("2100",) * 12)
    one = sheet().total(
        Side.PAYMENTS, lambda code: isinstance(code, ExpenditureCode) and code.program == "001"
    )
    assert one == months(("1500",) * 12)


@given(TWELVE, st.integers(1, 12), st.integers(0, 10**9))
def test_eating_backwards_moves_money_and_makes_none(wanted: tuple[int, ...], month: int, spent: int) -> None:
    cut = eat_backwards(wanted, month, spent)
    assert sum(cut.months) == sum(wanted)
    assert cut.months[month:] == wanted[month:]
    if cut.lacking:
        assert cut.months == wanted
    else:
        assert sum(cut.months[:month]) >= spent
        assert cut.months[month - 1] >= 0


def test_a_cut_above_the_month_eats_the_nearest_months_first() -> None:
    wanted = months((100, 100, -150, *(100,) * 9))
    cut = eat_backwards(wanted, 3, k(40))
    assert cut.months == months((50, 0, 0, *(100,) * 9))
    assert (cut.eaten, cut.lacking) == ((1, 2), 0)


def test_a_cut_below_what_is_spent_says_how_much_is_lacking() -> None:
    wanted = months((100, 100, -150, *(100,) * 9))
    assert eat_backwards(wanted, 3, k(80)).lacking == k(30)
