"""The Self-sufficiency page: its tabs through the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from akimat_desk.budget.decisions.taking_in import store
from akimat_desk.budget.figures import Section
from akimat_desk.budget.ratio.levers import How, Lever
from akimat_desk.budget.reading.files import read_decision_data
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.meetings.record import meeting
from akimat_desk.places.population import set_people
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.annex import AnnexDialog
from akimat_desk.ui.dialogs.goal import GoalDialog
from akimat_desk.ui.dialogs.hall import HallView
from akimat_desk.ui.dialogs.line_base import LineBaseDialog
from akimat_desk.ui.dialogs.scenario import ScenarioDialog
from akimat_desk.ui.dialogs.side_by_side import SideBySideDialog
from akimat_desk.ui.dialogs.small import Question
from akimat_desk.ui.models.levers import EFFECT, PERCENT, THEN
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]


def plain(text: str) -> str:
    """Without the spaces that are not broken."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _page(opened: MainWindow, settle: Settle):  # type: ignore[no-untyped-def]
    opened.show_page("ratio")
    settle()
    return opened.page("ratio")


def test_what_each_tab_shows_is_saved_as_a_paper(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = _page(opened, settle)
    targets: list[Path] = []

    def ask(_context: object, _page: object, _kind: str, _title: str, name: str, _format: str) -> Path:
        targets.append(tmp_path / name)
        return targets[-1]

    monkeypatch.setattr("akimat_desk.ui.form_saver.ask_save", ask)
    for tab in (page.standing, page.why, page.whatif, page.outlook):
        page.show_tab(tab)
        settle()
        opened.actions_["save_xlsx"].trigger()
        settle()
    assert [each.stat().st_size > 5000 for each in targets] == [True] * 4
    assert "Где мы" in targets[0].name
    # The native charts: history, waterfall and outlook; of the what-if its own.
    charts = [len(sheet._charts) for each in targets for sheet in load_workbook(each)]
    assert sum(charts) >= 4
    page.show_tab(page.why)
    settle()
    opened.actions_["save_pdf"].trigger()
    settle()
    assert targets[-1].suffix == ".pdf"
    assert "Почему изменился" in " ".join(page.extract_text() for page in PdfReader(targets[-1]).pages)


def test_why_compares_with_the_year_before_and_with_an_edition(opened: MainWindow, settle: Settle) -> None:
    page = _page(opened, settle)
    page.show_tab(page.why)
    settle()
    tab = page.why
    assert (tab.why.before.year, tab.why.after.year) == (2025, 2026)
    assert "19,63" in tab.headline.text()
    assert "23,54" in tab.headline.text()
    assert tab.model.rowCount() == len(tab.why.contributions)
    assert "Единый земельный налог" in tab.words.text()
    assert tab.chart.accessibleDescription().startswith(tab.headline.text())
    # From the decision to its amendment of the same year.
    rows = [
        row
        for row, choice in enumerate(tab._choices)
        if choice.edition is not None and choice.moment.year == 2026
    ]
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


def _whatif(opened: MainWindow, settle: Settle):  # type: ignore[no-untyped-def]
    page = _page(opened, settle)
    page.show_tab(page.whatif)
    settle()
    return page.whatif


def _type(tab, line: str, column: int, typed: str, side: Section = Section.REVENUE) -> bool:  # type: ignore[no-untyped-def]
    index = tab.model.index(tab.model.row_of((side, line)), column)
    return tab.model.setData(index, typed)


def test_levers_model_is_a_good_model(qtmodeltester: ModelTester, opened: MainWindow, settle: Settle) -> None:
    tab = _whatif(opened, settle)
    qtmodeltester.check(tab.model)
    assert tab.model.rowCount() == 3 + 8 + 1 + 8


def test_typing_a_lever_moves_the_ratio(opened: MainWindow, settle: Settle) -> None:
    tab = _whatif(opened, settle)
    assert tab.figure.text() == "23,5 %"
    assert not tab.save.isEnabled()
    assert _type(tab, "1/04/4", PERCENT, "+10")
    assert tab.figure.text() == "24,2 %"
    assert "Остается 1 045 тыс. тенге" in plain(tab.balance.text())
    assert tab.save.isEnabled()
    # An amount in place of the percentage; what is no number changes nothing and says so.
    assert _type(tab, "1/04/4", THEN, "20 450,0")
    assert tab.figure.text() == "29,9 %"
    assert not _type(tab, "1/04/4", PERCENT, "много")
    assert "«много» – не процент" in opened.notice.text
    assert not _type(tab, "1/04/4", THEN, "10 тенге")
    assert tab.figure.text() == "29,9 %"
    tab.clear_button.click()
    assert tab.figure.text() == "23,5 %"


def test_a_goal_is_put_in(opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = _whatif(opened, settle)

    def put_in(dialog: GoalDialog) -> bool:
        settle()
        assert dialog.model.rowCount() == 8
        dialog.table.selectRow(3)
        dialog.limit.setText("11 000")
        dialog.set_limit.click()
        settle()
        assert "не более 11 000,0" in plain(dialog.model.index(3, 2).data())
        dialog.finish()
        return dialog.result() == GoalDialog.DialogCode.Accepted

    monkeypatch.setattr(GoalDialog, "run", put_in)
    tab.goal.click()
    settle()
    assert tab.figure.text() == "33,0 %"
    assert "цель 33,0 % достигнута" in tab.words.text()
    index = tab.model.index(tab.model.row_of((Section.REVENUE, "1/04/4")), THEN)
    assert plain(index.data()) == "11 000,0"


def test_a_scenario_is_saved_taken_again_and_becomes_a_draft(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = _whatif(opened, settle)
    _type(tab, "3/03/2", PERCENT, "100")

    def name_it(dialog: ScenarioDialog) -> bool:
        dialog.finish()  # without a name it is refused in words
        settle()
        assert "Дайте сценарию имя" in dialog.problem.text()
        dialog.name.setText("Жалдау")
        dialog.note.setPlainText("Жерге орналастырушының сөзі бойынша")
        dialog.finish()
        settle()
        return True

    monkeypatch.setattr(ScenarioDialog, "run", name_it)
    tab.save.click()
    settle()
    assert tab.scenarios.rowCount() == 1
    tab.clear_button.click()
    tab.list.selectRow(0)
    tab.take_button.click()
    assert tab.figure.text() == tab.scenarios.index(0, 1).data()
    # Kept again it offers the name and the note that it was taken by.
    again = ScenarioDialog(opened.context, 1, 2026, tab.variant, [], opened, tab._like)
    assert (again.name.text(), again.note.toPlainText()[:5]) == ("Жалдау", "Жерге")
    again.deleteLater()
    monkeypatch.setattr(Question, "ask", lambda *_: True)
    tab.amend.click()
    settle()
    drafts = [d for d in opened.context.overview.decisions if d.state == "draft"]
    assert len(drafts) == 1
    assert opened.context.chosen.decision_id == drafts[0].id
    tab.list.selectRow(0)
    tab.delete_button.click()
    settle()
    assert tab.scenarios.rowCount() == 0


def test_what_each_lever_does_alone_is_told(opened: MainWindow, settle: Settle) -> None:
    tab = _whatif(opened, settle)
    _type(tab, "1/04/4", PERCENT, "+10")
    row = tab.model.row_of((Section.REVENUE, "1/04/4"))
    assert tab.model.index(row, EFFECT).data() == "+0,71"
    assert "сдвигает уровень на +0,71 п.п." in tab.alone.text()
    _type(tab, "5/02/3", PERCENT, "-50")
    transfers = tab.model.row_of((Section.REVENUE, "5/02/3"))
    parts = [tab.model.index(each, EFFECT).data() for each in (row, transfers)]
    assert all(part in tab.alone.text() for part in parts)
    assert "только их сочетание" in tab.alone.text()
    tab.clear_button.click()
    assert tab.model.index(row, EFFECT).data() == ""
    assert tab.alone.text() == ""


def test_scenarios_are_seen_side_by_side_and_saved(
    qtmodeltester: ModelTester,
    opened: MainWindow,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tab = _whatif(opened, settle)
    assert not tab.beside.isEnabled()
    desk = opened.context.desk.area(RatioDesk)
    for name, line in (("Аренда", "3/03/2"), ("Транспорт", "1/04/4")):
        levers = [Lever(Section.REVENUE, line, How.PERCENT, tenths=1000)]
        desk.save_scenario(1, 2026, name, tab.variant, levers, f"Примечание: {name}")
    seen = []

    def look(dialog: SideBySideDialog) -> bool:
        qtmodeltester.check(dialog.model)
        heads = [dialog.model.headerData(n, Qt.Orientation.Horizontal) for n in range(6)]
        assert heads[2::2] == ["1. Аренда", "2. Транспорт"]
        assert dialog.model.index(0, 4).data() == "20 900,0".replace(" ", "\N{NO-BREAK SPACE}")
        assert "уровень 30,1 %" in dialog.said.text()
        assert "Примечание: Аренда" in dialog.said.text()
        assert "«Транспорт»" in dialog.chart.accessibleDescription()
        for suffix in ("pdf", "xlsx"):
            target = tmp_path / f"рядом.{suffix}"
            monkeypatch.setattr("akimat_desk.ui.form_saver.ask_save", lambda *_, to=target: to)
            getattr(dialog, suffix).click()
            settle()
            assert target.stat().st_size > 2000
        seen.append(dialog)
        return True

    monkeypatch.setattr(SideBySideDialog, "run", look)
    tab.refresh()
    settle()
    tab.beside.click()
    settle()
    assert seen


def test_what_stands_behind_a_line_is_kept_and_moves_it(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = _whatif(opened, settle)
    tab.table.setCurrentIndex(tab.model.index(tab.model.row_of((Section.REVENUE, "1/04/4")), 0))

    def fill(dialog: LineBaseDialog) -> bool:
        dialog.known["count"].setText("четыреста")
        dialog.finish()
        assert "Напишите целое число" in dialog.problem.text()
        dialog.known["count"].setText("412")
        dialog.what_if["count"].setText("453")
        dialog.finish()
        settle()
        return True

    monkeypatch.setattr(LineBaseDialog, "run", fill)
    tab.behind.click()
    settle()
    assert tab.ground.line((Section.REVENUE, "1/04/4")).base.count == 412
    # 453 of 412 vehicles at the present average: 10 450 · 453/412.
    index = tab.model.index(tab.model.row_of((Section.REVENUE, "1/04/4")), THEN)
    assert plain(index.data()) == "11 489,9"


def test_targeted_transfers_entered_answer_the_formula_without_them(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = _whatif(opened, settle)
    tab.table.setCurrentIndex(tab.model.index(tab.model.row_of((Section.REVENUE, "5/02/3")), 0))

    def fill(dialog: LineBaseDialog) -> bool:
        dialog.known["targeted"].setText("6200")
        dialog.finish()
        settle()
        return True

    monkeypatch.setattr(LineBaseDialog, "run", fill)
    tab.behind.click()
    settle()
    page = opened.page("ratio")
    page.denominator.setCurrentIndex(page.denominator.findData("without_targeted"))
    page.denominator.activated.emit(page.denominator.currentIndex())
    page.show_tab(page.standing)
    settle()
    assert page.standing.figure.text() == "24,9 %"


def test_the_hall_speaks_two_languages_and_moves_live(
    qtbot: QtBot, opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tab = _whatif(opened, settle)
    view = HallView(opened.context, 1, tab.ground, tab.variant, [], opened)
    qtbot.addWidget(view)
    assert view.figure.text() == "23,5 %"
    view.sliders[(Section.REVENUE, "1/04/4")].setValue(100)
    assert view.figure.text() == "30,1 %"
    assert "Деңгей 23,5 % болған, 30,1 % болады" in view.sentences[Language.KK].text()
    assert "Уровень был 23,5 %, станет 30,1 %" in view.sentences[Language.RU].text()
    view.sliders[(Section.REVENUE, "1/04/4")].setValue(0)
    assert view.levers == {}
    view.sliders[(Section.REVENUE, "5/02/3")].setValue(-20)
    target = tmp_path / "annex.pdf"
    monkeypatch.setattr("akimat_desk.ui.whatif_paper.ask_save", lambda *_: target)

    def choose(which: int) -> None:
        def pick(dialog: AnnexDialog) -> bool:
            dialog.where.setCurrentIndex(which % dialog.where.count())
            return True

        monkeypatch.setattr(AnnexDialog, "run", pick)
        view.save.click()
        settle()

    choose(-1)  # a file of its own
    assert target.stat().st_size > 2000
    assert "annex.pdf" in opened.notice.text
    choose(0)  # the newest meeting
    assert "среди документов собрания" in opened.notice.text
    newest = max(opened.context.desk.area(RatioDesk).meetings(1), key=lambda each: each.day)
    with opened.context.desk.workspace.reading() as session:
        papers = meeting(session, newest.id).papers
    assert any(paper.name.endswith(".pdf") and "что если" in paper.note for paper in papers)


def test_the_outlook_follows_what_is_typed(opened: MainWindow, settle: Settle) -> None:
    page = _page(opened, settle)
    assert not page.tabs.isTabVisible(page.tabs.indexOf(page.peers))  # an okrug alone
    page.show_tab(page.outlook)
    settle()
    tab = page.outlook
    assert tab.outlook.from_history
    assert [year.year for year in tab.outlook.years] == [2027, 2028, 2029, 2030]
    tab.fields["own"].setText("2")
    tab.fields["own"].editingFinished.emit()
    settle()
    assert "Выбран рост собственных доходов на 2 % в год" in tab.words.text()
    assert "даже в лучшем случае" in tab.words.text()
    before = tab.words.text()
    tab.fields["inflation"].setText("пять")
    tab.fields["inflation"].editingFinished.emit()
    settle()
    assert "«пять» – не процент" in tab._problem_line.text()
    assert tab.words.text() == before


def test_peers_are_shown_where_a_file_holds_several_units(
    window: MainWindow, example: Path, settle: Settle
) -> None:
    paper = resource("example", "2026-2028_kk.html").read_text("utf-8")
    with Workspace.open(example) as workspace:
        set_people(workspace, DEFAULT_ACTOR, 1, 2026, 2140)
        for name, people in (("Ақсу", 1900), ("Көктал", 2300), ("Тасты", 1500)):
            named = Trilingual(f"{name} ауылдық округі", f"{name} сельский округ")
            unit = create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=named)
            set_people(workspace, DEFAULT_ACTOR, unit.id, 2026, people)
            file = read_decision_data(paper.replace("Жаңабұлақ", name).encode(), "d.html")
            pairs = [(file.decision.units[0], unit)]
            store(workspace, DEFAULT_ACTOR, file, pairs, confirm=True, reason="as adopted")
        workspace.close(make_backup=False)
    window.open_path(example)
    settle()
    page = _page(window, settle)
    assert page.tabs.isTabVisible(page.tabs.indexOf(page.peers))
    page.show_tab(page.peers)
    settle()
    assert page.peers.model.rowCount() == 4
    assert "4-е место из 4 единиц с похожей численностью" in page.peers.words.text()
    assert "отношение сумм" in page.peers.words.text()
    assert "Ақсу" in page.peers.chart.accessibleDescription() or "Аксу" in page.peers.words.text()
