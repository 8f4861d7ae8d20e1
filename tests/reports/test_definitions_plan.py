"""The printed forms of a plan and the certificate of its change, from a real workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest

from akimat_desk.budget.plans.commands import approve, start_change, store_sheet, take_in_plan
from akimat_desk.budget.plans.edits import PutLines, apply
from akimat_desk.budget.plans.importing import RowState, preview_file
from akimat_desk.budget.plans.questions import plan_view
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import Position, UnitKind, create_unit, set_post, update_unit
from akimat_desk.reports.document import (
    AmountCell,
    Heading,
    ReportDocument,
    Signatures,
    Table,
    Text,
    TextCell,
)
from akimat_desk.reports.plan_reports import APPENDIX_SETTING
from akimat_desk.reports.registry import REPORTS, build
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.budget.plans.building import GOODS, POWER, WAGES, adopt, at, k, months, sheet

KINDS = [kind for kind in REPORTS if kind.startswith("plan_")]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An okrug with an approved plan and one approved move between specifics in May."""
    made = Workspace.create(tmp_path / "okrug.akimat")
    unit = create_unit(
        made, DEFAULT_ACTOR, kato="103230000", kind=UnitKind.OKRUG,
        name=Trilingual("Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"),
    )  # fmt: skip
    set_post(made, DEFAULT_ACTOR, unit.id, Position.AKIM, "А. Үлгібаев")
    adopt(made, unit.id)
    plan = take_in_plan(made, DEFAULT_ACTOR, unit.id, sheet())
    approve(made, DEFAULT_ACTOR, plan, dt.date(2026, 1, 8))
    change = start_change(
        made, DEFAULT_ACTOR, unit.id, 2026,
        kind="between_specifics", date=dt.date(2026, 5, 14), reason="Замена ламп",
    )  # fmt: skip
    moved = {
        LineKey(side, code): months(at({6: amount}, base))
        for side in (Side.PAYMENTS, Side.OBLIGATIONS)
        for code, amount, base in ((GOODS, 200, 300), (WAGES, 1300, 1200))
    }
    store_sheet(made, DEFAULT_ACTOR, change, apply(sheet(), PutLines(moved))[0])
    approve(made, DEFAULT_ACTOR, change)
    yield made
    made.close(make_backup=False)


def forms(workspace: Workspace, kind: str, language: str = "ru", **more: object) -> list[ReportDocument]:
    with workspace.reading() as session:
        return build(kind, session, 1, 2026, language, **more)  # type: ignore[arg-type]


def tables(document: ReportDocument) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def row(table: Table, *words: str) -> list[int | None]:
    """The row whose codes and name are these, as plain values."""
    for each in table.rows:
        said = [cell.text for cell in each.cells if isinstance(cell, TextCell)]
        if [word for word in said if word] == list(words):
            return [
                cell.tiyn if isinstance(cell, AmountCell) else None
                for cell in each.cells
                if isinstance(cell, AmountCell)
            ]
    raise AssertionError(words)


def test_the_individual_plan_has_nineteen_columns_down_to_the_specific(workspace: Workspace) -> None:
    payments, obligations = forms(workspace, "plan_individual")
    assert [document.id for document in (payments, obligations)] == [
        "plan.individual.payments",
        "plan.individual.obligations",
    ]
    [table] = tables(payments)
    assert len(table.columns) == 19
    assert row(table, "111", "Оплата труда") == [k(14500), *months(at({6: 1300}, 1200))]
    assert row(table, "Всего") == [k(25200), *months(("2100",) * 12)]
    said = [block.text for block in payments.blocks if isinstance(block, Text)]
    assert said[0] == "Приложение 2"
    assert "Дата: 14.05.2026" in said
    [signed] = [block for block in payments.blocks if isinstance(block, Signatures)]
    assert signed.people[0].name == "А. Үлгібаев"


def test_the_administrators_plan_has_no_specifics(workspace: Workspace) -> None:
    [table] = tables(forms(workspace, "plan_administrator", "kk")[0])
    assert len(table.columns) == 17
    assert row(table, "008", "Елді мекендердегі көшелерді жарықтандыру")[0] == k(7200)
    assert not any(
        cell.text == "111" for each in table.rows for cell in each.cells if isinstance(cell, TextCell)
    )


def test_the_joint_sheet_ends_with_what_is_left_each_month(workspace: Workspace) -> None:
    joint, obligations = forms(workspace, "plan_consolidated")
    receipts, payments, balance = tables(joint)
    assert row(receipts, "Всего")[0] == k(24000)
    assert row(payments, "Всего")[0] == k(25200)
    left = row(balance, "Остаток (статья 105 Бюджетного кодекса)")
    assert left == list(months(tuple(range(1100, -1, -100))))
    assert obligations.id == "plan.consolidated.obligations"


def test_the_certificate_counts_the_current_month_from_january(workspace: Workspace) -> None:
    payments, _ = forms(workspace, "plan_change")
    assert payments.title == "СПРАВКА № 1"
    headings = [block.text for block in payments.blocks if isinstance(block, Heading)]
    assert headings[1:] == ["Утверждено", "Изменение (+, –)", "С учетом изменений"]
    before, change, after = tables(payments)
    nothing = [None] * 4
    goods = ("Приобретение прочих запасов", "149")
    assert row(before, *goods) == [k(3600), *nothing, k(1500), *months(("300",) * 7)[:7]]
    assert row(change, *goods) == [k(-100), *nothing, 0, k(-100), *([0] * 6)]
    assert row(after, *goods) == [k(3500), *nothing, k(1500), k(200), *months(("300",) * 6)[:6]]
    program = next(each for each in change.rows if each.level == 2)
    assert {cell.tiyn for cell in program.cells if isinstance(cell, AmountCell)} <= {0, None}


def test_requests_are_made_of_the_draft_in_hand(workspace: Workspace) -> None:
    institution, _, administrator, _ = forms(workspace, "plan_request")  # of the approved change of May
    [table] = tables(institution)
    assert len(table.columns) == 20
    assert row(table, "149", "Приобретение прочих запасов") == [k(-100), *months(at({6: -100}))]
    assert row(table, "01", "Государственные услуги общего характера")[0] == 0
    [table] = tables(administrator)
    assert len(table.columns) == 19
    said = [block.text for block in administrator.blocks if isinstance(block, Text)]
    assert said[0] == "Приложение 29"
    assert "Причина изменения: Замена ламп" in said
    draft = start_change(
        workspace, DEFAULT_ACTOR, 1, 2026,
        kind="between_months", date=dt.date(2026, 7, 2), reason="Ранний ремонт",
    )  # fmt: skip
    with workspace.reading() as session:
        plan = plan_view(session, draft).sheet
    moved = {
        LineKey(side, GOODS): months(at({6: 200, 8: 100, 9: 500}, 300))
        for side in (Side.PAYMENTS, Side.OBLIGATIONS)
    }
    store_sheet(workspace, DEFAULT_ACTOR, draft, apply(plan, PutLines(moved))[0])
    [table] = tables(forms(workspace, "plan_request", "kk")[0])
    assert row(table, "149", "Өзге де қорларды сатып алу") == [0, *months(at({8: -200, 9: 200}))]


def test_the_summary_adds_up_the_certificates_of_a_month_or_year(workspace: Workspace) -> None:
    draft = start_change(
        workspace, DEFAULT_ACTOR, 1, 2026,
        kind="between_months", date=dt.date(2026, 7, 2), reason="Ранний ремонт",
    )  # fmt: skip
    with workspace.reading() as session:
        plan = plan_view(session, draft).sheet
    moved = {
        LineKey(side, POWER): months(at({8: 700, 10: 300}, 500)) for side in (Side.PAYMENTS, Side.OBLIGATIONS)
    }
    store_sheet(workspace, DEFAULT_ACTOR, draft, apply(plan, PutLines(moved))[0])
    approve(workspace, DEFAULT_ACTOR, draft)
    payments, obligations = forms(workspace, "plan_changes")
    assert (payments.id, obligations.id) == ("plan.summary.payments", "plan.summary.obligations")
    [table] = tables(payments)
    assert len(table.columns) == 17
    light = "Освещение улиц в населенных пунктах"
    assert row(table, light, "008") == [0, *months(at({8: 200, 10: -200}))]
    said = [block.text for block in payments.blocks if isinstance(block, Text)]
    assert "Справки: № 1, 14.05.2026; № 2, 02.07.2026" in said
    [may, _] = forms(workspace, "plan_changes", month=5)
    assert "Период: май 2026 года" in [block.text for block in may.blocks if isinstance(block, Text)]
    with pytest.raises(UsageProblem):
        forms(workspace, "plan_changes", month=6)


def test_the_number_of_a_certificate_carries_the_bin(workspace: Workspace) -> None:
    update_unit(workspace, DEFAULT_ACTOR, 1, bin="990140000017")
    payments, obligations = forms(workspace, "plan_change")
    assert payments.title == obligations.title == "СПРАВКА № 1-990140000017"


def test_an_office_puts_its_own_number_of_an_appendix(workspace: Workspace) -> None:
    workspace.set_setting(DEFAULT_ACTOR, APPENDIX_SETTING + "individual.payments", "3-А")
    said = [
        block.text for block in forms(workspace, "plan_individual", "kk")[0].blocks if isinstance(block, Text)
    ]
    assert said[0] == "3-А-қосымша"


def test_a_draft_is_printed_as_a_project(workspace: Workspace) -> None:
    adopt(workspace, 1, 2027)
    plan = take_in_plan(workspace, DEFAULT_ACTOR, 1, sheet(year=2027))
    with workspace.reading() as session:
        [first, _] = build("plan_individual", session, 1, 2027, "ru", document_id=plan)  # type: ignore[arg-type]
    assert first.title.startswith("Проект индивидуального плана")
    assert next(b.text for b in first.blocks if isinstance(b, Text)) == "Приложение 1"


def test_without_a_plan_or_a_change_the_answer_is_a_sentence(workspace: Workspace) -> None:
    adopt(workspace, 1, 2027)
    with workspace.reading() as session:
        for kind in KINDS:
            with pytest.raises(UsageProblem):
                build(kind, session, 1, 2027)


@pytest.mark.parametrize("language", ["kk", "kk+ru"])
def test_every_form_is_drawn_in_every_format(workspace: Workspace, tmp_path: Path, language: str) -> None:
    for kind in KINDS:
        documents = forms(workspace, kind, language)
        for file_format in REPORTS[kind].formats:
            path = tmp_path / f"{kind}.{file_format}"
            render(documents, file_format, path)
            assert path.stat().st_size > 1000
        pages = pypdf.PdfReader(tmp_path / f"{kind}.pdf").pages
        words = " ".join(page.extract_text() for page in pages)
        assert "14.05.2026" in words


def test_the_printed_workbook_is_read_back(workspace: Workspace, tmp_path: Path) -> None:
    """What the program prints it takes in again: nothing changes."""
    path = tmp_path / "план.xlsx"
    render(forms(workspace, "plan_individual"), "xlsx", path)
    assert len(openpyxl.load_workbook(path).sheetnames) == 2
    adopt(workspace, 1, 2027)
    with workspace.reading() as session:
        shown = preview_file(session, 1, 2026, path)
    assert shown.findings == ()
    assert {entry.state for entry in shown.rows} == {RowState.SAME}
    assert len(shown.rows) == 8
