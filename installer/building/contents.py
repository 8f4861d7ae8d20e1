"""What is inside: a CycloneDX list with versions and licences, and a line of SHA-256 for every file."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devkit.environment import RUNTIME_LOCK as LOCK

from .targets import Target, commit, version

if TYPE_CHECKING:
    from .keys import SigningKey

CONTENTS, SUMS, SEAL = "CONTENTS.json", "SHA256SUMS", "SHA256SUMS.sig"


def write_contents(folder: Path, target: Target, interpreter: dict[str, str]) -> None:
    """``CONTENTS.json``, CycloneDX 1.5; its serial number comes from what is inside, so it stays the same."""
    found = [_component(PathDistribution(path)) for path in sorted(folder.glob("libraries/*/*.dist-info"))]
    components = [_interpreter(interpreter), *found]
    body: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "akimat-desk",
                "version": version(),
                "licenses": [{"license": {"id": "MIT"}}],
            },
            "properties": [
                {"name": "commit", "value": commit()},
                {"name": "system", "value": target.name},
                {"name": "lock", "value": hashlib.sha256(LOCK.read_bytes()).hexdigest()},
            ],
        },
        "components": components,
    }
    name = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    body["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    (folder / CONTENTS).write_text(text, "utf-8", newline="\n")


def _interpreter(said: dict[str, str]) -> dict[str, Any]:
    properties = [
        {"name": key, "value": said[key]} for key in sorted(said.keys() - {"name", "version", "licence"})
    ]
    return {
        "type": "platform",
        "name": said["name"],
        "version": said["version"],
        "licenses": [{"license": {"id": said["licence"]}}],
        "properties": properties,
    }


def _component(library: Distribution) -> dict[str, Any]:
    name = library.metadata["Name"]
    return {
        "type": "library",
        "name": name,
        "version": library.version,
        "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{library.version}",
        "licenses": [{"license": {"name": _licence(library)}}],
        "properties": [{"name": "summary", "value": library.metadata.get("Summary", "")}],
    }


def _licence(library: Distribution) -> str:
    """As the library says it: an expression, else its classifiers, else the first line of its own field."""
    expression = library.metadata.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in library.metadata.get_all("Classifier") or []
        if each.startswith("License :: ")
    ]
    if classifiers:
        return " or ".join(classifiers)
    said = str(library.metadata.get("License") or "").strip()
    return re.split(r"[\r\n]", said)[0] or "not said"


def write_sums(folder: Path) -> None:
    """``SHA256SUMS``: as sha256sum writes it, in the order of the names."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (SUMS, SEAL)
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")


def sign_sums(folder: Path, key: SigningKey) -> None:
    """The Ed25519 signature over ``SHA256SUMS``, base64 on one line."""
    (folder / SEAL).write_text(key.seal((folder / SUMS).read_bytes()) + "\n", "ascii", newline="\n")
