"""The main window: navigation, top bar, pages; every action of the program is answered here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions, language_action
from akimat_desk.ui.answers import Answers, named
from akimat_desk.ui.areas import ALL_PAGES, PAGES
from akimat_desk.ui.context import Context
from akimat_desk.ui.icons import icon
from akimat_desk.ui.look import SCALES, Theme
from akimat_desk.ui.menus import Menus
from akimat_desk.ui.pages.start import StartPage
from akimat_desk.ui.panes import controls, go_round, parts_of
from akimat_desk.ui.spoken import describe_boxes
from akimat_desk.ui.widgets.bars import Bar, BusyBar
from akimat_desk.ui.widgets.navigation import Navigation
from akimat_desk.ui.widgets.toolbar import ToolBar
from akimat_desk.ui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from akimat_desk.ui.decisions import DecisionActions
    from akimat_desk.ui.faults import FaultCatcher
    from akimat_desk.ui.pages.first import FirstPage
    from akimat_desk.ui.pages.page import Page
    from akimat_desk.ui.pages.reading import ReadingPage
    from akimat_desk.ui.values import Closed
    from akimat_desk.ui.widgets.letters import LetterRow
    from akimat_desk.ui.workspaces import WorkspaceActions

_FIRST = QSize(1280, 800)  # of a window opened for the first time
_FRAME = 60  # what a window manager's frame takes at most


class MainWindow(QMainWindow):
    """Pages are made when first looked at, so that the window paints before they are loaded."""

    closed = Signal()
    #: Set by whoever starts the window: catches faults while it lives.
    faults: FaultCatcher

    def __init__(self, context: Context, welcome: bool = True) -> None:
        """``welcome``: a person who has begun with nothing yet is asked what to begin with."""
        super().__init__()
        self._welcome = welcome
        self.context = context
        self.speech = context.speech
        self.setWindowIcon(icon("application"))
        self.setAcceptDrops(True)
        self.actions_ = Actions(self.speech, self)
        self.navigation = Navigation(self.actions_, self.speech, self)
        self.top = TopBar(context, self.actions_, self)
        self.notice = Bar(self.speech, self)
        self._said_over = context.chosen
        self.busy = BusyBar(self.speech, (context.database, context.files), self)
        self.pages = QStackedWidget(self)
        self.start = StartPage(context, self.actions_, self)
        self.pages.addWidget(self.start)
        self._made: dict[str, Page] = {}
        self._page = PAGES[0].name
        self.letters: LetterRow | None = None
        self.first: FirstPage | None = None
        self._closing = False
        self._arrange()
        self._arrange_menus()
        self.menus = Menus(self)
        self._connect()
        self.start.recent_chosen.connect(self.open_path)
        self._restore_geometry()
        self._workspace_changed()

    # -- building -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        right = QWidget(self)
        self._column = column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top, self.notice):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        column.addWidget(self.busy)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(centre)
        self.setMinimumSize(960, 560)

    def _arrange_menus(self) -> None:
        """Menus and buttons in one line; a corner of the menu bar would be unseen by screen readers."""
        self._menu_bar = QMenuBar(self)
        self.tools = ToolBar(self.actions_, self.speech, self)
        line = QWidget(self)
        line.setObjectName("menuline")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._menu_bar, 1)
        row.addWidget(self.tools)
        self.setMenuWidget(line)

    def menuBar(self) -> QMenuBar:
        """The menus, which stand in a line with the bar of buttons."""
        return self._menu_bar

    def _connect(self) -> None:
        for name in self.actions_.names():  # first of all: what an action answers comes after
            self.actions_[name].triggered.connect(self.notice.pass_by)
        self.answers = Answers(self)
        self.actions_[language_action(self.speech.language)].setChecked(True)
        self.actions_[f"theme_{self.context.look.theme.value}"].setChecked(True)
        if self.context.settings.flag("letters"):
            self.show_letters(True)
        context = self.context
        context.look.changed.connect(self.actions_.recolour)
        context.workspace_changed.connect(self._workspace_changed)
        context.chosen_changed.connect(self._title)
        context.chosen_changed.connect(self._chosen_changed)
        context.notice.connect(self.say)
        context.notice_over.connect(self.notice.hide)
        for worker in (context.database, context.files):
            worker.problem.connect(self._problem)
            worker.fault.connect(self._fault)
        self.speech.changed.connect(self._title)

    def _restore_geometry(self) -> None:
        if not self.restoreGeometry(self.context.settings.blob("window")):
            room = self.screen().availableGeometry()
            self.resize(min(_FIRST.width(), room.width()), min(_FIRST.height(), room.height()))
            # The frame needs room too: on a small screen the window fills what there is.
            if room.width() < _FIRST.width() + _FRAME or room.height() < _FIRST.height() + _FRAME:
                self.setWindowState(Qt.WindowState.WindowMaximized)

    # -- what is shown ------------------------------------------------------------------------

    @Slot()
    def _workspace_changed(self) -> None:
        there = self.context.workspace is not None
        self.actions_.provide("workspace", there)
        self._title()
        if getattr(self.pages.currentWidget(), "stays", False):
            return  # a decision is being looked at
        self.show_page(self._page) if there else self._show_start()

    def _mark_page(self, name: str) -> None:
        """Mark the page in the navigation; a page without a place there leaves none marked."""
        group = self.actions_.group("page")
        group.setExclusive(False)
        for page in PAGES:
            self.actions_[page.action].setChecked(page.name == name)
        group.setExclusive(True)

    def _show_start(self) -> None:
        if self._welcome and self.context.settings.is_first:
            self.show_first()
            return
        self._mark_page("")
        self._bare(False)
        self._to_front(self.start)
        self.start.enter()

    def show_first(self) -> None:
        """The first start: language, what to begin with, for a new okrug who it is."""
        if self.first is None:
            from akimat_desk.ui.pages.first import FirstPage

            self.first = FirstPage(self.context, self.actions_, self)
            self.first.made.connect(self.workspaces.create)
            self.first.over.connect(self._begun)
            self.pages.addWidget(self.first)
        self._mark_page("")
        self._bare(True)
        self._to_front(self.first)
        self.first.enter()

    @Slot()
    def _begun(self) -> None:
        self.context.settings.begun()
        self.leave_page()

    def _bare(self, bare: bool) -> None:
        """Whether the questions of the first start stand alone."""
        for part in (self.navigation, self.top):
            part.setVisible(not bare)

    def page(self, name: str) -> Page:
        """A page by name, made when first asked for."""
        if name not in self._made:
            made: Page = named(ALL_PAGES[name].makes)(self.context, self.actions_, self)
            self.pages.addWidget(made)
            self._made[name] = made
            # Connected after the page's own: it has said its texts by then.
            self.speech.changed.connect(partial(describe_boxes, made))
        return self._made[name]

    def show_page(self, name: str) -> Page:
        """Bring a page to the front."""
        if ALL_PAGES[name].group is not None:
            self._page = name
        page = self.page(name)
        self._bare(False)
        self._mark_page(name)
        self._to_front(page)
        page.enter()
        return page

    def _to_front(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        describe_boxes(page)
        self.actions_.front_is(page)
        # A page that was left by the palette's Enter must not keep the focus out of sight.
        focus = self.focusWidget()
        if focus is None or not focus.isVisibleTo(self):
            target = next(controls(page), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, page: str, target: object) -> None:
        """Show what was found: the page, and on it the place."""
        self.show_page(page).reveal(target)

    def leave_page(self, page: str = "") -> None:
        """Put a page away that has no place in the navigation: on to ``page``, or where one was."""
        if self.context.workspace is None:
            self._show_start()
        else:
            self.show_page(page or self._page)

    def speak_kk(self) -> None:
        """Speak Kazakh."""
        self.choose_language(Language.KK)

    def speak_ru(self) -> None:
        """Speak Russian."""
        self.choose_language(Language.RU)

    def speak_en(self) -> None:
        """Speak English."""
        self.choose_language(Language.EN)

    def choose_language(self, language: Language) -> None:
        """Speak another language from now on, and remember it."""
        self.actions_[language_action(language)].setChecked(True)
        self.context.settings.language = language
        self.speech.choose(language)

    def theme_light(self) -> None:
        """Light colours."""
        self.choose_theme(Theme.LIGHT)

    def theme_dark(self) -> None:
        """Dark colours."""
        self.choose_theme(Theme.DARK)

    def theme_system(self) -> None:
        """The colours that the system has."""
        self.choose_theme(Theme.SYSTEM)

    def choose_theme(self, theme: Theme) -> None:
        """Dress in other colours from now on, and remember it."""
        self.actions_[f"theme_{theme.value}"].setChecked(True)
        self.context.look.choose_theme(theme)

    def text_larger(self) -> None:
        """The next size of letters."""
        self._step_scale(1)

    def text_smaller(self) -> None:
        """The size of letters before."""
        self._step_scale(-1)

    def _step_scale(self, step: int) -> None:
        at = SCALES.index(self.context.look.scale) + step
        if 0 <= at < len(SCALES):
            self.context.look.choose_scale(SCALES[at])

    def toggle_letters(self) -> None:
        """Show or put away the row of Kazakh letters."""
        self.show_letters(not self.context.settings.flag("letters"))

    def show_letters(self, shown: bool) -> None:
        """Show the row of Kazakh letters (False: put it away), and remember it."""
        self.context.settings.set_flag("letters", shown)
        self.actions_["letters"].setChecked(shown)
        if shown and self.letters is None:
            from akimat_desk.ui.widgets.letters import LetterRow

            self.letters = LetterRow(self.speech, self)
            self._column.addWidget(self.letters)
        if self.letters is not None:
            self.letters.setVisible(shown)

    def panes(self) -> list[QWidget]:
        """What F6 goes round, from the upper left to the lower right."""
        front = self.pages.currentWidget()
        inside = parts_of(front) if front is not None else []
        parts = [self.tools, self.navigation, self.top, self.notice, *inside]
        return [part for part in parts if part.isVisible()]

    def next_pane(self) -> None:
        """Give the focus to the next pane."""
        go_round(self.panes(), 1)

    def previous_pane(self) -> None:
        """Give the focus to the pane before."""
        go_round(self.panes(), -1)

    @Slot()
    def _title(self) -> None:
        parts = []
        workspace, unit = self.context.workspace, self.context.unit
        if workspace is not None:
            parts.append(workspace.path.name)
            if workspace.read_only:
                parts.append(self.speech("ui.read_only"))
        if unit is not None:
            parts.append(unit.name.text(self.speech.language))
        self.setWindowTitle(" — ".join([*parts, self.speech("app.name")]))

    @Slot()
    def _chosen_changed(self) -> None:
        """What was said of another unit, year or edition is not left standing over this one."""
        before, now = self._said_over, self.context.chosen
        self._said_over = now
        if before.unit_id is not None and before.year is not None and before != now:
            self.notice.hide()

    @Slot(str, object)
    def say(self, tone: str, message: Message) -> None:
        """Say a sentence under the top bar."""
        if tone == "good":
            self.notice.say_in_passing(tone, message)
        else:
            self.notice.say(tone, message)

    @Slot(object)
    def _problem(self, problem: AkimatError) -> None:
        self.say("error", problem.message)

    @Slot(object)
    def _fault(self, error: BaseException) -> None:
        import sys

        sys.excepthook(type(error), error, error.__traceback__)

    # -- files and decisions ------------------------------------------------------------------

    @property
    def workspaces(self) -> WorkspaceActions:
        """Who answers what is done with files."""
        found: WorkspaceActions = self.answers.handler("akimat_desk.ui.workspaces:WorkspaceActions")
        return found

    @property
    def decisions(self) -> DecisionActions:
        """Who answers what is done with decisions."""
        found: DecisionActions = self.answers.handler("akimat_desk.ui.decisions:DecisionActions")
        return found

    @property
    def reading(self) -> ReadingPage | None:
        """The preview of a decision, where one was read."""
        return cast("ReadingPage | None", self._made.get("reading"))

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open this workspace."""
        self.workspaces.open_path(path)

    def read_path(self, path: Path) -> None:
        """Read this decision; what was understood is shown before anything is stored."""
        self.decisions.read_path(path)

    # -- the rest -----------------------------------------------------------------------------

    @Slot()
    def show_hints(self) -> None:
        """Show the lines on what to do again, on every page."""
        for page in PAGES:
            self.context.settings.set_flag(f"hint/{page.name}", True)
        for made in self._made.values():
            made.show_hint()

    @Slot()
    def about(self) -> None:
        """What the program is and which versions run."""
        from akimat_desk.ui.dialogs.small import AboutDialog

        AboutDialog(self.context, self).run()

    # -- dropping files on the window -----------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is None:
            return
        from akimat_desk.ui.workspaces import WORKSPACE_SUFFIX

        event.acceptProposedAction()
        if path.suffix.lower() == WORKSPACE_SUFFIX:
            self.open_path(path)
        else:
            self.read_path(path)

    # -- the end ------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the workspace on its own thread first (a copy is made), then the window."""
        if self._closing or self.context.workspace is None:
            self._remember()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self._closing = True
        self.setEnabled(False)
        desk = self.context.desk
        self.context.do(lambda _task: desk.close(), self._close_now, "ui.work.close", self._close_anyway)

    @Slot(object)
    def _close_now(self, closed: Closed) -> None:
        if closed.problem is not None:
            self._close_anyway(closed.problem)
        else:
            self.close()

    @Slot(object)
    def _close_anyway(self, problem: AkimatError) -> None:
        from akimat_desk.ui.dialogs.small import ProblemDialog

        self.setEnabled(True)
        ProblemDialog.tell(self.context, problem.message, self)
        self.close()

    def _remember(self) -> None:
        for page in self._made.values():
            page.save_state()
        self.context.settings.set_blob("window", self.saveGeometry())
        self.context.settings.save()


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file that was dropped."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None
