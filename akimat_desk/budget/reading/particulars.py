"""What a decision says of itself: from when it is in force, in which session and by whom it was made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from akimat_desk.budget.reading.headings import date_in
from akimat_desk.budget.reading.stream import Line, Stream, plain_form
from akimat_desk.core.text import squeeze

# --- in force from ----------------------------------------------------------------------------

_DATE = r"(?:\"?\d{1,2}\"?\s*[а-я]+\s*20\d\d|\d{1,2}\.\d{1,2}\.20\d\d)"
_DATE_KK = r"(?:20\d\d\s*(?:жыл\w*|ж\.?)?\s*\"?\d{1,2}\"?\s*[а-я]+|\d{1,2}\.\d{1,2}\.20\d\d)"
_IN_FORCE_RU = re.compile(
    rf"(?:ввод\w+|ввести|введен\w*|вступа\w+)\s+в\s+(?:действие|силу)\s+со?\s+(?P<date>{_DATE})"
)
_IN_FORCE_KK = re.compile(
    rf"(?P<date>{_DATE_KK})\s*(?:жыл\w*\s*)?бастап\s+(?:колданыска\s+ен\w+|кушине\s+ен\w+)"
)
_SENTENCE = re.compile(r"[.;:\"]\s+(?=\D)|\n\W*\d{1,2}\s*[.)]\s")
_LONGEST_SENTENCE = 300


def effective_date(plain: str) -> dt.date | None:
    """The day from which the decision itself is in force; None where the text names no day (in force
    some days after publication, say) or only one from which other relations are governed.

    ``plain`` is the text in plain form. A note on another decision, in brackets, is none.
    """
    found: dt.date | None = None
    for match in (*_IN_FORCE_RU.finditer(plain), *_IN_FORCE_KK.finditer(plain)):
        start = max(0, match.start() - _LONGEST_SENTENCE)
        for boundary in _SENTENCE.finditer(plain, start, match.start()):
            start = boundary.end()
        sentence = plain[start : match.start()]
        if "(" in sentence.rsplit(")", 1)[-1] or not re.search(r"(?<!\w)(?:решени|шешим)", sentence):
            continue
        day = date_in(match["date"])
        if day is not None:
            found = day
    return found


# --- session ------------------------------------------------------------------------------------

_ROMAN = r"[IVXLCІХС]+"
_ORDINAL = r"[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі]+(?:ая|ья|ей|ой|нші|ншы|інші|ыншы)"
_KIND = r"(?:\s*-?\s*(?:внеочередн\w+|очередн\w+|кезекті|кезектен\s+тыс|кезексіз))?"
_SESSION = re.compile(
    rf"(?<![\w-])(?P<number>(?:{_ROMAN}|\d{{1,3}})(?:\s?-?\s?(?:я|ая|ой|й|ей|інші|ыншы|нші|ншы|ші|шы))?(?!\w)"
    rf"|(?:{_ORDINAL}\s+)?{_ORDINAL}){_KIND}\s*-?\s*(?P<word>сесси\w*)"
    r"|(?P<after>(?<!\w)сесси[яи]\s*№\s*\d{1,3})",
    re.I,
)
_NO_ORDINAL = re.compile(r"(?:вне)?очередн|кезек", re.I)
_SIGNATURE = re.compile(r"^\W*(?:председател|торага)|торагасы|торайымы")


def session(lines: Sequence[Line]) -> str:
    """The session named in ``lines`` as printed ("XXXIV сессия", "LII сессиясы"); "" where none is.

    ``lines`` are those in which the decision speaks of itself: see :func:`own_lines`.
    """
    for line in lines:
        for match in _SESSION.finditer(line.text):
            number = match["number"] or ""
            if number and not number[0].isdigit() and _NO_ORDINAL.match(number):
                continue
            return squeeze(match.group())
    return ""


def own_lines(lines: Sequence[Line], head: Sequence[Line]) -> list[Line]:
    """The lines around the title (``head``) and the signatures: there a session is the decision's own,
    elsewhere it may be that of the decision it amends."""
    signed = [line for line in lines if len(line.text) < 160 and _SIGNATURE.search(line.plain)]
    return [*head, *signed]


# --- who made it --------------------------------------------------------------------------------

_RESOLVES = re.compile(
    r"(?<!\w)(?:реш(?:ил[аи]?|ает)(?!\w)|р\s+е\s+ш\s+и\s+л|шешти(?!\w)|шешим\s+(?:кабылдады|етти)|кабылдады(?!\w))"
)
_WHO = re.compile(r"[^,;:\"]*(?<!\w)маслихат\w*[^,;:\"]*$")
_DECISION_OF = re.compile(
    r"^\W*решение\s+(?P<who>[^\d№,;:\"]*маслихат[^\d№,;:\"]*?)(?:\s+от)?(?=\W*(?:\d|№|$))"
)
_DECISION_OF_KK = re.compile(r"^(?P<who>[^\d№,;:\"]*маслихаты(?:нын)?)\s+(?:\"?20\d\d|\d|№|шешим)")
_REASONS = re.compile(r"^.*(?:сайкес|негизинде|басшылыкка\s+алып)(?!\w)\s*|^.*[.]\s+(?=\D)", re.S)
_COMMON = re.compile(
    r"(?<!\w)(?:решение|маслихат\w*|районн\w+|городск\w+|областн\w+|аудандык|калалык|облыстык|шешим\w*)(?!\w)"
)
_LONGEST_NAME = 160


def maslikhat(stream: Stream, head: Sequence[Line]) -> str:
    """The mäslikhat that made the decision, as printed, in whatever case; "" where none is named.

    One with a name ("Казалинский районный маслихат") goes before one without.
    """
    found = [squeeze(name) for name in _makers(stream, head)]
    found = [name for name in found if name and len(name) <= _LONGEST_NAME]
    named = [name for name in found if _is_named(plain_form(name))]
    return next(iter([*named, *found]), "")


def _is_named(plain: str) -> bool:
    return re.search(r"\w", _COMMON.sub("", plain)) is not None


def _makers(stream: Stream, head: Sequence[Line]) -> Iterator[str]:
    verb = _RESOLVES.search(stream.plain)
    before = (
        stream.plain[max(0, verb.start() - _LONGEST_SENTENCE) : verb.start()].rstrip(" ,\n") if verb else ""
    )
    who = _WHO.search(before)
    if verb and who:
        end = max(0, verb.start() - _LONGEST_SENTENCE) + len(before)
        start = end - len(who.group())
        reasons = _REASONS.match(who.group())
        if reasons:
            start += reasons.end()
        # A line above may be the title: it is taken only where the name is broken over lines.
        line = stream.plain.rfind("\n", start, end) + 1
        if line > start and _is_named(stream.plain[line:end]):
            start = line
        if "в соответствии" not in stream.plain[start:end]:
            yield stream.printed[start:end]
    for own in head:
        for pattern in (_DECISION_OF, _DECISION_OF_KK):
            match = pattern.search(own.plain)
            if match:
                yield own.text[slice(*match.span("who"))]
