"""``plan import`` and ``plan show`` as a terminal runs them."""

from __future__ import annotations

from pathlib import Path

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import text
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.budget.plans.building import adopt, k

from .conftest import Run

DECISION = resource("example", "2026-2028_kk.html")
MONTHS = [text(f"plan.month.{month}", Language.RU) for month in range(1, 13)]
HEAD = ";".join(["АБП", "Программа", "Подпрограмма", "Специфика", "Наименование", "Год", *MONTHS])


def _file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "план.csv"
    path.write_text("План по платежам (тыс. тенге)\n\n" + "\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def _row(specific: str, month: str, year: str) -> str:
    return f"124;001;015;{specific};строка;{year};" + ";".join([month] * 12)


def test_a_plan_is_taken_in_and_shown(run: Run, okrug: Path, tmp_path: Path) -> None:
    assert run("decision", "import", okrug, DECISION, "--confirm").status == 0
    path = _file(tmp_path, _row("111", "100,5", "1206,0"), _row("149", "10,0", "120,0"))
    ran = run("plan", "import", okrug, path, "--year", 2026, "--json")
    assert ran.status == 1  # the plan does not come to the budget yet
    said = ran.json
    assert (said["unit"], said["year"], said["state"]) == ("990140000", 2026, "draft")
    assert said["counts"] == {"new": 2, "changed": 0, "same": 0, "unknown": 0, "wrong": 0}
    first = said["rows"][0]
    assert first["code"]["specific"] == "111"
    assert (first["side"], first["year"], first["months"]) == ("payments", "1206", ["100.5"] * 12)
    assert said["findings"] == []
    assert {finding["code"] for finding in said["checks"]} >= {"plan.below_budget", "plan.sides_lines"}

    again = run("plan", "import", okrug, path, "--year", 2026, "--json")
    assert (again.status, again.json["document"], again.json["counts"]["same"]) == (0, None, 2)

    shown = run("plan", "show", okrug, "--year", 2026, "--json")
    assert shown.json["state"] == "draft"
    assert [line["year"] for line in shown.json["lines"]] == ["1206", "120"]
    assert len(shown.json["art105"]) == 12
    assert "1 326,0" in run("plan", "show", okrug, "--year", 2026).out.replace("\N{NO-BREAK SPACE}", " ")


def test_wrong_rows_are_said_and_the_rest_is_taken(run: Run, okrug: Path, tmp_path: Path) -> None:
    run("decision", "import", okrug, DECISION, "--confirm")
    path = _file(tmp_path, _row("111", "100,5", "1206,0"), _row("149", "10,0", "99,0"))
    ran = run("--lang", "ru", "plan", "import", okrug, path, "--year", 2026)
    assert ran.status == 1
    said = ran.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "сумма месяцев 120,0, год 99,0; разница 21,0 тыс. тенге" in said
    assert "сохранен как проект" in said


def test_codes_nobody_knows_are_kept_only_when_asked(run: Run, okrug: Path, tmp_path: Path) -> None:
    run("decision", "import", okrug, DECISION, "--confirm")
    path = _file(tmp_path, _row("987", "1,0", "12,0"), _row("986", "1,0", "12,0"))
    refused = run("--lang", "kk", "plan", "import", okrug, path, "--year", 2026)
    assert refused.status == 2
    assert "Бірде-бір жол алынбады" in refused.err
    kept = run("plan", "import", okrug, path, "--year", 2026, "--keep-unknown", "--json")
    assert kept.json["counts"]["unknown"] == 2
    assert kept.json["document"] is not None


def test_a_year_without_a_plan(run: Run, okrug: Path) -> None:
    ran = run("--lang", "ru", "plan", "show", okrug, "--year", 2026)
    assert ran.status == 2
    assert "плана финансирования нет" in ran.err


def test_the_columns_of_an_own_table_are_given_once(run: Run, okrug: Path, tmp_path: Path) -> None:
    assert run("decision", "import", okrug, DECISION, "--confirm").status == 0
    head = ";".join(["Шифр", "Статья", *(f"{month:02}/26" for month in range(1, 13))])
    path = tmp_path / "свой.csv"
    rows = [f"124/001/015/{specific};Строка;" + ";".join(["10,5"] * 12) for specific in ("111", "149")]
    path.write_text("тыс. тенге\n\n" + "\n".join([head, *rows]), encoding="utf-8")
    refused = run("plan", "import", okrug, path, "--year", 2026, "--json")
    assert refused.status == 2
    assert "1 – Шифр" in refused.err
    columns = "1=code,2=name,3-14=months"
    made = run(
        "plan", "import", okrug, path, "--year", 2026, "--columns", columns, "--side", "payments", "--json"
    )
    assert made.json["rows"][0]["months"] == ["10.5"] * 12
    again = run("plan", "import", okrug, path, "--year", 2026, "--json")  # they are remembered
    assert again.json["counts"]["same"] == 2


def test_a_new_year_is_started_with_places_for_old_codes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "okrug.akimat"
    with Workspace.create(path) as workspace:
        create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Үлгі", "Образец"))
        facts = [
            Fact(0, code, Trilingual(), kind, {Measure.RECEIVED: k(amount)})
            for code, kind, amount in (
                (RevenueCode("4", "02", "3", "01"), LineKind.TRANSFERS, "20000"),
                (RevenueCode("2", "01", "5", "10"), LineKind.NONTAX, "300"),
            )
        ]
        save_typed(workspace, DEFAULT_ACTOR, 1, FormKind.RECEIPTS, Month(2025, 12), facts)
        adopt(workspace, 1, 2026)
        workspace.close(make_backup=False)
    seen = run("plan", "start", path, "--year", 2026, "--preview", "--json")
    assert seen.status == 0
    assert seen.json["document"] is None
    assert seen.json["moved"] == [{"side": "receipts", "before": "4/02/3/01", "after": "5/02/3/01"}]
    assert [each["code"] for each in seen.json["orphans"]] == ["2/01/5/10"]
    assert run("plan", "start", path, "--year", 2026, "--place", "2/01/5/10=x").status == 2
    made = run(
        "plan", "start", path, "--year", 2026, "--json",
        "--place", "2/01/5/10=1/04/4/02:70,1/01/2/02:30",
    )  # fmt: skip
    assert made.json["orphans"] == []
    assert len(made.json["moved"]) == 3
    assert made.json["document"]
    assert run("plan", "start", path, "--year", 2026).status == 2  # a draft is there
