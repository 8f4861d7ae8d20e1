"""What is written for 1C reads back with every figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.budget.execution.forms import KEPT, FormKind
from akimat_desk.budget.execution.preview import RowState, preview
from akimat_desk.budget.execution.reading.reader import read_form_file
from akimat_desk.budget.execution.stored import facts, months_with_forms
from akimat_desk.core.language import Language
from akimat_desk.reports.plain_form import write_plain_form
from akimat_desk.storage.workspace import Workspace


@pytest.mark.parametrize("kind", list(FormKind))
def test_a_written_form_changes_nothing_when_it_is_taken_in(
    example_file: Path, tmp_path: Path, kind: FormKind
) -> None:
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as session:
        form = next(each for each in months_with_forms(session, 1, 2025)[7] if each.kind is kind)
        stored = facts(session, form)
        path = write_plain_form(form, stored, tmp_path / "1c.xlsx", Language.RU)
        read = read_form_file(path).form
        assert [[row.amounts.get(measure) for measure in KEPT[kind]] for row in read.rows] == [
            [fact.amounts.get(measure) for measure in KEPT[kind]] for fact in stored
        ]
        shown = preview(session, 1, read)
        assert shown.refusals == ()
        assert {row.state for row in shown.rows} == {RowState.SAME}
