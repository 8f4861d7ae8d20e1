"""Models over plain views: Qt's own checker on each, and what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.lines import YearBudget
from akimat_desk.core.findings import Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_thousands
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.budget_tree import BudgetTreeModel, Fixed
from akimat_desk.ui.models.findings import FindingColumn, FindingsModel
from akimat_desk.ui.models.rows import RowsModel, RowText
from tests.ui.views import finding, year


def strict(model: object) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def tree(speech: Speech) -> BudgetTreeModel:
    return BudgetTreeModel(speech)


def rows(model: BudgetTreeModel, parent: QModelIndex | None = None) -> list[tuple[str, ...]]:
    """Every row as texts, depth first."""
    parent = parent or QModelIndex()
    said = []
    for row in range(model.rowCount(parent)):
        cells = [model.index(row, column, parent) for column in range(model.columnCount())]
        said.append(tuple(str(cell.data() or "") for cell in cells))
        said += rows(model, cells[0])
    return said


def test_the_tree_keeps_qts_rules(tree: BudgetTreeModel) -> None:
    checker = strict(tree)
    tree.show_plan([year(2026), year(2027, extra=True)], [finding()])
    tree.show_plan([], [])
    tree.show_plan([year(2026)], [])
    tree.data(QModelIndex(), Qt.ItemDataRole.DisplayRole)
    assert checker.model() is tree


def test_years_stand_side_by_side_and_late_lines_take_their_place(tree: BudgetTreeModel) -> None:
    tree.show_plan([year(2026), year(2027, extra=True)], [])
    said = rows(tree)
    names = [row[Fixed.NAME] for row in said]
    at = names.index("Земельный налог")
    assert names[at - 1] == "Налоги на имущество"
    assert names[at + 1] == "Налог на транспорт"
    assert said[at] == ("1 04 3", "Земельный налог", "", "7,0", "")
    assert said[0] == ("I", "Доходы", "300,0", "300,0", "")


def test_sections_without_lines_show_their_figures(tree: BudgetTreeModel) -> None:
    tree.show_plan([year(2026)], [])
    said = {row[Fixed.NAME]: row for row in rows(tree)}
    assert said["Дефицит (профицит) бюджета"][:3] == ("V", "Дефицит (профицит) бюджета", "-10,0")
    assert any("остатки бюджетных средств" in name for name in said)
    assert not any("кредитование" in name for name in said)


def test_a_budget_known_only_from_the_text_is_shown(tree: BudgetTreeModel) -> None:
    figures = no_figures()
    figures[Figure.REVENUE_TOTAL] = from_thousands(5)
    figures[Figure.TAX] = 0
    tree.show_plan([YearBudget(2026, figures)], [])
    said = rows(tree)
    assert [row[2] for row in said] == ["5,0", "0,0"]


def test_what_is_not_stated_is_empty_never_zero(tree: BudgetTreeModel) -> None:
    figures = no_figures()
    figures[Figure.COSTS] = 0
    tree.show_plan([YearBudget(2026, figures), YearBudget(2027)], [])
    assert [row[2:4] for row in rows(tree)] == [("0,0", "")]


def test_a_finding_is_marked_in_words_and_found_again(tree: BudgetTreeModel) -> None:
    wrong = finding(when=2027)
    tree.show_plan([year(2026), year(2027)], [finding("1/04", severity=Severity.INFO), wrong])
    index = tree.index_of(wrong)
    assert index.column() == len(Fixed) + 1
    assert index.siblingAtColumn(Fixed.CODE).data() == "1 04"
    mark = index.siblingAtColumn(tree.mark_column)
    assert mark.data() == "Ошибка"
    assert not mark.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert len(tree.marked()) == 1


def test_a_finding_that_names_no_row_has_no_place(tree: BudgetTreeModel) -> None:
    tree.show_plan([year(2026)], [])
    assert not tree.index_of(replace(finding(), where=Place(unit="Округ"))).isValid()


def test_screen_readers_hear_name_year_and_amount(tree: BudgetTreeModel) -> None:
    tree.show_plan([year(2026), YearBudget(2027)], [])
    spoken = tree.index(0, len(Fixed)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Доходы, 2026: 300,0"
    empty = tree.index(0, len(Fixed) + 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert empty == "Доходы, 2027: не указано"


def test_names_follow_the_language(tree: BudgetTreeModel, speech: Speech) -> None:
    tree.show_plan([year(2026)], [])
    speech.choose(Language.KK)
    said = rows(tree)
    assert "Налоговые поступления kk" in [row[Fixed.NAME] for row in said]
    assert tree.headerData(Fixed.NAME, Qt.Orientation.Horizontal) == "Атауы"


def test_amounts_stand_at_the_right(tree: BudgetTreeModel) -> None:
    tree.show_plan([year(2026)], [])
    side = tree.index(0, len(Fixed)).data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


def test_findings_table(speech: Speech) -> None:
    model = FindingsModel(speech)
    checker = strict(model)
    model.show_findings([finding(severity=Severity.INFO), finding("1", severity=Severity.ERROR)])
    assert checker.model() is model
    said = [model.index(0, column).data() for column in FindingColumn]
    assert said[FindingColumn.SEVERITY] == "Ошибка"
    assert said[FindingColumn.DIFFERENCE] == "5"  # thousand tenge, as the amounts above
    assert "2026" in said[FindingColumn.WHERE]
    speech.choose(Language.KK)
    assert model.index(0, FindingColumn.SEVERITY).data() == "Қате"


def test_rows_table() -> None:
    model = RowsModel(numbers_from=1)
    checker = strict(model)
    model.show_rows(("a", "b"), [RowText(("x", "1"), bold=True, band=True, indent=1, key="k")])
    assert checker.model() is model
    assert model.row_of("k") == 0
    assert model.row_of("other") == -1
    assert model.index(0, 0).data().strip() == "x"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
