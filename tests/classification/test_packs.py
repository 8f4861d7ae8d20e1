"""Codes by year: what a code is, what became of it, what an unknown one may have meant."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import became, category_figure, pack_for, resolve


def code(side: str, printed: str) -> Code:
    parts = printed.split("/")
    return RevenueCode(*parts) if side == "revenue" else ExpenditureCode(*parts)


def revenue(printed: str) -> RevenueCode:
    return RevenueCode(*printed.split("/"))


def costs(printed: str) -> ExpenditureCode:
    return ExpenditureCode(*printed.split("/"))


PRINTED = list(csv.DictReader(Path(__file__).with_name("printed_lines.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("line", PRINTED, ids=lambda x: f"{x['act']}-{x['language']}-{x['year']}-{x['code']}")
def test_lines_of_printed_annexes(line):
    """Every code of ten published annexes is known; only the names that really are shifted alarm."""
    found = resolve(
        code(line["side"], line["code"]), line["name"], int(line["year"]), int(line["decision_year"])
    )
    assert found.entry is not None
    if line["carries_name_of"]:
        assert found.name_agrees is False
        assert found.carries_name_of is not None
        assert str(found.carries_name_of.code).endswith(line["carries_name_of"].removeprefix("p"))
    else:
        assert found.name_agrees is True
        assert found.carries_name_of is None


@pytest.mark.parametrize(
    ("printed", "name", "year", "made", "kind"),
    [
        ("4", "Поступления трансфертов", 2025, 2024, LineKind.TRANSFERS),
        ("4", "Поступления трансфертов", 2026, 2023, LineKind.TRANSFERS),
        ("4", "Трансферттер түсiмдерi", 2026, 2023, LineKind.TRANSFERS),
        ("4", "", 2026, 2023, LineKind.TRANSFERS),  # nobody knew the new codes in 2023
        ("4", "", 2026, 2025, LineKind.SPECIAL_RECEIPTS),
        ("4", "Арнаулы түсімдер", 2026, 2025, LineKind.SPECIAL_RECEIPTS),
        ("4", "Специальные поступления", 2027, 2026, LineKind.SPECIAL_RECEIPTS),
        ("5", "Поступления трансфертов", 2026, 2025, LineKind.TRANSFERS),
        ("5", "Погашение бюджетных кредитов", 2026, 2023, LineKind.CREDIT_REPAYMENTS),
        ("6", "Погашение бюджетных кредитов", 2026, 2025, LineKind.CREDIT_REPAYMENTS),
        ("6", "Поступления от продажи финансовых активов государства", 2026, 2023, LineKind.FIN_ASSETS_SALE),
        ("8", "Используемые остатки бюджетных средств", 2026, 2023, LineKind.BALANCES_USED),
        ("8", "Поступления займов", 2026, 2025, LineKind.LOANS_IN),
        ("9", "Используемые остатки бюджетных средств", 2026, 2025, LineKind.BALANCES_USED),
    ],
)
def test_meaning_never_follows_from_the_digit(printed, name, year, made, kind):
    found = resolve(revenue(printed), name, year, made)
    assert found.kind is kind
    assert found.name_agrees is (True if name else None)
    assert found.carries_name_of is None


def test_a_line_that_ended_is_still_read_in_a_decision_made_before():
    found = resolve(revenue("1/04/5"), "Единый земельный налог", 2026, 2023)
    assert found.entry is not None
    assert found.entry.row == "R021"
    assert not found.outdated
    assert pack_for(2026).lookup(revenue("1/04/5")) is None


@pytest.mark.parametrize(
    ("printed", "name", "row"),
    [
        ("1/04/5", "Единый земельный налог", "R021"),  # arrears of a tax that ended
        ("4", "Трансферттердің түсімдері", "R060"),
        ("4/02", "Трансферты из вышестоящих органов государственного управления", "R061"),
        ("4/02/3", "", "R062"),
        ("5", "Бюджеттік кредиттерді өтеу", "R066"),
    ],
)
def test_an_old_template_is_understood_and_told(printed, name, row):
    """A decision of 2026 that still prints the codes of 2025 keeps the meaning of its lines."""
    found = resolve(revenue(printed), name, 2026, 2026)
    assert found.entry is not None
    assert found.entry.row == row
    assert found.outdated
    assert found.name_agrees is (True if name else None)
    assert found.pack.edition == "2018.1"


def test_a_wrong_name_is_no_old_template():
    found = resolve(revenue("4"), "Көлік құралдарына салынатын салық", 2026, 2026)
    assert (found.outdated, found.kind, found.name_agrees) == (False, LineKind.SPECIAL_RECEIPTS, False)


def test_names_of_its_own_year():
    group = costs("01")
    old, new = pack_for(2025).lookup(group), pack_for(2026).lookup(group)
    assert old is not None
    assert new is not None
    assert old.name.kk == "Жалпы сипаттағы мемлекеттік қызметтер"
    assert new.name.kk == "Жалпы сипаттағы мемлекеттік көрсетілетін қызметтер"
    assert old.name.ru == new.name.ru
    # Both names are understood in a document of the other year.
    assert resolve(group, old.name.kk, 2026, 2026).name_agrees is True


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("01/1/124", "E070"), ("12/1/124", "E070"), ("15/124", "E070"), ("07/3/124/008/015", "E054"),
     ("07/3/124/008/015/159", "S035"), ("07/124/008", "E031"), ("13/9/124/040/029", "E055")],
)  # fmt: skip
def test_rows_that_repeat_and_levels_that_are_left_out(printed, expected):
    parts = printed.split("/")
    if printed == "15/124":
        asked = ExpenditureCode("15", administrator="124")
    elif printed == "07/124/008":
        asked = ExpenditureCode("07", administrator="124", program="008")
    else:
        asked = ExpenditureCode(*parts)
    found = pack_for(2026).lookup(asked)
    assert found is not None
    assert found.row == expected
    if expected != "E031":
        assert found.code == asked


@pytest.mark.parametrize(
    "printed", ["99", "01/1/999", "07/3/124/777", "07/3/124/008/777", "07/3/124/008/015/777"]
)
def test_unknown_costs_stay_unknown(printed):
    assert pack_for(2026).lookup(costs(printed)) is None
    found = resolve(costs(printed), "", 2026, 2026)
    assert found.entry is None
    assert found.kind is LineKind.EXPENDITURE


def test_an_unknown_code_keeps_its_kind_and_names_who_it_may_be():
    found = resolve(revenue("1/04/7"), "Көлік құралдарына салынатын салық", 2026, 2025)
    assert (found.entry, found.kind, found.name_agrees) == (None, LineKind.TAX, None)
    assert found.carries_name_of is not None
    assert str(found.carries_name_of.code) == "1/04/4"
    assert resolve(revenue("4/09"), "", 2026, 2023).kind is LineKind.TRANSFERS
    assert resolve(revenue("4/09"), "", 2026, 2026).kind is LineKind.SPECIAL_RECEIPTS
    assert resolve(revenue("0"), "", 2026, 2026).kind is LineKind.UNKNOWN


def test_nearest_rows_of_an_unknown_code():
    pack = pack_for(2026)
    by_digits = [str(e.code) for e in pack.nearest(revenue("1/04/7"))]
    assert len(by_digits) == 3
    assert all(near.startswith("1/04/") for near in by_digits)
    by_name = pack.nearest(revenue("1/08/7"), "Налог на транспортные средства")
    assert str(by_name[0].code) == "1/04/4"
    assert str(pack.nearest(costs("07/3/124/018"), "Освещение улиц")[0].code) == "07/3/124/008"
    assert str(pack.nearest(costs("07/3/125"), "аппарат акима")[0].code) == "07/3/124"


def test_children_in_order():
    pack = pack_for(2026)
    assert [str(e.code) for e in pack.top()][:9] == [str(n) for n in range(1, 10)]
    assert [str(e.code) for e in pack.top()][9:12] == ["01", "02", "03"]
    assert [e.row for e in pack.children(revenue("1/05/3"))] == ["R027", "R026"]
    assert [str(e.code) for e in pack.children(costs("07"))] == ["07/1", "07/2", "07/3"]
    assert [str(e.code) for e in pack.children(costs("07/2"))] == ["07/2/124"]
    assert [str(e.code) for e in pack.children(costs("07/2/124"))] == ["07/2/124/014"]
    assert pack.children(costs("07/2/124/014")) == []


@pytest.mark.parametrize(
    ("printed", "from_year", "to_year", "expected"),
    [("4", 2025, 2026, "5"), ("4/02/3", 2023, 2027, "5/02/3"), ("5/02/3", 2026, 2025, "4/02/3"),
     ("8/01/1/01", 2025, 2026, "9/01/1/01"), ("4/01", 2026, 2025, None), ("4", 2026, 2018, None),
     ("9", 2025, 2026, None), ("1/04/5", 2025, 2026, None), ("1/04/5", 2025, 2024, "1/04/5"),
     ("1/04/4", 2025, 2026, "1/04/4"), ("4", 2023, 2025, "4"), ("4", 2026, 2030, "4")],
)  # fmt: skip
def test_became(printed, from_year, to_year, expected):
    found = became(revenue(printed), from_year, to_year)
    assert (str(found) if found else None) == expected


def test_costs_keep_their_codes():
    assert became(costs("07/3/124/008"), 2025, 2026) == costs("07/3/124/008")


CODES = sorted({e.code for y in (2018, 2026) for e in pack_for(y).entries if e.code_known}, key=str)


@given(st.sampled_from(CODES), st.integers(2018, 2032), st.integers(2018, 2032))
def test_became_can_be_walked_back(code, there, back):
    if pack_for(there).lookup(code) is None:
        return
    moved = became(code, there, back)
    if moved is not None:
        assert became(moved, back, there) == code
        before, after = pack_for(there).lookup(code), pack_for(back).lookup(moved)
        if before is not None and after is not None:
            assert before.kind is after.kind


@given(st.text(alphabet="0123456789", max_size=3), st.text(max_size=30), st.integers(1990, 2060))
def test_any_code_and_name_get_an_answer(digits, name, year):
    for asked in (RevenueCode(digits), ExpenditureCode(digits, "1", "124", digits)):
        found = resolve(asked, name, year, year - 1)
        assert found.kind
        assert len(pack_for(year).nearest(asked, name)) == 3


def test_kinds_name_figures_of_the_budget():
    for kind in LineKind:
        figure = category_figure(kind)
        if kind in {LineKind.TOTAL, LineKind.UNKNOWN}:
            assert figure is None
        else:
            assert Figure(figure)
