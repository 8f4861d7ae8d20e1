"""What the pages of changes and of comparisons share: the tree, the filter, the totals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.comparing.rows import Row
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.money import signed_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.compared import ComparedModel, Show, Shown
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.resting import Resting
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import (
    ActionButton,
    ElidedLabel,
    label,
    remember_columns,
    restore_columns,
    tree_view,
)
from akimat_desk.ui.work import Job


class ComparedPage(Page):
    """Subclasses ask for rows and hand them to :meth:`show_rows`; ``name`` is the page's name."""

    name = ""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.job: Job | None = None
        self.why: Message | None = None
        self._rows: Sequence[Row] = ()
        self._sides = (0, 1)
        self._arranged: tuple[Show, ...] = ()
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.title = label("title")
        self.facts = ElidedLabel("quiet", self)
        self.unit_label = label("quiet")
        self.choosers = QHBoxLayout()
        self.choosers.setSpacing(SPACE)
        self.only_different = QCheckBox(self)
        self.only_different.setChecked(context.settings.flag(f"{self.name}/only_different", True))
        self.only_different.toggled.connect(self._filter)
        self.model = ComparedModel(self.speech, self)
        self.tree = tree_view(self)
        self.tree.setModel(self.model)
        self.tree.setIndentation(12)  # five levels deep, and the code still has to be read whole
        self.tree.setSelectionBehavior(self.tree.SelectionBehavior.SelectItems)
        self.tree.setAllColumnsShowFocus(False)
        self.tree.activated.connect(self._activated)
        #: What has to be known of the columns; shown by a page that has something to say.
        self.note = label("", wrap=True)
        self.note.hide()
        self.totals = ElidedLabel("", self)
        self.empty = label("quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resting = Resting(context, self)
        self.resting.offer(self.tree, actions["rests_on"])
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.empty)

    def arrange(self, *buttons: str, before: QWidget | None = None) -> None:
        """Put the parts together; ``buttons`` are actions at the right of the title, ``before`` a button
        of the page's own that stands before them."""
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title)
        head.addWidget(self.facts, 1)
        head.addWidget(self.unit_label)
        if before is not None:
            head.addWidget(before)
        for name in buttons:
            head.addWidget(ActionButton(self.actions_[name], "quiet", self))
        self.choosers.addWidget(self.only_different)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(self.choosers)
        body.addWidget(self.note)
        body.addWidget(self._stack, 1)
        body.addWidget(self.totals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addLayout(body, 1)
        self.retranslate()

    # -- what is shown ------------------------------------------------------------------------

    def columns(self) -> tuple[Shown, ...]:
        """The columns with their heads in the language in use."""
        raise NotImplementedError

    def documents(self) -> tuple[tuple[int, int] | None, ...]:
        """Document and year of each side of the rows."""
        raise NotImplementedError

    def year(self) -> int:
        """The year whose names the lines have."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Row], sides: tuple[int, int]) -> None:
        """Show these rows; ``sides`` are the two that the filter and the totals compare."""
        self._rows, self._sides, self.why = rows, sides, None
        self._save_columns()
        self._fill()
        self._stack.setCurrentWidget(self.tree)
        self.totals.show()
        self.provide()

    def show_nothing(self, why: Message) -> None:
        """Say in words why there is nothing, and what to do."""
        self._rows, self.why = (), why
        self.model.show_rows((), (), (), 0)
        self.empty.setText(why.text(self.speech.language))
        self._stack.setCurrentWidget(self.empty)
        self.totals.say("")
        self.totals.hide()
        self.facts.say("")
        self.provide()

    @Slot(object)
    def refused(self, problem: AkimatError) -> None:
        """What was asked for cannot be shown."""
        self.show_nothing(problem.message)

    def _fill(self) -> None:
        columns = self.columns()
        only = self._sides if self.only_different.isChecked() else None
        self.model.show_rows(self._rows, columns, self.documents(), self.year(), only)
        self._arrange_columns(columns)
        self.tree.expandAll()
        first = self.model.index(0, 0)
        if first.isValid():
            self.tree.setCurrentIndex(first)
        self.totals.say(self._totals())

    def _totals(self) -> str:
        """The sections whose totals differ, each with its difference, in a line."""
        left, right = self._sides
        said = []
        for row in self._rows:
            if row.depth == 0 and row.differs(left, right):
                change = signed_amount(row.difference(left, right)) or DASH
                said.append(f"{self.speech(f'section.{row.section.value}')}: {change}")
        if not said:
            return self.speech("ui.compare.totals_same")
        return self.speech("ui.compare.totals", totals="  ·  ".join(said))

    @Slot(bool)
    def _filter(self, only: bool) -> None:
        self.context.settings.set_flag(f"{self.name}/only_different", only)
        if self._rows:
            self._fill()

    def _arrange_columns(self, columns: Sequence[Shown]) -> None:
        kinds = tuple(column.show for column in columns)
        if kinds == self._arranged:
            return
        self._arranged = kinds
        header = self.tree.header()
        for column in range(len(kinds)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        if not restore_columns(header, self.context.settings, f"{self.name}-{len(kinds)}"):
            digit = self.fontMetrics().horizontalAdvance("0")
            widths = {Show.CODE: 24, Show.NAME: 40, Show.PERCENT: 9}
            for column, show in enumerate(kinds):
                # A heading («Өзгерістен кейін», «Уточняемому») may be wider than the amounts below it.
                wide = max(widths.get(show, 12) * digit, header.sectionSizeHint(column))
                header.resizeSection(column, wide)
        header.setSectionResizeMode(kinds.index(Show.NAME), QHeaderView.ResizeMode.Stretch)

    def _save_columns(self) -> None:
        if self._arranged:
            remember_columns(self.tree.header(), self.context.settings, f"{self.name}-{len(self._arranged)}")

    def save_state(self) -> None:
        self._save_columns()

    # -- what can be done ---------------------------------------------------------------------

    def provide(self) -> None:
        """A figure can be asked about where figures are seen."""
        self.actions_.provide("figure", not self.isHidden() and bool(self._rows))

    @Slot()
    def rests_on(self) -> None:
        """What the figure under the cursor rests on."""
        self.resting.ask(self.model.grounds(self.tree.currentIndex()))

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        if self.model.grounds(index) is not None:
            self.rests_on()

    @Slot()
    def expand(self) -> None:
        """Open every branch."""
        self.tree.expandAll()

    @Slot()
    def collapse(self) -> None:
        """Close every branch."""
        self.tree.collapseAll()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        self.title.setText(self.speech(f"ui.page.{self.name}"))
        self.unit_label.setText(self.speech("ui.thousand_tenge"))
        self.only_different.setText(self.speech("ui.compare.only_different"))
        self.tree.setAccessibleName(self.speech(f"ui.page.{self.name}"))
        if self.why is not None:
            self.empty.setText(self.why.text(self.speech.language))
        elif self._rows:
            self._fill()

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag(f"hint/{self.name}", True):
            self.hint.say("hint", Message(f"ui.{self.name}.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag(f"hint/{self.name}", False)
