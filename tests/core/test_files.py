"""Files are written whole, and others may read them as any file of that folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.files import write_atomically


def write(path: Path) -> None:
    path.write_text("report", "utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Windows gives files the rights of their folder")
def test_a_file_gets_the_rights_that_any_file_gets_there(tmp_path: Path) -> None:
    usual = tmp_path / "usual.txt"
    usual.touch()
    made = write_atomically(tmp_path / "report.pdf", write)
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_a_long_kazakh_name_is_written(tmp_path: Path) -> None:
    made = write_atomically(tmp_path / ("Ө" * 120 + ".pdf"), write)
    assert made.read_text("utf-8") == "report"
    assert list(tmp_path.iterdir()) == [made]


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    there = tmp_path / "report.pdf"
    there.write_text("old", "utf-8")

    def fail(path: Path) -> None:
        path.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentProblem) as refused:
        write_atomically(there, fail)
    assert refused.value.message.key == "error.file.disk_full"
    assert there.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [there]
