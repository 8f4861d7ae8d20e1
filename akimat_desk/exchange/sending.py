"""Making a package of what is confirmed: numbered, chained to the one before, kept as it was sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk import __version__
from akimat_desk.budget.control.questions import unit_control_findings
from akimat_desk.budget.plans.documents import PlanKind
from akimat_desk.budget.views import DecisionKind
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.exchange.changed import ChangedFigure, changed_contents, changed_figures
from akimat_desk.exchange.container import (
    DESCRIPTION,
    FACTS,
    FIGURES,
    INDICATORS,
    REPORTS_FOLDER,
    SUFFIX,
    open_container,
    write_container,
)
from akimat_desk.exchange.contents.contents import Contents, contents_of
from akimat_desk.exchange.facts import description, facts_csv, indicators_csv
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.manifest import Manifest, Member, Period
from akimat_desk.exchange.tables import SentPackage
from akimat_desk.exchange.verify import verify
from akimat_desk.places.service import UnitView, unit_by_id
from akimat_desk.reports.registry import DocLanguage, build
from akimat_desk.reports.render import render
from akimat_desk.storage.attachments import attachment, keep_attachment
from akimat_desk.storage.journal import head
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

#: Says that a workspace is for learning: its packages never enter a live one.
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a package would hold: looked at before anything is made.

    ``changed`` is what differs from the package sent last for this period; None when it is the first.
    """

    unit: UnitView
    period: Period
    contents: Contents
    findings: tuple[Finding, ...]
    changed: tuple[ChangedFigure, ...] | None


@dataclass(frozen=True, slots=True)
class Written:
    """A package as made. ``again`` says that nothing changed since: it is the same file as before."""

    sequence: int
    name: str
    data: bytes
    sha256: str
    prepared: Prepared
    again: bool


def prepare(
    session: Session, unit_id: int, period: Period, workspace: str, today: dt.date | None = None
) -> Prepared:
    """What is to be sent for a period. Raises UsageProblem: no KATO code, nothing confirmed.

    ``today`` tells which tasks are late (the present day by default).
    """
    unit = unit_by_id(session, unit_id)
    if not unit.kato:
        raise UsageProblem("error.exchange.no_kato", unit=unit.name)
    contents = contents_of(session, unit_id, period, workspace, today or dt.date.today())
    if not contents:
        raise UsageProblem("error.exchange.nothing_to_send", year=period.year)
    newest = contents.decisions[-1].edition if contents.decisions else None
    sums = newest.balance_findings(unit.name.kk or unit.name.ru) if newest else []
    months = [form.month for form in contents.forms]
    control = unit_control_findings(session, unit_id, period.year, max(months, default=None))
    findings = tuple(by_weight((*sums, *control)))
    before = _last_sent(session, unit_id, period)
    changed = None
    if before is not None:
        sent = verify(attachment(session, before.attachment_id)[1], f"{before.sequence}{SUFFIX}")
        was = sent.decisions[-1].edition if sent.decisions else None
        budget = changed_figures(was, newest) if newest is not None else ()
        changed = (*budget, *changed_contents(sent.contents, contents))
    return Prepared(unit, period, contents, findings, changed)


def write_package(
    workspace: Workspace, actor: Actor, unit_id: int, period: Period, key: OfficeKey, to: str | None = None
) -> Written:
    """Make the package of a period, or give the one sent last again where nothing changed since.

    Raises UsageProblem as :func:`prepare`.
    """
    uuid = workspace.uuid
    with workspace.reading() as session:
        prepared = prepare(session, unit_id, period, uuid)
        before = _last_sent(session, unit_id, period)
        if before is not None and before.addressee == to:
            data = attachment(session, before.attachment_id)[1]
            same = open_container(data, _file_name(prepared.unit, period, before.sequence))
            figures = Member.of(FIGURES, _figures(prepared))
            if same.manifest.member(FIGURES) == figures and same.manifest.key == key.public:
                return Written(before.sequence, same.name, data, before.sha256, prepared, again=True)
        members = _members(session, prepared)
        practice = bool(get_setting(session, PRACTICE, False))
    with workspace.changing(actor, "package.written", period=str(period), to=to) as change:
        session = change.session
        last = session.scalars(
            select(SentPackage).where(SentPackage.unit_id == unit_id).order_by(SentPackage.sequence.desc())
        ).first()
        sequence = last.sequence + 1 if last else 1
        made_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
        manifest = Manifest(
            unit_kato=prepared.unit.kato or "",
            unit_kind=prepared.unit.kind.value,
            unit_name_kk=prepared.unit.name.kk,
            unit_name_ru=prepared.unit.name.ru,
            addressee=to,
            period=period,
            sequence=sequence,
            previous=last.sha256 if last else None,
            classification=pack_for(period.year).edition,
            practice=practice,
            journal=head(session),
            workspace=uuid,
            program=f"akimat-desk {__version__}",
            made_at=made_at,
            key=key.public,
            members=tuple(Member.of(name, content) for name, content in sorted(members.items())),
        )
        data = write_container(manifest, key.sign(manifest.to_bytes()), members)
        name = _file_name(prepared.unit, period, sequence)
        kept = SentPackage(
            unit_id=unit_id,
            sequence=sequence,
            year=period.year,
            month=period.month,
            addressee=to,
            sha256=hashlib.sha256(data).hexdigest(),
            attachment_id=keep_attachment(change, name, data),
            made_at=made_at,
        )
        session.add(kept)
        session.flush()
        change.fields.update(sequence=sequence, sha256=kept.sha256)
        change.touch("package_sent", kept.id)
    return Written(sequence, name, data, kept.sha256, prepared, again=False)


def sent_again(session: Session, unit_id: int, sequence: int) -> tuple[str, bytes]:
    """Package number ``sequence`` of a unit: its name and the very bytes. Raises UsageProblem."""
    row = session.scalar(
        select(SentPackage).where(SentPackage.unit_id == unit_id, SentPackage.sequence == sequence)
    )
    if row is None:
        raise UsageProblem("error.exchange.no_such_number", number=sequence)
    kept, data = attachment(session, row.attachment_id)
    return kept.name, data


def _last_sent(session: Session, unit_id: int, period: Period) -> SentPackage | None:
    return session.scalars(
        select(SentPackage)
        .where(
            SentPackage.unit_id == unit_id,
            SentPackage.year == period.year,
            SentPackage.month.is_(None) if period.month is None else SentPackage.month == period.month,
        )
        .order_by(SentPackage.sequence.desc())
    ).first()


def _figures(prepared: Prepared) -> bytes:
    return prepared.contents.to_json(prepared.unit.kato or "", prepared.period)


def _members(session: Session, prepared: Prepared) -> Mapping[str, bytes]:
    unit, period, contents = prepared.unit, prepared.period, prepared.contents
    kato = unit.kato or ""
    return {
        FIGURES: _figures(prepared),
        FACTS: facts_csv(kato, period, contents.facts()),
        INDICATORS: indicators_csv(kato, period, contents.indicators()),
        DESCRIPTION: description(kato, unit.name.kk or unit.name.ru, period),
        **_reports(session, prepared),
    }


def _reports(session: Session, prepared: Prepared) -> dict[str, bytes]:
    """What people look at: the annexes of the edition that answers now, execution, the plan, the ratio,
    meetings; each in both languages."""
    contents, period = prepared.contents, prepared.period
    year = period.year
    wanted: list[tuple[str, str, int, dict[str, int]]] = []
    newest = contents.decisions[-1] if contents.decisions else None
    if newest is not None and any(each.lines for each in newest.edition.years.values()):
        first = newest.edition.first_year
        wanted.append(("annex", f"annexes_{DecisionKind(newest.kind).value}_{first}", first, {}))
    if contents.forms:
        month = max(form.month for form in contents.forms)
        wanted.append(("execution", f"execution_{year}-{month:02d}", year, {"month": month}))
    if any(plan.kind == PlanKind.PLAN for plan in contents.plans):
        wanted.append(("plan_consolidated", f"plan_{year}", year, {}))
    if contents.meetings:
        wanted.append(("meetings", f"meetings_{year}", year, {}))
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for report, title, of_year, options in wanted:
            for language in (DocLanguage.KK, DocLanguage.RU):
                documents = build(report, session, prepared.unit.id, of_year, language, **options)
                for file_format in ("pdf", "xlsx"):
                    name = f"{title}_{language.value}.{file_format}"
                    out = render(documents, file_format, Path(folder, name))
                    made[REPORTS_FOLDER + name] = out.read_bytes()
    return made


def _file_name(unit: UnitView, period: Period, sequence: int) -> str:
    return f"{unit.kato}_{period}_{sequence:04d}{SUFFIX}"
