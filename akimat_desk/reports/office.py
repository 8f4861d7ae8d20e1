"""The rules of one office that the law or its forms leave open: kept in the workspace, shown in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.questions import PROTECTED
from akimat_desk.budget.plans.questions import BALANCES_COUNT
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.definitions.plan_forms import appendix_numbers, form_ids
from akimat_desk.reports.plan_reports import APPENDIX_SETTING
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.workspace import Actor, Workspace

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """What an office decides for itself.

    ``balances_count``: article 105 counts used opening balances beside receipts. ``protected`` are programs
    that a sequester leaves alone. ``appendix`` is the number printed on each form, by the form's id.
    """

    balances_count: bool = True
    protected: tuple[ExpenditureCode, ...] = ()
    appendix: Mapping[str, str] = field(default_factory=dict)


def office_rules(session: Session) -> OfficeRules:
    """The rules as they are kept, the shipped ones where the office says nothing."""
    protected = get_setting(session, PROTECTED, [])
    own = {form: get_setting(session, APPENDIX_SETTING + form) for form in form_ids()}
    return OfficeRules(
        get_setting(session, BALANCES_COUNT, True) is not False,
        tuple(map(ExpenditureCode.from_stored, protected)) if isinstance(protected, list) else (),
        appendix_numbers({form: number for form, number in own.items() if number is not None}, draft=False),
    )


def keep_office_rules(workspace: Workspace, actor: Actor, rules: OfficeRules) -> None:
    """Keep the rules; a number as it is shipped is not kept, so that newer forms bring theirs.

    Raises UsageProblem for an unknown form or a number too long to be one.
    """
    shipped = appendix_numbers({}, draft=False)
    for form, number in rules.appendix.items():
        if form not in shipped:
            raise UsageProblem("error.office.form", form=form, forms=", ".join(shipped))
        if len(number.strip()) > _LONGEST:
            raise UsageProblem("error.office.number_long", number=number.strip()[:_LONGEST])
    with workspace.changing(actor, "office.rules", balances_count=rules.balances_count) as change:
        set_setting(change, BALANCES_COUNT, None if rules.balances_count else False)
        protected = [code.stored for code in rules.protected]
        set_setting(change, PROTECTED, protected or None)
        for form, number in rules.appendix.items():
            said = number.strip()
            set_setting(change, APPENDIX_SETTING + form, said if said and said != shipped[form] else None)


def read_programs(written: str, year: int) -> tuple[ExpenditureCode, ...]:
    """Programs as a person writes them, apart by commas or lines: "008", "124 008", "07/3/124/008".

    The group of a program comes from the year's classification. Raises UsageProblem for what it lacks.
    """
    found: dict[ExpenditureCode, None] = {}
    for said in filter(None, (part.strip() for part in re.split(r"[,;\n]", written))):
        found[_program(said, year)] = None
    return tuple(found)


def _program(said: str, year: int) -> ExpenditureCode:
    parts = [part for part in re.split(r"[\s/.\-]+", said) if part]
    programs = [
        code
        for entry in pack_for(year).expenditure
        if entry.code_known
        and isinstance(code := entry.code, ExpenditureCode)
        and code.program
        and not (code.subprogram or code.specific)
    ]
    fits = [
        code
        for code in programs
        if parts == [code.functional_group, code.subgroup, code.administrator, code.program][-len(parts) :]
    ]
    if not parts or len(fits) != 1:
        known = ", ".join(" ".join((code.administrator, code.program)) for code in programs)
        raise UsageProblem("error.office.program", written=said, programs=known)
    return fits[0]
