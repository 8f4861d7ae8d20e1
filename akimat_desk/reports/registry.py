"""The report library: what there is, and how each report is made from confirmed documents.

One query over the workspace gives plain views, the definitions make neutral documents of them, the
renderers draw these. The definitions are imported when a report is asked for, so that the list of
reports costs nothing at the start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.papers import OWN, Draws, PaperKind, ShownAs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from akimat_desk.budget.comparing.questions import Side
    from akimat_desk.budget.views import BudgetView, Denominator, Stage
    from akimat_desk.reports.document import ReportDocument

__all__ = ["REPORTS", "DocLanguage", "ReportKind", "ReportOptions", "build"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report of the library. ``draws_on`` says which documents its figures come from and how it stands to
    them; ``needs`` what it is asked for by (a year, a month) and what there must be for it (an amendment)."""

    id: str
    formats: tuple[str, ...]
    draws_on: tuple[Draws, ...]
    needs: tuple[str, ...] = ("year",)

    @property
    def title_key(self) -> str:
        """The catalogue key of its title."""
        return f"report.kind.{self.id}.title"

    @property
    def description_key(self) -> str:
        """The catalogue key of what it is for."""
        return f"report.kind.{self.id}.description"

    @property
    def needs_budget(self) -> bool:
        """Whether it is made of the budget that answers for a year."""
        whole = (ShownAs.ANSWER, ShownAs.STAGE)
        return any(draws.kind is PaperKind.DECISION and draws.shown_as in whole for draws in self.draws_on)

    def is_asked_by(self, kind: PaperKind) -> bool:
        """Whether a document of a kind can be named for it."""
        return any(draws.kind is kind and draws.shown_as in OWN for draws in self.draws_on)


_ALL_FORMATS = ("pdf", "xlsx", "docx", "json")
_ITSELF = Draws(PaperKind.DECISION, ShownAs.ITSELF)
_CHANGE = Draws(PaperKind.DECISION, ShownAs.CHANGE)
_ANSWER = Draws(PaperKind.DECISION, ShownAs.ANSWER)
_MONTHLY = tuple(
    Draws(kind, ShownAs.MONTH)
    for kind in (
        PaperKind.FORM,
        PaperKind.DECISION,
        PaperKind.ADJUSTMENT,
        PaperKind.PLAN,
        PaperKind.PLAN_CHANGE,
    )
)
_AT_YEAR_END = tuple(replace(draws, shown_as=ShownAs.YEAR_END) for draws in _MONTHLY)
_COSTS = ("payments", "obligations")


def _of_plan(*sides: str) -> tuple[Draws, ...]:
    """A form of the financing plan: of the plan itself, and with every change of these sides in it."""
    return (
        Draws(PaperKind.PLAN, ShownAs.ITSELF, sides),
        Draws(PaperKind.PLAN_CHANGE, ShownAs.YEAR, sides),
    )


#: Every report by its id, in the order in which they are listed.
REPORTS: Mapping[str, ReportKind] = {
    kind.id: kind
    for kind in (
        ReportKind("annex", _ALL_FORMATS, (_ITSELF,)),
        ReportKind("decision_text", _ALL_FORMATS, (_ITSELF,)),
        ReportKind(
            "before_after",
            _ALL_FORMATS,
            (_CHANGE, Draws(PaperKind.DECISION, ShownAs.BEFORE)),
            ("year", "amendment"),
        ),
        ReportKind("amending_decision", _ALL_FORMATS, (_CHANGE,), ("year", "amendment")),
        ReportKind("self_sufficiency", _ALL_FORMATS, (_ANSWER,)),
        ReportKind(
            "ratio_analysis",
            _ALL_FORMATS,
            (Draws(PaperKind.DECISION, ShownAs.STAGE), Draws(PaperKind.FORM, ShownAs.YEAR_END)),
        ),
        ReportKind("ratio_scenarios", _ALL_FORMATS, (_ANSWER,), ("year", "scenarios")),
        ReportKind("ratio_peers", _ALL_FORMATS, (_ANSWER,), ("year", "units", "peers")),
        ReportKind(
            "residents_brief",
            _ALL_FORMATS,
            (
                _ANSWER,
                Draws(PaperKind.FORM, ShownAs.YEAR_END),
                Draws(PaperKind.MEETING, ShownAs.YEAR),
            ),
        ),
        ReportKind("consolidated", _ALL_FORMATS, (_ANSWER,), ("year", "units")),
        ReportKind("execution", _ALL_FORMATS, _MONTHLY, ("year", "month", "forms")),
        ReportKind("execution_year", _ALL_FORMATS, _AT_YEAR_END, ("year", "forms")),
        ReportKind("forecast", _ALL_FORMATS, _MONTHLY, ("year", "month", "forms")),
        ReportKind("plan_individual", _ALL_FORMATS, _of_plan(*_COSTS), ("year", "plan")),
        ReportKind("plan_administrator", _ALL_FORMATS, _of_plan(*_COSTS), ("year", "plan")),
        ReportKind("plan_receipts", _ALL_FORMATS, _of_plan("receipts"), ("year", "plan")),
        ReportKind(
            "plan_consolidated",
            _ALL_FORMATS,
            (
                *_of_plan(),
                _ANSWER,
                Draws(PaperKind.ADJUSTMENT, ShownAs.YEAR),
            ),
            ("year", "plan"),
        ),
        ReportKind(
            "plan_change",
            _ALL_FORMATS,
            (
                Draws(PaperKind.PLAN_CHANGE, ShownAs.ITSELF),
                Draws(PaperKind.PLAN_CHANGE, ShownAs.BEFORE),
                Draws(PaperKind.PLAN, ShownAs.BEFORE),
            ),
            ("year", "plan", "change"),
        ),
        ReportKind(
            "plan_request",
            _ALL_FORMATS,
            (Draws(PaperKind.PLAN_CHANGE, ShownAs.ITSELF, _COSTS),),
            ("year", "plan", "change"),
        ),
        ReportKind(
            "plan_changes",
            _ALL_FORMATS,
            (Draws(PaperKind.PLAN_CHANGE, ShownAs.YEAR, _COSTS),),
            ("year", "plan", "change"),
        ),
        ReportKind(
            "quarter_plan", _ALL_FORMATS, (Draws(PaperKind.QUARTER_PLAN, ShownAs.ITSELF),), ("year", "plan")
        ),
        ReportKind(
            "adjustment",
            _ALL_FORMATS,
            (Draws(PaperKind.ADJUSTMENT, ShownAs.ITSELF), Draws(PaperKind.DECISION, ShownAs.BEFORE)),
            ("year", "adjustment"),
        ),
        ReportKind(
            "balances",
            _ALL_FORMATS,
            (
                Draws(PaperKind.BALANCES, ShownAs.YEAR),
                Draws(PaperKind.DECISION, ShownAs.YEAR),
                Draws(PaperKind.ADJUSTMENT, ShownAs.YEAR),
            ),
            ("year", "balances"),
        ),
        ReportKind("meetings", _ALL_FORMATS, (Draws(PaperKind.MEETING, ShownAs.YEAR),)),
    )
}


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What may be chosen for a report; what does not apply to it is passed over.

    ``as_of`` and ``stage`` choose the edition, ``document_id`` names one (a draft's preview).
    ``first`` and ``last`` bound the years of the statement. ``subgroups``, ``findings`` and
    ``signatures`` leave out a part of the page. ``today`` is the day whose office holders sign the
    statement. ``changed_only`` leaves lines that do not differ out of the before/after table, which shows
    the budget beside ``compared_with`` where that is given, else beside the edition before it. ``month``
    is the last month of a report on execution (the last one taken in when None), ``off_plan_only`` leaves
    out the lines that are as planned, ``details`` goes down to specifics.
    """

    as_of: dt.date | None = None
    stage: Stage | None = None
    document_id: int | None = None
    first: int | None = None
    last: int | None = None
    denominator: Denominator | None = None
    subgroups: bool = True
    findings: bool = True
    signatures: bool = True
    today: dt.date | None = None
    changed_only: bool = True
    month: int | None = None
    off_plan_only: bool = False
    details: bool = False
    compared_with: Side | None = None


def build(
    report_id: str,
    session: Session,
    unit_id: int,
    year: int,
    doc_language: DocLanguage = DocLanguage.KK,
    **options: Any,
) -> list[ReportDocument]:
    """A report as neutral documents, from the confirmed documents of a unit.

    ``options`` are the fields of :class:`ReportOptions`. Raises UsageProblem: no such report, no
    budget for the year, a budget with nothing to print.
    """
    chosen = ReportOptions(**options)
    builders = {
        "annex": _annexes,
        "decision_text": _decision_text,
        "before_after": _before_after,
        "amending_decision": _amending_decision,
        "self_sufficiency": _self_sufficiency,
        "ratio_analysis": _ratio_analysis,
        "ratio_scenarios": _ratio_scenarios,
        "ratio_peers": _ratio_peers,
        "residents_brief": _residents_brief,
        "quarter_plan": _quarter_plan,
        "adjustment": _adjustment,
        "balances": _balances,
        "meetings": _meetings,
        "consolidated": _consolidated,
        "execution": _execution,
        "execution_year": _execution_year,
        "forecast": _forecast,
    }
    builders |= {kind: partial(_plan, kind) for kind in REPORTS if kind.startswith("plan_")}
    builder = builders.get(report_id)
    if builder is None:
        raise UsageProblem("error.report.unknown", id=report_id, ids=", ".join(REPORTS))
    return builder(session, unit_id, year, DocLanguage(doc_language), chosen)


def _annexes(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """One annex for each year of the decision whose first year is ``year``; for an outer year its own."""
    from akimat_desk.budget.decisions.questions import budget_of
    from akimat_desk.reports.definitions.annex import AnnexOptions, annex
    from akimat_desk.reports.parties import maslikhat_signers, report_unit

    asked = _budget(session, unit_id, year, options)
    decision = asked.decision
    years = decision.years if decision.first_year == year else (year,)
    views = [asked if each == year else budget_of(session, decision.id, each) for each in years]
    printable = [view for view in views if _has_figures(view)]
    if not printable:
        raise UsageProblem("error.report.nothing_to_print", year=year)
    signers = maslikhat_signers(session, unit_id, _signed(asked), blank=False)
    shown = AnnexOptions(options.subgroups, options.findings, options.signatures)
    unit = report_unit(session, unit_id)
    return [
        annex(
            view,
            unit,
            language,
            number=view.annex or view.year - decision.first_year + 1,
            signers=signers,
            options=shown,
        )
        for view in printable
    ]


def _decision_text(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The first point of the decision that answers for ``year``: it speaks of the decision's first year."""
    from akimat_desk.budget.decisions.questions import budget_of
    from akimat_desk.reports.definitions.decision_text import decision_text
    from akimat_desk.reports.parties import maslikhat_signers, report_unit

    view = _budget(session, unit_id, year, options)
    if view.decision.first_year != year:
        view = budget_of(session, view.decision.id, view.decision.first_year)
    if not _has_figures(view):
        raise UsageProblem("error.report.nothing_to_print", year=year)
    signers = maslikhat_signers(session, unit_id, _signed(view), blank=True)
    return [
        decision_text(
            view,
            report_unit(session, unit_id),
            language,
            signers=signers if options.signatures else (),
            findings=options.findings,
        )
    ]


def _self_sufficiency(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.budget.ratio.service import ratio_history
    from akimat_desk.budget.ratio.targets import national_targets
    from akimat_desk.budget.views import Denominator
    from akimat_desk.reports.definitions.self_sufficiency import self_sufficiency
    from akimat_desk.reports.parties import akimat_signers, report_unit

    view = _budget(session, unit_id, year, options)
    history = ratio_history(
        session,
        unit_id,
        options.first,
        options.last,
        options.denominator or Denominator.TOTAL_REVENUE,
        options.as_of,
    )
    signers = akimat_signers(session, unit_id, options.today or dt.date.today())
    return [
        self_sufficiency(
            history,
            report_unit(session, unit_id),
            language,
            year=year,
            targets=national_targets(),
            signers=signers if options.signatures else (),
            findings=view.findings if options.findings else (),
        )
    ]


def _before_after(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.reports.amendments import build_before_after

    return build_before_after(session, unit_id, year, language, options)


def _amending_decision(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.reports.amendments import build_amending_decision

    return build_amending_decision(session, unit_id, year, language, options)


def _quarter_plan(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.reports.akim_reports import build_quarter_plan

    return build_quarter_plan(session, unit_id, year, language, options)


def _adjustment(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.reports.akim_reports import build_adjustment

    return build_adjustment(session, unit_id, year, language, options)


def _balances(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.reports.akim_reports import build_balances

    return build_balances(session, unit_id, year, language, options)


def _plan(
    report_id: str,
    session: Session,
    unit_id: int,
    year: int,
    language: DocLanguage,
    options: ReportOptions,
) -> list[ReportDocument]:
    """The forms of the financing plan and the certificate of its change."""
    from akimat_desk.reports.plan_reports import build_plan

    return build_plan(report_id, session, unit_id, year, language, options)


def _ratio_analysis(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """History, why and outlook of the ratio."""
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.reports.ratio import analysis

    variant = Variant(options.denominator or Variant.TOTAL_REVENUE)
    return analysis(session, unit_id, year, language, variant)


def _ratio_scenarios(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The scenarios of the what-if beside each other."""
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.reports.ratio import scenarios_beside_each_other

    variant = Variant(options.denominator or Variant.TOTAL_REVENUE)
    return scenarios_beside_each_other(session, unit_id, year, language, variant)


def _ratio_peers(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The place among similar units, and what they collect more of."""
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.reports.ratio import beside_others

    variant = Variant(options.denominator or Variant.TOTAL_REVENUE)
    return beside_others(session, unit_id, year, language, variant)


def _residents_brief(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The budget for residents on one page."""
    from akimat_desk.reports.ratio import brief

    return brief(session, unit_id, year, language, options.today or dt.date.today())


def _meetings(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The numbers about meetings of a year; a year without any is a line of zeros."""
    from akimat_desk.reports.meetings import meeting_year_report

    return [meeting_year_report(session, unit_id, year, language, options.today or dt.date.today())]


def _consolidated(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The budgets of all units of the workspace in the name of ``unit_id``, the one above them."""
    from akimat_desk.budget.consolidation import consolidate
    from akimat_desk.budget.views import Denominator
    from akimat_desk.reports.definitions.consolidated import consolidated
    from akimat_desk.reports.parties import report_unit

    content = consolidate(
        session,
        year,
        as_of=options.as_of,
        stage=options.stage,
        denominator=options.denominator or Denominator.TOTAL_REVENUE,
    )
    return [consolidated(content, report_unit(session, unit_id), language)]


def _execution(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    from akimat_desk.budget.execution.reasons import reasons
    from akimat_desk.budget.execution.stored import month_with_forms
    from akimat_desk.budget.execution.table import execution_table
    from akimat_desk.reports.definitions.execution import ExecutionPaper, execution_report
    from akimat_desk.reports.parties import akimat_signers, report_unit

    month = month_with_forms(session, unit_id, year, options.month)
    table = execution_table(session, unit_id, month, details=options.details)
    signers = akimat_signers(session, unit_id, month.last_day) if options.signatures else []
    paper = ExecutionPaper(
        report_unit(session, unit_id), signers, reasons(session, unit_id, month), options.off_plan_only
    )
    return [execution_report(table, paper, language)]


def _execution_year(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The draft of the annual report, filled with what the workspace knows."""
    from akimat_desk.reports.annual import annual

    return annual(session, unit_id, year, language, signed=options.signatures)


def _forecast(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """Where the year will end, from the last month taken in (or the one asked for)."""
    from akimat_desk.budget.execution.outlook import outlook
    from akimat_desk.budget.execution.stored import month_with_forms
    from akimat_desk.reports.definitions.forecast import forecast_report
    from akimat_desk.reports.parties import report_unit

    month = month_with_forms(session, unit_id, year, options.month)
    return [forecast_report(outlook(session, unit_id, month), report_unit(session, unit_id), language)]


# --- what the builders share ------------------------------------------------------------------------


def _budget(session: Session, unit_id: int, year: int, options: ReportOptions) -> BudgetView:
    from akimat_desk.budget.decisions.questions import budget_as_of, budget_of

    if options.document_id is not None:
        return budget_of(session, options.document_id, year)
    return budget_as_of(session, unit_id, year, options.as_of, options.stage)


def _signed(view: BudgetView) -> dt.date:
    """The day whose office holders signed a decision."""
    return view.decision.date or dt.date(view.year, 1, 1)


def _has_figures(view: BudgetView) -> bool:
    return bool(view.lines) or any(amount is not None for amount in view.figures.values())
