"""Where a code stands in documents; and a newer classification leaves documents as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.uses import uses_of
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.classification.pack_file import read_pack
from akimat_desk.classification.service import preview_pack, take_in_pack, workspace_pack
from akimat_desk.intake import read_bytes
from akimat_desk.reports.registry import DocLanguage, build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.classification.workbooks import REVENUE, workbook


@pytest.fixture(scope="module")
def example(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = Path(shutil.copy(example_file, tmp_path_factory.mktemp("uses") / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        yield workspace
        workspace.close(make_backup=False)


def test_a_code_is_found_with_what_stands_below_it(example: Workspace) -> None:
    with example.reading() as session:
        lines = uses_of(session, RevenueCode("1", "04"))
        assert {use.code.split("/")[:2] == ["1", "04"] for use in lines} == {True}
        assert {"1/04", "1/04/3"} <= {use.code for use in lines}
        land = uses_of(session, RevenueCode("1", "04", "3"))
        assert {(use.code, use.is_plan) for use in land} == {("1/04/3", False), ("1/04/3/02", True)}
        assert all(use.confirmed and (use.is_plan or use.amount is not None) for use in land)
        assert uses_of(session, RevenueCode("1", "99")) == []
        assert len(uses_of(session, RevenueCode("1", "04"), most=3)) == 3


def test_a_common_administrator_is_found_under_every_group(example: Workspace) -> None:
    with example.reading() as session:
        found = uses_of(session, ExpenditureCode(administrator="124"), "administrator", most=10_000)
        assert len({use.code.split("/")[0] for use in found}) > 1
        assert all("/124" in use.code for use in found)
        assert uses_of(session, ExpenditureCode(specific="999")) == []


def test_a_newer_classification_rewrites_no_document(example: Workspace) -> None:
    def documents() -> tuple[object, object]:
        with example.reading() as session:
            view = budget_as_of(session, 1, 2026)
            annexes = build("annex", session, 1, 2026, DocLanguage.BOTH)
            return [(line.code, line.name) for line in view.lines], annexes

    before = documents()
    rows = [("1", "04", "3", None, "Мүлдем басқа атау", "Совсем другое наименование")]
    data = workbook({"Доходы": [REVENUE, *rows]})
    with example.reading() as session:
        preview = preview_pack(session, read_pack(read_bytes(data, "a.xlsx")), 2026)
    take_in_pack(example, DEFAULT_ACTOR, preview, data)
    with example.reading() as session:
        found = workspace_pack(session, 2026).lookup(RevenueCode("1", "04", "3"))
        assert found is not None
        assert found.name.ru == "Совсем другое наименование"
    assert documents() == before
