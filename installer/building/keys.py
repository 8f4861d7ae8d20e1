"""The key that seals what is given away. Its private half never lies in the project.

A program believes an update only when one of the keys named in its own ``updates/trusted.json`` sealed it.
"""

from __future__ import annotations

import base64
import getpass
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from akimat_desk.exchange.seal import PublicKey, sign

from . import BuildProblem, say

PASS_PHRASE = "AKIMAT_SIGNING_PASS_PHRASE"


@dataclass(frozen=True)
class SigningKey:
    """A private key in hand."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        return PublicKey.of(self.private)

    def seal(self, content: bytes) -> str:
        """The signature of ``content``, base64."""
        return base64.b64encode(sign(self.private, content)).decode("ascii")


def make_key(path: Path) -> None:
    """Make a key under a pass phrase at ``path``. Raises BuildProblem where there is a file already."""
    if path.exists():
        raise BuildProblem(f"{path} is there already; a key is never overwritten.")
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(_pass_phrase().encode())
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(pem)
    say(f"key made: {path}, fingerprint {PublicKey.of(private).fingerprint}")


def load_key(path: Path | None) -> SigningKey | None:
    """The key at ``path``; None where none was named. Raises BuildProblem."""
    if path is None:
        return None
    try:
        private = load_pem_private_key(path.read_bytes(), _pass_phrase().encode())
    except (OSError, ValueError) as error:
        raise BuildProblem(f"The signing key {path} could not be read: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BuildProblem(f"{path} holds another kind of key; make one with 'build key'.")
    return SigningKey(private)


def _pass_phrase() -> str:
    found = os.environ.get(PASS_PHRASE) or getpass.getpass("Pass phrase of the signing key: ")
    if len(found) < 12:
        raise BuildProblem("The pass phrase has fewer than 12 characters.")
    return found


def trust(resources: Path, key: SigningKey) -> None:
    """Write into a built program's data that it believes updates sealed with ``key``."""
    folder = resources / "updates"
    folder.mkdir(exist_ok=True)
    said = {"keys": [{"key": key.public.text, "fingerprint": key.public.fingerprint}]}
    (folder / "trusted.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8", newline="\n")
