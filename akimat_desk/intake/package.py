"""Office packages (.docx, .xlsx): zip archives of XML, opened as if an enemy had made them.

Nothing is unpacked to the disk. What is read is counted while it is unpacked, because the sizes an
archive states are only a claim. Documents with a DOCTYPE are refused: no office program writes one,
and entities are how a small file becomes a large one or reads other files.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from xml.parsers import expat

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake.content import FileKind
from akimat_desk.intake.limits import MEGABYTE, Limits

Attributes = dict[str, str]
StartHandler = Callable[[Attributes], None]
EndHandler = Callable[[], None]

_CHUNK = 256 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"
_DRIVE = re.compile(r"^[A-Za-z]:")
_ENCRYPTED = 0x1

_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://purl.oclc.org/ooxml/package/relationships",
)
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD_TYPE = re.compile(r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml|ms-word)\.")
_SHEET_TYPE = re.compile(r"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml|ms-excel)\.")


class Package:
    """A package in memory. A context manager. Raises InputRefused for whatever breaks a limit."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._unpacked = 0
        # The directory is an object per entry once opened; count before that.
        if data.count(_DIRECTORY_ENTRY) > 3 * limits.entries:
            raise InputRefused("error.intake.too_many_members", name=name, limit=limits.entries)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise InputRefused("error.intake.damaged", name=name) from error
        self._members = self._checked_members()

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        """The members by name in small letters (names of a package do not know capitals)."""
        limits = self._limits
        entries = self._archive.infolist()
        if len(entries) > limits.entries:
            raise InputRefused("error.intake.too_many_members", name=self.name, limit=limits.entries)
        members: dict[str, zipfile.ZipInfo] = {}
        declared = 0
        for entry in entries:
            path = entry.filename.replace("\\", "/")
            if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") or "\0" in path:
                raise InputRefused("error.intake.unsafe_member", name=self.name)
            if path.endswith("/"):
                continue
            if entry.flag_bits & _ENCRYPTED:
                raise InputRefused("error.intake.password", name=self.name)
            if path.lower() in members:
                raise InputRefused("error.intake.twice", name=self.name)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise InputRefused("error.intake.damaged", name=self.name)
            declared += entry.file_size
            self._check_size(declared)
            self._check_ratio(entry, entry.file_size)
            members[path.lower()] = entry
        return members

    def _check_size(self, size: int) -> None:
        if size > self._limits.unpacked_bytes:
            limit = self._limits.unpacked_bytes // MEGABYTE
            raise InputRefused("error.intake.unpacks_too_large", name=self.name, limit=limit)

    def _check_ratio(self, entry: zipfile.ZipInfo, size: int) -> None:
        limits = self._limits
        if size > limits.ratio_from and size > limits.ratio * max(1, entry.compress_size):
            limit = limits.unpacked_bytes // MEGABYTE
            raise InputRefused("error.intake.unpacks_too_large", name=self.name, limit=limit)

    @property
    def count(self) -> int:
        """How many members there are."""
        return len(self._members)

    def has(self, path: str) -> bool:
        """Whether there is a member of this name."""
        return path.lower() in self._members

    def has_any(self, prefix: str) -> bool:
        """Whether a member lies under ``prefix``."""
        return any(path.startswith(prefix.lower()) for path in self._members)

    def size(self, path: str) -> int:
        """What the directory says of a member's unpacked size, for showing progress."""
        entry = self._members.get(path.lower())
        return entry.file_size if entry else 0

    def chunks(self, path: str) -> Iterator[bytes]:
        """A member's content piece by piece, counted as it comes."""
        entry = self._members.get(path.lower())
        if entry is None:
            raise InputRefused("error.intake.damaged", name=self.name)
        size = 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    self._check_size(self._unpacked)
                    self._check_ratio(entry, size)
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InputRefused("error.intake.damaged", name=self.name) from error

    def kind(self) -> FileKind:
        """Word or Excel, by the content type of the main part. Raises InputRefused for anything else."""
        main = self.main_part()
        found = self.content_type(main) if main else ""
        if _WORD_TYPE.match(found) and ".main+xml" in found.lower():
            return FileKind.DOCX
        if _SHEET_TYPE.match(found) and ".main+xml" in found.lower():
            return FileKind.XLSX
        if "sheet.binary" in found:
            raise InputRefused("error.intake.binary_excel", name=self.name)
        if "presentation" in found:
            raise InputRefused("error.intake.presentation", name=self.name)
        if self.has("mimetype"):
            declared = b"".join(self.chunks("mimetype"))[:200].decode("ascii", "replace")
            if "opendocument.text" in declared:
                raise InputRefused("error.intake.odt", name=self.name)
            if "opendocument.spreadsheet" in declared:
                raise InputRefused("error.intake.ods", name=self.name)
        raise InputRefused("error.intake.archive", name=self.name)

    def main_part(self) -> str | None:
        """The path of the document itself."""
        targets = self.relationships("").values()
        return next((path for kind, path in targets if kind == "officeDocument" and self.has(path)), None)

    def content_type(self, path: str) -> str:
        """The content type of a part, "" where none is stated."""
        if not self.has("[Content_Types].xml"):
            return ""
        wanted = "/" + path.lower()
        extension = posixpath.splitext(path)[1].lstrip(".").lower()
        exact: list[str] = []
        by_extension: list[str] = []

        def override(attributes: Attributes) -> None:
            if attributes.get("PartName", "").lower() == wanted:
                exact.append(attributes.get("ContentType", ""))

        def default(attributes: Attributes) -> None:
            if attributes.get("Extension", "").lower() == extension:
                by_extension.append(attributes.get("ContentType", ""))

        self.parse(
            "[Content_Types].xml",
            {f"{_CONTENT_TYPES} Override": override, f"{_CONTENT_TYPES} Default": default},
        )
        return (exact or by_extension or [""])[0]

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package: id -> (kind, path). "" is the package itself.

        The kind is the last word of the relationship's type. What lies outside the package (links)
        is left out: it is never fetched.
        """
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", file + ".rels")
        found: dict[str, tuple[str, str]] = {}
        if not self.has(path):
            return found

        def relationship(attributes: Attributes) -> None:
            if attributes.get("TargetMode", "") == "External":
                return
            target = attributes.get("Target", "").replace("\\", "/")
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, posixpath.normpath(joined))

        self.parse(path, {f"{namespace} Relationship": relationship for namespace in _RELATIONSHIPS})
        return found

    def parse(
        self,
        path: str,
        starts: Mapping[str, StartHandler],
        ends: Mapping[str, EndHandler] | None = None,
        *,
        parser: expat.XMLParserType | None = None,
        step: Callable[[int], None] | None = None,
    ) -> None:
        """Read a part's XML, calling a handler by "namespace tag" at each start and end tag.

        Text goes to the handlers that they set on ``parser`` (see :func:`new_parser`). ``step`` is
        told the bytes read so far.
        """
        if parser is None:
            parser = new_parser()
        name, limits = self.name, self._limits
        depth = 0
        elements = 0
        find_start = starts.get
        find_end = (ends or {}).get

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal depth, elements
            depth += 1
            elements += 1
            if depth > limits.depth:
                raise InputRefused("error.intake.too_deep", name=name)
            handler = find_start(tag)
            if handler is not None:
                handler(attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            handler = find_end(tag)
            if handler is not None:
                handler()

        def doctype(*_: object) -> None:
            raise InputRefused("error.intake.doctype", name=name)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = doctype
        parser.EntityDeclHandler = doctype
        done = 0
        try:
            for piece in self.chunks(path):
                parser.Parse(piece, False)
                if elements > limits.elements:
                    raise InputRefused("error.intake.too_complex", name=name)
                done += len(piece)
                if step is not None:
                    step(done)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise InputRefused("error.intake.damaged", name=name) from error


def new_parser() -> expat.XMLParserType:
    """An XML parser that joins text and tells tags as "namespace tag"."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 65536
    return parser
