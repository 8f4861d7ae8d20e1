"""Widgets that pages share: findings, bars, chart, preview, print."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_thousands
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.reports.document import (
    AmountCell,
    Chart,
    ChartKind,
    Column,
    Heading,
    PageBreak,
    ReportDocument,
    Row,
    Series,
    SideBySide,
    Signatory,
    Signatures,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import LIGHT
from akimat_desk.ui.widgets.bars import Bar, BusyBar
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.widgets.preview import Preview
from akimat_desk.ui.work import Worker
from tests.ui.views import finding

CHART = Chart(
    ChartKind.BARS_WITH_LINE,
    "Уровень",
    ("2025", "2026"),
    (Series("Округ", ("19.6", None)), Series("Цель", ("30.0", "33.0"), line=True)),
    text_equivalent="2025: 19,6",
)


def report() -> ReportDocument:
    table = Table(
        (Column(1), Column(6), Column(2)),
        ((TextCell("Код"), TextCell("Наименование"), TextCell("Сумма")),),
        (
            Row(
                (TextCell("1"), TextCell("<b>Налоги</b> & сборы"), AmountCell(from_thousands(1500))),
                bold=True,
            ),
        ),
        unit="тысяч тенге",
    )
    blocks = [
        Heading("Бюджет округа"),
        Text("Приложение 1", Tone.ANNEX_BLOCK),
        Heading("Раздел", 2),
        table,
        Text("Не сходится", Tone.FINDING_ERROR),
        CHART,
        PageBreak(),
        SideBySide((Text("Қазақша мәтін"),), (Text("Русский текст"),)),
        Signatures((Signatory("Аким", "А. Б."),)),
    ]
    return ReportDocument("test", "Бюджет", Language.RU, blocks)


@pytest.fixture
def panel(qtbot: QtBot, speech: Speech) -> FindingsPanel:
    made = FindingsPanel(speech)
    qtbot.addWidget(made)
    made.resize(1000, 260)
    made.show()
    return made


def test_the_panel_counts_in_words_and_folds_when_there_is_nothing(panel: FindingsPanel) -> None:
    panel.show_findings([])
    assert panel.is_folded
    panel.show_findings([finding(), finding("1"), finding("5", severity=Severity.WARNING)])
    assert not panel.is_folded
    assert "2 ошибки, 1 предупреждение" in [child.text() for child in panel.findChildren(type(panel._counts))]


def test_a_chosen_finding_says_all_there_is_and_jumps(qtbot: QtBot, panel: FindingsPanel) -> None:
    panel.show_findings([finding()])
    cell = panel.table.visualRect(panel.model.index(0, 1)).center()
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell))
    assert chosen.args[0].where.code == "1/04"
    said = panel._details.text()
    assert "5\N{NO-BREAK SPACE}000 тенге" in said
    assert "Что делать" in said
    assert "статья 9" in said


def test_findings_are_walked_by_key_and_begin_again(panel: FindingsPanel) -> None:
    panel.show_findings([finding("1"), finding("5")])
    walked = [panel.next().where.code for _ in range(3)]
    assert walked == ["1", "5", "1"]
    panel.show_findings([])
    assert panel.next() is None


def test_a_bar_says_offers_and_goes_away(qtbot: QtBot, speech: Speech) -> None:
    bar = Bar(speech)
    qtbot.addWidget(bar)
    bar.say("good", Message("ui.notice.saved", {"path": "x.pdf"}), ("ui.open_file", "ui.open_folder"))
    assert bar.text == "Отчет сохранен: x.pdf"
    speech.choose(Language.KK)
    assert bar.text == "Есеп сақталды: x.pdf"
    buttons = [child for child in bar.findChildren(QPushButton) if not child.isHidden()]
    with qtbot.waitSignal(bar.acted) as acted:
        buttons[0].click()
    assert acted.args == ["ui.open_file"]
    with qtbot.waitSignal(bar.dismissed):
        buttons[-1].click()
    assert bar.isHidden()


def test_long_work_shows_itself_and_can_be_called_off(qtbot: QtBot, speech: Speech) -> None:
    worker = Worker("test")
    bar = BusyBar(speech, (worker,))
    qtbot.addWidget(bar)
    begun, arrived = threading.Event(), []

    def long(task: Task) -> None:
        begun.set()
        for step in range(100_000):
            task.step(step, 100_000)
            threading.Event().wait(0.001)

    worker.start(lambda _task: None)  # quick work without a name never shows
    worker.start(long, arrived.append, title=Message("ui.work.read"))
    qtbot.waitUntil(lambda: not bar.isHidden())
    qtbot.waitUntil(lambda: bar.findChild(QProgressBar).maximum() == 100_000)
    assert bar.findChild(QProgressBar).accessibleName() == "Читаем решение…"
    bar.findChild(QPushButton).click()
    qtbot.waitUntil(bar.isHidden)
    assert arrived == []
    assert not worker.busy
    worker.stop()


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def test_the_chart_paints_bars_target_and_words(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_chart(CHART)
    seen = colours(view.grab().toImage())
    assert LIGHT.bar in seen
    assert LIGHT.target in seen
    assert view.accessibleDescription() == "2025: 19,6"
    view.show_chart(None)
    assert LIGHT.bar not in colours(view.grab().toImage())
    view.show_chart(CHART)
    view.resize(40, 20)  # no room for a picture, and no fault either
    view.grab()


def test_the_preview_says_what_the_report_says(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(900, 600)
    preview.show_documents([report(), report()])
    said = preview.toPlainText()
    for words in ("Бюджет округа", "<b>Налоги</b> & сборы", "1 500,0", "тысяч тенге",
                  "Қазақша мәтін", "Русский текст", "Аким", "А. Б.", "✖ Не сходится"):  # fmt: skip
        assert words in said, words
    assert said.count("Бюджет округа") == 2
    preview.clear_documents()
    assert preview.documents == ()
