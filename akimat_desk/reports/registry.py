"""The report library: what there is, and how each report is made from confirmed documents.

One query over the workspace gives plain views, the definitions make neutral documents of them, the
renderers draw these. The definitions are imported when a report is asked for, so that the list of
reports costs nothing at the start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Signer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from akimat_desk.budget.views import BudgetView, Denominator, Stage
    from akimat_desk.places.kinds import Position
    from akimat_desk.places.service import UnitView
    from akimat_desk.reports.document import ReportDocument

__all__ = ["REPORTS", "DocLanguage", "ReportKind", "ReportOptions", "build"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report of the library. ``needs`` says what it is asked for by: a year, a month."""

    id: str
    formats: tuple[str, ...]
    needs: tuple[str, ...] = ("year",)

    @property
    def title_key(self) -> str:
        """The catalogue key of its title."""
        return f"report.kind.{self.id}.title"

    @property
    def description_key(self) -> str:
        """The catalogue key of what it is for."""
        return f"report.kind.{self.id}.description"


_ALL_FORMATS = ("pdf", "xlsx", "docx", "json")

#: Every report by its id, in the order in which they are listed.
REPORTS: Mapping[str, ReportKind] = {
    kind.id: kind
    for kind in (
        ReportKind("annex", _ALL_FORMATS),
        ReportKind("decision_text", _ALL_FORMATS),
        ReportKind("self_sufficiency", _ALL_FORMATS),
    )
}


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What may be chosen for a report; what does not apply to it is passed over.

    ``as_of`` and ``stage`` choose the edition, ``document_id`` names one (a draft's preview).
    ``first`` and ``last`` bound the years of the statement. ``subgroups``, ``findings`` and
    ``signatures`` leave out a part of the page. ``today`` is the day whose office holders sign the
    statement.
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
    builders = {"annex": _annexes, "decision_text": _decision_text, "self_sufficiency": _self_sufficiency}
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

    asked = _budget(session, unit_id, year, options)
    decision = asked.decision
    years = decision.years if decision.first_year == year else (year,)
    views = [asked if each == year else budget_of(session, decision.id, each) for each in years]
    printable = [view for view in views if _has_figures(view)]
    if not printable:
        raise UsageProblem("error.report.nothing_to_print", year=year)
    signers = _maslikhat_signers(session, unit_id, asked, blank=False)
    shown = AnnexOptions(options.subgroups, options.findings, options.signatures)
    unit = _unit(session, unit_id)
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

    view = _budget(session, unit_id, year, options)
    if view.decision.first_year != year:
        view = budget_of(session, view.decision.id, view.decision.first_year)
    if not _has_figures(view):
        raise UsageProblem("error.report.nothing_to_print", year=year)
    signers = _maslikhat_signers(session, unit_id, view, blank=True)
    return [
        decision_text(
            view,
            _unit(session, unit_id),
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

    view = _budget(session, unit_id, year, options)
    history = ratio_history(
        session,
        unit_id,
        options.first,
        options.last,
        options.denominator or Denominator.TOTAL_REVENUE,
        options.as_of,
    )
    signers = _akimat_signers(session, unit_id, options.today or dt.date.today())
    return [
        self_sufficiency(
            history,
            _unit(session, unit_id),
            language,
            year=year,
            targets=national_targets(),
            signers=signers if options.signatures else (),
            findings=view.findings if options.findings else (),
        )
    ]


# --- what the builders share ------------------------------------------------------------------------


def _budget(session: Session, unit_id: int, year: int, options: ReportOptions) -> BudgetView:
    from akimat_desk.budget.decisions.questions import budget_as_of, budget_of

    if options.document_id is not None:
        return budget_of(session, options.document_id, year)
    return budget_as_of(session, unit_id, year, options.as_of, options.stage)


def _has_figures(view: BudgetView) -> bool:
    return bool(view.lines) or any(amount is not None for amount in view.figures.values())


def _unit(session: Session, unit_id: int) -> ReportUnit:
    from akimat_desk.places.names import genitive
    from akimat_desk.places.service import unit_by_id, unit_genitive

    view: UnitView = unit_by_id(session, unit_id)
    kk, ru = Language.KK, Language.RU
    return ReportUnit(
        name=view.name,
        genitive=Trilingual(unit_genitive(view, kk), unit_genitive(view, ru)),
        maslikhat_genitive=Trilingual(
            genitive(view.maslikhat.text(kk), kk), genitive(view.maslikhat.text(ru), ru)
        ),
    )


def _maslikhat_signers(session: Session, unit_id: int, view: BudgetView, *, blank: bool) -> list[Signer]:
    """Who signed the decision: the chair, before that post existed the secretary; with nobody on file
    a line for the chair to sign on (``blank``), or none."""
    from akimat_desk.places.kinds import Position
    from akimat_desk.places.service import signatories

    held = signatories(session, unit_id, view.decision.date or dt.date(view.year, 1, 1))
    for post in (Position.MASLIKHAT_CHAIR, Position.MASLIKHAT_SECRETARY):
        if post in held:
            return [_signer(post, held[post].person)]
    return [_signer(Position.MASLIKHAT_CHAIR)] if blank else []


def _akimat_signers(session: Session, unit_id: int, day: dt.date) -> list[Signer]:
    """Who signs for the akimat: the akim and the chief accountant, a specialist where one is on file."""
    from akimat_desk.places.kinds import Position
    from akimat_desk.places.service import signatories

    held = signatories(session, unit_id, day)
    posts = [Position.AKIM, Position.CHIEF_ACCOUNTANT]
    posts += [Position.SPECIALIST] if Position.SPECIALIST in held else []
    return [_signer(post, held[post].person if post in held else "") for post in posts]


def _signer(post: Position, person: str = "") -> Signer:
    key = f"places.position.{post.value}"
    return Signer(Trilingual(*(text(key, language) for language in Language)), person)
