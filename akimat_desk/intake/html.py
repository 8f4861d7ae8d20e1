"""HTML as it really arrives: saved pages, Word's and Excel's "web page", the clipboard."""

from __future__ import annotations

import re

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.progress import Task
from akimat_desk.intake.building import Builder
from akimat_desk.intake.limits import Limits

# Elements whose content no reader of the page sees, or that are no part of a document.
_DROPPED = frozenset(
    {
        "script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe",
        "select", "textarea", "button", "audio", "video", "canvas", "del", "xml", "noframes",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements before and after which a line ends.
_LINES = _HEADINGS | frozenset(
    {
        "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "section", "article", "header",
        "footer", "main", "aside", "nav", "center", "form", "fieldset", "figure", "address", "hr",
        "pre", "body", "html", "caption", "figcaption",
    }
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
# Programs that wrap the lines of the page they write: there a line end is a space, as HTML says.
_OFFICE = re.compile(
    r"(?i)urn:schemas-microsoft-com:office"
    r"|<meta[^>]{0,80}(?:Microsoft (?:Word|Excel)|LibreOffice|OpenOffice|WPS)"
)
# An end tag that fits nothing makes the parser look through all the tags that are open. So many looks
# (some seconds) are allowed; a page that needs more was made to keep us busy.
_MOST_LOOKS = 2_000_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_WITHOUT_END = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "basefont", "embed", "param", "wbr"}
)
_SPACES = re.compile(r"[ \t\r\f]+")
_BREAKS = re.compile(r" ?\n\s*")
_ANY_SPACES = re.compile(r"[ \t\r\n\f]+")
# Tags between two looks at whether the person called the work off.
_STEP = 4096


def read_html(text: str, builder: Builder, limits: Limits, task: Task) -> None:
    """Put the page's paragraphs and tables into ``builder``. Nothing is fetched from anywhere."""
    from lxml import etree

    tags = text.count("<")
    if tags > limits.elements:
        raise InputRefused("error.intake.too_complex")
    if _takes_too_long(text, tags):
        raise InputRefused("error.intake.too_deep")
    page = _Page(builder, limits, task, tags, wraps_lines=bool(_OFFICE.search(text[:20_000])))
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, remove_comments=True)
    # A character that XML cannot hold would end the reading there.
    etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)


def _takes_too_long(text: str, tags: int) -> bool:
    """Whether open tags and stray end tags are so many that the parser would not come to an end."""
    ends = text.count("</")
    if (tags - ends) * ends <= _MOST_LOOKS:
        return False
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag.group(2).lower() not in _WITHOUT_END:
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest * ends > _MOST_LOOKS


class _Page:
    """What the parser tells, put into lines, cells and tables (an lxml parser target)."""

    def __init__(self, builder: Builder, limits: Limits, task: Task, tags: int, *, wraps_lines: bool) -> None:
        self._builder = builder
        self._limits = limits
        self._task = task
        self._tags = tags
        self._wraps_lines = wraps_lines
        self._pieces: list[str] = []
        self._depth = 0
        self._elements = 0
        # Depth of the outermost dropped element that is open; 0 outside of one.
        self._dropped_from = 0
        self._preformatted = 0
        self._heading = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements % _STEP == 0:
            self._task.step(min(self._elements, self._tags), self._tags)
        if self._depth > self._limits.depth:
            raise InputRefused("error.intake.too_deep")
        if self._dropped_from:
            return
        if tag in _DROPPED or _is_hidden(attributes):
            # A hidden cell still holds its place in the row.
            if tag in ("td", "th"):
                self._flush()
                self._builder.begin_cell(_span(attributes, "colspan"), _span(attributes, "rowspan"))
                self._builder.end_cell()
            self._dropped_from = self._depth
        elif tag in ("td", "th"):
            self._flush()
            self._builder.begin_cell(_span(attributes, "colspan"), _span(attributes, "rowspan"))
        elif tag == "br":
            self._flush()
        elif tag in _LINES:
            self._flush()
            self._heading = tag in _HEADINGS
            if tag == "pre":
                self._preformatted += 1
        elif tag == "tr":
            self._flush()
            self._builder.begin_row()
        elif tag == "table":
            self._flush()
            self._builder.begin_table()

    def end(self, tag: str) -> None:
        if self._dropped_from:
            if self._depth == self._dropped_from:
                self._dropped_from = 0
            self._depth -= 1
            return
        self._depth -= 1
        if tag in _LINES:
            self._flush()
            self._heading = False
            if tag == "pre":
                self._preformatted -= 1
        elif tag in ("td", "th"):
            self._flush()
            self._builder.end_cell()
        elif tag == "tr":
            self._flush()
            self._builder.end_row()
        elif tag == "table":
            self._flush()
            self._builder.end_table()

    def data(self, text: str) -> None:
        if not self._dropped_from:
            self._pieces.append(text)

    def close(self) -> None:
        self._flush()

    def _flush(self) -> None:
        """End the line that is being written."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._preformatted:
            for line in text.split("\n"):
                self._builder.line(line, heading=self._heading)
        elif self._builder.in_cell and not self._wraps_lines:
            self._builder.line(_keep_breaks(text), heading=self._heading)
        else:
            self._builder.line(_ANY_SPACES.sub(" ", text), heading=self._heading)


def _keep_breaks(text: str) -> str:
    """A cell's text with its line breaks; a space before each one that had space around it."""
    text = _SPACES.sub(" ", text)
    if "\n" not in text:
        return text
    return _BREAKS.sub(lambda found: " \n" if " " in found.group() else "\n", text)


def _is_hidden(attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN_STYLE.search(style) is not None)


def _span(attributes: dict[str, str], name: str) -> int:
    """A span as browsers read it: digits, 1 where there is nonsense."""
    value = attributes.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 1
