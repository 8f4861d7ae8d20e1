"""An update by file, end to end: real files, the program's own starts, its own selftest."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import akimat_desk
from tests.updates.conftest import NEWER, ROOT, Installed

Newer = Callable[..., Path]
Building = Callable[[str], Any]
HERE = akimat_desk.__version__


def test_an_update_runs_from_the_next_start_and_can_be_taken_back(
    installed: Installed, newer: Newer, example_file: Path
) -> None:
    workspace = Path(shutil.copy(example_file, installed.person / "округ.akimat"))
    update = newer()
    shown = installed.run("update", "show", update, "--json")
    assert shown.status == 0, shown.err
    assert (shown.json["version"], shown.json["brings_libraries"]) == (NEWER, False)
    done = installed.run("update", "install", update, "--workspace", workspace, "--json")
    assert done.status == 0, done.err
    assert (done.json["before"], done.json["now"]) == (HERE, NEWER)
    (copy,) = done.json["copies"]
    assert installed.run("check", copy).status in (0, 1)  # a whole workspace, with whatever findings
    assert installed.run("--version").out.strip() == f"akimat-desk {NEWER}"
    back = installed.run("update", "undo", "--json")
    assert (back.status, back.json["now"]) == (0, HERE)
    assert installed.run("--version").out.strip() == f"akimat-desk {HERE}"


def test_a_program_that_fails_its_own_test_is_not_chosen(installed: Installed, newer: Newer) -> None:
    def breaks(package: Path) -> None:
        (package / "reports" / "render.py").write_text("raise ImportError('a part is missing')\n", "utf-8")

    before = installed.state
    done = installed.run("update", "install", newer(breaks), "--lang", "ru")
    assert done.status == 2
    assert "не прошла самопроверку" in done.err
    assert "a part is missing" in done.err
    assert installed.state == before


def test_data_alone_is_updated_used_and_taken_back(
    installed: Installed, key: Any, building: Building, tmp_path: Path
) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(ROOT / "resources", resources, ignore=shutil.ignore_patterns("pictures"))
    texts = resources / "strings" / "core.json"
    said = json.loads(texts.read_text("utf-8"))
    said["app.name"]["ru"] = "Проверка данных"
    texts.write_text(json.dumps(said), "utf-8")
    (resources / "updates" / "edition.json").write_text('{"edition": "2099-01-15"}', "utf-8")
    update = building("update_file").data_update(resources, tmp_path, key, HERE)
    done = installed.run("update", "install", update, "--json")
    assert done.status == 0, done.err
    editions = installed.run("update", "editions", "--json").json
    assert editions["program"] == HERE
    assert set(editions["parts"].values()) == {"2099-01-15"}
    again = installed.run("update", "install", update, "--lang", "ru")
    assert again.status == 2
    assert "не новее" in again.err
    assert installed.run("update", "undo", "--data").status == 0
    assert installed.run("update", "editions", "--json").json["data"] < "2099"


def _unchanged(installed: Installed, update: Path, words: str) -> None:
    before = installed.state
    ran = installed.run("update", "install", update, "--lang", "ru")
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert installed.state == before


def test_bad_updates_are_refused_in_words(installed: Installed, newer: Newer, tmp_path: Path) -> None:
    good = newer().read_bytes()
    bad = tmp_path / "bad.akupdate"
    for content, words in (
        (good[: len(good) // 2], "скопирован не до конца"),
        (good[:-30], "скопирован не до конца"),
        (b"", "не является файлом обновления"),
        (b"PK\x03\x04nonsense", "поврежден"),
        ((ROOT / "README.md").read_bytes(), "не является файлом обновления"),
    ):
        bad.write_bytes(content)
        _unchanged(installed, bad, words)


def test_an_altered_member_is_named(installed: Installed, newer: Newer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.akupdate"
    for changed, words in (
        ("program/akimat_desk/cli/main.py", "изменен после того"),
        ("manifest.json", "чужим ключом, или печать нарушена"),
        ("signature.bin", "чужим ключом, или печать нарушена"),
    ):
        with zipfile.ZipFile(newer()) as old, zipfile.ZipFile(bad, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename == changed:
                    at = len(content) // 2
                    content = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
                new.writestr(entry, content)
        if changed == "manifest.json":
            words = words if _still_json(bad) else "поврежден"
        _unchanged(installed, bad, words)


def _still_json(update: Path) -> bool:
    with zipfile.ZipFile(update) as archive:
        try:
            json.loads(archive.read("manifest.json"))
        except ValueError:
            return False
    return True


def test_a_member_more_or_less_is_refused(installed: Installed, newer: Newer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.akupdate"
    with zipfile.ZipFile(newer()) as old, zipfile.ZipFile(bad, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("program/../../outside.py", "print('out')")
    _unchanged(installed, bad, "поврежден")


def test_a_strangers_seal_is_refused(installed: Installed, newer: Newer, building: Building) -> None:
    stranger = building("keys").SigningKey(Ed25519PrivateKey.generate())
    _unchanged(installed, newer(sealed_with=stranger), "чужим ключом")


def test_an_update_for_another_system_is_refused(installed: Installed, newer: Newer) -> None:
    _unchanged(installed, newer(system="solaris-sparc"), "solaris-sparc")


def test_an_older_program_is_refused(installed: Installed, newer: Newer) -> None:
    update = newer()
    assert installed.run("update", "install", update).status == 0
    _unchanged(installed, update, f"в файле {NEWER}, у вас {NEWER}")


def test_an_update_that_wants_other_libraries_names_the_way_out(installed: Installed, newer: Newer) -> None:
    update = newer()
    libraries = installed.home / "libraries"
    (libraries / "0123456789ab").rename(libraries / "ba9876543210")
    (installed.home / "current.txt").write_text(f"program {HERE}\nlibraries ba9876543210\n", "utf-8")
    _unchanged(installed, update, "установочным файлом")


def test_a_checkout_is_not_updated_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from akimat_desk.core.errors import EnvironmentProblem
    from akimat_desk.updates.place import installation

    monkeypatch.delenv("AKIMAT_DESK_HOME", raising=False)
    with pytest.raises(EnvironmentProblem, match="git"):
        installation()


def test_a_trial_build_believes_nobody(installed: Installed, newer: Newer) -> None:
    update = newer()
    trusted = installed.home / "programs" / HERE / "akimat_desk" / "_resources" / "updates" / "trusted.json"
    trusted.write_text('{"keys": []}', "utf-8")
    _unchanged(installed, update, "не доверяет ни одному ключу")
