"""What an amendment does to the text before it: restates points or sub-points, replaces figures.

A whole point restated is a new edition of the unit's budget; restated sub-points and replaced figures
change only what they name, the rest stands in the decision before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.labels import Likeness, meaning_of, trim


class Restates(StrEnum):
    """What an instruction restates."""

    POINT = "point"
    SUB_POINT = "sub_point"
    LINE = "line"  # paragraphs of a sub-point: the others stay as they were
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One "… изложить в новой редакции". ``point`` is the amended point's number where it is named."""

    start: int
    restates: Restates
    point: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """ "цифры «…» заменить цифрами «…»": ``new_start`` … ``new_end`` is the new text in the stream.

    ``figure`` is the figure named beside it; None when only digits are given and nothing says what
    they are, or when the new text carries its own label.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    point: str
    figure: Figure | None


_RESTATED = re.compile(
    r"излож\w*|(?:жана|келеси|мынадай)\s+редакцияда|(?:жазылсын|мазмундалсын|баяндалсын)(?!\w)"
)
_CLAUSE_START = re.compile(r"[;:\"]|\n\W*\d+\s*[.)]\s(?!\s*,)|\.\s(?=\D)")
_LINE = re.compile(r"(?<!\w)(?:абзац|строк|азатжол|жол(?:ы|дар))")
_SUB_POINT = re.compile(r"подпункт|тармакша")
_POINT = re.compile(r"(?<!под)пункт|тармак")
_ANNEX = re.compile(r"приложени|косымша")
_POINT_NUMBER = re.compile(
    r"(?<!под)пункт[а-я]*\s+(?P<ru>\d+(?:-\d+)?)|(?P<kk>\d+(?:-\d+)?)\s*-?\s*тарма(?:к|г)(?!ша)"
)
_CLAUSE_LENGTH = 260


def _points(plain: str) -> list[tuple[int, str]]:
    return [(match.start(), match["ru"] or match["kk"]) for match in _POINT_NUMBER.finditer(plain)]


def _point_at(points: list[tuple[int, str]], position: int) -> str:
    """The last point named before ``position``."""
    found = ""
    for start, number in points:
        if start >= position:
            break
        found = number
    return found


def instructions(plain: str) -> list[Instruction]:
    """Every restating instruction of an amendment, in order."""
    points = _points(plain)
    found: list[Instruction] = []
    for match in _RESTATED.finditer(plain):
        begin = max(0, match.start() - _CLAUSE_LENGTH)
        for boundary in _CLAUSE_START.finditer(plain, begin, match.start()):
            begin = boundary.end()
        clause = plain[begin : match.start()]
        # «строку "доходы" подпункта 1) изложить»: a quoted label does not end what is spoken of.
        spoken = re.split(r"[;\n]", plain[max(0, match.start() - _CLAUSE_LENGTH) : match.start()])[-1]
        if _LINE.search(clause) or (_SUB_POINT.search(clause) and _LINE.search(spoken)):
            restates = Restates.LINE
        elif _SUB_POINT.search(clause):
            restates = Restates.SUB_POINT
        elif _POINT.search(clause):
            restates = Restates.POINT
        elif _ANNEX.search(clause):
            restates = Restates.ANNEX
        else:
            continue
        if found and match.start() - found[-1].start < 40 and found[-1].restates is restates:
            continue  # "жаңа редакцияда жазылсын" is one instruction, not two
        found.append(Instruction(match.start(), restates, _point_at(points, match.end())))
    return found


_QUOTED = r"\"[^\"]{1,300}\"(?:\s*(?:,|;|и|жане)?\s*\"[^\"]{1,300}\"){0,12}"
_REPLACED_RU = re.compile(
    rf"(?:строк\w+|слов\w*|цифр\w*|сумм\w*|числ\w+)(?:\s*(?:и|,)\s*(?:цифры|слова|числа))?\s*(?P<old>{_QUOTED})\s*,?\s*"
    r"(?:соответственно\s+)?(?:заменить|изменить|заменяются)\s+(?:соответственно\s+)?(?:на\s+)?"
    rf"(?:[а-я]+\s*(?:и\s+[а-я]+\s*)?)?(?P<new>{_QUOTED})"
)
_REPLACED_KK = re.compile(
    rf"(?P<old>{_QUOTED})\s*(?:деген\s+)?(?:сан|цифр|жол|соз|сома)\w*(?:\s*(?:мен|жане)\s*(?:сан|соз|цифр)\w*)?\s*,?\s*"
    rf"(?:тиисинше\s+)?(?P<new>{_QUOTED})\s*(?:деген\s+)?(?:сан|цифр|жол|соз|сома)\w*(?:\s*(?:мен|жане)\s*(?:сан|соз|цифр)\w*)?"
    r"\s*(?:тиисинше\s+)?(?:ауыстыр|озгерт|алмастыр)\w*"
)
_PIECE = re.compile(r"\"([^\"]{1,300})\"")
_SUB_POINT_NUMBER = re.compile(r"подпункт\w*\s+(?P<ru>\d+)\s*\)?|(?P<kk>\d+)\s*\)\s*-?\s*тармакша")
# Sub-points that hold one figure only; the others hold several, so their number names none of them.
_LONE_FIGURE = {"2": Figure.COSTS, "5": Figure.DEFICIT}
_CONTEXT = 400


def _named_figure(context: str) -> Figure | None:
    """The figure that the words before a replacement name."""
    phrases = list(_PIECE.findall(context))
    phrases += re.findall(r"(?:в\s+строке|по\s+строке|в\s+части)\s+([^\",:;]{4,90})", context)
    for phrase in reversed(phrases):
        found = meaning_of(trim(re.sub(r"\d[\d\s.,]*", "", phrase)))
        if found and found[1] is not Likeness.BY_IDEAS and isinstance(found[0], Figure):
            return found[0]
    return None


def replacements(plain: str) -> list[Replacement]:
    """Every replacement of figures or lines by others, in order; several in one sentence are parted."""
    points = _points(plain)
    matches = sorted(
        (*_REPLACED_RU.finditer(plain), *_REPLACED_KK.finditer(plain)), key=lambda match: match.start()
    )
    found: list[Replacement] = []
    previous = 0
    sub_point = ""
    for match in matches:
        if match.start() < previous:
            continue
        context = plain[max(previous, match.start() - _CONTEXT) : match.start()]
        numbers = [number["ru"] or number["kk"] for number in _SUB_POINT_NUMBER.finditer(context)]
        if numbers:
            sub_point = numbers[-1]
        olds = [piece.span(1) for piece in _PIECE.finditer(plain, match.start("old"), match.end("old"))]
        news = [piece.span(1) for piece in _PIECE.finditer(plain, match.start("new"), match.end("new"))]
        line_start = plain.rfind("\n", 0, match.start()) + 1
        named = _named_figure(plain[max(previous, line_start) : match.start()]) or _named_figure(context)
        paired = len(olds) == len(news) == 1
        if named is None and paired:
            named = _LONE_FIGURE.get(sub_point)
        for new in news:
            carries_label = any(letter.isalpha() for letter in plain[slice(*new)].split("тенге")[0][:12])
            figure = named if paired and not carries_label else None
            found.append(
                Replacement(
                    match.start(), match.end(), new[0], new[1], _point_at(points, match.start()), figure
                )
            )
        previous = match.end()
    return found


def mask(plain: str, spans: list[tuple[int, int]]) -> str:
    """``plain`` with the spans blanked, line ends kept, as long as before."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        if start < position:
            continue
        pieces.append(plain[position:start])
        pieces.append("".join("\n" if letter == "\n" else " " for letter in plain[start:end]))
        position = end
    pieces.append(plain[position:])
    return "".join(pieces)
