"""Adding an unknown code where it was met: in a decision being read, in the grid, in a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Trilingual

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from akimat_desk.budget.reading.files import DecisionFile
    from akimat_desk.classification.codes import Code
    from akimat_desk.classification.packs import Book
    from akimat_desk.core.progress import Task
    from akimat_desk.ui.context import Context

_UNKNOWN = frozenset({"reader.code_unknown", "draft.code_unknown", "plan.code_unknown"})


def chosen_unknown(findings: Sequence[Finding], current: Finding | None) -> Finding | None:
    """The finding about an unknown code that is looked at, else the first one; None where there is none."""
    if current is not None and current.code in _UNKNOWN:
        return current
    return next((finding for finding in findings if finding.code in _UNKNOWN), None)


def add_code_of(context: Context, finding: Finding, parent: QWidget | None) -> Code | None:
    """Ask for the rest of what such a finding does not say, and add the code. None when called off."""
    from akimat_desk.classification.written import code_from_text
    from akimat_desk.ui.dialogs.new_code import NewCodeDialog

    name = finding.fields.get("name", "")
    if not isinstance(name, Trilingual):
        # A printed name: which language it is in shows in its letters.
        printed = str(name)
        kazakh = any(letter in "әғқңөұүһі" for letter in printed.casefold())
        name = Trilingual(kk=printed) if kazakh else Trilingual(ru=printed)
    year = finding.where.year or context.chosen.year or dt.date.today().year
    code = code_from_text(str(finding.fields.get("code", "")))
    return NewCodeDialog.ask(context, year, parent, code=code, name=name)


def read_again(data: bytes, name: str, task: Task, book: Book | None) -> DecisionFile:
    """The same decision by the classification as it is now. Raises InputRefused."""
    from akimat_desk.budget.reading.files import read_decision_data

    return read_decision_data(data, name, task, book)
