"""Which unit of a workspace a decision speaks of, whatever case and language its name stands in."""

from __future__ import annotations

from collections.abc import Iterable

from akimat_desk.budget.reading.names import same_unit
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitView


def find_unit(name: str, units: Iterable[UnitView]) -> UnitView | None:
    """The unit that ``name`` means; None when none or more than one fits."""
    fitting = [
        unit
        for unit in units
        if any(
            same_unit(name, known)
            for language in (Language.KK, Language.RU)
            if (known := unit.name.exact(language))
        )
    ]
    return fitting[0] if len(fitting) == 1 else None
