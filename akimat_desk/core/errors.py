"""Two families of trouble: the surroundings (the person can act) and our own faults.

An expected problem carries a catalogue key, so that it reads as a plain sentence in the person's
language that says what to do. Anything else that escapes is a fault of the program.
"""

from __future__ import annotations

from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message


class AkimatError(Exception):
    """A problem said in words. ``message`` says what is wrong and what to do about it."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.message = Message(key, fields)

    def text(self, language: Language) -> str:
        """The sentence for the person."""
        return self.message.text(language)

    def __str__(self) -> str:
        return self.message.text(Language.EN)


class EnvironmentProblem(AkimatError):
    """The surroundings: disk full, no rights, locked, damaged or newer file, network drive."""


class InputRefused(AkimatError):
    """A file or text from outside that cannot be taken: wrong kind, damaged, too large, hostile."""


class UsageProblem(AkimatError):
    """A question that cannot be answered as asked: unknown unit, year without a budget, bad option."""


class RuleBroken(AkimatError):
    """An operation that the rules forbid as asked (confirming with errors and no reason, say)."""
