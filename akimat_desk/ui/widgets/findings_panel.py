"""The list of findings with all there is to say of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.ui.formats import counts, difference, severity_word
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.findings import FindingColumn, FindingsModel
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label, table_view


class FindingsPanel(QWidget):
    """Severity, message, difference and where; the whole sentence, what to do and the article beside them.

    Enter or a click jumps to the line.
    """

    chosen = Signal(object)
    folded = Signal(bool)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._findings: tuple[Finding, ...] = ()
        self._jumped = -1
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
        self.table.setColumnWidth(FindingColumn.WHERE, 22 * self.fontMetrics().averageCharWidth())
        self.table.selectionModel().currentChanged.connect(self._show_details)
        self.table.clicked.connect(self._jump)
        self.table.activated.connect(self._jump)
        self._details = label(wrap=True, selectable=True)
        self._details.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(SPACE)
        head.addWidget(self._counts)
        head.addStretch(1)
        head.addWidget(self._fold)
        words = QScrollArea(self)
        words.setWidgetResizable(True)
        words.setWidget(self._details)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget(self)
        beside = QHBoxLayout(self._body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE)
        beside.addWidget(self.table, 5)
        beside.addWidget(words, 2)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, SPACE // 2, 0, 0)
        column_layout.setSpacing(SPACE // 2)
        column_layout.addLayout(head)
        column_layout.addWidget(self._body, 1)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def is_folded(self) -> bool:
        """Whether only the heading shows."""
        return self._body.isHidden()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What it shows."""
        return self._findings

    @property
    def current(self) -> Finding | None:
        """The finding whose details are shown."""
        return self.model.finding(self.table.currentIndex())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the panel folds itself away when there are none."""
        self._findings = tuple(findings)
        self._jumped = -1
        self.model.show_findings(findings)
        self._details.clear()
        self._fold.setEnabled(bool(findings))
        self.set_folded(not findings)
        if findings:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.retranslate()

    def follow(self, findings: Sequence[Finding], *, fold: bool = False) -> None:
        """Show these while somebody types: what is folded stays so, what is chosen keeps its place.

        ``fold`` folds the list away at the beginning.
        """
        if tuple(findings) != self._findings:
            row = self.table.currentIndex().row()
            self._findings = tuple(findings)
            self._jumped = -1
            self.model.show_findings(findings)
            self._fold.setEnabled(bool(findings))
            if findings:
                self.table.setCurrentIndex(self.model.index(min(max(row, 0), len(findings) - 1), 0))
        if fold or (not findings and not self.is_folded):
            self.set_folded(True)
        self.retranslate()

    def set_folded(self, folded: bool) -> None:
        """Show only the heading, or all."""
        self._body.setHidden(folded)
        # Folded, the panel keeps the height of its heading and gives the rest to the page.
        self.setMaximumHeight(self._fold.sizeHint().height() + 2 * SPACE if folded else 16_777_215)
        self.folded.emit(folded)
        self.retranslate()

    def next(self) -> Finding | None:
        """Jump to the next finding, from the top again after the last."""
        rows = self.model.rowCount()
        if not rows:
            return None
        index = self.model.index((self._jumped + 1) % rows, 0)
        self._jumped = index.row()
        self.table.setCurrentIndex(index)
        finding = self.model.finding(index)
        self.chosen.emit(finding)
        return finding

    @Slot()
    def retranslate(self) -> None:
        self._title.setText(self._speech("ui.findings.title"))
        self._fit_columns()
        self._counts.setText(counts(self._findings, self._speech))
        self._fold.setText(self._speech("ui.findings.show" if self.is_folded else "ui.findings.fold"))
        self.table.setAccessibleName(self._speech("ui.findings.title"))
        self._show_details(self.table.currentIndex())

    def _fit_columns(self) -> None:
        """The words of a severity and the difference with its heading are read whole in any language."""
        words = [severity_word(severity, self._speech) for severity in Severity]
        wide = max(map(self.fontMetrics().horizontalAdvance, words))
        self.table.setColumnWidth(FindingColumn.SEVERITY, wide + self.table.iconSize().width() + 3 * SPACE)
        header = self.table.horizontalHeader()
        self.table.setColumnWidth(
            FindingColumn.DIFFERENCE, header.sectionSizeHint(FindingColumn.DIFFERENCE) + SPACE
        )

    @Slot(QModelIndex)
    def _show_details(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is None:
            self._details.clear()
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
        self._details.setText("\n\n".join(parts))

    @Slot(QModelIndex)
    def _jump(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is not None:
            self._jumped = index.row()
            self.chosen.emit(finding)

    @Slot()
    def _toggle(self) -> None:
        self.set_folded(not self.is_folded)
