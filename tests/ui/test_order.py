"""Lists of places stand in the order of the Kazakh alphabet; the menu of a figure says what it rests on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.meetings.people import set_locality
from akimat_desk.ui.desks.amending import UnitBudgets
from akimat_desk.ui.desks.drafts import DraftsDesk
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]
ORDERED = ["Авангард", "Әлжан", "Кеңес", "Қарасу", "Үлгілі", "Ілгері", "Юбилейное"]


def test_localities_are_listed_by_the_alphabet(opened: MainWindow, settle: Settle) -> None:
    desk, unit = opened.context.desk, opened.context.unit
    for name in reversed(ORDERED):
        made = Trilingual(kk=name, ru=name)
        opened.context.do(
            lambda _t, made=made: desk.area(MeetingsDesk).change(set_locality, unit.id, made), None
        )
        settle()
    page = opened.show_page("people")
    settle()
    model = page.place_model
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert [name for name in shown if name in ORDERED] == ORDERED
    assert [name for _, name in page._choices() if name in ORDERED] == ORDERED


def test_units_to_compare_are_listed_by_the_alphabet(opened: MainWindow, settle: Settle) -> None:
    page = opened.show_page("compare")
    settle()
    opened.choose_language(Language.KK)
    settle()
    chooser = page.left
    chooser.offer(
        tuple(UnitBudgets(no, Trilingual(kk=name), ()) for no, name in enumerate(reversed(ORDERED))), None
    )
    assert [chooser.units.itemText(row) for row in range(chooser.units.count())] == ORDERED


@pytest.mark.parametrize("name", ["budget", "draft", "changes"])
def test_a_figure_is_asked_about_by_its_menu(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "draft":
        desk, unit = opened.context.desk, opened.context.unit
        opened.context.do(
            lambda _t: desk.area(DraftsDesk).begin(unit.id, 2027, Language.RU),
            opened.context.choose_decision,
        )
        settle()
    page = opened.show_page(name)
    settle()
    offered: list[list[QAction]] = []

    class Shown(QMenu):  # a popup that grabs no keyboard: the screen of tests has none to grab
        def popup(self, _where: QPoint) -> None:
            offered.append(self.actions())

    monkeypatch.setattr("akimat_desk.ui.resting.QMenu", Shown)
    view: QAbstractItemView = page.view if name == "draft" else page.tree
    if isinstance(view, QTreeView):
        view.expandAll()
    view.setCurrentIndex(QModelIndex())
    index = view.model().index(0, view.model().columnCount() - 1)
    view.scrollTo(index)
    view.customContextMenuRequested.emit(view.visualRect(index).center())
    assert offered == [[opened.actions_["rests_on"]]]
    assert view.currentIndex() == index
    view.customContextMenuRequested.emit(QPoint(5, 100_000))  # beside the rows there is nothing to ask about
    assert len(offered) == 1
