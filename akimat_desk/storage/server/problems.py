"""PostgreSQL's errors as sentences that say what to do."""

from __future__ import annotations

import psycopg

from akimat_desk.core.errors import AkimatError, EnvironmentProblem

# By SQLSTATE: whole codes first, then classes of two letters.
_STATES = {
    "55P03": "error.server.busy",  # another change holds the lock
    "40P01": "error.server.busy",
    "40001": "error.server.busy",
    "57014": "error.server.busy",
    "28P01": "error.server.password",
    "28000": "error.server.password",
    "3D000": "error.server.no_database",
    "42501": "error.server.no_rights",
    "25006": "error.server.read_only",
    "22001": "error.server.too_long",
    "53100": "error.server.disk_full",
    "53300": "error.server.too_many",
}
_CLASSES = {
    "08": "error.server.gone",
    "57": "error.server.gone",  # shut down by its keeper, crashed, starting up
    "58": "error.server.trouble",
    "XX": "error.server.trouble",  # damaged data
    "53": "error.server.trouble",
}


def server_problem(error: BaseException, where: str) -> AkimatError | None:
    """What ``error`` says of the surroundings; None when it is a fault of ours.

    Takes psycopg's errors and SQLAlchemy's around them.
    """
    original = getattr(error, "orig", None) or error
    if not isinstance(original, psycopg.Error):
        return None
    state = original.sqlstate or ""
    key = _STATES.get(state) or _CLASSES.get(state[:2])
    if key is None and isinstance(original, psycopg.OperationalError) and not state:
        key = _unstated(str(original))
    return EnvironmentProblem(key, address=where) if key else None


def _unstated(said: str) -> str:
    """Before a connection stands there is no SQLSTATE, only the words of libpq and of the server."""
    if "password" in said or "authentication failed" in said or "no pg_hba.conf entry" in said:
        return "error.server.password"
    if "database" in said and "does not exist" in said:
        return "error.server.no_database"
    if "role" in said and "does not exist" in said:
        return "error.server.password"
    return "error.server.gone"
