"""Choosing the unit that a command is about."""

from __future__ import annotations

import argparse

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.matching import find_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitView, units


def chosen_unit(session: Session, arguments: argparse.Namespace, language: Language) -> UnitView:
    """The unit named by ``--unit`` (its code, or its name where it has none), else the only one there.

    Raises UsageProblem listing the units when several are there and none is named.
    """
    there = units(session)
    kato = getattr(arguments, "unit", None)
    if kato is not None:
        for unit in there:
            if unit.kato == kato:
                return unit
        named = find_unit(kato, there)
        if named is not None:
            return named
        raise UsageProblem("error.cli.unit_unknown", kato=kato, units=_listed(there, language))
    if len(there) == 1:
        return there[0]
    if not there:
        raise UsageProblem("error.cli.no_unit")
    raise UsageProblem("error.cli.unit_needed", units=_listed(there, language))


def _listed(there: list[UnitView], language: Language) -> str:
    return "; ".join(f"{unit.kato or '—'} {unit.name.text(language)}" for unit in there) or "—"
