"""An office's own key: one file for each unit in the person's data folder, under a pass phrase.

The pass phrase comes from the environment (``AKIMAT_DESK_PASSPHRASE``, for scripts) or from whoever
asks for the key. Without one the file is readable by its owner alone, and ``is_protected`` says so.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from akimat_desk.core.errors import EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.files import as_problem, write_atomically
from akimat_desk.exchange.seal import PublicKey, sign

PASSPHRASE_VARIABLE = "AKIMAT_DESK_PASSPHRASE"
#: Short pass phrases are guessed from the file in no time.
SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """A key that can seal; ``made`` says that it was made just now."""

    path: Path
    private: Ed25519PrivateKey
    is_protected: bool
    made: bool = False

    @property
    def public(self) -> PublicKey:
        """The half that goes to the raion."""
        return PublicKey.of(self.private)

    def sign(self, content: bytes) -> bytes:
        """Seal ``content``."""
        return sign(self.private, content)

    def __repr__(self) -> str:  # never the key itself
        return f"OfficeKey({self.public.fingerprint})"


def keys_folder() -> Path:
    """Where keys are kept: the person's own data folder."""
    import platformdirs

    return platformdirs.user_data_path("akimat-desk", appauthor=False) / "keys"


def key_path(kato: str, folder: Path | None = None) -> Path:
    """The key file of a unit."""
    return (folder or keys_folder()) / f"{kato}.pem"


def office_key(kato: str, passphrase: str | None = None, folder: Path | None = None) -> OfficeKey:
    """The key of a unit, made at first use.

    Raises UsageProblem (no, a wrong or a short pass phrase), InputRefused (no key of ours),
    EnvironmentProblem.
    """
    path = key_path(kato, folder)
    phrase = passphrase if passphrase is not None else os.environ.get(PASSPHRASE_VARIABLE) or None
    if not path.exists():
        return _made(path, phrase)
    try:
        stored = path.read_bytes()
    except OSError as error:
        raise as_problem(error, path) from error
    is_protected = b"ENCRYPTED" in stored.splitlines()[0] if stored else False
    try:
        private = load_pem_private_key(stored, phrase.encode() if phrase and is_protected else None)
    except TypeError as error:  # it is protected and no phrase was given
        raise UsageProblem("error.exchange.passphrase_needed", path=str(path)) from error
    except ValueError as error:
        if is_protected:
            raise UsageProblem("error.exchange.passphrase_wrong", path=str(path)) from error
        raise InputRefused("error.exchange.key_damaged", path=str(path)) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InputRefused("error.exchange.key_damaged", path=str(path))
    return OfficeKey(path, private, is_protected)


def protect(kato: str, new: str, old: str | None = None, folder: Path | None = None) -> OfficeKey:
    """Put a unit's key under another pass phrase. Raises as :func:`office_key`."""
    key = office_key(kato, old, folder)
    return _stored(key.path, key.private, new)


def set_aside(kato: str, folder: Path | None = None, passphrase: str | None = None) -> tuple[OfficeKey, Path]:
    """Make a new key in place of the old one; the old file is kept under a numbered name.

    Returns the new key and where the old one lies. Raises UsageProblem where there is no old key, and for a
    short pass phrase; then nothing is moved.
    """
    path = key_path(kato, folder)
    phrase = passphrase if passphrase is not None else os.environ.get(PASSPHRASE_VARIABLE) or None
    _refuse_short(phrase)
    if not path.exists():
        raise UsageProblem("error.exchange.no_key", kato=kato)
    number = 1
    while (kept := path.with_name(f"{path.stem} old {number}.pem")).exists():
        number += 1
    try:
        path.rename(kept)
    except OSError as error:
        raise as_problem(error, path) from error
    return _made(path, phrase), kept


def _made(path: Path, phrase: str | None) -> OfficeKey:
    made = _stored(path, Ed25519PrivateKey.generate(), phrase)
    return OfficeKey(made.path, made.private, made.is_protected, made=True)


def _stored(path: Path, private: Ed25519PrivateKey, phrase: str | None) -> OfficeKey:
    _refuse_short(phrase)
    protection: KeySerializationEncryption = (
        BestAvailableEncryption(phrase.encode()) if phrase else NoEncryption()
    )
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, path.parent) from error
    write_atomically(path, lambda temporary: _write_private(temporary, content))
    if not path.is_file():
        raise EnvironmentProblem("error.file.not_found", path=str(path))
    return OfficeKey(path, private, phrase is not None)


def _refuse_short(phrase: str | None) -> None:
    if phrase is not None and len(phrase) < SHORTEST_PASSPHRASE:
        raise UsageProblem("error.exchange.passphrase_short", least=SHORTEST_PASSPHRASE)


def _write_private(path: Path, content: bytes) -> None:
    path.chmod(0o600)  # before there is anything to read
    path.write_bytes(content)
