"""The identities of a budget: a sound one is silent, a wrong figure is named where it counts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.balance import IDENTITIES, check_figures, check_step, last_stated
from akimat_desk.budget.figures import Figure, Figures, no_figures
from akimat_desk.core.findings import Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import DECISION_STEP, from_thousands

PLACE = Place(unit="село Актогай", year=2026)
AMOUNTS = st.integers(0, 10**9).map(lambda tenths: tenths * DECISION_STEP)


@st.composite
def sound(draw: st.DrawFn) -> Figures:
    """A budget that adds up, every figure stated."""
    figures = no_figures()
    free = (
        Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES, Figure.SPECIAL_RECEIPTS, Figure.TRANSFERS,
        Figure.BUDGET_CREDITS, Figure.CREDIT_REPAYMENTS, Figure.FIN_ASSETS_PURCHASE, Figure.FIN_ASSETS_SALE,
        Figure.LOANS_IN, Figure.LOANS_REPAID, Figure.BALANCES_USED,
    )  # fmt: skip
    values = {figure: draw(AMOUNTS) for figure in free}
    figures |= values
    revenue = sum(values[figure] for figure in free[:5])
    lending = values[Figure.BUDGET_CREDITS] - values[Figure.CREDIT_REPAYMENTS]
    assets = values[Figure.FIN_ASSETS_PURCHASE] - values[Figure.FIN_ASSETS_SALE]
    financing = values[Figure.LOANS_IN] - values[Figure.LOANS_REPAID] + values[Figure.BALANCES_USED]
    figures[Figure.REVENUE_TOTAL] = revenue
    figures[Figure.NET_LENDING] = lending
    figures[Figure.FIN_ASSETS_BALANCE] = assets
    figures[Figure.DEFICIT] = -financing
    figures[Figure.DEFICIT_FINANCING] = financing
    figures[Figure.COSTS] = revenue + financing - lending - assets
    return figures


@given(sound())
def test_a_sound_budget_has_no_findings(figures: Figures) -> None:
    assert check_figures(figures, last_stated(figures), PLACE) == []
    assert check_step(figures, PLACE) == []


@given(sound(), st.sampled_from(Figure), AMOUNTS.filter(bool), st.booleans())
def test_one_wrong_figure_breaks_exactly_its_identities(
    figures: Figures, wrong: Figure, by: int, less: bool
) -> None:
    by = -by if less else by
    figures[wrong] = (figures[wrong] or 0) + by
    findings = {f.code: f for f in check_figures(figures, last_stated(figures), PLACE)}
    expected = {
        identity.code: by if wrong is identity.figure else (-by if wrong in identity.plus else by)
        for identity in IDENTITIES
        if wrong in (identity.figure, *identity.parts)
    }
    assert {code: finding.difference for code, finding in findings.items()} == expected
    assert all(f.severity is Severity.ERROR and f.source == "source.bc_9" for f in findings.values())


@given(sound(), st.sampled_from(Figure))
def test_nothing_behind_the_end_of_a_text_is_judged(figures: Figures, last: Figure) -> None:
    order = list(Figure)
    cut = {f: v if order.index(f) <= order.index(last) else None for f, v in figures.items()}
    assert check_figures(cut, last, PLACE) == []


@given(sound(), st.sets(st.sampled_from(Figure)))
def test_lines_left_out_when_zero_change_nothing(figures: Figures, candidates: set[Figure]) -> None:
    needed = {Figure.REVENUE_TOTAL, Figure.COSTS}
    short: Figures = {
        f: None if f in candidates and not v and f not in needed else v for f, v in figures.items()
    }
    assert check_figures(short, Figure.BALANCES_USED, PLACE) == []


@given(sound(), st.sets(st.sampled_from(Figure), min_size=1))
def test_an_unreadable_figure_silences_what_it_takes_part_in(figures: Figures, gone: set[Figure]) -> None:
    short: Figures = {f: None if f in gone else v for f, v in figures.items()}
    assert check_figures(short, Figure.BALANCES_USED, PLACE, unreadable=gone) == []


@given(sound(), st.sets(st.sampled_from(Figure), min_size=1, max_size=4))
def test_restated_main_figures_are_never_held_against_what_is_not_there(
    figures: Figures, mains: set[Figure]
) -> None:
    """An amendment restates sub-points: what it leaves out is in the decision before, not zero."""
    parts = {part for i in IDENTITIES if i.code != "balance.deficit" and len(i.parts) > 1 for part in i.parts}
    restated: Figures = {f: v if f in mains - parts else None for f, v in figures.items()}
    assert check_figures(restated, last_stated(restated), PLACE, restated=()) == []


def test_the_difference_is_printed_less_computed() -> None:
    """Zhalagash 2019: 1 342 401,3 less 1 343 694,1 is −1 292,8; nil is printed."""
    figures = no_figures()
    figures[Figure.REVENUE_TOTAL] = from_thousands(Decimal("1342401.3"))
    figures[Figure.TRANSFERS] = figures[Figure.REVENUE_TOTAL]
    figures[Figure.COSTS] = from_thousands(Decimal("1343694.1"))
    figures[Figure.DEFICIT] = 0
    (finding,) = check_figures(figures, Figure.DEFICIT, PLACE)
    assert (finding.code, finding.difference) == ("balance.deficit", from_thousands(Decimal("1292.8")))
    shown = finding.as_json(Language.RU)
    assert shown["difference"] == "1292.8"
    assert "1 292,8" in str(shown["message"]).replace("\u00a0", " ")
    assert shown["where"] == "село Актогай, 2026, Дефицит (профицит) бюджета"


def test_an_amount_finer_than_the_step_is_a_warning() -> None:
    figures = no_figures()
    figures[Figure.TAX] = from_thousands(Decimal("46.55"))
    figures[Figure.NONTAX] = from_thousands(Decimal("46.5"))
    (finding,) = check_step(figures, PLACE)
    assert (finding.code, finding.severity, finding.where.figure) == ("balance.step", Severity.WARNING, "tax")
    for language in Language:
        assert "46,55" in finding.message(language)
