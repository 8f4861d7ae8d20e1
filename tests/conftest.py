"""What every test stands on: no screen, no touching of the person's own settings, no silent skip in CI.

* ``soffice``: LibreOffice without a window; a test that asks for it is skipped, and says so, where it is
  absent.
* ``AKIMAT_NO_SKIPS=1`` (set by .ci/run): a skipped test fails, naming the need that is absent. Only a test
  bound to another system or Python may skip there: its reason begins with "only on ".
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.server import Server

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).resolve().parent
NO_SKIPS = os.environ.get("AKIMAT_NO_SKIPS", "") not in ("", "0")
MAY_SKIP = "only on "

# No deadline: a loaded two-core machine is slow now and then, and that is no fault of the code. In CI the
# same examples each time, so that a red run is about the change; elsewhere new ones each time.
_SLOW_MACHINE = [HealthCheck.too_slow]
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, suppress_health_check=_SLOW_MACHINE
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (NO_SKIPS and report.outcome == "skipped") or hasattr(report, "wasxfail"):
        return
    where = report.longrepr
    reason = where[2] if isinstance(where, tuple) else str(where)
    reason = reason.removeprefix("Skipped: ")
    if reason.startswith(MAY_SKIP):
        return
    report.outcome = "failed"
    report.longrepr = f"skipped, and AKIMAT_NO_SKIPS allows no skip; the need that is absent: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def own_settings_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings, data and state of the person who runs the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("person")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        yield home


@dataclass(frozen=True)
class Soffice:
    """LibreOffice, run without a window and with a profile of its own."""

    program: Path
    profile: Path

    def convert(self, source: Path, to: str, folder: Path) -> Path:
        """Convert ``source`` (``to`` as LibreOffice names it: "pdf", "xlsx") into ``folder``; the file made.

        A workbook is recalculated on the way, so xlsx to xlsx gives what its formulas come to.
        """
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(self.program), f"-env:UserInstallation={self.profile.as_uri()}", "--headless"]
        command += ["--norestore", "--convert-to", to, "--outdir", str(folder), str(source)]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        made = folder / f"{source.stem}.{to.partition(':')[0]}"
        assert answer.returncode == 0, answer.stderr
        assert made.is_file(), answer.stdout + answer.stderr
        return made


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Soffice:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and sys.platform == "win32":
        found = shutil.which("soffice", path=r"C:\Program Files\LibreOffice\program")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed: libreoffice-calc and libreoffice-writer")
    return Soffice(Path(found), tmp_path_factory.mktemp("soffice-profile"))


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the example okrug: copy it, never write to it."""
    from akimat_desk.training.example import make_example  # late: most tests need no workspace

    path = tmp_path_factory.mktemp("example") / "үлгі.akimat"
    make_example(path)
    return path


@pytest.fixture(scope="session")
def papers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four papers of the example okrug: copy it, never write to it."""
    from tests.papers import make_papers  # late: most tests need no workspace

    path = tmp_path_factory.mktemp("papers") / "үлгі.akimat"
    make_papers(path)
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this session's own."""
    from tests.server import programs, running_server

    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with running_server(found) as started:
        yield started


@pytest.fixture(scope="session")
def server_template(server: Server) -> str:
    """A database with an empty workspace, to be copied: cheaper than making its tables each time."""
    from akimat_desk.storage.workspace import Workspace

    address = server.database()
    Workspace.create(address).close()
    return address.database
