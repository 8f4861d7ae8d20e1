"""Names, roles and order of every control in process (``test_atspi.py`` asks the same from outside)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, takewhile

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.panes import controls
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]
STAGES = [*(page.name for page in PAGES), "reading", "start", "first"]
#: A control of these roles tells nobody what it is (a widget that paints itself is Qt's "Client").
NO_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Window}


def shown(window: MainWindow, stage: str, settle: Settle) -> QWidget:
    """The page, with everything on it that it shows of the example."""
    if stage == "reading":
        window.read_path(resource("example", "2026-2028_amendment_kk.html"))
    elif stage == "first":
        window.show_first()
    elif stage == "start":
        window.actions_["close_workspace"].trigger()
    else:
        window.show_page(stage)
    settle()
    return window.pages.currentWidget()


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def spoken(widget: QWidget) -> str:
    """The name, or that of the label that is its buddy."""
    mine = interface(widget)
    name = mine.text(QAccessible.Text.Name)
    labels = [each for each, relation in mine.relations() if relation & QAccessible.RelationFlag.Label]
    return name or " ".join(each.text(QAccessible.Text.Name) for each in labels)


@pytest.mark.parametrize("stage", STAGES)
def test_every_control_has_name_and_role_in_each_language(
    opened: MainWindow, settle: Settle, stage: str
) -> None:
    page = shown(opened, stage, settle)
    said: dict[Language, list[str]] = {}
    for language in (Language.KK, Language.RU):
        opened.choose_language(language)
        settle()
        here = list(controls(page))
        assert here
        nameless = [
            f"{type(each).__name__} in {type(each.parent()).__name__}" for each in here if not spoken(each)
        ]
        assert nameless == [], language
        roles = {interface(each).role() for each in here}
        assert not roles & NO_ROLES
        said[language] = [spoken(each) for each in here]
        assert not any(name.startswith("ui.") for name in said[language])
    if stage != "first":  # its first question is asked in all languages at once
        assert said[Language.KK] != said[Language.RU]


@pytest.mark.parametrize("stage", [page.name for page in PAGES])
def test_tab_goes_through_every_control_of_a_page_and_leaves_it(
    opened: MainWindow, settle: Settle, stage: str
) -> None:
    page = shown(opened, stage, settle)
    opened.activateWindow()
    wanted = {each for each in controls(page) if not _is_inside_a_group(each)}
    opened.navigation.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(200):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now in visited:
            break
        visited.append(now)
    missed = [f"{type(each).__name__} {spoken(each)}" for each in wanted - set(visited)]
    assert missed == []
    assert any(not page.isAncestorOf(each) for each in visited)


def _is_inside_a_group(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab reaches one, the arrows the others."""
    return bool(getattr(widget, "autoExclusive", lambda: False)()) or isinstance(
        widget.parent(), QAbstractItemView
    )


ROOT = QModelIndex()


def rows(view: QAbstractItemView) -> Iterator[list[QModelIndex]]:
    """The first rows of a view, each with its cells."""
    model = view.model()
    for row in range(min(model.rowCount(ROOT), 5)):
        columns = takewhile(lambda column, row=row: model.hasIndex(row, column, ROOT), count())
        yield [model.index(row, column, ROOT) for column in columns]


@pytest.mark.parametrize("stage", [page.name for page in PAGES])
def test_a_mark_is_never_colour_alone(opened: MainWindow, settle: Settle, stage: str) -> None:
    """A cell with an ink of its own says by an icon, bold letters or its tip too what it means."""
    page = shown(opened, stage, settle)
    role = Qt.ItemDataRole
    for view in page.findChildren(QAbstractItemView):
        if view.model() is None:
            continue
        for row in rows(view):
            coloured = [each for each in row if each.data(role.ForegroundRole) is not None]
            told = [
                each.data(role.DecorationRole)
                or each.data(role.ToolTipRole)
                or (each.data(role.FontRole) and each.data(role.FontRole).bold())
                for each in row
            ]
            assert any(told) or not coloured, (type(view).__name__, row[0].data())
