"""A decision's unit is found among those of a workspace, in either language and any case."""

from __future__ import annotations

import pytest

from akimat_desk.budget.decisions.matching import find_unit
from akimat_desk.core.language import Trilingual
from akimat_desk.places.kinds import UnitKind, kind_of_name
from akimat_desk.places.service import UnitView

UNITS = [
    UnitView(
        1, None, UnitKind.OKRUG, Trilingual(kk="Айнабұлақ ауылдық округі", ru="Айнабулакский сельский округ")
    ),
    UnitView(2, None, UnitKind.VILLAGE, Trilingual(ru="село Коктобе")),
    UnitView(3, None, UnitKind.TOWN, Trilingual(kk="Жаңатас қаласы")),
]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Айнабулакского сельского округа", 1),
        ("Айнабұлақ ауылдық округінің", 1),
        ("села Коктобе", 2),
        ("Көктөбе ауылы", 2),
        ("города Жанатас", 3),
        ("Достыкский сельский округ", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_its_printed_name(printed: str, found: int | None) -> None:
    unit = find_unit(printed, UNITS)
    assert (unit.id if unit else None) == found


def test_two_that_fit_are_none() -> None:
    assert find_unit("села Коктобе", [*UNITS, UNITS[1]]) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Айнабулакский сельский округ", UnitKind.OKRUG),
        ("Шаған кенті", UnitKind.SETTLEMENT),
        ("поселок Чаган", UnitKind.SETTLEMENT),
        ("город Жанатас", UnitKind.TOWN),
        ("Көктөбе ауылы", UnitKind.VILLAGE),
    ],
)
def test_the_kind_is_in_the_name(name: str, kind: UnitKind) -> None:
    assert kind_of_name(name) is kind
