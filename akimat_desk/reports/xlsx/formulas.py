"""Sums as a workbook writes them: short ranges where rows follow each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from akimat_desk.reports.sums import Address, Sum

_LONGEST = 8000  # Excel takes 8192 characters
_PLAIN_TERMS = 6


def formula(total: Sum, locate: Callable[[Address], tuple[str, str, int]]) -> str | None:
    """The formula without its equals sign, or None when it would be too long for Excel.

    ``locate`` gives an amount's place: a prefix ("" on the same sheet, else "'Name'!"), the
    column's letter and the row.
    """
    plus = _terms([locate(part) for part in total.plus])
    minus = _terms([locate(part) for part in total.minus])
    if len(plus) == 1 or (len(plus) <= _PLAIN_TERMS and not any(":" in term for term in plus)):
        text = "+".join(_summed(term) for term in plus)
    else:
        text = f"SUM({','.join(plus)})" if plus else ""
    text += "".join(f"-{_summed(term)}" for term in minus)
    return text if len(text) <= _LONGEST and len(plus) < 250 else None


def _summed(term: str) -> str:
    return f"SUM({term})" if ":" in term else term


def _terms(places: Sequence[tuple[str, str, int]]) -> list[str]:
    """Cells and, of cells below each other, ranges, in the order of the sheet."""
    terms: list[str] = []
    for (prefix, column), cells in groupby(sorted(set(places)), key=lambda place: place[:2]):
        run: list[int] = []
        for row in [*(place[2] for place in cells), None]:
            if run and row == run[-1] + 1:
                run.append(row)
                continue
            if len(run) > 1:
                terms.append(f"{prefix}{column}{run[0]}:{column}{run[-1]}")
            elif run:
                terms.append(f"{prefix}{column}{run[0]}")
            run = [row] if row is not None else []
    return terms
