"""The seal of a package: an Ed25519 signature, and a public key's fingerprint for people to compare.

The signature proves that nothing changed since the holder of the key sealed it and that it was this
key; whose key it is, a person confirms once by comparing fingerprints.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_WORDS_SHOWN = 8  # of 7 bits each
_BITS = 7


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of an office's key: 32 bytes."""

    raw: bytes

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> PublicKey:
        """The public half of a private key."""
        return cls(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """The reverse of :attr:`text`. Raises ValueError for anything else."""
        raw = base64.b64decode(text.strip().encode("ascii"), validate=True)
        if len(raw) != KEY_BYTES:
            raise ValueError("a public key has 32 bytes")
        return cls(raw)

    @property
    def text(self) -> str:
        """The form in which it is written down and sent: base64."""
        return base64.b64encode(self.raw).decode("ascii")

    @property
    def fingerprint(self) -> str:
        """The first 16 bytes of the key's SHA-256 in groups of four hexadecimal digits."""
        digits = hashlib.sha256(self.raw).hexdigest()[:32]
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def words(self, language: Language) -> str:
        """The fingerprint's beginning (56 bits) as eight everyday words, to be read out by telephone.

        The Kazakh and the Russian words of one key mean the same.
        """
        number = int.from_bytes(hashlib.sha256(self.raw).digest()[:_WORDS_SHOWN], "big")
        shift = 8 * _WORDS_SHOWN - _BITS
        known = _words(Language.RU if language is Language.RU else Language.KK)
        return " ".join(
            known[(number >> (shift - _BITS * place)) % 2**_BITS] for place in range(_WORDS_SHOWN)
        )

    def has_sealed(self, content: bytes, signature: bytes) -> bool:
        """Whether ``signature`` over ``content`` was made with this key's private half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(private: Ed25519PrivateKey, content: bytes) -> bytes:
    """The signature of ``content``: 64 bytes."""
    return private.sign(content)


@cache
def _words(language: Language) -> tuple[str, ...]:
    with resource("exchange", "fingerprint_words.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(row[language.value] for row in csv.DictReader(stream))
