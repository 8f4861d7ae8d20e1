"""How the window writes amounts, days, decisions and findings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.figures import Section
from akimat_desk.budget.views import DecisionKind, DecisionSummary, DocumentState
from akimat_desk.classification.codes import Code
from akimat_desk.core import dates
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.money import TIYN_PER_THOUSAND, half_up, tenge_amount, text_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.i18n import Speech

DASH = "—"
_FIRST_YEAR = 1900
ROMAN = {
    Section.REVENUE: "I",
    Section.EXPENDITURE: "II",
    Section.NET_LENDING: "III",
    Section.FIN_ASSETS: "IV",
    Section.DEFICIT: "V",
    Section.FINANCING: "VI",
}


def day_written(day: dt.date | None) -> str:
    """A day as fields show it; empty where it is not known."""
    return dates.short(day) if day is not None else ""


def read_day(written: str) -> dt.date | None:
    """The day a person wrote ("26.12.2025"); None for nothing. Raises ValueError for no day."""
    if not written.strip():
        return None
    day, month, year = (int(part) for part in written.strip().split("."))
    if year < _FIRST_YEAR:
        raise ValueError(written)  # two digits of a year are no year
    return dt.date(year, month, day)


def percent(value: Decimal | None) -> str:
    """A percentage with one decimal and a comma; a dash where it is not known."""
    return DASH if value is None else f"{value:.1f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def computed(tiyn: int | None) -> str:
    """A computed amount in thousand tenge, rounded half up to one decimal to be read."""
    from akimat_desk.reports.grid import shown_decimal  # late: nothing of reports before the first paint

    if tiyn is None:
        return DASH
    return shown_decimal(str(half_up(Fraction(tiyn, TIYN_PER_THOUSAND), 1)))


def edition_title(decision: DecisionSummary, speech: Speech) -> str:
    """A decision's name: "Решение № 45-1 от 26.12.2025", "Уточнение 2: № 61 от 14.06.2026"."""
    if not decision.number and decision.date is None:
        said = speech(f"ui.edition.{decision.kind.value}_unnamed", edition=decision.edition)
        return speech("ui.edition.draft", title=said) if decision.state is DocumentState.DRAFT else said
    key = "ui.edition.decision" if decision.kind is DecisionKind.DECISION else "ui.edition.amendment"
    said = speech(
        key,
        edition=decision.edition,
        number=decision.number or DASH,
        date=dates.short(decision.date) if decision.date else DASH,
    )
    if decision.state is DocumentState.DRAFT:
        return speech("ui.edition.draft", title=said)
    return said


def code_shown(code: Code | None) -> str:
    """A code as annexes print it: its parts apart by spaces ("1 04 3"), a level left out left out."""
    return " ".join(part for part in code.stored.split("/") if part) if code is not None else ""


def severity_word(severity: Severity, speech: Speech) -> str:
    """The word of a severity."""
    return speech(f"ui.severity.{severity.value}")


def difference(finding: Finding, speech: Speech) -> str:
    """A finding's difference in tenge, to the tenge; empty where it has none."""
    return "" if finding.difference is None else speech("ui.tenge", amount=tenge_amount(finding.difference))


def difference_in_thousands(finding: Finding) -> str:
    """The same in thousand tenge, as the amounts beside it; empty where it has none."""
    return "" if finding.difference is None else text_amount(finding.difference)


def counts(findings: tuple[Finding, ...] | list[Finding], speech: Speech) -> str:
    """ "2 errors, 1 warning" in words; says so when there is nothing to remark."""
    parts = []
    for severity in Severity:
        count = sum(finding.severity is severity for finding in findings)
        if count:
            parts.append(speech(f"ui.count.{severity.value}", count=count))
    return ", ".join(parts) or speech("ui.count.none")


def said(message: Message, speech: Speech) -> str:
    """A message in the window's language."""
    return message.text(speech.language)
