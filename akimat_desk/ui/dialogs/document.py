"""A decision as a document: number, dates and session, filled in for a draft, corrected once confirmed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from akimat_desk.budget.decisions.details import DocumentDetails
from akimat_desk.budget.views import DocumentState
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Trilingual
from akimat_desk.reports.papers import Paper, PaperKind, Shown
from akimat_desk.storage.changes import DEFAULT_ACTOR
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.amending import AmendingDesk
from akimat_desk.ui.desks.decisions import DecisionsDesk
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.formats import DASH, day_written, read_day
from akimat_desk.ui.papers import shown_words
from akimat_desk.ui.resting import open_report
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import RoomyComboBox, button, label
from akimat_desk.ui.work import Work


class DocumentDialog(SavingDialog):
    """Editable in a workspace that may be changed; of a confirmed decision with a reason, which is kept."""

    def __init__(self, context: Context, details: DocumentDetails, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.details = details
        read_only = context.workspace is not None and context.workspace.read_only
        self.is_editable = not read_only
        self.is_draft = details.state is DocumentState.DRAFT
        self.number, self.date, self.effective, self.session = (QLineEdit(self) for _ in range(4))
        self.number.setText(details.number)
        self.date.setText(day_written(details.date))
        self.effective.setText(day_written(details.effective_date))
        self.session.setText(details.session)
        self.number.setMaxLength(100)
        self.session.setMaxLength(300)
        self.confirmed = label(wrap=True, selectable=True)
        self.reason = label(wrap=True, selectable=True)
        self.why = QLineEdit(self)
        self.why.setMaxLength(1000)
        self.corrected = label(wrap=True, selectable=True)
        self.source = label(wrap=True, selectable=True)
        self.agreed = label(wrap=True, selectable=True)
        self.proposals = label(wrap=True, selectable=True)
        self.save_button = button("plain", self)
        self.save_button.clicked.connect(self.save_source)
        self._shown: tuple[Shown, ...] = ()
        self.reports: QComboBox = RoomyComboBox(24, self)
        self.open_button = button("plain", self)
        self.open_button.clicked.connect(self.open_report)
        self._arrange()
        self.setMinimumWidth(600)
        self.retranslate()
        desk = context.desk
        context.ask(
            lambda _task: desk.area(AmendingDesk).showing(Paper(PaperKind.DECISION, details.id)),
            self._take_reports,
            self._refused,
        )
        if self.is_editable and self.is_draft:
            next((field for field in self._fields() if not field.text()), self.number).setFocus()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self.number, self.date, self.session, self.effective)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        kept = QWidget(self)
        beside = QHBoxLayout(kept)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.source, 1)
        beside.addWidget(self.save_button)
        self.save_button.setVisible(self.details.source is not None)
        rows: list[tuple[str, QWidget]] = [
            ("number", self.number),
            ("date", self.date),
            ("session", self.session),
            ("effective", self.effective),
            ("why", self.why),
            ("confirmed", self.confirmed),
            ("corrected", self.corrected),
            ("agreed", self.agreed),
            ("proposals", self.proposals),
        ]
        if self.details.reason:
            rows.append(("reason", self.reason))
        rows.append(("source", kept))
        opened = QWidget(self)
        row = QHBoxLayout(opened)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.reports, 1)
        row.addWidget(self.open_button)
        rows.append(("reports", opened))
        self._labels: dict[str, QLabel] = {}
        for name, part in rows:
            made = self._labels[name] = label("quiet")
            made.setBuddy(part)
            form.addRow(made, part)
        for field in (*self._fields(), self.why):
            field.setReadOnly(not self.is_editable)
        self.content.addLayout(form)
        self._form = form
        form.setRowVisible(self.proposals, False)
        form.setRowVisible(self.why, self.is_editable and not self.is_draft)
        form.setRowVisible(self.corrected, bool(self.details.corrections))
        desk, document_id = self.context.desk, self.details.id
        self.context.ask(
            lambda _task: desk.area(MeetingsDesk).proposals_of(document_id), self._show_proposals
        )
        self.reject_button.setVisible(self.is_editable)

    @classmethod
    def ask(cls, context: Context, details: DocumentDetails, parent: QWidget | None) -> object:
        """The decision's summary after a change; None when nothing was changed."""
        dialog = cls(context, details, parent)
        return dialog.saved if dialog.run() else None

    @Slot(object)
    def _show_proposals(self, lines: list[tuple[str, Trilingual]]) -> None:
        """The residents' proposals that the document carries: the other end of their thread."""
        language = self.speech.language
        self.proposals.setText("\n".join(f"{line} – {what.text(language)}" for line, what in lines))
        self._form.setRowVisible(self.proposals, bool(lines))
        self._fit()

    def _agreed(self) -> str:
        """Which minutes dealt with it, and in words where none agrees it."""
        language = self.speech.language
        lines = []
        for basis in self.details.bases:
            answer = {True: "yes", False: "no", None: "open"}[basis.agreed]
            lines.append(
                self.speech(
                    "ui.document.basis",
                    kind=self.speech(f"meeting.kind.{basis.kind}"),
                    number=basis.number or "–",
                    day=basis.date,
                    item=basis.item,
                    answer=self.speech(f"ui.document.basis.{answer}"),
                )
            )
        return "\n".join([*lines, *(f"⚠ {each.message(language)}" for each in self.details.unagreed)])

    # -- storing ------------------------------------------------------------------------------

    @Slot()
    def finish(self) -> None:
        if self.is_editable and (self.is_draft or self._is_changed() or self.why.text().strip()):
            super().finish()
        else:
            self.accept()

    def _is_changed(self) -> bool:
        details = self.details
        known = (
            details.number, day_written(details.date), details.session, day_written(details.effective_date)
        )  # fmt: skip
        return tuple(field.text().strip() for field in self._fields()) != known

    def fault(self) -> str | None:
        for field, known in ((self.date, self.details.date), (self.effective, self.details.effective_date)):
            try:
                day = read_day(field.text())
            except ValueError:
                field.setFocus()
                return self.speech("ui.date.wrong", written=field.text().strip())
            if day is None and known is not None:
                field.setFocus()
                return self.speech("ui.document.date_stays", date=known)
        if not self.is_draft and not self.why.text().strip():
            self.why.setFocus()
            return self.speech("error.decision.correction_reason")
        return None

    def work(self) -> Work:
        desk, details = self.context.desk, self.details
        number, session = self.number.text(), self.session.text()
        date, effective = read_day(self.date.text()), read_day(self.effective.text())
        if not self.is_draft:
            why = self.why.text()
            return lambda _task: desk.area(DecisionsDesk).correct(
                details.id, why, number, date, effective, session
            )
        return lambda _task: desk.describe(details.unit_id, details.id, number, date, effective, session)

    @Slot(object)
    def _take_reports(self, shown: tuple[Shown, ...]) -> None:
        """The reports that show this document are known."""
        self._shown = shown
        self._fill_reports()

    def _fill_reports(self) -> None:
        row = max(self.reports.currentIndex(), 0)
        self.reports.clear()
        for shown in self._shown:
            self.reports.addItem(shown_words(shown, self.speech))
        self.reports.setCurrentIndex(row if row < self.reports.count() else -1)
        self.open_button.setEnabled(bool(self._shown))

    @Slot()
    def open_report(self) -> None:
        """Close, keeping nothing that was typed, and show the report that is chosen."""
        row, window = self.reports.currentIndex(), self.parentWidget()
        if 0 <= row < len(self._shown) and window is not None:
            self.reject()
            open_report(self.context, window, self._shown[row])

    @Slot()
    def save_source(self) -> None:
        """Write the file the decision was read from where the person wants it."""
        source = self.details.source
        if source is None:
            return
        title, kind = self.speech("ui.document.save_source"), self.speech("ui.files.decision")
        path = ask_save(self.context, self, "decision", title, source.name, kind)
        if path is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.save_source(source.attachment_id, path),
                self._source_saved,
                failed=self._refused,
            )

    @Slot(object)
    def _source_saved(self, path: Path) -> None:
        self.problem.hide()
        self.source.setText(self.speech("ui.document.source_saved", path=path))

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        super()._refused(problem)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, details = self.speech, self.details
        self.setWindowTitle(speech("ui.document.title"))
        self.words.setText(details.title or speech("ui.document.no_title"))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.document.{name}"))
        for name in ("date", "effective", "session"):
            field: QLineEdit = getattr(self, name)
            shape = "ui.document.session.shape" if name == "session" else "ui.date.shape"
            field.setPlaceholderText(speech(shape) if self.is_editable else speech("ui.not_stated"))
        if not self.is_editable:
            self.number.setPlaceholderText(speech("ui.not_stated"))
        self.why.setPlaceholderText(speech("ui.document.why.shape"))
        if details.confirmed_at is None:
            self.confirmed.setText(speech("ui.document.draft_since", when=self._when(details.created_at)))
        else:
            self.confirmed.setText(f"{self._when(details.confirmed_at)}, {self._who(details.confirmed_by)}")
        self.corrected.setText("\n".join(self._corrections()))
        self.agreed.setText(self._agreed())
        self.reason.setText(details.reason)
        if details.source is None:
            self.source.setText(speech("ui.document.no_source"))
        else:
            size = max(round(details.source.size / 1024), 1)
            self.source.setText(speech("ui.document.source_file", name=details.source.name, size=size))
        self.save_button.setText(speech("ui.document.save_source"))
        self.open_button.setText(speech("ui.rests_on.open"))
        self.reports.setAccessibleName(speech("ui.document.reports"))
        self._fill_reports()
        self.accept_button.setText(speech("ui.save" if self.is_editable else "ui.close"))
        self._fit()

    def _fit(self) -> None:
        """As high as its sentences need at its width: a form asks for one line of each only."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        wide = max(self.width(), self.minimumWidth())
        self.resize(wide, max(layout.totalHeightForWidth(wide), layout.totalSizeHint().height()))

    def _corrections(self) -> list[str]:
        """Each correction: when, by whom, what stood before, why."""
        return [
            self.speech(
                "ui.document.correction",
                when=self._when(each.at),
                who=self._who(each.by),
                number=each.number or DASH,
                date=day_written(each.date) or DASH,
                reason=each.reason,
            )
            for each in self.details.corrections
        ]

    @staticmethod
    def _when(moment: dt.datetime) -> str:
        there = moment.astimezone()
        return f"{dates.short(there.date())} {there:%H:%M}"

    def _who(self, name: str) -> str:
        return self.speech("ui.document.default_actor") if name == DEFAULT_ACTOR.name else name
