"""``execution import`` as scripts rely on it: shapes, statuses, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.core.resources import resource
from akimat_desk.training.treasury import form_pdf, print_form
from tests.budget.execution.building import (
    EXPENSES,
    RECEIPTS,
    TOP,
    WAGES,
    expense,
    expense_cells,
    form,
    workbook,
)

from .conftest import Run


@pytest.fixture
def budget(run: Run, okrug: Path) -> Path:
    """The okrug with its budget of 2026."""
    assert run("decision", "import", okrug, resource("example", "2026-2028_kk.html"), "--confirm").status == 0
    return okrug


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "4-20.pdf"
    path.write_bytes(form_pdf(print_form(form(FormKind.EXPENSES, EXPENSES))))
    return path


def test_a_form_is_previewed_taken_in_and_the_second_time_changes_nothing(
    run: Run, budget: Path, pdf: Path
) -> None:
    shown = run("execution", "import", budget, pdf, "--preview", "--json")
    assert shown.status == 0, shown.err
    assert shown.json["document"] is None
    assert shown.json["counts"]["new"] == 2
    taken = run("execution", "import", budget, pdf, "--month", "2026-01", "--json")
    assert taken.status == 0, taken.err
    answer = taken.json
    assert answer["form"] == {
        "kind": "4-20",
        "as_of": "2026-02-01",
        "month": "2026-01",
        "unit": "990140000",
        "institution": {"code": "1241234", "name": "Аппарат акима Жанабулакского сельского округа"},
        "amounts_in": "tenge",
    }
    row = answer["rows"][0]
    assert row["status"] == "new"
    assert row["code"] == {
        "functional_group": "01", "subgroup": "1", "administrator": "124",
        "program": "001", "subprogram": "015", "specific": "111",
    }  # fmt: skip
    assert row["amounts"]["paid"] == "90"
    assert row["before"] is None
    again = run("execution", "import", budget, pdf, "--json")
    assert (again.status, again.json["document"], again.json["counts"]["same"]) == (0, None, 2)


def test_wrong_rows_are_status_1_and_the_rest_is_stored(run: Run, budget: Path, tmp_path: Path) -> None:
    path = tmp_path / "4-20.xlsx"
    path.write_bytes(workbook(expense_cells([WAGES, expense("124", "777", "", "159", name="Х")]), top=TOP))
    taken = run("execution", "import", budget, path, "--json")
    assert taken.status == 1
    assert [row["status"] for row in taken.json["rows"]] == ["new", "wrong"]
    (finding,) = taken.json["rows"][1]["findings"]
    assert finding["code"] == "form.unknown_code"
    assert finding["fix"]
    mapped = run("execution", "import", budget, path, "--map", "124/777/159=07/3/124/008//159", "--json")
    assert mapped.status == 0, mapped.err
    assert [row["status"] for row in mapped.json["rows"]] == ["same", "new"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--month", "2026-02"), "2026 жылғы ақпан"),
        (("--month", "ақпан"), "ақпан"),
        (("--map", "124/777"), "124/777"),
        (("--columns", "1=nothing"), "1=nothing"),
    ],
)
def test_what_cannot_be_done_is_said_and_stores_nothing(
    run: Run, budget: Path, pdf: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("--lang", "kk", "execution", "import", budget, pdf, *arguments)
    assert ran.status == 2
    assert said in ran.err
    assert run("execution", "import", budget, pdf, "--preview", "--json").json["counts"]["new"] == 2


def test_columns_are_shown_once_and_remembered(run: Run, budget: Path, tmp_path: Path) -> None:
    rows = [["1/04/4/02", "Налог", "5.00", "700.00"], ["1/04/1/02", "Налог", "0.00", "300.00"]]
    path = tmp_path / "кесте.xlsx"
    path.write_bytes(workbook(rows, ("А", "Б", "В", "Г"), top=("Форма 2-19 на 01.02.2026",)))
    unknown = run("execution", "import", budget, path)
    assert unknown.status == 2
    assert "--columns" in unknown.err
    shown = run(
        "execution",
        "import",
        budget,
        path,
        "--columns",
        "1=code,2=name,4=received",
        "--json",
        "--amounts-in",
        "thousand",
    )
    assert shown.status == 0, shown.err
    assert [row["amounts"]["received"] for row in shown.json["rows"]] == ["700", "300"]
    again = run("execution", "import", budget, path, "--json", "--amounts-in", "thousand")
    assert (again.status, again.json["counts"]["same"]) == (0, 2)


def test_receipts_for_a_person(run: Run, budget: Path, tmp_path: Path) -> None:
    path = tmp_path / "2-19.txt"
    path.write_text(print_form(form(FormKind.RECEIPTS, RECEIPTS)), "utf-8")
    ran = run("--lang", "ru", "execution", "import", budget, path)
    assert ran.status == 0, ran.err
    assert "1/04/4/02" in ran.out
    assert "новых – 2" in ran.out


def test_the_outlook_has_every_method_with_its_error(run: Run, example_file: Path) -> None:
    ran = run("--lang", "ru", "execution", "outlook", example_file, "--year", 2026, "--json")
    assert ran.status == 0, ran.err
    answer = ran.json
    assert (answer["month"], answer["learned_from"]) == ("2026-10", [2023, 2024, 2025])
    line = next(
        line for line in answer["lines"] if line["code"] == {"category": "1", "class": "04", "subclass": "4"}
    )
    assert {said["method"] for said in line["forecasts"]} == {"usual_share", "last_shape", "linear"}
    assert all(said["error_percent"] is not None for said in line["forecasts"])
    assert answer["findings"][0]["code"] == "forecast.receipts_behind"
    for_people = run("--lang", "kk", "execution", "outlook", example_file, "--year", 2026, "--month", 7)
    assert "күтіледі" in for_people.out
    asked = run("--lang", "ru", "execution", "outlook", example_file, "--year", 2026, "--method", "linear")
    assert "Способ – «равномерно по месяцам»" in asked.out
    assert run("execution", "outlook", example_file, "--year", 2019).status == 2


def test_what_is_written_for_1c_comes_back_the_same(run: Run, example_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "1c.xlsx"
    asked = ("--year", 2026, "--month", 5, "--form", "4-20", "--out", out, "--json")
    written = run("execution", "export", example_file, *asked)
    assert written.status == 0, written.err
    back = run("execution", "import", example_file, out, "--preview", "--json")
    assert back.status == 0, back.err
    assert back.json["counts"]["same"] == written.json["rows"] == len(back.json["rows"])
