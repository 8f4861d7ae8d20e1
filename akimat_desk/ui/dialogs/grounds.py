"""What a figure rests on: its formula and rule, what it is made of, its documents, the reports with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QWidget

from akimat_desk.budget.grounds import (
    AdjustmentAt,
    AmountAt,
    Assumed,
    BalancesAt,
    Computed,
    FormAt,
    Grounds,
    Place,
    PlanAt,
)
from akimat_desk.budget.provenance.values import Adjusted, Part, Step, Trail
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import signed_amount, table_amount
from akimat_desk.core.strings import text
from akimat_desk.reports.papers import Shown
from akimat_desk.storage.changes import DEFAULT_ACTOR
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.amending import AmendingDesk, Explained
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.papers import document_title, shown_words
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import RoomyComboBox, button, label, table_view

_WIDE, _HIGH = 1000, 660
_WORDS_WIDTH = 18  # of an amount's column, in digits


class GroundsDialog(Dialog):
    """Enter on a part explains that part; "back" returns."""

    def __init__(self, context: Context, explained: Explained, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.explained = explained
        self._before: list[Explained] = []
        self.wanted: Shown | None = None
        self.words.setProperty("role", "subtitle")
        self.rule = label(wrap=True, selectable=True)
        self._parts_label, self._steps_label, self._reports_label = (
            label("quiet"),
            label("quiet"),
            label("quiet"),
        )
        self.parts = RowsModel(numbers_from=2, parent=self)
        self.parts_table = table_view(self)
        self.parts_table.setModel(self.parts)
        self.parts_table.activated.connect(self.explain_part)
        self._parts_label.setBuddy(self.parts_table)
        self.steps = RowsModel(numbers_from=1, numbers_to=3, parent=self)
        self.steps_table = table_view(self)
        self.steps_table.setModel(self.steps)
        self._steps_label.setBuddy(self.steps_table)
        self.steps_table.selectionModel().currentChanged.connect(self._say_details)
        self.details = label("quiet", wrap=True, selectable=True)
        self.reports: QComboBox = RoomyComboBox(30, self)
        self._reports_label.setBuddy(self.reports)
        self.open_button = button("plain", self)
        self.open_button.clicked.connect(self.open_report)
        self.file_button = button("plain", self)
        self.file_button.clicked.connect(self.save_file)
        self.back_button = button("plain", self)
        self.back_button.clicked.connect(self.back)
        self.reject_button.hide()
        self._arrange()
        self.resize(_WIDE, _HIGH)
        self._show()

    def _arrange(self) -> None:
        for part in (self.rule, self._parts_label):
            self.content.addWidget(part)
        self.content.addWidget(self.parts_table, 3)
        self.content.addWidget(self._steps_label)
        self.content.addWidget(self.steps_table, 3)
        self.content.addWidget(self.details)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._reports_label)
        row.addWidget(self.reports, 1)
        row.addWidget(self.open_button)
        self.content.addLayout(row)
        below = QHBoxLayout()
        below.addWidget(self.back_button)
        below.addWidget(self.file_button)
        below.addStretch(1)
        self.content.addLayout(below)

    @classmethod
    def ask(cls, context: Context, explained: Explained, parent: QWidget | None) -> Shown | None:
        """Show it; the report that the person wants to look at, if any."""
        dialog = cls(context, explained, parent)
        dialog.run()
        return dialog.wanted

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter explains a part, or presses the button it is on; it never closes by the way."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # -- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        self.retranslate()
        first = self.parts_table if self.parts.rowCount() else self.steps_table
        first.setFocus()
        for table, model in ((self.parts_table, self.parts), (self.steps_table, self.steps)):
            if model.rowCount():
                table.selectRow(self._last_step() if model is self.steps else 0)

    def _last_step(self) -> int:
        """The row of the document that was asked for."""
        rows = [row for row in range(self.steps.rowCount()) if isinstance(self._key(row), Step)]
        return rows[-1] if rows else 0

    def _key(self, row: int) -> object:
        return self.steps.key(self.steps.index(row, 0))

    @property
    def _trail(self) -> Trail | None:
        """The one amount that is explained; None for a figure made of several by a formula."""
        trails = self.explained.explanation.trails
        return trails[0] if len(trails) == 1 and not self.explained.explanation.grounds.formula else None

    def _part_rows(self) -> list[RowText]:
        trail = self._trail
        if trail is not None:
            return [self._part_row(part) for part in trail.parts]
        return [self._trail_row(trail) for trail in self.explained.explanation.trails]

    def _trail_row(self, trail: Trail) -> RowText:
        amount = trail.value or table_amount(trail.amount) or DASH
        return RowText((_code(trail.place), self._trail_name(trail), amount), key=trail.place)

    def _part_row(self, part: Part) -> RowText:
        sign = "\N{MINUS SIGN} " if part.sign < 0 else ""
        name = sign + self._named(part.name, part.printed_name, part.place)
        amount = part.value or table_amount(part.amount) or DASH
        return RowText((_code(part.place), name, amount), key=part.place)

    def _step_rows(self) -> list[RowText]:
        trails = self.explained.explanation.trails
        rows = []
        for trail in trails:
            rows += [self._step_row(trail, step, several=len(trails) > 1) for step in trail.steps]
            rows += [self._adjusted_row(each) for each in trail.adjustments]
        return rows

    def _adjusted_row(self, each: Adjusted) -> RowText:
        key = "ui.rests_on.adjustment_in" if each.taken_in else "ui.rests_on.adjustment"
        paper = self.speech(key, number=each.number or DASH, date=each.date or DASH)
        ground = each.ground.text(self.speech.language)
        who = f"{_who(each.by, self)}, {_when(each.at)}"
        return RowText((paper, "", signed_amount(each.amount), ground, who), key=each)

    def _step_row(self, trail: Trail, step: Step, *, several: bool) -> RowText:
        paper = document_title(step.document, self.speech)
        if several:
            paper = f"{self._trail_name(trail)}, {trail.year}: {paper}"
        return RowText(
            (
                paper,
                table_amount(step.amount) or DASH,
                signed_amount(step.change),
                self.speech(f"provenance.origin.{step.origin.value}"),
                f"{_who(step.by, self)}, {_when(step.at)}",
            ),
            key=step,
        )

    @Slot()
    def _say_details(self) -> None:
        """Of the document that is chosen: its file, the printed row, the note, who confirmed it."""
        step = self.steps.key(self.steps_table.currentIndex())
        said = []
        if isinstance(step, Step):
            if step.source is not None and step.row:
                row = self.speech("place.row", number=step.row)
                said.append(
                    self.speech("ui.rests_on.file", name=step.source.name, row=row, raw=step.raw or DASH)
                )
                if step.printed_name:
                    said.append(f"«{step.printed_name}»")
            elif step.source is not None:
                said.append(self.speech("ui.rests_on.file_text", name=step.source.name))
            if step.note:
                said.append(f"{self.speech('ui.rests_on.note')}: {step.note}")
            if step.confirmed_at is not None:
                who = _who(step.confirmed_by, self)
                said.append(self.speech("ui.rests_on.confirmed", who=who, when=_when(step.confirmed_at)))
        self.details.setText("  ·  ".join(said))

    def _trail_name(self, trail: Trail) -> str:
        """The amount's name, after what it is of it; where those of several units stand together, after
        its unit's."""
        name = self._named(trail.name, trail.printed_name, trail.place)
        what = trail.what.text(self.speech.language)
        if what and what != name:
            name = f"{what}: {name}"
        units = {each.unit_name for each in self.explained.explanation.trails if each.unit_name}
        return f"{trail.unit_name.text(self.speech.language)}: {name}" if len(units) > 1 else name

    def _named(self, name: Trilingual, printed: str, place: Place) -> str:
        said = name.text(self.speech.language) or printed
        if said:
            return said
        figure = place.figure if isinstance(place, AmountAt) else None
        return self.speech(f"figure.{figure.value}") if figure is not None else DASH

    # -- what can be done ---------------------------------------------------------------------

    @Slot()
    def explain_part(self) -> None:
        """Explain the part that is chosen."""
        place = self.parts.key(self.parts_table.currentIndex())
        grounds = None
        if isinstance(place, Computed):
            grounds = replace(place.grounds, shown=place.value or table_amount(place.amount))
        elif isinstance(place, AmountAt | FormAt | PlanAt | AdjustmentAt | BalancesAt):
            grounds = Grounds((place,))
        if grounds is not None:
            desk = self.context.desk
            self.context.ask(
                lambda _task: desk.area(AmendingDesk).explain(grounds), self._explained, self._refused
            )

    @Slot(object)
    def _explained(self, explained: Explained) -> None:
        self._before.append(self.explained)
        self.explained = explained
        self._show()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.object_to(problem.message.text(self.speech.language))

    @Slot()
    def back(self) -> None:
        """Return to the figure that the part belongs to."""
        if self._before:
            self.explained = self._before.pop()
            self._show()

    @Slot()
    def open_report(self) -> None:
        """Close and show the report that is chosen."""
        row = self.reports.currentIndex()
        if 0 <= row < len(self.explained.shown):
            self.wanted = self.explained.shown[row]
            self.accept()

    def _step(self) -> Step | None:
        """The document that is chosen, else the last one that came from a file."""
        chosen = self.steps.key(self.steps_table.currentIndex())
        if isinstance(chosen, Step) and chosen.source is not None:
            return chosen
        steps = [step for trail in self.explained.explanation.trails for step in trail.steps]
        return next((step for step in reversed(steps) if step.source is not None), None)

    @Slot()
    def save_file(self) -> None:
        """Write the file that the amount was read from where the person wants it."""
        step = self._step()
        if step is None or step.source is None:
            return
        source = step.source
        title, kind = self.speech("ui.document.save_source"), self.speech("ui.files.decision")
        path = ask_save(self.context, self, "decision", title, source.name, kind)
        if path is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.area(AmendingDesk).save_source(source.attachment_id, path),
                self._saved,
                failed=self._refused,
            )

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self.problem.setText(self.speech("ui.document.source_saved", path=path))
        self.problem.show()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.rests_on.title"))
        self.accept_button.setText(speech("ui.close"))
        self.words.setText(self._headline())
        self.rule.setText(self._rule())
        amounts = (speech("ui.rests_on.code"), speech("ui.rests_on.name"), speech("ui.rests_on.amount"))
        self.parts.show_rows(amounts, self._part_rows())
        heads = ("paper", "amount", "change", "origin", "who")
        self.steps.show_rows([speech(f"ui.rests_on.{head}") for head in heads], self._step_rows())
        self._parts_label.setText(speech("ui.rests_on.parts"))
        self._parts_label.setVisible(bool(self.parts.rowCount()))
        self.parts_table.setVisible(bool(self.parts.rowCount()))
        self._steps_label.setText(speech("ui.rests_on.documents"))
        self._reports_label.setText(speech("ui.rests_on.reports"))
        self.reports.clear()
        for shown in self.explained.shown:
            self.reports.addItem(shown_words(shown, speech))
        there = bool(self.explained.shown)
        for part in (self._reports_label, self.reports, self.open_button):
            part.setVisible(there)
        self.open_button.setText(speech("ui.rests_on.open"))
        self.file_button.setText(speech("ui.document.save_source"))
        self.file_button.setVisible(self._step() is not None)
        self.back_button.setText(speech("ui.rests_on.back"))
        self.back_button.setVisible(bool(self._before))
        self.parts_table.setAccessibleName(speech("ui.rests_on.parts"))
        self.steps_table.setAccessibleName(speech("ui.rests_on.documents"))
        self.reports.setAccessibleName(speech("ui.rests_on.reports"))
        self._arrange_columns()

    def _headline(self) -> str:
        """ "Land tax, 2026: 60,4 thousand tenge"; a formula's figure by its formula."""
        explanation, trail = self.explained.explanation, self._trail
        if trail is None:
            grounds = explanation.grounds
            formula = self.speech(grounds.formula)
            return (
                self.speech("ui.rests_on.formula", formula=formula, shown=grounds.shown)
                if grounds.shown
                else formula
            )
        amount = trail.value or table_amount(trail.amount) or self.speech("ui.not_stated")
        name = self._named(trail.name, trail.printed_name, trail.place)
        what = trail.what.text(self.speech.language)
        return self.speech(
            "ui.rests_on.headline",
            unit=trail.unit_name,
            name=f"{what}: {name}" if what and what != name else name,
            year=trail.year,
            amount=amount,
        )

    def _rule(self) -> str:
        """How the amount comes from its parts, whether they add up, and the article."""
        explanation, trail = self.explained.explanation, self._trail
        said = []
        rule = explanation.grounds.rule
        if trail is not None:
            key = "sum" if trail.parts else "stated"
            said.append(self.speech(f"ui.rests_on.{key}"))
            if trail.difference:
                said.append(self.speech("ui.rests_on.differs", amount=signed_amount(trail.difference)))
            if trail.adjusted != trail.amount:
                said.append(self.speech("ui.rests_on.adjusted", amount=table_amount(trail.adjusted)))
            rule = rule or trail.rule
        elif explanation.trails:
            rule = rule or explanation.trails[0].rule
        if rule:
            said.append(self.speech("ui.rests_on.rule", rule=text(rule, self.speech.language)))
        return " ".join(said)

    def _arrange_columns(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        parts = self.parts_table.horizontalHeader()
        parts.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        parts.resizeSection(0, 20 * digit)
        parts.resizeSection(2, _WORDS_WIDTH * digit)
        steps = self.steps_table.horizontalHeader()
        steps.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, least in ((1, 12), (2, 12), (3, 12), (4, 23)):
            # Few rows: who and when are read whole, and so is each heading.
            needed = max(self.steps_table.sizeHintForColumn(column), steps.sectionSizeHint(column))
            steps.resizeSection(column, max(least * digit, needed))


def _code(place: Place) -> str:
    match place:
        case PlanAt():
            return " ".join(value for _, value in place.within if value)
        case Assumed() | BalancesAt() | Computed():
            return ""
        case _:
            return " ".join(part for part in place.code.split("/") if part)


def _when(moment: dt.datetime) -> str:
    # Stored in UTC, by some tables without saying so.
    there = (moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)).astimezone()
    return f"{dates.short(there.date())} {there:%H:%M}"


def _who(name: str, dialog: GroundsDialog) -> str:
    return dialog.speech("ui.document.default_actor") if name == DEFAULT_ACTOR.name else name
