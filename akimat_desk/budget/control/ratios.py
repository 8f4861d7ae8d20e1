"""Control ratios as data: the shipped set, one's own, and what each says of a unit's figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from akimat_desk.budget.control.amounts import BUDGET, COLUMNS, ControlAmounts
from akimat_desk.budget.control.language import (
    Asked,
    NotStatedError,
    WrongExpressionError,
    check_expression,
    reckon,
    tenge,
)
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import tenge_amount
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import Message

#: Of one ratio asked for each line so many are shown; the rest are counted.
MOST_SHOWN = 10


class Relation(StrEnum):
    """How the left side must stand to the right one."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class ControlRatio:
    """One ratio. ``each`` names the form whose lines it is asked for one by one, "" for once.

    ``tolerance`` in tiyn is what may differ (rounding). ``message`` says in words what must hold.
    ``first_year`` and ``last_year`` bound the budget years that it is for.
    """

    id: str
    left: str
    relation: Relation
    right: str
    severity: Severity
    message: Trilingual
    each: str = ""
    tolerance: int = 0
    source: str = ""
    first_year: int | None = None
    last_year: int | None = None
    own: bool = False

    def is_for(self, year: int) -> bool:
        """Whether it is for this budget year."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    def as_data(self) -> dict[str, Any]:
        """Plain data, as in the file."""
        return {
            "id": self.id,
            "each": self.each,
            "left": self.left,
            "relation": self.relation.value,
            "right": self.right,
            "tolerance_tenge": self.tolerance // tenge(1),
            "severity": self.severity.value,
            "message": {language.value: self.message.exact(language) for language in Language},
            "source": self.source,
            "first_year": self.first_year,
            "last_year": self.last_year,
        }


def ratio_from(data: Mapping[str, Any], *, own: bool) -> ControlRatio:
    """A ratio from plain data. Raises InputRefused, which says which ratio and what is wrong with it."""
    name = str(data.get("id") or "").strip()[:60]

    def refuse(key: str, **fields: object) -> InputRefused:
        return InputRefused("error.control.ratio", id=name or "?", reason=Message(key, fields))

    if not name:
        raise refuse("control.wrong.id")
    words = data.get("message") or {}
    message = Trilingual(**{each.value: str(words.get(each.value) or "").strip() for each in Language})
    if not message.kk and not message.ru:
        raise refuse("control.wrong.message")
    try:
        relation = Relation(str(data.get("relation") or "").strip())
    except ValueError as error:
        raise refuse("control.wrong.relation") from error
    try:
        severity = Severity(str(data.get("severity") or "error").strip())
    except ValueError as error:
        raise refuse("control.wrong.severity") from error
    each = str(data.get("each") or "").strip()
    if each and each not in COLUMNS:
        raise refuse("control.wrong.form", expression=each, word=each, known=", ".join(COLUMNS))
    sides = [str(data.get(side) or "").strip() for side in ("left", "right")]
    try:
        for side in sides:
            check_expression(side, for_each=bool(each))
    except WrongExpressionError as wrong:
        raise refuse(wrong.key, **wrong.fields) from wrong
    numbers = [data.get(key) for key in ("tolerance_tenge", "first_year", "last_year")]
    try:
        tolerance, first, last = (None if value in (None, "") else int(str(value)) for value in numbers)
    except ValueError as error:
        raise refuse("control.wrong.number") from error
    return ControlRatio(
        id=name,
        left=sides[0],
        relation=relation,
        right=sides[1],
        severity=severity,
        message=message,
        each=each,
        tolerance=tenge(max(tolerance or 0, 0)),
        source=str(data.get("source") or ""),
        first_year=first,
        last_year=last,
        own=own,
    )


@cache
def shipped_ratios() -> tuple[ControlRatio, ...]:
    """The set that comes with the program."""
    data = json.loads(resource("rules", "control_ratios.json").read_text("utf-8"))
    return tuple(ratio_from(each, own=False) for each in data["ratios"])


def control_findings(amounts: ControlAmounts, ratios: Sequence[ControlRatio]) -> list[Finding]:
    """Each broken ratio with both figures, where they stand and by how much they differ; errors first.

    A ratio whose figures are not all stated says nothing.
    """
    found: list[Finding] = []
    for ratio in ratios:
        if ratio.is_for(amounts.year):
            broken = list(_broken(amounts, ratio))
            found += broken[:MOST_SHOWN]
            if len(broken) > MOST_SHOWN:
                fields: dict[str, object] = {"rule": ratio.message, "count": len(broken) - MOST_SHOWN}
                found.append(Finding("control.more", ratio.severity, fields, where=_place(amounts)))
    return by_weight(found)


def _broken(amounts: ControlAmounts, ratio: ControlRatio) -> Iterator[Finding]:
    for code in amounts.codes(ratio.each) if ratio.each else [""]:
        try:
            left, right = reckon(ratio.left, amounts, code), reckon(ratio.right, amounts, code)
        except NotStatedError:
            continue
        over = left.value - right.value
        fault = {
            Relation.EQUAL: abs(over),
            Relation.AT_MOST: over,
            Relation.AT_LEAST: -over,
        }[ratio.relation]
        if fault > ratio.tolerance:
            yield Finding(
                "control.broken",
                ratio.severity,
                {
                    "rule": ratio.message,
                    "left": _amount(left.value),
                    "left_places": _places(left.asked),
                    "relation": Message(f"control.relation.{_WORDS[ratio.relation]}"),
                    "right": _amount(right.value),
                    "right_places": _places(right.asked),
                    "over": _amount(abs(over)),
                },
                source=ratio.source,
                where=_place(amounts, code),
                difference=_whole(over),
            )


_WORDS = {Relation.EQUAL: "equal", Relation.AT_MOST: "at_most", Relation.AT_LEAST: "at_least"}


def _place(amounts: ControlAmounts, code: str = "") -> Place:
    return Place(unit=amounts.unit, year=amounts.year, code=code)


def _whole(value: Fraction) -> int:
    return round(value)


def _amount(value: Fraction) -> str:
    return tenge_amount(_whole(value))


def _places(asked: Iterable[Asked]) -> Trilingual:
    """Where the figures stand: "4-20, төленді, 08/1/124: 1 250 000"; "0" where a side names none."""
    said = {language: "; ".join(_place_words(each, language) for each in asked) for language in Language}
    return Trilingual(**{language.value: words or "0" for language, words in said.items()})


def _place_words(asked: Asked, language: Language) -> str:
    form = Message(f"control.form.{asked.form}").text(language)
    # A figure of the budget's structure or a section has its own name; "revenue" is a section's lines.
    sections = ("revenue", "expenditure")
    if asked.form == BUDGET:
        key = f"section.{asked.column}" if asked.column in sections else f"figure.{asked.column}"
    elif asked.column in COLUMNS["plan"]:
        key = f"control.side.{asked.column}"
    else:
        key = f"form.column.{asked.column}"
    parts = [form, Message(key).text(language), *([asked.code] if asked.code else [])]
    return f"{', '.join(parts)}: {tenge_amount(asked.amount)}"
