"""`goalseek`: shape, statuses, and that the answer put in reaches the target."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from akimat_desk.budget.ratio.bases import LineBase, set_base
from akimat_desk.core.money import from_plain
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .conftest import Run


@pytest.fixture(scope="module")
def example(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(example_file, tmp_path_factory.mktemp("goal") / "example.akimat"))
    with Workspace.open(path) as workspace:
        base = LineBase("1/04/4", count=412)
        set_base(workspace, DEFAULT_ACTOR, 1, 2026, base)
        workspace.close(make_backup=False)
    return path


def test_each_line_alone_and_all_together_reach_the_target(run: Run, example: Path) -> None:
    ran = run("goalseek", example, "--year", 2026, "--json")
    assert ran.status == 0, ran.err
    answer = ran.json
    own, total = from_plain(answer["own_revenue"]), from_plain(answer["denominator_amount"])
    assert (answer["ratio_percent"], answer["target_percent"]) == ("23.5", "33.0")
    target = Fraction(answer["target_percent"]) / 100

    def reached(more: int) -> bool:
        return Fraction(own + more, total + more) >= target

    growth = from_plain(answer["growth_thousand_tenge"])
    assert reached(growth)
    assert not reached(growth - 10_000)
    assert len(answer["lines"]) == 8
    for line in answer["lines"]:
        more = from_plain(line["needed"]) - from_plain(line["amount"])
        assert line["answer"] == "reachable"
        assert reached(more)
        assert not reached(more - 10_000)
    mix = sum(from_plain(x["needed"]) - from_plain(x["amount"]) for x in answer["mix"]["lines"])
    assert mix == from_plain(answer["mix"]["growth"])
    assert reached(mix)


def test_growth_is_said_in_things_where_the_office_counts_them(run: Run, example: Path) -> None:
    answer = run("goalseek", example, "--year", 2026, "--line", "1044", "--json").json
    [line] = answer["lines"]
    assert line["code"] == {"category": "1", "class": "04", "subclass": "4"}
    things = line["things"]
    # 10 450.0 thousand of 412 vehicles is 25.364 08 thousand each.
    assert things["what"] == "vehicle"
    assert (things["count"], things["average"]) == (412, "25.36408")
    average = from_plain(things["average"])
    assert (things["more"] - 1) * average < from_plain(line["growth"]) <= things["more"] * average
    said = run("--lang", "ru", "goalseek", example, "--year", 2026, "--line", "1044").out
    assert f"примерно еще {things['more']} транспортн" in said
    assert "при нынешней средней сумме 25,4 тыс. тенге" in said


def test_limits_that_do_not_allow_it_are_status_one_with_the_nearest(run: Run, example: Path) -> None:
    ran = run(
        "goalseek", example, "--year", 2026, "--line", "1/04/4", "3/03/2",
        "--limit", "1/04/4=12000", "--limit", "3/03/2=4000", "--json",
    )  # fmt: skip
    assert ran.status == 1
    answer = ran.json
    assert {line["answer"] for line in answer["lines"]} == {"limited"}
    assert [line["nearest"] for line in answer["lines"]] == ["12000", "4000"]
    assert answer["mix"]["answer"] == "limited"
    assert [finding["code"] for finding in answer["findings"]] == ["goalseek.limited"]
    assert answer["mix"]["ratio_percent"].replace(".", ",") in answer["findings"][0]["message"]


def test_a_formula_that_a_line_does_not_count_in(run: Run, example: Path) -> None:
    ran = run("goalseek", example, "--year", 2026, "--line", "2/01/5", "--formula", "tax_of_costs", "--json")
    assert ran.status == 1
    assert ran.json["lines"][0]["answer"] == "impossible"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--year", 2024), "2024"),
        (("--year", 2031), "2031"),
        (("--year", 2026, "--line", "5/02/3"), "5/02/3"),
        (("--year", 2026, "--line", "налог"), "налог"),
        (("--year", 2026, "--target", "сто"), "сто"),
        (("--year", 2026, "--limit", "1/04/4"), "1/04/4=12000"),
        (("--year", 2026, "--line", "1/04", "--line", "1/04/4"), "1/04"),
        (("--year", 2026, "--formula", "without_targeted"), "трансферт"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(
    run: Run, example: Path, arguments: tuple[object, ...], words: str
) -> None:
    ran = run("--lang", "ru", "goalseek", example, *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_a_year_without_a_target_is_answered_for_a_target_given(run: Run, example: Path) -> None:
    ran = run("goalseek", example, "--year", 2024, "--target", "14,0", "--json")
    assert ran.status == 0, ran.err
    assert ran.json["reached"] is True
    assert ran.json["growth_thousand_tenge"] == "0"


def test_with_the_total_fixed_transfers_fall(run: Run, example: Path) -> None:
    answer = run("goalseek", example, "--year", 2026, "--total-fixed", "--json").json
    own, total = from_plain(answer["own_revenue"]), from_plain(answer["denominator_amount"])
    needed = from_plain(answer["own_revenue_needed"])
    assert Fraction(needed, total) >= Fraction(33, 100) > Fraction(needed - 10_000, total)
    assert answer["growth"] == "total_fixed"
    assert needed > own


def test_the_ratio_by_any_formula(run: Run, example: Path) -> None:
    okrug = example
    asked = run("ratio", okrug, "--from", 2026, "--to", 2026, "--formula", "tax_of_costs", "--json")
    assert (asked.json["variant"], asked.json["denominator"]) == ("tax_of_costs", "costs")
    [year] = asked.json["years"]
    # Taxes 22 222.4 of costs 112 798.2: 19.7 %.
    assert (year["own_revenue"], year["denominator_amount"]) == ("22222.4", "112798.2")
    assert year["ratio_percent"] == "19.7"
    plain = run("ratio", okrug, "--from", 2026, "--to", 2026, "--json").json["years"][0]
    same = run("ratio", okrug, "--from", 2026, "--to", 2026, "--formula", "total_revenue", "--json")
    assert {key: same.json["years"][0][key] for key in plain} == plain
    unknown = run(
        "--lang", "ru", "ratio", okrug, "--from", 2026, "--to", 2026, "--formula", "without_targeted"
    )
    assert unknown.status == 0
    assert "33,0" in unknown.out  # the target is told where the ratio cannot be
    assert run("ratio", okrug, "--from", 1990, "--to", 1991, "--formula", "costs").status == 2
