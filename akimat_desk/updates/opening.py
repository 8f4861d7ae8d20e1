"""An update file, opened as if an enemy had made it, and judged against this program."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from akimat_desk import __version__
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.files import as_problem
from akimat_desk.core.resources import data_edition, resources_root, shipped_edition
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.intake.limits import MEGABYTE, Limits
from akimat_desk.intake.package import Package
from akimat_desk.updates.manifest import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    SIGNATURE,
    UpdateKind,
    UpdateManifest,
    version_order,
)
from akimat_desk.updates.place import Installation, system_name

#: A program with its libraries is some 70 MB packed and 200 unpacked, in 5 000 files.
LIMITS = Limits(packed_bytes=400 * MEGABYTE, unpacked_bytes=900 * MEGABYTE, entries=20_000)
_LARGEST_MANIFEST = 8 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Update:
    """An update whose seal holds and that fits this program. ``fingerprint`` is that of the key."""

    name: str
    data: bytes
    manifest: UpdateManifest
    fingerprint: str


def trusted_keys() -> tuple[PublicKey, ...]:
    """The keys whose updates this program believes; they come with the program, never with data alone."""
    said = json.loads((resources_root() / "updates" / "trusted.json").read_text("utf-8"))
    return tuple(PublicKey.from_text(each["key"]) for each in said["keys"])


def open_update(path: Path, installation: Installation) -> Update:
    """Read an update whole: shape, limits, seal, every member's hash; then whether it fits here.

    Raises EnvironmentProblem (the file cannot be read), InputRefused with its own reason for everything else.
    """
    try:
        if path.stat().st_size > LIMITS.packed_bytes:
            raise InputRefused(
                "error.update.too_large", name=path.name, limit=LIMITS.packed_bytes // MEGABYTE
            )
        data = path.read_bytes()
    except OSError as error:
        raise as_problem(error, path) from error
    with _opened(data, path.name) as package:
        manifest, key = _sealed(package, path.name)
        for member in manifest.members:
            hashed = hashlib.sha256()
            size = 0
            for piece in package.chunks(member.name):
                hashed.update(piece)
                size += len(piece)
            if size != member.size or hashed.hexdigest() != member.sha256:
                raise InputRefused("error.update.altered", name=path.name, member=member.name)
    judge(manifest, installation, path.name)
    return Update(path.name, data, manifest, key.fingerprint)


def members_of(update: Update) -> Iterator[tuple[str, bytes]]:
    """The files of an opened update, one after the other."""
    with _opened(update.data, update.name) as package:
        for member in update.manifest.members:
            yield member.name, b"".join(package.chunks(member.name))


def judge(manifest: UpdateManifest, installation: Installation, name: str) -> None:
    """Whether a sound update is for this program. Raises InputRefused."""
    if version_order(manifest.needs) > version_order(__version__):
        raise InputRefused("error.update.needs_newer", name=name, needs=manifest.needs, ours=__version__)
    if manifest.kind is UpdateKind.DATA:
        edition = data_edition()
        present = edition.name if edition is not None else shipped_edition()
        if manifest.version <= present:
            raise InputRefused("error.update.older", name=name, theirs=manifest.version, ours=present)
        return
    if manifest.system != system_name():
        raise InputRefused("error.update.other_system", name=name, theirs=manifest.system, ours=system_name())
    if version_order(manifest.version) <= version_order(__version__):
        raise InputRefused("error.update.older", name=name, theirs=manifest.version, ours=__version__)
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    has_libraries = (installation.home / "libraries" / manifest.libraries).is_dir()
    if manifest.python != python or not (manifest.brings_libraries or has_libraries):
        raise InputRefused("error.update.needs_setup", name=name, version=manifest.version)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Package]:
    """What the reader of zips says of a file, said of an update."""
    if not data.startswith(b"PK"):
        raise InputRefused("error.update.not_an_update", name=name)
    try:
        with Package(data, name, LIMITS) as package:
            yield package
    except InputRefused as refused:
        if not refused.message.key.startswith("error.intake."):
            raise
        raise InputRefused("error.update.damaged", name=name) from refused


def _sealed(package: Package, name: str) -> tuple[UpdateManifest, PublicKey]:
    if not (package.has(MANIFEST) and package.has(SIGNATURE)):
        raise InputRefused("error.update.not_an_update", name=name)
    if package.size(MANIFEST) > _LARGEST_MANIFEST:
        raise InputRefused("error.update.damaged", name=name)
    content = b"".join(package.chunks(MANIFEST))
    signature = b"".join(package.chunks(SIGNATURE))
    data = _parsed(content, name)
    # The seal comes first: nothing of an unsealed manifest is believed but what it is.
    known = trusted_keys()
    key = next((key for key in known if key.has_sealed(content, signature)), None)
    if key is None:
        raise InputRefused("error.update.foreign" if known else "error.update.no_keys", name=name)
    theirs = data.get("format_version")
    if not isinstance(theirs, int) or theirs > FORMAT_VERSION:
        raise InputRefused("error.update.newer_format", name=name)
    try:
        manifest = UpdateManifest.from_data(data)
    except ValueError as error:
        raise InputRefused("error.update.damaged", name=name) from error
    listed = {member.name for member in manifest.members}
    if package.count != len(listed) + 2 or not all(package.has(each) for each in listed):
        raise InputRefused("error.update.damaged", name=name)
    return manifest, key


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputRefused("error.update.damaged", name=name) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputRefused("error.update.not_an_update", name=name)
    return data
