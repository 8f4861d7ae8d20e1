"""A workspace with one okrug."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import UnitKind, UnitView, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

UNIT_KK, UNIT_RU = "Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "okrug.akimat")
    yield made
    made.close(make_backup=False)


@pytest.fixture
def okrug(workspace: Workspace) -> UnitView:
    return create_unit(
        workspace,
        DEFAULT_ACTOR,
        kato="103230000",
        kind=UnitKind.OKRUG,
        name=Trilingual(kk=UNIT_KK, ru=UNIT_RU),
    )
