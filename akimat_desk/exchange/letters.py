"""Papers made of what is known of packages: the key's page, the letter to those who are late."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.exchange.ledger import board
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receipts import PackageState
from akimat_desk.exchange.receiving import receiver
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.places.kinds import Position
from akimat_desk.places.service import UnitView, signatories
from akimat_desk.reports.definitions import exchange
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import signer

#: What an office still owes.
_OWED = (PackageState.MISSING, PackageState.RETURNED)


def key_page(session: Session, unit: UnitView, key: PublicKey, day: dt.date) -> ReportDocument:
    """The page with a unit's public key, signed by whoever is the akim on ``day``."""
    held = signatories(session, unit.id, day)
    akim = held[Position.AKIM].person if Position.AKIM in held else ""
    words = {language: key.words(language) for language in (Language.KK, Language.RU)}
    return exchange.key_page(
        unit.name, unit.kato or "", key.text, key.fingerprint, words, day, [signer(Position.AKIM, akim)]
    )


def late_letter(
    session: Session, period: Period, day: dt.date, language: DocLanguage
) -> list[ReportDocument]:
    """The letter to the units whose package of a period is missing or was returned.

    Raises UsageProblem where nobody is late.
    """
    late = [
        (row.unit.name, f"exchange.state.{row.state(period).value}")
        for row in board(session)
        if row.state(period) in _OWED
    ]
    if not late:
        raise UsageProblem("error.exchange.nobody_late", period=str(period))
    owner = receiver(session)
    held = signatories(session, owner.id, day)
    akim = held[Position.AKIM].person if Position.AKIM in held else ""
    said = {each: period_name(period, each) for each in Language}
    return exchange.late_letter(late, owner.name, said, day, language, [signer(Position.AKIM, akim)])


def period_name(period: Period, language: Language) -> str:
    """A period in words: "2026 жыл", "2026 жылғы қаңтар–наурыз"."""
    if period.month is None:
        return text("exchange.period.year", language, year=period.year)
    month = text(f"plan.month.{period.month}", language)
    return text("exchange.period.month", language, year=period.year, month=month)
