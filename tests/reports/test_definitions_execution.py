"""The report on execution: official columns, living sums, lines off plan, months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.table import Column, PlanSource, execution_table
from akimat_desk.budget.figures import Section
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain, half_up
from akimat_desk.core.money import text_amount as shown_amount
from akimat_desk.reports import document as doc
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.registry import build
from akimat_desk.reports.render import render
from akimat_desk.reports.sums import living_sums
from akimat_desk.storage.workspace import Workspace


@pytest.fixture(scope="module")
def session(example_file: Path) -> Iterator[Session]:
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as reading:
        yield reading


def tables(documents: list[doc.ReportDocument]) -> list[doc.Table]:
    return [block for document in documents for block in document.blocks if isinstance(block, doc.Table)]


def test_a_line_has_every_official_column(session: Session) -> None:
    table = execution_table(session, 1, Month(2026, 10))
    roads = table.row(Section.EXPENDITURE, "12/1/124/013")
    assert roads is not None
    assert roads.amount(Column.APPROVED) == from_plain("12020")
    assert roads.amount(Column.AMENDED) == from_plain("13970")
    assert roads.amount(Column.ADJUSTED) == from_plain("14870")  # 900 came by the akim's adjustment
    executed, plan = roads.amount(Column.EXECUTED), roads.amount(Column.PLAN_PAYMENTS)
    assert executed is not None
    assert plan is not None
    assert roads.of_period == half_up(Fraction(executed * 100, plan), 1)
    registered, unpaid = roads.amount(Column.REGISTERED), roads.amount(Column.UNPAID)
    assert registered is not None
    assert unpaid == registered - executed


def test_before_an_amendment_the_amended_budget_is_the_approved_one(session: Session) -> None:
    table = execution_table(session, 1, Month(2026, 3))
    for row in table.rows:
        assert row.amount(Column.APPROVED) == row.amount(Column.AMENDED) == row.amount(Column.ADJUSTED)


def test_every_sum_closes_and_is_a_living_formula(session: Session) -> None:
    documents = build("execution", session, 1, 2026, DocLanguage.KK, details=True)
    found = tables(documents)
    sums = living_sums(found)
    wanted = [
        (number, place, column)
        for number, table in enumerate(found)
        for place, row in enumerate(table.rows)
        for column, cell in enumerate(row.cells)
        if isinstance(cell, doc.AmountCell) and cell.sum_of and cell.tiyn is not None
    ]
    assert len(wanted) > 100
    closed = {(at.table, at.row, at.column) for at in sums}
    # Specifics are not in the budget itself: only what the forms state is the sum of them.
    executed = [each for each in wanted if each[2] == 9]
    assert set(executed) <= closed


def test_the_workbook_holds_formulas(session: Session, tmp_path: Path) -> None:
    out = render(build("execution", session, 1, 2025, DocLanguage.RU), "xlsx", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(out).worksheets[0]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 50


@pytest.mark.parametrize(("language", "title"), [
    (DocLanguage.KK, "Жаңабұлақ ауылдық округінің бюджетінің 2025 жылғы атқарылуы туралы есеп"),
    (DocLanguage.RU, "Отчет об исполнении бюджета Жанабулакского сельского округа за 2025 год"),
])  # fmt: skip
def test_december_is_the_report_of_the_year(session: Session, language: DocLanguage, title: str) -> None:
    (document,) = build("execution", session, 1, 2025, language)
    assert document.title == title
    (july,) = build("execution", session, 1, 2025, language, month=7)
    assert re.search("июль|шілде", july.title)


def test_only_lines_off_plan(session: Session) -> None:
    whole = tables(build("execution", session, 1, 2026, DocLanguage.RU))[0]
    off = tables(build("execution", session, 1, 2026, DocLanguage.RU, off_plan_only=True))[0]
    assert 0 < len(off.rows) < len(whole.rows)
    assert all(row.level == 0 or _of_period(row) != "100.0" or _is_off(row) for row in off.rows)


def _of_period(row: doc.Row) -> str | None:
    cell = row.cells[10]
    assert isinstance(cell, doc.PercentCell)
    return cell.value


def _is_off(row: doc.Row) -> bool:
    plan, executed = row.cells[5], row.cells[9]
    assert isinstance(plan, doc.AmountCell)
    assert isinstance(executed, doc.AmountCell)
    return plan.tiyn != executed.tiyn


def test_what_is_not_stated_is_empty_and_said(session: Session) -> None:
    table = execution_table(session, 1, Month(2026, 11))
    assert table.plan_source is PlanSource.PLAN
    assert execution_table(session, 1, Month(2027, 1)).plan_source is PlanSource.NONE
    assert len(table.missing) == 2
    assert all(row.amount(Column.EXECUTED) is None for row in table.rows)
    with pytest.raises(UsageProblem) as problem:
        build("execution", session, 1, 2026, DocLanguage.KK, month=11)
    assert "1, 2, 3" in problem.value.text(Language.RU)
    with pytest.raises(UsageProblem):
        build("execution", session, 1, 2022, DocLanguage.KK)


@pytest.mark.parametrize("file_format", ["pdf", "docx", "json"])
def test_every_format_is_written(session: Session, tmp_path: Path, file_format: str) -> None:
    documents = build("execution", session, 1, 2024, DocLanguage.BOTH, month=6)
    assert render(documents, file_format, tmp_path / f"a.{file_format}").stat().st_size > 2000


@pytest.mark.parametrize("language", [DocLanguage.KK, DocLanguage.RU, DocLanguage.BOTH])
def test_the_annual_report_is_a_draft_filled_with_the_facts(
    session: Session, tmp_path: Path, language: DocLanguage
) -> None:
    (document,) = build("execution_year", session, 1, 2025, language)
    assert render([document], "docx", tmp_path / "a.docx").stat().st_size > 5000
    if language is DocLanguage.BOTH:
        return
    said = [block.text for block in document.blocks if isinstance(block, doc.Text | doc.Heading)]
    whole = "\n".join(said)
    assert "XXVIII-171" in whole
    assert "____" in whole
    heads = [block for block in document.blocks if isinstance(block, doc.Heading) and block.level == 2]
    assert len(heads) == 5
    points, annexes, arrears, changes, results = tables([document])
    assert len(points.rows) == 10  # receipts with four categories, costs, sections III to VI
    assert len(annexes.rows) > 30
    assert len(arrears.rows) == 6  # the taxes, empty for what only the revenue office knows
    assert len(results.rows) == 6
    # What the amendment changed is there line by line, and comes to its totals.
    moved = {_words(row.cells[0]): row.cells[3] for row in changes.rows}
    assert set(moved) == {"", "1/05/3", "4/02/3", "07/3/124/008", "07/3/124/011", "12/1/124/013"}
    for above, below in ((0, (1, 2)), (3, (4, 5, 6))):
        sums = [_tiyn(row.cells[3]) for row in changes.rows]
        assert sums[above] == sum(sums[place] for place in below)
    vehicles = next(text for text in said if "Көлік құралдарына" in text or "транспортные средства" in text)
    assert "2024" in vehicles  # beside the year before


def _words(cell: doc.Cell) -> str:
    assert isinstance(cell, doc.TextCell)
    return cell.text


def _tiyn(cell: doc.Cell) -> int:
    assert isinstance(cell, doc.AmountCell)
    return cell.tiyn or 0


def _said(session: Session, year: int, language: DocLanguage = DocLanguage.RU) -> str:
    (document,) = build("execution_year", session, 1, year, language)
    return "\n".join(block.text for block in document.blocks if isinstance(block, doc.Text | doc.Heading))


def test_the_note_says_what_the_workspace_knows(session: Session) -> None:
    said = _said(session, 2025)
    assert "Остаток бюджетных средств на начало 2025 года – 412,6 тысячи тенге." in said
    assert "Остаток на конец года – 1\xa0845,3 тысячи тенге." in said  # what 2026 opened with
    assert "неиспользованные целевые трансферты – 35,3 тысячи тенге" in said
    assert "20,6 % при целевом показателе 30,0 %" in said
    assert "Больше всего не хватило до плана поступлений: Индивидуальный подоходный налог – 210" in said
    assert "Неоплаченных обязательств на конец года нет." in said
    assert "Специальных поступлений в бюджете не было." in said
    kazakh = _said(session, 2025, DocLanguage.KK)
    assert "Жыл соңындағы қалдық – 1\xa0845,3 мың теңге." in kazakh
    # Only what the office alone knows is left to write: reasons, statements, the minutes, the text itself.
    assert said.count("_" * 12) == kazakh.count("_" * 12) == 6


def test_the_assemblys_agreement_and_residents_proposals_come_from_the_meetings_on_file(
    session: Session,
) -> None:
    assert "Обсужден и согласован на собрании местного сообщества: протокол от 10 апреля 2025 года № 1." in (
        _said(session, 2024)
    )
    assert "до 20 февраля 2026 года (статья 127" in _said(session, 2025)
    running = _said(session, 2026)
    assert "бюджет народного участия" in running
    assert "Освещение улицы Школьной: израсходовано 6\xa0085,4 тысячи тенге" in running
    assert "Бюджет скорректирован решением акима от 15.09.2026 № 21." in running


def test_the_forecast_has_a_chart_of_each_side_and_every_method(session: Session, tmp_path: Path) -> None:
    (document,) = build("forecast", session, 1, 2026, DocLanguage.RU)
    charts = [block for block in document.blocks if isinstance(block, doc.Chart)]
    assert len(charts) == 2
    receipts = charts[0]
    executed, expected, planned, before = (series.values for series in receipts.series)
    assert [at for at, value in enumerate(executed, 1) if value is not None] == list(range(1, 11))
    assert [at for at, value in enumerate(expected, 1) if value is not None] == [11, 12]
    assert None not in (*planned, *before)
    methods, _, lines = tables([document])
    assert len(methods.rows) == 3
    first = methods.rows[0].cells[1]
    assert isinstance(first, doc.AmountCell)
    # The picture, its words and the table say the same.
    assert expected[-1] == f"{half_up(Fraction(first.tiyn or 0, 10**8), 1)}"
    assert shown_amount(first.tiyn) in receipts.text_equivalent
    assert len(lines.rows) > 30
    said = [block.text for block in document.blocks if isinstance(block, doc.Text)]
    assert any("отстает от обычного темпа" in text for text in said)
    for file_format in ("pdf", "xlsx", "docx", "json"):
        assert render([document], file_format, tmp_path / f"f.{file_format}").stat().st_size > 2000


@pytest.mark.parametrize("language", [DocLanguage.KK, DocLanguage.BOTH])
def test_a_forecast_of_a_first_year_says_that_nothing_could_be_tried(
    session: Session, language: DocLanguage
) -> None:
    (document,) = build("forecast", session, 1, 2023, language, month=4)
    said = [
        text.text
        for block in document.blocks
        for text in (block.left if isinstance(block, doc.SideBySide) else (block,))
        if isinstance(text, doc.Text)
    ]
    assert any("аяқталған жыл болмағандықтан" in text for text in said)
    methods, *_ = tables([document])
    (only,) = methods.rows
    error = only.cells[4]
    assert isinstance(error, doc.PercentCell)
    assert error.value is None
