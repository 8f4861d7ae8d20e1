"""The example okrug: its shipped decisions are what the generator writes, and they are clean."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.questions import all_decision_findings, budget_as_of, decisions
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.reading.reader import read_form_file
from akimat_desk.budget.execution.stored import facts, forms, in_force, total, years_with_forms
from akimat_desk.budget.execution.taking_in import note_findings
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.periods.balances import balance_findings, latest_balances
from akimat_desk.budget.plans.checks import coverage
from akimat_desk.budget.plans.questions import plan_in_force, plan_state, plans
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.budget.ratio.service import ratio_history
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.core.money import from_plain
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.core.resources import resource
from akimat_desk.storage.workspace import Workspace
from akimat_desk.training.example import make_example
from akimat_desk.training.example_execution import books_of_example, write_example_forms
from akimat_desk.training.treasury_year import example_forms

SCRIPT = Path(__file__).parents[2] / "installer" / "make_example.py"


def test_the_shipped_decisions_are_those_of_the_generator() -> None:
    spec = importlib.util.spec_from_file_location("make_example", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make_example"] = generator
    try:
        spec.loader.exec_module(generator)
        for paper in generator.PAPERS:
            assert resource("example", paper.file).read_text("utf-8") == generator.write(paper)
    finally:
        del sys.modules["make_example"]


def test_the_example_is_read_by_the_real_reader_without_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "үлгі.akimat"
    unit = make_example(path)
    with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
        assert all_decision_findings(session) == []
        assert [(d.first_year, d.edition) for d in decisions(session, unit.id)] == [
            (2023, 0),
            (2024, 0),
            (2024, 1),
            (2025, 0),
            (2025, 1),
            (2026, 0),
            (2026, 1),
        ]
        assert budget_as_of(session, unit.id, 2026).figures[Figure.BALANCES_USED] == from_plain("1845.3")
        history = ratio_history(session, unit.id)
        assert [str(year.ratio_percent) for year in history.years] == [
            "14.2",
            "14.3",
            "19.6",
            "23.5",
            "24.9",
            "25.4",
        ]


def test_called_off_nothing_is_left(tmp_path: Path) -> None:
    task = Task(lambda *_: task.cancel())
    with pytest.raises(Cancelled):
        make_example(tmp_path / "үлгі.akimat", task)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "үлгі.akimat"
    neighbour = tmp_path / "үлгі.akimat.bak"
    neighbour.write_text("kept", "utf-8")
    path.write_text("mine", "utf-8")
    from akimat_desk.core.errors import UsageProblem

    with pytest.raises(UsageProblem):
        make_example(path)
    assert path.read_text("utf-8") == "mine"
    assert neighbour.exists()


@pytest.fixture
def example(tmp_path: Path, example_file: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(example_file, tmp_path / "үлгі.akimat"))) as workspace:
        yield workspace
        workspace.close(make_backup=False)


def test_three_years_are_finished_and_the_fourth_goes_on(example: Workspace) -> None:
    with example.reading() as session:
        taken = {year: in_force(forms(session, 1, year)) for year in years_with_forms(session, 1)}
    months = {year: sorted({form.month.month for form in found}) for year, found in taken.items()}
    whole = list(range(1, 13))
    assert months == {2023: whole, 2024: whole, 2025: whole, 2026: whole[:10]}
    assert [note for found in taken.values() for form in found for note in note_findings(form)] == []


def test_a_year_closes_with_the_balance_that_the_next_one_opens_with(example: Workspace) -> None:
    opening = 0
    for year, closing in ((2023, "286.4"), (2024, "412.6"), (2025, "1845.3")):
        with example.reading() as session:
            by_kind = {form.kind: form for form in forms(session, 1, year) if form.month.month == 12}
            received = total(facts(session, by_kind[FormKind.RECEIPTS]), Measure.RECEIVED)
            paid = total(facts(session, by_kind[FormKind.EXPENSES]), Measure.PAID)
        assert received is not None
        assert paid is not None
        opening += received - paid
        assert opening == from_plain(closing)


def test_there_is_money_for_every_months_payments(example: Workspace) -> None:
    opening = {2023: "0", 2024: "286.4", 2025: "412.6", 2026: "1845.3"}
    with example.reading() as session:
        for year, balance in opening.items():
            sums: dict[int, int] = {}
            for form in forms(session, 1, year):
                measure = Measure.RECEIVED if form.kind is FormKind.RECEIPTS else Measure.PAID
                sign = 1 if form.kind is FormKind.RECEIPTS else -1
                amount = total(facts(session, form), measure) or 0
                sums[form.month.month] = sums.get(form.month.month, from_plain(balance)) + sign * amount
            assert min(sums.values()) >= 0


def test_every_year_has_its_plan_in_force_and_nothing_is_to_be_said_of_it(example: Workspace) -> None:
    with example.reading() as session:
        for year in (2023, 2024, 2025, 2026):
            state = plan_state(session, 1, year)
            assert state.state == "confirmed"
            assert state.findings == ()  # every line comes to the budget, article 105 holds in each month
            assert min(coverage(state.situation)) >= 0
        numbered = [(p.area, p.number, p.change_kind) for p in plans(session, 1, 2026) if p.number]
    assert numbered == [
        ("costs", "1", "between_specifics"),
        ("receipts", "1", "amendment_receipts"),
        ("costs", "2", "amendment_costs"),
        ("costs", "3", "adjustment_costs"),
    ]


def test_the_forms_print_the_plan_that_was_in_force(example: Workspace) -> None:
    with example.reading() as session:
        for year in (2023, 2024, 2025, 2026):
            for form in in_force(forms(session, 1, year)):
                if form.kind is FormKind.RECEIPTS:
                    continue
                plan = plan_in_force(session, 1, year, form.month.last_day)
                assert plan is not None
                for fact in facts(session, form):
                    paid = plan.months(LineKey(Side.PAYMENTS, fact.code))
                    obliged = plan.months(LineKey(Side.OBLIGATIONS, fact.code))
                    assert fact.amounts[Measure.PLAN_YEAR] == sum(paid)
                    assert fact.amounts[Measure.PLAN_PAYMENTS] == sum(paid[: form.month.month])
                    assert fact.amounts[Measure.PLAN_OBLIGATIONS] == sum(obliged[: form.month.month])


def test_each_year_opened_with_what_the_year_before_left(example: Workspace) -> None:
    with example.reading() as session:
        opened = latest_balances(session, 1, 2026)
        assert balance_findings(session, 1, 2026) == []
    assert opened is not None
    assert (opened.total, opened.must_be_used) == (from_plain("1845.3"), from_plain("35.3"))


def test_a_targeted_transfer_stays_partly_unused_and_is_returned(example: Workspace) -> None:
    with example.reading() as session:
        december = next(
            form
            for form in forms(session, 1, 2025)
            if form.kind is FormKind.EXPENSES and form.month.month == 12
        )
        targeted = [
            fact.amounts
            for fact in facts(session, december)
            if isinstance(fact.code, ExpenditureCode) and fact.code.subprogram == "029"
        ]
        returned = budget_as_of(session, 1, 2026).lines
    unused = sum((each[Measure.PLAN_YEAR] or 0) - (each[Measure.PAID] or 0) for each in targeted)
    assert unused == from_plain("35.3")
    assert from_plain("35.3") in [line.amount for line in returned if str(line.code) == "15/1/124/048"]


def test_forms_are_made_the_same_each_time_and_their_pdf_says_the_same(
    example: Workspace, tmp_path: Path
) -> None:
    budget = books_of_example(example, 1)
    once, again = (list(example_forms(budget, [Month(2025, 7)])) for _ in range(2))
    assert once == again
    text, pdf = (
        write_example_forms(example, 1, tmp_path, [Month(2025, 7)], pdf=pdf) for pdf in (False, True)
    )
    for plain, printed in zip(text, pdf, strict=True):
        rows = [
            [(row.parts, row.amounts) for row in read_form_file(path).form.rows] for path in (plain, printed)
        ]
        assert rows[0] == rows[1]
        assert rows[0]
