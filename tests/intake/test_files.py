"""Files that cannot be reached or are of another kind: a sentence each, in three languages."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.intake import LIMITS, Limits, doors, read_bytes, read_file, read_pasted


def refused(data: bytes, name: str = "құжат") -> str:
    with pytest.raises(InputRefused) as refusal:
        read_bytes(data, name)
    said(refusal.value)
    return refusal.value.message.key.removeprefix("error.intake.")


def said(problem: AkimatError) -> None:
    """The problem reads as whole sentences, each language its own."""
    texts = [problem.text(language) for language in Language]
    assert len(set(texts)) == len(Language)
    for text in texts:
        assert text.endswith(".")
        assert "{" not in text
        assert "None" not in text


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ole(*streams: str) -> bytes:
    """The smallest OLE container: a directory of empty streams."""

    def entry(name: str, kind: int, child: int, right: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        free = 0xFFFFFFFF
        return (
            raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1])
            + free.to_bytes(4, "little") + right.to_bytes(4, "little") + child.to_bytes(4, "little")
            + b"\0" * 36 + (0xFFFFFFFE).to_bytes(4, "little") + b"\0" * 8
        )  # fmt: skip

    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + bytes.fromhex("3e000300feff09000600") + b"\0" * 6
    )
    for number in (0, 1, 1, 0, 4096, end, 0, end, 0, 0):
        header += number.to_bytes(4, "little")
    header += b"".join(free.to_bytes(4, "little") for _ in range(108))
    table = b"".join(number.to_bytes(4, "little") for number in (fat, end, *[free] * 126))
    entries = [entry("Root Entry", 5, 1, free)]
    for index, name in enumerate(streams, 1):
        entries.append(entry(name, 2, free, index + 1 if index < len(streams) else free))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + table + directory


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"BM\x36\x10\0\0\0\0\0\0", "picture"),
        (b"II*\0\x08", "picture"),
        (b"AT&TFORM\0\0\0\0DJVU", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"Rar!\x1a\x07\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"PK\x05\x06" + b"\0" * 18, "archive"),
        (zipped(a=b"1"), "archive"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (b"SQLite format 3\0", "database"),
        (b"MZ\x90\0\x03\0\0\0", "unknown_kind"),
        (b"\x7fELF\x02\x01\x01\0", "unknown_kind"),
        (b"\0" * 5000, "unknown_kind"),
        (bytes(range(256)) * 20, "unknown_kind"),
        ("доходы\0\x01 – 5".encode(), "unknown_kind"),
        ("доходы – 5".encode("utf-16")[:-1], "encoding"),
        (b"\xef\xbb\xbf\xff", "encoding"),
        (b"   \n\t\r\n ", "nothing"),
        (b"\xef\xbb\xbf", "nothing"),
        (b"<html><body><img src=x></body></html>", "nothing"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "mht"),
        (b"From: <Saved by Blink>\nSubject: x\n y\nMIME-Version: 1.0\n\n", "mht"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "old_xml"),
        (ole("EncryptionInfo", "EncryptedPackage"), "password"),
        (ole("WordDocument", "1Table"), "old_word"),
        (ole("Workbook"), "old_excel"),
        (ole("PowerPoint Document"), "presentation"),
        (ole("Contents"), "unknown_kind"),
        (ole("Workbook")[:600], "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "damaged"),
    ],
)
def test_kinds_that_are_not_read(data: bytes, key: str) -> None:
    assert refused(data) == key


def test_office_kinds_that_are_not_read(docx, xlsx) -> None:
    presentation = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    types += 'PartName="/xl/workbook.xml" ContentType="{}"/></Types>'
    assert refused(xlsx("", changed={"[Content_Types].xml": types.format(presentation)})) == "presentation"
    assert refused(xlsx("", changed={"[Content_Types].xml": types.format(binary)})) == "binary_excel"
    assert refused(docx("", changed={"_rels/.rels": None})) == "archive"
    assert refused(docx("")) == "nothing"


def test_the_name_decides_nothing(docx, xlsx) -> None:
    word = docx("<w:p><w:r><w:t>а</w:t></w:r></w:p>")
    sheet = xlsx("<sheetData><row><c><v>1</v></c></row></sheetData>")
    for name in ("a.docx", "a.xlsx", "a.html", "a.txt", "a.pdf", "a", ".docx", "а" * 300):
        assert read_bytes(word, name).kind == "docx"
        assert read_bytes(sheet, name).kind == "xlsx"
        assert read_bytes("доходы – 5".encode(), name).kind == "text"
        assert read_bytes(b"<html><p>a", name).kind == "html"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        read_file(tmp_path / "жоқ.docx")
    assert problem.value.message.key == "error.file.not_found"
    with pytest.raises(EnvironmentProblem) as problem:
        read_file(tmp_path)
    assert problem.value.message.key == "error.file.is_folder"
    with pytest.raises(EnvironmentProblem) as problem:
        read_file(Path("a\0b"))
    said(problem.value)
    with pytest.raises(EnvironmentProblem) as problem:
        read_file(tmp_path / ("а" * 5000))
    said(problem.value)


def test_a_file_that_vanishes_while_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("доходы", "utf-8")
    real_stat = Path.stat

    def stat_and_remove(self: Path, **options: bool) -> os.stat_result:
        status = real_stat(self, **options)
        if self == path:
            path.unlink()
        return status

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", stat_and_remove)
        with pytest.raises(EnvironmentProblem) as problem:
            read_file(path)
    assert problem.value.message.key == "error.file.not_found"


def test_a_file_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("доходы", "utf-8")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", forbidden)
        with pytest.raises(EnvironmentProblem) as problem:
            read_file(path)
    assert problem.value.message.key == "error.intake.no_rights"
    said(problem.value)


def test_a_huge_sparse_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "үлкен.docx"
    with path.open("wb") as stream:
        stream.truncate(2**33)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", never)
        with pytest.raises(InputRefused) as refusal:
            read_file(path)
    assert refusal.value.message.key == "error.intake.too_large"
    said(refusal.value)


def test_a_file_that_grows_after_it_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("abc " * 100, "utf-8")
    assert len(doors.load_file(path, Limits(packed_bytes=1000))) == 400
    with pytest.raises(InputRefused):
        read_bytes(b"a" * 1001, "a.txt", limits=Limits(packed_bytes=1000))


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(InputRefused) as refusal:
        read_file(path)
    assert refusal.value.message.key == "error.intake.not_a_file"
    said(refusal.value)


@pytest.mark.parametrize("text", ["", "  \n", "MIME-Version: 1.0\n", "<html></html>", "\0"])
def test_pasted_nothing_is_said_of_the_pasted_text(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_pasted(text)
    said(refusal.value)
    assert "«қойылған мәтін»" in refusal.value.text(Language.KK)


def test_pasted_too_much() -> None:
    with pytest.raises(InputRefused) as refusal:
        read_pasted("а" * (LIMITS.packed_bytes + 1))
    assert refusal.value.message.key == "error.intake.too_large"
    said(refusal.value)


def test_long_reading_reports_and_can_be_called_off(docx, xlsx) -> None:
    documents = [
        docx("<w:p><w:r><w:t>жол</w:t></w:r></w:p>" * 20_000),
        xlsx("<sheetData>" + "<row><c><v>1</v></c></row>" * 19_000 + "</sheetData>"),
        b"<html>" + b"<p>a" * 20_000,
        b"line\n" * 20_000,
    ]
    for data in documents:
        steps: list[tuple[int, int]] = []
        read_bytes(data, "a", Task(lambda done, total, steps=steps: steps.append((done, total))))
        assert len(steps) > 2
        assert all(0 <= done <= total for done, total in steps)

        task = Task()
        task.cancel()
        with pytest.raises(Cancelled):
            read_bytes(data, "a", task)

        halfway = Task()
        calls = 0

        def stop(_done: int, _total: int, halfway: Task = halfway) -> None:
            nonlocal calls
            calls += 1
            if calls == 2:
                halfway.cancel()

        halfway._on_progress = stop
        with pytest.raises(Cancelled):
            read_bytes(data, "a", halfway)


def test_no_memory_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(doors, "read_plain", exhausted)
    with pytest.raises(MemoryError):
        read_pasted("а")


def test_every_text_of_intake_is_there_in_three_languages() -> None:
    root = Path(__file__).parents[2]
    catalogue = json.loads((root / "resources" / "strings" / "intake.json").read_text("utf-8"))
    used: set[str] = set()
    for path in (root / "akimat_desk" / "intake").glob("*.py"):
        used |= set(
            re.findall(r'"((?:error\.intake|warning\.intake|intake)\.[a-z_]+)"', path.read_text("utf-8"))
        )
    assert used == set(catalogue)
    for key, entry in catalogue.items():
        assert set(entry) == {"kk", "ru", "en"}, key
        fields = [sorted(re.findall(r"{(\w+)}", text)) for text in entry.values()]
        assert fields[0] == fields[1] == fields[2], key


def test_nothing_heavy_is_loaded_before_a_file_is_read() -> None:
    code = "import sys, akimat_desk.intake; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "akimat_desk.intake.doors" in loaded
    assert not loaded & {"lxml", "lxml.etree", "openpyxl", "docx", "olefile", "zipfile", "pyexpat"}
