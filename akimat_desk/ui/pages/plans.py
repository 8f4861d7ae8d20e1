"""The page of financing plans: a grid of twelve months, findings while one types, changes by certificate."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.documents import PlanKind, PlanSummary
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.plans import PlansDesk, PlansOfYear
from akimat_desk.ui.dialogs.plan_fill import FillDialog
from akimat_desk.ui.dialogs.plan_line import LineDialog
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.pages.plan_papers import PlanPapers
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, ElidedLabel, RoomyComboBox, button, label
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.widgets.plan_grid import PlanGrid

_SIDES = tuple(Side)
_FORMATS = ("pdf", "xlsx", "docx")


class PlansPage(PlanPapers):
    """Documents of the year above, the sides as tabs, the grid, and what does not add up below."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._storing = 0
        self._had_findings = False
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self.documents = RoomyComboBox(30, self)
        self.documents.activated.connect(self._choose)
        self._facts = ElidedLabel("quiet", self)
        self._unit = label("quiet")
        self.tabs = QTabBar(self)
        for _ in _SIDES:
            self.tabs.addTab("")
        self.tabs.setCurrentIndex(_SIDES.index(Side.PAYMENTS))
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._show_side)
        self.undo_button, self.redo_button = button("quiet", self), button("quiet", self)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.grid = PlanGrid(self.speech, context.settings, self)
        self.grid.model.edited.connect(self._edited)
        self.grid.model.refused.connect(self._say_refusal)
        self.grid.table.pressed_key.connect(self._key)
        self.panel = FindingsPanel(self.speech, self)
        self.panel.chosen.connect(self.jump)
        self.panel.folded.connect(self._share_height)
        self._empty = label("quiet", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.grid)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(5)
        nothing = QWidget(self)
        middle = QVBoxLayout(nothing)
        middle.addStretch(1)
        middle.addWidget(self._empty)
        offers = QHBoxLayout()
        offers.addStretch(1)
        offers.addWidget(ActionButton(self.actions_["plan_start"], "primary", nothing))
        offers.addWidget(ActionButton(self.actions_["plan_import"], "plain", nothing))
        offers.addStretch(1)
        middle.addLayout(offers)
        middle.addStretch(2)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(nothing)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self.documents)
        head.addWidget(self._facts, 1)
        head.addWidget(self._unit)
        head.addWidget(ActionButton(self.actions_["plan_change"], "plain", self))
        head.addWidget(ActionButton(self.actions_["plan_approve"], "primary", self))
        tools = QHBoxLayout()
        tools.setSpacing(SPACE)
        tools.addWidget(self.tabs)
        tools.addStretch(1)
        for name in ("plan_line", "plan_fill", "plan_obligations"):
            tools.addWidget(ActionButton(self.actions_[name], "quiet", self))
        tools.addWidget(self.undo_button)
        tools.addWidget(self.redo_button)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(tools)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(self.forms.bar)
        column.addLayout(body, 1)

    @property
    def side(self) -> Side:
        """The side shown."""
        return _SIDES[self.tabs.currentIndex()]

    def provide(self) -> None:
        """What can be done with the document shown."""
        seen = not self.isHidden() and self.board is not None
        document = self.document
        draft = seen and self.board is not None and self.board.editable
        change = document is not None and document.kind is PlanKind.CHANGE
        approved = any(
            each.kind is PlanKind.PLAN and each.state is DocumentState.CONFIRMED
            for each in (self._answer.documents if self._answer is not None else ())
        )
        self.actions_.provide("plan_draft", draft)
        self.actions_.provide("plan_change", draft and change)
        self.actions_.provide("plan_approved", not self.isHidden() and approved)
        deleted = self._answer.deleted if self._answer is not None else ()
        self.actions_.provide("plan_deleted", not self.isHidden() and bool(deleted))
        self.actions_.provide("sheet", seen)
        self.actions_.provide("report", seen)
        for each in _FORMATS:
            self.actions_.provide(f"report_{each}", seen)
        self.undo_button.setEnabled(seen and self.board is not None and self.board.can_undo)
        self.redo_button.setEnabled(seen and self.board is not None and self.board.can_redo)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.context.chosen
        self.show_hint()
        if chosen.unit_id is None or chosen.year is None:
            self._answer = None
            self._show_nothing()
            return
        desk, unit, year, wanted = self.context.desk, chosen.unit_id, chosen.year, self._wanted
        self.context.ask(lambda _task: desk.area(PlansDesk).plans(unit, year, wanted), self._show)

    @Slot(object)
    def _show(self, answer: PlansOfYear) -> None:
        chosen = self.context.chosen
        if (answer.unit_id, answer.year) != (chosen.unit_id, chosen.year):
            return  # the answer to a question nobody asks any more
        self._answer = answer
        if answer.view is None:
            self._wanted = None
            self._show_nothing()
            return
        board = self.board
        same = board is not None and board.view.document == answer.view.document
        if board is not None and same and self._storing:
            return  # newer edits are on their way into the file
        if board is not None and same and board.sheet == answer.view.sheet:
            board.renew(answer.view)
        else:
            self.board = PlanBoard(answer.view, answer.shapes)
            self._choose_open_side()
        self._wanted = answer.view.document.id
        self._stack.setCurrentIndex(0)
        self._list_documents()
        self._show_side()

    def _choose_open_side(self) -> None:
        """A certificate of receipts is opened at the receipts."""
        board = self.board
        if board is not None and board.editable and not board.edits(self.side):
            self.tabs.setCurrentIndex(next(n for n, side in enumerate(_SIDES) if board.edits(side)))

    def _show_nothing(self) -> None:
        self.board = None
        self.grid.model.show_board(None, self.side)
        self.grid.coverage.show_margins(())
        self.panel.show_findings(())
        self.documents.clear()
        self._stack.setCurrentIndex(1)
        self.provide()
        self.retranslate()

    def _list_documents(self) -> None:
        self.documents.clear()
        for each in self._answer.documents if self._answer is not None else ():
            self.documents.addItem("", each.id)
        self.documents.setCurrentIndex(self.documents.findData(self._wanted))

    @Slot()
    def _show_side(self) -> None:
        self.grid.model.show_board(self.board, self.side)
        # Tab goes from cell to cell where they are typed into; a plan that is only read lets it go on.
        self.grid.table.setTabKeyNavigation(self.board is not None and self.board.edits(self.side))
        self._show_judgement()

    def _show_judgement(self) -> None:
        board = self.board
        if board is not None:
            self.grid.coverage.show_margins(board.coverage())
            put_away = self.panel.is_folded and self._had_findings
            self._had_findings = bool(board.findings)
            self.panel.show_findings(board.findings)
            self.panel.set_folded(put_away or not board.findings)
        self.provide()
        self.retranslate()

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self._wanted = self.documents.currentData()
        self.refresh()

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        high = max(self.splitter.height(), 400)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 3, 170)
        self.splitter.setSizes([high - wanted, wanted])

    # -- editing ------------------------------------------------------------------------------

    @Slot()
    def _edited(self) -> None:
        """The board changed: what is to be said of it is said anew, and the draft is kept."""
        board = self.board
        if board is None:
            return
        self._show_judgement()
        desk, document, sheet = self.context.desk, board.view.document.id, board.sheet
        self._storing += 1
        self.context.do(
            lambda _task: desk.area(PlansDesk).store(document, sheet), self._stored, "", self._not_stored
        )

    @Slot(object)
    def _stored(self, _nothing: object) -> None:
        self._storing -= 1

    @Slot(object)
    def _not_stored(self, problem: AkimatError) -> None:
        self._storing -= 1
        self.context.notice.emit("error", problem.message)
        self.board = None
        self.refresh()

    @Slot(object)
    def _say_refusal(self, why: Message) -> None:
        self.context.notice.emit("warning", why)

    @Slot(str)
    def _key(self, name: str) -> None:
        {"undo": self.undo, "redo": self.redo, "add": self.add_line, "remove": self.remove_line}[name]()

    @Slot()
    def undo(self) -> None:
        """Take the last edit back."""
        if self.board is not None and self.board.can_undo:
            self.board.undo()
            self.grid.model.board_changed()
            self._edited()

    @Slot()
    def redo(self) -> None:
        """Make an edit again that was taken back."""
        if self.board is not None and self.board.can_redo:
            self.board.redo()
            self.grid.model.board_changed()
            self._edited()

    def add_line(self) -> None:
        """A new line under a line of the budget."""
        board = self.board
        if board is None or not board.edits(self.side):
            return
        near = self.grid.model.row(self.grid.table.currentIndex())
        wish = LineDialog.ask(self.context, board, self.side, near.key if near is not None else None, self)
        if wish is not None:
            board.add_line(self.side, wish.code, wish.name)
            self.grid.model.board_changed()
            self.grid.show_index(self.grid.model.index_of_key(LineKey(self.side, wish.code)))
            self._edited()

    def remove_line(self) -> None:
        """Take the line away that the cursor is on."""
        board, key = self.board, self.grid.model.key(self.grid.table.currentIndex())
        if board is not None and key is not None and board.edits(key.side):
            board.remove_line(key)
            self.grid.model.board_changed()
            self._edited()

    def fill_line(self) -> None:
        """Fill the months of the line that the cursor is on."""
        board, key = self.board, self.grid.model.key(self.grid.table.currentIndex())
        if board is None or key is None or not board.edits(key.side):
            self.context.notice.emit("info", Message("ui.plan.fill.choose"))
            return
        wish = FillDialog.ask(self.context, board, key, self)
        if wish is not None:
            board.fill(key, wish.rule, wish.total, wish.months)
            self.grid.model.board_changed()
            self._edited()

    def fill_obligations(self) -> None:
        """Obligations as the payments are."""
        board = self.board
        if board is not None and board.edits(Side.OBLIGATIONS):
            board.fill_obligations()
            self.tabs.setCurrentIndex(_SIDES.index(Side.OBLIGATIONS))
            self.grid.model.board_changed()
            self._edited()

    # -- findings -----------------------------------------------------------------------------

    def next_finding(self) -> None:
        """Go to the next finding's cell."""
        self.panel.next()

    @Slot(object)
    def jump(self, finding: Finding) -> None:
        """Go to the cell that a finding speaks of, on its own side."""
        side = finding.fields.get("side_id")
        if isinstance(side, str):
            self.tabs.setCurrentIndex(_SIDES.index(Side(side)))
        self.grid.go_to(finding)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.plans"))
        self._unit.setText(speech("ui.thousand_tenge"))
        for place, side in enumerate(_SIDES):
            self.tabs.setTabText(place, speech(f"plan.side.{side.value}"))
        self.tabs.setAccessibleName(speech("ui.plan.sides"))
        for made, sign, name in ((self.undo_button, "↶", "undo"), (self.redo_button, "↷", "redo")):
            made.setText(sign)
            made.setAccessibleName(speech(f"ui.plan.{name}"))
            made.setToolTip(speech(f"ui.plan.{name}"))
        self.documents.setAccessibleName(speech("ui.plan.documents"))
        documents = self._answer.documents if self._answer is not None else ()
        for place, each in enumerate(documents[: self.documents.count()]):
            self.documents.setItemText(place, self._name(each))
        self.grid.retranslate()
        year = self.context.chosen.year
        self._empty.setText(
            speech("ui.plan.empty", year=year) if year is not None else speech("ui.budget.empty")
        )
        self._facts.say(self._said_of_document())

    def _name(self, document: PlanSummary) -> str:
        state = "draft" if document.state is DocumentState.DRAFT else "confirmed"
        return self.speech(
            f"ui.plan.document.{document.kind.value}.{state}",
            number=document.number or "–",
            date=day_written(document.date) or "–",
        )

    def _said_of_document(self) -> str:
        document = self.document
        if document is None:
            return ""
        if document.state is DocumentState.CONFIRMED:
            return document.reason or self.speech("ui.plan.confirmed_stays")
        return document.reason or self.speech("ui.plan.draft_kept")

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/plans", True):
            self.hint.say("hint", Message("ui.plan.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/plans", False)

    def save_state(self) -> None:
        self.grid.save_state()
