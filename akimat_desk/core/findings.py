"""The one shape in which every check speaks: window, command line and reports show the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from akimat_desk.core.language import Language
from akimat_desk.core.money import plain
from akimat_desk.core.strings import Message, code_printed, has_text


class Severity(StrEnum):
    """How much a finding matters. An error bars sending, never storing what was adopted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document a finding sits. Parts that do not apply stay empty.

    ``section`` and ``figure`` are the contract's names, ``code`` a printed code ("1/04/4",
    "08/1/124/006"), ``row`` counts a table's data rows from 1.
    """

    unit: str = ""
    year: int | None = None
    annex: int | None = None
    section: str = ""
    figure: str = ""
    code: str = ""
    row: int | None = None
    text: str = ""

    def show(self, language: Language) -> str:
        """One line for a person: "Ақбұлақ ауылдық округі, 2025, 9-қосымша, II. Шығындар, 08/1"."""
        parts: list[str] = []
        if self.unit:
            parts.append(self.unit)
        if self.year is not None:
            parts.append(str(self.year))
        if self.annex is not None:
            parts.append(Message("place.annex", {"number": self.annex}).text(language))
        if self.figure:
            parts.append(Message(f"figure.{self.figure}").text(language))
        elif self.section:
            parts.append(Message(f"section.{self.section}").text(language))
        if self.code:
            parts.append(code_printed(self.code))
        if self.row is not None:
            parts.append(Message("place.row", {"number": self.row}).text(language))
        if self.text:
            parts.append(f"«{self.text}»")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about a document.

    The texts live in the catalogue: ``finding.<code>`` says what is wrong, ``finding.<code>.fix``
    (optional) what to do. ``source`` is the catalogue key of the article or rule it rests on
    (``source.bc_9``). ``difference`` is in tiyn.
    """

    code: str
    severity: Severity
    fields: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    where: Place = Place()
    difference: int | None = None

    def __hash__(self) -> int:
        return hash((self.code, self.severity, self.where, self.difference))

    def message(self, language: Language) -> str:
        """What is wrong, in a sentence."""
        return Message(f"finding.{self.code}", self.fields).text(language)

    def fix(self, language: Language) -> str | None:
        """What to do about it, where there is something to say."""
        key = f"finding.{self.code}.fix"
        return Message(key, self.fields).text(language) if has_text(key) else None

    def source_text(self, language: Language) -> str:
        """The article or rule, in words."""
        return Message(self.source).text(language) if self.source else ""

    def as_json(self, language: Language) -> dict[str, object]:
        """The contract's shape; ``difference`` in thousand tenge."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message(language),
            "source": self.source_text(language),
            "where": self.where.show(language),
            "difference": plain(self.difference),
            "fix": self.fix(language),
        }


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then remarks; the order within each is kept."""
    return sorted(findings, key=lambda finding: _ORDER[finding.severity])


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
