"""The number printed on a sheet as a QR code: whose meeting, which item; and reading it back.

Digits only, so that a hand scanner types the same whatever keyboard layout is switched on:
``7`` + workspace (6) + meeting (6) + item (6) + check (2, modulo 97).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import UsageProblem
from akimat_desk.meetings.tables import Meeting, MeetingItem
from akimat_desk.storage.tables import WorkspaceInfo

_MARK = "7"
_DIGITS = re.compile(r"7\d{20}\Z")


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What a sheet's code says: the meeting and, on a vote sheet, its item."""

    meeting_id: int
    item_id: int | None = None


def sheet_code(session: Session, code: SheetCode) -> str:
    """The digits to print."""
    body = f"{_MARK}{_workspace_number(session):06d}{code.meeting_id:06d}{code.item_id or 0:06d}"
    return f"{body}{_check(body):02d}"


def read_sheet(session: Session, scanned: str) -> SheetCode:
    """What a scanned or typed code means.

    Raises UsageProblem in words: no code of ours, a digit mistyped, another workspace's sheet, a
    meeting or item that is gone.
    """
    digits = re.sub(r"[\s-]", "", scanned)
    if not _DIGITS.match(digits) or int(digits[-2:]) != _check(digits[:-2]):
        raise UsageProblem("error.meeting.sheet_code")
    if int(digits[1:7]) != _workspace_number(session):
        raise UsageProblem("error.meeting.sheet_elsewhere")
    meeting_id, item_id = int(digits[7:13]), int(digits[13:19])
    if session.get(Meeting, meeting_id) is None:
        raise UsageProblem("error.meeting.sheet_gone")
    if item_id == 0:
        return SheetCode(meeting_id)
    item = session.get(MeetingItem, item_id)
    if item is None or item.meeting_id != meeting_id:
        raise UsageProblem("error.meeting.sheet_gone")
    return SheetCode(meeting_id, item_id)


def _check(body: str) -> int:
    """Modulo 97, as account numbers have it: finds every single wrong digit and every swapped pair."""
    return 98 - int(body) * 100 % 97


def _workspace_number(session: Session) -> int:
    uuid = session.scalars(select(WorkspaceInfo.uuid)).one()
    return int(uuid.replace("-", "")[:8], 16) % 1_000_000
