"""The statistics office's list: read, odd rows named, kept, searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.core.errors import EnvironmentProblem, InputRefused
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.intake import LIMITS, read_bytes
from akimat_desk.places.kato import parent_of
from akimat_desk.places.kato_file import KATO_LIMITS, read_kato
from akimat_desk.places.kato_list import KatoList, KatoRow, full_name, kind_of_place
from akimat_desk.places.kato_store import (
    find_places,
    kato_count,
    kato_of,
    keep_personal,
    personal_kato,
    take_in_kato,
)
from akimat_desk.places.kinds import UnitKind
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.workspace import Actor, Workspace
from tests.places.kato_books import HEAD, SAMPLE, kato_file, row, workbook

ACTOR = Actor("tester")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "округ.akimat")
    yield made
    made.close(make_backup=False)


def test_every_row_is_read_with_its_kind() -> None:
    file = kato_file()
    assert {place.code: place.kind for place in file.places} == {
        "990000000": UnitKind.OBLAST,
        "991000000": UnitKind.TOWN,
        "991010000": UnitKind.TOWN,
        "993200000": UnitKind.RAION,
        "993230000": UnitKind.OKRUG,
        "993230100": UnitKind.VILLAGE,
        "993230200": UnitKind.VILLAGE,
        "993241000": UnitKind.SETTLEMENT,
        "993251000": UnitKind.VILLAGE,
    }
    assert file.kinds[UnitKind.VILLAGE] == 3
    assert (file.odd, file.refused) == ([], 0)


@pytest.mark.parametrize(
    ("kk", "ru", "kind"),
    [
        ("Қарауыл ауылдық округі", "Карааульский сельский округ", UnitKind.OKRUG),
        ("Қарауыл а.о.", "", UnitKind.OKRUG),
        ("", "Кокпектинский с.о", UnitKind.OKRUG),
        ("Жезкен кенті", "поселок Жезкен", UnitKind.SETTLEMENT),
        ("", "Жезкен п.а.", UnitKind.SETTLEMENT),
        ("Көлтас қаласы", "", UnitKind.TOWN),
        ("Көлтас қ.", "", UnitKind.TOWN),
        ("Шаған а.", "", UnitKind.VILLAGE),
        ("", "аул Шаган", UnitKind.VILLAGE),
        ("", "Нечто", UnitKind.OKRUG),
    ],
)
def test_kinds_are_told_by_the_name(kk: str, ru: str, kind: UnitKind) -> None:
    assert kind_of_place("993230000", Trilingual(kk, ru)) is kind


def test_abbreviations_are_written_out() -> None:
    said = [full_name(place) for place in kato_file().places]
    assert [name.ru for name in said] == [
        "Степная область", "город Кольтас", "город Кольтас", "Узендинский район",
        "Акбулакский сельский округ", "село Акбулак", "село Карагаш", "поселок Жезкен", "село Шаган",
    ]  # fmt: skip
    assert [name.kk for name in said][3:] == [
        "Өзенді ауданы", "Ақбұлақ ауылдық округі", "Ақбұлақ ауылы", "Қарағаш ауылы", "Жезкен кенті",
        "Шаған ауылы",
    ]  # fmt: skip


def test_numbers_that_excel_made_of_the_codes_are_mended() -> None:
    rows = [
        (990000000, 99, 0, 0, 0, 1, "Дала облысы", "Степная область", 1),
        (None, 99, 1, 0, 0, 1, "Аудан", "Район", 2),  # no te: put together of the parts, "1" being "01"
    ]
    file = kato_file(rows)
    assert [place.code for place in file.places] == ["990000000", "990100000"]
    assert file.odd == []


def test_odd_rows_are_named_and_the_rest_is_taken() -> None:
    rows = [
        *SAMPLE,
        row("12345", "а", "б"),
        ("код", "", "", "", "", "", "а", "б", 1),
        row("993230300", "", ""),
        row("993230100", "Басқа а.", "с.Другое"),
        row("993230200", "Қарағаш а.", "с.Карагаш"),  # the same once more: nothing to say
        ("993230400", "99", "32", "31", "400", "", "", "с.Иное", 1),
        row("994430100", "Жетім а.", "с.Сирота"),
    ]
    file = kato_file(rows)
    said = [(finding.code.removeprefix("places.kato_"), finding.where.row) for finding in file.odd]
    assert said == [
        ("row_code", 11),
        ("row_code", 12),
        ("row_no_name", 13),
        ("row_twice", 14),
        ("row_parts", 16),
        ("row_orphan", 17),
    ]
    assert file.refused == 4
    assert len(file.places) == len(SAMPLE) + 2
    assert file.counts["places.kato_no_kk"] == 1
    for finding in file.odd:
        for language in Language:
            assert finding.message(language)
            assert finding.fix(language)


@pytest.mark.parametrize(
    "head",
    [("Фамилия", "Имя"), ("te", "ab", "cd", "ef", "hij"), ("ab", "name_rus", "x", "y")],
    ids=["another workbook", "no names", "parts missing"],
)
def test_another_workbook_is_refused(head: tuple[str, ...]) -> None:
    with pytest.raises(InputRefused) as refused:
        kato_file([tuple("абвгд")[: len(head)]], head)
    assert refused.value.message.key in {"error.places.not_kato", "error.places.kato_empty"}


def test_a_list_of_merged_titles_and_bilingual_heads_is_read() -> None:
    rows = [
        ("", "", ""),
        ("Код КАТО", "Атауы", "Наименование"),
        ("993230000", "Ақбұлақ а.о.", "Акбулакский с.о."),
    ]
    file = kato_file(rows, ("Классификатор", "", ""))
    assert [place.code for place in file.places] == ["993230000"]


# -- keeping ---------------------------------------------------------------------------------------


def test_the_workspace_keeps_the_list_and_a_later_one_takes_its_place(workspace: Workspace) -> None:
    file = kato_file()
    assert take_in_kato(workspace, ACTOR, file) == len(SAMPLE)
    with workspace.reading() as session:
        kept = kato_of(session)
        assert (kept.rows, kept.digest) == (file.places.rows, file.places.digest)
        assert kato_of(session) is kept
    shorter = kato_file(SAMPLE[:3])
    take_in_kato(workspace, ACTOR, shorter)
    with workspace.reading() as session:
        assert (kato_count(session), kato_of(session).rows) == (3, shorter.places.rows)
    assert check_workspace(workspace) == []


def test_the_person_s_copy_serves_where_no_workspace_is_open(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "мои данные"
    assert len(personal_kato(folder)) == 0
    assert find_places(None, "Ақбұлақ", folder=folder) == []
    file = kato_file()
    keep_personal(file, folder)
    assert personal_kato(folder).rows == file.places.rows
    with workspace.reading() as session:
        assert [place.code for place in find_places(session, "акбулакский", folder=folder)] == ["993230000"]
    keep_personal(kato_file(SAMPLE[:3]), folder)
    assert len(personal_kato(folder)) == 3


@pytest.mark.parametrize(
    "content", ["", "{", '{"format": 2, "places": []}', '{"format": 1, "places": [[1]]}']
)
def test_a_damaged_copy_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "kato.json").write_text(content, encoding="utf-8")
    assert len(personal_kato(tmp_path)) == 0


def test_a_copy_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file where the folder should be")
    with pytest.raises(EnvironmentProblem):
        keep_personal(kato_file(), tmp_path / "occupied")


# -- searching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("9932301", ["993230100"]),
        ("993 230 000", ["993230000"]),
        ("акбулак", ["993230100", "993230000"]),
        ("АҚБҰЛАҚ", ["993230000", "993230100"]),
        ("карагаш", ["993230200"]),
        ("окр", []),
        ("с.о. акбул", ["993230000"]),
        ("кольтас", ["991000000", "991010000"]),
        ("", []),
        ("нет такого", []),
    ],
)
def test_places_are_found_by_code_and_by_words(typed: str, codes: list[str]) -> None:
    found = kato_file().places.find(typed)
    assert sorted(place.code for place in found) == sorted(codes)


def test_of_places_that_fit_alike_the_near_ones_come_first() -> None:
    """An okrug of one name is in many raions: that of one's own raion, then of one's own oblast."""
    codes = ("113234000", "993530000", "993231000")
    name = Trilingual("Жаңа жол а.о.", "Жана жол с.о.")
    places = KatoList(KatoRow(code, UnitKind.OKRUG, name) for code in codes)
    assert [found.code for found in places.find("жана жол", near="993230000")] == [
        "993231000", "993530000", "113234000"
    ]  # fmt: skip
    assert [found.code for found in places.find("жана жол")] == list(codes)


def test_a_found_place_knows_what_it_lies_in() -> None:
    (found,) = kato_file().places.find("993230100")
    assert (found.full_name.kk, found.okrug.kk, found.raion.ru, found.oblast.kk) == (
        "Ақбұлақ ауылы", "Ақбұлақ ауылдық округі", "Узендинский район", "Дала облысы",
    )  # fmt: skip


_CODES = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
_NAMES = st.text("абвгдеәғқңөұүһі", min_size=1, max_size=12)


@settings(max_examples=25)
@given(st.dictionaries(_CODES, st.tuples(_NAMES, _NAMES), min_size=1, max_size=15))
def test_what_is_written_is_read_and_found(places: dict[str, tuple[str, str]]) -> None:
    file = kato_file([row(code, kk, ru) for code, (kk, ru) in places.items()])
    assert {p.code: (p.name.kk, p.name.ru) for p in file.places} == places
    for code, (kk, _) in places.items():
        assert code in {found.code for found in file.places.find(code)}
        assert code in {found.code for found in file.places.find(kk, limit=100)}
    orphans = {code for code in places if (above := parent_of(code)) is not None and above not in places}
    assert {f.fields["kato"] for f in file.odd} == orphans


def test_a_list_longer_than_other_sheets_may_be_is_read_whole() -> None:
    rows = [(f"{10 + n // 9000:02}{n % 9000:04}000", f"А{n} с.о.") for n in range(LIMITS.rows + 10)]
    data = workbook(rows, ("te", "name_rus"))
    with pytest.raises(InputRefused):
        read_bytes(data, "k.xlsx")
    assert len(read_kato(read_bytes(data, "k.xlsx", limits=KATO_LIMITS)).places) == len(rows)


def test_the_personal_copy_is_plain_json(tmp_path: Path) -> None:
    keep_personal(kato_file(SAMPLE[:1]), tmp_path)
    data = json.loads((tmp_path / "kato.json").read_text(encoding="utf-8"))
    assert data["places"] == [["990000000", "oblast", "Дала облысы", "Степная область", "1"]]
    assert KatoList(
        [KatoRow("990000000", UnitKind.OBLAST, Trilingual("Дала облысы", "Степная область"), "1")]
    ).digest
    assert HEAD[0] == "te"
