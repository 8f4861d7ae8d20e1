"""``selftest --window``: the window in a process of its own, also where the machine has no font at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


def _trial(workspace: Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "akimat_desk.ui.trial", str(workspace), str(folder / "settings.ini")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only a Linux can be without fonts")
def test_the_window_opens_on_a_machine_without_fonts(example_file: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(NO_FONTS, "utf-8")
    done = _trial(workspace, tmp_path, FONTCONFIG_FILE=str(fonts))
    assert done.returncode == 0, done.stderr


def test_a_window_that_cannot_open_says_why(example_file: Path, tmp_path: Path) -> None:
    done = _trial(example_file, tmp_path, QT_QPA_PLATFORM="nonsense")
    assert done.returncode != 0
    assert "nonsense" in done.stderr
