"""What this workspace added to the classification: packs and codes, taken back or brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from akimat_desk.classification.service import SourceView
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import ReferenceDesk
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import button, label, table_view

_COLUMNS = ("what", "since", "count", "added", "who", "state")


class CodeSourcesDialog(Dialog):
    """A list with one button: withdraw, or bring back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._sources: tuple[SourceView, ...] = ()
        self.model = RowsModel(len(_COLUMNS), parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.change = button("plain", self)
        self.change.clicked.connect(self._change)
        self.change.setEnabled(False)
        self._none = label("quiet", wrap=True)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._none)
        self.content.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.reject_button.hide()
        self.resize(860, 420)
        self.retranslate()
        desk = context.desk
        context.ask(lambda _task: desk.area(ReferenceDesk).sources(), self._show)

    @classmethod
    def show_all(cls, context: Context, parent: QWidget | None) -> None:
        """Show the list until it is closed."""
        cls(context, parent).run()

    @Slot(object)
    def _show(self, sources: tuple[SourceView, ...]) -> None:
        self._sources = sources
        self.problem.hide()
        self._fill()

    def _fill(self) -> None:
        speech = self.speech
        at = max(self.table.currentIndex().row(), 0)
        rows = []
        for source in self._sources:
            kind = speech(f"classification.source.{source.kind.value}")
            counts = source.withdrawn_at is None
            day = dates.short(source.added_at.astimezone().date())
            state = speech(f"classification.source.{'counts' if counts else 'withdrawn'}")
            cells = (
                f"{kind}: {source.title}",
                str(source.since),
                str(source.count),
                day,
                source.added_by,
                state,
            )
            rows.append(RowText(cells, bold=counts, key=source))
        self.model.show_rows([speech(f"ui.codes.sources.{name}") for name in _COLUMNS], rows)
        header = self.table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((0, 12, 10, 14, 16, 16)):
            header.resizeSection(column, share * wide)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.change.setVisible(bool(rows))
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))

    def _current(self) -> SourceView | None:
        source = self.model.key(self.table.currentIndex())
        return source if isinstance(source, SourceView) else None

    @Slot()
    def _chosen(self) -> None:
        source = self._current()
        writable = self.context.workspace is not None and not self.context.workspace.read_only
        self.change.setEnabled(source is not None and writable)
        if source is not None:
            key = "withdraw" if source.withdrawn_at is None else "bring_back"
            self.change.setText(self.speech(f"ui.codes.sources.{key}"))

    @Slot()
    def _change(self) -> None:
        source, desk = self._current(), self.context.desk
        if source is None:
            return
        number, undo = source.id, source.withdrawn_at is not None
        self.change.setEnabled(False)
        self.context.do(
            lambda _task: desk.area(ReferenceDesk).withdraw(number, undo),
            self._show,
            "ui.work.store",
            self._refused,
        )

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.object_to(problem.message.text(self.speech.language))
        self._chosen()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.codes.sources.title"))
        self.words.setText(speech("ui.codes.sources.words"))
        self._none.setText(speech("cli.classification.no_sources"))
        self.table.setAccessibleName(speech("ui.codes.sources.title"))
        self.accept_button.setText(speech("ui.close"))
        self.change.setText(speech("ui.codes.sources.withdraw"))
        self._fill()
