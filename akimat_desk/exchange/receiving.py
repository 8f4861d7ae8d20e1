"""Taking a package in: judged whole before anything is stored, stored in one transaction, answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.documents import confirmed_documents
from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.changed import ChangedFigure, changed_contents, changed_figures
from akimat_desk.exchange.container import SUFFIX
from akimat_desk.exchange.contents.decisions import TravellingDecision, store_decision_again, stored_edition
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.manifest import Manifest, Period
from akimat_desk.exchange.papers import store_papers, store_statements
from akimat_desk.exchange.receipts import PackageState, Receipt, seal_receipt
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.exchange.sending import PRACTICE
from akimat_desk.exchange.tables import KnownKey, PackageDocument, PackageStep, ReceivedPackage
from akimat_desk.exchange.verify import Verified, verify
from akimat_desk.places.kato import Level, level_of
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import UnitView, add_unit, unit_by_id, units
from akimat_desk.storage.attachments import attachment, keep_attachment
from akimat_desk.storage.changes import Change
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

_PREFIX = {Level.OBLAST: 2, Level.RAION: 4, Level.OKRUG: 6, Level.VILLAGE: 9}


@dataclass(frozen=True, slots=True)
class Received:
    """A package that was taken in. ``changed`` compares it with what was known of the unit's budget of
    that year before; None where nothing was."""

    package_id: int
    unit: UnitView
    manifest: Manifest
    state: PackageState
    changed: tuple[ChangedFigure, ...] | None
    findings: tuple[Finding, ...]


def receive(workspace: Workspace, actor: Actor, data: bytes, name: str) -> Received:
    """Verify a package and take it in.

    Raises InputRefused with its own reason: everything :func:`verify` refuses; a practice package in a
    live workspace and the other way round; another addressee; a sender that is not below; the key of
    somebody else; a package taken in already; an older number; another package before it than the one
    that came; a confirmed document that is no longer what it was. Nothing is stored then.
    """
    verified = verify(data, name)
    manifest = verified.manifest
    with workspace.changing(actor, "package.received", unit=manifest.unit_kato) as change:
        session = change.session
        _same_kind_of_workspace(session, manifest, name)
        top = receiver(session)
        _for_us(top, manifest, name)
        unit = _unit(change, top, manifest)
        findings = list(verified.findings)
        findings += _known_sender(session, manifest, name)
        findings += _in_its_turn(session, unit.id, verified, name)
        changed = _changed(session, unit.id, verified)
        kept = ReceivedPackage(
            unit_id=unit.id,
            sequence=manifest.sequence,
            year=manifest.period.year,
            month=manifest.period.month,
            sha256=verified.sealed.sha256,
            attachment_id=keep_attachment(change, _kept_name(manifest), data),
            journal_row=manifest.journal[0],
            journal_hash=manifest.journal[1],
            errors=sum(finding.severity is Severity.ERROR for finding in verified.findings),
        )
        session.add(kept)
        session.flush()
        _store_documents(change, kept.id, unit.id, verified.decisions, name)
        store_papers(change, kept.id, unit.id, verified.contents, manifest, name)
        store_statements(change, kept.id, verified.contents)
        # Everything that a machine can judge was judged: what remains is a person's word.
        state = PackageState.CHECKED if not kept.errors else PackageState.RECEIVED
        _step(change, kept.id, state)
        change.fields.update(period=str(manifest.period), sequence=manifest.sequence, sha256=kept.sha256)
        change.touch("package_received", kept.id)
    return Received(kept.id, unit, manifest, state, changed, tuple(findings))


def answer(
    workspace: Workspace, actor: Actor, package_id: int, state: PackageState, key: OfficeKey, note: str = ""
) -> tuple[Receipt, bytes]:
    """Say what becomes of a received package; returns the receipt and its file.

    Raises UsageProblem: no such package, a return without a reason, a state that is no answer.
    """
    if state is PackageState.MISSING:
        raise UsageProblem("error.exchange.no_such_package", number=package_id)
    if state is PackageState.RETURNED and not note.strip():
        raise UsageProblem("error.exchange.reason_needed")
    with workspace.changing(actor, f"package.{state.value}") as change:
        row = change.session.get(ReceivedPackage, package_id)
        if row is None:
            raise UsageProblem("error.exchange.no_such_package", number=package_id)
        at = _step(change, package_id, state, note.strip())
        top = receiver(change.session)
        receipt = Receipt(
            package=row.sha256,
            unit=unit_by_id(change.session, row.unit_id).kato or "",
            by=top.kato or "",
            period=Period(row.year, row.month),
            sequence=row.sequence,
            state=state,
            at=at,
            note=note.strip(),
            key=key.public,
        )
        change.fields.update(package=row.sha256)
        change.touch("package_received", package_id)
    return receipt, seal_receipt(receipt, key)


def confirm_key(workspace: Workspace, actor: Actor, kato: str) -> PublicKey:
    """Note that a person compared the fingerprint of a unit's key with the printed page.

    Raises UsageProblem when no key of this unit is known.
    """
    with workspace.changing(actor, "package.key_confirmed", unit=kato) as change:
        row = key_in_use(change.session, kato)
        if row is None:
            raise UsageProblem("error.exchange.no_key", kato=kato)
        row.confirmed_at = dt.datetime.now(dt.UTC)
        row.confirmed_by = actor.name
        change.touch("package_key", row.id)
        return PublicKey.from_text(row.key)


def register_key(workspace: Workspace, actor: Actor, kato: str, key: PublicKey) -> None:
    """Put a unit's key on file from its printed page, in place of the one known; it counts as confirmed."""
    with workspace.changing(actor, "package.key_registered", unit=kato) as change:
        now = dt.datetime.now(dt.UTC)
        known = key_in_use(change.session, kato)
        if known is not None and known.key != key.text:
            known.until = now
        if known is None or known.key != key.text:
            known = KnownKey(kato=kato, key=key.text, since=now)
            change.session.add(known)
        known.confirmed_at = now
        known.confirmed_by = actor.name
        change.session.flush()
        change.touch("package_key", known.id)


# --- inside -------------------------------------------------------------------------------------------


def _same_kind_of_workspace(session: Session, manifest: Manifest, name: str) -> None:
    practice = bool(get_setting(session, PRACTICE, False))
    if manifest.practice and not practice:
        raise InputRefused("error.exchange.practice", name=name)
    if practice and not manifest.practice:
        raise InputRefused("error.exchange.live_into_practice", name=name)


def receiver(session: Session) -> UnitView:
    """The office that takes packages in: the highest unit of the workspace. Raises UsageProblem."""
    above = [unit for unit in units(session) if unit.kind in (UnitKind.RAION, UnitKind.OBLAST)]
    top = next((unit for unit in above if unit.kind is UnitKind.OBLAST), above[0] if above else None)
    if top is None:
        raise UsageProblem("error.exchange.nobody_above")
    return top


def _for_us(top: UnitView, manifest: Manifest, name: str) -> None:
    if manifest.addressee is not None and top.kato and manifest.addressee != top.kato:
        raise InputRefused("error.exchange.other_addressee", name=name, to=manifest.addressee, us=top.kato)
    if top.kato:
        own = top.kato[: _PREFIX[level_of(top.kato)]]
        if not manifest.unit_kato.startswith(own) or manifest.unit_kato == top.kato:
            raise InputRefused(
                "error.exchange.not_below", name=name, unit=manifest.unit_kato, us=top.name, kato=top.kato
            )


def _unit(change: Change, top: UnitView, manifest: Manifest) -> UnitView:
    known = next((unit for unit in units(change.session) if unit.kato == manifest.unit_kato), None)
    if known is not None:
        return known
    return add_unit(
        change,
        kind=UnitKind(manifest.unit_kind),
        name=Trilingual(kk=manifest.unit_name_kk, ru=manifest.unit_name_ru),
        kato=manifest.unit_kato,
        parent_id=top.id,
    )


def key_in_use(session: Session, kato: str) -> KnownKey | None:
    """The key by which a unit's packages are known now."""
    return session.scalar(select(KnownKey).where(KnownKey.kato == kato, KnownKey.until.is_(None)))


def _known_sender(session: Session, manifest: Manifest, name: str) -> list[Finding]:
    """The key that this unit always used. The first one is taken on trust, and said to be so."""
    known = key_in_use(session, manifest.unit_kato)
    if known is None:
        session.add(KnownKey(kato=manifest.unit_kato, key=manifest.key.text, since=dt.datetime.now(dt.UTC)))
    elif known.key != manifest.key.text:
        raise InputRefused(
            "error.exchange.foreign_key",
            name=name,
            theirs=manifest.key.fingerprint,
            known=PublicKey.from_text(known.key).fingerprint,
        )
    if known is not None and known.confirmed_at is not None:
        return []
    fields = {"unit": manifest.unit_kato, "fingerprint": manifest.key.fingerprint}
    return [Finding("exchange.key_unconfirmed", Severity.WARNING, fields)]


def _in_its_turn(session: Session, unit_id: int, verified: Verified, name: str) -> list[Finding]:
    manifest = verified.manifest
    came = session.scalars(
        select(ReceivedPackage)
        .where(ReceivedPackage.unit_id == unit_id)
        .order_by(ReceivedPackage.sequence.desc())
    ).all()
    if any(row.sha256 == verified.sealed.sha256 for row in came):
        raise InputRefused("error.exchange.replay", name=name, sequence=manifest.sequence)
    last = came[0] if came else None
    if last is None:
        return []
    if manifest.sequence <= last.sequence:
        raise InputRefused("error.exchange.older", name=name, sequence=manifest.sequence, last=last.sequence)
    if manifest.sequence == last.sequence + 1:
        if manifest.previous != last.sha256:
            raise InputRefused("error.exchange.chain", name=name, sequence=manifest.sequence)
        return []
    fields = {"last": last.sequence, "sequence": manifest.sequence}
    return [Finding("exchange.gap", Severity.WARNING, fields)]


def _known_before(session: Session, unit_id: int, manifest: Manifest) -> Edition | None:
    there = [d for d in confirmed_documents(session, unit_id) if d.first_year == manifest.period.year]
    return stored_edition(session, there[-1].id) if there else None


def _changed(session: Session, unit_id: int, verified: Verified) -> tuple[ChangedFigure, ...] | None:
    """Beside what is known of the unit's budget, and beside the package of this year that came last."""
    manifest = verified.manifest
    before = _known_before(session, unit_id, manifest)
    newest = verified.decisions[-1].edition if verified.decisions else None
    budget = changed_figures(before, newest) if before is not None and newest is not None else None
    last = session.scalars(
        select(ReceivedPackage)
        .where(ReceivedPackage.unit_id == unit_id, ReceivedPackage.year == manifest.period.year)
        .order_by(ReceivedPackage.sequence.desc())
    ).first()
    if last is None:
        return budget
    sent = verify(attachment(session, last.attachment_id)[1], _kept_name(manifest))
    same = last.month == manifest.period.month
    others = changed_contents(sent.contents, verified.contents, None if same else last.month or 12)
    return (*(budget or ()), *others)


def _store_documents(
    change: Change, package_id: int, unit_id: int, decisions: tuple[TravellingDecision, ...], name: str
) -> None:
    """Keep what is new. What came before must be what it was; what the raion had read itself is met again."""
    session = change.session
    refs = [decision.ref for decision in decisions]
    rows = session.scalars(select(PackageDocument).where(PackageDocument.ref.in_(refs)))
    known = {row.ref: row.document_id for row in rows}
    for decision in decisions:
        there = known.get(decision.ref)
        if there is not None:
            if changed_figures(stored_edition(session, there), decision.edition):
                raise InputRefused(
                    "error.exchange.document_changed", name=name, number=decision.number or decision.ref
                )
            continue
        document_id = _read_here(session, unit_id, decision)
        if document_id is None:
            document_id = store_decision_again(change, decision, unit_id, known)
        known[decision.ref] = document_id
        session.add(PackageDocument(ref=decision.ref, package_id=package_id, document_id=document_id))


def _read_here(session: Session, unit_id: int, decision: TravellingDecision) -> int | None:
    """The same paper, taken in here by somebody before the package came."""
    for document in confirmed_documents(session, unit_id):
        paper = (document.kind, document.first_year, document.number, document.date)
        if paper == (decision.kind, decision.edition.first_year, decision.number, decision.date) and not (
            changed_figures(stored_edition(session, document.id), decision.edition)
        ):
            return document.id
    return None


def _step(change: Change, package_id: int, state: PackageState, note: str = "") -> dt.datetime:
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    change.session.add(
        PackageStep(package_id=package_id, state=state.value, at=at, by=change.actor.name, note=note)
    )
    return at


def _kept_name(manifest: Manifest) -> str:
    return f"{manifest.unit_kato}_{manifest.period}_{manifest.sequence:04d}{SUFFIX}"
