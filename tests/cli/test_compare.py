"""``budget compare``: two budgets line by line, in the contract's style."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


def test_years_as_json(run: Run, papers_file: Path) -> None:
    ran = run("budget", "compare", papers_file, "--left", "2025", "--right", "2026", "--json")
    assert ran.status == 0, ran.err
    shape = ran.json
    assert set(shape) == {"left", "right", "figures", "lines", "findings"}
    assert (shape["left"]["year"], shape["right"]["year"]) == (2025, 2026)
    assert shape["right"]["decision"]["number"] == "XXXIX-241"
    assert shape["figures"]["transfers"] == {
        "left": "72900", "right": "84840", "difference": "11940", "percent": "116.4"
    }  # fmt: skip
    assert shape["figures"]["special_receipts"]["difference"] is None
    [transfers] = [line for line in shape["lines"] if line["figure"] == "transfers"]
    assert (transfers["left_code"], transfers["right_code"]) == ({"category": "4"}, {"category": "5"})
    assert transfers["code"] == {"category": "5"}


def test_editions_only_where_they_differ(run: Run, papers_file: Path) -> None:
    side = "990140000/2026"
    ran = run(
        "budget", "compare", papers_file, "--left", f"{side}:approved", "--right", f"{side}@2026-06-12",
        "--only-different", "--json",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert all(line["difference"] != "0" for line in ran.json["lines"])
    for_people = run("--lang", "ru", "budget", "compare", papers_file, "--left", "2025", "--right", "2026")
    assert "116,4 %" in for_people.out


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        ("2026", "2026", "Слева и справа один и тот же бюджет"),
        ("26", "2026", "[КАТО/]ГОД"),
        ("2026:draft", "2026", "Начните уточнение"),
        ("2026@вчера", "2026", "ГГГГ-ММ-ДД"),
        ("111/2026", "2026", "Жанабулакский"),
        ("2019", "2026", "Годы, на которые бюджет есть"),
        ("2026#999", "2026", "999"),
    ],
)
def test_a_side_that_is_not_there_is_said_in_words(
    run: Run, papers_file: Path, left: str, right: str, says: str
) -> None:
    ran = run("--lang", "ru", "budget", "compare", papers_file, "--left", left, "--right", right)
    assert ran.status == 2
    assert says in ran.err
    assert ran.out == ""
