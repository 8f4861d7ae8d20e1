"""A year of one okrug's budget, from the first draft to the new year, as its accountant lives it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from akimat_desk.budget.plans.quarter import quarter_findings
from akimat_desk.meetings.kinds import Topic

from .diary import Accountant, amount, office, refused, share_of, wrong_rows

RECEIPTS = {"1/01/2": "600", "1/04/4": "2 400", "5/02/3": "21 000"}
COSTS = {"01/1/124/001": "18 000", "07/3/124/008": "6 000"}
PLAN = {
    "1/01/2/02": "600", "1/04/4/02": "2 400", "5/02/3/03": "21 000",
    "01/1/124/001/015/111": "14 400", "01/1/124/001/015/149": "3 600",
    "07/3/124/008//151": "4 800", "07/3/124/008//159": "1 200",
}  # fmt: skip


def months_of_the_year(me: Accountant, *months: int) -> None:
    """Each month goes evenly; only the tax on vehicles comes slower: 2 330 of 2 400 by the end."""
    for month in months:
        receipts = {
            "1/01/2/02": share_of("640", month),
            "1/04/4/02": share_of("2 330", month),
            "5/02/3/03": share_of("21 000", month),
        }
        payments = {
            "01/1/124/001/015/111": share_of("14 400", month),
            "01/1/124/001/015/149": share_of("3 550", month),
            "07/3/124/008//151": share_of("4 800", month),
            # The repair of lamps doubles when the amendment gives it 300 more in June.
            "07/3/124/008//159": share_of("1 200", month) if month < 6 else share_of("1 480", month),
            "15/1/124/048//339": "200",
        }
        assert wrong_rows(me.takes_in(f"2027-{month:02}", receipts, payments)) == []


def test_a_year_from_the_draft_to_the_new_year(tmp_path: Path) -> None:
    with office(tmp_path) as me:
        # August 2026. The draft of 2027 is typed; only its day is missing, for nobody decided it yet.
        draft = me.begins_the_draft(2027, RECEIPTS, COSTS)
        assert me.remarks(draft) == ["decision.date_unknown"]
        # A slip of the hand is seen at once: costs above receipts with nothing to pay them from.
        me.changes_the_draft(draft, 2027, c07_3_124_008="6 100")
        assert "draft.no_sources" in me.remarks(draft)
        me.changes_the_draft(draft, 2027, c07_3_124_008="6 000")

        # 20 August. The assembly agrees, before the draft goes to the raion by 1 September (art. 89).
        assert me.the_assembly_agrees(Topic.BUDGET_DRAFT, "2026-08-20", draft) == "1"

        # 28 December. The mäslikhat decides.
        me.the_maslikhat_decides(draft, "2026-12-28", "41/5")
        assert me.budget("costs", on="2027-01-01") == "24 000"

        # 6 January. The plan by month. What does not come to the budget is not approved.
        plan = me.plans_equally(2027, {**PLAN, "07/3/124/008//159": "1 100"})
        assert "plan.below_budget" in me.errors_of_the_plan(plan)
        with refused("План не утвержден"):
            me.approves(plan, "2027-01-06")
        plan = me.plans_equally(2027, PLAN)
        assert me.errors_of_the_plan(plan) == []
        me.approves(plan, "2027-01-06")

        # 12 January. The year opened with 500, and 200 of it is the raion's: a transfer not used.
        me.finds_at_the_start_of(2027, "500", to_return="200")
        with refused("Есть 1 ошибка"):  # more than must go back would be free balances (art. 116)
            me.the_akim_returns("250", "15/1/124/048", "2027-01-15", "2")
        me.the_akim_returns("200", "15/1/124/048", "2027-01-15", "3")
        lines = {"c15_1_124_048__339": "200"}
        assert me.writes_a_certificate("adjustment_costs", "2027-01-18", "Возврат трансферта", **lines) == "1"

        # January to May. The treasury's forms come; the same form again changes nothing.
        months_of_the_year(me, 1, 2, 3, 4, 5)
        vehicles = me.executed("2027-05", "1/04/4", "revenue")
        assert (amount(vehicles, "plan_payments"), amount(vehicles, "executed")) == ("1 000", "970,833")
        assert str(vehicles.of_period) == "97.1"
        again = me.takes_in(
            "2027-05",
            {"1/01/2/02": share_of("640", 5), "1/04/4/02": share_of("2 330", 5), "5/02/3/03": "8 750"},
            {
                "01/1/124/001/015/111": "6 000",
                "01/1/124/001/015/149": share_of("3 550", 5),
                "07/3/124/008//151": "2 000",
                "07/3/124/008//159": "500",
                "15/1/124/048//339": "200",
            },
        )
        assert [taken.form_id for taken in again] == [None, None]

        # 31 May. The free 300 go to lighting: first the assembly, then the mäslikhat on 11 June (art. 96).
        amendment = me.begins_an_amendment(2027, "2027-06-11")
        me.changes_the_draft(amendment, 2027, c07_3_124_008="6 300")
        me.uses_balances(amendment, 2027, "500")
        me.the_assembly_agrees(Topic.BUDGET_AMENDMENT, "2027-05-31", amendment)
        me.the_maslikhat_decides(amendment, "2027-06-11", "46/2")
        assert [me.budget("07/3/124/008", "2027-12-31", stage) for stage in ("approved", "amended")] == [
            "6 000", "6 300",
        ]  # fmt: skip
        assert me.budget("07/3/124/008", "2027-06-10") == "6 000"  # the day before nothing had changed
        lines = {"c07_3_124_008__159": "300"}
        assert me.writes_a_certificate("amendment_costs", "2027-06-14", "Решение № 46/2", **lines) == "2"
        months_of_the_year(me, 6)

        # July. The half year is closed; a late form of May is refused until the month is opened again.
        me.closes(2027, 1, 2, 3, 4, 5, 6)
        with refused("май 2027"):
            months_of_the_year_with_a_correction(me)
        with refused("причин"):
            me.opens_again(2027, 6, "")
        me.opens_again(2027, 6, "Казначейство исправило май")
        me.opens_again(2027, 5, "Казначейство исправило май")
        months_of_the_year_with_a_correction(me)
        assert amount(me.executed("2027-05", "1/01/2", "revenue"), "executed") == "270"
        me.closes(2027, 5, 6)

        # December. What is left at the end: 500 + 23 970 − 24 430 = 40.
        months_of_the_year(me, 7, 8, 9, 10, 11, 12)
        costs = me.executed("2027-12")
        assert [amount(costs, each) for each in ("approved", "amended", "adjusted", "executed")] == [
            "24 000", "24 500", "24 500", "24 430",
        ]  # fmt: skip
        assert str(costs.of_year) == "99.7"

        # 25 December. The budget of 2028 is not approved yet: the akim's plan for a quarter is due.
        with me.workspace.reading() as session:
            (due,) = quarter_findings(session, me.unit, 2028, dt.date(2027, 12, 25))
        assert due.code == "plan.quarter_needed"

        # January. The year is closed, months first.
        with refused("Месяцы закрывают по порядку"):
            me.closes(2027, 0)
        me.closes(2027, 7, 8, 9, 10, 11, 12, 0)
        with refused("2027 год"):
            me.writes_a_certificate("between_months", "2027-12-30", "Поздно")

        # February. The annual report is filled with the facts; the assembly agrees (art. 127).
        draft_report = me.report("execution_year", 2027)
        assert "Остаток бюджетных средств на начало 2027 года – 500 тысяч тенге." in draft_report
        assert "Остаток на конец года – 40 тысяч тенге." in draft_report
        assert "Бюджет уточнен решением маслихата от 11.06.2027 № 46/2." in draft_report
        assert "Бюджет скорректирован решением акима от 15.01.2027 № 3." in draft_report
        assert "протокол согласования: ____" in draft_report
        me.the_assembly_agrees(Topic.BUDGET_REPORT, "2028-02-18")
        assert "протокол от 18 февраля 2028 года № 1" in me.report("execution_year", 2027)


def months_of_the_year_with_a_correction(me: Accountant) -> None:
    """May as the treasury corrected it: 3,334 more of income tax."""
    me.takes_in(
        "2027-05",
        {"1/01/2/02": "270", "1/04/4/02": share_of("2 330", 5), "5/02/3/03": "8 750"},
        {
            "01/1/124/001/015/111": "6 000",
            "01/1/124/001/015/149": share_of("3 550", 5),
            "07/3/124/008//151": "2 000",
            "07/3/124/008//159": "500",
            "15/1/124/048//339": "200",
        },
    )


def test_the_new_year_begins_with_last_years_lines_and_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    with office(tmp_path) as me:
        first = me.begins_the_draft(2027, RECEIPTS, COSTS)
        me.the_maslikhat_decides(first, "2026-12-28", "41/5")
        me.approves(me.plans_equally(2027, PLAN), "2027-01-06")

        # December 2027. The new budget has no lighting any more, but cleaning of the villages.
        second = me.begins_the_draft(2028, RECEIPTS, {"01/1/124/001": "18 000", "07/3/124/009": "6 000"})
        me.the_maslikhat_decides(second, "2027-12-27", "52/3")
        plan, told = me.proposes_a_plan(2028)

        # Lines that the new budget has no place for are named, with what they had.
        orphans = {finding.where.code for finding in told if finding.code == "plan.orphan_budget"}
        assert orphans == {"07/3/124/008/151", "07/3/124/008/159"}
        # The plan is no more than a proposal: the new program waits for its specifics.
        assert "plan.below_budget" in me.errors_of_the_plan(plan)
        with refused("План не утвержден"):
            me.approves(plan, "2028-01-05")


def test_an_office_begins_in_the_middle_of_a_year(tmp_path: Path) -> None:
    with office(tmp_path) as me:
        # August. The office gets the program: it types the decision and the amendment that are in force…
        draft = me.begins_the_draft(2027, RECEIPTS, COSTS)
        me.the_maslikhat_decides(draft, "2026-12-28", "41/5")
        amendment = me.begins_an_amendment(2027, "2027-06-11")
        me.changes_the_draft(amendment, 2027, c07_3_124_008="6 300")
        me.uses_balances(amendment, 2027, "300")
        me.the_maslikhat_decides(amendment, "2027-06-11", "46/2")
        # …and takes in the treasury's forms of July alone: they hold everything from January.
        taken = me.takes_in(
            "2027-07",
            {"1/01/2/02": "350", "1/04/4/02": "1 300", "5/02/3/03": "12 250"},
            {"01/1/124/001/015/111": "8 400", "07/3/124/008//151": "2 800"},
        )
        assert wrong_rows(taken) == []
        lighting = me.executed("2027-07", "07/3/124/008")
        assert [amount(lighting, each) for each in ("approved", "amended", "executed")] == [
            "6 000", "6 300", "2 800",
        ]  # fmt: skip
        # The forecast has one method only, and says that it could not be tried on any year.
        said = me.report("forecast", 2027)
        assert "завершенных лет нет" in said
