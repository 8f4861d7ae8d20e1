"""What a command says: one JSON document, or lines for a person; messages go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from akimat_desk.core.findings import Finding, Severity, by_weight, has_errors
from akimat_desk.core.language import Language
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text

DONE, DONE_WITH_ERRORS, NOT_DONE = 0, 1, 2

_MARK = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command writes. ``as_json`` keeps standard output to one JSON document."""

    language: Language
    as_json: bool

    def json(self, value: object) -> None:
        """Print the JSON document, where JSON was asked for."""
        if self.as_json:
            json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")

    def say(self, key: str, **fields: object) -> None:
        """A line for a person; on standard error where standard output carries JSON."""
        print(text(key, self.language, **fields), file=sys.stderr if self.as_json else sys.stdout)

    def line(self, content: str = "") -> None:
        """A ready line for a person, left out where JSON was asked for."""
        if not self.as_json:
            print(content)

    def findings(self, findings: Iterable[Finding]) -> int:
        """Print findings for a person, the weightiest first. Returns the exit status they ask for.

        Remarks (a line left out, say) are only counted: they would hide what matters.
        """
        listed = by_weight(findings)
        if not self.as_json:
            remarks = [finding for finding in listed if finding.severity is Severity.INFO]
            for finding in listed:
                if finding.severity is not Severity.INFO:
                    print(finding_line(finding, self.language))
            if remarks:
                self.say("cli.remarks", count=len(remarks))
        return DONE_WITH_ERRORS if has_errors(listed) else DONE


def finding_line(finding: Finding, language: Language) -> str:
    """A finding as one or two lines of text."""
    where = finding.where.show(language)
    head = f"{_MARK[finding.severity]} {text(f'severity.{finding.severity.value}', language)}: "
    parts = [head + finding.message(language)]
    details = []
    if finding.difference is not None:
        details.append(text("cli.difference", language, amount=table_amount(finding.difference)))
    if where:
        details.append(where)
    if finding.source:
        details.append(finding.source_text(language))
    if details:
        parts.append("    " + " · ".join(details))
    fix = finding.fix(language)
    if fix:
        parts.append(f"    → {fix}")
    return "\n".join(parts)


def amount_table(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Label and amount in two aligned columns."""
    if not rows:
        return []
    label_width = max(len(label) for label, _ in rows)
    amount_width = max(len(amount) for _, amount in rows)
    return [f"{label:<{label_width}}  {amount:>{amount_width}}" for label, amount in rows]
