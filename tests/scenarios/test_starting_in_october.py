"""An office that begins on 2 October with three papers: its decision, an amendment, one treasury form.

Everything is done as its accountant would from a terminal. Beside it stands the example okrug, which has
kept its books here since 2023: what the new office says of September must be what the old one says.
Amounts in thousand tenge.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.budget.execution.forms import Month
from akimat_desk.core.resources import resource
from akimat_desk.places.service import units
from akimat_desk.storage.workspace import Workspace
from akimat_desk.training.example_execution import write_example_forms
from tests.cli.conftest import Run, run

__all__ = ["run"]  # the fixture


@pytest.fixture
def forms(example_file: Path, tmp_path: Path) -> list[Path]:
    """The treasury's forms as of 1 October: PDF files, cumulative from January."""
    with Workspace.open(example_file, read_only=True) as workspace:
        with workspace.reading() as session:
            [unit] = units(session)
        return write_example_forms(workspace, unit.id, tmp_path, [Month(2026, 9)])


def report(run: Run, workspace: Path, out: Path) -> Any:
    """The execution report of September, its rows as they are printed."""
    ran = run(
        "report", "run", "execution", workspace, "--year", 2026, "--month", 9, "--details",
        "--doc-lang", "ru", "--format", "json", "--out", out,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    return rows_of(json.loads(out.read_text("utf-8")))


def rows_of(document: Any) -> list[Any]:
    """Every row of the report's tables."""
    if isinstance(document, dict):
        if "rows" in document:
            return list(document["rows"])
        return [row for value in document.values() for row in rows_of(value)]
    return [row for value in document for row in rows_of(value)] if isinstance(document, list) else []


def test_an_office_begins_in_october(run: Run, forms: list[Path], example_file: Path, tmp_path: Path) -> None:
    office = tmp_path / "округ.akimat"
    made = run(
        "new", office, "--kato", "990140000", "--kind", "okrug",
        "--name-kk", "Жаңабұлақ ауылдық округі", "--name-ru", "Жанабулакский сельский округ",
    )  # fmt: skip
    assert made.status == 0

    # The decision of December and the amendment of June, as the mäslikhat's site prints them.
    for paper in ("2026-2028_kk.html", "2026-2028_amendment_kk.html"):
        assert run("decision", "import", office, resource("example", paper), "--confirm").status == 0

    # The akim's adjustment of 15 September: 900 from lighting to roads, agreed by the assembly.
    draft = run(
        "adjustment", "add", office, "--year", 2026, "--ground", "between_programs", "--number", "21",
        "--date", "2026-09-15", "--minutes", "8,2026-09-11",
        "--line", "07/3/124/008=-900", "--line", "12/1/124/013=900", "--json",
    )  # fmt: skip
    assert draft.status == 0, draft.out
    assert run("adjustment", "confirm", office, draft.json["id"]).status == 0

    # What the year opened with, from the treasury's statement; 35.3 of it had to go back.
    opened = run(
        "balances", "set", office, "--year", 2026, "--total", "1845.3", "--bound", "targeted_return=35.3",
        "--json",
    )  # fmt: skip
    assert (opened.status, opened.json["free"]) == (0, "1810")

    # One cumulative form each for receipts and costs. Nothing before them was ever taken in.
    for form in forms:
        taken = run("execution", "import", office, form, "--month", "2026-09", "--json")
        assert taken.status == 0, taken.out

    # The report of September is the one that the other okrug makes of nine months of forms.
    # Only what was planned to September is not known yet: for receipts no form says it.
    there = report(run, example_file, tmp_path / "there.json")
    here = report(run, office, tmp_path / "here.json")
    assert len(here) > 30
    assert [without_plan(row) for row in here] == [without_plan(row) for row in there]

    # The plan comes from the form itself: what the treasury has for the year and to September.
    started = run("plan", "start", office, "--year", 2026, "--json")
    assert started.status == 0, started.err
    assert started.json["orphans"] == []
    assert [f["code"] for f in started.json["findings"]] == ["plan.from_form"]
    shown = run("plan", "show", office, "--year", 2026, "--json")
    errors = [f for f in shown.json["findings"] if f["severity"] == "error"]
    assert errors == []
    kept = run("plan", "show", example_file, "--year", 2026, "--as-of", "2026-09-30", "--json")
    assert years_of(shown.json) == years_of(kept.json)
    assert paid_to_september(shown.json) == paid_to_september(kept.json)

    # Approved, it is what September is measured against: the costs of the report are the same to the tiyn.
    approved = run("plan", "approve", office, started.json["document"], "--date", "2026-10-02", "--json")
    assert (approved.status, approved.json["state"]) == (0, "confirmed")
    here = report(run, office, tmp_path / "here.json")
    assert costs_of(here) == costs_of(there)

    # Nothing is wrong with the workspace, and the books go on: September can be closed after August.
    assert run("check", office).status == 0
    for month in range(1, 10):
        assert run("period", "close", office, "--year", 2026, "--month", month).status == 0
    late = run(
        "adjustment", "add", office, "--year", 2026, "--ground", "sequester", "--number", "22",
        "--date", "2026-09-20", "--line", "07/3/124/008=-10", "--line", "5/02/3=-10", "--json",
    )  # fmt: skip
    refused = run("adjustment", "confirm", office, late.json["id"], "--lang", "ru")
    assert refused.status == 2
    assert "Период закрыт: сентябрь 2026 года" in refused.err


def without_plan(row: Any) -> list[Any]:
    """A printed row without the plan of the period and the per cent of it."""
    return [cell for at, cell in enumerate(row["cells"]) if at not in (5, 6, 10)]


def costs_of(rows: list[Any]) -> list[Any]:
    """The rows of section II, with every column."""
    first = next(at for at, row in enumerate(rows) if row["cells"][1].get("text", "").startswith("II."))
    return [row["cells"] for row in rows[first:]]


def years_of(plan: Any) -> dict[tuple[str, str], str]:
    """What each line of costs comes to in the year."""
    return {
        (line["side"], json.dumps(line["code"])): line["year"]
        for line in plan["lines"]
        if line["side"] != "receipts"
    }


def paid_to_september(plan: Any) -> dict[str, float]:
    """What each line of payments comes to from January to September, in whole tenge."""
    return {
        json.dumps(line["code"]): round(sum(float(month) for month in line["months"][:9]) * 1000)
        for line in plan["lines"]
        if line["side"] == "payments"
    }
