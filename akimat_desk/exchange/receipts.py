"""The signed answer to a package: received, accepted or returned, with the reason."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.exchange.tables import SentPackage
from akimat_desk.storage.workspace import Actor, Workspace

FORMAT = "akimat-receipt"
SUFFIX = ".akreceipt"
_LARGEST = 64 * 1024


class PackageState(StrEnum):
    """Where a package stands at its addressee; ``MISSING`` is one that did not come."""

    MISSING = "missing"
    RECEIVED = "received"
    CHECKED = "checked"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the addressee answers about one file."""

    package: str  # SHA-256 of the package's file
    unit: str  # KATO code of the sender
    by: str  # KATO code of who answers
    period: Period
    sequence: int
    state: PackageState
    at: dt.datetime
    note: str
    key: PublicKey

    def content(self) -> bytes:
        """What is sealed."""
        data = {
            "format": FORMAT,
            "format_version": 1,
            "package": self.package,
            "unit": self.unit,
            "by": self.by,
            "period": {"year": self.period.year, "month": self.period.month},
            "sequence": self.sequence,
            "state": self.state.value,
            "at": self.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "note": self.note,
            "key": self.key.text,
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal_receipt(receipt: Receipt, key: OfficeKey) -> bytes:
    """A receipt's file: its JSON, and the signature over it in one line below."""
    content = receipt.content()
    return content + b"\n" + base64.b64encode(key.sign(content)) + b"\n"


def read_receipt(data: bytes, name: str) -> Receipt:
    """A receipt whose seal holds. Raises InputRefused."""
    if len(data) > _LARGEST:
        raise InputRefused("error.exchange.not_a_receipt", name=name)
    content, _, rest = data.partition(b"\n")
    try:
        found: Mapping[str, Any] = json.loads(content)
        if found.get("format") != FORMAT:
            raise ValueError(name)
        receipt = Receipt(
            package=str(found["package"]),
            unit=str(found["unit"]),
            by=str(found["by"]),
            period=Period(int(found["period"]["year"]), found["period"]["month"]),
            sequence=int(found["sequence"]),
            state=PackageState(found["state"]),
            at=dt.datetime.strptime(found["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC),
            note=str(found["note"]),
            key=PublicKey.from_text(found["key"]),
        )
        signature = base64.b64decode(rest.strip(), validate=True)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefused("error.exchange.not_a_receipt", name=name) from error
    if not receipt.key.has_sealed(content, signature):
        raise InputRefused("error.exchange.receipt_broken", name=name)
    return receipt


def take_receipt(workspace: Workspace, actor: Actor, data: bytes, name: str) -> tuple[Receipt, int]:
    """Note the answer beside the package that was sent; returns it and the package's number.

    Raises InputRefused (a broken seal, no receipt), UsageProblem (about a package never sent from here).
    """
    receipt = read_receipt(data, name)
    with workspace.changing(
        actor, "package.answered", state=receipt.state, package=receipt.package
    ) as change:
        row = change.session.scalar(select(SentPackage).where(SentPackage.sha256 == receipt.package))
        if row is None:
            raise UsageProblem("error.exchange.receipt_of_another", name=name, sequence=receipt.sequence)
        row.answer = receipt.state.value
        row.answer_at = receipt.at
        row.answer_note = receipt.note
        change.touch("package_sent", row.id)
        return receipt, row.sequence
