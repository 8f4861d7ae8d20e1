"""Lists of places and of people before they are stored: how many of each, what is wrong row by row."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from akimat_desk.core.money import NO_BREAK_SPACE
from akimat_desk.places.kato_file import KatoFile
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.population import PopulationFile
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import ReferenceDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.work import Work

_SHOWN_KINDS = tuple(reversed(UnitKind))


class KatoPreviewDialog(SavingDialog):
    """The statistics office's list: counts by kind, odd rows."""

    def __init__(self, context: Context, file: KatoFile, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.file = file
        self._counts = label(wrap=True, selectable=True)
        self.panel = FindingsPanel(context.speech, self)
        self.panel.show_findings(file.odd)
        self.panel.setVisible(bool(file.odd))
        self.content.addWidget(self._counts)
        self.content.addWidget(self.panel, 1)
        self.resize(900, 520 if file.odd else 260)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, file: KatoFile, parent: QWidget | None) -> int | None:
        """How many places were stored; None when called off."""
        dialog = cls(context, file, parent)
        stored = dialog.saved if dialog.run() else None
        return stored if isinstance(stored, int) else None

    def work(self) -> Work:
        desk, file = self.context.desk, self.file
        return lambda _task: desk.area(ReferenceDesk).take_in_kato(file)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, file = self.speech, self.file
        self.setWindowTitle(speech("ui.places.kato.title", name=file.name))
        where = "both" if self.context.workspace is not None else "personal"
        self.words.setText(speech(f"ui.places.kato.words.{where}"))
        lines = [speech("ui.places.kato.count", count=len(file.places))]
        lines += [
            f"   {speech(f'places.kinds.{kind.value}')}: {_grouped(file.kinds[kind])}"
            for kind in _SHOWN_KINDS
            if file.kinds[kind]
        ]
        nameless = file.counts["places.kato_no_kk"]
        if nameless:
            lines.append(speech("ui.places.kato.no_kk", count=nameless))
        if file.refused:
            lines.append(speech("ui.places.kato.refused", count=file.refused))
        self._counts.setText("\n".join(lines))
        self.accept_button.setText(speech("ui.places.kato.store"))


class PeoplePreviewDialog(SavingDialog):
    """People by year of a workbook beside what is on file."""

    def __init__(self, context: Context, file: PopulationFile, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.file = file
        self.model = RowsModel(1, 4, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.panel = FindingsPanel(context.speech, self)
        self.panel.show_findings(file.findings)
        self.panel.setVisible(bool(file.findings))
        self.content.addWidget(self.table, 2)
        self.content.addWidget(self.panel, 1)
        self.resize(900, 560)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, file: PopulationFile, parent: QWidget | None) -> int | None:
        """How many figures were stored; None when called off."""
        dialog = cls(context, file, parent)
        stored = dialog.saved if dialog.run() else None
        return stored if isinstance(stored, int) else None

    def fault(self) -> str | None:
        if not self.file.changed:
            return self.speech("error.places.people_nothing_new", name=self.file.name)
        return None

    def work(self) -> Work:
        desk, file = self.context.desk, self.file
        return lambda _task: desk.area(ReferenceDesk).take_in_people(file)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, file = self.speech, self.file
        self.setWindowTitle(speech("ui.places.people.title", name=file.name))
        self.words.setText(speech("ui.places.people.words"))
        heads = [speech(f"ui.places.people.{name}") for name in ("unit", "year", "before", "people", "state")]
        rows = []
        for row in file.rows:
            state = "same" if row.before == row.people else "new" if row.before is None else "changed"
            before = _grouped(row.before) if row.before is not None else ""
            cells = (
                row.unit.name.text(speech.language),
                str(row.year),
                before,
                _grouped(row.people),
                speech(f"classification.state.{state}"),
            )
            rows.append(RowText(cells, bold=state != "same"))
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in ((1, 10), (2, 15), (3, 15), (4, 18)):
            header.resizeSection(column, share * wide)
        self.table.setAccessibleName(self.windowTitle())
        self.accept_button.setText(speech("ui.places.people.store", count=len(file.changed)))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NO_BREAK_SPACE)
