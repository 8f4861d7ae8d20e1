"""The Self-sufficiency page: its tabs through the real window."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.core.language import Language
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]


def _page(opened: MainWindow, settle: Settle):  # type: ignore[no-untyped-def]
    opened.show_page("ratio")
    settle()
    return opened.page("ratio")


def test_why_compares_with_the_year_before_and_with_an_edition(opened: MainWindow, settle: Settle) -> None:
    page = _page(opened, settle)
    page.show_tab(page.why)
    settle()
    tab = page.why
    assert (tab.why.before.year, tab.why.after.year) == (2025, 2026)
    assert "19,61" in tab.headline.text()
    assert "23,54" in tab.headline.text()
    assert tab.model.rowCount() == len(tab.why.contributions)
    assert "Единый земельный налог" in tab.words.text()
    assert tab.chart.accessibleDescription().startswith(tab.headline.text())
    # From the decision to its amendment of the same year.
    rows = [row for row, choice in enumerate(tab._choices) if choice.edition is not None]
    tab.before.setCurrentIndex(rows[0])
    tab.before.activated.emit(rows[0])
    settle()
    assert (tab.why.before.year, tab.why.after.year) == (2026, 2026)
    assert tab.why.before.above != tab.why.after.above
    # Another formula; the same two budgets.
    page.denominator.setCurrentIndex(page.denominator.findData("costs"))
    page.denominator.activated.emit(page.denominator.currentIndex())
    settle()
    assert tab.why.variant.value == "costs"
    assert (tab.why.before.year, tab.why.after.year) == (2026, 2026)


def test_the_page_speaks_the_language_chosen(opened: MainWindow, settle: Settle) -> None:
    page = _page(opened, settle)
    page.show_tab(page.why)
    settle()
    opened.choose_language(Language.KK)
    settle()
    assert page.tabs.tabText(1) == "Неге өзгерді"
    assert "пайыздық тармаққа өсті" in page.why.headline.text()
    assert page.why.before.currentText() == "2025 жыл, қолданыстағы бюджет"


def test_a_formula_that_the_budget_cannot_answer_says_so(opened: MainWindow, settle: Settle) -> None:
    page = _page(opened, settle)
    page.denominator.setCurrentIndex(page.denominator.findData("without_targeted"))
    page.denominator.activated.emit(page.denominator.currentIndex())
    settle()
    assert page.standing.figure.text() == "—"
    assert "нужных для этой формулы" in page.standing.verdict.text()
    page.show_tab(page.why)
    settle()
    assert page.why.why is None
    assert "Выберите другую формулу" in page.why.headline.text()
