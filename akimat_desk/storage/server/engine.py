"""How PostgreSQL is reached: two kinds of transaction, and two locks that all programs agree on.

* A change takes one lock for its whole transaction, so that the journal's chain grows in turn, as a
  SQLite file's does; it is held for milliseconds.
* An open program holds another one, shared, as long as it is open: who alters the tables needs it alone.
"""

from __future__ import annotations

import getpass
import platform

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from akimat_desk import __version__
from akimat_desk.storage.engine import WRITES
from akimat_desk.storage.server.address import ServerAddress, remembered_password

#: "AKMT", as in a file's header: the first half of both advisory locks' keys.
LOCKS = 0x414B4D54
CHANGE_LOCK = 1
PRESENCE_LOCK = 2
#: How long a change waits for another one's transaction to end.
WAIT_SECONDS = 20
CONNECT_SECONDS = 10


def make_server_engine(address: ServerAddress) -> Engine:
    """An engine whose questions see one state and cannot write, and whose changes queue up."""
    engine = create_engine(
        address.url(remembered_password(address)),
        connect_args=_connect_args(),
        pool_pre_ping=True,  # a laptop that slept finds its connections gone
        pool_size=3,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCKS}, {CHANGE_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def make_plain_engine(address: ServerAddress) -> Engine:
    """An engine without transactions, for locks that outlast them; its connection is not pooled."""
    return create_engine(
        address.url(remembered_password(address)),
        connect_args=_connect_args(),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )


def _connect_args() -> dict[str, object]:
    return {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": f"akimat-desk {__version__} {_whose()}"[:63],
        "keepalives_idle": 60,
    }


def _whose() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for this user id
        user = ""
    return f"{user}@{platform.node()}"
