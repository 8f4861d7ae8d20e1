"""Asking what a figure rests on, from whichever page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.amending import AmendingDesk

if TYPE_CHECKING:
    from akimat_desk.budget.grounds import Grounds
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.reports.papers import Shown
    from akimat_desk.ui.desks.amending import Explained


class Resting(QObject):
    """A page has one: ``ask`` shows the explanation of a figure, or says that there is none to show."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def offer(self, view: QAbstractItemView, action: QAction) -> None:
        """Offer ``action`` in the context menu of a cell, which becomes the one that is asked about."""

        def show(where: QPoint) -> None:
            index = view.indexAt(where)
            if index.isValid():
                view.setCurrentIndex(index)
                menu = QMenu(view)
                menu.addAction(action)
                menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                menu.popup(view.viewport().mapToGlobal(where))

        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(show)

    @Slot(object)
    def ask(self, grounds: Grounds | None) -> None:
        """Explain the figure with these grounds; None says that no figure is chosen."""
        if grounds is None:
            self._context.notice.emit("info", Message("ui.rests_on.nothing"))
            return
        desk = self._context.desk
        self._context.ask(lambda _task: desk.area(AmendingDesk).explain(grounds), self._explained)

    def ask_ratio(self, year: int, figure: str, variant: Variant) -> None:
        """Explain a figure of the ratio by its name in :func:`budget.ratio.grounds.ratio_grounds`."""
        desk, unit = self._context.desk, self._context.chosen.unit_id
        if unit is not None:
            self._context.ask(
                lambda _task: desk.area(AmendingDesk).explain_ratio(unit, year, figure, variant),
                self._explained,
            )

    @Slot(object)
    def _explained(self, explained: Explained) -> None:
        from akimat_desk.ui.dialogs.grounds import GroundsDialog

        wanted = GroundsDialog.ask(self._context, explained, self._page.window())
        if wanted is not None:
            self._open(wanted, explained)

    def _open(self, shown: Shown, explained: Explained) -> None:
        from akimat_desk.budget.views import DecisionSummary

        steps = [step.document for trail in explained.explanation.trails for step in trail.steps]
        editions = [each for each in steps if isinstance(each, DecisionSummary)]
        open_report(self._context, self._page, shown, editions)


def open_report(
    context: Context, widget: QWidget, shown: Shown, known: Sequence[DecisionSummary] = ()
) -> None:
    """Show a report with the document that it was found for; ``widget`` is anything in the window.

    The edition is looked for among ``known``, then among the unit's documents.
    """
    from akimat_desk.reports.papers import PaperKind
    from akimat_desk.reports.registry import REPORTS
    from akimat_desk.ui.window import MainWindow

    found = None
    if REPORTS[shown.report_id].is_asked_by(PaperKind.DECISION):
        own = context.overview.decisions if context.overview is not None else ()
        found = next((each for each in (*known, *own) if each.id == shown.document_id), None)
    if found is not None:
        context.choose_decision(found)
    else:
        context.choose_year(shown.year)
    window = widget.window()
    if isinstance(window, MainWindow):
        window.reveal("reports", shown)
