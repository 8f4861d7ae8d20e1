"""``package``: write, verify, receive, answer, take a receipt in, list, and the keys."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from akimat_desk.cli.output import DONE, NOT_DONE, Output
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError, UsageProblem
from akimat_desk.core.files import store_bytes
from akimat_desk.core.findings import has_errors
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.exchange import ledger
from akimat_desk.exchange.changed import ChangedFigure
from akimat_desk.exchange.container import read_path
from akimat_desk.exchange.inbox import Outcome, write_refusals
from akimat_desk.exchange.key_change import change_key, replace_lost_key, take_key_change
from akimat_desk.exchange.keys import PASSPHRASE_VARIABLE, OfficeKey, office_key
from akimat_desk.exchange.letters import key_page
from akimat_desk.exchange.manifest import Manifest, Period
from akimat_desk.exchange.receipts import SUFFIX as RECEIPT_SUFFIX
from akimat_desk.exchange.receipts import PackageState, take_receipt
from akimat_desk.exchange.receiving import answer as give_answer
from akimat_desk.exchange.receiving import confirm_key, register_key
from akimat_desk.exchange.receiving import receive as take_in
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.exchange.sending import sent_again, write_package
from akimat_desk.exchange.verify import verify as verify_package
from akimat_desk.exchange.words import amounts_written, figure_name
from akimat_desk.places.kato import is_kato
from akimat_desk.places.service import UnitKind, UnitView, unit_by_id, units
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

#: The pass phrase of a key that is made in place of another.
NEW_PASSPHRASE_VARIABLE = "AKIMAT_DESK_NEW_PASSPHRASE"


def write(arguments: argparse.Namespace, output: Output) -> int:
    """One sealed file for a unit and period."""
    if arguments.to is not None and not is_kato(arguments.to):
        raise UsageProblem("error.exchange.bad_addressee", written=arguments.to)
    period = _period(arguments)
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            if arguments.number is not None:
                _, data = sent_again(session, unit.id, arguments.number)
                store_bytes(arguments.out, data)
                output.json({"package": str(arguments.out), "sequence": arguments.number, "again": True})
                output.say("cli.package.again", path=str(arguments.out), sequence=arguments.number)
                return DONE
        key = _key(unit, output)
        written = write_package(workspace, DEFAULT_ACTOR, unit.id, period, key, arguments.to)
    store_bytes(arguments.out, written.data)
    prepared = written.prepared
    output.json(
        {
            "package": str(arguments.out),
            "unit": unit.kato,
            "period": _period_json(period),
            "sequence": written.sequence,
            "sha256": written.sha256,
            "key": key.public.fingerprint,
            "again": written.again,
            "documents": len(prepared.contents.refs),
            "changed": None if prepared.changed is None else [each.as_json() for each in prepared.changed],
            "findings": [finding.as_json(output.language) for finding in prepared.findings],
        }
    )
    done = "cli.package.again" if written.again else "cli.package.written"
    output.say(done, path=str(arguments.out), sequence=written.sequence)
    _changes(prepared.changed, output)
    return output.findings(prepared.findings)


def verify(arguments: argparse.Namespace, output: Output) -> int:
    """Judge packages; nothing is stored."""
    results: list[dict[str, object]] = []
    status = DONE
    for path in arguments.files:
        try:
            verified = verify_package(read_path(path), path.name)
        except AkimatError as problem:
            status = NOT_DONE
            print(problem.text(output.language), file=sys.stderr)
            results.append(_refused(path, problem, output.language))
            continue
        findings = list(verified.findings)
        results.append(
            {
                "file": str(path),
                "accepted": True,
                **_manifest_json(verified.manifest),
                "sha256": verified.sealed.sha256,
                "documents": len(verified.decisions),
                "findings": [finding.as_json(output.language) for finding in findings],
            }
        )
        output.say("cli.package.verified", **_said(path, verified.manifest, output.language))
        status = max(status, output.findings(findings))
    output.json({"packages": results})
    return status


def receive(arguments: argparse.Namespace, output: Output) -> int:
    """Take packages in; each one whole or not at all."""
    results: list[dict[str, object]] = []
    refusals: list[Outcome] = []
    status = DONE
    with Workspace.open(arguments.workspace) as workspace:
        for path in _files(arguments.files):
            try:
                taken = take_in(workspace, DEFAULT_ACTOR, read_path(path), path.name)
            except AkimatError as problem:
                status = NOT_DONE
                print(problem.text(output.language), file=sys.stderr)
                results.append(_refused(path, problem, output.language))
                refusals.append(Outcome(path, problem=problem))
                continue
            results.append(
                {
                    "file": str(path),
                    "accepted": True,
                    **_manifest_json(taken.manifest),
                    "id": taken.package_id,
                    "state": taken.state.value,
                    "changed": None if taken.changed is None else [each.as_json() for each in taken.changed],
                    "findings": [finding.as_json(output.language) for finding in taken.findings],
                }
            )
            output.say("cli.package.received", **_said(path, taken.manifest, output.language))
            _changes(taken.changed, output)
            output.findings(taken.findings)
            status = max(status, 1 if has_errors(taken.findings) else DONE)
    if arguments.refusals is not None:
        write_refusals(refusals, arguments.refusals)
    output.json({"packages": results})
    return status


def answer(arguments: argparse.Namespace, output: Output) -> int:
    """Accept or return a received package and write the receipt."""
    state = PackageState(arguments.state)
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            above = [u for u in units(session) if u.kind in (UnitKind.RAION, UnitKind.OBLAST)]
        if not above:
            raise UsageProblem("error.exchange.nobody_above")
        key = _key(above[0], output)
        receipt, data = give_answer(workspace, DEFAULT_ACTOR, arguments.package, state, key, arguments.reason)
    out = arguments.out or Path(f"{receipt.unit}_{receipt.period}_{receipt.sequence:04d}{RECEIPT_SUFFIX}")
    store_bytes(out, data)
    output.json({"receipt": str(out), "state": state.value, "package": receipt.package})
    output.say("cli.package.answered", path=str(out), state=_state(state, output.language))
    return DONE


def receipt(arguments: argparse.Namespace, output: Output) -> int:
    """Take a receipt in."""
    with Workspace.open(arguments.workspace) as workspace:
        found, sequence = take_receipt(
            workspace, DEFAULT_ACTOR, read_path(arguments.receipt), arguments.receipt.name
        )
    output.json(
        {
            "sequence": sequence,
            "state": found.state.value,
            "at": found.at.isoformat(),
            "note": found.note,
            "key": found.key.fingerprint,
        }
    )
    output.say(
        "cli.package.receipt",
        sequence=sequence,
        state=_state(found.state, output.language),
        note=found.note or "—",
        fingerprint=found.key.fingerprint,
    )
    return DONE


def packages(arguments: argparse.Namespace, output: Output) -> int:
    """What was sent, what came, and the board."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        sent = ledger.sent(session)
        came = ledger.received(session)
        names = {unit.id: unit_by_id(session, unit.id) for unit in units(session)}
    output.json(
        {
            "sent": [
                {
                    "unit": names[each.unit_id].kato,
                    "sequence": each.sequence,
                    "period": _period_json(each.period),
                    "addressee": each.addressee,
                    "sha256": each.sha256,
                    "answer": each.answer or None,
                    "note": each.answer_note,
                }
                for each in sent
            ],
            "received": [
                {
                    "id": each.id,
                    "unit": names[each.unit_id].kato,
                    "sequence": each.sequence,
                    "period": _period_json(each.period),
                    "sha256": each.sha256,
                    "state": each.state.value,
                    "errors": each.errors,
                    "steps": [
                        {"state": step.state.value, "at": step.at.isoformat(), "note": step.note}
                        for step in each.steps
                    ],
                }
                for each in came
            ],
        }
    )
    for package in sent:
        state = text(f"exchange.state.{package.answer or 'unanswered'}", output.language)
        name = names[package.unit_id].name.text(output.language)
        output.line(f"→ {package.sequence:>4}  {package.period}  {name}  {state}  {package.answer_note}")
    for each in came:
        name = names[each.unit_id].name.text(output.language)
        output.line(
            f"← {each.id:>4}  {each.period}  № {each.sequence}  {name}  {_state(each.state, output.language)}"
        )
    if not sent and not came:
        output.say("cli.package.none")
    return DONE


def key(arguments: argparse.Namespace, output: Output) -> int:
    """The office's own key (shown, printed, changed, replaced), or a unit's key put on file or confirmed."""
    own = arguments.action in ("show", "page", "change", "lost")
    with Workspace.open(arguments.workspace, read_only=own) as workspace:
        if own:
            public = _own_key(workspace, arguments, output)
        elif arguments.action == "take":
            path = Path(arguments.public)
            public = take_key_change(workspace, DEFAULT_ACTOR, read_path(path), path.name).new
        else:
            kato = getattr(arguments, "unit", None)
            if kato is None:
                raise UsageProblem("error.exchange.which_unit")
            if arguments.action == "confirm":
                public = confirm_key(workspace, DEFAULT_ACTOR, kato)
            else:
                public = _public(arguments.public)
                register_key(workspace, DEFAULT_ACTOR, kato, public)
    words = {language.value: public.words(language) for language in (Language.KK, Language.RU)}
    output.json({"key": public.text, "fingerprint": public.fingerprint, "words": words})
    output.say("cli.package.key", public=public.text, fingerprint=public.fingerprint, **words)
    return DONE


def _own_key(workspace: Workspace, arguments: argparse.Namespace, output: Output) -> PublicKey:
    """Show, print, change or replace the office's own key; the new pass phrase is in the environment."""
    with workspace.reading() as session:
        above = [u for u in units(session) if u.kind in (UnitKind.RAION, UnitKind.OBLAST)]
        unit = above[0] if above else chosen_unit(session, arguments, output.language)
    kato, out = unit.kato or "", arguments.out
    if arguments.action != "show" and out is None:
        raise UsageProblem("error.exchange.out_needed")
    phrase = os.environ.get(NEW_PASSPHRASE_VARIABLE) or None
    if arguments.action == "lost":
        public = replace_lost_key(kato, phrase).public
    else:
        mine = _key(unit, output)
        public = mine.public
    if arguments.action == "change":
        made, data = change_key(kato, mine, phrase)
        store_bytes(out, data)
        output.say("cli.package.key_changed", path=str(out))
        public = made.public
    elif arguments.action in ("page", "lost"):
        with workspace.reading() as session:
            page = key_page(session, unit, public, dates.today())
        render([page], "pdf", out)
        output.say("cli.package.key_lost" if arguments.action == "lost" else "cli.report.done", path=str(out))
    return public


# --- inside -------------------------------------------------------------------------------------------


def _key(unit: UnitView, output: Output) -> OfficeKey:
    if not unit.kato:
        raise UsageProblem("error.exchange.no_kato", unit=unit.name)
    found = office_key(unit.kato)
    if found.made:
        key = "cli.package.key_made" if found.is_protected else "cli.package.key_made_open"
        print(
            text(key, output.language, path=str(found.path), fingerprint=found.public.fingerprint,
                 variable=PASSPHRASE_VARIABLE),
            file=sys.stderr,
        )  # fmt: skip
    return found


def _public(written: str) -> PublicKey:
    try:
        return PublicKey.from_text(written)
    except ValueError as error:
        raise UsageProblem("error.exchange.bad_key") from error


def _period(arguments: argparse.Namespace) -> Period:
    month = arguments.month
    if month is not None and not 1 <= month <= 12:
        raise UsageProblem("error.exchange.bad_month", written=month)
    return Period(arguments.year, month)


def _period_json(period: Period) -> dict[str, object]:
    return {"year": period.year, "month": period.month}


def _manifest_json(manifest: Manifest) -> dict[str, object]:
    return {
        "unit": manifest.unit_kato,
        "addressee": manifest.addressee,
        "period": _period_json(manifest.period),
        "sequence": manifest.sequence,
        "practice": manifest.practice,
        "key": manifest.key.fingerprint,
    }


def _said(path: Path, manifest: Manifest, language: Language) -> dict[str, object]:
    name = manifest.unit_name_ru if language is Language.RU else manifest.unit_name_kk
    return {
        "path": path.name,
        "unit": name or manifest.unit_name_kk or manifest.unit_name_ru or manifest.unit_kato,
        "period": str(manifest.period),
        "sequence": manifest.sequence,
    }


def _refused(path: Path, problem: AkimatError, language: Language) -> dict[str, object]:
    code = problem.message.key.removeprefix("error.")
    return {"file": str(path), "accepted": False, "code": code, "reason": problem.text(language)}


def _changes(changed: tuple[ChangedFigure, ...] | None, output: Output) -> None:
    if changed is None:
        return
    if not changed:
        output.say("cli.package.same_figures")
        return
    output.say("cli.package.changed", count=len(changed))
    for each in changed:
        what = figure_name(each, output.language)
        before, after = amounts_written(each)
        code = each.code if each.is_money else ""
        output.line(f"  {each.year or '':<4}  {code:<16} {what}: {before} → {after}")


def _state(state: PackageState, language: Language) -> str:
    return text(f"exchange.state.{state.value}", language)


def _files(given: list[Path]) -> list[Path]:
    """Files as given; of a folder (an inbox) the packages in it, in the order of their names."""
    found: list[Path] = []
    for path in given:
        found += sorted(path.glob("*.akpack")) if path.is_dir() else [path]
    return found
