"""The money spent on a proposal, out of the treasury's forms of the example okrug."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.budget.execution.stored import month_with_forms
from akimat_desk.budget.execution.table import Column, execution_table
from akimat_desk.budget.figures import Section
from akimat_desk.meetings.proposals import budget_proposal, pay_proposal, proposal, proposals
from akimat_desk.meetings.spending import spent_on_line
from akimat_desk.meetings.states import ProposalState
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Table
from akimat_desk.reports.meetings import proposal_paper
from akimat_desk.storage.changes import DEFAULT_ACTOR
from akimat_desk.storage.workspace import Workspace

ROADS = "07/3/124/011"


@pytest.fixture
def workspace(example_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(example_file, tmp_path / "үлгі.akimat"))) as opened:
        yield opened
        opened.close(make_backup=False)


def test_what_was_paid_on_a_line_is_what_the_report_of_the_month_says(workspace: Workspace) -> None:
    with workspace.reading() as session:
        table = execution_table(session, 1, month_with_forms(session, 1, 2026))
        codes = [row.code for row in table.rows if row.section is Section.EXPENDITURE and row.code]
        assert codes
        for code in codes:
            paid = spent_on_line(session, 1, 2026, code)
            row = table.row(Section.EXPENDITURE, code)
            assert row is not None
            assert (paid.amount if paid else None) == row.amount(Column.EXECUTED)
        spent = spent_on_line(session, 1, 2026, ROADS)
        assert spent is not None
        assert spent.as_of == table.month.last_day or spent.as_of.month == table.month.month % 12 + 1
        assert spent.papers
        assert spent_on_line(session, 1, 2026, "") is None
        assert spent_on_line(session, 1, 2019, ROADS) is None
        assert spent_on_line(session, 1, 2026, "07/3/124/01") is None  # the beginning of a code is no code


def test_the_forms_say_it_where_nobody_typed_it(workspace: Workspace) -> None:
    with workspace.reading() as session:
        carried = next(each for each in proposals(session, 1) if each.line == ROADS)
        assert carried.executed == spent_on_line(session, 1, 2026, ROADS)
        assert carried.spent is not None
        assert carried.paid == carried.spent  # what was typed counts: the line carries more
    pay_proposal(workspace, DEFAULT_ACTOR, carried.id, None, None)
    with workspace.reading() as session:
        again = proposal(session, carried.id)
        assert again.executed is not None
        assert again.paid == again.executed.amount
        thread = proposal_paper(session, carried.id, DocLanguage.RU)
    [steps] = [block for block in thread.blocks if isinstance(block, Table)]
    [row] = [row for row in steps.rows if "Оплачено по строке" in row.cells[0].text]  # type: ignore[union-attr]
    assert again.executed.papers[0] in row.cells[2].text  # type: ignore[union-attr]


def test_a_year_without_forms_has_nothing_spent(workspace: Workspace) -> None:
    with workspace.reading() as session:
        carried = next(each for each in proposals(session, 1) if each.line == ROADS)
        assert carried.paper is not None
        document_id = carried.paper.document_id
    pay_proposal(workspace, DEFAULT_ACTOR, carried.id, None, None)
    budget_proposal(workspace, DEFAULT_ACTOR, carried.id, document_id, 2028, ROADS)
    with workspace.reading() as session:
        later = proposal(session, carried.id)
        assert later.executed is None
        assert later.paid is None
        assert later.state in (ProposalState.BUDGETED, ProposalState.TOLD)
