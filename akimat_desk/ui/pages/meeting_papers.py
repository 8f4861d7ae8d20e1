"""The papers of a meeting as sheets to look at, save and print; and the lawfulness card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.meetings.kinds import Status
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.meetings import MeetingPaper, meeting_paper, papers_for
from akimat_desk.reports.registry import DocLanguage
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk, MeetingState
from akimat_desk.ui.desks.reports import write_report
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.meeting_part import MeetingPart
from akimat_desk.ui.printing import Printing
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.widgets.basics import label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.widgets.preview import Preview

_LOOK = {Status.KEPT: ("good", "good"), Status.BROKEN: ("error", "error"), Status.UNKNOWN: ("help", "info")}


class PapersPart(MeetingPart):
    """Choose a paper and its language; the sheet follows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked: tuple[object, ...] = ()
        self._of: object = None  # the meeting and its state, whose papers are listed
        self.paper = QComboBox(self)
        self.paper.activated.connect(self.ask)
        self.language = QComboBox(self)
        for each in DocLanguage:
            self.language.addItem("", each)
        kept = context.settings.text("doc_language")
        usual = DocLanguage.RU if context.speech.language is Language.RU else DocLanguage.KK
        self.language.setCurrentIndex(
            max(0, self.language.findData(DocLanguage(kept) if kept in list(DocLanguage) else usual))
        )
        self.language.activated.connect(self._language_chosen)
        self.with_card = QCheckBox(self)
        self.with_card.clicked.connect(self.ask)
        self.preview = Preview(self)
        self._printing = Printing(context, self)
        self._empty = label("quiet", wrap=True)
        top = QHBoxLayout()
        top.addWidget(self.words("ui.papers.paper", buddy=self.paper))
        top.addWidget(self.paper)
        top.addWidget(self.words("ui.reports.language", buddy=self.language))
        top.addWidget(self.language)
        top.addWidget(self.with_card)
        top.addStretch(1)
        self._top = top
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self.preview, 1)
        self.retranslate()

    def add_buttons(self, buttons: list[QWidget]) -> None:
        """The page's buttons for saving and printing stand in this part's line."""
        for made in buttons:
            self._top.addWidget(made)

    def fill(self) -> None:
        assert self.state is not None
        now = (self.state.view.id, self.state.view.state)
        same, self._of = self._of == now, now
        kept = self.paper.currentData() if same else None
        self.paper.blockSignals(True)
        self.paper.clear()
        for each in papers_for(self.state.view.state):
            self.paper.addItem(self.speech(f"meeting.paper.{each.value}"), each)
        at = self.paper.findData(kept)
        self.paper.setCurrentIndex(max(at, 0))
        self.paper.blockSignals(False)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for the sheet, where it is looked at."""
        if self.state is None or not self.isVisible():
            return
        chosen = MeetingPaper(self.paper.currentData())
        self.with_card.setVisible(chosen is MeetingPaper.MINUTES)
        language = DocLanguage(self.language.currentData())
        with_card = self.with_card.isChecked() and chosen is MeetingPaper.MINUTES
        desk, meeting_id = self.context.desk, self.state.view.id
        asked = (meeting_id, chosen, language, with_card)
        self._asked = asked
        self.context.ask(
            lambda _task: (
                asked,
                desk.area(MeetingsDesk).ask(meeting_paper, meeting_id, chosen, language, with_card=with_card),
            ),
            self._show,
            self._no_paper,
        )

    @Slot(object)
    def _show(self, answer: tuple[tuple[object, ...], list[ReportDocument]]) -> None:
        asked, documents = answer
        if asked == self._asked:
            self._empty.hide()
            self.preview.show()
            self.preview.show_documents(documents)
            self.shown()

    @Slot(object)
    def _no_paper(self, problem: AkimatError) -> None:
        self.preview.clear_documents()
        self.preview.hide()
        self._empty.setText(problem.message.text(self.speech.language))
        self._empty.show()
        self.shown()

    def shown(self) -> None:
        """The page says what can be saved now."""
        page = self.parent()
        while page is not None and not hasattr(page, "provide"):
            page = page.parent()
        if page is not None:
            page.provide()

    @Slot(int)
    def _language_chosen(self, _row: int) -> None:
        self.context.settings.set_text("doc_language", DocLanguage(self.language.currentData()).value)
        self.ask()

    def save(self, file_format: str) -> None:
        """Save the sheet as a file and offer it."""
        if self.state is None or not self.preview.documents:
            return
        view = self.state.view
        paper = self.speech(f"meeting.paper.{MeetingPaper(self.paper.currentData()).value}")
        language = DocLanguage(self.language.currentData()).value
        name = f"{paper} {view.number} {day_written(view.day)} ({language}).{file_format}".replace("/", "-")
        kind = self.speech(f"ui.files.{file_format}")
        path = ask_save(self.context, self, "report", self.speech("ui.files.save_report"), name, kind)
        if path is None:
            return
        documents = self.preview.documents
        self.context.with_files(
            lambda task: write_report(documents, file_format, path, task), self._saved, "ui.work.report"
        )

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self.said.emit("good", Message("ui.notice.saved", {"path": str(path)}))

    def print_(self) -> None:
        """Print the sheet on the person's printer."""
        self._printing.start(self.preview.documents)

    @Slot()
    def retranslate(self) -> None:
        for at, each in enumerate(DocLanguage):
            self.language.setItemText(at, self.speech(f"ui.reports.language.{each.value.replace('+', '_')}"))
        self.with_card.setText(self.speech("ui.papers.with_card"))
        super().retranslate()


class CardPart(MeetingPart):
    """Every rule: kept, broken or unknown, with its article."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lawful = label("unit", wrap=True)
        self.table = table_view(self)
        self.model = RowsModel(9, 9, self)
        self.table.setModel(self.model)
        self.table.setWordWrap(True)
        self.findings = FindingsPanel(context.speech, self)
        column = QVBoxLayout(self)
        column.addWidget(self.lawful)
        column.addWidget(self.table, 3)
        column.addWidget(self.findings, 2)
        self.retranslate()

    def show_state(self, state: MeetingState) -> None:
        super().show_state(state)
        self.findings.show_findings(state.card.findings)
        self.findings.setVisible(bool(state.card.findings))

    def fill(self) -> None:
        assert self.state is not None
        language = self.speech.language
        answer = {True: "lawful", False: "unlawful", None: "unknown"}[self.state.card.lawful]
        self.lawful.setText(self.speech(f"meeting.card.{answer}"))
        rows = []
        for verdict in self.state.card.verdicts:
            name, token = _LOOK[verdict.status]
            status = self.speech(f"meeting.status.{verdict.status.value}")
            rows.append(
                RowText(
                    (
                        verdict.title(language),
                        status,
                        verdict.is_text.text(language),
                        verdict.needed_text.text(language),
                        self.speech(verdict.article),
                    ),
                    icon=icon(name, getattr(tokens(), token)),
                )
            )
        self.model.show_rows(
            [self.speech(f"report.meeting.col.{n}") for n in ("rule", "status", "is", "needed", "article")],
            rows,
        )
        header = self.table.horizontalHeader()
        for column, width in enumerate((210, 108, 262, 290, 200)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)

    @Slot()
    def retranslate(self) -> None:
        self.table.setAccessibleName(self.speech("report.meeting.card.title"))
        super().retranslate()
