"""Answers to questions about budgets, as plain values: what screens, reports and the command line show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from akimat_desk.budget.figures import Figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language, Trilingual


class DocumentState(StrEnum):
    """A draft is free to edit and delete; a confirmed document is never edited."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


class DecisionKind(StrEnum):
    """What a decision of the mäslikhat does to the budget."""

    DECISION = "decision"  # approves a three-year budget
    AMENDMENT = "amendment"  # нақтылау / уточнение: a whole new edition of it


class Stage(StrEnum):
    """Which column of the plan is asked for."""

    APPROVED = "approved"
    AMENDED = "amended"
    ADJUSTED = "adjusted"


class Basis(StrEnum):
    """What a figure rests on (the ratio's ``basis``; ``budget show`` says decision or projection)."""

    DECISION = "decision"
    APPROVED = "approved"
    AMENDED = "amended"
    ADJUSTED = "adjusted"
    EXECUTED = "executed"
    PROJECTION = "projection"


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """A decision or amendment in a list. ``edition`` counts from 0 (the decision itself)."""

    id: int
    unit_id: int
    kind: DecisionKind
    state: DocumentState
    number: str
    date: dt.date | None
    effective_date: dt.date | None
    first_year: int
    years: tuple[int, ...]
    edition: int
    title: str
    language: Language
    reason: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget that answers for one year as of a date.

    ``figures`` in tiyn; where a text left a figure out but the annex's lines state it, the annex
    answers. ``lines`` in classification order, parents included; empty when only the text is known.
    """

    unit_id: int
    unit_name: Trilingual
    year: int
    stage: Stage
    basis: Basis  # DECISION or PROJECTION
    decision: DecisionSummary
    figures: Figures
    lines: tuple[BudgetLine, ...]
    findings: tuple[Finding, ...] = ()
    annex: int | None = None  # its number on paper, where the decision printed one
    amends: DecisionSummary | None = None  # the decision itself, where ``decision`` is an amendment


@dataclass(frozen=True, slots=True)
class RatioYear:
    """One year of the self-sufficiency ratio. Amounts in tiyn; percentages rounded half up to 0.1.

    ``gap_points`` is target − ratio in percentage points; ``gap`` what own revenue must grow by when
    it also grows the denominator; ``gap_if_total_fixed`` when transfers fall as own revenue grows.
    Negative when the target is passed; None where there is no target or no figure.
    """

    year: int
    basis: Basis
    own_revenue: int | None
    denominator_amount: int | None
    ratio_percent: Decimal | None
    target_percent: Decimal | None
    gap_points: Decimal | None
    gap: int | None
    gap_if_total_fixed: int | None
    document_id: int | None = None  # the edition whose budget it is of


class Denominator(StrEnum):
    """What own revenue is divided by; no official formula is at hand, so it is a setting."""

    TOTAL_REVENUE = "total_revenue"
    COSTS = "costs"
    CURRENT_COSTS = "current_costs"


@dataclass(frozen=True, slots=True)
class RatioHistory:
    """The ratio over years, with the formula to print beside it (catalogue key ``ratio.formula.*``)."""

    unit_name: Trilingual
    denominator: Denominator
    formula_key: str
    years: tuple[RatioYear, ...] = field(default_factory=tuple)
    country: tuple[tuple[int, Decimal], ...] = ()  # the country's past values: year, per cent
