"""What stands above an annex: «Приложение 4 к решению», «Бюджет … сельского округа на 2024 год».

The year and the unit come from the heading, never from the annex's number: numbers restart, repeat
and are unreliable in printed acts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from akimat_desk.budget.reading.annex_words import is_unit, letters
from akimat_desk.budget.reading.names import has_kind, unit_name
from akimat_desk.core.language import Language
from akimat_desk.core.text import repair, squeeze

_YEAR = r"(?<![\d./–—-])(20\d\d)"
_YEAR_RU = re.compile(
    _YEAR + r"(?!\s*[-–—]\s*20\d\d)\s*(?:-?\s*(?:й|ый))?\s*(?:финансовый\s+)?(?:год(?!ы|ов)|г\b\.?)", re.I
)
_YEAR_RU_BARE = re.compile(r"\b(?:на|за)\s+(20\d\d)(?!\s*[-–—]\s*20\d\d)\s*$", re.I)
# "2023 жылғы 26 желтоқсандағы" is a date, "2024-2026 жылдарға" a range.
_YEAR_KK = re.compile(_YEAR + r"\s*[-–—]?\s*жыл(?!дар)[а-яәғқңөұүһі]*", re.I)
_DATE = re.compile(
    r"\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\s*20\d\d(?:\s*г(?:ода?)?\.?)?"
    r"|20\d\d\s*жыл\w*\s+\d{1,2}\s+\w+",
    re.I,
)
_RANGE = re.compile(r"20\d\d\s*[-–—]\s*20\d\d")
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

_BUDGET = re.compile(r"\bбюджет", re.I)
# «Поступления и расходы … округа на 2024 год» has no word for the budget itself.
_FLOWS = re.compile(
    r"(?:объем\w*\s+)?(?:поступлени|доход)\w*\s+и\s+(?:расход|затрат)|план\s+(?:поступлени|финансирован)",
    re.I,
)
_NUMBER_RU = re.compile(r"^приложени[ея]\s*(?:№|N)?\s*(\d{1,3})(?!\d)", re.I)
_NUMBER_KK = re.compile(
    r"(?<!\d)(\d{1,3})\s*[-–—]?\s*(?:ші\s*|шы\s*)?[-–—]?\s*қосымша(?:сы)?\s*$"
    r"|^қосымша\s*(?:№\s*)?(\d{1,3})(?!\d)",
    re.I,
)
_NOTE = re.compile(r"^\s*(?:сноска|ескерту|примечание)\b", re.I)
_POINT = re.compile(r"^\s*[«\"“]?\s*\d{1,3}(?:[-–.]\d{1,2})?\s*\\?[.)]")
_PREAMBLE = re.compile(
    r"к\s+решени|решени[яею]\s|маслихат|мәслихат|шешім|сессия|^\s*от\s+\d|^\s*№|жылғы\s+\d|жылы\s+\d|№\s*\S+\s*$",
    re.I,
)
_SIGNATURE = re.compile(r"председатель|секретарь|төраға|хатшы", re.I)
_LEGAL = re.compile(
    r"утвердить|бекітілсін|согласно|сәйкес|изложить|жазылсын|учесть|ескерілсін|^\s*о[б]?\s|туралы\s*$|в\s+сумме|сомасында",
    re.I,
)
# "бюджет қаражатының … қалдықтары – 3 623 мың теңге." is the last figure of a text, no heading.
_FIGURE = re.compile(r"\d\s*(?:мың|тысяч\w*|тыс\.?)?\s*те[нң]ге", re.I)
_LONGEST_TITLE = 240
_MARKS = "#>*_ \t\u00a0"


class Role(Enum):
    """What a line above a table is to the annex below it."""

    MARKER = "marker"  # «Приложение 4 …», «4-қосымша»
    HEADING = "heading"  # the budget of whom for which year
    NOTE = "note"  # «Сноска. …»
    SHORT = "short"  # a date, a number, a unit of measure, a part of a broken heading
    TEXT = "text"  # the decision itself


@dataclass(frozen=True, slots=True)
class Title:
    """What the lines above an annex say. ``unit`` is in the nominative, "" when none is named;
    ``other_unit`` is what a second heading in the other language calls it."""

    number: int | None = None
    year: int | None = None
    unit: str = ""
    heading: str = ""
    language: Language | None = None
    other_unit: str = ""


def bare(text: str) -> str:
    """A line without the marks of markdown (``##``, ``>``, ``*``)."""
    return squeeze(text.strip(_MARKS).replace("\\", ""))


def annex_number(text: str) -> int | None:
    """The number of «Приложение 4 к решению», «4-қосымша», «3қосымша», «5 -қосымша»."""
    line = repair(bare(text))
    found = _NUMBER_RU.search(line) or _NUMBER_KK.search(line)
    return int(next(group for group in found.groups() if group)) if found else None


def year_of(text: str) -> int | None:
    """The one budget year a heading names; None for a range of years or a date."""
    line = repair(bare(text))
    if _RANGE.search(line):
        return None
    line = _DATE.sub(" ", line)
    found = (
        _YEAR_KK.search(line)
        or _YEAR_RU.search(line)
        or _YEAR_RU_BARE.search(line)
        or re.fullmatch(r"(20\d\d)", line)
    )
    return int(found[1]) if found else None


def role_of(text: str) -> Role:
    """What a line is, seen alone."""
    line = bare(text)
    if _NOTE.match(line):
        return Role.NOTE
    if len(line) > _LONGEST_TITLE:
        return Role.TEXT
    if annex_number(line) is not None:
        return Role.MARKER
    fixed = repair(line)
    if _POINT.match(line) or line.endswith((";", ":")) or _FIGURE.search(fixed):
        return Role.TEXT
    if (
        (_BUDGET.search(fixed) or _FLOWS.match(fixed))
        and not _LEGAL.search(fixed)
        and not _RANGE.search(fixed)
    ):
        starts = re.match(_RU_OPENING, fixed, re.I) or _FLOWS.match(fixed)
        ends = re.search(r"бюджет[і]?\s*[»\"”]?$", fixed, re.I)
        if starts or ends or year_of(fixed) is not None:
            return Role.HEADING
    if _LEGAL.search(fixed) or len(line) > 160:
        return Role.TEXT
    return Role.SHORT


def is_said(text: str) -> bool:
    """Whether a line of text is a sentence or a figure of a decision, not merely a long name."""
    line = bare(text)
    fixed = repair(line)
    return bool(_POINT.match(line) or _FIGURE.search(fixed) or _LEGAL.search(fixed))


def is_preamble(text: str) -> bool:
    """Whether a line belongs to «… решению маслихата от … № …» around an annex's number."""
    line = repair(bare(text))
    if len(line) > _LONGEST_TITLE or _SIGNATURE.search(line):
        return False
    return bool(_PREAMBLE.search(line)) or is_unit(line)


def read_title(lines: Sequence[str]) -> Title:
    """What the lines above an annex say, taken together; the line nearest to the table wins."""
    shown = [bare(line) for line in lines]
    numbers = [n for line in shown if (n := annex_number(line)) is not None]
    number = numbers[-1] if numbers else None
    headings = [i for i, line in enumerate(shown) if role_of(line) is Role.HEADING]
    if headings:
        at = headings[-1]
        heading = shown[at]
        # A heading may be broken over lines: «Бюджет … округа» / «на 2024 год».
        after = at + 1
        while year_of(heading) is None and after < len(shown) and _continues(shown[after]):
            heading = f"{heading} {shown[after]}"
            after += 1
        if year_of(heading) is None and at and _continues(shown[at - 1]):
            heading = f"{shown[at - 1]} {heading}"
        year, language = year_of(heading), _language(heading)
        # In both languages, one heading under the other: the first one speaks.
        twin = shown[headings[-2]] if len(headings) > 1 else ""
        if twin and _language(twin) is not language and year_of(twin) == year:
            return Title(number, year, unit_of(twin), twin, _language(twin), unit_of(heading))
        return Title(number, year, unit_of(heading), heading, language)
    named = [line for line in shown if not is_preamble(line) and has_kind(line)]
    years = [y for line in shown if not _PREAMBLE.search(line) and (y := year_of(line)) is not None]
    return Title(number, years[-1] if years else None, unit_of(named[-1]) if named else "")


def _continues(line: str) -> bool:
    return role_of(line) is Role.SHORT and not is_preamble(line) and letters(line) > 0


def year_in_name(name: str) -> int | None:
    """The year in the name of a sheet («2024», «Прил.1 2024 год»), when there is exactly one."""
    found = set(_BARE_YEAR.findall(name))
    return int(found.pop()) if len(found) == 1 else None


def _language(heading: str) -> Language:
    return Language.KK if re.search(r"жыл|бюджеті|округі", repair(heading), re.I) else Language.RU


_RU_OPENING = r"^(?:(?:проект|уточненный|скорректированный|местный)\s+)*бюджет\w*\s*"
_TRIM = " \t«»\"“”„'.,;:()–—-"


def unit_of(heading: str) -> str:
    """The unit of a heading, cleaned: «Айнабулакский сельский округ», «Айнабұлақ ауылдық округі»."""
    text = repair(bare(heading))
    if _language(text) is Language.KK:
        text = re.sub(r"20\d\d\s*[-–—]?\s*жыл\w*\s*(?:арналған)?", " ", text, flags=re.I)
        text = re.sub(r"\bбюджет\w*(?:\s+жобасы)?\s*$", "", squeeze(text).strip(_TRIM), flags=re.I)
    else:
        text = re.sub(_RU_OPENING, "", text, flags=re.I)
        text = re.sub(
            r"\b(?:на|за)?\s*20\d\d\s*(?:-?\s*(?:й|ый))?\s*(?:финансовый\s+)?(?:год\w*|г\b\.?)?",
            " ",
            text,
            flags=re.I,
        )
    return unit_name(squeeze(text).strip(_TRIM))
