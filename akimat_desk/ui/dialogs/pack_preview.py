"""What a newer classification would change, row by row, before anything is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QLineEdit, QWidget

from akimat_desk.classification.pack_changes import PackRow, State
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.core.language import Language
from akimat_desk.core.text import search_form
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import PackFileRead, ReferenceDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.formats import code_shown
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import tokens
from akimat_desk.ui.widgets.basics import label, table_view
from akimat_desk.ui.work import Work

_COLUMNS = ("state", "code", "before_kk", "after_kk", "before_ru", "after_ru", "where")
_ICON = {
    State.NEW: ("new", "good"),
    State.CHANGED: ("info", "info"),
    State.MISSING: ("warning", "warning"),
    State.ENDED: ("warning", "warning"),
    State.SAME: ("good", "good"),
    State.WRONG: ("error", "error"),
}
_WANTED = (State.NEW, State.CHANGED, State.ENDED, State.WRONG, State.MISSING, State.SAME)


class PackPreviewDialog(SavingDialog):
    """New, changed, ended, missing, unchanged and wrong rows; what to do about the chosen one."""

    def __init__(self, context: Context, read: PackFileRead, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read = read
        self.preview = read.preview
        self.shown = QComboBox(self)
        self.shown.addItem("", None)
        for state in _WANTED:
            self.shown.addItem("", state)
        self.shown.currentIndexChanged.connect(self._fill)
        self._shown_label = label()
        self._shown_label.setBuddy(self.shown)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.model = RowsModel(len(_COLUMNS), parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._say_remarks)
        self.remarks = label(wrap=True, selectable=True)
        self.remarks.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.remarks.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.end_missing = QCheckBox(self)
        self.end_missing.setVisible(self.preview.count(State.MISSING) > 0)
        self.end_missing.toggled.connect(self._offer)
        line = QHBoxLayout()
        line.addWidget(self._shown_label)
        line.addWidget(self.shown)
        line.addWidget(self.search, 1)
        self.content.addLayout(line)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.remarks)
        self.content.addWidget(self.end_missing)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.resize(1180, 640)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, read: PackFileRead, parent: QWidget | None) -> int | None:
        """The id of the stored source; None when called off."""
        dialog = cls(context, read, parent)
        stored = dialog.saved if dialog.run() else None
        return stored if isinstance(stored, int) else None

    def fault(self) -> str | None:
        if not self.preview.additions(self.end_missing.isChecked()):
            return self.speech("error.classification.nothing_new", name=self.preview.name)
        return None

    def work(self) -> Work:
        desk, read, end_missing = self.context.desk, self._read, self.end_missing.isChecked()
        return lambda _task: desk.area(ReferenceDesk).take_in_pack(read, end_missing)

    # -- rows ---------------------------------------------------------------------------------

    @Slot()
    def _fill(self) -> None:
        speech = self.speech
        state = self.shown.currentData()
        words = search_form(self.search.text()).split()
        order = {each: at for at, each in enumerate(_WANTED)}
        rows = sorted(self.preview.rows, key=lambda row: order[row.state])
        # Unchanged rows hide what matters: they are shown when asked for.
        kept = [
            row
            for row in rows
            if (row.state is not State.SAME if state is None else row.state is State(state))
            and all(word in _said(row) for word in words)
        ]
        heads = [speech(f"ui.codes.pack.{name}") for name in _COLUMNS]
        self.model.show_rows(heads, [self._row(row) for row in kept])
        wide = self.fontMetrics().averageCharWidth()
        header = self.table.horizontalHeader()
        for column, share in enumerate((20, 17, 0, 0, 0, 0, 22)):
            if share:
                header.resizeSection(column, share * wide)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        if kept:
            self.table.selectRow(0)
        else:
            self.remarks.setText(speech("ui.codes.pack.none"))

    def _row(self, row: PackRow) -> RowText:
        name, token = _ICON[row.state]
        before, after = row.before, row.after
        shown = (row.shown, "", "", "") if row.state is State.WRONG and row.shown else None
        names = shown or (before.kk, after.kk, before.ru, after.ru)
        where = self.speech("ui.codes.pack.row", sheet=row.sheet, row=row.row) if row.row is not None else ""
        code = code_shown(row.code)
        if row.former:
            code = f"{row.former} → {code}"
        state = self.speech(f"classification.state.{row.state.value}")
        return RowText((state, code, *names, where), icon=icon(name, getattr(tokens(), token)), key=row)

    @Slot()
    def _say_remarks(self) -> None:
        row = self.model.key(self.table.currentIndex())
        if not isinstance(row, PackRow):
            self.remarks.setText("")
            return
        lines = [_sentence(finding, self.speech.language) for finding in by_weight(row.remarks)]
        if row.former:
            lines.append(self.speech("ui.codes.pack.moved", former=row.former, code=code_shown(row.code)))
        if not lines:
            lines.append(self.speech(f"ui.codes.pack.says.{row.state.value}", year=str(self.preview.year)))
        if row.state is State.CHANGED:
            for one, other in ((row.before.kk, row.after.kk), (row.before.ru, row.after.ru)):
                if one != other:
                    lines.append(f"«{one or '…'}» → «{other}»")
        self.remarks.setText("\n".join(lines))

    @Slot()
    def _offer(self) -> None:
        count = len(self.preview.additions(self.end_missing.isChecked()))
        self.accept_button.setText(self.speech("ui.codes.pack.store", count=count))
        self.accept_button.setEnabled(count > 0)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.codes.pack.title", name=self.preview.name))
        notes = [_sentence(finding, speech.language) for finding in by_weight(self.preview.findings)]
        counts = ", ".join(
            f"{speech(f'classification.state.{state.value}').lower()}: {self.preview.count(state)}"
            for state in _WANTED
            if self.preview.count(state)
        )
        words = speech("ui.codes.pack.words", year=str(self.preview.year), counts=counts)
        self.words.setText("\n".join([words, *notes]))
        self._shown_label.setText(speech("ui.codes.pack.shown"))
        self.shown.setItemText(0, speech("ui.codes.pack.all"))
        for number, state in enumerate(_WANTED, 1):
            count = self.preview.count(state)
            self.shown.setItemText(number, f"{speech(f'classification.state.{state.value}')} ({count})")
        self.shown.setAccessibleName(speech("ui.codes.pack.shown"))
        self.search.setPlaceholderText(speech("ui.codes.search"))
        self.search.setAccessibleName(speech("ui.codes.search"))
        self.table.setAccessibleName(self.windowTitle())
        self.end_missing.setText(speech("ui.codes.pack.end_missing", count=self.preview.count(State.MISSING)))
        self._offer()
        self._fill()


def _sentence(finding: Finding, language: Language) -> str:
    return " ".join(filter(None, (finding.message(language), finding.fix(language))))


def _said(row: PackRow) -> str:
    names = (row.before.kk, row.after.kk, row.before.ru, row.after.ru, row.before.en, row.after.en)
    return search_form(" ".join((str(row.code or ""), row.shown, *names)))
