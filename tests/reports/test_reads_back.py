"""What is written reads back with the same figures, through the program's own intake and reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.budget.figures import Section
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.findings import Severity
from akimat_desk.intake import read_file
from akimat_desk.reports.definitions.annex import annex
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.decision_text import decision_text
from akimat_desk.reports.document import AmountCell, Row, Table, TextCell
from akimat_desk.reports.render import render
from tests.reports import samples
from tests.reports.views_for_tests import UNIT, irtysh


def amount_of(row: Row) -> int | None:
    cell = row.cells[-1]
    assert isinstance(cell, AmountCell)
    return cell.tiyn


def name_of(row: Row) -> str:
    cell = row.cells[-2]
    assert isinstance(cell, TextCell)
    return " ".join(cell.text.split())


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
@pytest.mark.parametrize(
    "name", ["179019_u07_irtysh_ru_2023", "191405_u02_ainabulak_kk_2024", "191405_u02_ainabulak_ru_2026"]
)
def test_an_annex_reads_back(name: str, file_format: str, tmp_path: Path) -> None:
    document = samples.annex(name)
    path = render([document], file_format, tmp_path / f"annex.{file_format}")
    read = read_decision(read_file(path))
    assert len(read.units) == 1
    (annex,) = read.units[0].annexes
    wanted = [
        (name_of(row), amount_of(row))
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    got = [(" ".join(line.printed_name.split()), line.amount) for line in annex.lines]
    assert [amount for _, amount in got] == [amount for _, amount in wanted]
    assert {line.section for line in annex.lines} == set(Section)
    assert annex.year == int(name[-4:])
    errors = [finding.code for finding in read.units[0].findings if finding.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize("language", list(DocLanguage))
@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_a_decision_reads_back(file_format: str, language: DocLanguage, tmp_path: Path) -> None:
    view = irtysh(2026)
    document = decision_text(view, UNIT, language)
    path = render([document], file_format, tmp_path / f"decision.{file_format}")
    (unit,) = read_decision(read_file(path)).units
    assert unit.figures == view.figures
    assert unit.name == UNIT.name.text(language.languages[0])


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_a_decision_with_annexes_in_both_languages_reads_back(file_format: str, tmp_path: Path) -> None:
    view = irtysh(2026)
    both = DocLanguage.BOTH
    documents = [decision_text(view, UNIT, both), annex(view, UNIT, both, number=1)]
    (unit,) = read_decision(read_file(render(documents, file_format, tmp_path / f"d.{file_format}"))).units
    assert unit.figures == view.figures
    assert [(a.number, a.year) for a in unit.annexes] == [(1, 2026)]
    coded = [(line.code, line.amount) for line in unit.annexes[0].lines if line.code is not None]
    assert coded == [(line.code, line.amount) for line in view.lines]
    assert [f.code for f in unit.findings if f.severity is not Severity.INFO] == []
