"""Parents against children, the sections of an annex, the annex against the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.balance_lines import (
    check_annex_against_text,
    check_lines,
    figures_from_lines,
    last_figure_of,
)
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import DECISION_STEP, from_plain

PLACE = Place(unit="Үлгі ауылдық округі", year=2026, annex=1)
KIND = {"1": LineKind.TAX, "2": LineKind.NONTAX, "3": LineKind.CAPITAL_SALES, "5": LineKind.TRANSFERS}


def total(section: Section, amount: str | None) -> BudgetLine:
    """A section's total row."""
    figure = SECTION_TOTAL[section]
    return BudgetLine(section, None, Trilingual(ru=figure.value), _tiyn(amount), LineKind.TOTAL, figure)


def part(section: Section, figure: Figure, amount: str | None) -> BudgetLine:
    """A row of III–VI."""
    return BudgetLine(
        section, None, Trilingual(ru=figure.value), _tiyn(amount), LineKind(figure.value), figure
    )


def income(code: str, amount: str | None) -> BudgetLine:
    """A row of receipts: "1/04/4"."""
    parts = code.split("/")
    kind = KIND[parts[0]]
    figure = Figure(kind.value) if len(parts) == 1 else None
    return _coded(Section.REVENUE, RevenueCode(*parts), amount, kind, figure)


def cost(code: str, amount: str | None) -> BudgetLine:
    """A row of costs: "01/1/124/001"; "-" for a level that is not printed."""
    parts = ["" if p == "-" else p for p in code.split("/")]
    return _coded(Section.EXPENDITURE, ExpenditureCode(*parts), amount, LineKind.EXPENDITURE)


def stray(section: Section, amount: str | None) -> BudgetLine:
    """A row without a usable code."""
    return BudgetLine(section, None, Trilingual(ru="?"), _tiyn(amount), LineKind.UNKNOWN)


def _coded(
    section: Section, code: Code, amount: str | None, kind: LineKind, figure: Figure | None = None
) -> BudgetLine:
    return BudgetLine(section, code, Trilingual(ru=str(code)), _tiyn(amount), kind, figure)


def _tiyn(amount: str | None) -> int | None:
    return None if amount is None else from_plain(amount)


def named(findings: list[Finding]) -> list[tuple[str, str, int | None]]:
    """Code, place and difference of each finding."""
    return [(f.code, f.where.code or f.where.figure, f.difference) for f in findings]


def thousand(amount: str) -> int:
    """An amount in tiyn."""
    return from_plain(amount)


def test_the_published_irtysh_example_adds_up() -> None:
    lines = [
        total(Section.REVENUE, "89737.1"),
        income("1", "6883"),
        income("1/01", "310.3"),
        income("1/04", "4675.8"),
        income("1/04/1", "128.4"),
        income("1/04/3", "23.2"),
        income("1/04/4", "4454.2"),
        income("1/04/5", "70"),
        income("1/05", "1896.9"),
        income("5", "82854.1"),
        total(Section.EXPENDITURE, "93360.1"),
        *(cost(code, amount) for code, amount in (("01", "46724.4"), ("07", "34342.1"), ("08", "10326"))),
        *(cost(code, amount) for code, amount in (("12", "1965"), ("15", "2.6"))),
        total(Section.DEFICIT, "-3623"),
        total(Section.FINANCING, "3623"),
        part(Section.FINANCING, Figure.BALANCES_USED, "3623"),
    ]
    assert check_lines(lines, PLACE) == []
    figures = figures_from_lines(lines)
    assert figures[Figure.TAX] == thousand("6883")
    assert figures[Figure.NONTAX] is None
    assert figures[Figure.DEFICIT] == thousand("-3623")
    assert last_figure_of(lines) is Figure.BALANCES_USED


def test_stale_revenue_of_last_year() -> None:
    lines = [
        total(Section.REVENUE, "62997"),
        total(Section.EXPENDITURE, "64573"),
        total(Section.DEFICIT, "0"),
        total(Section.FINANCING, "0"),
    ]
    assert named(check_lines(lines, PLACE)) == [("balance.deficit", "deficit", thousand("1576"))]


def test_a_stale_parent() -> None:
    lines = [income("1/04", "4850"), income("1/04/1", "443"), income("1/04/4", "4600"), income("1/04/5", "2")]
    (finding,) = check_lines(lines, PLACE)
    assert named([finding]) == [("balance.parent_sum", "1/04", thousand("-195"))]
    assert finding.severity is Severity.ERROR
    assert (finding.where.unit, finding.where.year, finding.where.annex) == (PLACE.unit, 2026, 1)
    assert finding.where.section == "revenue"
    for language in Language:
        message = finding.message(language)
        assert "5\N{NO-BREAK SPACE}045" in message
        assert "195" in message
    assert finding.as_json(Language.RU)["difference"] == "-195"


def test_non_tax_income_counted_twice() -> None:
    lines = [
        total(Section.REVENUE, "5435"),
        income("1", "5240"),
        income("1/04", "5045"),
        income("2", "195"),
        total(Section.EXPENDITURE, "5435"),
    ]
    assert named(check_lines(lines, PLACE)) == [("balance.parent_sum", "1", thousand("195"))]


def test_revenue_against_its_categories() -> None:
    lines = [total(Section.REVENUE, "100"), income("1", "60"), income("5", "39.9")]
    assert named(check_lines(lines, PLACE)) == [("balance.revenue", "revenue_total", thousand("0.1"))]


def test_levels_that_are_not_printed_are_passed_over() -> None:
    lines = [
        total(Section.EXPENDITURE, "30"),
        cost("01", "10"),
        cost("01/-/124/001", "10"),  # no subgroup, no administrator
        cost("07", "20"),
        cost("07/3/124", "15"),
        cost("07/3/124/008", "15"),
        cost("07/2/124/014", "5"),  # its subgroup is not printed, its sibling's administrator is
    ]
    assert check_lines(lines, PLACE) == []


def test_children_at_mixed_depth_are_each_counted_once() -> None:
    lines = [cost("07", "20"), cost("07/3", "15"), cost("07/3/124/008", "15"), cost("07/2/124/014", "6")]
    assert named(check_lines(lines, PLACE)) == [("balance.parent_sum", "07", thousand("-1"))]


def test_an_unreadable_child_makes_its_parent_not_computable() -> None:
    lines = [income("1", "30"), income("1/04", "30"), income("1/04/1", "10"), income("1/04/4", None)]
    (finding,) = check_lines(lines, PLACE)
    assert named([finding]) == [("balance.not_computable", "1/04", None)]
    assert finding.severity is Severity.WARNING


def test_an_unreadable_total_is_never_taken_for_zero() -> None:
    lines = [
        total(Section.REVENUE, None),
        income("1", "30"),
        total(Section.EXPENDITURE, "30"),
        total(Section.DEFICIT, "0"),
        total(Section.FINANCING, "0"),
    ]
    assert named(check_lines(lines, PLACE)) == [("balance.not_computable", "deficit", None)]


def test_rows_without_a_code_that_close_the_sum_are_no_mistake_of_it() -> None:
    lines = [cost("07", "20"), cost("07/3", "15"), stray(Section.EXPENDITURE, "5")]
    assert named(check_lines(lines, PLACE)) == [("balance.not_computable", "07", None)]
    lines[-1] = stray(Section.EXPENDITURE, "4")
    assert named(check_lines(lines, PLACE)) == [("balance.parent_sum", "07", thousand("5"))]


def test_the_sections_iii_to_vi() -> None:
    lines = [
        total(Section.REVENUE, "100"),
        total(Section.EXPENDITURE, "110"),
        total(Section.NET_LENDING, "4"),
        part(Section.NET_LENDING, Figure.BUDGET_CREDITS, "5"),
        part(Section.NET_LENDING, Figure.CREDIT_REPAYMENTS, "2"),
        total(Section.FIN_ASSETS, "1"),
        part(Section.FIN_ASSETS, Figure.FIN_ASSETS_PURCHASE, "1"),
        part(Section.FIN_ASSETS, Figure.FIN_ASSETS_SALE, "1"),
        total(Section.DEFICIT, "-14"),
        total(Section.FINANCING, "-14"),
        part(Section.FINANCING, Figure.LOANS_IN, "10"),
        part(Section.FINANCING, Figure.LOANS_REPAID, "1"),
        part(Section.FINANCING, Figure.BALANCES_USED, "6"),
    ]
    assert named(check_lines(lines, PLACE)) == [
        ("balance.net_lending", "net_lending", thousand("1")),
        ("balance.fin_assets", "fin_assets_balance", thousand("1")),
        ("balance.deficit", "deficit", thousand("1")),
        ("balance.financing", "deficit_financing", thousand("-28")),
        ("balance.sources", "deficit_financing", thousand("-29")),
    ]


def test_sections_left_out_are_nil_and_parts_left_out_are_not_judged() -> None:
    lines = [
        total(Section.REVENUE, "100"),
        total(Section.EXPENDITURE, "110"),
        total(Section.DEFICIT, "-10"),
        total(Section.FINANCING, "10"),
    ]
    assert check_lines(lines, PLACE) == []
    lines.insert(2, total(Section.NET_LENDING, "0"))
    lines.insert(3, part(Section.NET_LENDING, Figure.BUDGET_CREDITS, "0"))
    assert check_lines(lines, PLACE) == []
    # An annex that ends before V and VI is not judged on them.
    assert check_lines(lines[:4], PLACE) == []


def test_amounts_finer_than_the_step_are_a_remark() -> None:
    findings = check_lines([income("1/04", "0.15"), income("1/04/1", "0.15")], PLACE)
    assert [(f.code, f.severity, f.where.code) for f in findings] == [
        ("balance.step", Severity.WARNING, "1/04"),
        ("balance.step", Severity.WARNING, "1/04/1"),
    ]


def test_the_annex_against_the_text() -> None:
    text: Figures = no_figures() | {
        Figure.REVENUE_TOTAL: thousand("100"),
        Figure.TAX: thousand("60"),
        Figure.NONTAX: thousand("1"),  # the annex prints no category 2
        Figure.TRANSFERS: thousand("40"),
        Figure.COSTS: thousand("100"),
        Figure.LOANS_IN: thousand("3"),  # the annex has no such row: not judged
        Figure.DEFICIT: thousand("5"),  # the sign turned
    }
    lines = [
        total(Section.REVENUE, "100"),
        income("1", "60.5"),
        income("5", "40"),
        total(Section.EXPENDITURE, None),
        total(Section.DEFICIT, "-5"),
    ]
    findings = check_annex_against_text(text, lines, PLACE)
    assert named(findings) == [
        ("balance.annex_total", "tax", thousand("-0.5")),
        ("balance.annex_total", "nontax", thousand("1")),
        ("balance.annex_total", "deficit", thousand("10")),
    ]
    assert "60,5" in findings[0].message(Language.KK)
    assert check_annex_against_text(no_figures(), lines, PLACE) == []
    assert check_annex_against_text(text, [], PLACE) == []


LEAVES = ["1/01/2", "1/04/1", "1/04/3", "1/04/4", "1/05/3", "2/01/5", "3/03/1", "5/02/3"]


@given(st.dictionaries(st.sampled_from(LEAVES), st.integers(0, 10**9), min_size=1), st.data())
def test_sums_made_of_leaves_hold_and_one_change_shows_at_two_levels(
    leaves: dict[str, int], data: st.DataObject
) -> None:
    amounts: dict[str, int] = {}
    for leaf, amount in leaves.items():
        parts = leaf.split("/")
        for depth in range(1, len(parts) + 1):
            code = "/".join(parts[:depth])
            amounts[code] = amounts.get(code, 0) + amount * DECISION_STEP

    def lines(values: dict[str, int]) -> list[BudgetLine]:
        made = [total(Section.REVENUE, "0"), *(income(code, "0") for code in sorted(values))]
        whole = sum(amounts[code] for code in amounts if "/" not in code)
        filled = [whole, *(values[code] for code in sorted(values))]
        return [
            BudgetLine(x.section, x.code, x.name, amount, x.kind, x.figure)
            for x, amount in zip(made, filled, strict=True)
        ]

    assert check_lines(lines(amounts), PLACE) == []
    wrong = data.draw(st.sampled_from(sorted(amounts)))
    by = data.draw(st.integers(1, 10**6)) * DECISION_STEP
    above = wrong.rpartition("/")[0]
    expected = {("balance.parent_sum", above, -by) if above else ("balance.revenue", "revenue_total", -by)}
    if any(code.startswith(f"{wrong}/") for code in amounts):
        expected.add(("balance.parent_sum", wrong, by))
    assert set(named(check_lines(lines({**amounts, wrong: amounts[wrong] + by}), PLACE))) == expected
