"""The before/after table and the amending decision: what they say, and that they read back the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.comparing.questions import Side
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.questions import budget_as_of, budget_of
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.places.kinds import Position
from akimat_desk.places.service import set_post
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import (
    AmountCell,
    Heading,
    PercentCell,
    ReportDocument,
    SideBySide,
    Signatures,
    Table,
    Text,
)
from akimat_desk.reports.grid import shown
from akimat_desk.reports.registry import build
from akimat_desk.reports.render import render
from akimat_desk.reports.rules import amending_basis, maslikhat_post
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.reports.snapshots import check_snapshot

Example = tuple[Workspace, int]
ONE_LANGUAGE = [DocLanguage.KK, DocLanguage.RU]


def made(
    example: Example, report: str, language: DocLanguage = DocLanguage.RU, year: int = 2026, **options: object
) -> list[ReportDocument]:
    workspace, unit = example
    with workspace.reading() as session:
        return build(report, session, unit, year, language, **options)


def written(documents: Sequence[ReportDocument]) -> str:
    """Everything a document says, row by row."""
    lines: list[str] = []

    def say(block: object) -> None:
        match block:
            case Heading() | Text():
                lines.append(block.text)
            case Table():
                lines.extend("\t".join(cell.text for cell in row) for row in block.head)
                lines.extend("\t".join(map(shown, row.cells)) for row in block.rows)
            case SideBySide():
                for side in (block.left, block.right):
                    lines.append("---")
                    for part in side:
                        say(part)
            case Signatures():
                lines.extend(f"{person.position}\t{person.name}" for person in block.people)

    for document in documents:
        lines.append(f"=== {document.title}")
        for block in document.blocks:
            say(block)
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def table_of(document: ReportDocument) -> Table:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return table


@pytest.mark.parametrize("language", list(DocLanguage))
@pytest.mark.parametrize("report", ["before_after", "amending_decision"])
def test_golden(example: Example, report: str, language: DocLanguage) -> None:
    documents = made(example, report, language, today=dt.date(2026, 7, 1))
    check_snapshot(f"{report}_{language.value.replace('+', '_')}.txt", written(documents))


@pytest.mark.parametrize("language", ONE_LANGUAGE)
@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_the_decision_reads_back_with_the_same_figures(
    example: Example, tmp_path: Path, language: DocLanguage, file_format: str
) -> None:
    workspace, unit_id = example
    documents = made(example, "amending_decision", language)
    path = render(documents, file_format, tmp_path / f"шешім.{file_format}")
    decision = read_decision_file(path).decision
    assert decision.is_amendment
    assert (decision.number, decision.date) == ("XXXIX-241", dt.date(2026, 6, 12))
    assert decision.effective_date == dt.date(2026, 1, 1)
    assert decision.not_understood == []
    [unit] = decision.units
    with workspace.reading() as session:
        view = budget_as_of(session, unit_id, 2026)
    assert unit.figures == view.figures
    assert unit.years == [2026, 2027, 2028]
    [annex] = unit.annexes
    assert annex.year == 2026
    read = [(line.code, line.amount) for line in annex.lines if line.code is not None]
    assert read == [(line.code, line.amount) for line in view.lines if line.code is not None]
    assert not [f for f in unit.findings if f.severity.value == "error"]


def test_both_languages_say_the_same_figures(example: Example) -> None:
    kk, ru = (made(example, "amending_decision", language) for language in ONE_LANGUAGE)

    def figures(documents: list[ReportDocument]) -> list[str]:
        first = [block for block in documents[0].blocks if isinstance(block, Text) and block.grounds]
        said = ["".join(c for c in b.text.split("–", 1)[1] if c.isdigit() or c in "-,") for b in first]
        cells = [shown(cell) for cell in _amounts(documents[1:])]
        return [each.strip(",") for each in said] + cells

    assert figures(kk) == figures(ru)
    assert len(figures(kk)) > 40


def _amounts(documents: Sequence[ReportDocument]) -> list[AmountCell]:
    tables = [block for document in documents for block in document.blocks if isinstance(block, Table)]
    return [
        cell for table in tables for row in table.rows for cell in row.cells if isinstance(cell, AmountCell)
    ]


def _draft(example: Example, changes: dict[int, dict[str, str]]) -> int:
    """A draft in which lines (by stored code) of a year have other amounts, its totals left alone."""
    workspace, unit = example
    draft = start_amendment(workspace, DEFAULT_ACTOR, unit, 2026)
    with workspace.changing(DEFAULT_ACTOR, "draft.edited") as change:
        for row in document_by_id(change.session, draft).lines:
            amount = changes.get(row.year, {}).get(row.code or "")
            if amount is not None:
                row.amount, row.origin = from_plain(amount), "typed"
        change.touch("budget_document", draft)
    return draft


def test_a_draft_has_blanks_for_what_the_session_will_decide(example: Example) -> None:
    draft = _draft(example, {2026: {"08/1/124/006": "12000"}})
    said = written(made(example, "amending_decision", document_id=draft))
    assert "от «___» __________ ____ года № ______" in said
    assert "пункт 1 изложить" not in said  # no figure of the first point is another one
    assert "приложение 1 к указанному решению изложить в новой редакции согласно приложению" in said
    before = written(made(example, "before_after", document_id=draft))
    assert "После изменения: проект уточнения" in before
    assert "12 000,0" in before


def test_several_changed_annexes_are_numbered_anew(example: Example) -> None:
    draft = _draft(example, {2026: {"08/1/124/006": "12000"}, 2028: {"08/1/124/006": "12500"}})
    documents = made(example, "amending_decision", DocLanguage.RU, document_id=draft)
    assert len(documents) == 3
    said = written(documents)
    assert "приложения 1 и 3 к указанному решению" in said
    assert "согласно приложениям 1 и 2 к настоящему решению соответственно" in said
    assert "Приложение 2 к решению Улгинского районного маслихата от «___»" in said
    kk = written(made(example, "amending_decision", DocLanguage.KK, document_id=draft))
    assert "көрсетілген шешімнің 1 және 3-қосымшалары осы шешімнің 1 және 2-қосымшаларына сәйкес" in kk
    tables = made(example, "before_after", document_id=draft)
    assert [document.subject[-4:] for document in tables] == ["2026", "2028"]


def test_a_draft_that_changes_nothing_and_a_decision_that_changes_no_other(example: Example) -> None:
    draft = _draft(example, {})
    with pytest.raises(UsageProblem) as nothing:
        made(example, "amending_decision", document_id=draft)
    assert "Введите суммы" in nothing.value.text(Language.RU)
    assert "Различий нет." in written(made(example, "before_after", document_id=draft))
    for report in ("before_after", "amending_decision"):
        with pytest.raises(UsageProblem) as no_other:
            made(example, report, year=2025)
        assert no_other.value.message.key == "error.amendment.changes_nothing"


def test_only_changed_lines_or_all(example: Example) -> None:
    [short] = made(example, "before_after")
    [whole] = made(example, "before_after", changed_only=False)
    names = [shown(row.cells[1]) for row in table_of(short).rows]
    assert "Поддержка культурно-досуговой работы на местном уровне" not in names
    assert [name for name in names if name[:2] in ("I.", "II", "IV", "V.", "VI")] == [
        "I. Доходы", "II. Затраты", "III. Чистое бюджетное кредитование",
        "IV. Сальдо по операциям с финансовыми активами", "V. Дефицит (профицит) бюджета",
        "VI. Финансирование дефицита (использование профицита) бюджета",
    ]  # fmt: skip
    assert len(table_of(whole).rows) > len(table_of(short).rows)


def test_any_two_budgets_with_a_percentage(example: Example) -> None:
    [document] = made(example, "before_after", compared_with=Side(example[1], 2025))
    rows = {shown(row.cells[0]): row for row in table_of(document).rows if shown(row.cells[0])}
    assert [shown(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in rows["4 → 5"].cells[2:]] == [
        "72 900,0", "+11 940,0", "84 840,0", "116,4"
    ]  # fmt: skip
    assert [cell.text for cell in table_of(document).head[0]][2:] == [
        "2025 год",
        "Разница (+, -)",
        "2026 год",
        "%",
    ]
    assert isinstance(rows["4 → 5"].cells[-1], PercentCell)


def test_every_amount_says_what_it_rests_on(example: Example) -> None:
    workspace, _ = example
    for report in ("annex", "decision_text", "before_after", "amending_decision"):
        documents = made(example, report)
        cells = [cell for cell in _amounts(documents) if cell.tiyn is not None]
        texts = [
            block for document in documents for block in document.blocks
            if isinstance(block, Text) and " – " in block.text and "тенге" in block.text and block.indent
        ]  # fmt: skip
        assert cells or texts
        assert all(cell.grounds is not None for cell in cells), report
        assert all(block.grounds is not None for block in texts if ")" in block.text[:2]), report
        with workspace.reading() as session:
            for cell in cells:
                if cell.grounds is None or cell.grounds.formula:
                    continue
                [place] = cell.grounds.amounts
                view = budget_of(session, place.document_id, place.year)
                stated = [line.amount for line in view.lines if place.is_of(line)]
                figure = view.figures[place.figure] if place.figure is not None else None
                assert cell.tiyn in (*stated, figure)


def test_signatories_and_articles_follow_the_date(example: Example) -> None:
    assert maslikhat_post(dt.date(2022, 12, 31)) is Position.MASLIKHAT_SECRETARY
    assert maslikhat_post(dt.date(2023, 1, 1)) is Position.MASLIKHAT_CHAIR
    assert "106 және 109" in amending_basis(dt.date(2024, 6, 1)).kk
    assert "94 және 96" in amending_basis(dt.date(2026, 6, 1)).kk
    workspace, unit = example
    set_post(workspace, DEFAULT_ACTOR, unit, Position.MASLIKHAT_SECRETARY, "С. Мысалов")
    documents = made(example, "amending_decision")
    [block] = [block for block in documents[0].blocks if isinstance(block, Signatures)]
    assert [(p.position, p.name) for p in block.people] == [("Председатель маслихата", "Қ. Үлгіленов")]


def test_changes_carry_their_sign_into_a_workbook(example: Example, tmp_path: Path) -> None:
    import openpyxl

    path = render(made(example, "before_after"), "xlsx", tmp_path / "кесте.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    change = next(row for row in sheet.iter_rows() if row[1].value == "Налоги на собственность")[3]
    assert change.number_format == "+#,##0.0;-#,##0.0;#,##0.0"
    total = next(row for row in sheet.iter_rows() if row[1].value == "I. Доходы")[3]
    assert str(total.value).startswith("=")  # the changes of the shown lines add up, so the sum lives
