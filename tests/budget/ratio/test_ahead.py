"""The path with executed figures, the outlook, peers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.ratio.changes import Moment, moments, why_changed
from akimat_desk.budget.ratio.lines import OwnLine
from akimat_desk.budget.ratio.outlook import Assumptions, outlook
from akimat_desk.budget.ratio.path import PathYear, Point, RatioPath, ratio_path
from akimat_desk.budget.ratio.peers import Peer, ranked
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import (
    law_sentence,
    outlook_sentences,
    path_sentence,
    peers_sentences,
    weak_sentence,
)
from akimat_desk.budget.views import Basis
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import half_up
from akimat_desk.places.kinds import UnitKind
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit
from akimat_desk.reports.definitions.ratio_peers import peers_chart, peers_report
from akimat_desk.reports.document import Chart, Table
from akimat_desk.storage.workspace import Workspace

TARGETS = {2027: Decimal("35.0"), 2028: Decimal("35.5"), 2029: Decimal("36.0"), 2030: Decimal("36.5")}


def path(*own: tuple[int, int], total: int = 1000, variant: Variant = Variant.TOTAL_REVENUE) -> RatioPath:
    """A path of years with own revenue of ``total``."""
    years = tuple(
        PathYear(
            year, None, Point(Basis.APPROVED, amount, total, Fraction(amount * 100, total), None), None, None
        )
        for year, amount in own
    )
    return RatioPath(Trilingual("Көл", "Коль"), variant, years, (), ())


def test_the_path_has_plan_execution_and_the_changes_of_law(opened: Workspace) -> None:
    with opened.reading() as session:
        found = ratio_path(session, 1, Variant.TOTAL_REVENUE)
    by_year = {year.year: year for year in found.years}
    now = by_year[2026]
    assert now.planned is not None
    assert now.planned.basis is Basis.AMENDED
    assert now.approved is not None
    assert now.approved.percent != now.planned.percent
    assert now.executed is not None
    assert now.executed.through_month is not None
    assert now.best is now.planned  # a running year is not yet its own answer
    whole = by_year[2025]
    assert whole.executed is not None
    assert whole.executed.through_month == 12
    assert whole.best is whole.executed
    assert [law.year for law in found.laws] == [2026]
    for language in Language:
        assert "2026" in law_sentence(found.laws[0], language)
        assert path_sentence(now, language).startswith("2026")


def test_why_from_one_month_to_another(opened: Workspace) -> None:
    with opened.reading() as session:
        months = [choice.moment for choice in moments(session, 1) if choice.moment.month is not None]
        assert months
        plan, done = Moment(2026), max(months, key=lambda each: (each.year, each.month or 0))
        why = why_changed(session, 1, plan, done, Variant.TOTAL_REVENUE)
        costs = why_changed(session, 1, plan, done, Variant.COSTS)
    for each in (why, costs):
        assert sum(line.hundredths for line in each.contributions) == each.hundredths
        assert each.contributions


def test_followed_by_hand() -> None:
    """Own 200, 220, 240 of 1 000: growth 10 % and 9.0909 %, in the middle 9.5 %; the rest by 5 %."""
    ahead = outlook(path((2024, 200), (2025, 220), (2026, 240)), TARGETS, Assumptions(Decimal(5)))
    assert ahead is not None
    assert (ahead.own_growth, ahead.low_growth, ahead.high_growth) == (
        Decimal("9.5"), Decimal("9.1"), Decimal("10.0"),
    )  # fmt: skip
    first = ahead.years[0]
    own = Fraction(240) * Fraction(1095, 1000)
    assert first.middle == own / (own + 760 * Fraction(105, 100)) * 100
    assert first.low < first.middle < first.high
    assert [year.year for year in ahead.years] == [2027, 2028, 2029, 2030]
    assert ahead.met_middle is None
    for language in Language:
        assert outlook_sentences(ahead, language)[-1]


def test_growth_over_a_year_of_changed_law_says_nothing_of_effort() -> None:
    from akimat_desk.budget.ratio.law import law_changes

    plain = path((2024, 200), (2025, 220), (2026, 900))
    marked = RatioPath(plain.unit_name, plain.variant, plain.years, law_changes(), ())
    ahead = outlook(marked, TARGETS, Assumptions(Decimal(5), spread=Decimal(3)))
    assert ahead is not None
    assert (ahead.own_growth, ahead.low_growth, ahead.high_growth) == (
        Decimal("10.0"),
        Decimal(7),
        Decimal(13),
    )


@given(st.decimals(-20, 60, places=1), st.integers(1, 999))
def test_a_chosen_growth_is_used_and_the_line_is_met_to_the_end(growth: Decimal, own: int) -> None:
    ahead = outlook(path((2026, own)), TARGETS, Assumptions(Decimal(5), growth, Decimal(2)))
    assert ahead is not None
    assert not ahead.from_history
    assert ahead.own_growth == growth
    met = [year.year for year in ahead.years if year.middle >= Fraction(TARGETS[year.year])]
    if ahead.met_middle is None:
        assert 2030 not in met
    else:
        assert set(range(ahead.met_middle, 2031)) <= set(met)
        assert ahead.met_middle - 1 not in met


def test_no_budget_no_outlook() -> None:
    assert outlook(path(), TARGETS, Assumptions(Decimal(5))) is None
    assert max(national_targets().targets) == 2030


def peer(number: int, people: int | None, tax: int, total: int = 1000) -> Peer:
    line = OwnLine(RevenueCode("1", "04", "4"), Trilingual("Көлік", "Транспорт"), LineKind.TAX, tax)
    return Peer(number, Trilingual(str(number)), UnitKind.OKRUG, people, tax, total, (line,))


def test_a_group_has_the_ratio_of_the_sums() -> None:
    found = ranked(
        2026, Variant.TOTAL_REVENUE, peer(1, 10, 100), [peer(2, 10, 900, 3000), peer(3, 10, 50)], True
    )
    assert found.group == Fraction((100 + 900 + 50) * 100, 5000)
    assert [each.unit_id for each in found.similar] == [2, 1, 3]
    assert found.place == 2
    assert "2-е место из 3" in " ".join(peers_sentences(found, Language.RU))


def test_a_line_clearly_below_the_others_per_resident_is_named_with_its_arithmetic() -> None:
    others = [peer(n, 100, amount) for n, amount in ((2, 9_000_000), (3, 10_000_000), (4, 12_000_000))]
    found = ranked(2026, Variant.TOTAL_REVENUE, peer(1, 200, 8_000_000), others, True)
    [weak] = found.weak
    # 40 000 tiyn a resident against a median of 100 000: 200 · 100 000 is 20 000 000.
    assert (weak.per_resident, weak.median, weak.of_units) == (40_000, 100_000, 3)
    assert (weak.could_be, weak.more) == (20_000_000, 12_000_000)
    said = weak_sentence(weak, found, Language.RU).replace("\N{NO-BREAK SPACE}", " ")
    assert "400 тенге на жителя" in said
    assert "1 000 тенге × 200 жителей = 200 тыс. тенге" in said
    near = ranked(2026, Variant.TOTAL_REVENUE, peer(1, 200, 16_000_000), others, True)
    assert near.weak == ()
    few = ranked(2026, Variant.TOTAL_REVENUE, peer(1, 200, 8_000_000), others[:2], True)
    assert few.weak == ()
    unknown = ranked(2026, Variant.TOTAL_REVENUE, peer(1, None, 8_000_000), others, False)
    assert unknown.weak == ()


def test_the_paper_on_peers_has_place_chart_and_arithmetic() -> None:
    others = [peer(n, 100, amount) for n, amount in ((2, 9_000_000), (3, 10_000_000), (4, 12_000_000))]
    found = ranked(2026, Variant.TOTAL_REVENUE, peer(1, 200, 8_000_000), others, True)
    unit = ReportUnit(Trilingual("Бірлік", "Единица"), Trilingual("Бірліктің", "Единицы"))
    paper = peers_report(found, unit, DocLanguage.BOTH)
    [chart] = [block for block in paper.blocks if isinstance(block, Chart)]
    assert chart.categories == ("1", "2", "3", "4")
    mine, rest, group = chart.series
    assert [value is None for value in mine.values] == [True, True, True, False]  # the smallest ratio
    assert [value is None for value in rest.values] == [False, False, False, True]
    assert set(group.values) == {str(half_up(found.group or Fraction(0), 1))}
    units, weak = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row.bold for row in units.rows] == [False, False, False, True]
    # At the others' median 20 000 000 tiyn, 12 000 000 more than now.
    assert [getattr(cell, "tiyn", None) for cell in weak.rows[0].cells[4:]] == [20_000_000, 12_000_000]


def test_with_many_units_the_chart_keeps_this_one() -> None:
    others = [peer(n, 100, 1_000_000 + n) for n in range(2, 32)]
    found = ranked(2026, Variant.TOTAL_REVENUE, peer(1, 100, 500), others, True)
    chart = peers_chart(found, (Language.RU,))
    assert len(chart.categories) == 12
    assert chart.categories[-1] == "31"
    assert chart.series[0].values[-1] is not None
    assert "31-е место из 31" in chart.text_equivalent
