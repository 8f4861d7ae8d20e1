"""Original files inside the workspace."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from akimat_desk.core.errors import EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.storage import attachments as module
from akimat_desk.storage.attachments import attachment, attachments, keep_attachment
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.workspace import Actor, Workspace
from tests.storage.conftest import BOTH

ACTOR = Actor("tester")
DATA = "Бюджет туралы шешім".encode()


@BOTH
def test_kept_whole_and_once(workspace: Workspace) -> None:
    with workspace.changing(ACTOR, "a.b") as change:
        first = keep_attachment(change, "шешім.docx", DATA)
        again = keep_attachment(change, "көшірме.docx", DATA)
        other = keep_attachment(change, "бос", b"")
        assert change.touched == (("attachment", first), ("attachment", other))
    assert first == again != other
    with workspace.reading() as session:
        view, content = attachment(session, first)
        assert content == DATA
        assert (view.name, view.size) == ("шешім.docx", len(DATA))
        assert view.sha256 == hashlib.sha256(DATA).hexdigest()
        assert view.media_kind.endswith("wordprocessingml.document")
        assert attachment(session, other)[0].media_kind == "application/octet-stream"
        assert [each.id for each in attachments(session)] == [first, other]
    assert check_workspace(workspace) == []


@BOTH
def test_one_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(UsageProblem) as problem, workspace.reading() as session:
        attachment(session, 5)
    assert "5" in problem.value.text(Language.RU)


@BOTH
def test_one_too_large(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 2**20)
    with pytest.raises(InputRefused) as problem, workspace.changing(ACTOR, "a.b") as change:
        keep_attachment(change, "үлкен.bin", b"0" * (2**20 + 1))
    assert "1" in problem.value.text(Language.KK)
    with workspace.reading() as session:
        assert attachments(session) == []


def test_one_that_rotted(path: Path) -> None:
    with Workspace.create(path) as workspace:
        with workspace.changing(ACTOR, "a.b") as change:
            kept = keep_attachment(change, "шешім.txt", DATA)
        workspace.close(make_backup=False)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE attachments SET data = x'00'")
    with Workspace.open(path, read_only=True) as workspace:
        with workspace.reading() as session, pytest.raises(EnvironmentProblem) as problem:
            attachment(session, kept)
        assert "шешім.txt" in problem.value.text(Language.EN)
        altered, finding = check_workspace(workspace)
    assert (altered.code, finding.code) == ("storage.altered", "storage.attachment")
    assert "шешім.txt" in finding.message(Language.KK)
