"""Rows of one annex become budget lines; what is wrong with a row becomes a finding, the row is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.reading.annex_amounts import amount_in_tenge, amount_of
from akimat_desk.budget.reading.annex_classifier import Classifier
from akimat_desk.budget.reading.annex_columns import (
    Placement,
    Staircase,
    Taken,
    Trail,
    choose,
    levels_of,
)
from akimat_desk.budget.reading.annex_tables import Head, PrintedRow, row_label
from akimat_desk.budget.reading.annex_words import BOTH_LANGUAGES, Column, RowLabel, exact_label
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.packs import Resolved, category_figure
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import Message, code_printed, has_text, text

_PART_KIND = {
    Figure.BUDGET_CREDITS: LineKind.BUDGET_CREDITS,
    Figure.CREDIT_REPAYMENTS: LineKind.CREDIT_REPAYMENTS,
    Figure.FIN_ASSETS_PURCHASE: LineKind.FIN_ASSETS_PURCHASE,
    Figure.FIN_ASSETS_SALE: LineKind.FIN_ASSETS_SALE,
    Figure.LOANS_IN: LineKind.LOANS_IN,
    Figure.LOANS_REPAID: LineKind.LOANS_REPAID,
    Figure.BALANCES_USED: LineKind.BALANCES_USED,
}
# Rows of III–VI that are costs: their codes, where printed, are functional.
_COST_FIGURES = {Figure.BUDGET_CREDITS, Figure.FIN_ASSETS_PURCHASE, Figure.LOANS_REPAID}
# In a table that states outer codes in this share of its rows, doing so is its style, not a slip.
_STYLE_SHARE = 0.3


@dataclass(slots=True)
class Segment:
    """Rows of one side under one head. ``section`` is REVENUE, EXPENDITURE or, for the tail, NET_LENDING."""

    section: Section
    heads: tuple[Head, ...]
    rows: list[PrintedRow] = field(default_factory=list)


class LineBuilder:
    """Builds the lines of one annex, segment by segment. ``in_tenge``: its amounts are not thousands."""

    def __init__(
        self, classifier: Classifier, language: Language, place: Place, in_tenge: bool = False
    ) -> None:
        self._amount_of = amount_in_tenge if in_tenge else amount_of
        self.lines: list[BudgetLine] = []
        self.findings: list[Finding] = []
        self._classifier = classifier
        self._language = language
        self._place = place
        self._section = Section.REVENUE
        self._figures: set[Figure] = set()
        self._part: Figure | None = None
        self._stairs: Staircase | None = None

    def add(self, segment: Segment) -> None:
        """Read a segment's rows."""
        if segment.section not in (Section.REVENUE, Section.EXPENDITURE):
            for row in segment.rows:
                self._add_tail_row(row)
            return
        self._section = segment.section
        plain = [row for row in segment.rows if row_label(row) is None]
        placement = choose(plain, segment.section, segment.heads, self._classifier.knows)
        trail = Trail(segment.section)
        style = _states_outer_codes(plain, placement)
        lost = False
        for row in segment.rows:
            label = row_label(row)
            if label is not None:
                self._add_labelled(row, label)
                lost = False
                continue
            parts = placement.place(row)
            taken = trail.take(parts) if parts else None
            if taken is not None and taken.code is not None and not self._is_sure(taken, row, lost):
                trail.forget(taken.level)
                taken = None
            if taken is None or taken.code is None:
                lost = True
                self._add_without_code(row)
                continue
            lost = False
            if taken.repeated and not style:
                self._report_repeated(row, taken)
            self._add_coded(row, taken.code)

    def _is_sure(self, taken: Taken, row: PrintedRow, lost: bool) -> bool:
        """After a row without a code it is not certain what a deeper code belongs to, unless the name
        says so. The administrator's name says nothing: it is the same everywhere."""
        if not lost or taken.level is levels_of(self._section)[0] or taken.code is None:
            return True
        resolved = self._classifier.resolve(taken.code, row.name)
        return bool(resolved.name_agrees) and resolved.entry is not None and not resolved.entry.repeats

    # --- single rows ---------------------------------------------------------------------------

    def _add_labelled(self, row: PrintedRow, label: RowLabel, code: Code | None = None) -> None:
        """A section's total or a row of III–VI. The lone category before it is no code of the row."""
        self._section = label.section
        figure = label.figure if label.figure not in self._figures else None
        if figure is not None:
            self._figures.add(figure)
        self._part = None if label.is_total else label.figure
        kind = (
            LineKind.TOTAL
            if label.is_total
            else _PART_KIND[label.figure]
            if label.figure
            else LineKind.UNKNOWN
        )
        self._append(row, code, _label_name(label, row.name), kind, figure)

    def _add_tail_row(self, row: PrintedRow) -> None:
        label = row_label(row) or (exact_label(row.name) if row.name else None)
        again = label is not None and bool(row.codes) and label.figure in self._figures
        if label is not None and not again:
            costs = label.figure in _COST_FIGURES
            self._stairs = Staircase(Section.EXPENDITURE if costs else Section.REVENUE)
            code = self._stairs.take(row) if row.codes else None
            # «16 Погашение займов» is a functional group; a lone «5» is the category of the row itself.
            self._add_labelled(row, label, code if isinstance(code, ExpenditureCode) else None)
            return
        code = self._stairs.take(row) if self._stairs is not None else None
        if code is None:
            self._add_without_code(row)
        else:
            self._add_coded(row, code)

    def _add_coded(self, row: PrintedRow, code: Code) -> None:
        resolved = self._classifier.resolve(code, row.name)
        kind = resolved.kind
        if self._part is not None and self._section not in (Section.REVENUE, Section.EXPENDITURE):
            kind = _PART_KIND[self._part]
        figure = None
        if isinstance(code, RevenueCode) and code.level == 1 and self._section is Section.REVENUE:
            value = category_figure(kind)
            figure = Figure(value) if value is not None else None
        entry = resolved.entry
        if entry is None:
            self._report_unknown(row, code)
            name = self._printed(row.name)
        else:
            name = self._official_name(entry, row.name, resolved.name_agrees)
            self._check_name(row, code, entry, resolved)
        self._append(row, code, name, kind, figure)

    def _add_without_code(self, row: PrintedRow) -> None:
        self._append(row, None, self._printed(row.name), LineKind.UNKNOWN, None)
        cells = " | ".join(cell.text for cell in row.codes)
        self._report("reader.row_without_code", Severity.WARNING, name=row.name, raw=row.amount, cells=cells)

    def _append(
        self, row: PrintedRow, code: Code | None, name: Trilingual, kind: LineKind, figure: Figure | None
    ) -> None:
        amount = self._amount_of(row.amount)
        line = BudgetLine(
            section=self._section,
            code=code,
            name=name,
            amount=amount,
            kind=kind,
            figure=figure,
            printed_name=row.name,
            raw=row.amount,
            row=len(self.lines) + 1,
        )
        self.lines.append(line)
        if amount is None:
            raw = f"«{row.amount}»" if row.amount else Message("annex.empty_cell")
            self._report("reader.amount_unreadable", Severity.ERROR, raw=raw, name=row.name)

    def _printed(self, name: str) -> Trilingual:
        return Trilingual(ru=name) if self._language is Language.RU else Trilingual(kk=name)

    def _official_name(self, entry: Entry, printed: str, agrees: bool | None) -> Trilingual:
        """The official name; a language it lacks is taken from the paper when the paper fits."""
        name = entry.name
        if name.exact(self._language) or agrees is False or BOTH_LANGUAGES in printed:
            return name
        if self._language is Language.RU:
            return Trilingual(name.kk, printed, name.en)
        return Trilingual(printed, name.ru, name.en)

    # --- findings ------------------------------------------------------------------------------

    def _report(self, code: str, severity: Severity, **fields: object) -> None:
        """A finding about the row added last."""
        line = self.lines[-1]
        where = Place(
            unit=self._place.unit,
            year=self._place.year,
            annex=self._place.annex,
            section=line.section.value,
            code=str(line.code) if line.code is not None else "",
            row=line.row,
            text="" if line.code is not None else line.printed_name,
        )
        self.findings.append(Finding(code, severity, fields, source="source.annex_rows", where=where))

    def _place_of_next(self, code: Code) -> Place:
        place = self._place
        return Place(
            place.unit, place.year, place.annex, self._section.value, code=str(code), row=len(self.lines) + 1
        )

    def _report_next(self, finding: str, code: Code, **fields: object) -> None:
        self.findings.append(
            Finding(
                finding,
                Severity.WARNING,
                {"code": str(code), **fields},
                source="source.classification",
                where=self._place_of_next(code),
            )
        )

    def _check_name(self, row: PrintedRow, code: Code, entry: Entry, resolved: Resolved) -> None:
        other = resolved.carries_name_of
        if resolved.name_agrees is False and other is not None and not _is_own(other, code):
            own = Message("annex.own_name", {"code": str(code), "name": entry.name})
            self._report_mismatch(row, code, other, own)

    def _report_unknown(self, row: PrintedRow, code: Code) -> None:
        near = self._classifier.nearest(code, row.name)
        offered = Trilingual(
            *(
                "; ".join(f"{code_printed(str(e.code))} «{e.name.text(lang)}»" for e in near)
                for lang in Language
            )
        )
        self._report_next("reader.code_unknown", code, name=row.name, nearest=offered)
        other = self._classifier.named(code, row.name)
        if other is not None and not _is_own(other, code):
            self._report_mismatch(row, code, other, Message("annex.no_own_name", {"code": str(code)}))

    def _report_mismatch(self, row: PrintedRow, code: Code, other: Entry, own: Message) -> None:
        self._report_next(
            "reader.name_mismatch",
            code,
            printed=row.name,
            other=str(other.code),
            other_name=other.name,
            own=own,
        )

    def _report_repeated(self, row: PrintedRow, taken: Taken) -> None:
        if taken.code is None:
            return
        number = _number(taken.code, taken.repeated[0])
        self._report_next("reader.code_repeated", taken.code, repeated=number, name=row.name)


def _number(code: Code, level: Column) -> str:
    parts = (
        code.parts
        if isinstance(code, RevenueCode)
        else (
            code.functional_group,
            code.subgroup,
            code.administrator,
            code.program,
            code.subprogram,
            code.specific,
        )
    )
    side = Section.REVENUE if isinstance(code, RevenueCode) else Section.EXPENDITURE
    return parts[levels_of(side).index(level)]


def _is_own(other: Entry, code: Code) -> bool:
    """Whether a name belongs to the line itself or to a part of it: an annex may name the only part."""
    outer: Code | None = other.code
    while outer is not None:
        if outer == code:
            return True
        outer = outer.parent
    return False


def _label_name(label: RowLabel, printed: str) -> Trilingual:
    """The usual name of a total or a row of III–VI in all languages; as printed where there is none."""
    key = f"annex.row.{label.figure.value}" if label.figure is not None else ""
    if not has_text(key):
        return Trilingual(**{label.language.value: printed})
    return Trilingual(*(text(key, language) for language in Language))


def _states_outer_codes(rows: Sequence[PrintedRow], placement: Placement) -> bool:
    """Whether a table repeats the outer codes in its rows as a matter of style."""
    deep = [
        parts for row in rows if (parts := placement.place(row)) and max(parts) > levels_of(placement.side)[0]
    ]
    return bool(deep) and sum(len(parts) > 1 for parts in deep) > _STYLE_SHARE * len(deep)


def missing_sections(lines: Sequence[BudgetLine]) -> list[Section]:
    """The sections that an annex leaves out although it prints others of I–VI.

    III and IV are left out when they are nil; I, II, V and VI stand in every whole annex.
    """
    there = {line.figure for line in lines if line.kind is LineKind.TOTAL}
    if not there & {SECTION_TOTAL[s] for s in Section if s not in (Section.REVENUE, Section.EXPENDITURE)}:
        return []
    always = (Section.REVENUE, Section.EXPENDITURE, Section.DEFICIT, Section.FINANCING)
    return [section for section in always if SECTION_TOTAL[section] not in there]
