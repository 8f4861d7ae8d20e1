"""The Classification page: a year's codes as a tree, found by number or words, with all that is known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import CodeDetails, PackFileRead, ReferenceDesk, YearOfCodes
from akimat_desk.ui.models.code_tree import CodeColumn, CodeTreeModel
from akimat_desk.ui.pages.page import Page
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
from akimat_desk.ui.widgets.code_details import CodeDetailsView
from akimat_desk.ui.work import Job

_AFTER = 120  # milliseconds after the last key: a word is not searched letter by letter
_ACTIONS = ("add_code", "take_in_pack", "export_pack", "code_sources")


class ClassificationPage(Page):
    """A tree over the details of the row chosen in it."""

    stays = True

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.shown: YearOfCodes | None = None
        self._wanted: Code | None = None
        self._job: Job | None = None
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self._edition = ElidedLabel("quiet", self)
        self._year_label = label()
        self.year = QComboBox(self)
        self.year.activated.connect(self._choose_year)
        self._year_label.setBuddy(self.year)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER)
        self._pause.timeout.connect(self._search)
        self.model = CodeTreeModel(self.speech, self)
        self.tree = tree_view(self)
        self.tree.setModel(self.model)
        self.tree.selectionModel().currentChanged.connect(self._look_at)
        self.details = CodeDetailsView(context, self)
        self.details.asked.connect(self._go_to)
        self._arrange(actions)
        self.retranslate()

    def _arrange(self, actions: Actions) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self._edition, 1)
        head.addWidget(self._year_label)
        head.addWidget(self.year)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.search, 1)
        for name in _ACTIONS:
            line.addWidget(ActionButton(actions[name], "quiet", self))
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([340, 220])
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(line)
        body.addWidget(self.splitter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addLayout(body, 1)
        header = self.tree.header()
        header.setMinimumSectionSize(60)
        for each in CodeColumn:
            header.setSectionResizeMode(each, QHeaderView.ResizeMode.Interactive)
        if not restore_columns(header, self.context.settings, "classification"):
            wide = self.fontMetrics().horizontalAdvance("0")
            for each, share in ((CodeColumn.CODE, 22), (CodeColumn.EN, 20), (CodeColumn.SURE, 19)):
                header.resizeSection(each, share * wide)
        for each in (CodeColumn.KK, CodeColumn.RU):
            header.setSectionResizeMode(each, QHeaderView.ResizeMode.Stretch)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(ReferenceDesk).years(), self._show_years)

    @Slot(object)
    def _show_years(self, years: tuple[int, ...]) -> None:
        wanted = self.chosen_year() or self.context.chosen.year or dt.date.today().year
        self.year.clear()
        for year in reversed(years):
            self.year.addItem(str(year), year)
        at = self.year.findData(wanted)
        self.year.setCurrentIndex(at if at >= 0 else 0)
        self._ask_codes()

    def chosen_year(self) -> int | None:
        """The year looked at; None before there is one."""
        year = self.year.currentData()
        return year if isinstance(year, int) else None

    def _ask_codes(self) -> None:
        desk, year = self.context.desk, self.chosen_year()
        if year is not None:
            self._job = self.context.ask(
                lambda _task: desk.area(ReferenceDesk).codes(year), self._show, self._refused
            )

    @Slot(object)
    def _show(self, codes: YearOfCodes) -> None:
        if codes.year != self.chosen_year():
            return  # the answer to a question nobody asks any more
        entry = self.model.entry(self.tree.currentIndex())
        kept = self._wanted or (entry.code if entry is not None else None)
        self.shown = codes
        self.model.show_tree(codes.branches)
        self._edition.say(codes.title.text(self.speech.language))
        if self.search.text().strip() and self._wanted is None:
            self._search()
            return
        for row in range(self.model.rowCount()):
            self.tree.expand(self.model.index(row, 0))
        self._wanted = None
        self._choose(kept)

    def _choose(self, code: Code | None) -> None:
        index = self.model.index_of(code) if code is not None else QModelIndex()
        if not index.isValid():
            index = self.model.index(0, 0, self.model.index(0, 0))
        above = index.parent()
        while above.isValid():
            self.tree.expand(above)
            above = above.parent()
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)

    @Slot()
    def _choose_year(self) -> None:
        self._ask_codes()

    @Slot(QModelIndex, QModelIndex)
    def _look_at(self, index: QModelIndex, _before: QModelIndex) -> None:
        entry, year = self.model.entry(index), self.chosen_year()
        if entry is None or year is None:
            self.details.show_details(None)
            return
        self._ask_details(entry, year)

    def _ask_details(self, entry: Entry, year: int) -> None:
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(ReferenceDesk).code(year, entry), self._show_details)

    @Slot(object)
    def _show_details(self, details: CodeDetails) -> None:
        if self.model.entry(self.tree.currentIndex()) == details.entry:
            self.details.show_details(details)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.context.notice.emit("error", problem.message)

    # -- searching ----------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        desk, year, words = self.context.desk, self.chosen_year(), self.search.text().strip()
        if year is None:
            return
        if not words:
            code = self._current_code()
            self.model.show_all()
            for row in range(self.model.rowCount()):
                self.tree.expand(self.model.index(row, 0))
            self._choose(code)
            return
        self.context.ask(lambda _task: desk.area(ReferenceDesk).found(year, words), self._show_found)

    @Slot(object)
    def _show_found(self, entries: tuple[Entry, ...]) -> None:
        if not self.search.text().strip():
            return
        self.model.show_found(entries)
        self._edition.say(self.speech("ui.codes.found", count=len(entries)))
        self.tree.setCurrentIndex(self.model.index(0, 0))

    def _current_code(self) -> Code | None:
        entry = self.model.entry(self.tree.currentIndex())
        return entry.code if entry is not None and entry.code_known else None

    def reveal(self, target: object) -> None:
        """Go to a code found by the search over everything."""
        if not isinstance(target, RevenueCode | ExpenditureCode):
            return
        self.search.clear()
        self._wanted = target
        if self.shown is not None:
            self._ask_codes()

    @Slot(int, object)
    def _go_to(self, year: int, code: object) -> None:
        """Follow a «became» link into its year."""
        at = self.year.findData(year)
        if at >= 0 and isinstance(code, RevenueCode | ExpenditureCode):
            self.search.clear()
            self._pause.stop()
            self.year.setCurrentIndex(at)
            self._wanted = code
            self._ask_codes()

    def expand(self) -> None:
        """Open every branch."""
        self.tree.expandAll()

    def collapse(self) -> None:
        """Close every branch below the three tables."""
        self.tree.collapseAll()
        for row in range(self.model.rowCount()):
            self.tree.expand(self.model.index(row, 0))

    # -- changing -----------------------------------------------------------------------------

    def add_code(self) -> None:
        """Ask for a missing code and add it."""
        from akimat_desk.ui.dialogs.new_code import NewCodeDialog

        year = self.chosen_year() or dt.date.today().year
        added = NewCodeDialog.ask(self.context, year, self, above=self._current_code())
        if added is not None:
            self.reveal(added)
            self.context.notice.emit("good", Message("ui.codes.added", {"code": str(added)}))

    def take_in(self) -> None:
        """Read a newer classification and show what it would change."""
        from akimat_desk.ui.dialogs.files import ask_workbook

        path = ask_workbook(self.context, self, "classification", "ui.codes.choose_pack")
        if path is not None:
            self.take_in_file(path)

    def take_in_file(self, path: Path) -> None:
        """The same for a file already chosen."""
        desk, year = self.context.desk, self.chosen_year() or dt.date.today().year
        self.context.do(
            lambda task: desk.area(ReferenceDesk).preview_pack(path, year, task),
            self._preview,
            "ui.work.pack",
            self._refused,
        )

    @Slot(object)
    def _preview(self, read: PackFileRead) -> None:
        from akimat_desk.ui.dialogs.pack_preview import PackPreviewDialog

        if PackPreviewDialog.ask(self.context, read, self) is not None:
            self.context.notice.emit("good", Message("ui.codes.taken_in", {"name": read.preview.name}))

    def export(self) -> None:
        """Write the year's classification as a workbook."""
        from akimat_desk.ui.dialogs.files import ask_save

        year = self.chosen_year() or dt.date.today().year
        name = self.speech("ui.codes.file_name", year=str(year))
        title = self.speech("ui.action.export_pack")
        path = ask_save(self.context, self, "report", title, f"{name}.xlsx", "Excel")
        if path is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.area(ReferenceDesk).export_pack(year, path),
                self._exported,
                "ui.work.export",
                self._refused,
            )

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.context.notice.emit("good", Message("cli.classification.exported", {"path": str(path)}))

    def show_sources(self) -> None:
        """What was taken in or added, to be taken back."""
        from akimat_desk.ui.dialogs.code_sources import CodeSourcesDialog

        CodeSourcesDialog.show_all(self.context, self)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.classification"))
        self._year_label.setText(speech("ui.codes.year"))
        self.year.setAccessibleName(speech("ui.codes.year"))
        self.search.setPlaceholderText(speech("ui.codes.search"))
        self.search.setAccessibleName(speech("ui.codes.search"))
        self.tree.setAccessibleName(speech("ui.page.classification"))
        if self.shown is not None and not self.search.text().strip():
            self._edition.say(self.shown.title.text(speech.language))

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/classification", True):
            self.hint.say("hint", Message("ui.codes.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/classification", False)

    def save_state(self) -> None:
        remember_columns(self.tree.header(), self.context.settings, "classification")
