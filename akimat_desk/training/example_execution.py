"""The example's treasury forms, taken in as an office would: file by file, by the real reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.reading.reader import read_form_data
from akimat_desk.budget.execution.taking_in import take_in
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.budget.plans.sheet import PlanSheet
from akimat_desk.budget.views import BudgetView, Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.progress import Task
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.training.treasury import form_pdf
from akimat_desk.training.treasury_year import Books, ExampleForm, example_forms, example_months


def books_of_example(workspace: Workspace, unit_id: int) -> Books:
    """What answers for a year as of a day; each question is asked once of one state of the workspace."""

    @cache
    def budget(year: int, day: dt.date) -> BudgetView:
        with workspace.reading() as session:
            return budget_as_of(session, unit_id, year, day, Stage.ADJUSTED)

    @cache
    def plan(year: int, day: dt.date) -> PlanSheet:
        with workspace.reading() as session:
            sheet = plan_in_force(session, unit_id, year, day)
        if sheet is None:
            raise UsageProblem("error.plan.none", year=year)
        return sheet

    return Books(budget, plan)


def take_in_example_forms(workspace: Workspace, actor: Actor, unit_id: int, task: Task) -> int:
    """Make every form of the example and take it in; gives how many. Raises Cancelled."""
    months = example_months()
    taken = 0
    for form in example_forms(books_of_example(workspace, unit_id), months):
        task.step(taken, 2 * len(months))
        data = form.text.encode()
        read = read_form_data(data, form.name).form
        take_in(workspace, actor, unit_id, read, (form.name, data))
        taken += 1
    return taken


def write_example_forms(
    workspace: Workspace, unit_id: int, folder: Path, months: Iterable[Month], *, pdf: bool = True
) -> list[Path]:
    """Write forms of the example as files to be tried out, as PDF or as text; gives their paths.

    Raises OSError where they cannot be written.
    """
    written = []
    for form in example_forms(books_of_example(workspace, unit_id), months):
        path = folder / _file_name(form, pdf=pdf)
        path.write_bytes(form_pdf(form.text) if pdf else form.text.encode())
        written.append(path)
    return written


def _file_name(form: ExampleForm, *, pdf: bool) -> str:
    return form.name.replace(".txt", ".pdf") if pdf else form.name
