"""The points of a decision that approve a budget: "Утвердить бюджет …", "… бюджеті … бекітілсін"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from akimat_desk.budget.reading.headings import YEAR_PHRASE, Years, years_of
from akimat_desk.budget.reading.names import has_kind, is_plural, unit_name
from akimat_desk.budget.reading.stream import Stream

_LONGEST = 900
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Approval:
    """One approving sentence. ``name`` is the unit's plain name ("" when none is named), for several
    units (``plural``) the words that name them together.

    ``annexes`` are the annex numbers it refers to. ``quoted``: a quotation opens right before its own
    number, the mark of an amendment's new text; ``nested``: a number of an outer point stands before
    that quotation, as in decisions that quote a little decision for every unit.
    """

    start: int
    end: int
    name: str
    years: Years
    plural: bool
    annexes: tuple[int, ...]
    quoted: bool
    nested: bool


_RU_VERB = re.compile(r"(?<!\w)утверд(?:ить|ит|ите|ть)(?!\w)")
_RU_END = re.compile(r":|(?<!\w)об[ъь]?ем(?:ах|е|ы)(?!\w)|\n\W*(?:1\s*\)|доход)|(?<!\w)1\s*\)\s*доход")
_RU_BUDGET = re.compile(r"(?<!\w)бюджет(?:а|ы|ов|ам|у|ом)?(?!\w)")
_NO_BUDGET = re.compile(r"(?<!\w)(?:субвенци|изъяти|резерв|лимит|перечень)")  # what is approved instead
_RU_STOP = re.compile(
    r"(?<!\w)(?:согласно|согласна|в\s+том\s+числе|в\s+следующ|соответственно|к\s+настоящему|по\s+город|в\s+объем)"
)
_KK_VERB = re.compile(r"(?<!\w)(?:бекит(?:илс\w*|илед\w*|илген|илсы?н)|колем(?:дер)?(?:де|инде)?)(?!\w)")
_KK_BUDGET = re.compile(r"(?<!\w)бюджет(?:и|ин|ине|инин|тери|терин|терине|тин)?(?!\w)")
_KK_END = re.compile(r":|\n\W*(?:1\s*\)|кирис)|(?<!\w)1\s*\)\s*кирис")
_POINT_START = re.compile(r"^\W*\d{1,3}(?:[-.]\d{1,3})?\s*[.)]?\s*\W*(?=20\d\d|[^\d\s])")
_LEADING_MARKS = re.compile(r"(?:\W|(?!20\d\d)\d)*")
_OWN_NUMBER = re.compile(
    r"(?P<outer>\d{1,3}\s*[.)]\s*)?(?P<quote>\")?\s*(?P<point>\d{1,3}(?:[-.]\d{1,3})?)\s*[.)]?\s*(?P<quote2>\")?\s*$"
)
_ANNEXES = re.compile(
    r"приложени\w*\s+(?P<ru>[\d\s,;и-]+)|(?P<kk>[\d\s,;-]+(?:(?:жане|мен)\s+\d+\s*)?-?\s*)косымша"
)


def _without(printed: str, plain: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Both forms of a text without what ``pattern`` finds in the plain one."""
    kept_printed: list[str] = []
    kept_plain: list[str] = []
    position = 0
    for match in pattern.finditer(plain):
        kept_printed.append(printed[position : match.start()])
        kept_plain.append(plain[position : match.start()])
        position = match.end()
    kept_printed.append(printed[position:])
    kept_plain.append(plain[position:])
    return " ".join(kept_printed), " ".join(kept_plain)


def _annex_numbers(plain: str) -> tuple[int, ...]:
    match = _ANNEXES.search(plain)
    if match is None:
        return ()
    numbers: list[int] = []
    for part in re.findall(r"\d+(?:\s*-\s*\d+)?", match["ru"] or match["kk"] or ""):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 200:
            numbers.extend(range(ends[0], ends[1] + 1))
        else:
            numbers.extend(ends)
    return tuple(number for number in numbers if number < 1000)


def _quotation(before: str) -> tuple[bool, bool]:
    """Whether a quotation opens with the number that ends ``before``, and whether an outer number
    stands before it."""
    match = _OWN_NUMBER.search(before)
    if match is None:
        return bool(re.search(r"\"\s*$", before)), False
    quoted = bool(match["quote"] or match["quote2"])
    return quoted, quoted and bool(match["outer"])


def name_in(printed: str, plain: str, plural: bool = False) -> str:
    """The unit (``plural``: the units together) named in a phrase with years and list marks around."""
    printed, plain = _without(printed[:_LONGEST_NAME], plain[:_LONGEST_NAME], YEAR_PHRASE)
    stop = _RU_STOP.search(plain)
    if stop:
        printed = printed[: stop.start()]
    name = unit_name(printed)
    comma = name.find(",")
    return name[:comma].strip() if comma > 0 and not plural else name


def _russian(stream: Stream) -> list[Approval]:
    found: list[Approval] = []
    for verb in _RU_VERB.finditer(stream.plain):
        if found and verb.start() < found[-1].end:
            continue
        limit = min(len(stream.plain), verb.end() + _LONGEST)
        ending = _RU_END.search(stream.plain, verb.end(), limit)
        if ending:
            end = ending.end() if ending.group() == ":" or ending.group().startswith("об") else ending.start()
        else:
            line_end = stream.plain.find("\n", verb.end())
            end = line_end if line_end >= 0 else len(stream.plain)
        plain = stream.plain[verb.end() : end]
        budget = _RU_BUDGET.search(plain)
        if budget is None or budget.start() > 150 or _NO_BUDGET.search(plain, 0, budget.start()):
            continue
        phrase = plain[budget.end() :]
        stop = _RU_STOP.search(phrase)
        whom = phrase[: stop.start()] if stop else phrase
        plural = is_plural(whom)
        printed = stream.printed[verb.end() + budget.end() : end]
        quoted, nested = _quotation(stream.plain[max(0, verb.start() - 30) : verb.start()])
        found.append(
            Approval(
                start=verb.start(),
                end=end,
                name=name_in(printed, phrase, plural),
                years=years_of(plain),
                plural=plural,
                annexes=_annex_numbers(plain),
                quoted=quoted,
                nested=nested,
            )
        )
    return found


_TITLE_END = re.compile(r"(?<!\w)туралы\W*$")


def _sentence_start(stream: Stream, position: int, floor: int) -> int:
    """Where the sentence around ``position`` begins: its line, or lines above when that was wrapped.

    A sentence begins below a title, and below an empty line if its first letter does not go on there.
    """
    plain = stream.plain
    start = plain.rfind("\n", 0, position) + 1
    for _ in range(6):
        if start <= floor or _POINT_START.match(plain[start : start + 40]):
            break
        previous = plain[: start - 1].rstrip()
        if not previous or previous[-1] in ".:;" or _TITLE_END.search(previous, max(0, len(previous) - 12)):
            break
        if stream.stands_apart(start) and stream.printed[start : start + 1].isupper():
            break
        start = plain.rfind("\n", 0, start - 1) + 1
    return max(start, floor)


def _kazakh(stream: Stream) -> list[Approval]:
    found: list[Approval] = []
    floor = 0
    for verb in _KK_VERB.finditer(stream.plain):
        if verb.start() < floor:
            continue
        start = _sentence_start(stream, verb.start(), floor)
        ending = _KK_END.search(stream.plain, verb.end(), verb.end() + 400)
        end = verb.end()
        if ending and "." not in stream.plain[verb.end() : ending.start()].replace("1.", ""):
            end = ending.end() if ending.group() == ":" else ending.start()
        plain = stream.plain[start:end]
        budget = _KK_BUDGET.search(plain)
        if budget is None or re.match(r"\s*(?:туралы|бекиту)", plain[budget.end() :]):
            continue
        if not (verb.group().startswith("бекит") or "косымша" in plain or YEAR_PHRASE.search(plain)):
            continue
        if re.search(r"субвенци|трансферт|ескерилсин", plain):
            continue
        mark = _LEADING_MARKS.match(plain)
        begin = mark.end() if mark else 0
        whom = plain[begin : budget.start()]
        plural = is_plural(whom + budget.group()) or budget.group().startswith("бюджеттер")
        quoted, nested = _quotation(stream.plain[max(0, start - 30) : start + begin])
        found.append(
            Approval(
                start=start,
                end=end,
                name=name_in(stream.printed[start + begin : start + budget.start()], whom, plural),
                years=years_of(plain),
                plural=plural,
                annexes=_annex_numbers(plain),
                quoted=quoted,
                nested=nested,
            )
        )
        floor = end
    return found


def approvals(stream: Stream) -> list[Approval]:
    """Every approving sentence of the text, in order."""
    return sorted((*_russian(stream), *_kazakh(stream)), key=lambda approval: approval.start)


_TITLE_AFTER = re.compile(r"(?:год\w*|гг\.?)\s*:\s*(?P<name>\D{3,120})$")
_NO_NAME = re.compile(r"решени|маслихат|шешим|туралы|в\s+соответствии|сайкес|председател|секретар")
_NAMING = re.compile(r"^\W*(?:\d+(?:[-.]\d+)*\s*[.)]*\s*)?(?:по(?!\w)|бюджет\w*|утвердить)?\s*")
_NAMING_END = re.compile(
    r"(?:\s*(?:бойынша|бюджет\w*|на|в\s+следующ\w+\s+объем\w*|келеси|мынадай|оны\w*\s+ишинде))*[\s:.;\"-]*$"
)


_RU_TITLE = re.compile(r"(?<!\w)бюджет(?:е|а|ах|ов|ы)?(?!\w)")
_KK_TITLE = re.compile(r"(?<!\w)бюджет(?:и|ин|иннин|тери|терин)(?!\w)")


def _russian_title(title: str, plain: str) -> str:
    for budget in _RU_TITLE.finditer(plain):
        printed, tail = title[budget.end() :], plain[budget.end() :]
        if not has_kind(tail):
            continue
        if not is_plural(tail):
            return name_in(printed, tail)
        # "О бюджетах города Саркан и сельских округов …": one unit by name among others without.
        named = [
            name_in(printed[start:end], tail[start:end])
            for start, end in _pieces(tail)
            if has_kind(tail[start:end]) and not is_plural(tail[start:end])
        ]
        named = [name for name in named if len(name.split()) > 1]
        return named[0] if len(named) == 1 else ""
    return ""


def _pieces(plain: str) -> list[tuple[int, int]]:
    """The parts of an enumeration."""
    bounds = [0, *(at for match in re.finditer(r",|\sи\s", plain) for at in match.span()), len(plain)]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def name_in_title(title: str, plain: str) -> str:
    """The unit a title names; "" for several units or none."""
    after = _TITLE_AFTER.search(plain)
    if after:
        phrase = title[after.start("name") : after.end("name")]
        return "" if is_plural(phrase) else unit_name(phrase)
    if not _KK_TITLE.search(plain):
        return _russian_title(title, plain)
    kazakh = _KK_BUDGET.search(plain)
    if kazakh is None or kazakh.group().startswith("бюджеттер"):
        return ""
    head_printed, head = title[: kazakh.start()], plain[: kazakh.start()]
    opened = head.rfind('"', 0, max(0, len(head) - 1))
    if opened >= 0 and re.search(r"20\d\d|шешим|маслихат", head[:opened]) and has_kind(head[opened:]):
        inner = head[opened + 1 :]
        # "… № 121 2024-2026 жылдарға арналған "Дөң" ауылдық округінің": the quotation is the name itself.
        if YEAR_PHRASE.search(inner):
            head_printed, head = head_printed[opened + 1 :], inner
    years = list(YEAR_PHRASE.finditer(head))
    if years and has_kind(head[years[-1].end() :]):
        head_printed, head = head_printed[years[-1].end() :], head[years[-1].end() :]
    if not has_kind(head) or is_plural(head):
        return ""
    return name_in(head_printed, head)


def name_on_line(printed: str, plain: str) -> str | None:
    """The unit that a line of its own names: "По городу Жанатас:", "Жаңатас қаласы бойынша:".

    None when the line is no such heading.
    """
    if len(plain) > 140 or not has_kind(plain) or _NO_NAME.search(plain):
        return None
    begin = _NAMING.match(plain)
    end = _NAMING_END.search(plain)
    start = begin.end() if begin else 0
    stop = end.start() if end else len(plain)
    if stop <= start or is_plural(plain[start:stop]):
        return None
    name = name_in(printed[start:stop], plain[start:stop])
    return name if name and len(name.split()) <= 9 else None
