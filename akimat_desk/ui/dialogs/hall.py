"""For the hall: the what-if on the whole screen, in large type and two languages, moved live."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.ratio.levers import Ground, Group, How, Lever, Outcome, WhatIfLine, reckon
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import balance_sentence, outcome_sentence, signed_thousands
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.core.language import Language
from akimat_desk.core.money import text_amount
from akimat_desk.core.strings import text
from akimat_desk.meetings.views import MeetingSummary
from akimat_desk.reports.definitions.whatif import whatif_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.annex import AnnexDialog
from akimat_desk.ui.theme import SPACE, dressed_as, tokens
from akimat_desk.ui.widgets.basics import button, label
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.widgets.gauge import Gauge

_LANGUAGES = (Language.KK, Language.RU)
_MOST_LINES = 6
_USUAL_HEIGHT = 768  # of a small projector
_LEAST, _MOST, _STEP = -50, 200, 5  # per cent


class HallView(QDialog):
    """A slider for each of the largest own lines and for the transfers; Escape leaves."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        ground: Ground,
        variant: Variant,
        levers: Sequence[Lever],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._unit_id = unit_id
        self._ground, self._variant = ground, variant
        self.levers: dict[tuple[object, str], Lever] = {lever.key: lever for lever in levers}
        self.outcome: Outcome | None = None
        self.setWindowTitle(context.speech("ui.whatif.hall"))
        self._large(min(2.4, max(1.15, 1.2 * self.screen().availableGeometry().height() / _USUAL_HEIGHT)))
        self._title = self._line(1.4, bold=True)
        self.figure = self._line(2.8, bold=True)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.gauge = Gauge(self, thickness=32)
        self.sentences = {language: self._line(1.05, bold=True) for language in _LANGUAGES}
        self.balances = {language: self._line(1.0) for language in _LANGUAGES}
        self.sliders: dict[tuple[object, str], QSlider] = {}
        self._values: dict[tuple[object, str], QLabel] = {}
        self.chart = ChartView(self)
        self.chart.setFont(self._line(0.8).font())
        self.save = button("plain", self)
        self.leave = button("primary", self)
        self.save.setText(self._both("ui.hall.save"))
        self.leave.setText(self._both("ui.hall.leave"))
        self.leave.clicked.connect(self.accept)
        self.save.clicked.connect(self._save)
        self._arrange()
        self._reckon()

    @classmethod
    def show_on(
        cls,
        context: Context,
        unit_id: int,
        ground: Ground,
        variant: Variant,
        levers: Sequence[Lever],
        parent: QWidget,
    ) -> list[Lever] | None:
        """Show it on the whole screen; the levers as they were left, None when left by Escape."""
        view = cls(context, unit_id, ground, variant, levers, parent)
        view.setWindowState(Qt.WindowState.WindowFullScreen)
        accepted = view.exec() == QDialog.DialogCode.Accepted
        view.deleteLater()
        return list(view.levers.values()) if accepted else None

    # -- building ---------------------------------------------------------------------------------

    def _large(self, times: float) -> None:
        font = QFont(self.font())
        # Letters that the person made larger already are not made larger once more.
        scale = dressed_as()[1] or 100
        font.setPointSizeF(font.pointSizeF() * max(1.0, times * 100 / scale))
        self.setFont(font)

    def _line(self, times: float, bold: bool = False) -> QLabel:
        made = label("", wrap=True)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * times)
        font.setBold(bold)
        made.setFont(font)
        return made

    def _arrange(self) -> None:
        unit = self._ground.unit_name
        names = " / ".join(dict.fromkeys(unit.text(language) for language in _LANGUAGES))
        self._title.setText(f"{names}, {self._ground.year}")
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(2 * SPACE)
        for row, line in enumerate(self._shown_lines()):
            self._put_slider(grid, row, line)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 1)
        inner = QWidget(self)
        held = QVBoxLayout(inner)
        held.addLayout(grid)
        held.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        told = QWidget(self)
        right = QVBoxLayout(told)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(SPACE)
        right.addWidget(self.figure)
        right.addWidget(self.gauge)
        right.addSpacing(2 * SPACE)
        for language in _LANGUAGES:
            right.addWidget(self.sentences[language])
            right.addWidget(self.balances[language])
            right.addSpacing(SPACE)
        self.chart.setMinimumHeight(9 * QFontMetrics(self.chart.font()).height())
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        right.addWidget(self.chart, 1)
        words = QScrollArea(self)
        words.setWidgetResizable(True)
        words.setFrameShape(QFrame.Shape.NoFrame)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words.setWidget(told)
        across = QHBoxLayout()
        across.setSpacing(5 * SPACE)
        across.addWidget(scroll, 5)
        across.addWidget(words, 4)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.save)
        below.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._title)
        column.addLayout(across, 1)
        column.addLayout(below)

    def _shown_lines(self) -> list[WhatIfLine]:
        """The largest own lines and the transfers; what was moved already comes first."""
        own = [line for line in self._ground.lines if line.group is Group.OWN]
        own.sort(key=lambda line: (line.key not in self.levers, -line.amount))
        given = [line for line in self._ground.lines if line.group is Group.TRANSFERS and line.amount]
        return [*own[:_MOST_LINES], *given[:2]]

    def _put_slider(self, grid: QGridLayout, row: int, line: WhatIfLine) -> None:
        name = self._line(0.85)
        said = list(dict.fromkeys(line.name.text(language) for language in _LANGUAGES))
        name.setText("\n".join(said))
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(_LEAST, _MOST)
        slider.setSingleStep(_STEP)
        slider.setPageStep(4 * _STEP)
        slider.setTickInterval(50)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setMinimumHeight(36)
        slider.setAccessibleName(", ".join(said))
        slider.setProperty("key", line.key)
        look = slider.palette()
        # Seen from the last row, in the dark theme too.
        look.setColor(QPalette.ColorRole.Highlight, QColor(tokens().accent))
        look.setColor(QPalette.ColorRole.Button, QColor(tokens().border_strong))
        slider.setPalette(look)
        value = self._line(0.9, bold=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sliders[line.key], self._values[line.key] = slider, value
        with QSignalBlocker(slider):
            slider.setValue(self._percent_of(line))
        slider.valueChanged.connect(self._slid)
        for column, part in enumerate((name, slider, value)):
            grid.addWidget(part, row, column)

    def _percent_of(self, line: WhatIfLine) -> int:
        """Where the slider stands for the lever there is, to the nearest per cent."""
        lever = self.levers.get(line.key)
        if lever is None or not line.amount:
            return 0
        [moved] = reckon(self._ground, [lever], self._variant).moved or (None,)
        return 0 if moved is None else round(Fraction(moved.change * 100, line.amount))

    # -- moving -----------------------------------------------------------------------------------

    @Slot(int)
    def _slid(self, percent: int) -> None:
        slider = self.sender()
        assert isinstance(slider, QSlider)
        key = next(key for key, made in self.sliders.items() if made is slider)
        line = next(line for line in self._ground.lines if line.key == key)
        if percent:
            self.levers[key] = Lever(line.side, line.line, How.PERCENT, tenths=percent * 10)
        else:
            self.levers.pop(key, None)
        self._reckon()

    def _reckon(self) -> None:
        outcome = self.outcome = reckon(self._ground, self.levers.values(), self._variant)
        self.figure.setText(f"{percent_text(outcome.percent)} %")
        for language in _LANGUAGES:
            self.sentences[language].setText(outcome_sentence(outcome, language))
            self.balances[language].setText(balance_sentence(outcome, language))
        target = Fraction(outcome.target_percent) if outcome.target_percent is not None else None
        words = outcome_sentence(outcome, self.context.speech.language)
        self.gauge.show_share(outcome.percent, target, words, outcome.percent_before)
        self.chart.show_chart(whatif_chart(outcome, _LANGUAGES))
        moved = {each.line.key: each for each in outcome.moved}
        for line in self._ground.lines:
            value = self._values.get(line.key)
            if value is None:
                continue
            change = moved.get(line.key)
            now = text_amount(change.amount if change else line.amount)
            value.setText(f"{now}\n({signed_thousands(change.change)})" if change else now)

    def _both(self, key: str) -> str:
        return " / ".join(dict.fromkeys(text(key, language) for language in _LANGUAGES))

    @Slot()
    def _save(self) -> None:
        desk, unit_id = self.context.desk.area(RatioDesk), self._unit_id
        self.context.ask(lambda _task: desk.meetings(unit_id), self._keep)

    @Slot(object)
    def _keep(self, meetings: list[MeetingSummary]) -> None:
        """With a meeting, as an annex of its minutes, or in a file."""
        from akimat_desk.ui.whatif_paper import attach_paper, save_paper

        if self.outcome is None:
            return
        kept = AnnexDialog.ask(self.context, meetings, self) if meetings else None
        if kept is None and meetings:
            return
        if kept:
            attach_paper(self.context, self._ground, self.outcome, kept)
        else:
            save_paper(self.context, self._ground, self.outcome, self)
