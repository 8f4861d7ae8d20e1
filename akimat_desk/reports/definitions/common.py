"""What every report shares: its languages, whose it is, the block of a decision, findings, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from akimat_desk.budget.views import DecisionSummary
from akimat_desk.core import dates
from akimat_desk.core.findings import Finding, Severity, by_weight
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import TIYN_PER_THOUSAND, text_amount
from akimat_desk.core.strings import plural_form, text
from akimat_desk.reports.document import (
    Block,
    Heading,
    PageBreak,
    SideBySide,
    Signatory,
    Signatures,
    Text,
    Tone,
)


class DocLanguage(StrEnum):
    """The language of a document: one of the two of official papers, or both beside each other."""

    KK = "kk"
    RU = "ru"
    BOTH = "kk+ru"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages, in the order in which they stand on the page."""
        return {
            DocLanguage.KK: (Language.KK,),
            DocLanguage.RU: (Language.RU,),
            DocLanguage.BOTH: (Language.KK, Language.RU),
        }[self]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the post in words and the holder's name ("" leaves a line to sign on)."""

    position: Trilingual
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """The budget's unit as reports name it.

    ``genitive`` is the name in the case that "the budget of …" asks for; ``maslikhat_genitive``
    that of "the decision of …" and may be empty, as may ``maslikhat``.
    """

    name: Trilingual
    genitive: Trilingual
    maslikhat: Trilingual = field(default_factory=Trilingual)
    maslikhat_genitive: Trilingual = field(default_factory=Trilingual)
    bin: str = ""  # of the institution; numbers of certificates carry it


Side = Sequence[Heading | Text]


def joined(languages: Sequence[Language], write: Callable[[Language], str]) -> str:
    """One text for a cell or a title: both languages with a stroke where they differ."""
    texts = list(dict.fromkeys(write(language) for language in languages))
    return " / ".join(part for part in texts if part)


def phrase(languages: Sequence[Language], key: str, **fields: object) -> str:
    """A text of the catalogue in every language of the document."""
    return joined(languages, lambda language: text(key, language, **fields))


def passage(languages: Sequence[Language], write: Callable[[Language], Side]) -> list[Block]:
    """Running text: as it is in one language, two columns in two."""
    if len(languages) == 1:
        return list(write(languages[0]))
    left, right = languages
    return [SideBySide(tuple(write(left)), tuple(write(right)), left, right)]


def decision_attributes(decision: DecisionSummary, language: Language) -> str:
    """Date and number as an attribute: "от 26 декабря 2025 года № 37/5"; blanks where not known."""
    number = decision.number or text("report.blank.number", language)
    if decision.date is None:
        day = text("report.blank.date", language)
    else:
        day = dates.of_decision(decision.date, language)
    return f"{day} № {number}"


def signatures(languages: Sequence[Language], signers: Iterable[Signer]) -> list[Block]:
    """The signature block, or nothing where nobody is on file."""
    people = tuple(Signatory(joined(languages, signer.position.text), signer.name) for signer in signers)
    return [Signatures(people)] if people else []


_TONE = {Severity.ERROR: Tone.FINDING_ERROR, Severity.WARNING: Tone.FINDING_WARNING}


def findings_block(languages: Sequence[Language], findings: Sequence[Finding]) -> list[Block]:
    """What does not add up, errors first, each with its place, difference, source and way out.

    Remarks that ask for nothing stay on the screen: an official paper has no room for them.
    """
    ranked = by_weight(finding for finding in findings if finding.severity in _TONE)
    if not ranked:
        return []

    def write(language: Language) -> Side:
        return [
            Heading(text("report.findings.heading", language), level=2),
            *(Text(finding_text(finding, language), _TONE[finding.severity]) for finding in ranked),
        ]

    return passage(languages, write)


def check_sheet(languages: Sequence[Language], findings: Sequence[Finding]) -> list[Block]:
    """The findings on a page of their own, so that the official pages stay clean; nothing without any."""
    block = findings_block(languages, findings)
    return [PageBreak(), *block] if block else []


def finding_text(finding: Finding, language: Language) -> str:
    """A finding in a paragraph: where, what and by how much, the rule it rests on, what to do."""
    where = finding.where.show(language)
    parts = [f"{where}: {finding.message(language)}" if where else finding.message(language)]
    source = finding.source_text(language)
    if source:
        parts.append(text("report.findings.source", language, source=source))
    fix = finding.fix(language)
    if fix:
        parts.append(fix)
    return " ".join(parts)


def thousands(tiyn: int, language: Language) -> str:
    """An amount of running text with its unit: "56 928 тысяч тенге", "3,4 тысячи тенге"."""
    whole, rest = divmod(abs(tiyn), TIYN_PER_THOUSAND)
    # A fraction governs the genitive singular, as 2, 3 and 4 do: "3,4 тысячи".
    form = "few" if rest and language is Language.RU else plural_form(language, whole)
    return f"{text_amount(tiyn)} {text(f'report.thousands.{form}', language)}"
