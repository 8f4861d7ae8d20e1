"""The akim's adjustments: what the law allows, and the budget of any date and stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.adjustments.applying import apply_adjustments
from akimat_desk.budget.adjustments.checks import AdjustmentCase, check_adjustment
from akimat_desk.budget.adjustments.commands import (
    change_draft,
    confirm_adjustment,
    delete_draft,
    draft_adjustment,
)
from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_line
from akimat_desk.budget.adjustments.questions import adjustment, adjustments, not_taken_in
from akimat_desk.budget.adjustments.rules import ground_of, grounds
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.commands import store_decision
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure, Section, no_figures
from akimat_desk.budget.periods.balances import (
    BalancePart,
    BoundKind,
    balance_findings,
    keep_balances,
    latest_balances,
)
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.views import DocumentState, Stage
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.budget.plans.building import AKIMAT, LIGHT, SUBVENTION, adopt, budget, k

MARCH, JUNE, OCTOBER = dt.date(2026, 3, 10), dt.date(2026, 6, 12), dt.date(2026, 10, 2)
MINUTES = Basis("minutes", "4", dt.date(2026, 3, 1))
RESOLUTION = Basis("resolution", "77", dt.date(2026, 3, 1))
RETURN = ExpenditureCode("15", "1", "124", "048")
RU = Language.RU


def cost(code: ExpenditureCode, amount: str, *, targeted: bool = False) -> AdjustedLine:
    return AdjustedLine(Section.EXPENDITURE, code, LineKind.EXPENDITURE, k(amount), targeted=targeted)


def receipt(amount: str, code: Code = SUBVENTION, kind: LineKind = LineKind.TRANSFERS) -> AdjustedLine:
    return AdjustedLine(Section.REVENUE, code, kind, k(amount))


def case(ground: str, lines: Sequence[AdjustedLine], **more: object) -> AdjustmentCase:
    rows, figures = budget()
    given_: dict[str, object] = {
        "number": "5",
        "date": MARCH,
        "before": rows,
        "annual": rows,
        "figures": figures,
    }
    return AdjustmentCase(ground_of(ground), 2026, lines, **{**given_, **more})  # type: ignore[arg-type]


def codes(judged: AdjustmentCase) -> list[str]:
    return [finding.code.removeprefix("adjustment.") for finding in check_adjustment(judged)]


def only(judged: AdjustmentCase) -> Finding:
    [finding] = check_adjustment(judged)
    return finding


def said(text: str | None) -> str:
    return (text or "").replace("\N{NO-BREAK SPACE}", " ")


# --- the law -------------------------------------------------------------------------------------------


def test_a_targeted_transfer_changed_from_above() -> None:
    lines = [receipt("500"), cost(LIGHT, "500")]
    assert codes(case("targeted_transfer", lines, basis=RESOLUTION)) == []
    assert codes(case("targeted_transfer", lines)) == ["no_resolution"]
    assert codes(case("targeted_transfer", [receipt("500"), cost(LIGHT, "400")], basis=RESOLUTION)) == [
        "unbalanced"
    ]
    tax = receipt("500", RevenueCode("1", "04", "4"), LineKind.TAX)
    assert codes(case("targeted_transfer", [tax, cost(LIGHT, "500")], basis=RESOLUTION)) == [
        "not_by_this_ground"
    ]


def test_twenty_per_cent_of_a_program_may_move_with_the_assemblys_agreement() -> None:
    exactly = [cost(LIGHT, "-1440"), cost(AKIMAT, "1440")]  # 20 % of 7 200
    assert codes(case("between_programs", exactly, basis=MINUTES)) == []
    assert codes(case("between_programs", exactly)) == ["no_agreement"]
    late = Basis("minutes", "4", dt.date(2026, 4, 1))
    assert codes(case("between_programs", exactly, basis=late)) == ["agreed_later"]
    finding = only(case("between_programs", [cost(LIGHT, "-1500"), cost(AKIMAT, "1500")], basis=MINUTES))
    assert finding.difference == k("60")
    assert said(finding.message(RU)) == (
        "07 3 124 008: за год снимается 1 500,0 тыс. тенге, больше 20 % годовой суммы программы (7 200,0)."
    )
    assert said(finding.fix(RU)).startswith("Этим решением можно снять до 1 440,0 тыс. тенге")
    assert finding.source_text(RU) == "Бюджетный кодекс, пункт 4 статьи 98"


def test_what_was_moved_before_counts() -> None:
    lines = [cost(LIGHT, "-500"), cost(AKIMAT, "500")]
    earlier = [cost(LIGHT, "-1000"), cost(AKIMAT, "1000")]
    finding = only(case("between_programs", lines, basis=MINUTES, earlier=earlier))
    assert finding.code == "adjustment.over_share"
    assert said(finding.fix(RU)).startswith("Этим решением можно снять до 440,0")


def test_targeted_programs_and_new_ones_take_no_part_in_a_move() -> None:
    targeted = [cost(LIGHT, "-100", targeted=True), cost(AKIMAT, "100")]
    assert codes(case("between_programs", targeted, basis=MINUTES)) == ["targeted"]
    new = ExpenditureCode("07", "3", "124", "011")
    assert codes(case("between_programs", [cost(LIGHT, "-100"), cost(new, "100")], basis=MINUTES)) == [
        "new_program"
    ]
    assert codes(case("between_programs", [cost(LIGHT, "-100")], basis=MINUTES)) == ["not_neutral"]


def test_a_sequester_stays_below_ten_per_cent() -> None:
    def cut(amount: str, **more: object) -> AdjustmentCase:
        return case("sequester", [receipt(f"-{amount}"), cost(AKIMAT, f"-{amount}")], **more)

    assert codes(cut("2519.9")) == []
    finding = only(cut("2520"))  # exactly 10 % of 25 200 is not below it
    assert finding.code == "adjustment.over_sequester"
    assert said(finding.fix(RU)).startswith("Этим решением можно сократить до 2 519,9")
    assert codes(cut("520", earlier=[cost(LIGHT, "-2000")])) == ["over_sequester"]
    assert codes(cut("100", protected=frozenset({AKIMAT.stored}))) == ["protected"]
    assert "not_by_this_ground" in codes(case("sequester", [cost(AKIMAT, "100"), cost(LIGHT, "-100")]))


def test_free_balances_are_spent_through_an_amendment_only() -> None:
    lines = [balances_line(k("300")), cost(RETURN, "300")]
    bound = {"targeted_return": k("200")}
    finding = only(case("transfer_return", lines, bound=bound))
    assert (finding.code, finding.difference) == ("adjustment.free_balances", k("100"))
    assert "корректировкой можно не больше 200,0" in said(finding.message(RU))
    assert codes(case("transfer_return", lines, bound={"targeted_return": k("300")})) == []
    assert codes(case("transfer_return", lines)) == ["balances_unknown"]
    by_resolution = [balances_line(k("300")), cost(LIGHT, "300")]
    assert codes(case("targeted_transfer", by_resolution, basis=RESOLUTION)) == ["free_balances"]


def test_return_goes_by_the_programs_meant_for_it() -> None:
    lines = [balances_line(k("10")), cost(LIGHT, "10")]
    finding = only(case("transfer_return", lines, bound={"targeted_return": k("10")}))
    assert (finding.code, finding.severity) == ("adjustment.return_program", Severity.WARNING)


def test_a_line_never_falls_below_zero_and_a_decision_has_a_day_of_its_year() -> None:
    lines = [receipt("-30000"), cost(AKIMAT, "-30000")]
    assert "below_zero" in codes(case("targeted_transfer", lines, basis=RESOLUTION))
    wrong = case(
        "targeted_transfer", [receipt("1"), cost(LIGHT, "1")], basis=RESOLUTION, date=dt.date(2027, 1, 5)
    )
    assert "other_year" in codes(wrong)
    assert codes(case("sequester", [], number="", date=None)) == ["empty", "no_number"]


@pytest.mark.parametrize("language", list(Language))
def test_every_ground_and_finding_reads_in_every_language(language: Language) -> None:
    assert all(ground.name.text(language) for ground in grounds().values())
    odd = [receipt("-30000"), balances_line(k("5")), cost(LIGHT, "-7200", targeted=True), cost(RETURN, "4")]
    for ground in grounds():
        for finding in check_adjustment(case(ground, odd, bound={}, protected=frozenset({LIGHT.stored}))):
            assert "{" not in finding.message(language) + (finding.fix(language) or "")
            assert finding.message(language)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["akimat", "light", "return", "transfer", "balances"]), st.integers(-500, 500)
        ),
        max_size=8,
    )
)
def test_an_adjusted_budget_still_adds_up(moves: list[tuple[str, int]]) -> None:
    """Every sum above a line moves with it, and article 9 holds as it held before."""
    made = {
        "akimat": lambda a: cost(AKIMAT, str(a)),
        "light": lambda a: cost(LIGHT, str(a)),
        "return": lambda a: cost(RETURN, str(a)),
        "transfer": lambda a: receipt(str(a)),
        "balances": lambda a: balances_line(k(a)),
    }
    rows, figures = budget()
    lines, now = apply_adjustments(rows, figures, [made[name](amount) for name, amount in moves], 2026)
    amounts = {(line.section, line.code): line.amount or 0 for line in lines if line.code is not None}
    for line in lines:
        if line.code is None or line.amount is None:
            continue
        children = [
            a
            for (section, code), a in amounts.items()
            if section is line.section and code.parent == line.code
        ]
        assert not children or sum(children) == line.amount
    top = [
        a for (section, code), a in amounts.items() if section is Section.EXPENDITURE and code.parent is None
    ]
    assert sum(top) == now[Figure.COSTS]
    assert now[Figure.DEFICIT] == (now[Figure.REVENUE_TOTAL] or 0) - (now[Figure.COSTS] or 0)
    assert now[Figure.DEFICIT_FINANCING] == -(now[Figure.DEFICIT] or 0)


def test_what_a_budget_does_not_state_stays_unstated() -> None:
    _, figures = apply_adjustments([], no_figures(), [receipt("5")], 2026)
    assert set(figures.values()) == {None}


# --- documents -----------------------------------------------------------------------------------------


@pytest.fixture
def corrected(workspace: Workspace, okrug: UnitView) -> int:
    """The budget of 2026, and 500 more of a targeted transfer for lighting since March."""
    adopt(workspace, okrug.id)
    lines = [receipt("500"), cost(LIGHT, "500")]
    made = draft_adjustment(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, "targeted_transfer", lines,
        number="5", date=MARCH, basis=RESOLUTION,
    )  # fmt: skip
    confirm_adjustment(workspace, DEFAULT_ACTOR, made)
    return made


def costs_of(
    workspace: Workspace, okrug: UnitView, stage: Stage | None, day: dt.date | None = None
) -> int | None:
    with workspace.reading() as session:
        return budget_as_of(session, okrug.id, 2026, day, stage).figures[Figure.COSTS]


@pytest.mark.usefixtures("corrected")
def test_approved_amended_and_adjusted_of_any_date(workspace: Workspace, okrug: UnitView) -> None:
    assert costs_of(workspace, okrug, Stage.ADJUSTED) == k("25700")
    assert costs_of(workspace, okrug, Stage.AMENDED) == k("25200")
    assert costs_of(workspace, okrug, Stage.ADJUSTED, dt.date(2026, 3, 9)) == k("25200")
    adopt(
        workspace,
        okrug.id,
        date=JUNE,
        number="40/1",
        amendment=True,
        subvention="21500",
        light="7700",
        akimat="18100",
    )
    assert costs_of(workspace, okrug, Stage.APPROVED) == k("25200")
    assert costs_of(workspace, okrug, Stage.AMENDED) == k("25800")
    assert costs_of(workspace, okrug, Stage.ADJUSTED) == k("25800")  # the corrected figures are in it
    assert costs_of(workspace, okrug, Stage.ADJUSTED, dt.date(2026, 6, 11)) == k("25700")
    more = draft_adjustment(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, "targeted_transfer", [receipt("-100"), cost(LIGHT, "-100")],
        number="9", date=OCTOBER, basis=RESOLUTION,
    )  # fmt: skip
    confirm_adjustment(workspace, DEFAULT_ACTOR, more)
    assert costs_of(workspace, okrug, Stage.ADJUSTED) == k("25700")
    assert costs_of(workspace, okrug, Stage.ADJUSTED, dt.date(2026, 10, 1)) == k("25800")
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026, stage=Stage.ADJUSTED)
        amounts = {line.code: line.amount for line in view.lines}
        assert amounts[LIGHT] == k("7600")
        assert amounts[SUBVENTION] == k("21400")
        assert view.stage is Stage.ADJUSTED
        assert not_taken_in(session, okrug.id, 2026) == []


@pytest.mark.usefixtures("corrected")
def test_an_amendment_that_restates_a_part_keeps_the_corrected_rest(
    workspace: Workspace, okrug: UnitView
) -> None:
    figures = no_figures() | {
        Figure.TAX: k("3100"),
        Figure.REVENUE_TOTAL: k("24600"),
        Figure.COSTS: k("25800"),
    }
    read = ReadUnit(
        name="", first_year=2026, years=[2026], figures=figures,
        restated=[Figure.TAX, Figure.REVENUE_TOTAL, Figure.COSTS],
    )  # fmt: skip
    paper = ReadDecision(Language.RU, "О внесении изменений", "41/2", JUNE, is_amendment=True)
    store_decision(workspace, DEFAULT_ACTOR, paper, [(read, okrug.id)], confirm=True, reason="x")
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026, stage=Stage.AMENDED)
        assert view.figures[Figure.TRANSFERS] == k("21500")  # as the akim corrected it
        assert {line.code: line.amount for line in view.lines}[LIGHT] == k("7700")


@pytest.mark.usefixtures("corrected")
def test_an_amendment_without_the_corrected_figures_is_noticed(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id, date=JUNE, number="40/1", amendment=True, akimat="18100")
    with workspace.reading() as session:
        left_out = not_taken_in(session, okrug.id, 2026)
    assert {finding.where.code for finding in left_out} == {str(SUBVENTION), str(LIGHT)}


def test_a_draft_changes_and_a_confirmed_one_stays(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    made = draft_adjustment(workspace, DEFAULT_ACTOR, okrug.id, 2026, "between_programs")
    change_draft(
        workspace,
        DEFAULT_ACTOR,
        made,
        lines=[cost(LIGHT, "-100"), cost(AKIMAT, "100")],
        number="6",
        basis=MINUTES,
    )
    with pytest.raises(RuleBroken):  # no day yet
        confirm_adjustment(workspace, DEFAULT_ACTOR, made)
    change_draft(workspace, DEFAULT_ACTOR, made, date=MARCH)
    assert costs_of(workspace, okrug, Stage.ADJUSTED) == k("25200")
    confirm_adjustment(workspace, DEFAULT_ACTOR, made)
    with workspace.reading() as session:
        view = adjustment(session, made)
        assert (view.state, view.findings) == (DocumentState.CONFIRMED, ())
        assert view.before is not None
        assert {line.code: line.amount for line in view.before.lines}[LIGHT] == k("7200")
        assert {
            line.code: line.amount
            for line in budget_as_of(session, okrug.id, 2026, stage=Stage.ADJUSTED).lines
        }[LIGHT] == k("7100")
    with pytest.raises(RuleBroken):
        change_draft(workspace, DEFAULT_ACTOR, made, number="7")
    with pytest.raises(RuleBroken):
        delete_draft(workspace, DEFAULT_ACTOR, made)


def test_what_was_adopted_against_the_law_is_kept_with_a_reason(
    workspace: Workspace, okrug: UnitView
) -> None:
    adopt(workspace, okrug.id)
    lines = [cost(LIGHT, "-2000"), cost(AKIMAT, "2000")]
    made = draft_adjustment(
        workspace,
        DEFAULT_ACTOR,
        okrug.id,
        2026,
        "between_programs",
        lines,
        number="6",
        date=MARCH,
        basis=MINUTES,
    )
    with pytest.raises(RuleBroken):
        confirm_adjustment(workspace, DEFAULT_ACTOR, made)
    confirm_adjustment(workspace, DEFAULT_ACTOR, made, "Принято так")
    with workspace.reading() as session:
        [view] = adjustments(session, okrug.id, 2026)
        assert view.reason == "Принято так"
        assert [finding.code for finding in view.findings] == ["adjustment.over_share"]


def test_a_draft_is_deleted(workspace: Workspace, okrug: UnitView) -> None:
    made = draft_adjustment(workspace, DEFAULT_ACTOR, okrug.id, 2026, "sequester")
    delete_draft(workspace, DEFAULT_ACTOR, made)
    with workspace.reading() as session, pytest.raises(UsageProblem):
        adjustment(session, made)
    with pytest.raises(UsageProblem):
        draft_adjustment(workspace, DEFAULT_ACTOR, okrug.id, 2026, "no such ground")


# --- balances ------------------------------------------------------------------------------------------


def test_balances_at_the_start_of_the_year(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)  # uses 1 200 of balances
    parts = [
        BalancePart(BoundKind.TARGETED_RETURN, k("300"), "Жол жөндеу"),
        BalancePart(BoundKind.UNPAID_OBLIGATIONS, k("150")),
    ]
    keep_balances(workspace, DEFAULT_ACTOR, okrug.id, 2026, k("1700"), parts)
    with workspace.reading() as session:
        opened = latest_balances(session, okrug.id, 2026)
        assert opened is not None
        assert (opened.must_be_used, opened.free) == (k("450"), k("1250"))
        assert opened.bound["targeted_return"] == k("300")
        assert balance_findings(session, okrug.id, 2026) == []
    keep_balances(workspace, DEFAULT_ACTOR, okrug.id, 2026, k("1000"), parts)  # entered again: less is there
    with workspace.reading() as session:
        assert [f.code for f in balance_findings(session, okrug.id, 2026)] == ["balances.not_there"]
    keep_balances(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, k("1500"), [BalancePart(BoundKind.DEBT, k("1400"))]
    )
    with workspace.reading() as session:
        assert [f.code for f in balance_findings(session, okrug.id, 2026)] == ["balances.bound_unused"]
    keep_balances(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, k("1300"), [BalancePart(BoundKind.DEBT, k("1400"))]
    )
    with workspace.reading() as session:
        assert "balances.bound_above" in [f.code for f in balance_findings(session, okrug.id, 2026)]
        assert latest_balances(session, okrug.id, 2025) is None
    with pytest.raises(UsageProblem):
        keep_balances(workspace, DEFAULT_ACTOR, okrug.id, 2026, k("-1"))
