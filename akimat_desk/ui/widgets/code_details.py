"""All that is known of one code: names, years, source, how sure, what it was, where it is used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from akimat_desk.budget.uses import CodeUse
from akimat_desk.classification.written import code_shown, remark_shown
from akimat_desk.core import dates
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import CodeDetails
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label, table_view

_HEADS = ("document", "year", "code", "name", "amount")
_MOST_LINKS = 3


class CodeDetailsView(QWidget):
    """Words at the left, the documents' lines with this code at the right."""

    #: A year and a code to go to.
    asked = Signal(int, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = context.speech
        self._details: CodeDetails | None = None
        self._title = label("subtitle", wrap=True, selectable=True)
        self._words = label(wrap=True, selectable=True)
        self._links = [button("quiet", self) for _ in range(_MOST_LINKS)]
        for made, follow in zip(self._links, (self._first, self._second, self._third), strict=True):
            made.clicked.connect(follow)
        self._uses_title = label("subtitle")
        self.model = RowsModel(len(_HEADS) - 1, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        left = QWidget(self)
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, SPACE, 0)
        down.setSpacing(SPACE // 2)
        down.addWidget(self._title)
        links = QHBoxLayout()
        for made in self._links:
            links.addWidget(made)
        links.addStretch(1)
        down.addLayout(links)
        down.addWidget(self._words)
        down.addStretch(1)
        around = QScrollArea(self)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its words can be reached, and come into view
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidgetResizable(True)
        around.setWidget(left)
        right = QVBoxLayout()
        right.setSpacing(SPACE // 2)
        right.addWidget(self._uses_title)
        right.addWidget(self.table, 1)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, SPACE // 2, 0, 0)
        beside.setSpacing(SPACE)
        beside.addWidget(around, 5)
        beside.addLayout(right, 7)
        context.speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def words(self) -> str:
        """What is said of the code."""
        return self._words.text()

    def show_details(self, details: CodeDetails | None) -> None:
        """Show this row; None for a heading."""
        self._details = details
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        speech, details = self._speech, self._details
        self._title.setText("")
        self._words.setText("" if details is not None else speech("ui.codes.choose"))
        for made in self._links:
            made.hide()
        heads = tuple(speech(f"ui.codes.use.{name}") for name in _HEADS)
        self.table.setAccessibleName(speech("ui.codes.uses"))
        self.table.setVisible(details is not None)
        self._uses_title.setVisible(details is not None)
        if details is None:
            self.model.show_rows(heads, ())
            return
        entry, language = details.entry, speech.language
        self._title.setText(f"{code_shown(entry)}  {entry.name.text(language)}")
        self._words.setText("\n".join(self._facts(details)))
        moves = [move for move in details.moves if move[1] is not None][:_MOST_LINKS]
        for made, (year, code) in zip(self._links, moves, strict=False):
            made.setText(speech("ui.codes.became", year=str(year), code=str(code)))
            made.show()
        several = len({use.unit for use in details.uses}) > 1
        rows = [
            RowText(
                (
                    f"{use.unit.text(language)}: {self._paper(use)}" if several else self._paper(use),
                    str(use.year),
                    use.code,
                    use.name.text(language),
                    table_amount(use.amount) if use.amount is not None else DASH,
                )
            )
            for use in details.uses
        ]
        self._uses_title.setText(
            speech("ui.codes.used", count=len(rows)) if rows else speech("ui.codes.unused")
        )
        self.table.setVisible(bool(rows))
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((27, 7, 16, 0, 13)):
            if share:
                header.resizeSection(column, share * wide)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _paper(self, use: CodeUse) -> str:
        kind = self._speech("ui.codes.use.plan" if use.is_plan else "ui.codes.use.decision")
        number = f" № {use.number}" if use.number else ""
        return f"{kind}{number}, {dates.short(use.date)}" if use.date is not None else f"{kind}{number}"

    def _facts(self, details: CodeDetails) -> list[str]:
        entry, speech = details.entry, self._speech
        until = str(entry.valid_to) if entry.valid_to is not None else "…"
        said = [
            f"{name}" for name in (entry.name.kk, entry.name.ru, entry.name.en)
            if name and name != entry.name.text(speech.language)
        ]  # fmt: skip
        said.append(speech("ui.codes.valid", first=str(entry.valid_from), last=until))
        kind = speech(f"classification.kind.{entry.kind.value}")
        own = "own" if entry.own_revenue else "not_own"
        said.append(speech("ui.codes.kind", kind=kind) + (
            f" · {speech(f'ui.codes.{own}')}" if entry.kind.value != "expenditure" else ""
        ))  # fmt: skip
        said.append(speech(f"classification.sure.{entry.confidence.replace(' ', '_')}"))
        if details.source is not None:
            when = dates.short(details.source.added_at.astimezone().date())
            by = details.source.added_by
            said.append(speech("ui.codes.own_source", title=details.source.title, date=when, who=by))
        if entry.source:
            said.append(speech("ui.codes.source", source=remark_shown(entry.source, speech.language)))
        if entry.note:
            said.append(speech("ui.codes.note", note=remark_shown(entry.note, speech.language)))
        said += [
            speech("classification.moved_nowhere", year=str(year))
            for year, code in details.moves
            if code is None
        ]
        return said

    def _follow(self, number: int) -> None:
        if self._details is not None:
            year, code = [move for move in self._details.moves if move[1] is not None][number]
            self.asked.emit(year, code)

    @Slot()
    def _first(self) -> None:
        self._follow(0)

    @Slot()
    def _second(self) -> None:
        self._follow(1)

    @Slot()
    def _third(self) -> None:
        self._follow(2)
