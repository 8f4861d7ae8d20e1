"""Days, moments, codes and what agreed a document, as JSON has them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.figures import Section
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode


def day_written(day: dt.date | None) -> str | None:
    """A day in ISO form."""
    return day.isoformat() if day is not None else None


def day_read(written: str | None) -> dt.date | None:
    """The reverse of :func:`day_written`. Raises ValueError for a day that is none."""
    return dt.date.fromisoformat(written) if written is not None else None


def moment_written(moment: dt.datetime) -> str:
    """A moment to the second, UTC."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_read(written: str) -> dt.datetime:
    """The reverse of :func:`moment_written`. Raises ValueError."""
    return dt.datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


def basis_data(basis: Basis) -> dict[str, Any]:
    """What agreed a document; its id in the office's own record stays there."""
    return {"kind": basis.kind, "number": basis.number, "date": day_written(basis.date)}


def basis_read(data: Mapping[str, Any]) -> Basis:
    """The reverse of :func:`basis_data`. Raises ValueError."""
    return Basis(data["kind"], data["number"], day_read(data["date"]))


def code_read(section: Section, stored: str | None) -> Code | None:
    """A line's code from its stored form; None for a figure without one. Raises ValueError."""
    if stored is None:
        return None
    code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
    try:
        return code_type.from_stored(stored)
    except TypeError as error:  # more parts than such a code has
        raise ValueError(f"{stored!r} is no code of {section.value}") from error


def digest(data: Mapping[str, Any]) -> str:
    """The SHA-256 of a document's canonical JSON: whether it is still what it was."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
