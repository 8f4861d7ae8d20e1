"""A workspace with one okrug, and a draft begun in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.budget.drafts.service import new_draft
from akimat_desk.core.language import Trilingual
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "Тестбұлақ.akimat")
    yield made
    made.close(make_backup=False)


@pytest.fixture
def unit_id(workspace: Workspace) -> int:
    name = Trilingual("Тестбұлақ ауылдық округі", "Тестбулакский сельский округ")
    return create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=name, kato="990140000").id


@pytest.fixture
def draft_id(workspace: Workspace, unit_id: int) -> int:
    return new_draft(workspace, ACTOR, unit_id, 2026)
