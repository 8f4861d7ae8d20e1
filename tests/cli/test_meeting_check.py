"""``meeting check`` answers as the contract says, and refuses in sentences."""

from __future__ import annotations

import copy
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

MEETING: dict[str, Any] = {
    "kind": "assembly", "held": "2026-05-05", "notice_given": "2026-04-25", "convened_by": "akim",
    "initiators": 0, "entitled": 14, "present": 9,
    "agenda": [
        {"no": 1, "topic": "budget_draft", "for": 6, "against": 2, "abstained": 1, "adopted": True},
        {"no": 2, "topic": "local_question", "for": 4, "against": 4, "abstained": 1, "adopted": False},
    ],
    "minutes": {
        "date_place": True, "entitled_total": True, "attendance_list": True, "officers": True,
        "agenda_speeches_decisions": True, "signed_by_chair": True, "signed_by_secretary": True,
        "handed_to_akim": "2026-05-06",
    },
}  # fmt: skip


def written(folder: Path, **changes: object) -> Path:
    meeting = {**copy.deepcopy(MEETING), **changes}
    path = folder / "жиналыс.json"
    path.write_text(json.dumps(meeting), "utf-8")
    return path


def test_a_lawful_meeting(run: Run, tmp_path: Path) -> None:
    ran = run("meeting", "check", written(tmp_path), "--json")
    assert ran.status == 0, ran.err
    assert set(ran.json) == {"lawful", "verdicts", "findings"}
    assert ran.json["lawful"] is True
    for verdict in ran.json["verdicts"]:
        assert set(verdict) >= {"rule", "status", "article", "is", "needed"}
        assert verdict["status"] == "kept"
    assert [v["rule"] for v in ran.json["verdicts"] if v["rule"].startswith("majority")] == [
        "majority:1", "majority:2",
    ]  # fmt: skip


def test_a_broken_rule_is_status_one_in_every_language(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, present=6)
    for language in ("kk", "ru", "en"):
        ran = run("--lang", language, "meeting", "check", path, "--json")
        assert ran.status == 1
        assert ran.json["lawful"] is False
        [quorum] = [v for v in ran.json["verdicts"] if v["rule"] == "quorum"]
        assert (quorum["status"], quorum["is"], quorum["needed"]) == ("broken", 6, 7)
        assert "meeting.quorum" in [finding["code"] for finding in ran.json["findings"]]


def test_unknown_is_not_unlawful(run: Run, tmp_path: Path) -> None:
    ran = run("meeting", "check", written(tmp_path, notice_given=None), "--json")
    assert ran.status == 0
    assert ran.json["lawful"] is None


def test_for_a_person_the_card_is_read_line_by_line(run: Run, tmp_path: Path) -> None:
    ran = run("--lang", "ru", "meeting", "check", written(tmp_path, present=6))
    assert ran.status == 1
    assert "✗ Кворум: нарушено" in ran.out
    assert "присутствует 6 из 14" in ran.out
    assert "Закон № 148, статья 39-3, пункт 9" in ran.out


def test_the_meeting_may_come_by_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\ufeff" + json.dumps(MEETING)  # Windows editors put a mark before the text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode("utf-8"))))
    assert run("meeting", "check", "-", "--json").json["lawful"] is True


ITEM = MEETING["agenda"][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "party"},
        {"kind": None},
        {"held": "05.05.2026"},
        {"held": "2026-02-31"},
        {"held": 20260505},
        {"present": -1},
        {"present": 9.5},
        {"present": "9"},
        {"present": True},
        {"entitled": 10**12},
        {"convened_by": "nobody"},
        {"agenda": {}},
        {"agenda": ["budget_draft"]},
        {"agenda": [{"topic": "budget_draft"}]},
        {"agenda": [{**ITEM, "topic": "weather"}]},
        {"agenda": [{**ITEM, "topic": ["budget_draft"]}]},
        {"agenda": [{**ITEM, "for": -6}]},
        {"agenda": [{**ITEM, "adopted": "yes"}]},
        {"agenda": [ITEM, ITEM]},
        {"minutes": []},
        {"minutes": {"officers": 1}},
    ],
)
def test_what_cannot_be_so_is_refused_with_the_place(
    run: Run, tmp_path: Path, changes: dict[str, object]
) -> None:
    ran = run("--lang", "ru", "meeting", "check", written(tmp_path, **changes), "--json")
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.strip()) > 20
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b'{"kind": "assembly", "kind": "gathering"}', b"NaN"],
)
def test_what_is_no_json_is_refused(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    ran = run("meeting", "check", path, "--json")
    assert ran.status == 2
    assert ran.err.strip()


def test_a_file_that_is_not_there_is_said_so(run: Run, tmp_path: Path) -> None:
    assert run("meeting", "check", tmp_path / "жоқ.json").status == 2
