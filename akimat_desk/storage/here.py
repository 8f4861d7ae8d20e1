"""The session that the running code works in, for rooms whose answers depend on the workspace.

Rules and readers ask the classification deep inside; handing a session down to each of them would put
a database into every signature. They ask here instead. Knows no database itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_session: ContextVar[Session | None] = ContextVar("workspace_session", default=None)


def session_here() -> Session | None:
    """The session of a workspace that this code runs in; None outside of one."""
    return _session.get()


@contextmanager
def working_in(session: Session) -> Iterator[None]:
    """Let what runs inside the block know its session."""
    token = _session.set(session)
    try:
        yield
    finally:
        _session.reset(token)
