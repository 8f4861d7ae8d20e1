"""Column types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable

from akimat_desk.places import tables as places_tables
from akimat_desk.storage import tables as storage_tables
from akimat_desk.storage.base import NAMING_CONVENTION, Base, StrEnumType, Tiyn, UtcDateTime


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


TABLE = Table(
    "things",
    MetaData(naming_convention=NAMING_CONVENTION),
    Column("id", Integer, primary_key=True),
    Column("amount", Tiyn),
    Column("at", UtcDateTime),
    Column("colour", StrEnumType(Colour)),
)


def _back(**values: object) -> dict[str, object]:
    with _memory() as connection:
        connection.execute(insert(TABLE).values(**values))
        return dict(connection.execute(select(TABLE)).one()._mapping)


@contextmanager
def _memory() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            TABLE.create(connection)
            yield connection
    finally:
        engine.dispose()


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1) | st.none())
def test_amounts_come_back_whole(amount: int | None) -> None:
    assert _back(amount=amount)["amount"] == amount


@pytest.mark.parametrize("wrong", [1.0, Decimal(1), True, "1", 2**63])
def test_anything_but_whole_tiyn_is_refused(wrong: object) -> None:
    with pytest.raises(StatementError):
        _back(amount=wrong)


@given(
    st.datetimes(
        min_value=dt.datetime(1990, 1, 1),
        max_value=dt.datetime(2100, 1, 1),
        timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5))]),
    )
)
def test_moments_come_back_in_utc(moment: dt.datetime) -> None:
    back = _back(at=moment)["at"]
    assert isinstance(back, dt.datetime)
    assert back == moment
    assert back.utcoffset() == dt.timedelta(0)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(StatementError):
        _back(at=dt.datetime(2026, 1, 1))


def test_words_of_an_enumeration() -> None:
    assert _back(colour=Colour.GREEN)["colour"] is Colour.GREEN
    assert _back(colour="red")["colour"] is Colour.RED
    with pytest.raises(StatementError):
        _back(colour="blue")


def test_the_database_knows_the_words_too() -> None:
    with _memory() as connection, pytest.raises(IntegrityError, match="ck_things_colour"):
        connection.execute(text("INSERT INTO things (colour) VALUES ('blue')"))


def test_the_tables_can_be_made_in_postgresql() -> None:
    assert {storage_tables.JournalEntry.__tablename__, places_tables.Unit.__tablename__} <= set(
        Base.metadata.tables
    )
    for table in Base.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert f"CREATE TABLE {table.name}" in made
        assert "AUTOINCREMENT" not in made
