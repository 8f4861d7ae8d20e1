"""A unit's own figures put to the control ratios, out of what its workspace holds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.control.amounts import (
    BEFORE_219,
    BEFORE_420,
    BUDGET,
    COLUMNS,
    FORM_219,
    FORM_420,
    PLAN,
    PLAN_YEAR,
    ControlAmounts,
    leaves,
)
from akimat_desk.budget.control.own import all_ratios
from akimat_desk.budget.control.ratios import control_findings
from akimat_desk.budget.decisions.questions import budget_as_of, budget_years
from akimat_desk.budget.execution.forms import KEPT, FormKind, Month
from akimat_desk.budget.execution.stored import facts, forms, in_force, months_with_forms
from akimat_desk.budget.figures import Section
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.budget.views import Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.places.service import unit_by_id, units

_FORMS = {FormKind.EXPENSES: (FORM_420, BEFORE_420), FormKind.RECEIPTS: (FORM_219, BEFORE_219)}


def amounts_of(session: Session, unit_id: int, year: int, month: int | None = None) -> ControlAmounts:
    """What the unit's documents state for a year to the end of ``month`` (the last one with forms).

    Budget and plan are those known on the month's last day, as the treasury knew them.
    """
    if month is None:
        month = max(months_with_forms(session, unit_id, year), default=12)
    unit, as_of = unit_by_id(session, unit_id), Month(year, month).last_day
    made = ControlAmounts(unit.name.text(Language.KK), year, month)
    _budget(session, unit_id, made, as_of)
    sheet = plan_in_force(session, unit_id, year, as_of)
    if sheet is not None:
        for key, months in sheet:
            made.put(PLAN, key.side.value, key.code.stored, sum(months[:month]))
            made.put(PLAN_YEAR, key.side.value, key.code.stored, sum(months))
    for form in in_force(forms(session, unit_id, year)):
        now, before = _FORMS[form.kind]
        if form.month == Month(year, month):
            name = now
        elif month > 1 and form.month == Month(year, month - 1):
            name = before
        else:
            continue
        for fact in facts(session, form):
            for measure in KEPT[form.kind]:
                if measure.value in COLUMNS[name]:
                    made.put(name, measure.value, fact.code.stored, fact.amounts.get(measure))
    return made


def _budget(session: Session, unit_id: int, made: ControlAmounts, as_of: dt.date) -> None:
    try:
        view = budget_as_of(session, unit_id, made.year, as_of, Stage.ADJUSTED)
    except UsageProblem:  # no budget for that year: nothing is said of it
        return
    made.forms.add(BUDGET)
    for figure, amount in view.figures.items():
        if amount is not None:
            made.whole[BUDGET, figure.value] = amount
    for section in (Section.REVENUE, Section.EXPENDITURE):
        stated = {
            line.code.stored: line.amount
            for line in view.lines
            if line.section is section and line.code is not None
        }
        for code in leaves(stated):
            made.put(BUDGET, section.value, code, stated[code])


def unit_control_findings(
    session: Session, unit_id: int, year: int, month: int | None = None
) -> list[Finding]:
    """What the ratios of this workspace say of a unit's year."""
    return control_findings(amounts_of(session, unit_id, year, month), all_ratios(session))


def all_control_findings(session: Session) -> list[Finding]:
    """The latest budget year of every unit, to its last month with forms."""
    found: list[Finding] = []
    for unit in units(session):
        years = budget_years(session, unit.id)
        with_forms = [year for year in years if months_with_forms(session, unit.id, year)]
        if years:
            found += unit_control_findings(session, unit.id, max(with_forms or years))
    return found
