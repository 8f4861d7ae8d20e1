"""Peers: the place among similar okrugs, and lines that bring clearly less per resident here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from akimat_desk.budget.ratio.peers import Peers
from akimat_desk.budget.ratio.words import peers_sentences, weak_sentence
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.core.money import half_up, table_amount, to_step
from akimat_desk.reports.definitions.ratio_peers import peers_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.work import Work

_COLUMNS = ("place", "unit", "people", "own", "per_resident", "ratio")


class PeersTab(RatioTab):
    """Sentences, the units by ratio, the weak lines with the arithmetic."""

    title_key = "ui.ratio.tab.peers"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.peers: Peers | None = None
        self.words = label("subtitle", wrap=True, selectable=True)
        self.model = RowsModel(numbers_from=2, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.chart = ChartView(self)
        self._chart_title = label("subtitle", wrap=True)
        self._weak_title = label("subtitle", wrap=True)
        self.weak = label("", wrap=True, selectable=True)
        box = card(self)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addWidget(self._weak_title)
        scroll = QScrollArea(box)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.weak.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        scroll.setWidget(self.weak)
        for ground in (scroll.viewport(), self.weak):
            ground.setAutoFillBackground(False)  # the card's ground is theirs
        inner.addWidget(self.fills(scroll, 7), 1)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        picture = card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 10, 16, 8)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.fills(self.chart, 10), 1)
        across = QHBoxLayout()
        across.setSpacing(2 * SPACE)
        across.addWidget(self.fills(self.table, 8), 5)
        across.addWidget(picture, 3)
        column.addWidget(self.words)
        column.addLayout(across, 3)
        column.addWidget(box, 2)

    def refresh(self) -> None:
        unit_id, year = self.context.chosen.unit_id, self.year
        if unit_id is None:
            self.clear()
            self.retranslate()
            return
        desk, variant = self.desk, self.variant
        self.context.ask(lambda _task: desk.peers(unit_id, year, variant), self._show, self.refused)

    def clear(self) -> None:
        self.peers = None

    @Slot(object)
    def _show(self, peers: Peers) -> None:
        self.peers, self.problem = peers, None
        self.retranslate()

    def paper(self, language: str) -> Work | None:
        unit_id, year, variant, desk = self.context.chosen.unit_id, self.year, self.variant, self.desk
        if unit_id is None or self.peers is None:
            return None
        return lambda _task: desk.peers_paper(unit_id, year, language, variant)

    def retranslate(self) -> None:
        speech, found = self.speech, self.peers
        self.table.setAccessibleName(speech("ui.ratio.tab.peers"))
        self._weak_title.setText(speech("ui.peers.weak"))
        self._chart_title.setText(speech("report.peers.chart"))
        self.chart.show_chart(peers_chart(found, (speech.language,)) if found else None)
        if found is None:
            self.words.setText(
                self.problem.text(speech.language) if self.problem else speech("ui.ratio.empty")
            )
            self.weak.setText(DASH)
        else:
            self.words.setText(" ".join(peers_sentences(found, speech.language)))
            lines = [f"• {weak_sentence(weak, found, speech.language)}" for weak in found.weak]
            self.weak.setText("\n".join(lines) or speech("ui.peers.none_weak"))
        heads = [speech(f"ui.peers.column.{name}") for name in _COLUMNS]
        rows = []
        for place, peer in enumerate(found.similar if found else (), 1):
            each = peer.own_per_resident
            rows.append(
                RowText(
                    (
                        str(place),
                        peer.name.text(speech.language),
                        DASH if peer.people is None else str(peer.people),
                        table_amount(peer.own),
                        DASH if each is None else table_amount(to_step(int(half_up(each, 0)))),
                        percent_text(peer.percent),
                    ),
                    bold=found is not None and peer is found.mine,
                    key=peer.unit_id,
                )
            )
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
