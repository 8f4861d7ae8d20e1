"""Control ratios: the language, the shipped set, one's own, on the example's real forms."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.control.amounts import COLUMNS, ControlAmounts, leaves
from akimat_desk.budget.control.files import read_ratios, write_ratios
from akimat_desk.budget.control.language import (
    NotStatedError,
    WrongExpressionError,
    check_expression,
    reckon,
)
from akimat_desk.budget.control.own import (
    add_ratios,
    all_ratios,
    own_ratios,
    remove_ratio,
    restore_ratio,
    switched_off,
)
from akimat_desk.budget.control.questions import (
    all_control_findings,
    amounts_of,
    unit_control_findings,
)
from akimat_desk.budget.control.ratios import (
    MOST_SHOWN,
    ControlRatio,
    control_findings,
    ratio_from,
    shipped_ratios,
)
from akimat_desk.budget.figures import Figure
from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from akimat_desk.places.service import units
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")


def _amounts(**forms: dict[tuple[str, str], int]) -> ControlAmounts:
    made = ControlAmounts("Тестбұлақ", 2026, 3)
    for form, lines in forms.items():
        for (column, code), amount in lines.items():
            made.put(form, column, code, amount)
    return made


FORM = _amounts(
    form420={
        ("paid", "01/1/124/001/000/111"): 300_00,
        ("paid", "01/1/124/001/000/159"): 50_00,
        ("paid", "01/11/124/001"): 7_00,
        ("plan_payments", "01/1/124/001/000/111"): 250_00,
        ("plan_payments", "01/1/124/001/000/159"): 60_00,
    }
)


def _ratio(**changes: object) -> ControlRatio:
    data: dict[str, object] = {
        "id": "own_1",
        "left": "form420('paid')",
        "relation": "<=",
        "right": "form420('plan_payments')",
        "message": {"kk": "Төленгені жоспардан аспауы керек", "ru": "Не больше плана"},
    }
    return ratio_from({**data, **changes}, own=True)


# -- the language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "tiyn"),
    [
        ("form420('paid')", 357_00),
        ("form420('paid', '01/1')", 350_00),  # 01/11 is another subgroup
        ("form420('paid', '01/1/124/001/000/111')", 300_00),
        ("form420('paid', '09')", 0),  # the form is there, the line is not
        ("form420('paid') - 2 * form420('plan_payments')", 357_00 - 620_00),
        ("0.1 * form420('paid', '01/11')", Fraction(7_00, 10)),
        ("-(form420('paid')) / 4", Fraction(-357_00, 4)),
        ("form420('paid', code)", 50_00),
    ],
)
def test_an_expression_comes_to_exact_tiyn(written: str, tiyn: int | Fraction) -> None:
    check_expression(written, for_each=True)
    assert reckon(written, FORM, "01/1/124/001/000/159").value == tiyn


def test_what_is_not_stated_is_not_nought() -> None:
    for written in ("budget('costs')", "form420('registered')", "form420('paid') + form219('received')"):
        with pytest.raises(NotStatedError):
            reckon(written, FORM)
    with pytest.raises(NotStatedError):
        reckon("form420('paid') / (form420('paid', '09'))", FORM)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1",
        "form420('paid'",
        "form420('paid').real",
        "__import__('os').system('x')",
        "form420('paid') ** 99",
        "form420('paid') if 1 else 2",
        "[form420('paid')]",
        "form420(column='paid')",
        "form420('nothing')",
        "form5('paid')",
        "form420('paid', 12)",
        "form420('paid', '01', '02')",
        "form420",
        "paid",
        "lambda: 0",
        "form420('paid') < 3",
        "f'{form420}'",
        "form420('paid') + True",
        "(" * 300 + "form420('paid')",
        "form420('paid')" + " + form420('paid')" * 40,
    ],
)
def test_anything_else_is_refused_before_it_is_kept(written: str) -> None:
    with pytest.raises(WrongExpressionError) as wrong:
        check_expression(written, for_each=False)
    with pytest.raises(InputRefused) as refused:
        _ratio(left=written)
    for language in Language:
        assert "own_1" in refused.value.text(language)
        assert "{" not in refused.value.text(language).replace("f'{form420}'", "")
    assert wrong.value.key


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=8))
def test_sums_are_the_sums(amounts: list[int]) -> None:
    made = _amounts(plan={("payments", f"{number:02d}"): amount for number, amount in enumerate(amounts)})
    assert reckon("plan('payments')", made).value == sum(amounts)
    assert reckon("plan('payments', '00') * 0.3", made).value == Fraction(3, 10) * amounts[0]


def test_leaves_have_nothing_below() -> None:
    assert leaves(["08", "08/1", "08/1/124", "081", "09/2"]) == {"08/1/124", "081", "09/2"}


def test_every_word_of_the_language_has_a_text() -> None:
    figures = {figure.value for figure in Figure}
    assert figures <= set(COLUMNS["budget"])
    for form, columns in COLUMNS.items():
        for column in columns:
            ratio = _ratio(left=f"{form}('{column}')", right="0", relation="=")
            (finding,) = control_findings(_amounts(**{form: {(column, "01"): 5}}), [ratio])
            for language in Language:
                assert "{" not in finding.message(language)


# -- what a broken one says ---------------------------------------------------------------------------


def test_both_figures_their_places_and_the_difference_are_said() -> None:
    (finding,) = control_findings(FORM, [_ratio()])
    assert (finding.code, finding.severity, finding.difference) == (
        "control.broken",
        Severity.ERROR,
        47_00,
    )
    said = finding.message(Language.RU)
    for part in ("Не больше плана", "Форма 4-20", "357", "310", "47", "не должна превышать"):
        assert part in said
    assert finding.where.year == 2026


def test_each_line_is_asked_by_itself() -> None:
    each = _ratio(each="form420", left="form420('paid', code)", right="form420('plan_payments', code)")
    found = control_findings(FORM, [each])
    # 01/11 has no plan: it stands at nought; the sum of 01/1 would have hidden the first line.
    assert [(f.where.code, f.difference) for f in found] == [
        ("01/1/124/001/000/111", 50_00),
        ("01/11/124/001", 7_00),
    ]


def test_many_broken_lines_are_counted() -> None:
    many = _amounts(
        form420={("paid", f"{n:02d}"): 5 for n in range(15)}
        | {("plan_payments", f"{n:02d}"): 4 for n in range(15)}
    )
    each = _ratio(each="form420", left="form420('paid', code)", right="form420('plan_payments', code)")
    found = control_findings(many, [each])
    assert len(found) == MOST_SHOWN + 1
    assert found[-1].fields["count"] == 5


@pytest.mark.parametrize(
    ("relation", "tolerance", "broken"),
    [
        ("<=", 0, True),
        ("<=", 47, False),
        ("<=", 46, True),
        (">=", 0, False),
        ("=", 46, True),
        ("=", 47, False),
    ],
)
def test_relations_and_tolerance(relation: str, tolerance: int, broken: bool) -> None:
    found = control_findings(FORM, [_ratio(relation=relation, tolerance_tenge=tolerance)])
    assert bool(found) is broken


def test_years_bound_a_ratio() -> None:
    assert control_findings(FORM, [_ratio(first_year=2027)]) == []
    assert control_findings(FORM, [_ratio(last_year="2025")]) == []
    assert control_findings(FORM, [_ratio(first_year=2026, last_year=2026)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"relation": "<"},
        {"severity": "bad"},
        {"each": "form9"},
        {"message": {}},
        {"tolerance_tenge": "1.5"},
        {"first_year": "soon"},
    ],
)
def test_a_ratio_that_cannot_be_read_says_why(wrong: dict[str, object]) -> None:
    with pytest.raises(InputRefused) as refused:
        _ratio(**wrong)
    assert refused.value.message.key == "error.control.ratio"
    assert all(refused.value.text(language) for language in Language)


def test_the_shipped_set_reads_and_speaks_three_languages() -> None:
    ratios = shipped_ratios()
    assert len(ratios) >= 12
    assert len({ratio.id for ratio in ratios}) == len(ratios)
    for ratio in ratios:
        assert all(ratio.message.exact(language) for language in Language)


# -- in a workspace -----------------------------------------------------------------------------------


@pytest.fixture
def workspace(example_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Path(shutil.copy(example_file, tmp_path / "үлгі.akimat")))
    yield opened
    opened.close(make_backup=False)


def test_the_example_keeps_the_errors_of_the_shipped_set(workspace: Workspace) -> None:
    with workspace.reading() as session:
        found = all_control_findings(session)
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []


def test_figures_of_the_example(workspace: Workspace) -> None:
    with workspace.reading() as session:
        unit = units(session)[0]
        made = amounts_of(session, unit.id, 2026)
        march = amounts_of(session, unit.id, 2026, 3)
    assert {"budget", "plan", "plan_year", "form420", "form219"} <= made.forms
    costs = made.ask("budget", "costs")
    assert costs is not None
    assert made.ask("budget", "expenditure") == costs  # leaves count nothing twice
    paid, before = march.ask("form420", "paid"), march.ask("before420", "paid")
    assert paid is not None
    assert before is not None
    assert paid == before + (march.ask("form420", "paid_month") or 0)


def test_own_ratios_are_kept_asked_and_taken_away(workspace: Workspace) -> None:
    broken = _ratio(id="our_rule", left="budget('costs')", relation="=", right="0", severity="warning")
    add_ratios(workspace, ACTOR, [broken])
    add_ratios(workspace, ACTOR, [broken])  # again: in its place
    with workspace.reading() as session:
        unit = units(session)[0]
        assert own_ratios(session) == (broken,)
        found = unit_control_findings(session, unit.id, 2026)
        assert "Не больше плана" in " ".join(finding.message(Language.RU) for finding in found)
    remove_ratio(workspace, ACTOR, "our_rule")
    remove_ratio(workspace, ACTOR, "paid_within_plan")
    with workspace.reading() as session:
        assert own_ratios(session) == ()
        assert switched_off(session) == {"paid_within_plan"}
        assert "paid_within_plan" not in {ratio.id for ratio in all_ratios(session)}
    restore_ratio(workspace, ACTOR, "paid_within_plan")
    with workspace.reading() as session:
        assert all_ratios(session) == shipped_ratios()
    for wrong in ("nothing", "our_rule"):
        with pytest.raises(UsageProblem):
            remove_ratio(workspace, ACTOR, wrong)
    with pytest.raises(UsageProblem):
        add_ratios(workspace, ACTOR, [_ratio(id="paid_within_plan")])


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_file_reads_back_as_the_same(tmp_path: Path, suffix: str) -> None:
    ratios = [
        _ratio(),
        _ratio(id="own_2", each="plan", left="plan('payments', code)", right="plan_year('payments', code)"),
        _ratio(id="own_3", relation="=", tolerance_tenge=5, first_year=2026, severity="warning"),
    ]
    assert read_ratios(write_ratios(ratios, tmp_path / f"a{suffix}")) == ratios


def test_a_file_that_is_none(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["x", "y"])
    book.save(tmp_path / "a.xlsx")
    wrong = {
        "a.xlsx": "error.control.no_table",
        "b.json": "error.control.not_json",
        "c.json": "error.control.empty",
        "d.json": "error.control.not_json",
        "e.json": "error.control.ratio",
    }
    (tmp_path / "b.json").write_text("{", "utf-8")
    (tmp_path / "c.json").write_text('{"ratios": []}', "utf-8")
    (tmp_path / "d.json").write_text('{"ratios": [1]}', "utf-8")
    (tmp_path / "e.json").write_text(json.dumps([{"id": "x"}]), "utf-8")
    for name, key in wrong.items():
        with pytest.raises(InputRefused) as refused:
            read_ratios(tmp_path / name)
        assert refused.value.message.key == key
