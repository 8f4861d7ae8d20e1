"""Slips in a printed name are passed over; another row's name is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import pack_for, resolve


def revenue(printed, name, year=2024):
    return resolve(RevenueCode(*printed.split("/")), name, year, year - 1)


def costs(printed, name, year=2024):
    return resolve(ExpenditureCode(*printed.split("/")), name, year, year - 1)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("1", "Салық түсімдері"),
        ("1", "Cалықтық түсiмдер"),  # Latin C and i
        ("2", "Салықты емес түсімдер"),
        ("1/05", "Тауарларға, жұмыстар мен қызметтерге ішкі салықтар"),
        ("1/05/3", "Поступления за пользование природных и других ресурсов"),
        ("1/05/3", "Поступление за использование природных и других ресурсов"),
        ("1/04/4", "Көлiк құралдарынасалынатын салық"),
        ("1/04/4", "НАЛОГ НА ТРАНСПОРТНЫЕ  СРЕДСТВА"),
        ("3", "Негізгі капиталды сатудан үсетін түсімдер"),
        ("4", "Трансферттер түсімі"),
    ],
)
def test_variants_and_slips_of_receipts_agree(printed, name):
    found = revenue(printed, name)
    assert found.name_agrees is True
    assert found.carries_name_of is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("07/3/124/011", "Елді мекендерді абаттандыру мен көгалдандыру"),
        ("01/1/124/022", "Капитальные затраты государственного органа"),
        ("01", "Жалпы сипаттағы мемлекеттi қызметтер"),
        ("07", "Тұрғынүй-коммуналдық шаруашылық"),
        ("01/1/124", "\nАппа\nрат акима города районного значения, села, поселка, сельского округа"),
    ],
)
def test_variants_and_slips_of_costs_agree(printed, name):
    found = costs(printed, name)
    assert found.name_agrees is True
    assert found.carries_name_of is None


def test_subclasses_with_the_names_of_their_neighbours():
    """lessons.md: 04/1, 04/2, 04/3 printed with the names of 04/1, 04/3, 04/4: two rows are wrong."""
    names = ["Мүлікке салынатын салықтар", "Жер салығы", "Көлік құралдарына салынатын салық"]
    found = [revenue(f"1/04/{n}", name) for n, name in zip((1, 2, 3), names, strict=True)]
    assert [str(f.carries_name_of.code) if f.carries_name_of else None for f in found] == [
        None, "1/04/3", "1/04/4",
    ]  # fmt: skip
    assert found[0].name_agrees is True
    assert found[1].entry is None  # 1/04/2 is no code at all
    assert found[2].name_agrees is False


def test_a_nearly_equal_name_of_another_row_is_seen():
    found = revenue("1/04/4/01", "Налог на транспортные средства с физических лиц")
    assert found.name_agrees is False
    assert found.carries_name_of is not None
    assert str(found.carries_name_of.code) == "1/04/4/02"


def test_a_strange_name_is_not_the_rows_own_and_nobody_elses():
    found = revenue("1/04/4", "Ерекше жағдайлар қоры")
    assert (found.name_agrees, found.carries_name_of) == (False, None)


def test_a_name_that_cannot_be_compared_is_not_judged():
    # No Kazakh name of 02/1 is known, so a Kazakh one that is nobody else's proves nothing.
    assert costs("02/1", "Әскери мұқтаждар").name_agrees is None
    assert costs("02/1", "Военные нужды").name_agrees is True


NAMED = [e for e in pack_for(2026).revenue if e.code_known and e.name.ru and len(e.name.ru) > 12]


@given(st.sampled_from(NAMED), st.data())
def test_one_slip_never_alarms_unless_it_makes_another_name(entry, data):
    name = entry.name.ru
    at = data.draw(st.integers(0, len(name) - 1))
    slip = data.draw(st.sampled_from(["", " ", name[at] * 2, "  ", "ё"]))
    found = resolve(entry.code, name[:at] + slip + name[at + 1 :], 2026, 2026)
    assert found.name_agrees is True
    assert found.entry is not None
    assert found.entry.row == entry.row
