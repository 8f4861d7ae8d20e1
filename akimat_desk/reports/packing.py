"""Office files packed anew, so that the same document gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows
_TERMS = "http://purl.org/dc/terms/"


def repacked(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every part passed through ``change`` (name, content) and no moment of saving."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in source.infolist():
            content = change(entry.filename, source.read(entry))
            if entry.filename == "docProps/core.xml":
                content = _undated(content)
            info = zipfile.ZipInfo(entry.filename, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return result.getvalue()


def as_xml(root: etree._Element) -> bytes:
    """An XML part as office files have it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _undated(content: bytes) -> bytes:
    root = etree.fromstring(content)
    for name in ("created", "modified"):
        for element in root.findall(f"{{{_TERMS}}}{name}"):
            root.remove(element)
    return as_xml(root)
