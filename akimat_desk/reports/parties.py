"""Whose a report is and who signs it: the unit as papers name it, the posts on the day of the paper."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.places.kinds import Position
from akimat_desk.places.names import genitive
from akimat_desk.places.service import UnitView, signatories, unit_by_id, unit_genitive
from akimat_desk.reports.definitions.common import ReportUnit, Signer
from akimat_desk.reports.rules import maslikhat_post


def report_unit(session: Session, unit_id: int) -> ReportUnit:
    """The unit as reports name it."""
    view: UnitView = unit_by_id(session, unit_id)
    kk, ru = Language.KK, Language.RU
    return ReportUnit(
        name=view.name,
        genitive=Trilingual(unit_genitive(view, kk), unit_genitive(view, ru)),
        maslikhat=view.maslikhat,
        maslikhat_genitive=Trilingual(
            genitive(view.maslikhat.text(kk), kk), genitive(view.maslikhat.text(ru), ru)
        ),
        bin=view.bin,
    )


def maslikhat_signers(session: Session, unit_id: int, day: dt.date, *, blank: bool) -> list[Signer]:
    """Who signs a decision of ``day``: the holder of the post by the law of that day, else of the other.

    With nobody on file a line to sign on (``blank``), or none.
    """
    held = signatories(session, unit_id, day)
    due = maslikhat_post(day)
    for post in (due, Position.MASLIKHAT_CHAIR, Position.MASLIKHAT_SECRETARY):
        if post in held:
            return [signer(post, held[post].person)]
    return [signer(due)] if blank else []


def akimat_signers(session: Session, unit_id: int, day: dt.date) -> list[Signer]:
    """Who signs for the akimat: the akim and the chief accountant, a specialist where one is on file."""
    held = signatories(session, unit_id, day)
    posts = [Position.AKIM, Position.CHIEF_ACCOUNTANT]
    posts += [Position.SPECIALIST] if Position.SPECIALIST in held else []
    return [signer(post, held[post].person if post in held else "") for post in posts]


def signer(post: Position, person: str = "") -> Signer:
    """A line of the signature block."""
    key = f"places.position.{post.value}"
    return Signer(Trilingual(*(text(key, language) for language in Language)), person)
