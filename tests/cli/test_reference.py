"""``classification`` and ``places`` from the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.places import kato_store
from tests.classification.workbooks import REVENUE, workbook
from tests.cli.conftest import Run
from tests.places.kato_books import workbook as kato_workbook


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's list of places is this test's own."""
    folder = tmp_path / "person"
    monkeypatch.setattr(kato_store, "personal_folder", lambda: folder)
    return folder


def newer(tmp_path: Path) -> Path:
    path = tmp_path / "жаңа.xlsx"
    rows = [
        ("1", "04", "3", None, "Жер салығы жаңаша", None),
        ("1", "04", "9", None, "Су салығы", "Налог на воду"),
        ("1", "рыба", None, None, "Қате", "Ошибка"),
    ]
    path.write_bytes(workbook({"Поступления": [REVENUE, *rows]}))
    return path


def test_a_code_is_shown_with_what_it_was(run: Run) -> None:
    ran = run("--json", "classification", "show", "5", "--year", "2026")
    assert ran.status == 0
    code = ran.json["code"]
    assert (code["code"], code["kind"]) == ({"category": "5"}, "transfers")
    assert {"year": 2025, "code": {"category": "4"}} in code["became"]
    assert ran.json["below"]
    top = run("--lang", "ru", "classification", "show", "--year", "2026").out
    assert "Налоговые поступления" in top
    said = run("--lang", "kk", "classification", "show", "159", "--year", "2026").out
    assert "159" in said


def test_codes_are_found_by_words_and_numbers(run: Run) -> None:
    found = run("--json", "classification", "search", "көше", "жарық", "--year", "2026").json["found"]
    assert found[0]["code"]["program"] == "008"
    assert run("classification", "search", "нет такого", "--year", "2026").status == 0


def test_an_unknown_code_is_said_in_words(run: Run, okrug: Path) -> None:
    for written in ("1/99/9", "абв"):
        ran = run("--lang", "ru", "classification", "show", written, "--year", "2026")
        assert (ran.status, ran.out) == (2, "")
        assert written.replace("/", "\N{NO-BREAK SPACE}") in ran.err
    ran = run("--lang", "ru", "classification", "add", okrug, "1/4", "--name-ru", "а", "--year", "2026")
    assert ran.status == 2
    assert "1/04/4" in ran.err


def test_a_newer_pack_is_shown_first_and_stored_when_asked(run: Run, okrug: Path, tmp_path: Path) -> None:
    file = newer(tmp_path)
    shown = run("--json", "classification", "import", okrug, file, "--year", "2027")
    assert shown.status == 1, "a row is wrong"
    counts = shown.json["counts"]
    assert (counts["new"], counts["changed"], counts["wrong"], shown.json["source"]) == (1, 1, 1, None)
    assert run("--json", "classification", "sources", okrug).json == {"sources": []}
    stored = run("--json", "classification", "import", okrug, file, "--year", "2027", "--confirm")
    number = stored.json["source"]
    ran = run("--json", "classification", "show", "1/04/9", "--year", "2027", "--workspace", okrug)
    assert ran.json["code"]["name_ru"] == "Налог на воду"
    assert run("classification", "show", "1/04/9", "--year", "2027").status == 2, "the shipped one lacks it"
    assert run("classification", "withdraw", okrug, number).status == 0
    assert run("classification", "withdraw", okrug, number).status == 2
    assert run("classification", "withdraw", okrug, number, "--undo").status == 0
    said = run("--lang", "ru", "classification", "sources", okrug).out
    assert "жаңа.xlsx" in said
    assert run("check", okrug).status == 0


def test_the_exported_pack_changes_nothing(run: Run, okrug: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.xlsx"
    assert run("classification", "export", "--year", "2026", "--out", out).status == 0
    shown = run("--json", "classification", "import", okrug, out, "--year", "2026")
    assert shown.status == 0
    assert {state for state, count in shown.json["counts"].items() if count} == {"same"}
    assert run("classification", "import", okrug, out, "--year", "2026", "--confirm").status == 2


def test_an_own_code_is_added_and_used_when_a_decision_is_taken_in(
    run: Run, okrug: Path, tmp_path: Path
) -> None:
    text = (
        "<h2>Жаңабұлақ ауылдық округінің 2026 жылға арналған бюджеті</h2><table>"
        "<tr><td>Санаты</td><td>Сыныбы</td><td>Кіші сыныбы</td><td>Атауы</td><td>Сомасы</td></tr>"
        "<tr><td></td><td></td><td></td><td>I. Кірістер</td><td>10,0</td></tr>"
        "<tr><td>1</td><td></td><td></td><td>Салықтық түсімдер</td><td>10,0</td></tr>"
        "<tr><td></td><td>04</td><td></td><td>Меншікке салынатын салықтар</td><td>10,0</td></tr>"
        "<tr><td></td><td></td><td>9</td><td>Су салығы</td><td>10,0</td></tr></table>"
    )
    paper = tmp_path / "annex.html"
    paper.write_text(text, encoding="utf-8")

    def unknown() -> list[str]:
        units = run("--json", "decision", "import", okrug, paper).json["units"]
        return [f["code"] for unit in units for f in unit["findings"] if f["code"] == "reader.code_unknown"]

    assert len(unknown()) == 1
    ran = run(
        "--json", "classification", "add", okrug, "1/04/9", "--name-kk", "Су салығы",
        "--name-ru", "Налог на воду", "--year", "2026",
    )  # fmt: skip
    assert (ran.status, ran.json["findings"]) == (0, [])
    assert unknown() == []
    assert run("classification", "add", okrug, "1/04/9", "--name-kk", "Су", "--year", "2026").status == 2
    ran = run("classification", "add", okrug, "1/88", "--name-kk", "а", "--year", "2026", "--kind", "рыба")
    assert ran.status == 2


def test_a_list_of_places_serves_a_new_workspace(run: Run, tmp_path: Path, own_folder: Path) -> None:
    file = tmp_path / "kato.xlsx"
    file.write_bytes(kato_workbook())
    path = tmp_path / "жаңа округ.akimat"
    assert run("new", path, "--kato", "993230000").status == 2
    shown = run("--json", "places", "import", file)
    assert (shown.status, shown.json["stored"], shown.json["kinds"]["okrug"]) == (0, False, 1)
    assert not own_folder.exists()
    assert run("places", "import", file, "--confirm").status == 0
    (found,) = run("--json", "places", "find", "акбулакский").json["found"]
    assert (found["kato"], found["raion_kk"]) == ("993230000", "Өзенді ауданы")
    ran = run("new", path, "--kato", "993230000")
    assert ran.status == 0, ran.err
    assert run("places", "import", file, "--workspace", path, "--confirm").status == 0
    assert "Акбулакский" in run("--lang", "ru", "places", "find", "9932300", "--workspace", path).out
    assert run("places", "import", newer(tmp_path)).status == 2


def test_people_by_year(run: Run, okrug: Path, tmp_path: Path) -> None:
    assert run("places", "population", okrug).status == 0
    assert run("places", "population", okrug, "--year", "2026").status == 2
    assert run("places", "population", okrug, "--year", "2026", "--people", "много").status == 2
    ran = run("--json", "places", "population", okrug, "--year", "2026", "--people", "2 345", "--source", "а")
    assert ran.json["population"] == [{"unit": "990140000", "year": 2026, "people": 2345, "source": "а"}]
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook({"Халық": [("Жыл", "Халық саны"), (2025, 2400), ("х", 1)]}))
    shown = run("--json", "places", "population", okrug, "--file", file)
    assert (shown.status, len(shown.json["rows"]), shown.json["stored"]) == (1, 1, 0)
    assert run("--json", "places", "population", okrug, "--file", file, "--confirm").json["stored"] == 1
    assert "2025: 2400" in run("places", "population", okrug).out


def test_the_calendar_of_a_year(run: Run, okrug: Path, tmp_path: Path) -> None:
    ran = run("--json", "calendar", "--year", "2027", "--raion-decision-signed", "2026-12-24")
    assert ran.status == 0
    dates = ran.json["dates"]
    assert {"what", "due", "article", "working_day", "last_working_day"} <= set(dates[0])
    by_id = {each["id"]: each for each in dates}
    assert by_id["approval:2026-12-24"]["due"] == "2026-12-29"
    assert by_id["annual_to_assembly"] == {
        "what": by_id["annual_to_assembly"]["what"],
        "due": "2028-02-20",
        "article": "Бюджет кодексі, 127-бап",
        "working_day": False,
        "last_working_day": "2028-02-18",
        "id": "annual_to_assembly",
        "confirmed": True,
    }
    out = tmp_path / "күндер.ics"
    ran = run("--lang", "ru", "calendar", "--year", "2027", "--workspace", okrug, "--ics", out)
    assert ran.status == 0
    assert "01.09.2026" in ran.out
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")
    ran = run("--json", "calendar", "--year", "2027", "--workspace", okrug)
    assert {each["state"] for each in ran.json["dates"]} <= {"late", "now", "next", "done", "needless"}
    assert run("--json", "calendar", "--year", "2020").json == {"dates": []}
    assert run("calendar", "--year", "12").status == 2
    assert run("calendar", "--year", "2027", "--raion-decision-signed", "завтра").status == 2
