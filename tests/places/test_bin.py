"""The business identification number: twelve digits, the last asked for by the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.bin import checked_bin, is_bin
from akimat_desk.places.service import UnitKind, create_unit, unit_by_id, update_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

INVENTED = "990140000017"


@given(st.text("0123456789", min_size=11, max_size=11))
def test_at_most_one_last_digit_fits(body: str) -> None:
    assert sum(is_bin(f"{body}{last}") for last in range(10)) <= 1


def test_nearly_every_wrong_digit_is_noticed() -> None:
    wrong = [
        INVENTED[:at] + str((int(INVENTED[at]) + more) % 10) + INVENTED[at + 1 :]
        for at in range(10)  # the eleventh has the weight 11 of 11: it is never noticed
        for more in range(1, 10)
    ]
    assert sum(map(is_bin, wrong)) <= 2


@pytest.mark.parametrize("written", ["99014000001", "9901400000171", "99014000001x", "٩٩٠١٤٠٠٠٠٠١٧"])
def test_what_is_no_number_is_refused_in_words(written: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        checked_bin(written)
    assert "12" in refused.value.text(Language.KK)


def test_a_unit_keeps_it(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "okrug.akimat") as workspace:
        unit = create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Үлгі", "Образец"))
        assert unit.bin == ""
        update_unit(workspace, DEFAULT_ACTOR, unit.id, bin=" 9901 4000 0017 ")
        with workspace.reading() as session:
            assert unit_by_id(session, unit.id).bin == INVENTED
        update_unit(workspace, DEFAULT_ACTOR, unit.id, bin="")
        with workspace.reading() as session:
            assert unit_by_id(session, unit.id).bin == ""
        workspace.close(make_backup=False)
