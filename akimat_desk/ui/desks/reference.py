"""Classification and places: what their pages ask of the services."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.core.language import Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.uses import CodeUse
    from akimat_desk.classification.book import Book
    from akimat_desk.classification.codes import Code
    from akimat_desk.classification.entries import Entry
    from akimat_desk.classification.new_code import NewCode
    from akimat_desk.classification.pack_changes import PackPreview
    from akimat_desk.classification.service import SourceView
    from akimat_desk.core.findings import Finding
    from akimat_desk.places.kato_file import KatoFile
    from akimat_desk.places.kato_list import FoundPlace
    from akimat_desk.places.population import PeopleIn, PopulationFile
    from akimat_desk.places.service import UnitView
    from akimat_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class CodeBranch:
    """A row of the classification with the rows below it; ``entry`` None: the heading of a side."""

    entry: Entry | None
    side: str
    children: tuple[CodeBranch, ...] = ()


@dataclass(frozen=True, slots=True)
class YearOfCodes:
    """The classification of a year as a tree, with what the edition calls itself."""

    year: int
    title: Trilingual
    branches: tuple[CodeBranch, ...]


@dataclass(frozen=True, slots=True)
class CodeDetails:
    """Everything there is to say of one row. ``moves``: the years in which it is another code."""

    entry: Entry
    moves: tuple[tuple[int, Code | None], ...]
    source: SourceView | None
    uses: tuple[CodeUse, ...]


@dataclass(frozen=True, slots=True)
class PackFileRead:
    """A newer pack with its file, as previewed."""

    data: bytes
    preview: PackPreview


@dataclass(frozen=True, slots=True)
class PlacesOverview:
    """The units of the workspace, people by year, and the list of places at hand.

    ``listed`` is how many places the list has, ``list_name`` the file it came from; ``own_list`` says
    that the workspace has one itself and does not lean on the person's copy.
    """

    units: tuple[UnitView, ...]
    people: tuple[PeopleIn, ...]
    listed: int
    list_name: str
    own_list: bool


class ReferenceDesk(AreaDesk):
    """Questions to the open workspace and changes of its reference data."""

    # -- classification -------------------------------------------------------------------------

    def years(self) -> tuple[int, ...]:
        """The years that can be looked at: from the first edition to three years from now."""
        import datetime as dt

        editions = self._book().editions
        last = max(dt.date.today().year + 3, editions[-1].valid_from + 1)
        return tuple(range(editions[0].valid_from, last + 1))

    def codes(self, year: int) -> YearOfCodes:
        """The whole classification of a year."""
        pack = self._book().pack(year)
        return YearOfCodes(year, pack.edition_info.title, _branches(pack))

    def found(self, year: int, text: str) -> tuple[Entry, ...]:
        """Rows by number or by words of any language, best first."""
        return tuple(self._book().pack(year).search(text))

    def _book(self) -> Book:
        """The open workspace's classification, the shipped one where none is open."""
        from akimat_desk.classification.book import shipped

        return self.desk.book() or shipped()

    def code(self, year: int, entry: Entry) -> CodeDetails:
        """Everything there is to say of a row."""
        from akimat_desk.budget.uses import uses_of
        from akimat_desk.classification.service import sources
        from akimat_desk.classification.written import moves_of

        moves = moves_of(self._book(), entry.code, year) if entry.code_known else []
        if not self.desk.is_open:
            return CodeDetails(entry, tuple(moves), None, ())
        with self.workspace.reading() as session:
            uses = uses_of(session, entry.code, entry.repeats) if entry.code_known else []
            mine = {source.id: source for source in sources(session)} if entry.origin is not None else {}
        return CodeDetails(entry, tuple(moves), mine.get(entry.origin or 0), tuple(uses))

    def preview_pack(self, path: Path, year: int, task: Task) -> PackFileRead:
        """What a newer pack would change. Raises InputRefused, EnvironmentProblem, Cancelled."""
        from akimat_desk.classification.pack_file import read_pack
        from akimat_desk.classification.service import preview_pack
        from akimat_desk.intake import load_file, read_bytes

        data = load_file(path)
        file = read_pack(read_bytes(data, path.name, task), task)
        with self.workspace.reading() as session:
            return PackFileRead(data, preview_pack(session, file, year, task))

    def take_in_pack(self, read: PackFileRead, end_missing: bool) -> int:
        """Store what was previewed. Raises RuleBroken, UsageProblem."""
        from akimat_desk.classification.service import take_in_pack

        return take_in_pack(self.workspace, self.actor, read.preview, read.data, end_missing=end_missing)

    def export_pack(self, year: int, path: Path) -> Path:
        """The year's classification as a workbook. Raises EnvironmentProblem."""
        from akimat_desk.classification.pack_workbook import write_pack

        return write_pack(self._book().pack(year), path)

    def judge_code(self, new: NewCode) -> tuple[Finding, ...]:
        """What is to be said of a new code before it is added."""
        from akimat_desk.classification.new_code import code_findings
        from akimat_desk.classification.service import workspace_book

        with self.workspace.reading() as session:
            return tuple(code_findings(workspace_book(session), new))

    def add_code(self, new: NewCode) -> int:
        """Add a code. Raises RuleBroken."""
        from akimat_desk.classification.service import add_code

        return add_code(self.workspace, self.actor, new)

    def sources(self) -> tuple[SourceView, ...]:
        """What was taken in or added, newest first."""
        from akimat_desk.classification.service import sources

        with self.workspace.reading() as session:
            return tuple(sources(session))

    def withdraw(self, source_id: int, undo: bool) -> tuple[SourceView, ...]:
        """Take a source back, or bring it back. Raises UsageProblem."""
        from akimat_desk.classification.service import bring_back, withdraw

        (bring_back if undo else withdraw)(self.workspace, self.actor, source_id)
        return self.sources()

    # -- places ---------------------------------------------------------------------------------

    def places(self) -> PlacesOverview:
        """The units, people by year, and the list of places at hand."""
        from akimat_desk.places.kato_store import LIST, kato_of, personal_kato
        from akimat_desk.places.population import populations
        from akimat_desk.places.service import units
        from akimat_desk.storage.settings import get_setting

        if not self.desk.is_open:
            return PlacesOverview((), (), len(personal_kato()), "", own_list=False)
        with self.workspace.reading() as session:
            own = kato_of(session)
            about = get_setting(session, LIST)
            there, people = tuple(units(session)), tuple(populations(session))
        name = str(about.get("name", "")) if isinstance(about, dict) else ""
        return PlacesOverview(there, people, len(own) or len(personal_kato()), name, len(own) > 0)

    def set_people(self, unit_id: int, year: int, people: int | None, source: str) -> None:
        """Say how many people live in a unit in a year; None takes it away. Raises UsageProblem."""
        from akimat_desk.places.population import set_people

        set_people(self.workspace, self.actor, unit_id, year, people, source)

    def read_people(self, path: Path, task: Task) -> PopulationFile:
        """People by year of a workbook beside what is on file. Raises InputRefused, EnvironmentProblem."""
        from akimat_desk.intake import read_file
        from akimat_desk.places.population import read_populations

        source = read_file(path, task)
        with self.workspace.reading() as session:
            return read_populations(session, source)

    def take_in_people(self, file: PopulationFile) -> int:
        """Store them. Raises UsageProblem."""
        from akimat_desk.places.population import take_in_populations

        return take_in_populations(self.workspace, self.actor, file)

    def take_in_kato(self, file: KatoFile) -> int:
        """Keep the list in the open workspace, where one is, and for the person.

        Raises EnvironmentProblem.
        """
        from akimat_desk.places.kato_store import keep_personal, take_in_kato

        if self.desk.is_open:
            take_in_kato(self.workspace, self.actor, file)
        keep_personal(file)
        return len(file.places)


# -- any thread -------------------------------------------------------------------------------------


def read_kato_file(path: Path, task: Task) -> KatoFile:
    """Read the statistics office's list. Raises InputRefused, EnvironmentProblem, Cancelled."""
    from akimat_desk.intake import load_file, read_bytes
    from akimat_desk.places.kato_file import KATO_LIMITS, read_kato

    data = load_file(path, KATO_LIMITS)
    return read_kato(read_bytes(data, path.name, task, limits=KATO_LIMITS), task)


def places_found(desk: Desk, text: str) -> list[FoundPlace]:
    """Places by code or words: of the open workspace's list, else of the person's own copy."""
    from akimat_desk.places.kato_store import find_places

    if not desk.is_open:
        return find_places(None, text)
    with desk.workspace.reading() as session:
        return find_places(session, text)


def _branches(pack: object) -> tuple[CodeBranch, ...]:
    from akimat_desk.classification.additions import Side
    from akimat_desk.classification.pack import Pack

    assert isinstance(pack, Pack)
    made = []
    for side, entries in (
        (Side.REVENUE, pack.revenue),
        (Side.EXPENDITURE, pack.expenditure),
        (Side.ECONOMIC, pack.economic),
    ):
        made.append(CodeBranch(None, side.value, _under(entries, side.value)))
    return tuple(made)


def _under(entries: tuple[Entry, ...], side: str) -> tuple[CodeBranch, ...]:
    """The rows of a side as a tree: each under the nearest code above it that the side has."""
    known = {entry.code for entry in entries if entry.code_known}
    below: dict[object, list[Entry]] = {}
    for entry in entries:
        above = entry.code.parent if entry.code_known else entry.code
        while above is not None and above not in known:
            above = above.parent
        below.setdefault(above, []).append(entry)

    def branch(entry: Entry) -> CodeBranch:
        rows = below.get(entry.code, ()) if entry.code_known else ()
        return CodeBranch(entry, side, tuple(branch(each) for each in rows))

    return tuple(branch(entry) for entry in below.get(None, ()))
