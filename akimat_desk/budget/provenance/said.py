"""Texts of the catalogue in all three languages at once."""

from __future__ import annotations

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text


def named(key: str, **fields: object) -> Trilingual:
    """A text of the catalogue with its fields filled in."""
    return Trilingual(
        text(key, Language.KK, **fields), text(key, Language.RU, **fields), text(key, Language.EN, **fields)
    )


def span(first: int, last: int) -> Trilingual:
    """Months of a year in words: "January–October", "March"."""
    month = named(f"plan.month.{last}")
    if first == last:
        return month
    return named("provenance.span", first=named(f"plan.month.{first}"), last=month)
