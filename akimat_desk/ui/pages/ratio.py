"""The Self-sufficiency page: where the unit stands, why, what if, where it is heading, beside others."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.ratio_outlook import OutlookTab
from akimat_desk.ui.pages.ratio_peers import PeersTab
from akimat_desk.ui.pages.ratio_standing import StandingTab
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.pages.ratio_whatif import WhatIfTab
from akimat_desk.ui.pages.ratio_why import WhyTab
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.printing import Printing
from akimat_desk.ui.resting import Resting
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, label
from akimat_desk.ui.work import Work


class RatioPage(SavesPaper, Page):
    """One formula for all the tabs; each asks when it is looked at."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.saver = FormSaver(context, self)
        self.printing = Printing(context, self)
        self._title = label("title")
        self._by = label("quiet")
        self.denominator = QComboBox(self)
        for each in Variant:
            self.denominator.addItem("", each.value)
        known = self.denominator.findData(context.settings.text("denominator", Variant.TOTAL_REVENUE.value))
        self.denominator.setCurrentIndex(max(known, 0))
        self.denominator.activated.connect(self._choose)
        self._by.setBuddy(self.denominator)
        self.formula = label("quiet", wrap=True, selectable=True)
        self.resting = Resting(context, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.standing = StandingTab(context, self)
        self.why = WhyTab(context, self)
        self.whatif = WhatIfTab(context, self)
        self.outlook = OutlookTab(context, self)
        self.peers = PeersTab(context, self)
        self._tabs: tuple[RatioTab, ...] = (self.standing, self.why, self.whatif, self.outlook, self.peers)
        for tab in self._tabs:
            self.tabs.addTab(tab, "")
        self.tabs.currentChanged.connect(self._looked_at)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._by)
        head.addWidget(self.denominator)
        corner = QWidget(self.tabs)
        papers = QHBoxLayout(corner)
        papers.setContentsMargins(0, 0, 0, 0)
        for name in ("save_pdf", "save_xlsx"):
            papers.addWidget(ActionButton(self.actions_[name], "quiet", corner))
        self.tabs.setCornerWidget(corner)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.formula)
        body.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(self.saver.bar)
        column.addLayout(body, 1)

    @property
    def variant(self) -> Variant:
        """The formula chosen."""
        return Variant(self.denominator.currentData())

    def provide(self) -> None:
        """A figure can be asked about in the table of the years."""
        seen = not self.isHidden()
        self.actions_.provide("figure", seen and self.tabs.currentWidget() is self.standing)
        for need in ("report", "report_pdf", "report_xlsx", "report_docx"):
            self.actions_.provide(need, seen and self.context.chosen.unit_id is not None)

    # -- the paper of the tab in front ------------------------------------------------------------

    @Slot()
    def print_(self) -> None:
        """Print it."""
        make = self._paper()
        if make is not None:
            self.context.ask(make, self.printing.start)

    def _save(self, file_format: str) -> None:
        make, tab = self._paper(), self.tabs.currentWidget()
        if make is not None and isinstance(tab, RatioTab):
            title = f"{self.speech('ui.ratio.paper')} – {self.speech(tab.title_key)}"
            self.saver.save(f"{title} {tab.year} ({self._language()}).{file_format}", make)

    def _language(self) -> str:
        return self.context.settings.text("doc_language", "kk+ru")

    def _paper(self) -> Work | None:
        """What makes the paper; where the tab shows nothing yet it is said so."""
        tab = self.tabs.currentWidget()
        make = tab.paper(self._language()) if isinstance(tab, RatioTab) else None
        if make is None:
            self.context.notice.emit("warning", Message("ui.ratio.no_paper"))
        return make

    @Slot()
    def rests_on(self) -> None:
        """What the figure under the cursor rests on; without one, the ratio of the year shown large."""
        asked = self.standing.figure_here()
        if asked is None:
            self.resting.ask(None)
        else:
            self.resting.ask_ratio(*asked, self.variant)

    def refresh(self) -> None:
        self.show_hint()
        workspace = self.context.workspace
        several = workspace is not None and len(workspace.units) > 1
        self.tabs.setTabVisible(self.tabs.indexOf(self.peers), several)
        for tab in self._tabs:
            tab.stale = True
        self._looked_at(self.tabs.currentIndex())

    @Slot(int)
    def _looked_at(self, index: int) -> None:
        self.provide()
        tab = self.tabs.widget(index)
        if isinstance(tab, RatioTab) and tab.stale:
            tab.stale = False
            tab.variant = self.variant
            tab.refresh()

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self.context.settings.set_text("denominator", self.denominator.currentData())
        self.formula.setText(self.speech(self.variant.formula_key))
        self.refresh()

    def show_tab(self, tab: QWidget) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(tab)

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.ratio"))
        self.tabs.setAccessibleName(speech("ui.page.ratio"))
        self.tabs.tabBar().setAccessibleName(speech("ui.page.ratio"))
        self._by.setText(speech("ui.ratio.formula"))
        for row in range(self.denominator.count()):
            self.denominator.setItemText(row, speech(f"ratio.variant.{self.denominator.itemData(row)}"))
        self.denominator.setAccessibleName(speech("ui.ratio.formula"))
        self.formula.setText(speech(self.variant.formula_key))
        for tab in self._tabs:
            self.tabs.setTabText(self.tabs.indexOf(tab), speech(tab.title_key))
            tab.retranslate()

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/ratio", True):
            self.hint.say("hint", Message("ui.ratio.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/ratio", False)
