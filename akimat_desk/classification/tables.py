"""The tables of what a workspace adds to the shipped classification. Nothing in them is ever altered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base, UtcDateTime


class ClassificationSource(Base):
    """A newer pack taken in from a file, or one code added by the office.

    ``digest`` is the SHA-256 of its rows. A withdrawn source stays on file and counts no more.
    """

    __tablename__ = "classification_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # service.SourceKind
    since: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ClassificationRow(Base):
    """What a source says of one code from the year ``since`` on (see ``additions.Addition``)."""

    __tablename__ = "classification_rows"

    source_id: Mapped[int] = mapped_column(ForeignKey("classification_sources.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    step: Mapped[str] = mapped_column(String(20))
    since: Mapped[int]
    until: Mapped[int | None]
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(30))
    own_revenue: Mapped[bool]
    repeats: Mapped[str] = mapped_column(String(20), default="")
    origin: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    former: Mapped[str] = mapped_column(String(40), default="")
