"""Makes update files out of a built tree, or out of the project's data alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from akimat_desk.core.resources import DATA_PARTS
from akimat_desk.exchange.manifest import Member
from akimat_desk.exchange.seal import sign
from akimat_desk.updates.manifest import MANIFEST, SIGNATURE, SUFFIX, UpdateKind, UpdateManifest

from . import say
from .keys import SigningKey
from .targets import Target
from .zips import files_of, write_zip

OLDEST_THAT_KNOWS_UPDATES = "0.1.0"


def program_update(
    tree: Path, target: Target, output: Path, key: SigningKey, *, with_libraries: bool
) -> Path:
    """A file that brings the program of ``tree`` (and its libraries) to an installed one. Its path."""
    chosen = dict(line.split() for line in (tree / "current.txt").read_text("utf-8").splitlines())
    content = _files(tree / "programs" / chosen["program"], "program")
    if with_libraries:
        content |= _files(tree / "libraries" / chosen["libraries"], "libraries")
    manifest = UpdateManifest(
        UpdateKind.PROGRAM,
        chosen["program"],
        OLDEST_THAT_KNOWS_UPDATES,
        target.name,
        f"{sys.version_info[0]}.{sys.version_info[1]}",
        chosen["libraries"],
        tuple(Member.of(name, content[name]) for name in sorted(content)),
    )
    return _write(output / f"akimat-desk-{chosen['program']}-{target.name}{SUFFIX}", manifest, content, key)


def data_update(resources: Path, output: Path, key: SigningKey, needs: str) -> Path:
    """A file that brings only data, that of ``resources``, to any program from ``needs`` on. Its path."""
    content: dict[str, bytes] = {}
    for part in DATA_PARTS:
        if (resources / part).is_dir():
            content |= _files(resources / part, f"data/{part}")
    edition = json.loads((resources / "updates" / "edition.json").read_text("utf-8"))["edition"]
    members = tuple(Member.of(name, content[name]) for name in sorted(content))
    manifest = UpdateManifest(UpdateKind.DATA, edition, needs, "", "", "", members)
    return _write(output / f"akimat-desk-data-{edition}{SUFFIX}", manifest, content, key)


def _files(folder: Path, prefix: str) -> dict[str, bytes]:
    """Every file by its name in the update."""
    return {f"{prefix}/{name}": content for name, content in files_of(folder, folder)}


def _write(target: Path, manifest: UpdateManifest, content: Mapping[str, bytes], key: SigningKey) -> Path:
    sealed = manifest.to_bytes()
    UpdateManifest.from_data(json.loads(sealed))  # what is written can be read
    say(f"packing {target.name}")
    sealing = [(MANIFEST, sealed), (SIGNATURE, sign(key.private, sealed))]
    write_zip(target, [*sealing, *sorted(content.items())])
    return target
