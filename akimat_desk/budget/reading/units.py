"""The units of a decision's text and the figures it states of each.

The text is walked from amount to amount; the words before an amount say which figure it is. Points
that approve a budget, lines that name a unit, restating instructions and a second "доходы" begin a
unit; the next point of the decision ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.reading.amendments import (
    Instruction,
    Replacement,
    Restates,
    instructions,
    mask,
    replacements,
)
from akimat_desk.budget.reading.draft import Fragment
from akimat_desk.budget.reading.headings import Years
from akimat_desk.budget.reading.labels import KnownLine, Likeness, Meaning, meaning_of, trim
from akimat_desk.budget.reading.numbers import AmountUnit, PrintedAmount, Sign, amounts
from akimat_desk.budget.reading.points import Approval, approvals, name_on_line
from akimat_desk.budget.reading.signs import SIGNED, Item
from akimat_desk.budget.reading.stream import Stream

_HARD = re.compile(r"[;:\"]|\.(?:\s|$)|(?<![\w])\d{1,2}\s*\)|(?:^|(?<=\s))[а-яa-z]\s?\)")
_CLOSER = re.compile(
    r"^\W{0,3}(?:\d{1,3}(?:-\d{1,2})?\s*\.\s*\W{0,2}(?=[^\d\s])|(?:приложени|косымша|\d+\s*-?\s*косымша"
    r"|настоящее\s+решени|осы\s+шешим|учесть|установить|предусмотреть|принять|председател|секретар"
    r"|маслихат\s+торагасы|маслихат\s+хатшысы|торага|хатшы|аким)(?:\w|\b))",
    re.M,
)
# A sentence about something else than the structure of the budget, amounts in it included.
_OTHER_MATTERS = re.compile(
    r"субвенци\w*,?\s+(?:переда|бери)|изъяти|алып\s+кою|алулар|ескер|учесть|предусм|козделс|карастыр|резерв|жалпы\s+сипат"
    r"|общего\s+характера|зачисля|формиру|лимит|секвестр|минимальн|месячн\w*\s+расчетн|айлык\s+есептик"
)
_GLUED_HYPHEN = re.compile(r"\s+[-\u2212](?=\d)")
_MOST_LABEL_WORDS = 12
_LONGEST_CLAUSE = 600
_PARTS_OF_A_POINT = (Restates.SUB_POINT, Restates.LINE)
_SECTION_OF_TOTAL = {figure: section for section, figure in SECTION_TOTAL.items()}


@dataclass(slots=True)
class Segment:
    """What the text says of one unit. ``partial`` when an amendment restates only some figures;
    ``whole`` are then the sections that it restates with all their parts."""

    start: int
    end: int
    name: str
    years: Years
    annexes: tuple[int, ...] = ()
    partial: bool = False
    whole: set[Section] = field(default_factory=set)
    named_by_point: bool = False
    items: dict[Figure, Item] = field(default_factory=dict)
    not_understood: list[Fragment] = field(default_factory=list)


@dataclass(slots=True)
class TextReading:
    """All units of a text, and what outside of them was not understood."""

    segments: list[Segment] = field(default_factory=list)
    not_understood: list[Fragment] = field(default_factory=list)
    quoted_approval: bool = False
    restates: bool = False


_Event = tuple[int, int, Literal["approval", "instruction", "closer", "amount", "replacement"], object]


class TextReader:
    """Reads one stream; use :func:`read_units`."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._approvals = approvals(stream)
        self._replacements = replacements(stream.plain)
        self._plain = mask(stream.plain, [(found.start, found.end) for found in self._replacements])
        self._result = TextReading()
        self._current: Segment | None = None
        self._approval: Approval | None = None
        self._fresh = False  # an approval or instruction came and no figure since
        self._open = False
        self._instruction: Instruction | None = None
        self._by_point: dict[str, Segment] = {}
        self._clause_start = 0  # where the words that may label the next amount begin

    def read(self) -> TextReading:
        """Walk through the events of the text in order."""
        for _, _, kind, event in sorted(self._events(), key=lambda entry: entry[:2]):
            if isinstance(event, Approval):
                self._on_approval(event)
            elif isinstance(event, Instruction):
                self._on_instruction(event)
            elif isinstance(event, Replacement):
                self._on_replacement(event)
            elif isinstance(event, PrintedAmount):
                self._on_amount(event)
            elif kind == "closer":
                self._open = False
        segments = self._result.segments
        self._result.segments = [
            segment
            for segment in segments
            if segment.items or segment.not_understood or segment.named_by_point
        ]
        if any(segment.items for segment in segments):
            # An approval without figures beside others that have them is a container.
            self._result.segments = [
                segment
                for index, segment in enumerate(segments)
                if segment.items or segment.not_understood or self._stands_alone(segments, index)
            ]
        self._result.quoted_approval = any(approval.quoted for approval in self._approvals) and not any(
            approval.nested for approval in self._approvals
        )
        return self._result

    @staticmethod
    def _stands_alone(segments: list[Segment], index: int) -> bool:
        """Whether an approval without figures is a unit of its own: the next one is approved as such, too."""
        if not segments[index].named_by_point:
            return False
        return index + 1 >= len(segments) or segments[index + 1].named_by_point

    def _events(self) -> Iterator[_Event]:
        spans = [(approval.start, approval.end) for approval in self._approvals]
        for approval in self._approvals:
            yield approval.start, 0, "approval", approval
        for instruction in instructions(self._stream.plain):
            yield instruction.start, 1, "instruction", instruction
        for replacement in self._replacements:
            yield replacement.start, 2, "replacement", replacement
        headings = {self._line_start(start) for start, _ in spans}
        for match in _CLOSER.finditer(self._plain):
            if self._line_start(match.start()) in headings or self._is_item(match.end()):
                continue
            if name_on_line(*self._line(match.start())) is not None and not self._is_sentence(match.start()):
                continue
            yield match.start(), 3, "closer", match
        inside = iter(spans)
        span = next(inside, None)
        for amount in amounts(self._plain):
            while span and span[1] <= amount.start:
                span = next(inside, None)
            if span and span[0] <= amount.start and amount.end <= span[1]:
                continue  # years and annex numbers of an approving sentence
            yield amount.start, 4, "amount", amount

    def _line_start(self, position: int) -> int:
        return self._plain.rfind("\n", 0, position) + 1

    def _line(self, position: int) -> tuple[str, str]:
        start = self._line_start(position)
        end = self._plain.find("\n", start)
        end = len(self._plain) if end < 0 else end
        return self._stream.printed[start:end], self._plain[start:end]

    def _is_sentence(self, position: int) -> bool:
        _, plain = self._line(position)
        return not plain.rstrip().endswith(":") and len(plain.split()) > _MOST_LABEL_WORDS

    def _is_item(self, position: int) -> bool:
        """Whether a figure's label begins at ``position`` (a list numbered "1." instead of "1)")."""
        _, plain = self._line(position)
        rest = plain[position - self._line_start(position) :]
        label = re.split(r"[-:\d]", rest, maxsplit=1)[0]
        found = meaning_of(trim(label))
        return found is not None and found[1] is not Likeness.BY_IDEAS

    # --- events ---------------------------------------------------------------------------------

    def _on_approval(self, approval: Approval) -> None:
        self._approval = approval
        self._open = self._fresh = True
        self._instruction = None
        self._current = None
        self._clause_start = approval.end
        if not approval.plural:
            self._begin(approval.start, approval.end, approval.name, named_by_point=True)

    def _on_instruction(self, instruction: Instruction) -> None:
        self._result.restates = True
        self._clause_start = max(self._clause_start, instruction.start)
        if instruction.restates is Restates.ANNEX:
            self._open = False
            return
        self._instruction = instruction
        self._fresh = True
        self._current = None
        self._approval = None
        self._open = self._restates_parts()

    def _on_replacement(self, replacement: Replacement) -> None:
        self._result.restates = True
        self._clause_start = max(self._clause_start, replacement.end)
        segment = self._segment_of_point(replacement.point, replacement.start)
        plain = self._stream.plain
        understood = False
        for amount in amounts(plain[: replacement.new_end], replacement.new_start):
            figure = replacement.figure
            if figure is None:
                found = self._label(plain, replacement.new_start, amount)
                figure = found[0] if found and isinstance(found[0], Figure) else None
            if figure is not None and figure not in segment.items:
                if replacement.figure in SIGNED and amount.dashes:
                    amount = replace(amount, sign=Sign.MINUS)  # no label here that a dash could part
                self._add(segment, figure, amount)
                understood = True
            break
        if not understood:
            self._result.not_understood.append(self._fragment(replacement.start))

    def _on_amount(self, amount: PrintedAmount) -> None:
        # No label is longer; looking back no further keeps the reading linear.
        begin = max(self._clause_start, amount.start - _LONGEST_CLAUSE)
        with_unit = amount.unit is not AmountUnit.NONE
        set_off = with_unit or amount.ends_clause or amount.dashes > 0
        found = self._label(self._plain, begin, amount) if set_off else None
        meaning = found[0] if found else None
        if found and found[1] is Likeness.BY_IDEAS and not (with_unit and self._open):
            meaning = None
        if meaning is not None or with_unit:
            self._clause_start = amount.end
        if not self._open:
            if meaning is not Figure.REVENUE_TOTAL or found is None or found[1] is Likeness.BY_IDEAS:
                return
            self._open = True
            self._current = None
        if meaning is None:
            if with_unit:
                self._on_unknown(begin, amount)
            return
        if isinstance(meaning, KnownLine):
            return
        self._on_figure(meaning, begin, amount)

    def _on_figure(self, figure: Figure, begin: int, amount: PrintedAmount) -> None:
        segment = self._current
        starts_over = figure is Figure.REVENUE_TOTAL and segment is not None and figure in segment.items
        if figure is Figure.REVENUE_TOTAL and (segment is None or starts_over or not segment.items):
            name = self._named_before(begin, amount.start)
            if name is None and segment is None and self._restates_parts():
                # Sub-points alone restate parts; a whole set under a name of its own is an edition.
                segment = self._segment_of_point(self._point(), begin)
            elif name is not None or segment is None or starts_over:
                segment = self._begin(begin, amount.end, name or self._name_of_all())
        if segment is None:
            segment = self._segment_of_point(self._point(), begin)
        if figure in segment.items:
            known = segment.items[figure].amount
            if (known.value, known.unit) != (amount.value, amount.unit) and not self._is_part(figure, amount):
                segment.not_understood.append(self._fragment(amount.start))
            return
        self._add(segment, figure, amount)
        self._fresh = False
        section = _SECTION_OF_TOTAL.get(figure)
        if section is not None and self._instruction and self._instruction.restates is Restates.SUB_POINT:
            segment.whole.add(section)

    def _is_part(self, figure: Figure, amount: PrintedAmount) -> bool:
        """Whether a second line about transfers is one of their parts ("из них: субвенции")."""
        if figure is not Figure.TRANSFERS or self._current is None:
            return False
        whole = self._current.items[figure].amount.value
        following = set(self._current.items) - set(SECTION_PARTS[Section.REVENUE]) - {Figure.REVENUE_TOTAL}
        return not following and whole is not None and amount.value is not None and amount.value <= whole

    def _on_unknown(self, begin: int, amount: PrintedAmount) -> None:
        """An amount with a unit that no figure claims: shown when it looks like a line of the budget."""
        words = self._plain[begin : amount.start].split("\n")
        phrase = words[-1] if words[-1].strip() else self._plain[begin : amount.start]
        phrase = trim(_HARD.split(phrase)[-1])
        _, line = self._line(amount.start)
        if (
            len(phrase.split()) > _MOST_LABEL_WORDS
            or _OTHER_MATTERS.search(line)
            or not re.search(r"[^\W\d]", phrase)
        ):
            return
        fragment = self._fragment(amount.start)
        target = self._current.not_understood if self._current else self._result.not_understood
        if fragment not in target:
            target.append(fragment)

    # --- help -----------------------------------------------------------------------------------

    def _restates_parts(self) -> bool:
        """Whether the last instruction restates parts of a point."""
        return self._instruction is not None and self._instruction.restates in _PARTS_OF_A_POINT

    def _name_of_all(self) -> str:
        """What a sum over several units is called: right behind the point that approves them together."""
        approval = self._approval
        return approval.name if approval is not None and approval.plural and self._fresh else ""

    def _point(self) -> str:
        return self._instruction.point if self._instruction else ""

    def _begin(self, start: int, end: int, name: str, named_by_point: bool = False) -> Segment:
        approval = self._approval
        segment = Segment(
            start,
            end,
            name,
            approval.years if approval else Years(),
            approval.annexes if approval and named_by_point else (),
            named_by_point=named_by_point and bool(name),
        )
        self._current = segment
        self._result.segments.append(segment)
        return segment

    def _segment_of_point(self, point: str, start: int) -> Segment:
        """The segment that collects what an amendment changes in one point of the base decision."""
        known = self._by_point.get(point)
        if known is None:
            known = self._begin(start, start, "")
            known.partial = True
            self._by_point[point] = known
        self._current = known
        return known

    def _add(self, segment: Segment, figure: Figure, amount: PrintedAmount) -> None:
        line = self._stream.line_number(amount.end - 1)
        segment.items[figure] = Item(
            figure,
            amount,
            amount.start,
            line,
            self._stream.line_at(amount.end - 1),
            glued_hyphen=_GLUED_HYPHEN.match(self._stream.printed, amount.start) is not None,
        )
        segment.end = max(segment.end, amount.end)

    def _fragment(self, position: int) -> Fragment:
        position = min(position + 1, len(self._stream.printed) - 1)
        return Fragment(self._stream.line_number(position), self._stream.line_at(position))

    def _named_before(self, begin: int, end: int) -> str | None:
        """The unit that the line before the first figure names."""
        start = self._label_start(begin, end)
        lines = self._plain[begin:start].rstrip(' "').splitlines()
        position = begin + len(self._plain[begin:start].rstrip(' "'))
        for _ in lines[-2:]:
            line_start = max(self._plain.rfind("\n", 0, position) + 1, begin)
            plain = self._plain[line_start:position]
            if plain.strip(' "-.;:'):
                return name_on_line(self._stream.printed[line_start:position], plain)
            position = max(line_start - 1, begin)
        return None

    def _label_start(self, begin: int, end: int) -> int:
        """Where the clause that labels an amount begins."""
        start = begin
        for match in _HARD.finditer(self._plain, begin, end):
            # The figure's own list mark ("1)") belongs to its line.
            start = match.start() if match.group()[-1] == ")" else match.end()
        line = self._plain.rfind("\n", begin, end) + 1
        return max(start, line) if line > begin and self._plain[line:end].strip() else start

    def _label(self, plain: str, begin: int, amount: PrintedAmount) -> tuple[Meaning, Likeness] | None:
        """What the words before an amount mean: the clause as a whole, else its last line or words."""
        start = begin
        for match in _HARD.finditer(plain, begin, amount.start):
            start = match.end()
        clause = plain[start : amount.start]
        if len(clause) > 400:
            clause = clause[-400:]
        by_ideas: tuple[Meaning, Likeness] | None = None
        tried: list[str] = []
        for phrase in (clause.replace("\n", " "), clause.rsplit("\n", 1)[-1], clause.rsplit(",", 1)[-1]):
            phrase = trim(phrase)
            if not phrase or phrase in tried:
                continue
            tried.append(phrase)
            found = meaning_of(phrase)
            if found is None:
                continue
            if found[1] is not Likeness.BY_IDEAS:
                return found
            by_ideas = by_ideas or found
        words = tried[0].split() if tried else []
        if 1 < len(words) <= _MOST_LABEL_WORDS + 4:
            for first in range(1, len(words)):
                found = meaning_of(" ".join(words[first:]))
                if found and found[1] is Likeness.EXACT and len(words[first]) > 3:
                    return found[0], Likeness.BY_IDEAS
        return by_ideas


def read_units(stream: Stream) -> TextReading:
    """The units of a decision's text, each with the amounts printed for its figures."""
    return TextReader(stream).read()
