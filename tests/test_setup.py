"""The set-up: what two commands on a fresh machine rest on, and what must hold in every file committed."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT / "installer" / "dev.py"
LOCK = ROOT / "installer" / "requirements.lock"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture
def devkit(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Loads a module of installer/devkit as dev.py does: from beside it, and from nowhere else."""
    monkeypatch.syspath_prepend(str(DEV.parent))

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"devkit.{name}")

    return load


# --- the lock -------------------------------------------------------------------------------------------


def locked() -> dict[str, str]:
    """Version by canonical name, of every package in the lock."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    return {str(canonicalize_name(name)): version for name, version in found}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_dependency_is_locked_within_its_bounds(requirement: Requirement) -> None:
    version = locked().get(str(canonicalize_name(requirement.name)))
    assert version is not None, f"{requirement} is not in the lock: run dev.py lock"
    assert requirement.specifier.contains(version, prereleases=True)


def test_every_locked_package_has_hashes_and_nothing_says_where_from() -> None:
    text = LOCK.read_text("utf-8")
    entries = [entry for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", text) if "==" in entry]
    assert len(entries) == len(locked()) > 30
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    for line in text.splitlines():
        assert not re.search(r"://|^\s*-[efi]\b|--(extra-)?index|--find-links|--trusted|@ ", line), line


def test_qt_is_the_binding_that_keeps_count_and_speaks_kazakh() -> None:
    versions = locked()
    assert versions["pyside6-essentials"].startswith("6.11.")
    assert versions["shiboken6"] == versions["pyside6-essentials"]
    assert "pyside6" not in versions
    assert "pyside6-addons" not in versions


def test_the_running_environment_is_the_locked_one() -> None:
    versions = locked()
    for name in ("pyside6-essentials", "sqlalchemy", "reportlab", "openpyxl", "lxml", "hypothesis"):
        assert importlib.metadata.version(name) == versions[name]


def test_void_calls_of_qt_do_not_use_up_none() -> None:
    """PySide6 6.12.0 drops one reference to None at each void call and Python 3.11 then aborts.

    From Python 3.12 on None is immortal and its count stands still whatever the binding does.
    """
    counted = """
import sys
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter
thing, image = QObject(), QImage(8, 8, QImage.Format.Format_RGB32)
painter = QPainter(image)
before = sys.getrefcount(None)
for _ in range(100):
    thing.setObjectName("a"); painter.save(); painter.restore()
after = sys.getrefcount(None)
painter.end()
print(after - before)
"""
    answer = run("-c", counted)
    assert answer.returncode == 0, answer.stderr
    assert abs(int(answer.stdout)) < 10  # the loop itself may keep or free a few


# --- what is committed ----------------------------------------------------------------------------------


def committed() -> list[Path]:
    """The files of the project: as git lists them, or, in a copy without git, all but what is made here."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        made = {"__pycache__", "build", "dist", "out"}
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            and not any(
                part in made or (part.startswith(".") and part != ".ci")
                for part in path.relative_to(ROOT).parts[:-1]
            )
        ]
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


# Put together here, so that this file does not hold what it looks for.
PLACES_FROM = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "deb.debian" + ".org",
    "security.debian" + ".org",
    "registry." + "npmjs",
    "archive." + "ubuntu",
]
MACHINE_PATHS = re.compile(rb"(?<![\w.])/(?:work/|root/|tmp/v311)")


def test_no_committed_file_names_a_registry_or_a_path_of_someones_machine() -> None:
    files = committed()
    assert DEV in files
    told = []
    for path in files:
        data = path.read_bytes()
        told += [f"{path.relative_to(ROOT)}: {host}" for host in PLACES_FROM if host.encode() in data]
        if path != Path(__file__):
            told += [f"{path.relative_to(ROOT)}: {hit.decode()}" for hit in MACHINE_PATHS.findall(data)]
    assert told == []


# --- dev.py ---------------------------------------------------------------------------------------------


def test_help_needs_nothing_but_a_bare_interpreter() -> None:
    answer = run("-I", "-S", str(DEV), "--help")
    assert answer.returncode == 0, answer.stderr
    for command in ("demo", "test", "setup", "lint", "lock", "benchmarks"):
        assert command in answer.stdout


@pytest.mark.parametrize("words", [(), ("nothing",), ("demo", "--surprise"), ("setup", "more")])
def test_a_wrong_command_ends_with_status_2(words: tuple[str, ...]) -> None:
    answer = run(str(DEV), *words)
    assert answer.returncode == 2
    assert "usage:" in answer.stderr


def load_dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_python_that_does_not_fit_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dev = load_dev()
    monkeypatch.setattr(dev, "FITTING", ((2, 6),))
    monkeypatch.setattr(sys, "argv", ["dev.py", "demo"])
    assert dev.main() == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11, 3.12 or 3.13" in said
    assert said.rstrip().endswith("demo")
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with shebang scripts")
def test_a_launcher_of_a_python_that_is_not_there_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, body in (("python3.13", "exit 127"), ("python3.12", "echo 3.12"), ("python3.11", "echo 3.11")):
        launcher = tmp_path / name
        launcher.write_text(f"#!/bin/sh\n{body}\n")
        launcher.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_dev().find_fitting() == [str(tmp_path / "python3.12")]


def test_a_library_is_known_under_its_old_and_its_new_name(devkit: Any) -> None:
    system = devkit("system")
    glib = next(need for need in system.LOADING if any("glib" in name for name in need))
    for debian_12_or_13 in ("libglib2.0-0", "libglib2.0-0t64"):
        assert system.unmet((glib,), {debian_12_or_13}) == ()
        assert system.choose(glib, {debian_12_or_13}) == debian_12_or_13
    assert system.unmet(system.LOADING, set()) == system.LOADING


def test_without_rights_the_exact_line_is_said(devkit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    system, problem = devkit("system"), devkit("environment").SetupProblem
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux are there system packages to ask for")
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "installed_packages", lambda _names: {"libgl1"})
    monkeypatch.setattr(system, "offered_packages", lambda names: {n for n in names if "t64" not in n})
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    with pytest.raises(problem, match=r"apt-get install .*libegl1 libglib2\.0-0 .*libxcb-cursor0"):
        system.prepare_system(window=True)


def test_what_only_a_window_needs_does_not_stop_a_run_without_one(
    devkit: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux are there system packages to ask for")
    system = devkit("system")
    window_only = system.Missing((), (("libxcb-cursor0",),))
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "missing_needs", lambda: window_only)
    monkeypatch.setattr(system, "offered_packages", lambda _names: set())
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    system.prepare_system(window=False)
    assert "libxcb-cursor0" in capsys.readouterr().out


@pytest.fixture
def environment(devkit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The environment module upon an empty checkout; pip only writes down what it was asked.

    The environment made is a true one but without pip, whose unpacking takes most of the time.
    """
    module = devkit("environment")
    for name, path in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "LOCK": tmp_path / "requirements.lock",
        "PROJECT": tmp_path / "pyproject.toml",
        "STAMP": tmp_path / ".venv" / "akimat-setup.json",
        "MARK": tmp_path / ".venv" / "made-by-akimat-dev",
        "PYTHON": tmp_path / ".venv" / module.PYTHON.relative_to(module.VENV),
    }.items():
        monkeypatch.setattr(module, name, path)
    module.LOCK.write_text("one==1\n")
    module.PROJECT.write_text("[project]\n")
    asked: list[str] = []

    def create() -> None:
        module.VENV.mkdir()
        module.MARK.touch()
        venv.create(module.VENV, symlinks=os.name != "nt")

    monkeypatch.setattr(module, "create", create)
    monkeypatch.setattr(
        module,
        "pip",
        lambda *words: asked.append("lock" if "--require-hashes" in words else "project"),
    )
    monkeypatch.setattr(module, "asked", asked, raising=False)
    return module


def test_the_environment_made_has_pip_and_shows_whose_it_is(
    devkit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = devkit("environment")
    folder = tmp_path / ".venv"
    python = folder / module.PYTHON.relative_to(module.VENV)
    monkeypatch.setattr(module, "VENV", folder)
    monkeypatch.setattr(module, "MARK", folder / module.MARK.name)
    module.create()
    assert module.MARK.exists()
    asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True, check=True)
    assert str(folder) in asked.stdout


def test_a_second_run_does_nothing(environment: Any) -> None:
    environment.prepare_environment()
    assert environment.asked == ["lock", "project"]
    environment.prepare_environment()
    assert environment.asked == ["lock", "project"]


def test_another_lock_makes_the_environment_anew(environment: Any) -> None:
    environment.prepare_environment()
    left_over = environment.VENV / "left-over"
    left_over.touch()
    environment.LOCK.write_text("one==2\n")
    environment.prepare_environment()
    assert environment.asked == ["lock", "project"] * 2
    assert not left_over.exists()


def test_another_project_description_installs_only_the_project(environment: Any) -> None:
    environment.prepare_environment()
    environment.PROJECT.write_text('[project]\nname = "x"\n')
    environment.prepare_environment()
    assert environment.asked == ["lock", "project", "project"]


@pytest.mark.parametrize("breaks_at", ["create", "install_lock", "install_project"])
def test_an_interrupted_set_up_heals_at_the_next_run(
    environment: Any, monkeypatch: pytest.MonkeyPatch, breaks_at: str
) -> None:
    true_step = getattr(environment, breaks_at)

    def interrupted() -> None:
        true_step()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, breaks_at, interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.prepare_environment()
    assert not environment.STAMP.exists()
    environment.prepare_environment()
    assert json.loads(environment.STAMP.read_text())["root"] == str(environment.ROOT)
    assert environment.asked[-2:] == ["lock", "project"]


def test_an_environment_whose_python_is_gone_is_made_anew(environment: Any) -> None:
    environment.prepare_environment()
    environment.PYTHON.unlink()
    environment.prepare_environment()
    assert environment.PYTHON.exists()
    assert environment.asked == ["lock", "project"] * 2


def test_a_folder_with_someones_work_is_not_removed(environment: Any) -> None:
    environment.VENV.mkdir()
    (environment.VENV / "letter.txt").write_text("kept")
    with pytest.raises(environment.SetupProblem, match="Move it away"):
        environment.prepare_environment()
    assert (environment.VENV / "letter.txt").read_text() == "kept"


@pytest.mark.parametrize(
    ("pip_said", "told"),
    [
        ("WARNING: Retrying … NewConnectionError('…')\nERROR: No matching distribution found", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk"),
        ("ERROR: No matching distribution found for one==1", "no build"),
        ("something never seen", "its own words"),
    ],
)
def test_why_pip_failed_is_said_in_a_sentence(devkit: Any, pip_said: str, told: str) -> None:
    assert told in devkit("environment").explain(pip_said)


# --- the shape of the program ---------------------------------------------------------------------------


def test_everything_outside_the_window_imports_where_qt_is_absent() -> None:
    importing = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import akimat_desk

def names(package):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name not in ("akimat_desk.ui", "akimat_desk.storage.migrations.env"):
            yield found.name
            module = importlib.import_module(found.name)
            if found.ispkg:
                yield from names(module)

print("\\n".join(names(akimat_desk)))
"""
    answer = run("-W", "error", "-c", importing)
    assert answer.returncode == 0, answer.stderr
    imported = answer.stdout.split()
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "akimat_desk").rglob("*.py")
    }
    # Alembic's scripts are run by Alembic, within an upgrade; they are not modules.
    left_out = (
        "akimat_desk.ui.",
        "akimat_desk.storage.migrations.env.",
        "akimat_desk.storage.migrations.versions.",
    )
    assert set(imported) == {
        name for name in modules - {"akimat_desk"} if not (name + ".").startswith(left_out)
    }


def test_packages_import_only_what_lies_below_them() -> None:
    answer = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


# --- the tests' own tools -------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_libreoffice_recalculates_a_workbook(soffice: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["A3"] = 40, 2, "=SUM(A1:A2)"
    book.save(tmp_path / "қосынды.xlsx")
    made = soffice.convert(tmp_path / "қосынды.xlsx", "xlsx", tmp_path / "out")
    read = load_workbook(made, data_only=True)
    assert read.active["A3"].value == 42


# --- no silent skip -------------------------------------------------------------------------------------


def test_a_skip_fails_where_no_skip_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_one.py").write_text(
        "import pytest\n"
        "def test_needs(): pytest.skip('a thing is absent')\n"
        "def test_elsewhere(): pytest.skip('only on another system')\n"
    )
    (tmp_path / "test_two.py").write_text("import pytest\npytest.importorskip('a_module_that_is_not')\n")
    words = (
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    )
    allowed = run(*words, AKIMAT_NO_SKIPS="")
    assert "3 skipped" in allowed.stdout
    refused = run(*words, "--continue-on-collection-errors", AKIMAT_NO_SKIPS="1")
    assert refused.returncode == 1
    assert "the need that is absent: a thing is absent" in refused.stdout
    assert "a_module_that_is_not" in refused.stdout
    assert "1 skipped" in refused.stdout
