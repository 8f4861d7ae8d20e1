"""Residents' proposals: the list in its order, and the thread of the one chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from akimat_desk.budget.decisions.questions import budget_of
from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.meetings import proposals as service
from akimat_desk.meetings.people import localities
from akimat_desk.meetings.record import budget_papers, meeting_names
from akimat_desk.meetings.views import BudgetPaper, LocalityView, MeetingName, ProposalView
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.meetings import proposal_paper
from akimat_desk.reports.registry import DocLanguage
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.form import Field, FormDialog, Kind
from akimat_desk.ui.formats import code_shown, day_written
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.sheet import SheetPage
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label, table_view
from akimat_desk.ui.work import Work

P = ParamSpec("P")
Lines = list[tuple[str, str]]


class ProposalsPage(SheetPage):
    """The list at the left; its thread, ready to be printed, at the right."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._proposals: tuple[ProposalView, ...] = ()
        self._places: tuple[LocalityView, ...] = ()
        self._meetings: tuple[MeetingName, ...] = ()
        self._papers: tuple[BudgetPaper, ...] = ()
        self._wanted: int | None = None
        self._title = label("title")
        self._empty = label("quiet", wrap=True)
        self.table = table_view(self)
        self.model = RowsModel(3, 4, self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self._buttons: dict[str, Any] = {}
        for name, answer, role in (
            ("add", self.add, "primary"),
            ("edit", self.edit, "plain"),
            ("up", self.rank_up, "plain"),
            ("down", self.rank_down, "plain"),
            ("decide", self.decide, "plain"),
            ("budget", self.budget, "plain"),
            ("pay", self.pay, "plain"),
            ("tell", self.tell, "plain"),
            ("drop", self.drop, "quiet"),
        ):
            made = button(role, self)
            made.clicked.connect(answer)
            self._buttons[name] = made
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        steps = QHBoxLayout()
        for made in self._buttons.values():
            steps.addWidget(made)
        steps.addStretch(1)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(self.table)
        across.addWidget(self.preview)
        across.setSizes([640, 560])
        across.setChildrenCollapsible(False)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(steps)
        body.addWidget(self._empty)
        body.addWidget(across, 1)
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
        desk = self.context.desk

        def ask(_task: object) -> tuple[Any, ...]:
            area = desk.area(MeetingsDesk)
            return (
                area.ask(service.proposals, unit_id),
                area.ask(localities, unit_id),
                area.ask(meeting_names, unit_id),
                tuple(area.ask(budget_papers, unit_id).values()),
            )

        self.context.ask(ask, self._show)

    @Slot(object)
    def _show(self, answer: tuple[Any, ...]) -> None:
        proposals, places, there, papers = answer
        self._proposals, self._places = tuple(proposals), tuple(places)
        self._meetings, self._papers = tuple(there), tuple(papers)
        self._fill()

    def _fill(self) -> None:
        language = self.speech.language
        kept = self._wanted or self.model.key(self.table.currentIndex())
        self._wanted = None
        self.model.show_rows(
            [self.speech(f"ui.proposals.col.{name}") for name in ("rank", "what", "day", "cost", "state")],
            [
                RowText(
                    (
                        str(each.rank or "–"),
                        each.what.text(language),
                        day_written(each.raised_on),
                        table_amount(each.cost) if each.cost is not None else "–",
                        self.speech(f"meeting.proposal.{each.state.value}"),
                    ),
                    key=each.id,
                )
                for each in self._proposals
            ],
        )
        header = self.table.horizontalHeader()
        for column, width in enumerate((70, 220, 104, 150, 150)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._empty.setVisible(not self._proposals)
        self.table.setVisible(bool(self._proposals))
        self.preview.setVisible(bool(self._proposals))
        if self._proposals:
            self.table.setCurrentIndex(self.model.index(max(self.model.row_of(kept), 0), 0))
        for name, made in self._buttons.items():
            made.setEnabled(name == "add" or bool(self._proposals))
        self._chosen()

    @property
    def proposal(self) -> ProposalView | None:
        """The proposal the list stands on."""
        key = self.model.key(self.table.currentIndex())
        return next((each for each in self._proposals if each.id == key), None)

    @Slot()
    def _chosen(self) -> None:
        proposal = self.proposal
        if proposal is None:
            self.preview.clear_documents()
            self.provide()
            return
        desk, proposal_id = self.context.desk, proposal.id
        language = DocLanguage.RU if self.speech.language is Language.RU else DocLanguage.KK
        self.context.ask(
            lambda _task: (
                proposal_id,
                desk.area(MeetingsDesk).ask(proposal_paper, proposal_id, language),
            ),
            self._thread,
        )

    @Slot(object)
    def _thread(self, answer: tuple[int, ReportDocument]) -> None:
        proposal_id, document = answer
        if self.proposal is not None and proposal_id == self.proposal.id:
            self.preview.show_documents([document])
            self.provide()

    def reveal(self, target: object) -> None:
        """Stand on a proposal."""
        if isinstance(target, int):
            row = self.model.row_of(target)
            if row >= 0:
                self.table.setCurrentIndex(self.model.index(row, 0))
            else:
                self._wanted = target

    @Slot()
    def retranslate(self) -> None:
        self._title.setText(self.speech("ui.page.proposals"))
        self._empty.setText(self.speech("ui.proposals.empty"))
        self.table.setAccessibleName(self.speech("ui.page.proposals"))
        self.preview.setAccessibleName(self.speech("report.proposal.title"))
        for name, made in self._buttons.items():
            made.setText(self.speech(f"ui.proposals.{name}"))
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

    def _form(self, title: str, fields: tuple[Field, ...], save: Callable[[dict[str, Any]], Work]) -> None:
        FormDialog(self.context, title, fields, save, self).run()

    def _meeting_choices(self) -> tuple[tuple[Any, str], ...]:
        return ((None, "–"), *((each.id, self._meeting(each)) for each in self._meetings))

    def _meeting(self, row: MeetingName) -> str:
        kind = self.speech(f"meeting.kind.{row.kind.value}")
        return f"{kind} № {row.number}, {day_written(row.day)}"

    def _own_fields(self, proposal: ProposalView | None) -> tuple[Field, ...]:
        language = self.speech.language
        by_name = sorted(self._places, key=lambda place: sort_key(place.name.text(language)))
        places = ((None, "–"), *((place.id, place.name.text(language)) for place in by_name))
        p = proposal
        raised = p.raised_on if p else dt.date.today()
        return (
            Field("what_kk", Kind.TEXT, "ui.proposals.what_kk", p.what.kk if p else ""),
            Field("what_ru", Kind.TEXT, "ui.proposals.what_ru", p.what.ru if p else ""),
            Field("locality_id", Kind.CHOICE, "ui.people.col.locality", p.locality_id if p else None, places),
            Field("place", Kind.LINE, "ui.proposals.place", p.place if p else ""),
            Field("cost", Kind.AMOUNT, "ui.proposals.cost", p.cost if p else None),
            Field("author", Kind.LINE, "ui.proposals.author", p.author if p else ""),
            Field("raised_on", Kind.DAY, "ui.proposals.raised_on", raised, needed=True),
            Field(
                "raised_at_id", Kind.CHOICE, "ui.proposals.raised_at", p.raised_at_id if p else None,
                self._meeting_choices(),
            ),
        )  # fmt: skip

    @Slot()
    def add(self) -> None:
        """Keep a proposal from the hand raised."""
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return

        def save(values: dict[str, Any]) -> Work:
            what = Trilingual(values["what_kk"], values["what_ru"])
            return self._work(
                service.raise_proposal,
                unit_id,
                what,
                values["raised_on"],
                place=values["place"],
                cost=values["cost"],
                author=values["author"],
                locality_id=values["locality_id"],
                meeting_id=values["raised_at_id"],
            )

        self._form("ui.proposals.add", self._own_fields(None), save)

    @Slot()
    def edit(self) -> None:
        """Correct its words, place, cost."""
        proposal = self.proposal
        if proposal is not None:
            self._form(
                "ui.proposals.edit",
                self._own_fields(proposal),
                lambda values: self._work(service.change_proposal, proposal.id, **values),
            )

    def _rank(self, by: int) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        order = [each.id for each in self._proposals if each.rank is not None or each.id == proposal.id]
        at = order.index(proposal.id)
        to = min(max(at + by, 0), len(order) - 1)
        if proposal.rank is not None:
            order.insert(to, order.pop(at))
        self.context.do(self._work(service.rank_proposals, order), None, "", self._refused)

    @Slot()
    def rank_up(self) -> None:
        """Nearer to the top of the ranking; one without a rank enters at its end."""
        self._rank(-1)

    @Slot()
    def rank_down(self) -> None:
        """Farther from the top."""
        self._rank(1)

    @Slot()
    def decide(self) -> None:
        """What was decided of it, at which item of which minutes."""
        proposal = self.proposal
        if proposal is None:
            return
        desk, proposal_id = self.context.desk, proposal.id
        answers = tuple(
            (key, self.speech(f"ui.proposals.decision.{key}")) for key in ("accepted", "refused", "open")
        )
        now = {True: "accepted", False: "refused", None: "accepted"}[proposal.accepted]
        fields = (
            Field("accepted", Kind.CHOICE, "ui.proposals.decision", now, answers),
            Field("meeting", Kind.CHOICE, "ui.proposals.decided_at", None, self._meeting_choices()),
            Field("no", Kind.COUNT, "ui.proposals.item_no", None),
        )  # fmt: skip

        def save(values: dict[str, Any]) -> Work:
            accepted = {"accepted": True, "refused": False, "open": None}[values["accepted"]]

            def work(_task: object) -> None:
                from akimat_desk.core.errors import UsageProblem
                from akimat_desk.meetings.record import meeting

                area = desk.area(MeetingsDesk)
                item_id = None
                if values["meeting"] is not None and values["no"] is not None:
                    items = area.ask(meeting, values["meeting"]).items
                    item_id = next((each.id for each in items if each.no == values["no"]), None)
                    if item_id is None:
                        raise UsageProblem("error.meeting.no_item", no=values["no"])
                area.change(service.decide_proposal, proposal_id, accepted, item_id)

            return work

        self._form("ui.proposals.decide", fields, save)

    @Slot()
    def budget(self) -> None:
        """Tie it to the budget's line that carries it."""
        proposal, papers = self.proposal, self._papers
        if proposal is None or not papers:
            self.bar.say("info", Message("ui.proposals.no_papers"))
            return
        paper = proposal.paper or papers[-1]
        desk = self.context.desk
        year = proposal.budget_year or paper.first_year

        def ask(_task: object) -> tuple[BudgetPaper, int, Lines]:
            view = desk.area(MeetingsDesk).ask(budget_of, paper.document_id, year)
            lines = [
                (str(each.code), f"{code_shown(each.code)} {each.name.text(self.speech.language)}")
                for each in view.lines
                if each.code is not None and each.section.value == "expenditure"
            ]
            return paper, year, lines

        self.context.ask(ask, self._choose_line, self._refused)

    @Slot(object)
    def _choose_line(self, answer: tuple[BudgetPaper, int, Lines]) -> None:
        paper, year, lines = answer
        proposal = self.proposal
        if proposal is None:
            return
        papers = tuple(
            (
                each.document_id,
                self.speech(
                    f"ui.meeting.budget.{each.kind}",
                    year=each.first_year,
                    number=each.number or "–",
                    edition=each.edition,
                ),
            )
            for each in self._papers
        )
        fields = (
            Field("document", Kind.CHOICE, "ui.meeting.col.paper", paper.document_id, papers),
            Field("year", Kind.COUNT, "ui.proposals.year", year, needed=True),
            Field("line", Kind.CHOICE, "ui.proposals.line", proposal.line, tuple(lines)),
        )

        def save(values: dict[str, Any]) -> Work:
            return self._work(
                service.budget_proposal, proposal.id, values["document"], values["year"], values["line"] or ""
            )

        self._form("ui.proposals.budget", fields, save)

    @Slot()
    def pay(self) -> None:
        """The money spent as of a day."""
        proposal = self.proposal
        if proposal is None:
            return
        fields = (
            Field("spent", Kind.AMOUNT, "ui.proposals.spent", proposal.spent),
            Field("on", Kind.DAY, "ui.proposals.spent_on", proposal.spent_on or dt.date.today()),
        )
        self._form(
            "ui.proposals.pay",
            fields,
            lambda values: self._work(service.pay_proposal, proposal.id, values["spent"], values["on"]),
        )

    @Slot()
    def tell(self) -> None:
        """When and how the residents were told."""
        proposal, there = self.proposal, self._meeting_choices()
        if proposal is None:
            return
        fields = (
            Field("on", Kind.DAY, "ui.proposals.told_on", proposal.told_on or dt.date.today()),
            Field("told", Kind.TEXT, "ui.proposals.told", proposal.told),
            Field("meeting", Kind.CHOICE, "ui.proposals.told_at", proposal.told_at_id, there),
        )  # fmt: skip

        def save(values: dict[str, Any]) -> Work:
            return self._work(service.tell_back, proposal.id, values["on"], values["told"], values["meeting"])

        self._form("ui.proposals.tell", fields, save)

    @Slot()
    def drop(self) -> None:
        """Take back a proposal that nothing has come of."""
        if self.proposal is not None:
            self.context.do(self._work(service.delete_proposal, self.proposal.id), None, "", self._refused)
