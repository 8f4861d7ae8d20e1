"""The pass phrase of an office's key in the system's own keyring, where there is one.

What is kept there is kept by the system (Windows Credential Manager, the desktop's keyring). Where there is
none, the person is asked each time; nothing of ours is written anywhere.
"""

from __future__ import annotations

_SERVICE = "akimat-desk"


def has_keyring() -> bool:
    """Whether the system keeps secrets for its users."""
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring
    from keyring.errors import KeyringError

    try:
        return not isinstance(keyring.get_keyring(), NoKeyring)
    except (KeyringError, RuntimeError, OSError):
        return False


def kept_phrase(kato: str) -> str | None:
    """The phrase kept for a unit's key; None where there is none or the keyring stays locked."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, kato)
    except (KeyringError, RuntimeError, OSError):
        return None


def keep_phrase(kato: str, phrase: str) -> bool:
    """Keep a phrase that opened the key; False where the keyring does not take it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, kato, phrase)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True


def forget_phrase(kato: str) -> None:
    """Take a phrase out that does not open the key any more."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, kato)
    except (KeyringError, RuntimeError, OSError):
        return
