"""The analysis of the ratio and the brief for residents, from a real workspace to paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from akimat_desk.core.errors import UsageProblem
from akimat_desk.places.population import set_people
from akimat_desk.reports.document import Chart, ChartKind, Table, Text
from akimat_desk.reports.registry import DocLanguage, build
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


@pytest.fixture(scope="module")
def workspace(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = Path(shutil.copy(example_file, tmp_path_factory.mktemp("brief") / "example.akimat"))
    with Workspace.open(path) as opened:
        set_people(opened, DEFAULT_ACTOR, 1, 2026, 2140)
        yield opened
        opened.close(make_backup=False)


def _words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.mark.parametrize("language", [DocLanguage.KK, DocLanguage.RU])
def test_the_brief_is_one_page_with_three_charts_and_their_sentences(
    workspace: Workspace, language: DocLanguage, tmp_path: Path
) -> None:
    with workspace.reading() as session:
        [document] = build("residents_brief", session, 1, 2026, language)
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert len(charts) == 3
    assert all(chart.text_equivalent for chart in charts)
    pdf = render([document], "pdf", tmp_path / "brief.pdf")
    assert len(PdfReader(pdf).pages) == 1
    said = _words(pdf)
    assert "2140" in said
    assert "52,7" in said  # 112 798.2 thousand for 2 140 people
    assert {DocLanguage.KK: "39-бабы", DocLanguage.RU: "статья 39"}[language] in said
    money = charts[0].series[0].values
    assert money[0] == "22.2"
    assert money[-1] == "84.8"
    assert "24" in charts[0].text_equivalent  # of every hundred tenge


def test_the_brief_in_both_languages_is_a_page_for_each(workspace: Workspace) -> None:
    with workspace.reading() as session:
        documents = build("residents_brief", session, 1, 2026, DocLanguage.BOTH)
    assert [document.language.value for document in documents] == ["kk", "ru"]


def test_the_analysis_has_history_why_and_outlook(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.reading() as session:
        [document] = build("ratio_analysis", session, 1, 2026, DocLanguage.RU)
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert [chart.kind for chart in charts] == [
        ChartKind.BARS_WITH_LINE, ChartKind.WATERFALL, ChartKind.BARS_WITH_LINE
    ]  # fmt: skip
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 3
    said = _words(render([document], "pdf", tmp_path / "analysis.pdf"))
    for words in ("Почему изменился", "Единый земельный налог", "Прогноз строится от 2026 года"):
        assert words in said
    book = load_workbook(render([document], "xlsx", tmp_path / "analysis.xlsx"))
    assert sum(len(sheet._charts) for sheet in book) == 3


def test_the_waterfall_of_a_workbook_stands_on_numbers_in_its_cells(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.reading() as session:
        [document] = build("ratio_analysis", session, 1, 2026, DocLanguage.KK)
    book = load_workbook(render([document], "xlsx", tmp_path / "analysis.xlsx"))
    charts = [chart for sheet in book for chart in sheet._charts]
    [stacked] = [chart for chart in charts if getattr(chart, "grouping", "") == "stacked"]
    assert len(stacked.series) == 4  # the unseen foot, totals, up, down
    assert stacked.series[0].graphicalProperties.noFill


def test_an_analysis_by_a_formula_that_cannot_be_compared_says_so(workspace: Workspace) -> None:
    with workspace.reading() as session:
        with pytest.raises(UsageProblem):
            build("ratio_analysis", session, 1, 2040, DocLanguage.RU)
        [document] = build("ratio_analysis", session, 1, 2023, DocLanguage.RU)
    texts = [getattr(block, "text", "") for block in document.blocks]
    assert any("Второго бюджета для сравнения нет" in said for said in texts)


def test_the_brief_says_per_resident_and_what_was_asked_and_done(workspace: Workspace) -> None:
    with workspace.reading() as session:
        [document] = build("residents_brief", session, 1, 2026, DocLanguage.RU)
    words = " ".join(
        [block.text for block in document.blocks if isinstance(block, Text)]
        + [block.text_equivalent for block in document.blocks if isinstance(block, Chart)]
    )
    # Own 26 112.9 and the rest 84 840 thousand of 2 140 people; the akim's office 54 840.
    assert "собственных доходов 12,2 тыс. тенге, остальных поступлений 39,6 тыс. тенге" in words
    assert "Аппарат акима – 25,6" in words
    assert "Жители просили: Ремонт детской площадки" in words
    assert "Выполнено: " in words


def test_the_chart_of_years_has_what_was_approved_where_it_was_amended(workspace: Workspace) -> None:
    with workspace.reading() as session:
        [document] = build("ratio_analysis", session, 1, 2026, DocLanguage.RU)
    path, *_ = [block for block in document.blocks if isinstance(block, Chart)]
    [approved] = [series for series in path.series if series.name == "Утверждено"]
    [planned] = [series for series in path.series if series.name == "План"]
    place = path.categories.index("2026*")
    assert approved.line
    assert approved.values[place] not in (None, planned.values[place])
    assert "утверждено" in path.text_equivalent


def test_a_range_in_the_workbook_has_no_words_over_its_points(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.reading() as session:
        documents = build("ratio_analysis", session, 1, 2026, DocLanguage.RU)
    book = load_workbook(render(documents, "xlsx", tmp_path / "analysis.xlsx"))
    lines = [
        series
        for sheet in book
        for chart in sheet._charts
        for part in chart._charts
        for series in part.series
        if series.dLbls is not None and series.dLbls.showVal is False
    ]
    assert len(lines) >= 3  # as approved, the target ahead, the ends of the range
    assert not any(series.dLbls.showCatName or series.dLbls.showSerName for series in lines)
