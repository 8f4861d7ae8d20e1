"""A code that the classification lacks, added by the office: what must hold before it is taken."""

from __future__ import annotations

from dataclasses import dataclass, fields

from akimat_desk.classification.additions import OFFICE, Addition, Side, Step, side_of
from akimat_desk.classification.book import Book
from akimat_desk.classification.codes import OWN_KINDS, Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.pack import Pack
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import repair, squeeze

#: How many digits each part of a code has, by the part's name.
WIDTHS = {
    "category": 1, "class_": 2, "subclass": 1,
    "functional_group": 2, "subgroup": 1, "administrator": 3, "program": 3, "subprogram": 3,
}  # fmt: skip
#: A specific of receipts has two digits, one of costs three.
_SPECIFIC = {RevenueCode: 2, ExpenditureCode: 3}
FIRST_YEAR, LAST_YEAR = 1991, 2199
LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True)
class NewCode:
    """What a person says of a missing code. ``kind`` None: that of the line above it."""

    code: Code
    name: Trilingual
    since: int
    until: int | None = None
    kind: LineKind | None = None
    note: str = ""


def width_of(code: type[Code], part: str) -> int:
    """How many digits a part of a code has."""
    return _SPECIFIC[code] if part == "specific" else WIDTHS[part]


def form_findings(code: Code) -> list[Finding]:
    """Errors for parts that are no numbers of the right length, or stand below a part left out."""
    found: list[Finding] = []
    place = Place(code=str(code))
    for part in fields(code):
        text = getattr(code, part.name)
        width = width_of(type(code), part.name)
        if text and (len(text) != width or not (text.isascii() and text.isdigit())):
            found.append(
                Finding(
                    "classification.code_part",
                    Severity.ERROR,
                    {"part": text, "count": width},
                    where=place,
                )
            )
    if code.level == 0:
        found.append(Finding("classification.code_missing", Severity.ERROR))
    elif side_of(code) is not Side.ECONOMIC and not found:
        digits = [getattr(code, part.name) for part in fields(code)]
        if not all(digits[: code.level]):
            found.append(Finding("classification.code_gap", Severity.ERROR, {"code": str(code)}, where=place))
    return found


def code_findings(book: Book, new: NewCode) -> list[Finding]:
    """What is to be said of a new code: errors bar it, warnings do not."""
    found = form_findings(new.code)
    if found:
        return found
    place = Place(year=new.since, code=str(new.code))
    if not FIRST_YEAR <= new.since <= LAST_YEAR or (new.until is not None and new.until < new.since):
        return [Finding("classification.years", Severity.ERROR, where=place)]
    pack = book.pack(new.since)
    there = pack.lookup(new.code)
    if there is not None:
        found.append(
            Finding(
                "classification.code_taken",
                Severity.ERROR,
                {"code": str(new.code), "name": there.name, "year": str(new.since)},
                where=place,
            )
        )
    name = cleaned(new.name)
    if not name.kk and not name.ru:
        found.append(Finding("classification.no_name", Severity.ERROR, {"code": str(new.code)}, where=place))
    elif not (name.kk and name.ru):
        found.append(
            Finding("classification.one_name", Severity.WARNING, {"code": str(new.code)}, where=place)
        )
    if max(len(name.kk), len(name.ru), len(name.en)) > LONGEST_NAME:
        found.append(
            Finding("classification.name_too_long", Severity.ERROR, {"limit": LONGEST_NAME}, where=place)
        )
    return found + _above_findings(pack, new, place)


def _above_findings(pack: Pack, new: NewCode, place: Place) -> list[Finding]:
    above = new.code.parent if side_of(new.code) is not Side.ECONOMIC else None
    if above is None:
        if side_of(new.code) is Side.REVENUE and new.kind in (None, LineKind.UNKNOWN):
            return [Finding("classification.kind_needed", Severity.ERROR, where=place)]
        return []
    parent = pack.lookup(above)
    if parent is None:
        fields_ = {"code": str(new.code), "above": str(above), "year": str(new.since)}
        found = [Finding("classification.no_parent", Severity.WARNING, fields_, where=place)]
        if isinstance(new.code, RevenueCode) and pack.ancestor(new.code) is None and new.kind is None:
            found.append(Finding("classification.kind_needed", Severity.ERROR, where=place))
        return found
    if new.kind is not None and new.kind is not parent.kind:
        return [
            Finding(
                "classification.kind_differs",
                Severity.WARNING,
                {"code": str(new.code), "above": str(above), "name": parent.name},
                where=place,
            )
        ]
    return []


def addition_of(book: Book, new: NewCode) -> Addition:
    """The row that a sound new code becomes."""
    pack = book.pack(new.since)
    above = pack.ancestor(new.code)
    kind = new.kind or (above.kind if above is not None else LineKind.EXPENDITURE)
    return Addition(
        side=side_of(new.code),
        code=new.code,
        step=Step.ADDED,
        since=new.since,
        until=new.until,
        name=cleaned(new.name),
        kind=kind,
        own_revenue=kind in OWN_KINDS,
        source=squeeze(new.note),
        confidence=OFFICE,
        note=squeeze(new.note),
    )


def cleaned(name: Trilingual) -> Trilingual:
    """A name as it is kept: single spaces, Cyrillic letters for look-alike Latin ones."""
    return Trilingual(repair(squeeze(name.kk)), repair(squeeze(name.ru)), squeeze(name.en))
