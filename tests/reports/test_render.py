"""The door to the renderers: formats, JSON, files that cannot be written."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from akimat_desk.core.errors import EnvironmentProblem, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.reports.document import PageBreak, ReportDocument
from akimat_desk.reports.render import Format, render
from tests.reports import samples

BEGINNINGS = {Format.PDF: b"%PDF-", Format.XLSX: b"PK", Format.DOCX: b"PK", Format.JSON: b"{"}


@pytest.mark.parametrize("file_format", list(Format))
def test_every_format_under_a_name_with_spaces_and_kazakh_letters(
    file_format: Format, tmp_path: Path
) -> None:
    folder = tmp_path / "Бюджет 2026 қосымша"
    folder.mkdir()
    path = folder / f"1-қосымша.{file_format}"
    steps: list[tuple[int, int]] = []
    documents = [samples.annex(), samples.statement(), samples.side_by_side()]
    assert render(documents, file_format, path, Task(lambda done, total: steps.append((done, total)))) == path
    assert path.read_bytes().startswith(BEGINNINGS[file_format])
    assert [p.name for p in folder.iterdir()] == [path.name]
    assert steps[-1] == (3, 3)


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as caught:
        render([samples.annex()], "odt", tmp_path / "x.odt")
    for language in Language:
        sentence = caught.value.text(language)
        assert "odt" in sentence
        assert "pdf, xlsx, docx, json" in sentence


@pytest.mark.parametrize("file_format", list(Format))
def test_a_file_that_cannot_be_written_leaves_the_old_one(
    file_format: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EnvironmentProblem):
        render([samples.annex()], file_format, tmp_path / "missing" / "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(EnvironmentProblem):
        render([samples.annex()], file_format, tmp_path / "folder")
    old = tmp_path / "old"
    old.write_bytes(b"old")

    def full(_self: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentProblem) as caught:
        render([samples.annex()], file_format, old)
    assert "диск" in caught.value.text(Language.RU).casefold()
    assert old.read_bytes() == b"old"
    assert {p.name for p in tmp_path.iterdir()} == {"folder", "old"}


@pytest.mark.parametrize("file_format", list(Format))
def test_nothing_to_write_and_a_person_who_calls_it_off(file_format: Format, tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        render([samples.annex()], file_format, tmp_path / "x", task)
    with pytest.raises(UsageProblem):
        render([], file_format, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file_format", list(Format))
def test_an_empty_document_is_still_a_file(file_format: Format, tmp_path: Path) -> None:
    path = render([ReportDocument("x", "", Language.KK)], file_format, tmp_path / "x")
    assert path.read_bytes().startswith(BEGINNINGS[file_format])


def test_json_says_amounts_exactly_and_keeps_what_is_not_stated(tmp_path: Path) -> None:
    document = samples.statement()
    document.blocks.append(PageBreak())
    path = render([document, samples.side_by_side(), samples.annex()], "json", tmp_path / "x.json")
    read = json.loads(path.read_text("utf-8"))
    statement, beside, annex = read["documents"]
    assert (statement["id"], statement["language"]) == ("self_sufficiency", "kk")
    table = next(block for block in statement["blocks"] if block["type"] == "table")
    assert table["rows"][0]["cells"][1] == {"amount": "21554"}
    assert table["rows"][2]["cells"][1] == {"amount": None}
    assert table["rows"][2]["cells"][3] == {"percent": None}
    chart = next(block for block in statement["blocks"] if block["type"] == "chart")
    assert chart["series"][1] == {
        "name": "Нысаналы мән",
        "line": True,
        "values": ["19.0", "21.2", None, "30.0", "33.0"],
    }
    assert [block["type"] for block in statement["blocks"]][-2:] == ["signatures", "page_break"]
    assert statement["blocks"][-2]["people"][1] == {"position": "Бас бухгалтер", "name": None}
    assert beside["blocks"][0]["right_language"] == "ru"
    head = next(block for block in annex["blocks"] if block["type"] == "table")["head"]
    assert head[0][0] == {"text": "Категория", "colspan": 4}
    assert head[0][1] == {"text": "Сумма (тысяч тенге)", "rowspan": 4}


def test_the_door_itself_is_light() -> None:
    """Nothing heavy is imported before a document is really written."""
    code = (
        "import sys, akimat_desk.reports.render, akimat_desk.reports.charts, akimat_desk.reports.document\n"
        "heavy = {'reportlab', 'openpyxl', 'docx', 'lxml', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
