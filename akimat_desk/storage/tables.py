"""The tables of the workspace itself: what it is, its settings, its journal, its original files."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base


class WorkspaceInfo(Base):
    """The one row that says what this workspace is and which program wrote it last."""

    __tablename__ = "workspace_info"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uuid: Mapped[str] = mapped_column(String(36))
    format: Mapped[int]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(40))
    written_by: Mapped[str] = mapped_column(String(40))


class Setting(Base):
    """A setting of this workspace: a dotted key and a JSON value."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ActorRow(Base):
    """Who acted. The journal's chain holds the salted digest, so a name can go and the chain stands."""

    __tablename__ = "actors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200), unique=True)
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


class JournalEntry(Base):
    """One change: who, when, what, written in the change's own transaction, chained by hash.

    ``fields`` and ``touched`` are canonical JSON without personal names. Triggers refuse any
    update or deletion.
    """

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id"), index=True)
    action: Mapped[str] = mapped_column(String(80))
    fields: Mapped[str] = mapped_column(Text)
    touched: Mapped[str] = mapped_column(Text)
    program: Mapped[str] = mapped_column(String(40))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Attachment(Base):
    """An original file kept whole, once per content."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    media_kind: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_at: Mapped[dt.datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class RowDigest(Base):
    """The digest of a block of rows of a table; see :mod:`.row_digests`."""

    __tablename__ = "row_digests"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    block: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(32))


class BackupSeal(Base):
    """Only in a backup copy: the digest of its content when it was made, so that rot is noticed."""

    __tablename__ = "backup_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[dt.datetime]
    digest: Mapped[str] = mapped_column(String(64))
    program: Mapped[str] = mapped_column(String(40))
