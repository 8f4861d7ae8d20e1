"""A decision's file and what was read of it: no database, so that reading alone starts quickly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from akimat_desk.budget.reading.draft import ReadDecision
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.classification.packs import Book
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.intake import load_file, read_bytes


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A decision as read together with the file it came from."""

    name: str
    data: bytes
    decision: ReadDecision


def read_decision_file(path: Path, task: Task | None = None, book: Book | None = None) -> DecisionFile:
    """Read a decision from a file. Raises InputRefused, EnvironmentProblem."""
    return read_decision_data(load_file(path), path.name, task, book)


def read_decision_data(
    data: bytes, name: str, task: Task | None = None, book: Book | None = None
) -> DecisionFile:
    """Read a decision from a file's content, by the classification of the workspace it is read for.

    Raises InputRefused, also when no budget is in it.
    """
    task = task or Task()
    source = read_bytes(data, name, task)
    decision = read_decision(source, task, book)
    refuse_empty(decision)
    # What the file itself hides or leaves open (hidden sheets, formulas without a result…).
    decision.findings += [
        Finding("reader.file_note", Severity.WARNING, {"note": Message(key)}) for key in source.warnings
    ]
    return DecisionFile(name, data, decision)


def refuse_empty(decision: ReadDecision) -> None:
    """Raises InputRefused for a text in which no figure and no annex of a budget was found."""
    understood = any(
        unit.annexes or any(amount is not None for amount in unit.figures.values()) for unit in decision.units
    )
    if not understood:
        raise InputRefused("error.decision.nothing_read")
