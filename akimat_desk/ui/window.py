"""The main window: navigation, top bar, pages; every action of the program is answered here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import PAGES, Actions, language_action
from akimat_desk.ui.context import Context
from akimat_desk.ui.decisions import DecisionActions
from akimat_desk.ui.icons import icon
from akimat_desk.ui.pages.start import StartPage
from akimat_desk.ui.widgets.bars import Bar, BusyBar
from akimat_desk.ui.widgets.navigation import Navigation
from akimat_desk.ui.widgets.topbar import TopBar
from akimat_desk.ui.workspaces import WORKSPACE_SUFFIX, WorkspaceActions

if TYPE_CHECKING:
    from akimat_desk.ui.faults import FaultCatcher
    from akimat_desk.ui.pages.budget import BudgetPage
    from akimat_desk.ui.pages.page import Page
    from akimat_desk.ui.pages.reading import ReadingPage
    from akimat_desk.ui.values import Closed

_MENUS = (
    ("file", ("new", "open", "example", "-recent", "", "read", "paste", "", "unit", "",
              "backup", "restore", "", "close_workspace", "quit")),
    ("view", ("page_budget", "page_ratio", "page_reports", "", "expand", "collapse", "as_of", "next_finding",
              "", "hints")),
    ("decision", ("read", "paste", "", "details", "confirm", "delete_draft")),
    ("report", ("save_pdf", "save_xlsx", "save_docx", "", "print", "", "unit")),
    ("language", ("language_kk", "language_ru", "language_en")),
    ("help", ("about",)),
)  # fmt: skip

_FIRST = QSize(1280, 800)  # of a window opened for the first time
_FRAME = 60  # what a window manager's frame takes at most


class MainWindow(QMainWindow):
    """Pages are made when first looked at, so that the window paints before they are loaded."""

    closed = Signal()
    #: Set by whoever starts the window: catches faults while it lives.
    faults: FaultCatcher

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.speech = context.speech
        self.setWindowIcon(icon("application"))
        self.setAcceptDrops(True)
        self.actions_ = Actions(self.speech, self)
        self.navigation = Navigation(self.actions_, self.speech, self)
        self.top = TopBar(context, self.actions_, self)
        self.notice = Bar(self.speech, self)
        self.busy = BusyBar(self.speech, (context.database, context.files), self)
        self.pages = QStackedWidget(self)
        self.start = StartPage(context, self.actions_, self)
        self.pages.addWidget(self.start)
        self._made: dict[str, Page] = {}
        self.reading: ReadingPage | None = None
        self._page = PAGES[0]
        self._closing = False
        self._menus: list[tuple[str, QMenu]] = []
        self._recent_menu: QMenu | None = None
        self._arrange()
        self._make_menus()
        self._connect()
        self.workspaces = WorkspaceActions(self)
        self.decisions = DecisionActions(self)
        self.start.recent_chosen.connect(self.workspaces.open_path)
        self._restore_geometry()
        self.retranslate()
        self._workspace_changed()

    # -- building -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
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
        self.navigation.setFixedWidth(self.fontMetrics().averageCharWidth() * 29)
        self.setCentralWidget(centre)
        self.setMinimumSize(960, 560)

    def _make_menus(self) -> None:
        for name, entries in _MENUS:
            menu = QMenu(self)
            self.menuBar().addMenu(menu)
            self._menus.append((name, menu))
            for entry in entries:
                if entry == "-recent":
                    self._recent_menu = menu.addMenu("")
                    self._recent_menu.aboutToShow.connect(self._fill_recent)
                elif entry:
                    menu.addAction(self.actions_[entry])
                else:
                    menu.addSeparator()

    def _connect(self) -> None:
        for name in self.actions_.names():  # first of all: what an action answers comes after
            self.actions_[name].triggered.connect(self.notice.pass_by)
        answers = {
            "quit": self.close,
            "expand": self.expand,
            "collapse": self.collapse,
            "next_finding": self.next_finding,
            "hints": self.show_hints,
            "about": self.about,
        }
        for name, answer in answers.items():
            self.actions_[name].triggered.connect(answer)
        for page in PAGES:
            self.actions_[f"page_{page}"].triggered.connect(self._page_asked)
        for language in Language:
            action = self.actions_[language_action(language)]
            action.setData(language.value)
            action.setChecked(language is self.speech.language)
            action.triggered.connect(self._language_asked)
        context = self.context
        context.workspace_changed.connect(self._workspace_changed)
        context.chosen_changed.connect(self._title)
        context.notice.connect(self.say)
        context.notice_over.connect(self.notice.hide)
        for worker in (context.database, context.files):
            worker.problem.connect(self._problem)
            worker.fault.connect(self._fault)
        self.speech.changed.connect(self.retranslate)

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
        if self.reading is not None and self.pages.currentWidget() is self.reading:
            return  # a decision is being looked at: it stays
        self.show_page(self._page) if there else self._show_start()

    def _no_page_chosen(self) -> None:
        """Neither start nor preview is one of the pages at the left."""
        group = self.actions_[f"page_{PAGES[0]}"].actionGroup()
        group.setExclusive(False)
        for page in PAGES:
            self.actions_[f"page_{page}"].setChecked(False)
        group.setExclusive(True)

    def _show_start(self) -> None:
        self._no_page_chosen()
        self._nothing_seen()
        self.start.enter()
        self.pages.setCurrentWidget(self.start)

    def _nothing_seen(self) -> None:
        """What only the page in front makes possible; it says so itself when it is entered."""
        for what in ("decision", "draft", "report"):
            self.actions_.provide(what, False)

    def page(self, name: str) -> Page:
        """A page by name, made when first asked for."""
        if name not in self._made:
            made: Page
            if name == "budget":
                from akimat_desk.ui.pages.budget import BudgetPage

                made = BudgetPage(self.context, self.actions_, self)
            elif name == "ratio":
                from akimat_desk.ui.pages.ratio import RatioPage

                made = RatioPage(self.context, self.actions_, self)
            else:
                from akimat_desk.ui.pages.reports import ReportsPage

                made = ReportsPage(self.context, self.actions_, self)
            self.pages.addWidget(made)
            self._made[name] = made
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self._page = name
        page = self.page(name)
        self.actions_[f"page_{name}"].setChecked(True)
        self.pages.setCurrentWidget(page)
        self._nothing_seen()
        page.enter()

    @Slot()
    def _page_asked(self) -> None:
        asked = self.sender()
        assert isinstance(asked, QAction)
        self.show_page(asked.objectName().removeprefix("page_"))

    @Slot()
    def _language_asked(self) -> None:
        asked = self.sender()
        assert isinstance(asked, QAction)
        self.choose_language(Language(str(asked.data())))

    def choose_language(self, language: Language) -> None:
        """Speak another language from now on, and remember it."""
        self.actions_[language_action(language)].setChecked(True)
        self.context.settings.language = language
        self.speech.choose(language)

    @Slot()
    def retranslate(self) -> None:
        for name, menu in self._menus:
            menu.setTitle(self.speech(f"ui.menu.{name}"))
        if self._recent_menu is not None:
            self._recent_menu.setTitle(self.speech("ui.menu.recent"))
        self._title()

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

    def open_path(self, path: Path) -> None:
        """Open this workspace."""
        self.workspaces.open_path(path)

    def read_path(self, path: Path) -> None:
        """Read this decision; what was understood is shown before anything is stored."""
        self.decisions.read_path(path)

    def show_reading(self) -> ReadingPage:
        """Bring the preview of a decision to the front."""
        if self.reading is None:
            from akimat_desk.ui.pages.reading import ReadingPage

            self.reading = ReadingPage(self.context, self)
            self.reading.finished.connect(self.decisions.finish_reading)
            self.pages.addWidget(self.reading)
        self._no_page_chosen()
        self.pages.setCurrentWidget(self.reading)
        self._nothing_seen()
        return self.reading

    def leave_reading(self, page: str) -> None:
        """Put the preview away: on to ``page``, or ("") back to where one was."""
        if self.context.workspace is None:
            self._show_start()
        else:
            self.show_page(page or self._page)

    @Slot()
    def _fill_recent(self) -> None:
        assert self._recent_menu is not None
        self._recent_menu.clear()
        for path in self.context.settings.recent():
            action = self._recent_menu.addAction(f"{path.name}  ·  {path.parent}".replace("&", "&&"))
            action.setData(str(path))
            action.triggered.connect(self._recent_asked)
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction(self.speech("ui.menu.recent.none")).setEnabled(False)

    @Slot()
    def _recent_asked(self) -> None:
        asked = self.sender()
        assert isinstance(asked, QAction)
        self.open_path(Path(str(asked.data())))

    # -- on the page in front -----------------------------------------------------------------

    def _lines_page(self) -> BudgetPage | ReadingPage | None:
        """The page in front, where it shows lines and findings."""
        from akimat_desk.ui.pages.budget import BudgetPage
        from akimat_desk.ui.pages.reading import ReadingPage

        page = self.pages.currentWidget()
        return page if isinstance(page, BudgetPage | ReadingPage) else None

    @Slot()
    def expand(self) -> None:
        """Open every branch."""
        page = self._lines_page()
        if page is not None:
            page.tree.expandAll()

    @Slot()
    def collapse(self) -> None:
        """Close every branch."""
        page = self._lines_page()
        if page is not None:
            page.tree.collapseAll()

    @Slot()
    def next_finding(self) -> None:
        """Go to the next finding's line."""
        page = self._lines_page()
        if page is not None:
            page.panel.next()

    # -- the rest -----------------------------------------------------------------------------

    @Slot()
    def show_hints(self) -> None:
        """Show the lines on what to do again, on every page."""
        for page in PAGES:
            self.context.settings.set_flag(f"hint/{page}", True)
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
