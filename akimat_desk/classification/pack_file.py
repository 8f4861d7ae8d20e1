"""A newer classification from a workbook: sheets of receipts, costs and specifics, read row by row.

Columns are known by their heads in Kazakh, Russian or English. Codes may stand whole in every row or,
as printed lists have them, only the innermost part of each; "01" that Excel made "1" of is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache

from akimat_desk.classification.additions import Side
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.new_code import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, cleaned, width_of
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import text
from akimat_desk.intake import SourceDocument, Table
from akimat_desk.intake.heads import Head, find_head, head_form, is_column_numbers, row_number, texts_of

#: Stands for a part of the code that may be anything: administrator 124 is the same under every group.
ANY = "*"

PARTS: Mapping[str, tuple[str, ...]] = {
    "category": ("санаты", "санат", "категория", "category"),
    "class_": ("сыныбы", "сынып", "класс", "class"),
    "subclass": ("кіші сыныбы", "кіші сынып", "ішкі сыныбы", "ішкі сынып", "подкласс", "subclass"),
    "functional_group": (
        "функционалдық топ", "функционалдық тобы", "функциональная группа", "functional group",
    ),
    "subgroup": (
        "функционалдық кіші топ", "кіші функция", "функционалдық кіші тобы", "функциональная подгруппа",
        "подфункция", "кіші топ", "подгруппа", "functional subgroup",
    ),
    "administrator": (
        "әкімші", "әкімшісі", "бюджеттік бағдарламалардың әкімшісі", "бюджеттік бағдарлама әкімшісі",
        "администратор", "администратор бюджетных программ", "администратор бюджетной программы",
        "administrator",
    ),
    "program": (
        "бағдарлама", "бағдарламасы", "бюджеттік бағдарлама", "программа", "бюджетная программа", "program",
    ),
    "subprogram": (
        "кіші бағдарлама", "кіші бағдарламасы", "подпрограмма", "бюджетная подпрограмма", "subprogram",
    ),
    "specific": ("ерекшелік", "ерекшелігі", "спецификасы", "специфика", "specific"),
}  # fmt: skip
OTHERS: Mapping[str, tuple[str, ...]] = {
    "code": ("код", "коды", "code", "бюджеттік сыныптама коды", "код бюджетной классификации"),
    "name_kk": (
        "атауы қазақша", "қазақша атауы", "атауы қазақ тілінде", "атауы", "наименование на казахском",
        "наименование на казахском языке", "name kk", "name kaz", "name in kazakh",
    ),
    "name_ru": (
        "атауы орысша", "орысша атауы", "атауы орыс тілінде", "наименование", "наименование на русском",
        "наименование на русском языке", "name ru", "name rus", "name in russian",
    ),
    "name_en": ("атауы ағылшынша", "наименование на английском", "name en", "name", "name in english"),
    "kind": ("түрі", "вид", "kind"),
    "valid_from": ("басталу жылы", "қай жылдан", "действует с", "с года", "valid from"),
    "valid_to": ("соңғы жылы", "қай жылға дейін", "действует до", "по год", "действует по", "valid to"),
    "source": ("дереккөзі", "дереккөз", "источник", "source"),
    "note": ("ескертпе", "ескерту", "примечание", "note"),
    "former": ("бұрынғы коды", "прежний код", "former code"),
}  # fmt: skip

_LEVELS: Mapping[Side, tuple[str, ...]] = {
    Side.REVENUE: ("category", "class_", "subclass", "specific"),
    Side.EXPENDITURE: ("functional_group", "subgroup", "administrator", "program", "subprogram"),
    Side.ECONOMIC: ("specific",),
}
_SHEET_WORDS: Mapping[Side, tuple[str, ...]] = {
    Side.REVENUE: ("туси", "кирис", "доход", "поступ", "receipt", "revenue"),
    Side.EXPENDITURE: ("шыгын", "шыгыс", "расход", "затрат", "cost", "expend"),
    Side.ECONOMIC: ("ерекшел", "специфик", "эконом", "specific"),
}
_DIGITS = re.compile(r"\d+")
_WHOLE = re.compile(r"\d+(?:[\s/.\-]+\d+)*")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One code as a file gives it. What its columns do not say is None or "". ``places`` are all rows
    of the workbook that say the same."""

    side: Side
    code: Code
    name: Trilingual
    sheet: str
    row: int
    kind: LineKind | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    source: str = ""
    note: str = ""
    repeats: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that cannot be taken; ``shown`` is what stands in it, ``why`` says what to do."""

    sheet: str
    row: int
    shown: str
    why: Finding


@dataclass(slots=True)
class PackFile:
    """What a workbook says. ``levels`` are the depths of codes that each of its sheets really has."""

    name: str
    rows: list[FileRow] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    levels: dict[Side, set[int]] = field(default_factory=dict)


def read_pack(source: SourceDocument, task: Task | None = None) -> PackFile:
    """Read a classification from a workbook or a table. Raises InputRefused when there is none in it."""
    task = task or Task()
    found = PackFile(source.name)
    tables = list(source.tables())
    read = 0
    for number, table in enumerate(tables):
        task.step(number, len(tables))
        head = find_head(table, {**PARTS, **OTHERS})
        side = _side(table, head) if head is not None else None
        if head is None or side is None or not {"name_kk", "name_ru", "name_en"} & set(head.columns):
            if len(table.rows) > 1:
                found.findings.append(_sheet_note("classification.sheet_unknown", Severity.WARNING, table))
            continue
        read += 1
        _Sheet(table, head, side, found).read()
    if not read:
        raise InputRefused("error.classification.not_a_pack", name=source.name)
    _refuse_doubles(found)
    return found


def _side(table: Table, head: Head) -> Side | None:
    columns = set(head.columns)
    if columns & {"category", "class_", "subclass"}:
        return Side.REVENUE
    if columns & {"functional_group", "subgroup", "administrator", "program", "subprogram"}:
        return Side.EXPENDITURE
    if "specific" in columns:
        return Side.ECONOMIC
    if "code" in columns:
        name = head_form(table.name)
        return next((side for side, words in _SHEET_WORDS.items() if any(w in name for w in words)), None)
    return None


def _sheet_note(code: str, severity: Severity, table: Table, **said: object) -> Finding:
    return Finding(code, severity, {"sheet": table.name or "–", **said}, where=Place(text=table.name))


class _Sheet:
    """Reads one sheet: the parts of a code stay until a row states them anew."""

    def __init__(self, table: Table, head: Head, side: Side, found: PackFile) -> None:
        self._table = table
        self._columns = head.columns
        self._start = head.at + 1
        self._side = side
        self._found = found
        self._levels = _LEVELS[side]
        self._type: type[Code] = RevenueCode if side is Side.REVENUE else ExpenditureCode
        self._carried: dict[str, str] = {}
        self._padded = 0
        self._without_code = 0
        for key in head.twice:
            found.findings.append(
                _sheet_note(
                    "classification.column_twice", Severity.WARNING, table, column={**PARTS, **OTHERS}[key][0]
                )
            )

    def read(self) -> None:
        for index in range(self._start, len(self._table.rows)):
            texts = texts_of(self._table.rows[index])
            if texts and not is_column_numbers(texts):
                self._row(texts, row_number(self._table, index))
        for code, count in (
            ("classification.zeros_added", self._padded),
            ("classification.rows_without_code", self._without_code),
        ):
            if count:
                self._found.findings.append(_sheet_note(code, Severity.INFO, self._table, count=count))

    def _row(self, texts: Mapping[int, str], number: int) -> None:
        said = {key: texts[column] for key, column in self._columns.items() if column in texts}
        shown = " · ".join(text for _, text in sorted(texts.items()))[:200]
        if not any(key in said for key in (*self._levels, "code")):
            self._without_code += 1
            return
        place = Place(row=number, text=self._table.name)
        try:
            row = self._read(said, number)
        except _Wrong as wrong:
            finding = Finding(wrong.rule, Severity.ERROR, wrong.fields, where=place)
            self._found.wrong.append(WrongRow(self._table.name, number, shown, finding))
            return
        self._found.rows.append(row)
        self._found.levels.setdefault(self._side, set()).add(row.code.level)

    def _read(self, said: Mapping[str, str], number: int) -> FileRow:
        parts, repeats = self._parts(said)
        name = cleaned(Trilingual(said.get("name_kk", ""), said.get("name_ru", ""), said.get("name_en", "")))
        if max(len(name.kk), len(name.ru), len(name.en)) > LONGEST_NAME:
            raise _Wrong("classification.name_too_long", limit=LONGEST_NAME)
        kind = self._kind(said.get("kind", ""))
        code = self._type(**parts)
        first, last = _year(said.get("valid_from", "")), _year(said.get("valid_to", ""))
        if first is not None and last is not None and last < first:
            raise _Wrong("classification.years")
        former = said.get("former", "")
        return FileRow(
            side=self._side,
            code=code,
            name=name,
            sheet=self._table.name,
            row=number,
            kind=kind,
            valid_from=first,
            valid_to=last,
            source=said.get("source", ""),
            note=said.get("note", ""),
            repeats=repeats,
            former=self._former(former) if former else "",
        )

    def _former(self, written: str) -> str:
        if self._side is not Side.REVENUE:
            raise _Wrong("classification.former_costs")
        return RevenueCode(**self._whole(written)).stored

    def _parts(self, said: Mapping[str, str]) -> tuple[dict[str, str], str]:
        """The code's parts, and the level that repeats where the outer ones are "*"."""
        given = {level: said[level] for level in self._levels if level in said}
        if not given:
            parts = self._whole(said["code"])
            self._carried = parts
            return parts, ""
        order = list(self._levels)
        inner = max(order.index(level) for level in given)
        if ANY in given.values():
            if any(given.get(level) != ANY for level in order[:inner]) or given[order[inner]] == ANY:
                raise _Wrong("classification.any_part")
            return {order[inner]: self._number(order[inner], given[order[inner]])}, order[inner]
        outer = min(order.index(level) for level in given)
        parts = {}
        for at, level in enumerate(order[: inner + 1]):
            if level in given:
                parts[level] = self._number(level, given[level])
                if parts[level] != self._carried.get(level) and at >= outer:
                    # What stood below another code says nothing here.
                    self._carried = {key: self._carried[key] for key in order[:at] if key in self._carried}
            elif level in self._carried:
                parts[level] = self._carried[level]
            else:
                raise _Wrong("classification.code_gap", code="/".join(given.values()))
        self._carried = parts
        return parts, ""

    def _number(self, level: str, written: str) -> str:
        width = width_of(self._type, level)
        text_ = written.strip().removesuffix(".0")
        if not (text_.isascii() and text_.isdigit()):
            raise _Wrong("classification.code_text", written=written[:40])
        if len(text_) > width:
            raise _Wrong("classification.code_part", part=text_, count=width)
        if len(text_) < width:
            self._padded += 1
        return text_.zfill(width)

    def _whole(self, written: str) -> dict[str, str]:
        """The parts of a code in one cell: "1/04/4", "08 1 124 006" or "101202"."""
        written = written.strip()
        if not _WHOLE.fullmatch(written):
            raise _Wrong("classification.code_text", written=written[:40])
        numbers = _DIGITS.findall(written)
        widths = [width_of(self._type, level) for level in self._levels]
        if len(numbers) == 1 and len(numbers[0]) > widths[0]:
            rest, numbers = numbers[0], []
            for width in widths:
                if rest:
                    numbers.append(rest[:width])
                    rest = rest[width:]
            if rest or len(numbers[-1]) < widths[len(numbers) - 1]:
                raise _Wrong("classification.code_length", written=written[:40])
        if len(numbers) > len(self._levels):
            raise _Wrong("classification.code_length", written=written[:40])
        return {level: self._number(level, part) for level, part in zip(self._levels, numbers, strict=False)}

    def _kind(self, written: str) -> LineKind | None:
        if not written:
            return None
        found = kind_words().get(head_form(written))
        if found is None:
            found = next((k for p in written.split(" / ") if (k := kind_words().get(head_form(p)))), None)
        if found is None:
            raise _Wrong("classification.kind_unknown", written=written[:60])
        return found


class _Wrong(Exception):
    """A row cannot be read: a finding's code and its fields."""

    def __init__(self, rule: str, **said: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.fields = said


def _year(written: str) -> int | None:
    if not written:
        return None
    number = written.strip().removesuffix(".0")
    if not (number.isascii() and number.isdigit() and FIRST_YEAR <= int(number[:9]) <= LAST_YEAR):
        raise _Wrong("classification.year_text", written=written[:40])
    return int(number)


@cache
def kind_words() -> Mapping[str, LineKind]:
    """Every word for a kind of line, in each language, as it is compared."""
    found = {head_form(kind.value): kind for kind in kinds_shown()}
    for kind in kinds_shown():
        for language in Language:
            found[head_form(text(f"classification.kind.{kind.value}", language))] = kind
    return found


def kinds_shown() -> Iterator[LineKind]:
    """The kinds that a row of the classification may have."""
    return (kind for kind in LineKind if kind not in (LineKind.TOTAL, LineKind.UNKNOWN))


def _refuse_doubles(found: PackFile) -> None:
    """A code said twice with one name is taken once; with another name the later row is wrong."""
    first: dict[tuple[Side, Code, str], FileRow] = {}
    kept: list[FileRow] = []
    for row in found.rows:
        before = first.setdefault((row.side, row.code, row.repeats), row)
        if before is row:
            kept.append(row)
        elif before.name != row.name:
            said = {"code": str(row.code), "number": before.row}
            place = Place(row=row.row, text=row.sheet)
            finding = Finding("classification.code_twice", Severity.ERROR, said, where=place)
            found.wrong.append(WrongRow(row.sheet, row.row, _shown(row), finding))
    found.rows = kept


def _shown(row: FileRow) -> str:
    digits = [getattr(row.code, part.name) for part in fields(row.code)]
    return " · ".join(part for part in (*digits, row.name.kk, row.name.ru) if part)
