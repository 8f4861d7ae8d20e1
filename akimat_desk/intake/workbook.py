"""Workbooks (.xlsx): every visible sheet a table, numbers exactly as they are stored.

The XML is read as it is unpacked, without regard to the dimension a sheet claims. Libraries either
make floats of the numbers or trust the dimension, and openpyxl's merged cells are not to be had
while streaming; what is needed here is smaller than what would be left of one.
"""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.progress import Task
from akimat_desk.intake.content import SourceDocument, Table
from akimat_desk.intake.limits import Limits
from akimat_desk.intake.numbers import Look, look_of
from akimat_desk.intake.package import Attributes, Package, new_parser
from akimat_desk.intake.sheet import ON, SheetReader, Values, cell_text, for_end_tags, for_tags

_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True, slots=True)
class _SheetEntry:
    name: str
    path: str
    visible: bool


class _Progress:
    """Progress over several parts of a package."""

    def __init__(self, task: Task, total: int) -> None:
        self._task = task
        self._total = total
        self._before = 0

    def step(self, done: int) -> None:
        self._task.step(min(self._before + done, self._total), self._total)

    def next_part(self, size: int) -> None:
        self._before += size


def read_workbook(package: Package, document: SourceDocument, limits: Limits, task: Task) -> None:
    """Put each visible sheet into ``document`` as a table. Raises InputRefused, Cancelled."""
    main = package.main_part() or ""
    related = package.relationships(main)
    entries, from_1904 = _sheets(package, main, related)
    if len(entries) > limits.sheets:
        raise InputRefused("error.intake.too_many_sheets", limit=limits.sheets)
    by_kind = dict(related.values())
    values = Values(
        _shared_strings(package, by_kind.get("sharedStrings", ""), limits),
        _looks(package, by_kind.get("styles", "")),
        from_1904=from_1904,
    )
    visible = [entry for entry in entries if entry.visible]
    progress = _Progress(task, sum(package.size(entry.path) for entry in visible))
    warnings: set[str] = set()
    cells = 0
    for entry in visible:
        reader = SheetReader(entry.name, values, limits)
        starts, ends = reader.handlers()
        package.parse(entry.path, starts, ends, parser=reader.parser, step=progress.step)
        progress.next_part(package.size(entry.path))
        rows = reader.rows()
        cells += reader.written
        if cells > limits.cells:
            raise InputRefused("error.intake.too_many_cells", limit=limits.cells)
        warnings |= reader.warnings
        if rows:
            document.blocks.append(Table(rows, line=reader.first_row, name=entry.name))
    if len(visible) < len(entries):
        warnings.add("warning.intake.hidden_sheets")
    if package.has_any("xl/externalLinks/"):
        warnings.add("warning.intake.external_links")
    if package.has_any("xl/vbaProject"):
        warnings.add("warning.intake.macros")
    document.warnings.extend(sorted(warnings))


def _sheets(
    package: Package, main: str, related: dict[str, tuple[str, str]]
) -> tuple[list[_SheetEntry], bool]:
    """The worksheets in their order, and whether days are counted from 1904."""
    entries: list[_SheetEntry] = []
    from_1904 = False

    def sheet(attributes: Attributes) -> None:
        link = next((attributes[key] for key in (f"{space} id" for space in _LINKS) if key in attributes), "")
        kind, path = related.get(link, ("", ""))
        if kind == "worksheet":  # others hold a chart or an old dialog
            visible = attributes.get("state", "visible") == "visible"
            entries.append(_SheetEntry(attributes.get("name", ""), path, visible))

    def properties(attributes: Attributes) -> None:
        nonlocal from_1904
        from_1904 = attributes.get("date1904", "0") in ON

    package.parse(main, for_tags({"sheet": sheet, "workbookPr": properties}))
    return entries, from_1904


def _shared_strings(package: Package, path: str, limits: Limits) -> list[str]:
    if not package.has(path):
        return []
    parser = new_parser()
    strings: list[str] = []
    pieces: list[str] = []
    phonetic = 0

    def item(_: Attributes) -> None:
        pieces.clear()

    def item_end() -> None:
        strings.append(cell_text("".join(pieces), limits))

    def text(_: Attributes) -> None:
        if not phonetic:
            parser.CharacterDataHandler = pieces.append

    def text_end() -> None:
        parser.CharacterDataHandler = None

    def reading_aid(_: Attributes) -> None:
        nonlocal phonetic
        phonetic += 1

    def reading_aid_end() -> None:
        nonlocal phonetic
        phonetic -= 1

    package.parse(
        path,
        for_tags({"si": item, "t": text, "rPh": reading_aid}),
        for_end_tags({"si": item_end, "t": text_end, "rPh": reading_aid_end}),
        parser=parser,
    )
    return strings


def _looks(package: Package, path: str) -> list[tuple[Look, int]]:
    """For each cell style of the workbook: how it shows a number, and to how many digits it pads."""
    if not package.has(path):
        return []
    patterns: dict[int, str] = {}
    formats: list[int] = []
    in_cell_formats = False

    def number_format(attributes: Attributes) -> None:
        patterns[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")

    def cell_formats(_: Attributes) -> None:
        nonlocal in_cell_formats
        in_cell_formats = True

    def cell_formats_end() -> None:
        nonlocal in_cell_formats
        in_cell_formats = False

    def cell_format(attributes: Attributes) -> None:
        if in_cell_formats:
            formats.append(int(attributes.get("numFmtId", "0")))

    package.parse(
        path,
        for_tags({"numFmt": number_format, "cellXfs": cell_formats, "xf": cell_format}),
        for_end_tags({"cellXfs": cell_formats_end}),
    )
    known: dict[int, tuple[Look, int]] = {}
    for number in formats:
        if number not in known:
            known[number] = look_of(number, patterns.get(number, ""))
    return [known[number] for number in formats]
