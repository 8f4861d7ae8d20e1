"""``adjustment``, ``balances``, ``period`` and ``office`` as scripts rely on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.budget.plans.building import adopt

from .conftest import Run


@pytest.fixture
def ask(run: Run) -> Run:
    """Every command with ``--json``."""
    return lambda *arguments: run(*arguments, "--json")


@pytest.fixture
def okrug(tmp_path: Path) -> Path:
    path = tmp_path / "okrug.akimat"
    with Workspace.create(path) as workspace:
        create_unit(
            workspace, DEFAULT_ACTOR, kato="103230000", kind=UnitKind.OKRUG,
            name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
        )  # fmt: skip
        adopt(workspace, 1)
        workspace.close(make_backup=False)
    return path


def test_a_move_between_programs_from_the_draft_to_the_budget(ask: Run, okrug: Path) -> None:
    draft = ask(
        "adjustment", "add", okrug, "--year", 2026, "--ground", "between_programs", "--number", "14",
        "--date", "2026-09-03", "--minutes", "5,2026-09-01",
        "--line", "07/3/124/008=-2000", "--line", "01/1/124/001=2000",
    )  # fmt: skip
    assert draft.status == 1  # 2 000 are more than 20 % of 7 200
    assert [finding["code"] for finding in draft.json["findings"]] == ["adjustment.over_share"]
    refused = ask("adjustment", "confirm", okrug, draft.json["id"])
    assert refused.status == 2
    assert ask("adjustment", "delete", okrug, draft.json["id"]).status == 0
    made = ask(
        "adjustment", "add", okrug, "--year", 2026, "--ground", "between_programs", "--number", "14",
        "--date", "2026-09-03", "--minutes", "5,2026-09-01",
        "--line", "07/3/124/008=-1000,5", "--line", "01/1/124/001=1000.5",
    )  # fmt: skip
    assert made.status == 0
    assert made.json["basis"] == {
        "kind": "minutes", "number": "5", "date": "2026-09-01", "meeting_item": None,
    }  # fmt: skip
    light = next(line for line in made.json["lines"] if line["code"]["program"] == "008")
    assert (light["before"], light["change"], light["after"]) == ("7200", "-1000.5", "6199.5")
    assert ask("adjustment", "confirm", okrug, made.json["id"]).json["state"] == "confirmed"
    listed = ask("adjustment", "list", okrug, "--year", 2026)
    assert [each["state"] for each in listed.json["adjustments"]] == ["confirmed"]
    assert ask("adjustment", "show", okrug, made.json["id"]).json["number"] == "14"
    after = ask("budget", "show", okrug, "--year", 2026, "--stage", "adjusted")
    assert "6199.5" in [line["amount"] for line in after.json["lines"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ground", "wish"], "between_programs"),
        (["--ground", "between_programs", "--line", "09/9/124/999=1"], "07/3/124/008"),
        (["--ground", "between_programs", "--line", "07/3/124/008=много"], "1250.5"),
        (["--ground", "between_programs", "--meeting-item", "9"], "adjustment minutes"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    ask: Run, okrug: Path, arguments: list[str], said: str
) -> None:
    refused = ask("adjustment", "add", okrug, "--year", 2026, *arguments)
    assert refused.status == 2
    assert said in refused.err
    assert ask("adjustment", "list", okrug, "--year", 2026).json["adjustments"] == []


def test_minutes_kept_here_are_listed(ask: Run, okrug: Path) -> None:
    assert ask("adjustment", "minutes", okrug, "--year", 2026).json["items"] == []


def test_balances_are_kept_and_judged(ask: Run, okrug: Path) -> None:
    assert ask("balances", "show", okrug, "--year", 2026).status == 2
    assert ask("balances", "set", okrug, "--year", 2026, "--from-forms").status == 2  # no forms here
    kept = ask(
        "balances", "set", okrug, "--year", 2026, "--total", "1700,5", "--bound", "targeted_return=300.5",
        "--note", "Выписка",
    )  # fmt: skip
    assert kept.status == 0
    assert (kept.json["total"], kept.json["free"], kept.json["note"]) == ("1700.5", "1400", "Выписка")
    assert ask("balances", "set", okrug, "--year", 2026, "--total", "5", "--bound", "x=1").status == 2
    poor = ask("balances", "set", okrug, "--year", 2026, "--total", "100")
    assert poor.status == 1  # the budget uses 1 200
    assert ask("balances", "show", okrug, "--year", 2026).json["total"] == "100"


def test_months_are_closed_and_opened(ask: Run, okrug: Path) -> None:
    assert ask("period", "close", okrug, "--year", 2026, "--month", 2).status == 2
    closed = ask("period", "close", okrug, "--year", 2026, "--month", 1)
    assert [each["month"] for each in closed.json["periods"]] == [1]
    assert ask("period", "reopen", okrug, "--year", 2026, "--month", 1).status == 2  # no reason
    opened = ask("period", "reopen", okrug, "--year", 2026, "--month", 1, "--reason", "Форма исправлена")
    assert opened.json["periods"][0]["reason"] == "Форма исправлена"
    assert len(ask("period", "list", okrug, "--year", 2026).json["periods"]) == 1


def test_the_rules_of_the_office_are_kept(ask: Run, okrug: Path) -> None:
    shipped = ask("office", "show", okrug).json
    assert shipped["balances_count"] is True
    assert shipped["appendix"]["request.administrator.payments"] == "29"
    own = ask(
        "office", "set", okrug, "--balances-count", "no", "--protected", "124 001; 008",
        "--appendix", "individual.payments=3-А",
    ).json  # fmt: skip
    assert own["balances_count"] is False
    assert [code["program"] for code in own["protected"]] == ["001", "008"]
    assert own["appendix"]["individual.payments"] == "3-А"
    assert ask("office", "set", okrug, "--protected", "777").status == 2
    assert ask("office", "set", okrug, "--appendix", "no.form=1").status == 2
    cut = ask(
        "adjustment", "add", okrug, "--year", 2026, "--ground", "sequester", "--number", "20",
        "--date", "2026-10-01", "--line", "07/3/124/008=-100", "--line", "5/02/3=-100",
    )  # fmt: skip
    assert "adjustment.protected" in [finding["code"] for finding in cut.json["findings"]]
    assert ask("office", "set", okrug, "--protected", "").json["protected"] == []
