"""Names, dates, text folding, findings, deadlines and atomic files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.dates import long, of_decision, short
from akimat_desk.core.deadlines import Deadline
from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.files import write_atomically
from akimat_desk.core.findings import Finding, Place, Severity, by_weight, has_errors
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.core.strings import Message
from akimat_desk.core.text import fold, is_mixed, repair, search_form, skeleton, squeeze


def test_a_missing_name_falls_back_to_the_nearest_language() -> None:
    assert Trilingual(ru="сельский округ").text(Language.KK) == "сельский округ"
    assert Trilingual(kk="ауыл", ru="село").text(Language.EN) == "село"
    assert not Trilingual()


def test_dates_of_official_documents() -> None:
    day = dt.date(2025, 12, 26)
    assert short(day) == "26.12.2025"
    assert long(day, Language.KK) == "2025 жылғы 26 желтоқсан"
    assert of_decision(day, Language.KK) == "2025 жылғы 26 желтоқсандағы"
    assert of_decision(day, Language.RU) == "от 26 декабря 2025 года"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("бекiтiлсiн", "бекітілсін"),
        ("cалықтық", "салықтық"),
        ("oкругтерінің", "округтерінің"),
        ("VIII", "VIII"),
    ],
)
def test_look_alike_letters_are_mended_inside_cyrillic_words(printed: str, meant: str) -> None:
    assert repair(printed) == meant


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeezed_text_has_single_plain_spaces(text: str) -> None:
    assert "  " not in squeeze(text)
    assert squeeze(text) == squeeze(squeeze(text))


def test_names_agree_however_words_are_split() -> None:
    assert skeleton("Тұрғынүй-коммуналдық шаруашылық") == skeleton("Тұрғын үй - коммуналдық шаруашылық")
    assert search_form("қызмет") == search_form("кызмет")
    assert is_mixed("шешiмi")
    assert not is_mixed("маслихат")


def test_findings_by_weight_and_as_json() -> None:
    note = Finding("decision.date_unknown", Severity.WARNING)
    error = Finding(
        "decision.annex_older",
        Severity.ERROR,
        where=Place(unit="Ақбұлақ", year=2025, annex=9),
        difference=-19500000,
    )
    assert by_weight([note, error]) == [error, note]
    assert has_errors([note, error])
    shape = error.as_json(Language.RU)
    assert shape["where"] == "Ақбұлақ, 2025, приложение 9"
    assert shape["difference"] == "-195"
    assert set(shape) == {"code", "severity", "message", "source", "where", "difference", "fix"}


def test_a_deadline_on_a_day_off() -> None:
    deadline = Deadline(Message("app.name"), dt.date(2026, 11, 1), "app.name", dt.date(2026, 10, 30))
    assert not deadline.working_day
    assert deadline.as_json(Language.KK)["last_working_day"] == "2026-10-30"


def test_called_off_work_stops_at_its_next_step() -> None:
    seen: list[tuple[int, int]] = []
    task = Task(lambda done, total: seen.append((done, total)))
    task.step(1, 2)
    task.cancel()
    with pytest.raises(Cancelled):
        task.step(2, 2)
    assert seen == [(1, 2)]


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "есеп.txt"
    path.write_text("old", "utf-8")

    def fail(temporary: Path) -> None:
        temporary.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentProblem) as caught:
        write_atomically(path, fail)
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    for language in Language:
        assert str(path) in caught.value.text(language)


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        write_atomically(tmp_path / "none" / "a.txt", lambda path: path.write_text("x", "utf-8") and None)
