"""The file itself: a plain zip, the same bytes for the same content, opened as if an enemy had made it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.files import as_problem
from akimat_desk.core.resources import resource
from akimat_desk.exchange.manifest import FORMAT, FORMAT_VERSION, Manifest, Member
from akimat_desk.exchange.seal import SIGNATURE_BYTES
from akimat_desk.intake.limits import MEGABYTE, Limits
from akimat_desk.intake.package import Package

SUFFIX = ".akpack"
MANIFEST, SIGNATURE, FIGURES = "manifest.json", "signature.bin", "figures.json"
FACTS, INDICATORS, DESCRIPTION = "facts.csv", "indicators.csv", "datapackage.json"
NEEDED = (FIGURES, FACTS, INDICATORS, DESCRIPTION)
REPORTS_FOLDER = "reports/"

#: An office's year is some 100 kB packed; its reports as PDF and Excel a few hundred more.
LIMITS = Limits(packed_bytes=20 * MEGABYTE, unpacked_bytes=60 * MEGABYTE, entries=200)
#: What a program must understand of a manifest before anything else is believed.
_LARGEST_MANIFEST = MEGABYTE
_LARGEST_FIGURES = 40 * MEGABYTE
_WORDS = {
    "error.intake.damaged": "error.exchange.damaged",
    "error.intake.password": "error.exchange.damaged",
    "error.intake.too_many_members": "error.exchange.too_many_members",
    "error.intake.unsafe_member": "error.exchange.unsafe_member",
    "error.intake.twice": "error.exchange.member_twice",
    "error.intake.unpacks_too_large": "error.exchange.unpacks_too_large",
}
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the file tells no clock


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A package whose seal and hashes hold. ``sha256`` is that of the whole file."""

    name: str
    sha256: str
    data: bytes
    manifest: Manifest
    figures: Mapping[str, Any]
    facts: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


def write_container(manifest: Manifest, signature: bytes, members: Mapping[str, bytes]) -> bytes:
    """The package's bytes; members in the order of their names behind manifest and signature."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in (
            (MANIFEST, manifest.to_bytes()),
            (SIGNATURE, signature),
            *sorted(members.items()),
        ):
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def read_path(path: Path) -> bytes:
    """A file's bytes, not more than a package may have. Raises EnvironmentProblem, InputRefused."""
    try:
        if path.stat().st_size > LIMITS.packed_bytes:
            raise InputRefused(
                "error.exchange.too_large", name=path.name, limit=LIMITS.packed_bytes // MEGABYTE
            )
        return path.read_bytes()
    except OSError as error:
        raise as_problem(error, path) from error


def open_container(data: bytes, name: str) -> SealedFile:
    """Read a package whole: shape, limits, seal, hashes, and JSON against the published schemas.

    Raises InputRefused with its own reason for everything that is not as it must be. What the figures
    say is judged elsewhere.
    """
    if len(data) > LIMITS.packed_bytes:
        raise InputRefused("error.exchange.too_large", name=name, limit=LIMITS.packed_bytes // MEGABYTE)
    if not data.startswith(b"PK"):
        raise InputRefused("error.exchange.not_a_package", name=name)
    with _in_our_words(name), Package(data, name, LIMITS) as package:
        content = {member: _content(package, member, name) for member in (MANIFEST, SIGNATURE)}
        manifest = _manifest(content[MANIFEST], name)
        if len(content[SIGNATURE]) != SIGNATURE_BYTES or not manifest.key.has_sealed(
            content[MANIFEST], content[SIGNATURE]
        ):
            raise InputRefused("error.exchange.seal_broken", name=name)
        _same_members(package, manifest, name)
        for member in manifest.members:
            content[member.name] = _checked(package, member, name)
    figures = _json(content[FIGURES], FIGURES, "figures", name)
    return SealedFile(name, hashlib.sha256(data).hexdigest(), data, manifest, figures, content[FACTS])


def member_bytes(sealed: SealedFile, member: str) -> bytes:
    """One member of a package that was opened, such as a report to look at."""
    with _in_our_words(sealed.name), Package(sealed.data, sealed.name, LIMITS) as package:
        return b"".join(package.chunks(member))


@contextmanager
def _in_our_words(name: str) -> Iterator[None]:
    """What the reader of office files says of a zip, said of a package."""
    try:
        yield
    except InputRefused as refused:
        key = _WORDS.get(refused.message.key)
        if key is None:
            raise
        raise InputRefused(key, **{"limit": "", **refused.message.fields, "name": name}) from refused


def _manifest(content: bytes, name: str) -> Manifest:
    data = _parsed(content, MANIFEST, name)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputRefused("error.exchange.not_a_package", name=name)
    version = data.get("format_version")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT_VERSION:
        raise InputRefused(
            "error.exchange.newer_format", name=name, theirs=version, ours=FORMAT_VERSION,
            program=str(data.get("program"))[:40],
        )  # fmt: skip
    _validated(data, MANIFEST, "manifest", name)
    try:
        manifest = Manifest.from_data(data)
    except ValueError as error:
        raise InputRefused("error.exchange.wrong_content", name=name, member=MANIFEST, at="") from error
    if manifest.to_bytes() != content:
        # Two spellings of one manifest would be two packages with one meaning.
        raise InputRefused("error.exchange.not_canonical", name=name)
    return manifest


def _same_members(package: Package, manifest: Manifest, name: str) -> None:
    listed = [member.name for member in manifest.members]
    if len({each.lower() for each in listed}) != len(listed):
        raise InputRefused("error.exchange.member_twice", name=name)
    missing = next((each for each in (*NEEDED, *listed) if not package.has(each) or each not in listed), None)
    if missing is not None:
        raise InputRefused("error.exchange.member_missing", name=name, member=missing)
    if package.count != len(listed) + 2:
        raise InputRefused("error.exchange.member_extra", name=name)


def _checked(package: Package, member: Member, name: str) -> bytes:
    """A member with the size and hash that the manifest states; of a report only the hash is kept."""
    digest, size, parts = hashlib.sha256(), 0, []
    kept = member.name in NEEDED
    for piece in package.chunks(member.name):
        digest.update(piece)
        size += len(piece)
        if kept:
            parts.append(piece)
            if size > _LARGEST_FIGURES:
                raise InputRefused("error.exchange.member_large", name=name, member=member.name)
    if size != member.size or digest.hexdigest() != member.sha256:
        raise InputRefused("error.exchange.member_changed", name=name, member=member.name)
    return b"".join(parts)


def _content(package: Package, member: str, name: str) -> bytes:
    if not package.has(member):
        raise InputRefused("error.exchange.not_a_package", name=name)
    if package.size(member) > _LARGEST_MANIFEST:
        raise InputRefused("error.exchange.member_large", name=name, member=member)
    return b"".join(package.chunks(member))


def _json(content: bytes, member: str, schema: str, name: str) -> Mapping[str, Any]:
    data = _parsed(content, member, name)
    _validated(data, member, schema, name)
    checked: Mapping[str, Any] = data
    return checked


def _parsed(content: bytes, member: str, name: str) -> Any:
    """JSON as the standard has it: no NaN, no key twice, no number with a point (money is whole)."""

    def refuse(_: str) -> NoReturn:
        raise ValueError("a number that is not whole")

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) != len(found):
            raise ValueError("a key stands twice")
        return made

    def whole(digits: str) -> int:
        if len(digits) > 20:
            raise ValueError("a number beyond any budget")
        return int(digits)

    try:
        return json.loads(
            content.decode("utf-8"),
            parse_float=refuse,
            parse_constant=refuse,
            parse_int=whole,
            object_pairs_hook=pairs,
        )
    except (ValueError, RecursionError) as error:
        raise InputRefused("error.exchange.not_json", name=name, member=member) from error


@cache
def _validator(schema: str) -> Any:
    import fastjsonschema

    data = json.loads(resource("exchange", f"{schema}.schema.json").read_text("utf-8"))
    return fastjsonschema.compile(data)


def _validated(data: Any, member: str, schema: str, name: str) -> None:
    import fastjsonschema

    try:
        _validator(schema)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        at = ".".join(str(part) for part in error.path[1:])
        raise InputRefused("error.exchange.wrong_content", name=name, member=member, at=at[:200]) from error
