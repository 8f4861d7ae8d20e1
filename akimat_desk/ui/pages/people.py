"""People and localities: residents counted, members with their terms, lists from Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import Message
from akimat_desk.meetings import people as service
from akimat_desk.meetings.states import Body
from akimat_desk.meetings.views import LocalityView, PersonView
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.files import ask_people
from akimat_desk.ui.dialogs.form import Field, FormDialog, Kind
from akimat_desk.ui.dialogs.people_list import ListPreview
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, button, label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.work import Work

P = ParamSpec("P")
Answer = tuple[list[PersonView], list[LocalityView], list[Finding]]


class PeoplePage(Page):
    """Localities above, people below, what is wrong with the assembly's list at the foot."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._people: tuple[PersonView, ...] = ()
        self._places: tuple[LocalityView, ...] = ()
        self.bar = Bar(self.speech, self)
        self._title = label("title")
        self._places_title, self._people_title = label("subtitle"), label("subtitle")
        self._total = label("quiet")
        self.places, self.table = table_view(self), table_view(self)
        self.place_model, self.model = RowsModel(1, 3, self), RowsModel(9, 9, self)
        self.places.setModel(self.place_model)
        self.places.setMaximumHeight(190)
        self.places.activated.connect(self.edit_place)
        self.table.setModel(self.model)
        self.table.activated.connect(self.edit_person)
        self.body = QComboBox(self)
        self.body.addItem("", None)
        for each in Body:
            self.body.addItem("", each)
        self.body.activated.connect(self._fill)
        self.findings = FindingsPanel(self.speech, self)
        self._buttons: dict[str, Any] = {}
        for name, answer, role in (
            ("add_place", self.add_place, "plain"),
            ("edit_place", self.edit_place, "plain"),
            ("drop_place", self.drop_place, "quiet"),
            ("add_person", self.add_person, "primary"),
            ("edit_person", self.edit_person, "plain"),
            ("join", self.join, "plain"),
            ("leave", self.leave, "plain"),
            ("drop_person", self.drop_person, "quiet"),
        ):
            made = button(role, self)
            made.clicked.connect(answer)
            self._buttons[name] = made
        top = QHBoxLayout()
        top.addWidget(self._places_title)
        top.addWidget(self._total)
        top.addStretch(1)
        for name in ("add_place", "edit_place", "drop_place"):
            top.addWidget(self._buttons[name])
        middle = QHBoxLayout()
        middle.addWidget(self._people_title)
        middle.addWidget(self.body)
        middle.addStretch(1)
        for name in ("add_person", "edit_person", "join", "leave", "drop_person"):
            middle.addWidget(self._buttons[name])
        middle.addWidget(ActionButton(actions["take_in_list"], "plain", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addWidget(self._title)
        body.addLayout(top)
        body.addWidget(self.places)
        body.addLayout(middle)
        body.addWidget(self.table, 1)
        body.addWidget(self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)
        self.retranslate()

    # -- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        desk, today = self.context.desk, dt.date.today()

        def ask(_task: object) -> Answer:
            area = desk.area(MeetingsDesk)
            return (
                area.ask(service.people, unit_id),
                area.ask(service.localities, unit_id),
                area.ask(service.assembly_findings, unit_id, today),
            )

        self.context.ask(ask, self._show)

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        people, places, findings = answer
        self._people, self._places = tuple(people), tuple(places)
        self.findings.show_findings(findings)
        self.findings.setVisible(bool(findings))
        self._fill()

    def _places_by_name(self) -> list[LocalityView]:
        language = self.speech.language
        return sorted(self._places, key=lambda place: sort_key(place.name.text(language)))

    @Slot()
    def _fill(self) -> None:
        speech, language, today = self.speech, self.speech.language, dt.date.today()
        kept_place = self.place_model.key(self.places.currentIndex())
        kept = self.model.key(self.table.currentIndex())
        self.place_model.show_rows(
            [speech(f"ui.people.col.{name}") for name in ("locality", "residents", "entitled", "members")],
            [self._place_row(place, today) for place in self._places_by_name()],
        )
        self.places.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.places.horizontalHeader().resizeSection(column, 170)
        residents = service.population_of(list(self._places))
        entitled = service.entitled_of(list(self._places))
        self._total.setText(
            speech("ui.people.total", residents=residents, entitled=entitled or "–")
            if residents is not None
            else ""
        )
        names = {place.id: place.name.text(language) for place in self._places}
        body = self.body.currentData()
        mine = [
            person
            for person in self._people
            if body is None or any(each.body == body for each in person.memberships)
        ]
        self.model.show_rows(
            [speech(f"ui.people.col.{name}") for name in ("name", "occupation", "locality", "terms")],
            [
                RowText(
                    (
                        person.name,
                        person.occupation,
                        names.get(person.locality_id or 0, ""),
                        "; ".join(
                            f"{speech(f'ui.people.body.{each.body.value}')}: "
                            f"{day_written(each.since)} – {day_written(each.until)}"
                            for each in person.memberships
                        ),
                    ),
                    bold=any(each.holds(today) for each in person.memberships),
                    key=person.id,
                )
                for person in sorted(mine, key=lambda person: sort_key(person.name))
            ],
        )
        header = self.table.horizontalHeader()
        for column, width in enumerate((270, 190, 160, 400)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for table, model, key in (
            (self.places, self.place_model, kept_place),
            (self.table, self.model, kept),
        ):
            row = model.row_of(key)
            if model.rowCount():
                table.setCurrentIndex(model.index(max(row, 0), 0))
        for name in ("edit_place", "drop_place"):
            self._buttons[name].setEnabled(bool(self._places))
        for name in ("edit_person", "join", "leave", "drop_person"):
            self._buttons[name].setEnabled(bool(mine))

    def _place_row(self, place: LocalityView, today: dt.date) -> RowText:
        members = sum(
            person.locality_id == place.id and person.is_member(Body.ASSEMBLY, today)
            for person in self._people
        )
        counts = ("–" if count is None else str(count) for count in (place.residents, place.entitled))
        return RowText((place.name.text(self.speech.language), *counts, str(members)), key=place.id)

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.people"))
        self._places_title.setText(speech("ui.people.localities"))
        self._people_title.setText(speech("ui.people.people"))
        self.body.setItemText(0, speech("ui.people.everybody"))
        for at, each in enumerate(Body, start=1):
            self.body.setItemText(at, speech(f"ui.people.body.{each.value}"))
        self.body.setAccessibleName(speech("ui.people.people"))
        self.places.setAccessibleName(speech("ui.people.localities"))
        self.table.setAccessibleName(speech("ui.people.people"))
        for name, made in self._buttons.items():
            made.setText(speech(f"ui.people.{name}"))
        self._fill()

    # -- changing -----------------------------------------------------------------------------

    def _work(
        self, change: Callable[Concatenate[Workspace, Actor, P], Any], *args: P.args, **named: P.kwargs
    ) -> Work:
        desk = self.context.desk
        return lambda _task: desk.area(MeetingsDesk).change(change, *args, **named)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.bar.say("error", problem.message)

    @property
    def place(self) -> LocalityView | None:
        """The locality the list stands on."""
        key = self.place_model.key(self.places.currentIndex())
        return next((each for each in self._places if each.id == key), None)

    @property
    def person(self) -> PersonView | None:
        """The person the list stands on."""
        key = self.model.key(self.table.currentIndex())
        return next((each for each in self._people if each.id == key), None)

    def _place_form(self, title: str, place: LocalityView | None) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        fields = (
            Field("kk", Kind.LINE, "ui.people.name_kk", place.name.kk if place else ""),
            Field("ru", Kind.LINE, "ui.people.name_ru", place.name.ru if place else ""),
            Field("residents", Kind.COUNT, "ui.people.col.residents", place.residents if place else None),
            Field("entitled", Kind.COUNT, "ui.people.col.entitled", place.entitled if place else None),
        )

        def save(values: dict[str, Any]) -> Work:
            name = Trilingual(values["kk"], values["ru"])
            return self._work(
                service.set_locality,
                unit_id,
                name,
                values["residents"],
                values["entitled"],
                locality_id=place.id if place else None,
                part_of_id=place.part_of_id if place else None,
            )

        FormDialog(self.context, title, fields, save, self, "ui.people.place_words").run()

    @Slot()
    def add_place(self) -> None:
        """Add a locality with its people counted."""
        self._place_form("ui.people.add_place", None)

    @Slot()
    def edit_place(self) -> None:
        """Correct a locality."""
        if self.place is not None:
            self._place_form("ui.people.edit_place", self.place)

    @Slot()
    def drop_place(self) -> None:
        """Take away a locality that nothing belongs to."""
        if self.place is not None:
            self.context.do(self._work(service.delete_locality, self.place.id), None, "", self._refused)

    def _choices(self) -> tuple[tuple[Any, str], ...]:
        language = self.speech.language
        return ((None, "–"), *((place.id, place.name.text(language)) for place in self._places_by_name()))

    def _bodies(self) -> tuple[tuple[Any, str], ...]:
        return tuple((each, self.speech(f"ui.people.body.{each.value}")) for each in Body)

    @Slot()
    def add_person(self) -> None:
        """Add a person and, at once, the body the person is a member of."""
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        bodies = ((None, self.speech("ui.people.no_body")), *self._bodies())
        fields = (
            Field("name", Kind.LINE, "ui.people.name", needed=True),
            Field("occupation", Kind.LINE, "ui.people.occupation"),
            Field("locality_id", Kind.CHOICE, "ui.people.col.locality", None, self._choices()),
            Field("body", Kind.CHOICE, "ui.people.body", self.body.currentData() or Body.ASSEMBLY, bodies),
            Field("since", Kind.DAY, "ui.people.since"),
            Field("until", Kind.DAY, "ui.people.until"),
        )

        def save(values: dict[str, Any]) -> Work:
            body = values.pop("body")
            return self._work(
                service.add_person, unit_id, values.pop("name"), body=Body(body) if body else None, **values
            )

        FormDialog(self.context, "ui.people.add_person", fields, save, self, "ui.people.person_words").run()

    @Slot()
    def edit_person(self) -> None:
        """Correct a person's name, occupation, locality."""
        person = self.person
        if person is None:
            return
        fields = (
            Field("name", Kind.LINE, "ui.people.name", person.name, needed=True),
            Field("occupation", Kind.LINE, "ui.people.occupation", person.occupation),
            Field("locality_id", Kind.CHOICE, "ui.people.col.locality", person.locality_id, self._choices()),
        )
        FormDialog(
            self.context,
            "ui.people.edit_person",
            fields,
            lambda values: self._work(service.change_person, person.id, **values),
            self,
        ).run()

    @Slot()
    def join(self) -> None:
        """Make the person a member of a body from a day on."""
        person = self.person
        if person is None:
            return
        fields = (
            Field("body", Kind.CHOICE, "ui.people.body", Body.ASSEMBLY, self._bodies()),
            Field("since", Kind.DAY, "ui.people.since", needed=True),
            Field("until", Kind.DAY, "ui.people.until"),
        )

        def save(values: dict[str, Any]) -> Work:
            return self._work(
                service.add_membership, person.id, Body(values["body"]), values["since"], values["until"]
            )

        FormDialog(self.context, "ui.people.join", fields, save, self, "ui.people.person_words").run()

    @Slot()
    def leave(self) -> None:
        """End the person's last membership on a day."""
        person = self.person
        if person is None or not person.memberships:
            self.bar.say("info", Message("ui.people.no_membership"))
            return
        last = person.memberships[-1]
        fields = (Field("until", Kind.DAY, "ui.people.until", dt.date.today(), needed=True),)
        FormDialog(
            self.context,
            "ui.people.leave",
            fields,
            lambda values: self._work(service.end_membership, last.id, values["until"]),
            self,
        ).run()

    @Slot()
    def drop_person(self) -> None:
        """Take away a person who was at no meeting."""
        if self.person is not None:
            self.context.do(self._work(service.delete_person, self.person.id), None, "", self._refused)

    # -- lists --------------------------------------------------------------------------------

    @Slot()
    def take_in(self) -> None:
        """Take in a list of people: which body, since when, then the rows before anything is stored."""
        unit_id = self.context.chosen.unit_id
        path = ask_people(self.context, self)
        if path is None or unit_id is None:
            return
        bodies = ((None, self.speech("ui.people.no_body")), *self._bodies())
        fields = (
            Field("body", Kind.CHOICE, "ui.people.body", Body.ASSEMBLY, bodies),
            Field("since", Kind.DAY, "ui.people.since"),
        )
        desk = self.context.desk
        chosen: dict[str, Any] = {}

        def save(values: dict[str, Any]) -> Work:
            chosen["body"] = Body(values["body"]) if values["body"] else None
            return lambda _task: desk.area(MeetingsDesk).read_list(
                unit_id, path, chosen["body"], values["since"]
            )

        title = "ui.action.take_in_list"
        dialog = FormDialog(self.context, title, fields, save, self, "ui.people.list_words")
        if dialog.run() and isinstance(dialog.saved, list):
            ListPreview(self.context, unit_id, dialog.saved, chosen["body"], self).run()
