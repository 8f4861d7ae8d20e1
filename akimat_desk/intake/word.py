"""Word documents (.docx): what a reader of the final text sees, in reading order.

The XML is walked as it is unpacked: a cell of python-docx costs a hundred times what it holds.
Tracked insertions are text, deletions are not; hidden text, footnotes, comments, headers and
footers are left out. Numbers that Word counts itself are not text and are left out too.
"""

from __future__ import annotations

from akimat_desk.core.progress import Task
from akimat_desk.intake.building import Builder
from akimat_desk.intake.content import SourceDocument
from akimat_desk.intake.limits import Limits
from akimat_desk.intake.package import Attributes, EndHandler, Package, StartHandler, new_parser

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFF = frozenset({"0", "false", "off"})
# What something was before a tracked change of its looks.
_OLD_LOOKS = (
    "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange", "tblGridChange",
    "sectPrChange", "numberingChange",
)  # fmt: skip
_HEADING_STYLES = ("heading", "заголовок", "title", "тақырып")


def read_word(package: Package, document: SourceDocument, limits: Limits, task: Task) -> None:
    """Put the document's paragraphs and tables into ``document``. Raises InputRefused, Cancelled."""
    main = package.main_part() or ""
    related = package.relationships(main)
    styles = next((path for kind, path in related.values() if kind == "styles"), "")
    builder = Builder(limits)
    text = _Text(builder, _heading_styles(package, styles))
    total = package.size(main)
    starts, ends = text.handlers()
    package.parse(
        main, starts, ends, parser=text.parser, step=lambda done: task.step(min(done, total), total)
    )
    document.blocks = builder.finish()
    if text.has_hidden:
        document.warnings.append("warning.intake.hidden_text")
    if package.has_any("word/vbaProject"):
        document.warnings.append("warning.intake.macros")


def _value(attributes: Attributes, name: str = "val") -> str:
    """An attribute of the Word namespace (or of none)."""
    for namespace in _WORD:
        found = attributes.get(f"{namespace} {name}")
        if found is not None:
            return found
    return attributes.get(name, "")


def _number(attributes: Attributes) -> int:
    """A whole number that counts something; 1 where there is nonsense."""
    value = _value(attributes)
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else 1


def _heading_styles(package: Package, path: str) -> frozenset[str]:
    """The ids of the styles that make a paragraph a heading ("1" in a Russian Word)."""
    if not package.has(path):
        return frozenset()
    current = ""
    found: set[str] = set()

    def style(attributes: Attributes) -> None:
        nonlocal current
        current = _value(attributes, "styleId") if _value(attributes, "type") == "paragraph" else ""

    def name(attributes: Attributes) -> None:
        if current and _value(attributes).lower().startswith(_HEADING_STYLES):
            found.add(current)

    def outline(attributes: Attributes) -> None:
        if current and _value(attributes) != "9":
            found.add(current)

    starts: dict[str, StartHandler] = {}
    for namespace in _WORD:
        starts[f"{namespace} style"] = style
        starts[f"{namespace} name"] = name
        starts[f"{namespace} outlineLvl"] = outline
    package.parse(path, starts)
    return frozenset(found)


class _Paragraph:
    __slots__ = ("heading", "joins_next", "pieces")

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.heading = False
        # The mark at its end was deleted: the next paragraph goes on with it.
        self.joins_next = False


class _Cell:
    __slots__ = ("continues", "inner", "is_dropped", "is_open", "span", "starts_merge")

    def __init__(self) -> None:
        self.span = 1
        self.starts_merge = False
        self.continues = False
        self.is_open = False
        # Covered by the cell above, so that nothing in it is seen; `inner` cells of it are open.
        self.is_dropped = False
        self.inner = 0


class _Text:
    """Follows the tags of the document and tells the builder what they amount to."""

    def __init__(self, builder: Builder, heading_styles: frozenset[str]) -> None:
        self.parser = new_parser()
        self.has_hidden = False
        self._builder = builder
        self._heading_styles = heading_styles
        # Text boxes stand inside a paragraph and have paragraphs of their own.
        self._paragraphs: list[_Paragraph] = []
        self._cells: list[_Cell] = []
        # One per open row: whether a tracked change deleted it.
        self._rows: list[bool] = []
        self._carried: list[str] = []
        self._skipping = 0
        self._in_paragraph_looks = False
        self._in_row_looks = False
        self._run_hidden = False

    def handlers(self) -> tuple[dict[str, StartHandler], dict[str, EndHandler]]:
        """What to call at which tag."""
        starts: dict[str, StartHandler] = {
            "p": self._start_paragraph,
            "pPr": self._start_paragraph_looks,
            "pStyle": self._style,
            "outlineLvl": self._outline,
            "r": self._start_run,
            "vanish": self._vanish,
            "t": self._start_text,
            "tab": self._tab,
            "ptab": self._tab,
            "br": self._break,
            "cr": self._break,
            "noBreakHyphen": self._hyphen,
            "tbl": self._start_table,
            "tr": self._start_row,
            "trPr": self._start_row_looks,
            "gridBefore": self._grid_before,
            "tc": self._start_cell,
            "gridSpan": self._grid_span,
            "vMerge": self._vertical_merge,
            "del": self._start_deleted,
            "moveFrom": self._start_deleted,
            **dict.fromkeys(_OLD_LOOKS, self._start_skipped),
        }
        ends: dict[str, EndHandler] = {
            "p": self._end_paragraph,
            "pPr": self._end_paragraph_looks,
            "r": self._end_run,
            "t": self._end_text,
            "tbl": self._end_table,
            "tr": self._end_row,
            "trPr": self._end_row_looks,
            "tc": self._end_cell,
            "del": self._end_deleted,
            "moveFrom": self._end_deleted,
            **dict.fromkeys(_OLD_LOOKS, self._end_skipped),
        }
        all_starts = {f"{space} {tag}": handler for space in _WORD for tag, handler in starts.items()}
        all_ends = {f"{space} {tag}": handler for space in _WORD for tag, handler in ends.items()}
        # A drawing or text box is written twice, for new programs and for old ones.
        all_starts[f"{_ALTERNATIVES} Fallback"] = self._start_skipped
        all_ends[f"{_ALTERNATIVES} Fallback"] = self._end_skipped
        return all_starts, all_ends

    # Paragraphs and runs

    def _start_paragraph(self, _: Attributes) -> None:
        if self._skipping:
            return
        self._open_cell()
        if self._skipping:
            return
        self._paragraphs.append(_Paragraph(self._carried))
        self._carried = []

    def _end_paragraph(self) -> None:
        if self._skipping or not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        if paragraph.joins_next:
            self._carried = paragraph.pieces
        else:
            self._put("".join(paragraph.pieces), heading=paragraph.heading)

    def _put(self, text: str, *, heading: bool = False) -> None:
        if self._builder.in_cell:
            text = text.replace("\t", " ")
        for line in text.split("\n"):
            self._builder.line(line, heading=heading)

    def _flush_carried(self) -> None:
        if self._carried:
            self._put("".join(self._carried))
            self._carried = []

    def _start_paragraph_looks(self, _: Attributes) -> None:
        self._in_paragraph_looks = True

    def _end_paragraph_looks(self) -> None:
        self._in_paragraph_looks = False

    def _style(self, attributes: Attributes) -> None:
        if self._paragraphs and not self._skipping:
            self._paragraphs[-1].heading = _value(attributes) in self._heading_styles

    def _outline(self, attributes: Attributes) -> None:
        if self._paragraphs and not self._skipping and _value(attributes) != "9":
            self._paragraphs[-1].heading = True

    def _start_run(self, _: Attributes) -> None:
        self._run_hidden = False

    def _end_run(self) -> None:
        self._run_hidden = False

    def _vanish(self, attributes: Attributes) -> None:
        if not self._in_paragraph_looks and not self._skipping and _value(attributes) not in _OFF:
            self._run_hidden = True
            self.has_hidden = True

    def _start_text(self, _: Attributes) -> None:
        if self._paragraphs and not self._skipping and not self._run_hidden:
            self.parser.CharacterDataHandler = self._characters

    def _end_text(self) -> None:
        self.parser.CharacterDataHandler = None

    def _characters(self, text: str) -> None:
        self._paragraphs[-1].pieces.append(text.replace("\n", " "))

    def _add(self, text: str) -> None:
        # A tab among the looks of a paragraph is a tab stop.
        if self._paragraphs and not (self._skipping or self._run_hidden or self._in_paragraph_looks):
            self._paragraphs[-1].pieces.append(text)

    def _tab(self, _: Attributes) -> None:
        self._add("\t")

    def _break(self, _: Attributes) -> None:
        self._add("\n")

    def _hyphen(self, _: Attributes) -> None:
        self._add("-")

    # Tables

    def _start_table(self, _: Attributes) -> None:
        if self._skipping:
            return
        self._open_cell()
        if self._skipping:
            return
        self._flush_carried()
        self._builder.begin_table()

    def _end_table(self) -> None:
        if not self._skipping:
            self._builder.end_table()

    def _start_row(self, _: Attributes) -> None:
        if not self._skipping:
            self._builder.begin_row()
            self._rows.append(False)

    def _end_row(self) -> None:
        if self._skipping or not self._rows:
            return
        if self._rows.pop():
            self._builder.drop_row()
        else:
            self._builder.end_row()

    def _start_row_looks(self, _: Attributes) -> None:
        self._in_row_looks = True

    def _end_row_looks(self) -> None:
        self._in_row_looks = False

    def _grid_before(self, attributes: Attributes) -> None:
        if not self._skipping and self._in_row_looks:
            self._builder.skip_columns(_number(attributes))

    def _start_cell(self, _: Attributes) -> None:
        if not self._skipping:
            self._cells.append(_Cell())
        elif self._cells and self._cells[-1].is_dropped:
            self._cells[-1].inner += 1

    def _grid_span(self, attributes: Attributes) -> None:
        if self._cells and not self._skipping:
            self._cells[-1].span = max(1, _number(attributes))

    def _vertical_merge(self, attributes: Attributes) -> None:
        if self._cells and not self._skipping:
            starts = _value(attributes) == "restart"
            self._cells[-1].starts_merge = starts
            self._cells[-1].continues = not starts

    def _open_cell(self) -> None:
        """Begin the cell once its looks are known, at its first content."""
        if not self._cells or self._cells[-1].is_open:
            return
        cell = self._cells[-1]
        cell.is_open = True
        if cell.continues and self._builder.continue_merge(cell.span):
            cell.is_dropped = True
            self._skipping += 1
        else:
            self._builder.begin_cell(cell.span, merge_starts=cell.starts_merge)

    def _end_cell(self) -> None:
        if not self._cells:
            return
        cell = self._cells[-1]
        if cell.inner:
            cell.inner -= 1
            return
        if not self._skipping:
            self._open_cell()
            self._flush_carried()
        if cell.is_dropped:
            self._skipping -= 1
            self._cells.pop()
        elif not self._skipping:
            self._cells.pop()
            self._builder.end_cell()

    # What the final text does not have

    def _start_deleted(self, _: Attributes) -> None:
        if self._in_row_looks:
            if self._rows and not self._skipping:
                self._rows[-1] = True
        elif self._in_paragraph_looks:
            if self._paragraphs and not self._skipping:
                self._paragraphs[-1].joins_next = True
        else:
            self._skipping += 1

    def _end_deleted(self) -> None:
        if not self._in_row_looks and not self._in_paragraph_looks:
            self._skipping -= 1

    def _start_skipped(self, _: Attributes) -> None:
        self._skipping += 1

    def _end_skipped(self) -> None:
        self._skipping -= 1
