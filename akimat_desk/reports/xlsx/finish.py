"""What openpyxl leaves out of a workbook, added to its XML.

A formula's value, so that a program that does not calculate (a preview, our own reader) sees the
figure; and the consent that codes such as "01" are text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils import range_boundaries

from akimat_desk.reports.packing import as_xml, repacked

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# ignoredErrors stands before these in a sheet.
_AFTER = ("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
          "webPublishItems", "tableParts", "extLst")  # fmt: skip


@dataclass(slots=True)
class SheetExtras:
    """What a sheet needs beyond openpyxl: formulas' values by cell, ranges where text looks like numbers."""

    values: dict[str, str] = field(default_factory=dict)
    quiet: list[str] = field(default_factory=list)


def finished(book: bytes, sheets: Mapping[str, SheetExtras]) -> bytes:
    """The workbook with the extras; ``sheets`` by the part's name ("xl/worksheets/sheet1.xml")."""
    return repacked(book, lambda name, content: _sheet(content, sheets[name]) if name in sheets else content)


def _sheet(content: bytes, extras: SheetExtras) -> bytes:
    root = etree.fromstring(content)
    for formula in root.iter(f"{{{_MAIN}}}f"):
        cell = formula.getparent()
        value = cell.find(f"{{{_MAIN}}}v")
        if value is None:
            value = etree.SubElement(cell, f"{{{_MAIN}}}v")
        value.text = extras.values[cell.get("r")]
    if extras.quiet:
        errors = etree.Element(f"{{{_MAIN}}}ignoredErrors")
        etree.SubElement(
            errors,
            f"{{{_MAIN}}}ignoredError",
            sqref=" ".join(extras.quiet),
            numberStoredAsText="1",
            formula="1",
            formulaRange="1",
        )
        followers = [child for child in root if etree.QName(child).localname in _AFTER]
        if followers:
            followers[0].addprevious(errors)
        else:
            root.append(errors)
    merged = root.find(f"{{{_MAIN}}}mergeCells")
    if merged is not None:  # openpyxl keeps them in a set
        merged[:] = sorted(merged, key=_corner)
    return as_xml(root)


def _corner(merged: etree._Element) -> tuple[int, int]:
    left, top, _, _ = range_boundaries(merged.get("ref"))
    return top, left
