"""The table of bases. ``source_id`` is the id of the agreeing item in its own package; no key, no import."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base


class BudgetBasis(Base):
    """Minutes that dealt with a budget document: their number and day, what they say of it."""

    __tablename__ = "budget_bases"
    __table_args__ = (UniqueConstraint("kind", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))  # the kind of meeting: "assembly", "session"…
    source_id: Mapped[int]
    meeting_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(100))
    date: Mapped[dt.date]
    item: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40))
    agreed: Mapped[bool | None]
