"""The lines that a month is typed into: none has to be made by hand."""

from __future__ import annotations

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import KEPT, FormKind, Month
from akimat_desk.budget.execution.planned import planned_documents, planned_lines
from akimat_desk.budget.execution.stored import Fact, code_of, facts, months_with_forms
from akimat_desk.budget.execution.table import DEPTH
from akimat_desk.budget.figures import Section
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.language import Trilingual


def lines_to_type(session: Session, unit_id: int, kind: FormKind, month: Month) -> list[Fact]:
    """What is stored of the month, to be corrected; else the lines of the last month before it, without
    amounts; else the budget's own subclasses or programs."""
    there = months_with_forms(session, unit_id, month.year)
    own = [form for form in there.get(month.month, ()) if form.kind is kind]
    if own:
        return facts(session, own[0])
    before = [
        form for each in sorted(there) if each < month.month for form in there[each] if form.kind is kind
    ]
    nothing = dict.fromkeys(KEPT[kind])
    if before:
        return [Fact(0, f.code, f.name, f.kind, nothing) for f in facts(session, before[-1])]
    section = Section.REVENUE if kind is FormKind.RECEIPTS else Section.EXPENDITURE
    documents = planned_documents(session, unit_id, month.year, month.last_day)
    return [
        Fact(0, code, Trilingual(line.name_kk, line.name_ru), LineKind(line.kind), nothing)
        for line in planned_lines(session, documents.latest, month.year)
        if line.section == section.value
        and line.code is not None
        and (code := code_of(kind, line.code)).level == DEPTH[section]
    ]
