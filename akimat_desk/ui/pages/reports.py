"""The Reports page: choose a report, look at it, save or print it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.views import Denominator
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.papers import Shown
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reports import ReportsDesk, report_kinds, write_report
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.icons import icon
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.printing import Printing
from akimat_desk.ui.resting import Resting
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.values import ReportChoice, WantedReport
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, card, label
from akimat_desk.ui.widgets.preview import Preview

DOC_LANGUAGES = ("kk", "ru", "kk+ru")
FORMATS = ("pdf", "xlsx", "docx")


class ReportsPage(SavesPaper, Page):
    """The library at the left, the sheet at the right."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._kinds: tuple[ReportChoice, ...] = ()
        self._wanted: WantedReport | None = None
        self._awaited: object = ""
        #: The document that a report was opened for from elsewhere.
        self._named: Shown | None = None
        self._saved_to: Path | None = None
        self._problem: Message | None = None
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.saved = Bar(self.speech, self)
        self.saved.acted.connect(self._after_saving)
        self._title = label("title")
        self.list = QListWidget(self)
        self.list.setIconSize(self.list.iconSize() * 1.2)
        self.list.setSpacing(1)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._choose_kind)
        self._description = label("quiet", wrap=True)
        self._language_label = label("quiet")
        self.language = QComboBox(self)
        for each in DOC_LANGUAGES:
            self.language.addItem("", each)
        first = context.settings.text("doc_language") or (
            "ru" if context.speech.language is Language.RU else "kk"
        )
        self.language.setCurrentIndex(max(self.language.findData(first), 0))
        self.language.activated.connect(self._choose_language)
        self._language_label.setBuddy(self.language)
        self._year = label()
        self.preview = Preview(self)
        self._printing = Printing(context, self)
        self.resting = Resting(context, self)
        self.preview.asked.connect(self.resting.ask)
        self._empty = label("quiet", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._save_buttons = [ActionButton(actions["save_pdf"], "primary", self)] + [
            ActionButton(actions[f"save_{each}"], "plain", self) for each in FORMATS[1:]
        ]
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        options = card(self)
        form = QVBoxLayout(options)
        form.setContentsMargins(12, 10, 12, 12)
        form.setSpacing(SPACE // 2)
        for part in (self._year, self._language_label, self.language):
            form.addWidget(part)
        left = QWidget(self)
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, SPACE, 0)
        side.setSpacing(SPACE)
        side.addWidget(self.list, 1)
        side.addWidget(self._description)
        side.addWidget(options)
        for made in self._save_buttons:
            side.addWidget(made)
        side.addWidget(ActionButton(self.actions_["print"], "plain", self))
        side.addWidget(ActionButton(self.actions_["unit"], "quiet", self))
        left.setMinimumWidth(230)
        right = QWidget(self)
        sheet = QVBoxLayout(right)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.addWidget(self._empty)
        sheet.addWidget(self.preview, 1)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(left)
        across.addWidget(right)
        across.setStretchFactor(1, 1)
        across.setSizes([270, 850])
        across.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(across, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(self.saved)
        column.addLayout(body, 1)

    # -- choosing and looking -----------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        self.retranslate()
        if not self._kinds:
            self.context.database.start(_kinds, self._fill)
        else:
            self._ask()

    @Slot(object)
    def _fill(self, kinds: tuple[ReportChoice, ...]) -> None:
        self._kinds = kinds
        self.list.blockSignals(True)
        for _kind in kinds:
            QListWidgetItem(icon("reports"), "", self.list)
        self.retranslate()
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        if self._awaited:
            self.reveal(self._awaited)
        else:
            self._ask()

    @property
    def kind(self) -> ReportChoice | None:
        """The report chosen."""
        row = self.list.currentRow()
        return self._kinds[row] if 0 <= row < len(self._kinds) else None

    def reveal(self, target: object) -> None:
        """Choose the report that was found, with the document it was found for where there is one."""
        if not self._kinds:
            self._awaited = target  # the library is on its way
            return
        self._awaited = ""
        if isinstance(target, Shown):
            self.choose(target.report_id)
            self._named = target
            self._ask()
        else:
            self.choose(str(target))

    def choose(self, report_id: str) -> None:
        """Choose a report by its id."""
        self.list.setCurrentRow(next(i for i, kind in enumerate(self._kinds) if kind.id == report_id))

    @Slot()
    def _choose_kind(self) -> None:
        """A person chose a report: what is in force, not a document that another was opened for."""
        self._named = None
        self._ask()

    @Slot()
    def _ask(self) -> None:
        chosen, kind = self.context.chosen, self.kind
        self._description.setText(self.speech(kind.description_key) if kind else "")
        if kind is None or chosen.unit_id is None or chosen.year is None:
            self._wanted = None
            self._show_problem(Message("ui.budget.empty"))
            return
        desk, named = self.context.desk, self._named
        if named is not None and named.year != chosen.year:
            named = self._named = None
        wanted = WantedReport(
            kind.id,
            chosen.unit_id,
            chosen.year,
            self.language.currentData(),
            chosen.decision_id,
            chosen.as_of,
            Denominator(self.context.settings.text("denominator", Denominator.TOTAL_REVENUE.value)),
            named.document_id if named is not None else None,
            named.month if named is not None else None,
        )
        self._wanted = wanted
        self.context.ask(
            lambda _task: (wanted, desk.area(ReportsDesk).report(wanted)),
            self._show,
            self._refused,
        )

    @Slot(object)
    def _show(self, answer: tuple[WantedReport, list[ReportDocument]]) -> None:
        wanted, documents = answer
        if wanted != self._wanted:
            return
        self._problem = None
        self._empty.hide()
        self.preview.show()
        self.preview.show_documents(documents)
        self.provide()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._show_problem(problem.message)

    def _show_problem(self, why: Message) -> None:
        self._problem = why
        self.preview.clear_documents()
        self.preview.hide()
        self._empty.setText(why.text(self.speech.language))
        self._empty.show()
        self.provide()

    def provide(self) -> None:
        """A report is saved and printed where it is seen."""
        kind = self.kind
        there = not self.isHidden() and kind is not None and bool(self.preview.documents)
        self.actions_.provide("report", there)
        self.actions_.provide("figure", there)
        for each in FORMATS:
            self.actions_.provide(f"report_{each}", there and kind is not None and each in kind.formats)

    @Slot(int)
    def _choose_language(self, _row: int) -> None:
        self.context.settings.set_text("doc_language", self.language.currentData())
        self._ask()

    @Slot()
    def rests_on(self) -> None:
        """What the figure at the cursor of the preview rests on."""
        self.resting.ask(self.preview.grounds_here())

    # -- saving and printing ------------------------------------------------------------------

    def _save(self, file_format: str) -> None:
        kind, wanted = self.kind, self._wanted
        if kind is None or wanted is None or not self.preview.documents:
            return
        name = f"{self.speech(kind.title_key)} {wanted.year} ({wanted.doc_language}).{file_format}".replace(
            "/", "-"
        )
        path = ask_save(
            self.context,
            self,
            "report",
            self.speech("ui.files.save_report"),
            name,
            self.speech(f"ui.files.{file_format}"),
        )
        if path is None:
            return
        documents = self.preview.documents
        self.saved.hide()
        self.context.notice_over.emit()
        self.context.with_files(
            lambda task: write_report(documents, file_format, path, task), self._written, "ui.work.report"
        )

    @Slot(object)
    def _written(self, path: Path) -> None:
        self._saved_to = path
        self.saved.say(
            "good", Message("ui.notice.saved", {"path": str(path)}), ("ui.open_file", "ui.open_folder")
        )

    @Slot(str)
    def _after_saving(self, offer: str) -> None:
        if self._saved_to is not None:
            target = self._saved_to if offer == "ui.open_file" else self._saved_to.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    @Slot()
    def print_(self) -> None:
        """Choose a printer and print what is shown: the pages of its PDF."""
        self._printing.start(self.preview.documents)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.reports"))
        year = self.context.chosen.year
        self._year.setText(speech("ui.ratio.year", year=year) if year is not None else "")
        self._language_label.setText(speech("ui.reports.language"))
        for row in range(self.language.count()):
            key = f"ui.reports.language.{self.language.itemData(row).replace('+', '_')}"
            self.language.setItemText(row, speech(key))
        for row, each in enumerate(self._kinds):
            self.list.item(row).setText(speech(each.title_key))
        kind = self.kind
        self._description.setText(speech(kind.description_key) if kind else "")
        self.list.setAccessibleName(speech("ui.reports.list"))
        self.preview.setAccessibleName(speech("ui.reports.preview"))
        self.language.setAccessibleName(speech("ui.reports.language"))
        if self._problem is not None:
            self._empty.setText(self._problem.text(speech.language))

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/reports", True):
            self.hint.say("hint", Message("ui.reports.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/reports", False)


def _kinds(_task: object) -> tuple[ReportChoice, ...]:
    return report_kinds()
