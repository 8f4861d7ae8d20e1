"""Why the ratio changed: from one year or edition to another, a waterfall and sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.ratio.changes import Choice, Moment
from akimat_desk.budget.ratio.why import Contribution, Why
from akimat_desk.budget.ratio.words import line_name, signed_thousands, why_sentences
from akimat_desk.budget.ratio.written import hundredths_text
from akimat_desk.core.money import table_amount
from akimat_desk.reports.definitions.ratio_charts import why_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH, code_shown, edition_title
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import RoomyComboBox, card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.work import Work

_COLUMNS = ("code", "line", "before", "after", "change", "points")


class WhyTab(RatioTab):
    """Two budgets chosen above; below, what each line moved."""

    title_key = "ui.ratio.tab.why"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.why: Why | None = None
        self._choices: list[Choice] = []
        self._asked: tuple[int | None, int] | None = None
        self._from_label, self._to_label = label("quiet"), label("quiet")
        self.before: QComboBox = RoomyComboBox(24, self)
        self.after: QComboBox = RoomyComboBox(24, self)
        for combo, buddy in ((self.before, self._from_label), (self.after, self._to_label)):
            combo.activated.connect(self._choose)
            buddy.setBuddy(combo)
        self.headline = label("subtitle", wrap=True)
        self.chart = ChartView(self)
        self._chart_title = label("subtitle", wrap=True)
        self.words = label("", wrap=True, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.model = RowsModel(numbers_from=2, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for part in (self._from_label, self.before, self._to_label, self.after):
            head.addWidget(part)
        head.addStretch(1)
        picture = card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 10, 16, 8)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.fills(self.chart, 11), 1)
        said = card(self)
        inner = QVBoxLayout(said)
        inner.setContentsMargins(16, 10, 8, 8)
        inner.addWidget(self.headline)
        scroll = QScrollArea(said)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.words)
        for ground in (scroll.viewport(), self.words):
            ground.setAutoFillBackground(False)  # the card's ground is theirs
        inner.addWidget(self.fills(scroll, 7), 1)
        cards = QGridLayout()
        cards.setSpacing(2 * SPACE)
        cards.addWidget(picture, 0, 0)
        cards.addWidget(said, 0, 1)
        cards.setColumnStretch(0, 3)
        cards.setColumnStretch(1, 2)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addLayout(cards, 3)
        column.addWidget(self.fills(self.table, 6), 2)

    def refresh(self) -> None:
        unit_id, year = self.context.chosen.unit_id, self.year
        if unit_id is None:
            self.clear()
            self.retranslate()
            return
        desk = self.desk
        self.context.ask(lambda _task: desk.moments(unit_id, year), self._take_choices, self.refused)

    def clear(self) -> None:
        self.why = None

    @Slot(object)
    def _take_choices(self, answer: tuple[list[Choice], tuple[Moment, Moment] | None]) -> None:
        self._choices, usual = answer
        self.problem = None
        chosen = (self._moment(self.before), self._moment(self.after))
        there = {choice.moment for choice in self._choices}
        for_this = (self.context.chosen.unit_id, self.year)
        # What a person chose stays until another unit or year is looked at.
        keep = self._asked == for_this and chosen[0] in there and chosen[1] in there
        self._asked = for_this
        self._fill()
        wanted = chosen if keep else usual
        for combo, moment in zip((self.before, self.after), wanted or (None, None), strict=True):
            combo.setCurrentIndex(self._row(moment))
        self._ask()

    def _fill(self) -> None:
        """The choices in both boxes; what was chosen stays."""
        for combo in (self.before, self.after):
            row = combo.currentIndex()
            combo.clear()
            for choice in self._choices:
                combo.addItem(self._named(choice))
            combo.setCurrentIndex(row if row < combo.count() else -1)

    def _named(self, choice: Choice) -> str:
        year = str(choice.moment.year)
        if choice.moment.month is not None:
            return self.speech("ui.ratio.why.executed", year=year, month=choice.moment.month)
        if choice.edition is None:
            return self.speech("ui.ratio.why.in_force", year=year)
        return f"{year}: {edition_title(choice.edition, self.speech)}"

    def _moment(self, combo: QComboBox) -> Moment | None:
        row = combo.currentIndex()
        return self._choices[row].moment if 0 <= row < len(self._choices) else None

    def _row(self, moment: Moment | None) -> int:
        return next((row for row, choice in enumerate(self._choices) if choice.moment == moment), -1)

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self._ask()

    def _ask(self) -> None:
        unit_id = self.context.chosen.unit_id
        before, after = self._moment(self.before), self._moment(self.after)
        if unit_id is None or before is None or after is None:
            self._show(None)
            return
        desk, variant = self.desk, self.variant
        self.context.ask(lambda _task: desk.why(unit_id, before, after, variant), self._show, self.refused)

    @Slot(object)
    def _show(self, why: Why | None) -> None:
        self.why, self.problem = why, None
        self._tell()

    def paper(self, language: str) -> Work | None:
        unit_id, year, variant, desk = self.context.chosen.unit_id, self.year, self.variant, self.desk
        before, after = self._moment(self.before), self._moment(self.after)
        if unit_id is None or self.why is None or before is None or after is None:
            return None
        return lambda _task: desk.analysis_paper(unit_id, year, language, variant, (before, after))

    def retranslate(self) -> None:
        self._fill()
        self._tell()

    def _tell(self) -> None:
        speech, why = self.speech, self.why
        self._from_label.setText(speech("ui.ratio.why.from"))
        self._to_label.setText(speech("ui.ratio.why.to"))
        self.before.setAccessibleName(speech("ui.ratio.why.from"))
        self.after.setAccessibleName(speech("ui.ratio.why.to"))
        self._chart_title.setText(speech("ratio.chart.why"))
        self.table.setAccessibleName(speech("ui.ratio.why.table"))
        if why is None:
            words = self.problem.text(speech.language) if self.problem else speech("ui.ratio.why.choose")
            self.headline.setText(words)
            self.words.setText("")
            self.chart.show_chart(None)
        else:
            headline, *sentences = why_sentences(why, speech.language)
            self.headline.setText(headline)
            self.words.setText("\n".join(f"• {sentence}" for sentence in sentences))
            names = (self._short(self.before), self._short(self.after))
            self.chart.show_chart(why_chart(why, (speech.language,), *names))
        heads = [speech(f"ui.ratio.why.column.{name}") for name in _COLUMNS]
        self.model.show_rows(heads, [self._cells(each) for each in why.contributions] if why else [])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _short(self, combo: QComboBox) -> str:
        moment = self._moment(combo)
        if moment is None:
            return DASH
        both = (self._moment(self.before), self._moment(self.after))
        if all(each is not None and each.year == moment.year for each in both):
            row = combo.currentIndex()
            if moment.month is not None:
                return f"{moment.month:02d}.{moment.year}"
            edition = self._choices[row].edition
            return f"№ {edition.number}" if edition is not None and edition.number else str(moment.year)
        return str(moment.year)

    def _cells(self, each: Contribution) -> RowText:
        return RowText(
            (
                code_shown(each.code),
                line_name(each, self.speech.language),
                table_amount(each.before),
                table_amount(each.after),
                signed_thousands(each.change),
                hundredths_text(each.hundredths),
            )
        )
