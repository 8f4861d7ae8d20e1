"""Which lines of a draft are shown: folded branches, the words sought, only findings, only changes.

Arrangement only, without Qt: no sums are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.amending import Entered
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.core.findings import Finding
from akimat_desk.core.text import search_form

Amounts = tuple[int | None, ...]


def amounts_of(sheet: DraftSheet) -> dict[LineKey, Amounts]:
    """Every line's amounts as they stand now."""
    indexes = range(len(sheet.years))
    return {node.key: tuple(node.value(index) for index in indexes) for node in sheet.nodes()}


@dataclass(slots=True)
class Filter:
    """What is asked for; filters narrow each other."""

    words: str = ""
    only_findings: bool = False
    only_changed: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words.strip()) or self.only_findings or self.only_changed


@dataclass(slots=True)
class Rows:
    """The lines of a sheet as rows; ``base`` is what "changed" is held against.

    ``entered`` is what of it the akim's adjustments brought in.
    """

    sheet: DraftSheet
    base: Mapping[LineKey, Amounts]
    entered: Entered = field(default_factory=Entered)
    folded: set[LineKey] = field(default_factory=set)
    filter: Filter = field(default_factory=Filter)
    _words: dict[LineKey, str] = field(default_factory=dict)
    _codes: dict[str, LineKey] = field(default_factory=dict)
    _of_year: dict[LineKey, list[Finding]] = field(default_factory=dict)

    def visible(self) -> list[Node]:
        """The rows to be shown, in printing order. A filter opens every branch it finds something in."""
        if self.filter.is_on:
            return self._filtered()
        return self._open(self.sheet.tops)

    def branch(self, node: Node) -> list[Node]:
        """The rows below an open line, branches folded inside it left out."""
        return self._open(node.children)

    def _open(self, nodes: Sequence[Node]) -> list[Node]:
        rows: list[Node] = []
        stack = list(reversed(nodes))
        folded = self.folded
        while stack:
            node = stack.pop()
            rows.append(node)
            if node.children and node.key not in folded:
                stack.extend(reversed(node.children))
        return rows

    def _filtered(self) -> list[Node]:
        wanted: set[Node] = set()
        for node in self.sheet.nodes():
            if self._fits(node):
                here: Node | None = node
                while here is not None and here not in wanted:
                    wanted.add(here)
                    here = here.parent
        return [node for node in self.sheet.nodes() if node in wanted]

    def _fits(self, node: Node) -> bool:
        asked = self.filter
        if asked.only_findings and not self.findings(node):
            return False
        if asked.only_changed and not self.is_changed(node):
            return False
        words = search_form(asked.words).split()
        return all(word in self._text(node) for word in words)

    def _text(self, node: Node) -> str:
        found = self._words.get(node.key)
        if found is None:
            record = node.record
            name = record.name
            code = record.code.stored if record.code is not None else ""
            found = search_form(
                f"{code} {code.replace('/', ' ')} {name.kk} {name.ru} {name.en} {record.printed_name}"
            )
            self._words[node.key] = found
        return found

    def is_changed(self, node: Node) -> bool:
        """Whether a line's amounts are other than in the edition it changes, or its line is new."""
        before = self.base.get(node.key)
        if before is None:
            return any(cell is not None for cell in node.cells) or node.is_leaf
        return any(node.value(index) != amount for index, amount in enumerate(before))

    # -- findings of a row ----------------------------------------------------------------------

    def take_findings(self) -> None:
        """Put what is said of years and by the reader on the rows it speaks of."""
        self._of_year = {}
        sheet = self.sheet
        found = [*sheet.notes]
        for index in range(len(sheet.years)):
            found += sheet.year_findings(index)
        for finding in found:
            key = self.key_of(finding)
            if key is not None:
                self._of_year.setdefault(key, []).append(finding)

    def has_findings(self, node: Node) -> bool:
        """Whether anything is to be said of a line."""
        return bool(node.findings) or node.key in self._of_year

    def findings(self, node: Node) -> list[Finding]:
        """Everything to be said of a line, year by year."""
        found = list(self._of_year.get(node.key, ()))
        for index in sorted(node.findings):
            found += node.findings[index]
        return found

    def findings_of_year(self, node: Node, index: int) -> list[Finding]:
        """What is to be said of a line in one year."""
        year = self.sheet.years[index]
        found = [each for each in self._of_year.get(node.key, ()) if each.where.year == year]
        return [*found, *node.findings.get(index, ())]

    def key_of(self, finding: Finding) -> LineKey | None:
        """The line that a finding speaks of."""
        where = finding.where
        if where.code:
            if not self._codes or f"{where.section}|{where.code}" not in self._codes:
                self._codes = {
                    f"{node.key.section.value}|{node.record.code}": node.key
                    for node in self.sheet.nodes()
                    if node.record.code is not None
                }
            return self._codes.get(f"{where.section}|{where.code}")
        if where.figure:
            for top in self.sheet.tops:
                for node in (top, *top.children):
                    if node.record.figure is not None and node.record.figure.value == where.figure:
                        return node.key
        for top in self.sheet.tops:
            if where.section == top.key.section.value:
                return top.key
        return None
