"""What is said of every rule of one meeting: the lawfulness card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.meetings.kinds import Status

Quantity = int | str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule: kept, broken or unknown, its article, what is and what is needed.

    ``is_`` and ``needed`` are bare values for a machine; ``is_text`` and ``needed_text`` say them
    to a person. ``confirmed`` is False where the norm stands in a regulation that was not at hand.
    ``name`` is the rule without the item's number.
    """

    rule: str
    status: Status
    article: str
    is_: Quantity
    needed: Quantity
    is_text: Message
    needed_text: Message
    confirmed: bool = True
    item: int | None = None

    @property
    def name(self) -> str:
        """The rule's kind: "majority" for "majority:2"."""
        return self.rule.partition(":")[0]

    def title(self, language: Language) -> str:
        """The rule in words."""
        return Message(f"meeting.rule.{self.name}", {"no": self.item or 0}).text(language)

    def as_json(self, language: Language) -> dict[str, object]:
        """The contract's shape, with the sentences beside the bare values."""
        return {
            "rule": self.rule,
            "status": self.status.value,
            "article": Message(self.article).text(language),
            "is": self.is_,
            "needed": self.needed,
            "is_text": self.is_text.text(language),
            "needed_text": self.needed_text.text(language),
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True, slots=True)
class Card:
    """All verdicts of one meeting and what else is to be said of it."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def lawful(self) -> bool | None:
        """False when a rule is broken, None when none is but some cannot be judged."""
        states = {verdict.status for verdict in self.verdicts}
        if Status.BROKEN in states:
            return False
        return None if Status.UNKNOWN in states else True

    def as_json(self, language: Language) -> dict[str, object]:
        """The contract's answer of ``meeting check``."""
        return {
            "lawful": self.lawful,
            "verdicts": [verdict.as_json(language) for verdict in self.verdicts],
            "findings": [finding.as_json(language) for finding in self.findings],
        }


def findings_of(verdicts: Iterable[Verdict]) -> list[Finding]:
    """A broken rule is an error; one that rests on an unconfirmed norm asks to be checked."""
    found = []
    for verdict in verdicts:
        if verdict.status is Status.BROKEN:
            fields = {"no": verdict.item or 0, "is": verdict.is_text, "needed": verdict.needed_text}
            found.append(Finding(f"meeting.{verdict.name}", Severity.ERROR, fields, source=verdict.article))
        if not verdict.confirmed and verdict.status is not Status.UNKNOWN:
            fields = {"rule": Message(f"meeting.rule.{verdict.name}", {"no": verdict.item or 0})}
            found.append(Finding("meeting.check_regulation", Severity.INFO, fields, source=verdict.article))
    return found
