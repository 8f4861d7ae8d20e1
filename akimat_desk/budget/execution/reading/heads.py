"""What stands above a form's rows: which form it is, its date, whose it is, the unit of its amounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from akimat_desk.budget.execution.forms import FormKind, MoneyUnit
from akimat_desk.core.text import fold, squeeze

_KIND = re.compile(r"(?<!\d)(4-20|2-19)(?!\d)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
# Lines with the day of printing, which decides nothing.
_PRINTED_ON = re.compile(r"печат|сформирован|басып шыгар|басып шығар|жасалған күні|исполнитель")
# "на 01.02.2026", "по 31.01.2026", "… жағдай бойынша", "… күйі бойынша".
_AS_OF = re.compile(r"(?<!\w)(на|по|за|отчетная дата|дата)(?!\w)|жағдай|күйі|есепті күн|күні")
_INSTITUTION = re.compile(
    r"(?i)(?:учреждени\w*|мекеме\w*)\s*(?:\(код\))?\s*[:\-–]?\s*(\d{7})\s*[\-–:.]?\s*(.*)"
)
_BUDGET = re.compile(r"(?i)(?:вид бюджета|бюджет түрі|бюджеттің түрі)\s*:?\s*(.+)")
_THOUSAND = re.compile(r"тыс(?:\.|яч\w*)?\s*(?:тенге|тг)|мың\s*(?:теңге|тг)")
_TENGE = re.compile(r"(?<!\w)(?:в\s+)?(?:тенге|теңге)(?!\w)")


@dataclass(frozen=True, slots=True)
class FormHead:
    """What the lines above the rows say; None and "" where they are silent."""

    kind: FormKind | None
    as_of: dt.date | None
    institution: str
    institution_code: str
    budget: str
    unit: MoneyUnit | None


def read_head(lines: Iterable[str]) -> FormHead:
    """Understand the lines above a form's rows."""
    said = [squeeze(line) for line in lines if line.strip()]
    folded = [fold(line) for line in said]
    kind = next((FormKind(found.group(1)) for line in folded if (found := _KIND.search(line))), None)
    institution = next((found for line in said if (found := _INSTITUTION.search(line))), None)
    budget = next((found for line in said if (found := _BUDGET.search(line))), None)
    whole = " ".join(folded)
    unit = None
    if _THOUSAND.search(whole):
        unit = MoneyUnit.THOUSAND
    elif _TENGE.search(whole):
        unit = MoneyUnit.TENGE
    return FormHead(
        kind=kind,
        as_of=_as_of(folded),
        institution=institution.group(2).strip(" -–") if institution else "",
        institution_code=institution.group(1) if institution else "",
        budget=budget.group(1) if budget else "",
        unit=unit,
    )


def _as_of(lines: Sequence[str]) -> dt.date | None:
    """The form's date: of a line that says so, the last day of a span; else the first date of all."""
    dated = [(line, days) for line in lines if (days := _days(line)) and not _PRINTED_ON.search(line)]
    named = [days for line, days in dated if _AS_OF.search(line)]
    chosen = named or [days for _, days in dated]
    return max(chosen[0]) if chosen else None


def _days(line: str) -> list[dt.date]:
    days = []
    for day, month, year in _DATE.findall(line):
        try:
            days.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days
