"""Units, their codes, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kato import Level, check_kato, is_kato, level_of, parent_of
from akimat_desk.places.service import (
    Position,
    UnitKind,
    UnitView,
    create_unit,
    posts,
    set_post,
    signatories,
    unit,
    unit_by_id,
    unit_findings,
    units,
    update_unit,
)
from akimat_desk.storage.changes import Changes
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")
NAME = Trilingual("Қарауыл ауылдық округі", "Карааульский сельский округ")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "орын.akimat")
    yield made
    made.close(make_backup=False)


@pytest.fixture
def okrug(workspace: Workspace) -> UnitView:
    return create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=NAME, kato="103230000")


def _refused(problem: pytest.ExceptionInfo[UsageProblem], key: str) -> None:
    assert problem.value.message.key == key
    for language in Language:
        assert problem.value.text(language)


def test_a_unit_is_kept_with_all_its_names(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.subscribe(told.append)
    made = create_unit(
        workspace,
        ACTOR,
        kind=UnitKind.OKRUG,
        name=Trilingual(" Қарауыл  ауылдық округi", NAME.ru),  # with a Latin i
        kato=" 103230000",
        raion=Trilingual("Абай ауданы", "Абайский район"),
        oblast=Trilingual("Абай облысы", "область Абай"),
        maslikhat=Trilingual("Абай аудандық мәслихаты", "Абайский районный маслихат"),
    )
    assert made.name == NAME
    assert (made.kato, made.kind, made.oblast.kk) == ("103230000", UnitKind.OKRUG, "Абай облысы")
    assert told[0].kinds == {"unit"}
    with workspace.reading() as session:
        assert units(session) == [made]
        assert unit(session) == unit(session, "103230000") == unit_by_id(session, made.id) == made
        assert entries(session)[0].touched == (("unit", made.id),)
    assert check_workspace(workspace, [unit_findings]) == []


@pytest.mark.parametrize(
    ("kato", "name", "key"),
    [
        ("10323000", NAME, "error.places.kato_form"),
        ("1032300000", NAME, "error.places.kato_form"),
        ("10323000O", NAME, "error.places.kato_form"),
        ("١٠٣٢٣٠٠٠٠", NAME, "error.places.kato_form"),
        ("000000000", NAME, "error.places.kato_form"),
        ("103230000", Trilingual(" ", ""), "error.places.no_name"),
        ("103230000", Trilingual("ә" * 201), "error.places.name_too_long"),
    ],
)
def test_what_is_no_unit(workspace: Workspace, kato: str, name: Trilingual, key: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=name, kato=kato)
    _refused(problem, key)
    with workspace.reading() as session:
        assert units(session) == []
        assert len(entries(session)) == 1


def test_a_code_is_given_once(workspace: Workspace, okrug: UnitView) -> None:
    with pytest.raises(UsageProblem) as problem:
        create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=NAME, kato=okrug.kato)
    _refused(problem, "error.places.kato_taken")
    other = create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=NAME)
    again = create_unit(workspace, ACTOR, kind=UnitKind.VILLAGE, name=NAME)
    assert (other.kato, again.kato) == (None, None)
    with pytest.raises(UsageProblem):
        update_unit(workspace, ACTOR, other.id, kato=okrug.kato)


def test_several_units_are_asked_about(workspace: Workspace, okrug: UnitView) -> None:
    village = create_unit(
        workspace, ACTOR, kind=UnitKind.VILLAGE, name=Trilingual("Ақ ауылы"), kato="103237000"
    )
    with workspace.reading() as session:
        assert units(session) == [okrug, village]
        with pytest.raises(UsageProblem) as problem:
            unit(session)
        _refused(problem, "error.places.unit_needed")
        assert "103237000 Ақ ауылы" in problem.value.text(Language.RU)
        assert "Карааульский" in problem.value.text(Language.RU)
        with pytest.raises(UsageProblem) as problem:
            unit(session, "999999999")
        _refused(problem, "error.places.unit_unknown")
        with pytest.raises(UsageProblem) as problem:
            unit_by_id(session, 99)
        _refused(problem, "error.places.unit_gone")


def test_no_unit_yet(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(UsageProblem) as problem:
        unit(session)
    _refused(problem, "error.places.no_unit")


def test_the_unit_above_is_found_by_code(workspace: Workspace) -> None:
    raion = create_unit(
        workspace, ACTOR, kind=UnitKind.RAION, name=Trilingual("Абай ауданы"), kato="103200000"
    )
    made = create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=NAME, kato="103230000")
    assert made.parent_id == raion.id
    with pytest.raises(UsageProblem):
        create_unit(workspace, ACTOR, kind=UnitKind.OKRUG, name=NAME, parent_id=77)


def test_only_what_is_given_changes(workspace: Workspace, okrug: UnitView) -> None:
    changed = update_unit(workspace, ACTOR, okrug.id, raion=Trilingual(ru="Абайский район"))
    assert changed.raion.ru == "Абайский район"
    assert (changed.name, changed.kato) == (okrug.name, okrug.kato)
    changed = update_unit(
        workspace,
        ACTOR,
        okrug.id,
        kato="",
        kind=UnitKind.VILLAGE,
        name_genitive=Trilingual(ru="Карааульского"),
    )
    assert (changed.kato, changed.kind, changed.name_genitive.ru) == (None, UnitKind.VILLAGE, "Карааульского")
    with pytest.raises(UsageProblem):
        update_unit(workspace, ACTOR, 99, kato="")


class TestCodes:
    @pytest.mark.parametrize(
        ("kato", "level", "parent"),
        [
            ("100000000", Level.OBLAST, None),
            ("103200000", Level.RAION, "100000000"),
            ("103230000", Level.OKRUG, "103200000"),
            ("103230100", Level.VILLAGE, "103230000"),
        ],
    )
    def test_levels(self, kato: str, level: Level, parent: str | None) -> None:
        assert level_of(kato) is level
        assert parent_of(kato) == parent

    def test_no_code_no_level(self) -> None:
        with pytest.raises(ValueError, match="KATO"):
            level_of("12")

    @given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
    def test_climbing_ends_at_the_oblast(self, kato: str) -> None:
        assert is_kato(kato)
        above = parent_of(kato)
        while above is not None:
            assert level_of(above) < level_of(kato)
            kato, above = above, parent_of(above)
        assert level_of(kato) is Level.OBLAST

    @pytest.mark.parametrize(
        ("kato", "kind", "code"),
        [
            ("103230000", UnitKind.OKRUG, None),
            ("103230100", UnitKind.VILLAGE, None),
            ("103230000", UnitKind.VILLAGE, None),
            ("103230100", UnitKind.OKRUG, "places.kato_level"),
            ("100000000", UnitKind.OKRUG, "places.kato_level"),
            ("103200000", UnitKind.RAION, None),
            ("103200000", UnitKind.OBLAST, "places.kato_level"),
            (None, UnitKind.OKRUG, "places.no_kato"),
        ],
    )
    def test_a_level_that_does_not_suit_is_a_warning(
        self, kato: str | None, kind: UnitKind, code: str | None
    ) -> None:
        findings = check_kato(kato, kind)
        assert [finding.code for finding in findings] == ([code] if code else [])
        for finding in findings:
            assert finding.severity is not Severity.ERROR
            for language in Language:
                assert finding.message(language)
                assert finding.fix(language)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestPosts:
    def held(self, workspace: Workspace, okrug: UnitView) -> list[tuple[str, str | None, str | None]]:
        with workspace.reading() as session:
            return [
                (post.person, post.since and post.since.isoformat(), post.until and post.until.isoformat())
                for post in posts(session, okrug.id)
            ]

    def test_a_successor_ends_the_holder_before(self, workspace: Workspace, okrug: UnitView) -> None:
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, " Ә.  Алғашқы ")
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "Е. Екінші", day("2025-03-01"))
        assert self.held(workspace, okrug) == [
            ("Ә. Алғашқы", None, "2025-02-28"),
            ("Е. Екінші", "2025-03-01", None),
        ]

    def test_an_earlier_holder_put_in_afterwards(self, workspace: Workspace, okrug: UnitView) -> None:
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "C", day("2025-03-01"))
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "A", day("2020-01-01"))
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "B", day("2022-06-01"), day("2022-12-31"))
        assert self.held(workspace, okrug) == [
            ("A", "2020-01-01", "2022-05-31"),
            ("B", "2022-06-01", "2022-12-31"),
            ("C", "2025-03-01", None),
        ]
        with pytest.raises(UsageProblem) as problem:
            set_post(workspace, ACTOR, okrug.id, Position.AKIM, "D", day("2024-01-01"), day("2025-03-01"))
        _refused(problem, "error.places.post_overlaps")

    def test_the_same_first_day_corrects_the_name(self, workspace: Workspace, okrug: UnitView) -> None:
        first = set_post(workspace, ACTOR, okrug.id, Position.AKIM, "А. Қате", day("2025-03-01"))
        again = set_post(workspace, ACTOR, okrug.id, Position.AKIM, "А. Дұрыс", day("2025-03-01"))
        assert first.id == again.id
        assert self.held(workspace, okrug) == [("А. Дұрыс", "2025-03-01", None)]

    def test_who_signs_depends_on_the_day(self, workspace: Workspace, okrug: UnitView) -> None:
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "A", day("2020-01-01"))
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "B", day("2025-03-01"))
        set_post(workspace, ACTOR, okrug.id, Position.CHIEF_ACCOUNTANT, "C")
        set_post(workspace, ACTOR, okrug.id, Position.MASLIKHAT_CHAIR, "D", until=day("2023-12-31"))
        with workspace.reading() as session:
            for when, expected in {
                "2019-12-31": {"chief_accountant": "C", "maslikhat_chair": "D"},
                "2023-12-31": {"akim": "A", "chief_accountant": "C", "maslikhat_chair": "D"},
                "2025-02-28": {"akim": "A", "chief_accountant": "C"},
                "2025-03-01": {"akim": "B", "chief_accountant": "C"},
            }.items():
                signing = signatories(session, okrug.id, day(when))
                assert {position.value: post.person for position, post in signing.items()} == expected

    def test_names_stay_out_of_the_journal(self, workspace: Workspace, okrug: UnitView) -> None:
        set_post(workspace, ACTOR, okrug.id, Position.AKIM, "Құпия Есім")
        with workspace.reading() as session:
            newest = entries(session)[0]
        assert "Құпия" not in repr(newest)
        assert newest.fields["position"] == "akim"

    @pytest.mark.parametrize(
        ("person", "since", "until", "key"),
        [
            (" ", None, None, "error.places.no_person"),
            ("A", "2025-02-01", "2025-01-31", "error.places.days_order"),
        ],
    )
    def test_refusals(
        self,
        workspace: Workspace,
        okrug: UnitView,
        person: str,
        since: str | None,
        until: str | None,
        key: str,
    ) -> None:
        with pytest.raises(UsageProblem) as problem:
            set_post(
                workspace, ACTOR, okrug.id, Position.AKIM, person, since and day(since), until and day(until)
            )
        _refused(problem, key)

    def test_a_post_of_no_unit(self, workspace: Workspace) -> None:
        with pytest.raises(UsageProblem):
            set_post(workspace, ACTOR, 99, Position.AKIM, "A")


HOLDERS = st.lists(
    st.tuples(st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31)) | st.none(), st.sampled_from("ABCD")),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path_factory.mktemp("shared") / "a.akimat")
    yield made
    made.close(make_backup=False)


@settings(max_examples=40)
@given(HOLDERS)
def test_never_two_holders_on_one_day(shared: Workspace, holders: list[tuple[dt.date | None, str]]) -> None:
    made = create_unit(shared, ACTOR, kind=UnitKind.OKRUG, name=NAME)
    for since, person in holders:
        set_post(shared, ACTOR, made.id, Position.AKIM, person, since)
    with shared.reading() as session:
        held = posts(session, made.id)
    for earlier, later in pairwise(held):
        assert earlier.until is not None
        assert later.since is not None
        assert earlier.until == later.since - dt.timedelta(days=1)
    assert held[-1].until is None
