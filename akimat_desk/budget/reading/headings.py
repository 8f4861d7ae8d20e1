"""The decision itself: its language, title, date, number, and whether it amends another one.

The date and number are the decision's own: those of an amended decision, of the law, of a footnote
or of the registration with the Ministry of Justice stand beside them and must not be taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.budget.reading.stream import Line, plain_form
from akimat_desk.core.dates import MONTHS_KK, MONTHS_RU
from akimat_desk.core.language import Language
from akimat_desk.core.text import repair

# --- language ---------------------------------------------------------------------------------

_KAZAKH_WORDS = re.compile(
    r"(?<!\w)(?:жылдарга|арналган|бюджети\w*|кириcтер|киристер|шыгындар|мын|туралы|жылга|округ[иі]\w*"
    r"|шешим\w*|бекитилсин|санаты|сыныбы|атауы|сомасы|косымша\w*|тапшылыгы|ишинде)(?!\w)"
)
_RUSSIAN_WORDS = re.compile(
    r"(?<!\w)(?:годы|год|бюджета|доходы|затраты|тысяч\w?|утвердить|согласно|округа|решени[ея]|поступления"
    r"|категория|класс|наименование|сумма|приложени\w+|дефицит|числе)(?!\w)"
)


def language_of(plain: str) -> Language:
    """The language a text is written in, by the words only one of them has (Kazakh when none are there)."""
    sample = plain[:20000]
    kazakh, russian = len(_KAZAKH_WORDS.findall(sample)), len(_RUSSIAN_WORDS.findall(sample))
    return Language.RU if russian > kazakh else Language.KK


# --- years ------------------------------------------------------------------------------------

_RANGE = re.compile(
    r"(?<![\d№/-])(20\d\d)\s*-\s*(20\d\d)\s*-?\s*(?:год\w*|гг\b\.?|жылдар\w*|жж\b\.?|жыл\w*)?(?!\d|\s*-\s*\d|/)"
)
_ONE_RU = re.compile(r"(?<!\w)на\s+(20\d\d)(?!\d|\s*-)")
_ONE_KK = re.compile(r"(?<![\d-])(20\d\d)\s*жыл(?:га|ы|гы)?(?!\w|\s+\d|\s+«?\d)")


@dataclass(frozen=True, slots=True)
class Years:
    """The years a text names: the planning period and the year whose figures stand in the text."""

    first: int | None = None
    years: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.first is not None


def years_of(plain: str) -> Years:
    """The budget years named in a heading or a title in plain form."""
    period: tuple[int, ...] = ()
    for match in _RANGE.finditer(plain):
        first, last = int(match[1]), int(match[2])
        if first <= last <= first + 4:
            period = tuple(range(first, last + 1))
            break
    single = [int(match[1]) for match in (*_ONE_RU.finditer(plain), *_ONE_KK.finditer(plain))]
    if period:
        return Years(next((year for year in single if year in period), period[0]), period)
    if single:
        return Years(single[0], (single[0],))
    return Years()


YEAR_PHRASE = re.compile(
    r"(?:(?<!\w)на\s+)?(?<![\d№/-])20\d\d(?:\s*-\s*20\d\d)?\s*-?\s*"
    r"(?:год\w*|гг\b\.?|жылдар\w*|жж\b\.?|жыл\w*)?(?:\s*арналган)?(?!\w)"
)

# --- date and number -----------------------------------------------------------------------------

_MONTHS = {plain_form(name)[:-1] if name[-1] in "яа" else plain_form(name): number
           for names in (MONTHS_RU, MONTHS_KK) for number, name in enumerate(names, start=1)}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE_RU = re.compile(rf"(?<!\d)\"?(\d{{1,2}})\"?\s*({_MONTH})[а-я]*\s*(20\d\d)?")
_DATE_KK = re.compile(rf"(20\d\d)\s*(?:жыл\w*|ж\.?)?\s*\"?(\d{{1,2}})\"?\s*({_MONTH})[а-я]*")
_DATE_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)")
_NUMBER = re.compile(
    r"(?:№|(?<!\w)n[oо°º]?\.?(?=\s*\d))\s*(?P<number>\w+(?:\s?[-/]\s?\w+)*(?:\s?[-/]\s?\w+)*)"
)
_REGISTERED = re.compile(r"зарегистрир|тиркел|тиркеу|реестр")


def date_in(plain: str) -> dt.date | None:
    """The first full date in a text in plain form; None where there is none or the year is missing."""
    found: list[tuple[int, int, int, int]] = []
    for match in _DATE_KK.finditer(plain):
        found.append((match.start(), int(match[1]), _MONTHS[match[3]], int(match[2])))
    for match in _DATE_RU.finditer(plain):
        if match[3]:
            found.append((match.start(), int(match[3]), _MONTHS[match[2]], int(match[1])))
    for match in _DATE_DIGITS.finditer(plain):
        found.append((match.start(), int(match[3]), int(match[2]), int(match[1])))
    for _, year, month, day in sorted(found):
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


_ROMAN_LOOKALIKES = str.maketrans("ІіХхУ", "IIXXV")


def _one_alphabet(number: str) -> str:
    """Roman parts in Latin letters only ("VІІІ" mixes alphabets); other letters stay as printed."""

    def mend(match: re.Match[str]) -> str:
        part = match.group()
        latin = part.translate(_ROMAN_LOOKALIKES)
        return latin if re.fullmatch(r"[IVX]+", latin) else part

    return re.sub(r"[^\W\d_]+", mend, number)


def number_in(printed: str, plain: str) -> str | None:
    """The first decision number after № (or an old "N"), without stray blanks: "8С-37/5", "42-4-VIII"."""
    match = _NUMBER.search(plain)
    if match is None:
        return None
    number = printed[match.start("number") : match.end("number")]
    number = re.sub(r"\s*([-\u2010-\u2015\u2212/])\s*", lambda m: "/" if m[1] == "/" else "-", number)
    number = re.split(r"\s", number)[0]
    return _one_alphabet(number) or None


# --- title and header ------------------------------------------------------------------------------

_TITLE_RU = re.compile(
    r"^\"?о(?:б|бо)?\s+(?:районн\w+\s+|городск\w+\s+|уточнени\w+\s+)?(?:бюджет|утвержд|внесен|изменен|дополнен|проект)"
)
_TITLE_KK = re.compile(r"(?:туралы|енгизу|енгизилуи)\W*$")
_TITLE_SUBJECT = re.compile(r"бюджет|озгер")
_OPERATIVE = re.compile(
    r"(?<!\w)(?:решил[аи]?|решает|шешти|шешим\s+кабылдады|кабылдады)(?!\w)|^\W*1\s*[-.)]|^в\s+соответствии|^руководствуясь"
    r"|утвердить|бекитилсин"
)
_RESOLVED = re.compile(
    r"(?<!\w)(?:решил[аи]?\s*:|решил[аи]?(?!\w)|шешти(?!\w)|шешим\s+кабылдады|к\s*а\s*б\s*ы\s*л\s*д\s*а\s*д\s*ы)"
)
_AMENDS = re.compile(
    r"внес\w+\s+(?:следующ\w+\s+)?(?:изменени|дополнени)|(?<!\w)внести\s+в\s+решени|озгерис\w*(?:\s+(?:мен|жане)\s+толыктыру\w*)?"
    r"\s+енгиз|шешимине\s+(?:озгер|толыктыр|мынадай\s+озгер|келеси\s+озгер)|о\s+внесении"
)
_RESTATES = re.compile(
    r"изложить\s+в\s+(?:новой|следующей)|(?:жана|келеси|мынадай)\s+редакцияда\s+(?:жазылсын|мазмундалсын|баяндалсын)"
    r"|заменить\s+(?:цифрами|словами|строкой)|ауыстырылсын"
)
_LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a decision says. ``resolved`` tells whether "решил" / "шешті" stands in the text;
    ``around`` are the lines around the title, in which the decision speaks of itself."""

    title: str
    date: dt.date | None
    number: str | None
    is_amendment: bool
    resolved: bool
    around: tuple[Line, ...] = ()


def _title_lines(lines: Sequence[Line]) -> tuple[int, int]:
    """The range of lines that make the title; empty when there is none."""
    for index, line in enumerate(lines[:_LONGEST_HEADER]):
        plain = line.plain
        if _TITLE_RU.match(plain):
            return index, _continued(lines, index)
        if _TITLE_KK.search(plain) and len(plain) < 700 and not re.match(r"^\W*\d+\s*\.", plain):
            begin = index
            while begin > 0 and not _TITLE_SUBJECT.search(_joined(lines, begin, index + 1)):
                begin -= 1
            while begin > 0 and begin > index - 4 and _runs_on(lines[begin - 1].plain, lines[begin].text):
                begin -= 1
            if _TITLE_SUBJECT.search(_joined(lines, begin, index + 1)):
                return begin, index + 1
        if _OPERATIVE.search(plain):
            break
    for index, line in enumerate(lines[:_LONGEST_HEADER]):
        if _OPERATIVE.search(line.plain):
            break
        if _TITLE_SUBJECT.search(line.plain) and not line.plain.endswith((";", ":")):
            return index, index + 1
    return 0, 0


def _joined(lines: Sequence[Line], begin: int, end: int) -> str:
    return " ".join(line.plain for line in lines[begin:end])


def _runs_on(previous: str, following: str) -> bool:
    """Whether a Kazakh title may begin on the line above: that ends in mid-sentence, this goes on."""
    if not previous or previous.endswith((".", ";", ":", "№")) or _NUMBER.search(previous):
        return False
    return following[:1].islower()


def _continued(lines: Sequence[Line], begin: int) -> int:
    """Where a Russian title ends: it may be broken over lines."""
    end = begin + 1
    while end < len(lines) and end < begin + 5:
        text, following = _joined(lines, begin, end), lines[end]
        first = following.text[:1]
        open_quote = text.count('"') % 2 == 1 and len(following.text) < 200
        goes_on = first.islower() or following.plain.startswith(("на 20", "20")) or open_quote
        if not goes_on or _OPERATIVE.search(following.plain) or _NUMBER.match(following.plain):
            break
        if following.plain.startswith(("от ", "решени")) and not open_quote:
            break
        end += 1
    return end


def header_of(lines: Sequence[Line]) -> Header:
    """Title, own date and number, and whether the decision amends another one."""
    lines = [line for line in lines if not line.is_noise]
    begin, end = _title_lines(lines)
    title = repair(" ".join(line.text for line in lines[begin:end])).strip()
    stop = next(
        (
            index
            for index, line in enumerate(lines[:_LONGEST_HEADER])
            if index >= end and _OPERATIVE.search(line.plain)
        ),
        min(len(lines), _LONGEST_HEADER),
    )
    head = [line for index, line in enumerate(lines[:stop]) if not begin <= index < end]
    date, number = _own_reference(head)
    title_plain = plain_form(title)
    if date is None and number is None:
        # "О бюджете … Решение маслихата от … № …" in one paragraph: only what follows the words.
        own = re.search(r"(?<!\")(?:^|[.\"]\s*)решение\s+\w.*$", title_plain)
        if own:
            date = date_in(own.group())
            number = number_in(title[own.start() :], own.group())
    if date is None and number is None:
        date, number = _from_annexes(lines[stop:])
    whole = "\n".join(line.plain for line in lines[stop : stop + 60])
    if title:
        amends = bool(_AMENDS.search(title_plain) or re.search(r"шешимине\s+озгер", title_plain))
        amends = amends or bool(
            re.search(r"^\W*1?\W*внести\s+в\s+решени|шешимине\W.*енгизилсин", whole, re.M)
        )
    else:
        amends = bool(_AMENDS.search(whole))
    amends = amends or bool(_RESTATES.search(whole))
    resolved = any(_RESOLVED.search(line.plain) for line in lines[: stop + 10])
    return Header(title, date, number, amends, resolved, tuple(head))


def _own_reference(head: Sequence[Line]) -> tuple[dt.date | None, str | None]:
    """The date and number in the lines around the title; a line with both is preferred."""
    date: dt.date | None = None
    number: str | None = None
    for line in head:
        plain, printed = line.plain, line.text
        registered = _REGISTERED.search(plain)
        if registered:
            # "Решение … № 510. Зарегистрировано … № 7972": only what stands before counts.
            cut = max(plain.rfind(". ", 0, registered.start()), 0)
            plain, printed = plain[:cut], printed[:cut]
        found_date, found_number = date_in(plain), number_in(printed, plain)
        if found_date and found_number:
            return found_date, found_number
        date, number = date or found_date, number or found_number
    return date, number


_ANNEX_OF = re.compile(r"приложени\w*\s+(?:№?\s*\d+\s*)?к\s+решени|шешимин\w*|шешимге")


def _from_annexes(lines: Sequence[Line]) -> tuple[dt.date | None, str | None]:
    """As the last resort, the reference above the first annex: "Приложение 1 к решению … от … № …"."""
    for index, line in enumerate(lines):
        plain = line.plain
        if re.match(r"^\W*приложение\s*\d*(?!\w)", plain) or re.search(r"\d\s*-?\s*косымша\W*$", plain):
            begin = max(0, index - 3) if "косымша" in plain else index
            near = lines[begin : index + 4]
            dates = (date_in(entry.plain) for entry in near)
            numbers = (number_in(entry.text, entry.plain) for entry in near)
            return next(filter(None, dates), None), next(filter(None, numbers), None)
    return None, None
