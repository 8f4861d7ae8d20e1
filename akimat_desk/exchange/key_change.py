"""Another key for an office: the change signed by the old key, or a lost key replaced on paper.

A change is one small file, signed by the old key (who says so) and by the new one (that its holder has it).
The office above takes it in and knows the new key as it knew the old one. Where the old key is lost nobody
can sign for it: the office makes a new one, prints its page, and the office above enters it from paper.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.exchange.keys import OfficeKey, set_aside
from akimat_desk.exchange.receiving import key_in_use
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.exchange.tables import KnownKey
from akimat_desk.storage.workspace import Actor, Workspace

FORMAT = "akimat-key-change"
SUFFIX = ".akkey"
_LARGEST = 16 * 1024


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The change of a unit's key."""

    unit: str
    old: PublicKey
    new: PublicKey
    at: dt.datetime

    def content(self) -> bytes:
        """What both keys sign."""
        data = {
            "format": FORMAT,
            "format_version": 1,
            "unit": self.unit,
            "old": self.old.text,
            "new": self.new.text,
            "at": self.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def change_key(
    kato: str, old: OfficeKey, phrase: str | None, folder: Path | None = None
) -> tuple[OfficeKey, bytes]:
    """Put a new key in place of ``old`` under ``phrase``; gives it and the file that goes upward.

    The old key's file is kept under a dated name. Raises UsageProblem for a short phrase, before anything
    is changed.
    """
    made, _kept = set_aside(kato, folder, phrase)
    change = KeyChange(kato, old.public, made.public, dt.datetime.now(dt.UTC).replace(microsecond=0))
    content = change.content()
    seals = (base64.b64encode(key.sign(content)) for key in (old, made))
    return made, b"\n".join((content, *seals)) + b"\n"


def replace_lost_key(kato: str, phrase: str | None, folder: Path | None = None) -> OfficeKey:
    """Make a new key where the old one or its phrase is lost; the old file is kept under a dated name.

    The office above must enter the new key from its printed page. Raises UsageProblem for a short phrase.
    """
    made, _kept = set_aside(kato, folder, phrase)
    return made


def read_key_change(data: bytes, name: str) -> KeyChange:
    """A change whose two seals hold. Raises InputRefused."""
    if len(data) > _LARGEST:
        raise InputRefused("error.exchange.not_a_key_change", name=name)
    content, *seals = data.rstrip(b"\n").split(b"\n")
    try:
        found: Mapping[str, Any] = json.loads(content)
        if found.get("format") != FORMAT or len(seals) != 2:
            raise ValueError(name)
        change = KeyChange(
            unit=str(found["unit"]),
            old=PublicKey.from_text(found["old"]),
            new=PublicKey.from_text(found["new"]),
            at=dt.datetime.strptime(found["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC),
        )
        signatures = [base64.b64decode(seal, validate=True) for seal in seals]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputRefused("error.exchange.not_a_key_change", name=name) from error
    keys = (change.old, change.new)
    if not all(key.has_sealed(content, seal) for key, seal in zip(keys, signatures, strict=True)):
        raise InputRefused("error.exchange.key_change_broken", name=name)
    return change


def take_key_change(workspace: Workspace, actor: Actor, data: bytes, name: str) -> KeyChange:
    """Know a unit by its new key from now on. It counts as confirmed where the old one did.

    Raises InputRefused (a broken seal, an old key that is not the one in use), UsageProblem (nothing is
    known of the unit).
    """
    change = read_key_change(data, name)
    with workspace.changing(actor, "package.key_changed", unit=change.unit) as open_change:
        known = key_in_use(open_change.session, change.unit)
        if known is None:
            raise UsageProblem("error.exchange.no_key", kato=change.unit)
        if known.key != change.old.text:
            raise InputRefused(
                "error.exchange.key_change_other",
                name=name,
                known=PublicKey.from_text(known.key).fingerprint,
                old=change.old.fingerprint,
            )
        now = dt.datetime.now(dt.UTC)
        known.until = now
        row = KnownKey(
            kato=change.unit,
            key=change.new.text,
            since=now,
            confirmed_at=now if known.confirmed_at is not None else None,
            confirmed_by=known.confirmed_by,
        )
        open_change.session.add(row)
        open_change.session.flush()
        open_change.touch("package_key", row.id)
    return change
