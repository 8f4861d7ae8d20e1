"""What a screen reader meets: the real window on a virtual screen, walked through AT-SPI, kk and ru.

Needs Xvfb, a session bus, at-spi2-core and Debian's python3-gi with gir1.2-atspi-2.0 (``.ci/run`` installs
them); elsewhere these tests are skipped, and say so. ``test_accessible.py`` asks the same in process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.ui.areas import PAGES

ROOT = Path(__file__).resolve().parents[2]
STAGE = Path(__file__).with_name("atspi") / "stage.py"
SYSTEM_PYTHON = "/usr/bin/python3"
STAGES = ("first", "start", *(page.name for page in PAGES), "reading", "Palette", "SettingsDialog")
#: What a person can do something with, by the names of AT-SPI ("filler": a named area that scrolls).
ROLES = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "password text",
    "spin button", "slider", "list", "tree", "tree table", "table", "page tab", "page tab list", "label",
    "menu item", "check menu item", "radio menu item", "link", "paragraph", "document text", "date editor",
    "scroll bar", "entry", "filler", "document frame", "document web", "calendar",
}  # fmt: skip

_ASKS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"

Node = dict[str, Any]


def lacking() -> str:
    """What this machine lacks for the walk; "" when nothing."""
    for program in ("Xvfb", "dbus-run-session"):
        if shutil.which(program) is None:
            return program
    if not any(Path(place).exists() for place in ("/usr/libexec/at-spi-bus-launcher",)):
        return "at-spi2-core"
    found = subprocess.run(
        [SYSTEM_PYTHON, "-c", _ASKS],
        capture_output=True, check=False,
    )  # fmt: skip
    return "python3-gi, gir1.2-atspi-2.0" if found.returncode else ""


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A virtual screen of its own number."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux: AT-SPI")
    if missing := lacking():
        pytest.skip(missing)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def seen(screen: str) -> dict[str, list[Node]]:
    """Everything that was met, by language and page."""
    environment = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(STAGE), SYSTEM_PYTHON],
        capture_output=True, text=True, encoding="utf-8", env=environment, cwd=ROOT, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    # The registry of AT-SPI says on the same stream that it runs.
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"kk first"')]
    found: dict[str, list[Node]] = json.loads(lines[-1])
    return found


def controls(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node["focusable"] and node["showing"]]


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_control_says_what_it_is_and_what_it_is_called(
    seen: dict[str, list[Node]], stage: str, language: str
) -> None:
    met = controls(seen[f"{language} {stage}"])
    assert len(met) >= 3
    nameless = [
        f"{node['role']} in {node['path'][-2:]}" for node in met if not (node["name"] or node["labels"])
    ]
    assert nameless == []
    assert {node["role"] for node in met} <= ROLES
    # A combo box says what is chosen; what it is for is said by its label or in its description.
    boxes = [node for node in met if node["role"] == "combo box"]
    assert [box["name"] for box in boxes if not (box["labels"] or box["description"])] == []
    assert not any(node["name"].startswith("ui.") for node in met)


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_a_page_speaks_the_language_of_the_window(seen: dict[str, list[Node]], page: str) -> None:
    """What is said in both languages alike is no text of the program: figures, codes, names of formats."""
    kk, ru = ([node["name"] for node in controls(seen[f"{language} {page}"])] for language in ("kk", "ru"))
    assert kk != ru
    said = {name for name in kk if any(letter in name for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІ")}
    assert said
    window = next(node["name"] for node in seen[f"kk {page}"] if node["role"] == "frame")
    assert "Әкімат үстелі" in window


def test_the_parts_of_the_window_are_named(seen: dict[str, list[Node]]) -> None:
    names = {node["name"] for node in seen["kk budget"]}
    assert {"Беттер", "Құралдар тақтасы"} <= names, sorted(names)
    roles = {node["role"] for node in seen["kk budget"]}
    assert {"menu bar", "menu item", "tool bar", "tree"} <= roles


def test_buttons_of_icons_are_met_by_name(seen: dict[str, list[Node]]) -> None:
    names = {node["name"] for node in controls(seen["ru budget"])}
    assert {"Открыть файл", "Прочитать решение", "Найти команду"} <= names


def test_letters_are_met_in_the_palette(seen: dict[str, list[Node]]) -> None:
    said = {node["name"] for node in seen["kk Palette"] if node["showing"]}
    assert set("әғқңөұүһі") <= said
