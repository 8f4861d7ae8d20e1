"""The layout of the draft page: head, finder and filters, the grid over its balance, the findings below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from akimat_desk.ui.actions import Actions
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton

if TYPE_CHECKING:
    from akimat_desk.ui.pages.draft import DraftPage


def arrange(page: DraftPage, actions: Actions) -> tuple[QStackedWidget, QSplitter]:
    """Put the page's parts into their places.

    Returns what shows either the draft or the words that there is none, and what shares the height.
    """
    head = QHBoxLayout()
    head.setSpacing(SPACE)
    head.addWidget(page.title)
    head.addWidget(page.facts, 1)
    head.addWidget(page.unit)
    for name, role in (("draft_copy", "quiet"), ("details", "quiet"), ("confirm", "plain")):
        head.addWidget(ActionButton(actions[name], role, page))
    tools = QHBoxLayout()
    tools.setSpacing(SPACE)
    tools.addWidget(page.finder, 3)
    tools.addWidget(page.words, 2)
    for name in ("draft_only_findings", "draft_only_changed"):
        tools.addWidget(ActionButton(actions[name], "plain", page))
    upper = QWidget(page)
    column = QVBoxLayout(upper)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    column.addLayout(tools)
    column.addWidget(page.view, 1)
    column.addWidget(page.strip)
    splitter = QSplitter(Qt.Orientation.Vertical, page)
    splitter.addWidget(upper)
    splitter.addWidget(page.panel)
    splitter.setStretchFactor(0, 1)
    splitter.setCollapsible(0, False)
    splitter.setCollapsible(1, False)
    splitter.setHandleWidth(5)
    nothing = QWidget(page)
    middle = QVBoxLayout(nothing)
    middle.addStretch(1)
    middle.addWidget(page.empty_words)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(ActionButton(actions["new_draft"], "primary", page))
    row.addWidget(ActionButton(actions["start_amendment"], "plain", page))
    row.addStretch(1)
    middle.addLayout(row)
    middle.addStretch(2)
    stack = QStackedWidget(page)
    stack.addWidget(splitter)
    stack.addWidget(nothing)
    body = QVBoxLayout()
    body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    body.addLayout(head)
    body.addWidget(stack, 1)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(page.hint)
    whole.addLayout(body, 1)
    return stack, splitter
