"""The tables of packages: what was sent, what came, whose keys are known, and each state with its day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base, UtcDateTime


class SentPackage(Base):
    """A package that this office made; its bytes are kept, so that number N is always the same file."""

    __tablename__ = "packages_sent"
    __table_args__ = (UniqueConstraint("unit_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    sequence: Mapped[int]
    year: Mapped[int]
    month: Mapped[int | None]
    addressee: Mapped[str | None] = mapped_column(String(9))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # From the receipt, where one was taken in: received, accepted or returned, and why.
    answer: Mapped[str] = mapped_column(String(20), default="")
    answer_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer_note: Mapped[str] = mapped_column(Text, default="")


class ReceivedPackage(Base):
    """A package that came from a unit below and was taken in."""

    __tablename__ = "packages_received"
    __table_args__ = (
        UniqueConstraint("unit_id", "sequence"),
        Index("ix_packages_received_period", "year", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    sequence: Mapped[int]
    year: Mapped[int]
    month: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    # The head of the sender's journal: anchors it outside its own file.
    journal_row: Mapped[int]
    journal_hash: Mapped[str] = mapped_column(String(64))
    errors: Mapped[int]


class PackageStep(Base):
    """A state of a received package: since when, by whom, with which words."""

    __tablename__ = "package_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("packages_received.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))  # ledger.PackageState
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")


class PackageDocument(Base):
    """Which document of this workspace a document of the sender's became."""

    __tablename__ = "package_documents"

    ref: Mapped[str] = mapped_column(String(80), primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("packages_received.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"))


class PackagePaper(Base):
    """What another document of the sender's (a plan, an adjustment, a form) became here.

    ``digest`` is the SHA-256 of its canonical JSON: a paper that came once does not change afterwards.
    """

    __tablename__ = "package_papers"

    ref: Mapped[str] = mapped_column(String(80), primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("packages_received.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # papers.PaperKind
    year: Mapped[int]
    month: Mapped[int | None]
    paper_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class PackageStatement(Base):
    """What a package states that is no document: numbers of meetings, ratios (canonical JSON)."""

    __tablename__ = "package_statements"

    package_id: Mapped[int] = mapped_column(ForeignKey("packages_received.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)  # fact.What
    content: Mapped[str] = mapped_column(Text)


class KnownKey(Base):
    """The public key of a unit. One without ``until`` is in use; ``confirmed_at`` says that a person
    compared its fingerprint."""

    __tablename__ = "package_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    kato: Mapped[str] = mapped_column(String(9), index=True)
    key: Mapped[str] = mapped_column(String(44))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str] = mapped_column(String(200), default="")
