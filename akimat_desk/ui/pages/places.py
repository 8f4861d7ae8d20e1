"""The Places page: the workspace's units with people by year, and the statistics office's list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.money import NO_BREAK_SPACE
from akimat_desk.core.strings import Message
from akimat_desk.places.kato_file import KatoFile
from akimat_desk.places.kato_list import FoundPlace
from akimat_desk.places.population import PopulationFile, read_people
from akimat_desk.places.service import UnitView
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import PlacesOverview, ReferenceDesk, read_kato_file
from akimat_desk.ui.models.people import PeopleColumn, PeopleModel
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, label, table_view
from akimat_desk.ui.widgets.place_finder import PlaceFinder

_COLUMNS = ("name", "kato", "kind", "people")
_FOUND_ROWS = 7


class PlacesPage(Page):
    """Units at the left, people of the chosen one at the right, the KATO list below."""

    stays = True

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.overview: PlacesOverview | None = None
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self.units = RowsModel(len(_COLUMNS) - 1, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.units)
        self.table.selectionModel().currentChanged.connect(self._look_at)
        self._people_title = label("subtitle")
        self.people = PeopleModel(self.speech, self)
        self.people.typed.connect(self._set_people)
        self.people_table = table_view(self)
        self.people_table.setModel(self.people)
        self.people_table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.people_table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self._people_words = label("quiet", wrap=True)
        self._kato_title = label("subtitle")
        self._kato_words = label("quiet", wrap=True)
        self.finder = PlaceFinder(context, self, rows=_FOUND_ROWS, at_home=True)
        self.finder.chosen.connect(self._show_place)
        self._place = label(wrap=True, selectable=True)
        self._arrange(actions)
        self.retranslate()

    def _arrange(self, actions: Actions) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(ActionButton(actions["unit"], "quiet", self))
        head.addWidget(ActionButton(actions["take_in_people"], "quiet", self))
        head.addWidget(ActionButton(actions["take_in_kato"], "quiet", self))
        right = QWidget(self)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE // 2)
        beside.addWidget(self._people_title)
        beside.addWidget(self._people_words)
        beside.addWidget(self.people_table, 1)
        self._upper = QSplitter(Qt.Orientation.Horizontal, self)
        self._upper.addWidget(self.table)
        self._upper.addWidget(right)
        self._upper.setStretchFactor(0, 3)
        self._upper.setStretchFactor(1, 2)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, SPACE, 0, 0)
        below.setSpacing(SPACE // 2)
        below.addWidget(self._kato_title)
        below.addWidget(self._kato_words)
        below.addWidget(self.finder)
        below.addWidget(self._place)
        below.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self._upper, 3)
        body.addWidget(lower, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addLayout(body, 1)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(ReferenceDesk).places(), self._show)

    @Slot(object)
    def _show(self, overview: PlacesOverview) -> None:
        self.overview = overview
        self._fill()
        self.retranslate()

    def _fill(self) -> None:
        overview, language = self.overview, self.speech.language
        if overview is None:
            return
        latest: dict[int, int] = {}
        for each in overview.people:  # in order of the years
            latest[each.unit_id] = each.people
        chosen = self._unit()
        shown = sorted(overview.units, key=lambda unit: sort_key(unit.name.text(language)))
        rows = [
            RowText(
                (
                    unit.name.text(language),
                    unit.kato or "",
                    self.speech(f"ui.unit.kind.{unit.kind.value}"),
                    _grouped(latest[unit.id]) if unit.id in latest else "",
                ),
                key=unit,
            )
            for unit in shown
        ]
        self.units.show_rows([self.speech(f"ui.places.column.{name}") for name in _COLUMNS], rows)
        header = self.table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, share in ((1, 13), (2, 20), (3, 14)):
            header.resizeSection(column, share * wide)
        wanted = chosen.id if chosen is not None else self.context.chosen.unit_id
        at = next((row for row, unit in enumerate(shown) if unit.id == wanted), 0)
        if rows:
            self.table.selectRow(at)
        self._fill_people()

    def _unit(self) -> UnitView | None:
        unit = self.units.key(self.table.currentIndex())
        return unit if isinstance(unit, UnitView) else None

    @Slot(QModelIndex, QModelIndex)
    def _look_at(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self._fill_people()

    def _fill_people(self) -> None:
        unit, overview = self._unit(), self.overview
        if unit is None or overview is None:
            self.people.show_people((), editable=False)
            self._people_title.setText(self.speech("ui.places.people"))
            return
        workspace = self.context.workspace
        editable = workspace is not None and not workspace.read_only
        self.people.show_people([each for each in overview.people if each.unit_id == unit.id], editable)
        name = unit.name.text(self.speech.language)
        self._people_title.setText(self.speech("ui.places.people_of", unit=name))
        header = self.people_table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        header.resizeSection(PeopleColumn.YEAR, 16 * wide)
        header.resizeSection(PeopleColumn.PEOPLE, 15 * wide)
        header.setSectionResizeMode(PeopleColumn.SOURCE, QHeaderView.ResizeMode.Stretch)

    @Slot(object)
    def _show_place(self, place: FoundPlace) -> None:
        kk = ", ".join(
            name.kk for name in (place.full_name, place.okrug, place.raion, place.oblast) if name.kk
        )
        ru = ", ".join(
            name.ru for name in (place.full_name, place.okrug, place.raion, place.oblast) if name.ru
        )
        kind = self.speech(f"ui.unit.kind.{place.kind.value}")
        self._place.setText("\n".join(filter(None, (f"{place.code} · {kind}", kk, ru))))

    # -- people -------------------------------------------------------------------------------

    @Slot(str, str, str)
    def _set_people(self, year: str, people: str, source: str) -> None:
        unit, desk = self._unit(), self.context.desk
        if unit is None:
            return
        number = unit.id
        try:
            count = read_people(people) if people.strip() else None
            when = int(year) if year.isascii() and year.isdigit() else 0
        except AkimatError as problem:
            self._refused(problem)
            return
        self.context.do(
            lambda _task: desk.area(ReferenceDesk).set_people(number, when, count, source),
            None,
            "",
            self._refused,
        )

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.context.notice.emit("error", problem.message)
        self._fill_people()

    def take_in_people(self) -> None:
        """People by year from a workbook, shown before they are stored."""
        from akimat_desk.ui.dialogs.files import ask_workbook

        path = ask_workbook(self.context, self, "classification", "ui.places.choose_people")
        if path is not None:
            self.take_in_people_file(path)

    def take_in_people_file(self, path: Path) -> None:
        """The same for a file already chosen."""
        desk = self.context.desk
        self.context.do(
            lambda task: desk.area(ReferenceDesk).read_people(path, task),
            self._preview_people,
            "ui.work.people",
            self._refused,
        )

    @Slot(object)
    def _preview_people(self, file: PopulationFile) -> None:
        from akimat_desk.ui.dialogs.places_preview import PeoplePreviewDialog

        stored = PeoplePreviewDialog.ask(self.context, file, self)
        if stored is not None:
            self.context.notice.emit("good", Message("cli.places.people_taken_in", {"count": stored}))

    # -- the list -----------------------------------------------------------------------------

    def take_in_kato(self) -> None:
        """The statistics office's list from a workbook, shown before it is stored."""
        from akimat_desk.ui.dialogs.files import ask_workbook

        path = ask_workbook(self.context, self, "classification", "ui.places.choose_kato")
        if path is not None:
            self.take_in_kato_file(path)

    def take_in_kato_file(self, path: Path) -> None:
        """The same for a file already chosen."""
        self.context.with_files(
            lambda task: read_kato_file(path, task), self._preview_kato, "ui.work.kato", self._refused
        )

    @Slot(object)
    def _preview_kato(self, file: KatoFile) -> None:
        from akimat_desk.ui.dialogs.places_preview import KatoPreviewDialog

        stored = KatoPreviewDialog.ask(self.context, file, self)
        if stored is not None:
            self.context.notice.emit("good", Message("cli.places.taken_in", {"count": stored}))
            self.invalidate()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.places"))
        self.table.setAccessibleName(speech("ui.places.units"))
        self.people_table.setAccessibleName(speech("ui.places.people"))
        self._people_words.setText(speech("ui.places.people_words"))
        self._kato_title.setText(speech("ui.places.list"))
        overview = self.overview
        if overview is None or not overview.listed:
            self._kato_words.setText(speech("ui.places.no_list"))
        elif overview.own_list:
            name = overview.list_name
            self._kato_words.setText(speech("ui.places.list_of", count=overview.listed, name=name))
        else:
            self._kato_words.setText(speech("ui.places.list_personal", count=overview.listed))
        self._fill()

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/places", True):
            self.hint.say("hint", Message("ui.places.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/places", False)


def _grouped(people: int) -> str:
    return f"{people:,}".replace(",", NO_BREAK_SPACE)
