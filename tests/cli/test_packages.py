"""``package``: one sealed file upward, a receipt downward."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.core.resources import resource

from .conftest import Run


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("AKIMAT_DESK_PASSPHRASE", "жасырын сөйлем")


@pytest.fixture
def confirmed(run: Run, okrug: Path) -> Path:
    ran = run("decision", "import", okrug, resource("example", "2026-2028_kk.html"), "--confirm")
    assert ran.status == 0, ran.err
    return okrug


@pytest.fixture
def raion(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "аудан.akimat"
    names = ("--name-kk", "Үлгі ауданы", "--name-ru", "Улгинский район")
    assert run("new", path, "--kato", "990100000", "--kind", "raion", *names).status == 0
    return path


def test_up_and_back(run: Run, confirmed: Path, raion: Path, tmp_path: Path) -> None:
    package, receipt = tmp_path / "p.akpack", tmp_path / "r.akreceipt"
    written = run(
        "package", "write", confirmed, "--year", 2026, "--to", 990100000, "--out", package, "--json"
    )
    assert written.status == 0, written.err
    assert (written.json["sequence"], written.json["again"]) == (1, False)
    verified = run("package", "verify", package, "--json")
    assert verified.status == 0
    assert verified.json["packages"][0]["unit"] == "990140000"
    taken = run("package", "receive", raion, package, "--json")
    assert taken.status == 0, taken.err
    assert taken.json["packages"][0]["state"] == "checked"
    shown = run("budget", "show", raion, "--year", 2026, "--unit", 990140000, "--json")
    own = run("budget", "show", confirmed, "--year", 2026, "--json")
    assert shown.json["figures"] == own.json["figures"]
    identity = taken.json["packages"][0]["id"]
    assert run("package", "answer", raion, identity, "accepted", "--out", receipt).status == 0
    answered = run("package", "receipt", confirmed, receipt, "--json")
    assert (answered.status, answered.json["state"]) == (0, "accepted")
    listed = run("package", "list", confirmed, "--json").json
    assert listed["sent"][0]["answer"] == "accepted"


def test_number_n_again_is_the_same_file(run: Run, confirmed: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{n}.akpack" for n in range(3))
    run("package", "write", confirmed, "--year", 2026, "--out", first)
    again = run("package", "write", confirmed, "--year", 2026, "--out", second, "--json")
    assert again.json["again"] is True
    assert run("package", "write", confirmed, "--year", 2026, "--number", 1, "--out", third).status == 0
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_a_bad_one_among_good_ones_is_refused_alone(
    run: Run, confirmed: Path, raion: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "келгендер"
    inbox.mkdir()
    run("package", "write", confirmed, "--year", 2026, "--out", inbox / "b.akpack")
    (inbox / "a.akpack").write_bytes((inbox / "b.akpack").read_bytes()[:-100])
    ran = run("package", "receive", raion, inbox, "--json", "--lang", "ru")
    assert ran.status == 2
    bad, good = ran.json["packages"]
    assert (bad["accepted"], bad["code"], good["accepted"]) == (False, "exchange.damaged", True)
    assert "a.akpack" in ran.err


def test_keys(run: Run, confirmed: Path, raion: Path, tmp_path: Path) -> None:
    shown = run("package", "key", "show", confirmed, "--json").json
    registered = run("package", "key", "register", raion, shown["key"], "--unit", 990140000, "--json")
    assert registered.json["fingerprint"] == shown["fingerprint"]
    package = tmp_path / "p.akpack"
    run("package", "write", confirmed, "--year", 2026, "--out", package)
    assert run("package", "receive", raion, package, "--json").json["packages"][0]["findings"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--year", 2030),
        ("--year", 2026, "--month", 13),
        ("--year", 2026, "--to", "Ақмола"),
        ("--year", 2026, "--number", 5),
    ],
)
def test_what_cannot_be_written_is_said(
    run: Run, confirmed: Path, tmp_path: Path, words: tuple[object, ...]
) -> None:
    ran = run("package", "write", confirmed, *words, "--out", tmp_path / "p.akpack", "--lang", "ru")
    assert ran.status == 2
    assert ran.err.strip()
    assert not (tmp_path / "p.akpack").exists()
