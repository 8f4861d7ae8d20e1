"""The manifest of a package: what it is, whose, for when, and the hash of every other member."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from akimat_desk.exchange.seal import PublicKey

FORMAT = "akimat-package"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a month of it (what is reported is from 1 January to the month's end)."""

    year: int
    month: int | None = None

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        if self.month is None or self.month == 12:
            return dt.date(self.year, 12, 31)
        return dt.date(self.year, self.month + 1, 1) - dt.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the package: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Member:
        """Measure a member."""
        return cls(name, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is sealed. ``previous`` is the SHA-256 of the file that this office sent before this one.

    ``journal`` is the head of the office's journal when the package was made: its row and hash.
    """

    unit_kato: str
    unit_kind: str
    unit_name_kk: str
    unit_name_ru: str
    addressee: str | None
    period: Period
    sequence: int
    previous: str | None
    classification: str
    practice: bool
    journal: tuple[int, str]
    workspace: str
    program: str
    made_at: dt.datetime
    key: PublicKey
    members: tuple[Member, ...]

    def member(self, name: str) -> Member | None:
        """A member by name."""
        return next((member for member in self.members if member.name == name), None)

    def to_bytes(self) -> bytes:
        """The canonical form that is sealed: sorted keys, no spaces, UTF-8."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "unit": {
                "kato": self.unit_kato,
                "kind": self.unit_kind,
                "name_kk": self.unit_name_kk,
                "name_ru": self.unit_name_ru,
            },
            "addressee": self.addressee,
            "period": {"year": self.period.year, "month": self.period.month},
            "sequence": self.sequence,
            "previous": self.previous,
            "classification": self.classification,
            "practice": self.practice,
            "journal": {"row": self.journal[0], "hash": self.journal[1]},
            "workspace": self.workspace,
            "program": self.program,
            "made_at": self.made_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "key": self.key.text,
            "members": [
                {"name": each.name, "size": each.size, "sha256": each.sha256} for each in self.members
            ],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Manifest:
        """From JSON that the schema has approved. Raises ValueError for a key or moment that is none."""
        unit, period, journal = data["unit"], data["period"], data["journal"]
        return cls(
            unit_kato=unit["kato"],
            unit_kind=unit["kind"],
            unit_name_kk=unit["name_kk"],
            unit_name_ru=unit["name_ru"],
            addressee=data["addressee"],
            period=Period(period["year"], period["month"]),
            sequence=data["sequence"],
            previous=data["previous"],
            classification=data["classification"],
            practice=data["practice"],
            journal=(journal["row"], journal["hash"]),
            workspace=data["workspace"],
            program=data["program"],
            made_at=dt.datetime.strptime(data["made_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC),
            key=PublicKey.from_text(data["key"]),
            members=tuple(Member(each["name"], each["size"], each["sha256"]) for each in data["members"]),
        )
