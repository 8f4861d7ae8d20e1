"""The draft page: the grid in which a budget is typed, with its balance and findings at hand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.coded import record_for
from akimat_desk.budget.drafts.edits import (
    AddFigure,
    AddLine,
    Edit,
    RemoveLines,
    TakeTextFromLines,
)
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import LineChange, Step
from akimat_desk.budget.views import Basis, DecisionKind, DecisionSummary, DocumentState
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.drafts import DraftsDesk, OpenedDraft
from akimat_desk.ui.formats import edition_title
from akimat_desk.ui.grid.blocks import DraftBlocks
from akimat_desk.ui.grid.editing import DraftEditing
from akimat_desk.ui.grid.finder import LineFinder
from akimat_desk.ui.grid.memory import DraftMemory
from akimat_desk.ui.grid.model import DraftGridModel
from akimat_desk.ui.grid.strip import BalanceStrip
from akimat_desk.ui.grid.view import GridView
from akimat_desk.ui.grid.words import Fixed
from akimat_desk.ui.pages.draft_layout import arrange
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.resting import Resting
from akimat_desk.ui.unknown_code import add_code_of, chosen_unknown
from akimat_desk.ui.values import Plan
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import (
    ElidedLabel,
    label,
)
from akimat_desk.ui.widgets.findings_panel import FindingsPanel


class DraftPage(Page):
    """A draft of a decision, typed like a sheet of a workbook."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.editing = DraftEditing(context, self)
        self.resting = Resting(context, self)
        self._why = Message("ui.draft.none")
        self._wants_hand = False
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.title = label("title")
        self.facts = ElidedLabel("quiet", self)
        self.unit = label("quiet")
        self.model = DraftGridModel(self.editing, self.speech, self)
        self.finder = LineFinder(self.speech, self)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.view = GridView(self.model, self)
        self.resting.offer(self.view, actions["rests_on"])
        self.strip = BalanceStrip(self.speech, self)
        self.panel = FindingsPanel(self.speech, self)
        self.empty_words = label("quiet", wrap=True)
        self.empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.blocks = DraftBlocks(context, self.editing, self.model, self.view)
        self.memory = DraftMemory(context, self.editing, self.model, self.view)
        self._stack, self.splitter = arrange(self, actions)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.editing.opened.connect(self._opened)
        self.editing.changed.connect(self._changed)
        self.editing.refused.connect(self._edit_refused)
        self.editing.lost.connect(self.refresh)
        self.model.folding.connect(self.memory.remember_folded)
        self.finder.chosen.connect(self._add)
        self.finder.left.connect(self._to_grid)
        self.words.textChanged.connect(self._filter_words)
        self.words.returnPressed.connect(self._to_grid)
        self.view.emptied.connect(self.empty)
        self.view.sought.connect(self.finder.begin)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.panel.chosen.connect(self.jump)
        self.panel.folded.connect(self._share_height)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def plan(self) -> Plan | None:
        """The draft as it stands now, as the Budget page knows it: what confirming looks at."""
        sheet, decision = self.editing.sheet, self.editing.decision
        if sheet is None or decision is None:
            return None
        years = tuple(sheet.year_budget(index) for index in range(len(sheet.years)))
        findings = tuple(sheet.findings())
        return Plan(decision, self.editing.unit_name, years, findings, sheet.facts.first_year, Basis.DECISION)

    def provide(self) -> None:
        """What can be done with a draft can be done here."""
        seen = not self.isHidden() and self.editing.sheet is not None
        self.actions_.provide("decision", seen)
        self.actions_.provide("draft", seen and self.editing.is_editable)
        self.actions_.provide("draft_sheet", seen and self.editing.is_editable)
        self.actions_.provide("figure", seen)
        decision = self.editing.decision
        amends = decision is not None and decision.kind is DecisionKind.AMENDMENT
        self.actions_.provide("amendment_draft", seen and self.editing.is_editable and amends)
        self._offer_code()
        self._name_undo()

    def _offer_code(self) -> None:
        """A code that the classification lacks can be added from here."""
        seen = not self.isHidden() and self.editing.is_editable
        self.actions_.provide("unknown_code", seen and chosen_unknown(self.panel.findings, None) is not None)

    def add_unknown_code(self) -> None:
        """Add the unknown code of the finding looked at, else of the first one."""
        finding = chosen_unknown(self.panel.findings, self.panel.current)
        if finding is not None and add_code_of(self.context, finding, self) is not None:
            self.refresh()

    @Slot()
    def rests_on(self) -> None:
        """What the amount under the cursor rests on; beside the years, that of the first."""
        self.resting.ask(self.model.grounds(self.view.currentIndex()))

    def await_hand(self) -> None:
        """Put the cursor into the grid as soon as the draft that is on its way is there."""
        self._wants_hand = True

    def edit(self) -> None:
        """Put the cursor into the grid: at once, and again when what is read meanwhile is there."""
        self.await_hand()
        self._to_grid()

    @Slot()
    def outdate(self) -> None:
        """An edit was saved: it was made here, so nothing is out of date."""

    def refresh(self) -> None:
        """Read the draft that is chosen; without one chosen, the unit's newest."""
        self.show_hint()
        decision = self._wanted()
        if decision is None:
            self._show_nothing(Message("ui.draft.none"))
            return
        desk, wanted = self.context.desk, decision.id
        self.context.ask(lambda _task: desk.area(DraftsDesk).open(wanted), self._show, self._refused)

    def _wanted(self) -> DecisionSummary | None:
        overview, chosen = self.context.overview, self.context.chosen
        drafts = [d for d in overview.decisions if d.state is DocumentState.DRAFT] if overview else []
        named = next((d for d in drafts if d.id == chosen.decision_id), None)
        here = self.editing.decision
        kept = next((d for d in drafts if here is not None and d.id == here.id), None)
        return named or kept or (max(drafts, key=lambda d: d.id) if drafts else None)

    @Slot(object)
    def _show(self, opened: OpenedDraft) -> None:
        wanted = self._wanted()
        if wanted is None or wanted.id != opened.decision.id:
            return  # the answer to a question nobody asks any more
        if not self.editing.show(opened):
            self.refresh()  # edits were made while it was read
            return
        if self.context.chosen.decision_id != opened.decision.id:
            self.context.choose_decision(opened.decision)

    @Slot()
    def _opened(self) -> None:
        sheet = self.editing.sheet
        if sheet is None:
            return
        self._stack.setCurrentIndex(0)
        self.memory.restore_folded()
        self.finder.serve(sheet)
        self.memory.arrange_columns()
        if not self.view.currentIndex().isValid():
            self.view.go_to(0, len(Fixed))
        if self._wants_hand:
            self._wants_hand = False
            self._to_grid()
        self._findings_now(fold=True)
        self._current_changed()
        self.provide()
        self.retranslate()

    @Slot(object)
    def _changed(self, step: Step) -> None:
        self._follow(step)
        self._findings_now()
        self._current_changed()
        self._name_undo()

    def _follow(self, step: Step) -> None:
        """Keep the cursor on a line that is there, on the one that an undo brought back."""
        sheet = self.editing.sheet
        if sheet is None or not any(isinstance(change, LineChange) for change in step.changes):
            return
        come = [
            change.record.key for change in step.changes if isinstance(change, LineChange) and change.added
        ]
        retyped = sheet.node(come[-1]) if come and step.name.key == "draft.edit.retype" else None
        if retyped is not None:  # its line is another row now
            self.model.unfold_to(retyped)
            self.view.go_to(self.model.row_of(retyped), Fixed.CODE)
            return
        here = self.view.currentIndex()
        if not here.isValid() or here.row() >= self.model.rowCount():
            self.view.go_to(min(max(here.row(), 0), self.model.rowCount() - 1), len(Fixed))

    def _findings_now(self, fold: bool = False) -> None:
        sheet = self.editing.sheet
        findings = tuple(sheet.findings()) if sheet is not None else ()
        self.panel.follow(findings, fold=fold)
        self._offer_code()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._show_nothing(problem.message)

    @Slot(object)
    def _edit_refused(self, problem: AkimatError) -> None:
        self.context.notice.emit("error", problem.message)

    def _show_nothing(self, why: Message) -> None:
        self._why = why
        self.editing.close()
        self._findings_now(fold=True)
        self._stack.setCurrentIndex(1)
        self.provide()
        self.retranslate()

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        high = max(self.splitter.height(), 400)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 4, 150)
        self.splitter.setSizes([high - wanted, wanted])

    @Slot()
    def _current_changed(self, *_indexes: QModelIndex) -> None:
        column = self.view.currentIndex().column()
        index = column - len(Fixed) if column in self.model.year_columns else 0
        self.strip.show_year(self.editing.sheet, index)

    # -- editing ------------------------------------------------------------------------------

    @Slot(object)
    def _add(self, edit: Edit) -> None:
        """Add the line that was found and go to its first amount; a line there already is gone to."""
        sheet = self.editing.sheet
        if sheet is None or not isinstance(edit, AddLine | AddFigure):
            return
        self.editing.do(edit)
        key = _key_of(edit, sheet)
        node = sheet.node(key)
        if node is not None:
            self._clear_filter()
            self.model.unfold_to(node)
            self.view.go_to(self.model.row_of(node), len(Fixed))
        self._to_grid()

    @Slot()
    def _to_grid(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def undo(self) -> None:
        """Take the last edit back."""
        self.editing.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.editing.redo()

    def add_line(self) -> None:
        """Go to the field in which lines are found."""
        self.finder.begin()

    def remove_line(self) -> None:
        """Remove the selected lines with all that stands under them."""
        rows, _ = self.view.selected()
        nodes = [node for row in rows if (node := self.model.node(row)) is not None]
        keys = tuple(node.key for node in nodes if not node.is_section)
        if keys:
            self.editing.do(RemoveLines(keys))

    def write_note(self) -> None:
        """Write a note on the line one is on."""
        index = self.model.index(self.view.currentIndex().row(), self.model.note_column)
        if index.isValid() and self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    @Slot()
    def empty(self) -> None:
        """Empty the selected amounts; empty is not zero. Selected notes go too."""
        self.blocks.put("")

    def copy(self) -> None:
        """Put the selected block on the clipboard, as text and as a table for workbooks."""
        self.blocks.copy()

    def cut(self) -> None:
        """Copy the block and empty it."""
        self.copy()
        self.empty()

    def paste(self) -> None:
        """Paste a block: by its codes or names, else into the cells from here on."""
        self.blocks.paste(self.window())

    def copy_year(self) -> None:
        """Copy another year's lines with a percentage."""
        from akimat_desk.ui.dialogs.drafts import CopyYearDialog

        sheet, overview = self.editing.sheet, self.context.overview
        if sheet is None or overview is None:
            return
        others = [d for d in overview.decisions if d.id != sheet.facts.document_id]
        if not others:
            self.context.notice.emit("info", Message("ui.draft.copy.no_source"))
            return
        edit = CopyYearDialog.ask(self.context, others, sheet.years, self.window())
        if edit is not None and self.editing.do(edit) is None:
            self.context.notice.emit("info", Message("ui.draft.copy.no_change"))

    def take_text(self) -> None:
        """Let the lines answer for what the decision's text says of the year one is in."""
        sheet = self.editing.sheet
        if sheet is None:
            return
        column = self.view.currentIndex().column()
        index = column - len(Fixed) if column in self.model.year_columns else 0
        if self.editing.do(TakeTextFromLines(sheet.years[index])) is None:
            self.context.notice.emit("info", Message("ui.draft.text.none", {"year": sheet.years[index]}))

    # -- filters and branches -----------------------------------------------------------------

    @Slot(str)
    def _filter_words(self, words: str) -> None:
        if self.model.rows is not None:
            self.model.rows.filter.words = words
            self.model.rearrange()

    def filter_rows(self) -> None:
        """Show only lines with findings, only changed ones, as the two switches say."""
        if self.model.rows is not None:
            asked = self.model.rows.filter
            asked.only_findings = self.actions_["draft_only_findings"].isChecked()
            asked.only_changed = self.actions_["draft_only_changed"].isChecked()
            self.model.rearrange()

    def _clear_filter(self) -> None:
        if self.model.rows is not None and self.model.rows.filter.is_on:
            for name in ("draft_only_findings", "draft_only_changed"):
                self.actions_[name].setChecked(False)
            self.words.clear()
            self.filter_rows()

    def expand(self) -> None:
        """Show every branch."""
        self.model.fold_all(False)

    def collapse(self) -> None:
        """Fold every branch under the sections."""
        self.model.fold_all(True)

    # -- findings -----------------------------------------------------------------------------

    def next_finding(self) -> None:
        """Go to the next finding's line."""
        self.panel.next()

    @Slot(object)
    def jump(self, finding: Finding) -> None:
        """Go to the line that a finding speaks of."""
        index = self.model.index_of(finding)
        if not index.isValid():
            self._clear_filter()
            index = self.model.index_of(finding)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, self.view.ScrollHint.PositionAtCenter)
            self._to_grid()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self.title.setText(speech("ui.page.draft"))
        self.unit.setText(speech("ui.thousand_tenge"))
        self.words.setPlaceholderText(speech("ui.draft.filter"))
        self.words.setAccessibleName(speech("ui.draft.filter"))
        self.view.setAccessibleName(speech("ui.page.draft"))
        decision = self.editing.decision
        self.facts.say(edition_title(decision, speech) if decision is not None else "")
        self.empty_words.setText(self._why.text(speech.language))
        self._name_undo()

    @Slot()
    def recolour(self) -> None:
        self._current_changed()

    def _name_undo(self) -> None:
        """Undo and redo say what they would take back, in the person's language."""
        language: Language = self.speech.language
        history = self.editing.history
        editable = not self.isHidden() and self.editing.is_editable
        self.actions_.provide("undoable", editable and history.undo_name is not None)
        self.actions_.provide("redoable", editable and history.redo_name is not None)
        for action, name in (("undo", history.undo_name), ("redo", history.redo_name)):
            made = self.actions_[action]
            if name is None:
                made.setText(self.speech(f"ui.action.{action}"))
            else:
                made.setText(self.speech(f"ui.draft.{action}", name=name.text(language)))
            made.setToolTip(made.text())
            made.setStatusTip(made.text())

    def show_hint(self) -> None:
        """The three lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/draft", True):
            self.hint.say("hint", Message("ui.draft.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/draft", False)

    def save_state(self) -> None:
        self.memory.save_columns()


def _key_of(edit: AddLine | AddFigure, sheet: DraftSheet) -> LineKey:
    if isinstance(edit, AddFigure):
        return LineKey.of_figure(edit.figure)
    facts = sheet.facts
    return record_for(edit.code, facts.first_year, facts.decision_year, edit.name, sheet.book).key
