"""What an update file says of itself; the seal is over these bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from akimat_desk.exchange.manifest import Member

FORMAT = "akimat-update"
FORMAT_VERSION = 1
SUFFIX = ".akupdate"
MANIFEST, SIGNATURE = "manifest.json", "signature.bin"

_PROGRAM_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_DATA_EDITION = re.compile(r"\d{4}-\d\d-\d\d(?:\.\d{1,2})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{12}")
#: A path within an update: plain names between slashes, none of which begins with a dot.
_MEMBER = re.compile(r"(?:program|libraries|data)(?:/[A-Za-z0-9_+@][A-Za-z0-9._+@ -]*)+")


class UpdateKind(StrEnum):
    """A whole program, or only data."""

    PROGRAM = "program"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class UpdateManifest:
    """``version``: the program's (1.4.0) or the data edition's (2027-01-15).

    ``needs``: the oldest program that can take it in. ``libraries`` names the set of libraries that the
    program runs on, inside the update or already there. For data, ``system``, ``python`` and ``libraries``
    are "".
    """

    kind: UpdateKind
    version: str
    needs: str
    system: str
    python: str
    libraries: str
    members: tuple[Member, ...]

    def to_bytes(self) -> bytes:
        """The canonical form that is sealed: sorted keys, no spaces, UTF-8."""
        data = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "kind": self.kind.value,
            "version": self.version,
            "needs": self.needs,
            "system": self.system,
            "python": self.python,
            "libraries": self.libraries,
            "members": [
                {"name": each.name, "size": each.size, "sha256": each.sha256} for each in self.members
            ],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> UpdateManifest:
        """From parsed JSON. Raises ValueError for whatever is not as it must be."""
        try:
            members = tuple(
                Member(str(each["name"]), int(each["size"]), str(each["sha256"])) for each in data["members"]
            )
            said = {key: str(data[key]) for key in ("version", "needs", "system", "python", "libraries")}
            made = cls(kind=UpdateKind(data["kind"]), members=members, **said)
        except (KeyError, TypeError) as error:
            raise ValueError(str(error)) from error
        made._judge()
        return made

    def _judge(self) -> None:
        is_program = self.kind is UpdateKind.PROGRAM
        shape = _PROGRAM_VERSION if is_program else _DATA_EDITION
        names = [member.name for member in self.members]
        wanted = ("program/", "libraries/") if is_program else ("data/",)
        sound = (
            shape.fullmatch(self.version)
            and _PROGRAM_VERSION.fullmatch(self.needs)
            and bool(_ID.fullmatch(self.libraries)) is is_program
            and bool(self.system and self.python) is is_program
            and names
            and len({name.lower() for name in names}) == len(names)
            and all(name.startswith(wanted) and _MEMBER.fullmatch(name) for name in names)
            and all(_SHA256.fullmatch(member.sha256) and member.size >= 0 for member in self.members)
        )
        if not sound:
            raise ValueError("the manifest's content")

    @property
    def brings_libraries(self) -> bool:
        """Whether the libraries are inside."""
        return any(member.name.startswith("libraries/") for member in self.members)


def version_order(version: str) -> tuple[int, ...]:
    """Program versions in their order: 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split("."))
