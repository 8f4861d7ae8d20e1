"""Which documents reports draw on, and how a report stands to one: said by each report of the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """A kind of document that figures of a report can come from."""

    DECISION = "decision"  # of the mäslikhat, amendments too
    ADJUSTMENT = "adjustment"  # of the akim
    PLAN = "plan"
    PLAN_CHANGE = "plan_change"
    QUARTER_PLAN = "quarter_plan"
    FORM = "form"  # of the treasury
    BALANCES = "balances"  # the statement of what a year opened with
    MEETING = "meeting"  # its minutes


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of any kind, by its id."""

    kind: PaperKind
    id: int


class ShownAs(StrEnum):
    """What a report takes a document for."""

    ITSELF = "itself"  # its own paper, asked for by its id
    CHANGE = "change"  # the change that it makes, asked for by its id
    BEFORE = "before"  # what another document changes, asked for by the other one's id
    ANSWER = "answer"  # the budget that answers for a year
    STAGE = "stage"  # a year's budget as it was approved, or as it stands
    YEAR = "year"  # one of a year's documents that count; of decisions those of the year itself
    MONTH = "month"  # one of those in force at the end of a month with forms
    YEAR_END = "year_end"  # one of those in force at the end of the last month with forms


#: How a report stands to the document that it is the paper of.
OWN = frozenset({ShownAs.ITSELF, ShownAs.CHANGE})


@dataclass(frozen=True, slots=True)
class Draws:
    """That a report draws on documents of a kind. ``sides`` are the sides of a plan that it prints, all of
    them when empty."""

    kind: PaperKind
    shown_as: ShownAs
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A report that shows a document: how to ask for it. ``document_id`` None asks for what is in force,
    ``month`` None for the last one."""

    report_id: str
    year: int
    document_id: int | None
    shown_as: ShownAs
    month: int | None = None
