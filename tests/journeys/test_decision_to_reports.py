"""The whole job through the real widgets: from the mäslikhat's decision to the saved reports.

An accountant starts with nothing, reads the decision of 2026–2028, finds an error that somebody
made in it, confirms it with a reason, reads the amendment, looks at the ratio and saves the reports.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.reports.registry import REPORTS
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.dialogs import files as file_dialogs
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.workspace import NewWorkspaceDialog
from akimat_desk.ui.models.budget_tree import Fixed
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import dressed, settings, settle, window  # noqa: F401 - the same window

# Two digits changed places in the printed sum of a class.
SLIP = (
    "Меншікке салынатын салықтар</td><td>10\N{NO-BREAK SPACE}462,4",
    "Меншікке салынатын салықтар</td><td>10\N{NO-BREAK SPACE}426,4",
)
REASON = "Шешім осы түрінде қабылданып, жарияланған"


def go_to(window: MainWindow, page: str) -> None:  # noqa: F811
    """By the page's own key: Ctrl with its place in the navigation; beyond the tenth by its action."""
    place = [spec.name for spec in PAGES].index(page) + 1
    if place > 10:
        window.actions_[f"page_{page}"].trigger()
    else:
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + place % 10), Qt.KeyboardModifier.ControlModifier)


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def paper(tmp_path: Path, name: str, *slips: tuple[str, str]) -> Path:
    """A decision of the example, with the slips somebody made."""
    text = resource("example", name).read_text("utf-8")
    for right, wrong in slips:
        assert right in text
        text = text.replace(right, wrong, 1)
    made = tmp_path / name
    made.write_text(text, "utf-8")
    return made


def test_from_the_decision_to_the_reports(
    qtbot: QtBot,
    window: MainWindow,  # noqa: F811
    settle: Callable[[], None],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    window.choose_language(Language.KK)
    workspace = tmp_path / "Жаңабұлақ.akimat"

    # She chooses "read a decision" on the start page and points at the file.
    wrong = paper(tmp_path, "2026-2028_kk.html", SLIP)
    monkeypatch.setattr(file_dialogs, "ask_decision", lambda *_: wrong)
    click(window.start.choices[1])
    settle()
    reading = window.reading
    assert window.pages.currentWidget() is reading
    assert reading.number.text()
    revenue = reading.figures.index(0, 1).data()
    assert revenue
    assert reading.lines.years == [2026, 2027, 2028]

    # The program names what does not add up, with the article, before anything is stored.
    errors = [finding for finding in reading.findings() if finding.severity == "error"]
    assert errors
    assert all(finding.source_text(Language.KK) for finding in errors)
    assert not workspace.exists()

    # It was adopted like this: she confirms, names the file and gives the reason.
    unit = NewUnit("okrug", Trilingual(kk="Жаңабұлақ ауылдық округі", ru="Жанабулакский сельский округ"))
    monkeypatch.setattr(NewWorkspaceDialog, "ask", lambda *_: (workspace, unit))
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: REASON)
    click(reading.confirm_button)
    settle()
    budget = window.page("budget")
    assert window.pages.currentWidget() is budget
    assert budget.plan.decision.state is DocumentState.CONFIRMED
    assert budget.plan.decision.reason == REASON
    assert REASON in budget._facts.whole

    # A click on the finding leads to its line.
    placed = next(f for f in budget.plan.findings if f.severity == "error" and f.where.code)
    budget.tree.collapseAll()
    budget.jump(placed)
    here = budget.tree.currentIndex()
    assert here.siblingAtColumn(Fixed.CODE).data() == placed.where.code.replace("/", " ")
    assert here.siblingAtColumn(budget.model.mark_column).data() == "Қате"

    # The amendment mends it: read beside the present budget, kept as a draft, then confirmed.
    amendment = paper(tmp_path, "2026-2028_amendment_kk.html")
    window.read_path(amendment)
    settle()
    assert reading.into.currentText() == "Жаңабұлақ ауылдық округі"
    row = reading.figures.row_of(Figure.REVENUE_TOTAL)
    assert reading.figures.index(row, 2).data() == revenue
    assert reading.figures.index(row, 3).data().startswith("+")
    click(reading.draft_button)
    settle()
    assert budget.plan.is_draft
    monkeypatch.setattr("akimat_desk.ui.dialogs.small.Question.ask", lambda *_: True)
    click(
        next(
            button
            for button in budget.draft_bar.findChildren(type(reading.draft_button))
            if button.isVisible()
        )
    )
    settle()
    assert not budget.plan.is_draft
    assert budget.plan.decision.edition == 1
    assert [year.year for year in budget.plan.years] == [2026, 2027, 2028]

    # How self-sufficient is the okrug?
    go_to(window, "ratio")
    settle()
    ratio = window.page("ratio").standing
    year = ratio.shown_year()
    assert year.year == 2026
    figures = budget.plan.years[0].figures
    own = sum(figures[each] or 0 for each in (Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES))
    assert year.planned.own == own
    assert year.target_percent is not None
    assert f"{year.target_percent}".replace(".", ",") in ratio.verdict.text()

    # The reports, in Kazakh and Russian, saved and read again.
    go_to(window, "reports")
    settle()
    reports = window.page("reports")
    saved = []
    # This okrug has none of these yet.
    without = {"plan", "forms", "adjustment", "balances", "scenarios", "peers"}
    for language in ("kk", "ru"):
        at = reports.language.findData(language)
        reports.language.setCurrentIndex(at)
        reports.language.activated.emit(at)
        settle()
        for row in range(reports.list.count()):
            reports.list.setCurrentRow(row)
            settle()
            if without & set(REPORTS[reports.kind.id].needs):
                continue
            assert reports.preview.documents
            for suffix in ("pdf", "xlsx"):
                target = tmp_path / f"{reports.kind.id} {language}.{suffix}"
                monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_, to=target: to)
                window.actions_[f"save_{suffix}"].trigger()
                settle()
                saved.append(target)
    assert all(target.stat().st_size > 2000 for target in saved)
    assert len(saved) == 2 * 2 * sum(not without & set(kind.needs) for kind in REPORTS.values())

    # What was saved reads back with the same figures.
    window.read_path(tmp_path / "annex ru.xlsx")
    settle()
    assert window.pages.currentWidget() is reading
    annex = reading.unit.annexes[0]
    total = next(line for line in annex.lines if line.figure is Figure.REVENUE_TOTAL)
    assert total.amount == figures[Figure.REVENUE_TOTAL]
    click(reading.discard_button)

    # She closes the window: the file is closed first and a verified copy is made.
    with qtbot.waitSignal(window.closed, timeout=30_000):
        window.close()
    QApplication.processEvents()
    assert workspace.is_file()
