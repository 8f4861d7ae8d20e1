"""The Help menu takes an update in and goes back, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import akimat_desk
from akimat_desk.core.language import Language
from akimat_desk.core.resources import HOME_VARIABLE
from akimat_desk.ui.dialogs.small import AboutDialog, Question
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import OFFSCREEN, dressed, example, opened, settings, settle, window  # noqa: F401
from tests.updates.conftest import NEWER, Installed

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)

Settle = Callable[[], None]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Says yes to every question and remembers its words."""
    said: list[str] = []

    def run(dialog: Question) -> bool:
        said.append(dialog.words.text())
        return True

    monkeypatch.setattr(Question, "run", run)
    return said


def test_an_update_is_verified_asked_about_and_taken_in(
    opened: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    asked: list[str],
    installed: Installed,
    newer: Callable[..., Path],
    key: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update = newer()
    monkeypatch.setenv(HOME_VARIABLE, str(installed.home))
    monkeypatch.setattr("akimat_desk.updates.opening.trusted_keys", lambda: (key.public,))
    monkeypatch.setattr("akimat_desk.ui.dialogs.files.ask_update", lambda *_: update)
    opened.choose_language(Language.RU)
    opened.actions_["take_in_update"].trigger()
    settle()
    settle()  # the question, then the work that follows it
    assert NEWER in asked[0]
    assert key.public.fingerprint in asked[0]
    now = f"Программа обновлена: {akimat_desk.__version__} → {NEWER}."
    assert opened.notice.text.startswith(now)
    copies = list(opened.context.workspace.path.parent.rglob("*before-upgrade*"))  # type: ignore[union-attr]
    assert copies
    assert installed.run("--version").out.strip().endswith(NEWER)
    opened.actions_["undo_update"].trigger()
    settle()
    assert installed.run("--version").out.strip().endswith(akimat_desk.__version__)


def test_a_refused_update_is_said_in_the_window(
    opened: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    installed: Installed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = tmp_path / "сурет.akupdate"
    wrong.write_bytes(b"GIF89a")
    monkeypatch.setenv(HOME_VARIABLE, str(installed.home))
    monkeypatch.setattr("akimat_desk.ui.dialogs.files.ask_update", lambda *_: wrong)
    opened.choose_language(Language.KK)
    opened.actions_["take_in_update"].trigger()
    settle()
    assert "«сурет.akupdate» – Әкімат үстелінің жаңарту файлы емес" in opened.notice.text


def test_about_says_the_datas_edition(opened: MainWindow) -> None:  # noqa: F811
    from akimat_desk.core.resources import shipped_edition

    dialog = AboutDialog(opened.context, opened)
    said = [each.text() for each in dialog.findChildren(type(dialog.words))]
    assert any(shipped_edition() in words for words in said)


def test_the_newest_edition_wins_and_the_shipped_one_needs_no_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.core import resources

    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    for name in ("2000-01-01", "2099-01-01"):
        (tmp_path / "data" / name / "targets").mkdir(parents=True)
    resources.data_edition.cache_clear()
    (tmp_path / "data" / "current.txt").write_text("2000-01-01\n", "utf-8")
    assert resources.data_edition() is None
    resources.data_edition.cache_clear()
    (tmp_path / "data" / "current.txt").write_text("2099-01-01\n", "utf-8")
    found = resources.data_edition()
    assert found is not None
    assert found.parts == ("targets",)
    monkeypatch.undo()
    resources.data_edition.cache_clear()
