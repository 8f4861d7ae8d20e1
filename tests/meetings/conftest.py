"""An invented okrug with a list of members and two budget decisions, in a real file."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.meetings.people import add_person, set_locality
from akimat_desk.meetings.record import card_of, meeting
from akimat_desk.meetings.rules.verdicts import Card
from akimat_desk.meetings.states import Body
from akimat_desk.meetings.views import MeetingView
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.changes import DEFAULT_ACTOR
from akimat_desk.storage.workspace import Workspace

ACTOR = DEFAULT_ACTOR
NAMES = (
    "Үлгібаев Мысал Үлгіұлы", "Мысалова Өрнек Үлгіқызы", "Образцов Пример Шаблонович",
    "Шаблонова Проба Образцовна", "Өрнекбаев Сынақ Мысалұлы", "Примеров Опыт Пробович",
    "Сынақова Үлгі Өрнекқызы", "Пробин Эскиз Примерович",
)  # fmt: skip


@dataclass
class Office:
    """The open workspace and the ids that a test speaks of."""

    workspace: Workspace
    unit_id: int
    members: list[int]
    document_id: int

    def view(self, meeting_id: int) -> MeetingView:
        """The meeting as it is on file now."""
        with self.workspace.reading() as session:
            return meeting(session, meeting_id)

    def card(self, meeting_id: int) -> Card:
        """Its lawfulness card now."""
        with self.workspace.reading() as session:
            return card_of(session, meeting_id)


@dataclass(frozen=True)
class Template:
    """The office's file, made once and copied for each test."""

    path: Path
    unit_id: int
    members: tuple[int, ...]
    document_id: int


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("office") / "округ.akimat"
    with Workspace.create(path) as workspace:
        unit = create_unit(
            workspace,
            ACTOR,
            kind=UnitKind.OKRUG,
            kato="990140000",
            name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
        )
        first = set_locality(workspace, ACTOR, unit.id, Trilingual("Жаңабұлақ", "Жанабулак"), 900, 600)
        second = set_locality(workspace, ACTOR, unit.id, Trilingual("Үлгілі", "Улгили"), 300, 200)
        members = tuple(
            add_person(
                workspace,
                ACTOR,
                unit.id,
                name,
                locality_id=(first if at < 6 else second).id,
                body=Body.ASSEMBLY,
                since=dt.date(2024, 3, 1),
            ).id
            for at, name in enumerate(NAMES)
        )
        file = read_decision_file(resource("example", "2026-2028_kk.html"))
        [stored] = store(workspace, ACTOR, file, assign_units(file.decision, [unit]), confirm=True)
        workspace.close(make_backup=False)
    return Template(path, unit.id, members, stored.document_id)


@pytest.fixture
def office(template: Template, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / template.path.name
    shutil.copyfile(template.path, path)
    with Workspace.open(path) as workspace:
        yield Office(workspace, template.unit_id, list(template.members), template.document_id)
        workspace.close(make_backup=False)
