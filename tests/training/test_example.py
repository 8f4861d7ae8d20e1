"""The example okrug: its shipped decisions are what the generator writes, and they are clean."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.questions import all_decision_findings, budget_as_of, decisions
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.service import ratio_history
from akimat_desk.core.money import from_plain
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.core.resources import resource
from akimat_desk.storage.workspace import Workspace
from akimat_desk.training.example import make_example

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
            (2024, 0),
            (2025, 0),
            (2026, 0),
            (2026, 1),
        ]
        assert budget_as_of(session, unit.id, 2026).figures[Figure.BALANCES_USED] == from_plain("1845.3")
        history = ratio_history(session, unit.id)
        assert [str(year.ratio_percent) for year in history.years] == ["14.8", "19.6", "23.5", "24.9", "25.4"]


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
