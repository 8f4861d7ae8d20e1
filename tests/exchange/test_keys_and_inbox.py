"""Another key for an office, and files taken in one after the other with their papers of refusal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.exchange.inbox import take_in_files, waiting, write_refusals
from akimat_desk.exchange.key_change import change_key, replace_lost_key, take_key_change
from akimat_desk.exchange.keys import key_path, office_key
from akimat_desk.exchange.letters import key_page, late_letter
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receipts import PackageState
from akimat_desk.exchange.receiving import answer, confirm_key, receive, register_key
from akimat_desk.exchange.sending import write_package
from akimat_desk.places.service import unit_by_id
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Heading, Table, Text
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import KATO, Office

NEW = "басқа жасырын сөз"


def keys_of(tmp_path: Path) -> Path:
    return tmp_path / "okrug keys"


def test_a_change_signed_by_the_old_key_is_known_above(okrug: Office, raion: Office, tmp_path: Path) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    confirm_key(raion.workspace, DEFAULT_ACTOR, KATO)
    made, data = change_key(KATO, okrug.key, NEW, keys_of(tmp_path))
    assert office_key(KATO, NEW, keys_of(tmp_path)).public == made.public != okrug.key.public
    take_key_change(raion.workspace, DEFAULT_ACTOR, data, "k.akkey")
    second = write_package(okrug.workspace, DEFAULT_ACTOR, okrug.unit_id, Period(2026), made).data
    # It counts as compared, because the old key was: nothing is warned of.
    assert receive(raion.workspace, DEFAULT_ACTOR, second, "2.akpack").findings == ()


def test_a_change_by_a_stranger_is_refused(okrug: Office, raion: Office, tmp_path: Path) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    stranger = office_key(KATO, NEW, tmp_path / "stranger")
    _, data = change_key(KATO, stranger, NEW, tmp_path / "stranger")
    with pytest.raises(InputRefused) as refused:
        take_key_change(raion.workspace, DEFAULT_ACTOR, data, "k.akkey")
    assert refused.value.message.key == "error.exchange.key_change_other"


@pytest.mark.parametrize("at", [40, -10, -100])
def test_an_altered_change_is_refused(okrug: Office, raion: Office, tmp_path: Path, at: int) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    _, data = change_key(KATO, okrug.key, NEW, keys_of(tmp_path))
    altered = bytearray(data)
    altered[at] = ord("A") if altered[at] != ord("A") else ord("B")
    with pytest.raises(InputRefused):
        take_key_change(raion.workspace, DEFAULT_ACTOR, bytes(altered), "k.akkey")


def test_a_short_phrase_changes_nothing(okrug: Office, tmp_path: Path) -> None:
    before = key_path(KATO, keys_of(tmp_path)).read_bytes()
    with pytest.raises(UsageProblem):
        change_key(KATO, okrug.key, "қысқа", keys_of(tmp_path))
    assert key_path(KATO, keys_of(tmp_path)).read_bytes() == before
    assert len(list(keys_of(tmp_path).iterdir())) == 1


def test_a_lost_key_is_replaced_on_paper(okrug: Office, raion: Office, tmp_path: Path) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(2025), "1.akpack")
    made = replace_lost_key(KATO, NEW, keys_of(tmp_path))
    second = write_package(okrug.workspace, DEFAULT_ACTOR, okrug.unit_id, Period(2026), made).data
    with pytest.raises(InputRefused):
        receive(raion.workspace, DEFAULT_ACTOR, second, "2.akpack")
    with okrug.workspace.reading() as session:
        page = key_page(session, unit_by_id(session, 1), made.public, dt.date(2026, 11, 25))
    table = next(block for block in page.blocks if isinstance(block, Table))
    cells = [row.cells[1].text for row in table.rows]  # type: ignore[union-attr]
    assert made.public.text in cells
    assert made.public.fingerprint in cells
    register_key(raion.workspace, DEFAULT_ACTOR, KATO, made.public)
    assert receive(raion.workspace, DEFAULT_ACTOR, second, "2.akpack").findings == ()


def test_an_inbox_is_taken_in_file_by_file(okrug: Office, raion: Office, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    good = okrug.package()
    (inbox / "a.akpack").write_bytes(good[:-40])
    (inbox / "b.akpack").write_bytes(good)
    with raion.workspace.reading() as session:
        there = waiting(session, inbox)
    assert [path.name for path in there] == ["a.akpack", "b.akpack"]
    outcomes = take_in_files(raion.workspace, DEFAULT_ACTOR, there)
    assert [outcome.problem is None for outcome in outcomes] == [False, True]
    with raion.workspace.reading() as session:
        assert [path.name for path in waiting(session, inbox)] == ["a.akpack"]
        assert waiting(session, tmp_path / "unplugged") == []
    (paper,) = write_refusals(outcomes, tmp_path / "back")
    said = paper.read_text("utf-8-sig")
    assert "a.akpack" in said
    assert outcomes[0].problem is not None
    assert outcomes[0].problem.text(DocLanguage.RU.languages[0]) in said


def test_the_letter_names_who_owes(okrug: Office, raion: Office) -> None:
    day = dt.date(2026, 11, 25)
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    with raion.workspace.reading() as session:
        with pytest.raises(UsageProblem):
            late_letter(session, Period(2026), day, DocLanguage.BOTH)
        kk, ru = late_letter(session, Period(2026, 3), day, DocLanguage.BOTH)
    assert "Жаңабұлақ" in str(kk.blocks)
    assert "Жанабулакский" in str(ru.blocks)
    assert any(isinstance(block, Heading) for block in kk.blocks)
    assert any(isinstance(block, Text) and "1" in block.text for block in ru.blocks)
    answer(raion.workspace, DEFAULT_ACTOR, taken.package_id, PackageState.RETURNED, raion.key, "Код жоқ")
    with raion.workspace.reading() as session:
        assert late_letter(session, Period(2026), day, DocLanguage.KK)
