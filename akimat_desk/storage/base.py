"""What every table is made of: the declarative base, names of constraints, column types.

Nothing here or in a ``tables.py`` may be SQLite's alone: the same models serve PostgreSQL later.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

#: Constraints have names on every engine, so that a migration can speak of them.
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

E = TypeVar("E", bound=StrEnum)
_LARGEST = 2**63 - 1


class Tiyn(TypeDecorator[int]):
    """An amount: whole tiyn in a big integer. Refuses floats, decimals and booleans (TypeError)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if type(value) is not int:
            raise TypeError(f"an amount must be whole tiyn, not {type(value).__name__}")
        if abs(value) > _LARGEST:
            raise ValueError("an amount beyond what a column can hold")
        return value


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment, stored in UTC. Takes and gives aware values only (ValueError for a naive one)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class StrEnumType(TypeDecorator[E]):
    """A StrEnum stored as its value in a short string, with a CHECK of the allowed values.

    ``StrEnumType(DocumentState)`` is VARCHAR(32); the constraint is named after the class.
    """

    impl = Enum
    cache_ok = True

    def __init__(self, enum_class: type[E], length: int = 32) -> None:
        super().__init__(
            enum_class,
            name=enum_class.__name__.lower(),
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            length=length,
            values_callable=lambda members: [member.value for member in members],
        )


class Base(DeclarativeBase):
    """The base of every table of the program."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: dict[Any, Any] = {dt.datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's own name
