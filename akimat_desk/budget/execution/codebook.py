"""Whole codes for what a form prints: the functional group of costs is not on its rows.

It is found through administrator and program in the budget's own lines, then in the classification of
the year. A code that neither knows waits for a person's choice: what it is, to leave it out, or to take
it in under a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual


class ChoiceKind(StrEnum):
    """What a person decided about a code that is not known."""

    MAP = "map"
    SKIP = "skip"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A decision about a printed code, kept for the next forms. ``code`` is set for MAP and ADD."""

    kind: ChoiceKind
    code: Code | None = None
    name: Trilingual = field(default_factory=Trilingual)


@dataclass(frozen=True, slots=True)
class Known:
    """A code found: whole, with its official name and what it is."""

    code: Code
    name: Trilingual
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code not found. ``candidates`` are those it may be: several groups have such a program, or
    rows that are near to it. ``missing`` is what the classification lacks, as far as the form prints it;
    None where the row is no code that could be added."""

    candidates: tuple[Known, ...] = ()
    ambiguous: bool = False
    missing: Code | None = None


class CodeBook:
    """The codes of one budget year of one unit."""

    def __init__(
        self, year: int, budget: Iterable[tuple[Code, Trilingual]], choices: Mapping[str, CodeChoice]
    ) -> None:
        self._pack = pack_for(year)
        self._choices = dict(choices)
        self._programs: dict[tuple[str, str], dict[ExpenditureCode, Trilingual]] = {}
        self._own: dict[RevenueCode, Trilingual] = {}
        for code, name in budget:
            if isinstance(code, RevenueCode):
                self._own[code] = name
            elif code.program:
                program = replace(code, subprogram="", specific="")
                same = self._programs.setdefault((code.administrator, code.program), {})
                if program not in same or code == program:
                    same[program] = name
        self._pack_programs: dict[tuple[str, str], list[Known]] = {}
        for entry in self._pack.expenditure:
            code = entry.code
            if entry.code_known and isinstance(code, ExpenditureCode) and code.program and code.level == 4:
                known = Known(code, entry.name, entry.kind)
                self._pack_programs.setdefault((code.administrator, code.program), []).append(known)
        self._found: dict[tuple[str, ...], Known | Unknown] = {}

    def choice(self, printed: str) -> CodeChoice | None:
        """What was decided about a printed code."""
        return self._choices.get(printed)

    def find(self, kind: FormKind, parts: tuple[str, ...], printed_name: str) -> Known | Unknown:
        """The whole code of a row, by its printed parts; what a person decided comes first."""
        choice = self._choices.get("/".join(part for part in parts if part))
        if choice is not None and choice.code is not None:
            return self._chosen(choice, printed_name)
        found = self._found.get(parts)
        if found is None:
            found = self._expense(parts) if kind is FormKind.EXPENSES else self._receipt(parts, printed_name)
            self._found[parts] = found
        return found

    def name_of(self, code: Code) -> Trilingual:
        """The official name of a code; empty where nothing knows it."""
        if isinstance(code, RevenueCode):
            entry = self._pack.lookup(code)
            return entry.name if entry is not None else self._own.get(code, Trilingual())
        entry = self._pack.lookup(code)
        if entry is not None:
            return entry.name
        program = replace(code, subprogram="", specific="")
        own = self._programs.get((code.administrator, code.program), {})
        return own.get(program, Trilingual()) if code == program else Trilingual()

    def _chosen(self, choice: CodeChoice, printed_name: str) -> Known:
        code = choice.code
        assert code is not None
        name = choice.name or self.name_of(code) or Trilingual(kk=printed_name, ru=printed_name)
        return Known(code, name, self._kind_of(code))

    def _kind_of(self, code: Code) -> LineKind:
        near = self._pack.lookup(code) or self._pack.ancestor(code)
        if near is not None:
            return near.kind
        return LineKind.EXPENDITURE if isinstance(code, ExpenditureCode) else LineKind.UNKNOWN

    def _receipt(self, parts: tuple[str, ...], printed_name: str) -> Known | Unknown:
        if len(parts) > 4:
            return Unknown()
        code = RevenueCode(*parts)
        entry = self._pack.lookup(code)
        if entry is not None and (entry.name or code not in self._own):
            return Known(code, entry.name, entry.kind)
        if code in self._own:
            return Known(code, self._own[code], self._kind_of(code))
        near = self._pack.nearest(code, printed_name)
        return Unknown(tuple(Known(entry.code, entry.name, entry.kind) for entry in near), missing=code)

    def _expense(self, parts: tuple[str, ...]) -> Known | Unknown:
        administrator, program, subprogram, specific = (*parts, "", "", "", "")[:4]
        if len(parts) > 4 or not program:
            return Unknown()
        programs = self._programs_of(administrator, program)
        if not programs:
            tail = {"subprogram": subprogram.replace("000", ""), "specific": specific}
            missing = ExpenditureCode(administrator=administrator, program=program)
            return Unknown(tuple(self._near(administrator, program, tail)), missing=missing)
        if len(programs) > 1:
            return Unknown(tuple(programs), ambiguous=True)
        (found,) = programs
        assert isinstance(found.code, ExpenditureCode)
        if not specific and not subprogram:
            return found
        own = found.code
        subprogram = subprogram.replace("000", "")
        code = ExpenditureCode(
            own.functional_group, own.subgroup, own.administrator, own.program, subprogram, specific
        )
        leaf = self._pack.lookup(code)
        if leaf is None and specific:
            missing = ExpenditureCode(specific=specific)
            return Unknown(tuple(self._near_specifics(code)), missing=missing)
        return Known(code, leaf.name if leaf is not None else Trilingual(), found.kind)

    def _programs_of(self, administrator: str, program: str) -> list[Known]:
        own = self._programs.get((administrator, program))
        if own:
            return [
                Known(code, name or self.name_of(code), self._kind_of(code)) for code, name in own.items()
            ]
        return self._pack_programs.get((administrator, program), [])

    def _near(self, administrator: str, program: str, tail: Mapping[str, str]) -> list[Known]:
        """Programs of the budget that an unknown one may be, with the row's own specific: a slip of one
        digit comes first."""
        known = [
            (sum(a != b for a, b in zip(number, program, strict=False)), code, name)
            for (who, number), same in self._programs.items()
            if who == administrator
            for code, name in same.items()
        ]
        return [
            Known(replace(code, **tail), name, self._kind_of(code))
            for _, code, name in sorted(known, key=lambda each: (each[0], each[1]))
        ]

    def _near_specifics(self, code: ExpenditureCode) -> list[Known]:
        return [
            Known(replace(code, specific=entry.code.specific), entry.name, LineKind.EXPENDITURE)
            for entry in self._pack.economic
            if isinstance(entry.code, ExpenditureCode) and entry.code.specific[:2] == code.specific[:2]
        ]
