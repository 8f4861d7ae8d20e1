"""Packages: what the pages "Send" and "Receive" ask of the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.core.progress import Task
from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.core.strings import Message
    from akimat_desk.exchange.changed import ChangedFigure
    from akimat_desk.exchange.inbox import Outcome
    from akimat_desk.exchange.keys import OfficeKey
    from akimat_desk.exchange.ledger import BoardRow, ReceivedView, SentView
    from akimat_desk.exchange.manifest import Period
    from akimat_desk.exchange.receipts import PackageState, Receipt
    from akimat_desk.exchange.seal import PublicKey
    from akimat_desk.exchange.sending import Prepared, Written
    from akimat_desk.places.service import UnitView
    from akimat_desk.reports.document import ReportDocument


@dataclass(frozen=True, slots=True)
class Sending:
    """What the page "Send" shows. ``prepared`` is None where there is nothing to send; ``why`` says so."""

    unit: UnitView
    period: Period
    prepared: Prepared | None
    why: Message | None
    sent: tuple[SentView, ...]


@dataclass(frozen=True, slots=True)
class Receiving:
    """What the page "Receive" shows. ``owner`` is None where no office above is in the file."""

    owner: UnitView | None
    years: tuple[int, ...]
    board: tuple[BoardRow, ...]
    packages: tuple[ReceivedView, ...]
    units: dict[int, UnitView]


class ExchangeDesk(AreaDesk):
    """Questions and changes about packages."""

    def sending(self, unit_id: int, period: Period) -> Sending:
        """What would be sent now, and what was."""
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.exchange.ledger import sent
        from akimat_desk.exchange.sending import prepare
        from akimat_desk.places.service import unit_by_id

        with self.workspace.reading() as session:
            unit, there = unit_by_id(session, unit_id), tuple(sent(session, unit_id))
            try:
                prepared = prepare(session, unit_id, period, self.workspace.uuid)
            except UsageProblem as problem:
                return Sending(unit, period, None, problem.message, there)
            return Sending(unit, period, prepared, None, there)

    def key(self, kato: str, phrase: str, folder: Path | None = None) -> OfficeKey:
        """The office's key, made at first use. Raises UsageProblem for a wrong phrase."""
        from akimat_desk.exchange.keys import office_key

        return office_key(kato, phrase, folder)

    def write(self, unit_id: int, period: Period, key: OfficeKey, to: str | None) -> Written:
        """Make the package, or give the last one again where nothing changed."""
        from akimat_desk.exchange.sending import write_package

        return write_package(self.workspace, self.actor, unit_id, period, key, to)

    def again(self, unit_id: int, sequence: int) -> tuple[str, bytes]:
        """The very file of a number that was sent."""
        from akimat_desk.exchange.sending import sent_again

        with self.workspace.reading() as session:
            return sent_again(session, unit_id, sequence)

    def take_receipt(self, path: Path) -> tuple[Receipt, int]:
        """Take an answer in. Raises InputRefused, UsageProblem."""
        from akimat_desk.exchange.container import read_path
        from akimat_desk.exchange.receipts import take_receipt

        return take_receipt(self.workspace, self.actor, read_path(path), path.name)

    def key_page(self, unit_id: int, key: PublicKey, day: dt.date) -> list[ReportDocument]:
        """The page with the public half."""
        from akimat_desk.exchange.letters import key_page
        from akimat_desk.places.service import unit_by_id

        with self.workspace.reading() as session:
            return [key_page(session, unit_by_id(session, unit_id), key, day)]

    # -- receiving ------------------------------------------------------------------------------

    def receiving(self) -> Receiving:
        """The board and every package that came."""
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.exchange.ledger import board, received
        from akimat_desk.exchange.receiving import receiver
        from akimat_desk.places.service import units

        with self.workspace.reading() as session:
            try:
                owner = receiver(session)
            except UsageProblem:
                owner = None
            rows, packages = tuple(board(session)), tuple(received(session))
            known = {unit.id: unit for unit in units(session)}
        years = sorted({package.period.year for package in packages} | {dt.date.today().year}, reverse=True)
        return Receiving(owner, tuple(years), rows, packages, known)

    def take_in(self, paths: Sequence[Path], task: Task) -> list[Outcome]:
        """Take files in, one after the other."""
        from akimat_desk.exchange.inbox import take_in_files

        return take_in_files(self.workspace, self.actor, paths, task)

    def waiting(self, folder: Path, refused: Sequence[str]) -> list[Path]:
        """The packages of the inbox that are new."""
        from akimat_desk.exchange.inbox import waiting

        with self.workspace.reading() as session:
            return waiting(session, folder, refused)

    def answer(
        self, package_id: int, state: PackageState, key: OfficeKey, note: str
    ) -> tuple[Receipt, bytes]:
        """Accept or return a package; gives the receipt's file."""
        from akimat_desk.exchange.receiving import answer

        return answer(self.workspace, self.actor, package_id, state, key, note)

    def confirm_key(self, kato: str) -> PublicKey:
        """A person compared the fingerprint with the printed page."""
        from akimat_desk.exchange.receiving import confirm_key

        return confirm_key(self.workspace, self.actor, kato)

    def change_key(self, kato: str, old: OfficeKey, phrase: str) -> tuple[OfficeKey, bytes]:
        """A new key, and the file signed by both that goes upward."""
        from akimat_desk.exchange.key_change import change_key

        return change_key(kato, old, phrase)

    def replace_lost_key(self, kato: str, phrase: str) -> OfficeKey:
        """A new key in place of one that is lost."""
        from akimat_desk.exchange.key_change import replace_lost_key

        return replace_lost_key(kato, phrase)

    def register_key(self, kato: str, written: str) -> PublicKey:
        """Put a unit's key on file from its page. Raises UsageProblem for what is no key."""
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.exchange.receiving import register_key
        from akimat_desk.exchange.seal import PublicKey

        try:
            key = PublicKey.from_text(written)
        except ValueError as error:
            raise UsageProblem("error.exchange.bad_key") from error
        register_key(self.workspace, self.actor, kato, key)
        return key

    def known_key(self, kato: str) -> PublicKey | None:
        """The key in use of a unit."""
        from akimat_desk.exchange.receiving import key_in_use
        from akimat_desk.exchange.seal import PublicKey

        with self.workspace.reading() as session:
            row = key_in_use(session, kato)
            return PublicKey.from_text(row.key) if row is not None else None

    def late_letter(self, period: Period, language: str, day: dt.date) -> list[ReportDocument]:
        """The letter to those who are late. Raises UsageProblem where nobody is."""
        from akimat_desk.exchange.letters import late_letter
        from akimat_desk.reports.definitions.common import DocLanguage

        with self.workspace.reading() as session:
            return late_letter(session, period, day, DocLanguage(language))


def changes_of(outcome: Outcome) -> tuple[ChangedFigure, ...]:
    """What a package changed against the one before."""
    return (outcome.received.changed or ()) if outcome.received is not None else ()
