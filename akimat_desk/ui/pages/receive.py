"""The page "Receive": packages taken in, the board of units by months, answers, the letter to the late."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QTabWidget, QVBoxLayout, QWidget

from akimat_desk.core.files import store_bytes
from akimat_desk.core.strings import Message
from akimat_desk.exchange.inbox import Outcome, digest_of, write_refusals
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.ledger import BoardRow, ReceivedView
from akimat_desk.exchange.letters import period_name
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receipts import SUFFIX, PackageState, Receipt
from akimat_desk.exchange.seal import PublicKey
from akimat_desk.exchange.words import amounts_written, figure_name
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.exchange import ExchangeDesk, Receiving, changes_of
from akimat_desk.ui.dialogs.files import ask_folder, ask_packages, ask_save
from akimat_desk.ui.dialogs.form import Field, FormDialog, Kind
from akimat_desk.ui.dialogs.passphrase import KeyOpener
from akimat_desk.ui.dialogs.small import CarefulQuestion
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.send import titled
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, RoomyComboBox, label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.work import Work

_PERIODS = (None, *range(1, 13))
#: How a state is marked on the board; the line below it says what each mark means.
_MARKS = {
    PackageState.MISSING: "–",
    PackageState.RECEIVED: "!",
    PackageState.CHECKED: "+",
    PackageState.RETURNED: "×",
    PackageState.ACCEPTED: "++",
}
_PACKAGE_HEADS = ("id", "unit", "period", "number", "state", "since", "errors")


class ReceivePage(Page):
    """The board on top; packages and what was just taken in below it."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._answer: Receiving | None = None
        self._outcomes: list[Outcome] = []
        self._refused: list[str] = []
        self._waiting: list[Path] = []
        self._asked: tuple[int, PackageState, str] | None = None
        self._target: Path | None = None
        self.forms = FormSaver(context, self)
        self.keys = KeyOpener(context, self)
        self.bar = Bar(self.speech, self)
        self.bar.acted.connect(self._act)
        self.inbox_bar = Bar(self.speech, self)
        self.inbox_bar.acted.connect(self._take_waiting)
        self.watcher = QFileSystemWatcher(self)
        self.watcher.directoryChanged.connect(self._look_into_inbox)
        self._title, self._year_label = label("title"), label("quiet")
        self.year = RoomyComboBox(8, self)
        self.year.activated.connect(self._fill)
        self._year_label.setBuddy(self.year)
        self.board = RowsModel(numbers_from=99, parent=self)
        self.board_table = table_view(self)
        self.board_table.setModel(self.board)
        self.legend = label("quiet", wrap=True)
        self.packages = RowsModel(numbers_from=6, numbers_to=6, parent=self)
        self.packages_table = table_view(self)
        self.packages_table.setModel(self.packages)
        self.packages_table.selectionModel().currentRowChanged.connect(self._chosen)
        self.steps = RowsModel(numbers_from=99, parent=self)
        self.steps_table = table_view(self)
        self.steps_table.setModel(self.steps)
        self.outcomes = RowsModel(numbers_from=99, parent=self)
        self.outcomes_table = table_view(self)
        self.outcomes_table.setModel(self.outcomes)
        self.outcomes_table.setWordWrap(True)
        self.outcomes_table.selectionModel().currentRowChanged.connect(self._outcome_chosen)
        self.changes = RowsModel(numbers_from=2, parent=self)
        self.changes_table = table_view(self)
        self.changes_table.setModel(self.changes)
        self.panel = FindingsPanel(self.speech, self)
        self._heads = tuple(label("strong") for _ in range(4))
        self._arrange()
        self.retranslate()
        self._watch()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for widget in (self._title, self._year_label, self.year):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(ActionButton(self.actions_["package_inbox"], "plain", self))
        head.addWidget(ActionButton(self.actions_["package_receive"], "primary", self))
        tools = QHBoxLayout()
        tools.setSpacing(SPACE)
        for name in ("package_accept", "package_return", "package_confirm_key", "package_late"):
            tools.addWidget(ActionButton(self.actions_[name], "quiet", self))
        tools.addStretch(1)
        there = QSplitter(self)
        there.addWidget(titled(self._heads[0], self.packages_table))
        there.addWidget(titled(self._heads[1], self.steps_table))
        there.setStretchFactor(0, 3)
        there.setStretchFactor(1, 2)
        there.setSizes([680, 420])
        taken = QSplitter(self)
        taken.addWidget(titled(self._heads[2], self.outcomes_table))
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(titled(self._heads[3], self.changes_table))
        right.addWidget(self.panel)
        taken.addWidget(right)
        taken.setSizes([560, 540])
        self.tabs = QTabWidget(self)
        self.tabs.addTab(there, "")
        self.tabs.addTab(taken, "")
        down = QSplitter(Qt.Orientation.Vertical, self)
        down.addWidget(self.board_table)
        down.addWidget(self.tabs)
        down.setStretchFactor(0, 1)
        down.setStretchFactor(1, 1)
        for splitter in (there, taken, right, down):
            splitter.setChildrenCollapsible(False)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.legend)
        body.addWidget(down, 1)
        body.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.bar, self.inbox_bar, self.forms.bar):
            column.addWidget(bar)
        column.addLayout(body, 1)

    @property
    def package(self) -> ReceivedView | None:
        """The package that the cursor is on."""
        number = self.packages.key(self.packages_table.currentIndex())
        there = self._answer.packages if self._answer is not None else ()
        return next((each for each in there if each.id == number), None)

    def provide(self) -> None:
        """What can be done with the package chosen, and whether anything can be received here."""
        seen = not self.isHidden() and self._answer is not None
        self.actions_.provide("receiving", seen and self._answer.owner is not None)  # type: ignore[union-attr]
        self.actions_.provide("package", seen and self.package is not None)

    # -- what is shown ------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(ExchangeDesk).receiving(), self._show)
        self._look_into_inbox()

    @Slot(object)
    def _show(self, answer: Receiving) -> None:
        self._answer = answer
        chosen = self.year.currentData()
        self.year.clear()
        for year in answer.years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0))
        if answer.owner is None:
            self.bar.say("info", Message("error.exchange.nobody_above"))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        kept = self.packages.key(self.packages_table.currentIndex())
        self.retranslate()
        row = self.packages.row_of(kept)
        if self.packages.rowCount():
            self.packages_table.setCurrentIndex(self.packages.index(max(row, 0), 0))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        package, speech = self.package, self.speech
        rows = [
            RowText(
                (
                    speech(f"exchange.state.{step.state.value}"),
                    step.at.astimezone().strftime("%d.%m.%Y %H:%M"),
                    step.by,
                    step.note,
                )
            )
            for step in (package.steps if package is not None else ())
        ]
        heads = ("state", "since", "by", "note")
        self.steps.show_rows([speech(f"ui.receive.head.{head}") for head in heads], rows)
        self.steps_table.setColumnWidth(1, 18 * self.fontMetrics().averageCharWidth())
        self.steps_table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.provide()

    @Slot()
    def _outcome_chosen(self) -> None:
        place = self.outcomes_table.currentIndex().row()
        outcome = self._outcomes[place] if 0 <= place < len(self._outcomes) else None
        speech = self.speech
        changed = changes_of(outcome) if outcome is not None else ()
        rows = [
            RowText(
                (
                    speech(f"exchange.what.{each.what.value}"),
                    figure_name(each, speech.language),
                    *amounts_written(each),
                )
            )
            for each in changed
        ]
        received = outcome.received if outcome is not None else None
        if received is not None and not rows:
            key = "ui.receive.first" if received.changed is None else "ui.receive.same"
            rows = [RowText(("", speech(key), "", ""))]
        heads = ("what", "figure", "before", "after")
        self.changes.show_rows([speech(f"ui.send.head.{head}") for head in heads], rows)
        self.changes_table.setColumnWidth(0, 18 * self.fontMetrics().averageCharWidth())
        self.changes_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.panel.show_findings(received.findings if received is not None else ())

    # -- taking in ----------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Choose packages, and take them in."""
        self.take_in(ask_packages(self.context, self))

    def take_in(self, paths: list[Path]) -> None:
        """Take packages in; each is judged whole before anything of it is stored."""
        if paths:
            desk = self.context.desk
            self.context.do(
                lambda task: desk.area(ExchangeDesk).take_in(paths, task), self._taken, "ui.work.packages"
            )

    @Slot(object)
    def _taken(self, outcomes: list[Outcome]) -> None:
        self._outcomes = outcomes
        refused = [outcome for outcome in outcomes if outcome.problem is not None]
        self._refused += [digest_of(outcome.path) for outcome in refused]
        fields = {"taken": len(outcomes) - len(refused), "refused": len(refused)}
        if refused:
            self.bar.say("warning", Message("ui.receive.some_refused", fields), ("ui.receive.save_refusals",))
        else:
            self.bar.say("good", Message("ui.receive.taken", {"count": len(outcomes)}))
        self.tabs.setCurrentIndex(1)
        if any(outcome.received is not None for outcome in outcomes):
            # A unit that sends for the first time is in the file now.
            self.context.ask(lambda _task: self.context.desk.again(), self.context.units_changed)
        self.refresh()
        self.outcomes_table.setCurrentIndex(self.outcomes.index(0, 0))

    @Slot(str)
    def _act(self, offer: str) -> None:
        if offer == "ui.open_folder" and self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))
            return
        folder = ask_folder(self.context, self, "refusals", "ui.receive.save_refusals")
        if folder is not None:
            outcomes = list(self._outcomes)
            self.context.with_files(
                lambda _task: write_refusals(outcomes, folder), self._refusals_saved, "ui.work.store"
            )

    @Slot(object)
    def _refusals_saved(self, made: list[Path]) -> None:
        self._target = made[0].parent if made else None
        fields = {"count": len(made), "path": str(self._target)}
        self.bar.say("good", Message("ui.receive.refusals_saved", fields), ("ui.open_folder",))

    # -- the inbox ----------------------------------------------------------------------------

    @property
    def inbox(self) -> Path | None:
        """The folder that is watched."""
        kept = self.context.settings.text("exchange/inbox")
        return Path(kept) if kept else None

    def choose_inbox(self) -> None:
        """Choose the folder into which packages come (a shared folder, the mail's downloads)."""
        folder = ask_folder(self.context, self, "inbox", "ui.receive.inbox")
        if folder is not None:
            self.context.settings.set_text("exchange/inbox", str(folder))
            self._watch()
            self._look_into_inbox()

    def _watch(self) -> None:
        if self.watcher.directories():
            self.watcher.removePaths(self.watcher.directories())
        if self.inbox is not None and self.inbox.is_dir():
            self.watcher.addPath(str(self.inbox))

    @Slot()
    def _look_into_inbox(self) -> None:
        folder, desk, refused = self.inbox, self.context.desk, tuple(self._refused)
        if folder is not None and self.context.workspace is not None:
            self.context.ask(
                lambda _task: desk.area(ExchangeDesk).waiting(folder, refused), self._show_waiting
            )

    @Slot(object)
    def _show_waiting(self, waiting: list[Path]) -> None:
        self._waiting = waiting
        if waiting:
            message = Message("ui.receive.waiting", {"count": len(waiting), "path": str(self.inbox)})
            self.inbox_bar.say("info", message, ("ui.receive.take_waiting",))
        else:
            self.inbox_bar.hide()

    @Slot(str)
    def _take_waiting(self, _offer: str) -> None:
        self.take_in(self._waiting)

    # -- answering ----------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept the package chosen and save the signed receipt."""
        if self.package is not None:
            self._answer_package(self.package.id, PackageState.ACCEPTED, "")

    def return_(self) -> None:
        """Return the package chosen, with the reason."""
        package = self.package
        if package is None:
            return
        said: list[str] = []

        def keep(values: dict[str, object]) -> Work:
            said.append(str(values["reason"]))
            return lambda _task: None

        field = Field("reason", Kind.TEXT, "ui.receive.reason", needed=True)
        if FormDialog(self.context, "ui.action.package_return", (field,), keep, self).run():
            self._answer_package(package.id, PackageState.RETURNED, said[-1])

    def _answer_package(self, package_id: int, state: PackageState, note: str) -> None:
        owner = self._answer.owner if self._answer is not None else None
        if owner is None or not owner.kato:
            self.context.notice.emit("info", Message("ui.send.no_kato"))
            return
        self._asked = (package_id, state, note)
        self.keys.open(owner.kato, self._sign)

    def _sign(self, key: OfficeKey) -> None:
        asked, desk = self._asked, self.context.desk
        if asked is not None:
            package_id, state, note = asked
            self.context.do(
                lambda _task: desk.area(ExchangeDesk).answer(package_id, state, key, note),
                self._signed,
                "ui.work.store",
            )

    @Slot(object)
    def _signed(self, made: tuple[Receipt, bytes]) -> None:
        receipt, data = made
        name = f"{receipt.unit}_{receipt.period}_{receipt.sequence:04d}{SUFFIX}"
        speech = self.speech
        path = ask_save(
            self.context, self, "package", speech("ui.files.save_receipt"), name, speech("ui.files.receipt")
        )
        self.refresh()
        if path is not None:
            self.context.with_files(
                lambda _task: store_bytes(path, data), self._receipt_saved, "ui.work.store"
            )

    @Slot(object)
    def _receipt_saved(self, path: Path) -> None:
        self._target = path.parent
        self.bar.say("good", Message("ui.receive.receipt_saved", {"path": str(path)}), ("ui.open_folder",))

    def confirm_key(self) -> None:
        """The fingerprint of the sender's key, to be compared with the printed page."""
        package, answer, desk = self.package, self._answer, self.context.desk
        if package is not None and answer is not None:
            kato = answer.units[package.unit_id].kato or ""
            self.context.ask(lambda _task: (kato, desk.area(ExchangeDesk).known_key(kato)), self._compare)

    @Slot(object)
    def _compare(self, found: tuple[str, PublicKey | None]) -> None:
        kato, key = found
        if key is None:
            return
        fields = {
            "kato": kato,
            "fingerprint": key.fingerprint,
            "words": key.words(self.speech.language),
        }
        message = Message("ui.receive.compare", fields)
        if CarefulQuestion.ask(
            self.context, "ui.action.package_confirm_key", message, "ui.receive.compare.yes", self
        ):
            desk = self.context.desk
            self.context.do(lambda _task: desk.area(ExchangeDesk).confirm_key(kato), None, "ui.work.store")

    def register_key(self) -> None:
        """Enter a unit's key from its printed page: a new office, or one whose old key is lost."""
        desk, language = self.context.desk, self.speech.language
        rows = self._answer.board if self._answer is not None else ()
        below = tuple((row.unit.kato, row.unit.name.text(language)) for row in rows)
        if not below:
            self.context.notice.emit("info", Message("ui.receive.no_units"))
            return
        fields = (
            Field("kato", Kind.CHOICE, "ui.receive.head.unit", below[0][0], below, needed=True),
            Field("key", Kind.LINE, "report.key.key", "", needed=True),
        )

        def keep(values: dict[str, object]) -> Work:
            return lambda _task: desk.area(ExchangeDesk).register_key(str(values["kato"]), str(values["key"]))

        words = "ui.receive.register_words"
        if FormDialog(self.context, "ui.action.package_register_key", fields, keep, self, words).run():
            self.bar.say("good", Message("ui.receive.registered"))
            self.refresh()

    def save_letter(self) -> None:
        """The letter to the units whose package did not come, as Word or PDF."""
        year, column = self.year.currentData(), self.board_table.currentIndex().column()
        month = _PERIODS[column - 1] if 1 <= column < len(_PERIODS) + 1 else None
        period, desk, today = Period(year, month), self.context.desk, dt.date.today()
        name = self.speech("ui.receive.letter_name", period=str(period))
        self.forms.save(
            f"{name}.docx", lambda _task: desk.area(ExchangeDesk).late_letter(period, "kk+ru", today)
        )

    def next_finding(self) -> None:
        """Go to the next finding."""
        self.panel.next()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech, language = self.speech, self.speech.language
        self._title.setText(speech("ui.page.receive"))
        self._year_label.setText(speech("ui.receive.year"))
        self.year.setAccessibleName(speech("ui.receive.year"))
        self.board_table.setAccessibleName(speech("ui.receive.board"))
        self.packages_table.setAccessibleName(speech("ui.receive.packages"))
        self.steps_table.setAccessibleName(speech("ui.receive.steps"))
        self.outcomes_table.setAccessibleName(speech("ui.receive.outcomes"))
        self.changes_table.setAccessibleName(speech("ui.receive.changes"))
        for made, key in zip(self._heads, ("packages", "steps", "outcomes", "changes"), strict=True):
            made.setText(speech(f"ui.receive.{key}"))
        self.tabs.setTabText(0, speech("ui.receive.packages"))
        self.tabs.setTabText(1, speech("ui.receive.outcomes"))
        self.tabs.setAccessibleName(speech("ui.page.receive"))
        marks = [f"{mark} {speech(f'exchange.state.{state.value}')}" for state, mark in _MARKS.items()]
        self.legend.setText("   ·   ".join(marks))
        self._show_board()
        self._show_packages()
        rows = []
        for outcome in self._outcomes:
            said = outcome.problem.text(language) if outcome.problem is not None else self._said(outcome)
            rows.append(RowText((outcome.path.name, said), bold=outcome.problem is not None))
        self.outcomes.show_rows([speech("ui.receive.head.file"), speech("ui.receive.head.result")], rows)
        wide = self.fontMetrics().averageCharWidth()
        self.outcomes_table.setColumnWidth(0, 22 * wide)
        self.outcomes_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, outcome in enumerate(self._outcomes):
            if outcome.problem is not None:
                self.outcomes_table.setRowHeight(row, 4 * self.fontMetrics().height())
        self._chosen()
        self._outcome_chosen()

    def _said(self, outcome: Outcome) -> str:
        if outcome.key is not None:
            fields = {"unit": outcome.key.unit, "fingerprint": outcome.key.new.fingerprint}
            return self.speech("ui.receive.key_changed", **fields)
        assert outcome.received is not None
        return self.speech(f"exchange.state.{outcome.received.state.value}")

    def _show_board(self) -> None:
        speech, year = self.speech, self.year.currentData()
        rows = [
            RowText(
                (
                    row.unit.name.text(speech.language),
                    *(_MARKS[row.state(Period(year, month))] for month in _PERIODS),
                    self._key_said(row),
                )
            )
            for row in (self._answer.board if self._answer is not None and year else ())
        ]
        heads = [
            speech("ui.receive.head.unit"),
            speech("ui.receive.whole_year"),
            *(str(month) for month in _PERIODS[1:]),
            speech("ui.receive.head.key"),
        ]
        self.board.show_rows(heads, rows)
        wide = self.fontMetrics().averageCharWidth()
        self.board_table.setColumnWidth(1, 12 * wide)
        for column in range(2, 14):
            self.board_table.setColumnWidth(column, 6 * wide)
        self.board_table.setColumnWidth(14, 22 * wide)
        self.board_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _key_said(self, row: BoardRow) -> str:
        """Whether the unit's key was compared; of a unit that sent nothing no key is known."""
        if row.key_confirmed:
            return self.speech("ui.receive.key_known")
        return self.speech("ui.receive.key_unknown") if row.states else "–"

    def _show_packages(self) -> None:
        speech, language, answer, year = (
            self.speech,
            self.speech.language,
            self._answer,
            self.year.currentData(),
        )
        rows = [
            RowText(
                (
                    str(each.id),
                    answer.units[each.unit_id].name.text(language),
                    period_name(each.period, language),
                    f"№ {each.sequence}",
                    speech(f"exchange.state.{each.state.value}"),
                    day_written(each.steps[-1].at.astimezone().date()),
                    str(each.errors or "–"),
                ),
                key=each.id,
            )
            for each in (answer.packages if answer is not None else ())
            if answer is not None and each.period.year == year
        ]
        self.packages.show_rows([speech(f"ui.receive.head.{head}") for head in _PACKAGE_HEADS], rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((4, 18, 23, 7, 14, 12, 9)):
            self.packages_table.setColumnWidth(column, share * wide)
        self.packages_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def reveal(self, target: object) -> None:
        """Put the cursor on a package by its number."""
        row = self.packages.row_of(target)
        if row >= 0:
            self.packages_table.setCurrentIndex(self.packages.index(row, 0))
