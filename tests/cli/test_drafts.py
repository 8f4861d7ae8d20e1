"""``decision draft`` on real files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.views import DocumentState
from akimat_desk.cli.main import main
from akimat_desk.places.service import unit
from akimat_desk.storage.workspace import Workspace


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, object], str]:
    status = main(["--json", "--lang", "ru", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else {}, err


def test_a_draft_from_last_years_lines(
    example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    status, made, _ = answer(
        capsys, "decision", "draft", path, "--year", 2027, "--copy-from", 2026, "--percent", "105,5"
    )
    assert made["years"] == [2027, 2028, 2029]
    assert isinstance(made["lines"], int)
    assert made["lines"] > 30
    # What was spent out of balances in 2026 has no source yet in 2027: that is said, as an error.
    assert status == 1
    assert {f["code"] for f in made["findings"]} >= {"draft.no_sources"}  # type: ignore[attr-defined]
    status, budget, err = answer(capsys, "decision", "draft", path, "--year", 2026)
    assert (status, budget) == (2, {})
    assert "2026" in err


def test_what_is_refused_makes_no_draft(
    example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    for arguments in (("--copy-from", 1999), ("--copy-from", 2026, "--percent", "много")):
        status, made, err = answer(capsys, "decision", "draft", path, "--year", 2029, *arguments)
        assert (status, made) == (2, {})
        assert len(err.strip()) > 20
    with Workspace.open(path) as workspace, workspace.reading() as session:
        documents = decisions(session, unit(session).id)
    assert {document.state for document in documents} == {DocumentState.CONFIRMED}


def test_number_and_date_of_a_confirmed_decision_are_corrected_with_a_reason(
    papers_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(papers_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace, workspace.reading() as session:
        last = decisions(session, unit(session).id)[-1]
    status, _, err = answer(capsys, "decision", "describe", path, last.id, "--number", "XL-1")
    assert status == 2
    assert "причины" in err
    status, made, _ = answer(
        capsys, "decision", "describe", path, last.id, "--number", "XL-1", "--reason", "опечатка"
    )
    assert status == 0
    assert (made["number"], made["in_force"]) == ("XL-1", last.id)
