"""The list of findings with all there is to say of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.findings import Finding
from akimat_desk.ui.formats import counts, difference
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.findings import FindingColumn, FindingsModel
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label, table_view


class FindingsPanel(QWidget):
    """Severity, message, difference, where and source; what to do stands below. Enter or a click jumps."""

    chosen = Signal(object)
    folded = Signal(bool)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._findings: tuple[Finding, ...] = ()
        self._title = label("subtitle")
        self._counts = label("quiet")
        self._fold = button("quiet", self)
        self._fold.clicked.connect(self._toggle)
        self.model = FindingsModel(speech, self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(FindingColumn.MESSAGE, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (FindingColumn.SEVERITY, 130),
            (FindingColumn.DIFFERENCE, 150),
            (FindingColumn.WHERE, 250),
            (FindingColumn.SOURCE, 190),
        ):
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().currentChanged.connect(self._show_details)
        self.table.clicked.connect(self._jump)
        self.table.activated.connect(self._jump)
        self._details = label(wrap=True, selectable=True)
        self._details.setMinimumHeight(44)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(SPACE)
        head.addWidget(self._counts)
        head.addStretch(1)
        head.addWidget(self._fold)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, SPACE // 2, 0, 0)
        column_layout.setSpacing(SPACE // 2)
        column_layout.addLayout(head)
        column_layout.addWidget(self.table, 1)
        column_layout.addWidget(self._details)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def is_folded(self) -> bool:
        """Whether only the heading shows."""
        return self.table.isHidden()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the panel folds itself away when there are none."""
        self._findings = tuple(findings)
        self.model.show_findings(findings)
        self._details.clear()
        self._fold.setEnabled(bool(findings))
        self.set_folded(not findings)
        self.retranslate()

    def set_folded(self, folded: bool) -> None:
        """Show only the heading, or all."""
        self.table.setHidden(folded)
        self._details.setHidden(folded or not self._details.text())
        # Folded, the panel keeps the height of its heading and gives the rest to the page.
        self.setMaximumHeight(self._fold.sizeHint().height() + 2 * SPACE if folded else 16_777_215)
        self.folded.emit(folded)
        self.retranslate()

    def next(self) -> Finding | None:
        """Choose the next finding, from the top again after the last."""
        rows = self.model.rowCount()
        if not rows:
            return None
        index = self.model.index((self.table.currentIndex().row() + 1) % rows, 0)
        self.table.setCurrentIndex(index)
        finding = self.model.finding(index)
        self.chosen.emit(finding)
        return finding

    @Slot()
    def retranslate(self) -> None:
        self._title.setText(self._speech("ui.findings.title"))
        self._counts.setText(counts(self._findings, self._speech))
        self._fold.setText(self._speech("ui.findings.show" if self.is_folded else "ui.findings.fold"))
        self.table.setAccessibleName(self._speech("ui.findings.title"))
        self._show_details(self.table.currentIndex())

    @Slot(QModelIndex)
    def _show_details(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is None:
            self._details.clear()
            self._details.hide()
            return
        language = self._speech.language
        parts = [finding.message(language)]
        if finding.difference is not None:
            parts.append(self._speech("ui.findings.difference", amount=difference(finding, self._speech)))
        fix = finding.fix(language)
        if fix:
            parts.append(self._speech("ui.findings.fix", fix=fix))
        if finding.source:
            parts.append(self._speech("ui.findings.source", source=finding.source_text(language)))
        self._details.setText(
            " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts)
        )
        self._details.setHidden(self.is_folded)

    @Slot(QModelIndex)
    def _jump(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is not None:
            self.chosen.emit(finding)

    @Slot()
    def _toggle(self) -> None:
        self.set_folded(not self.is_folded)
