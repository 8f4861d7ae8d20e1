"""F6 goes round the window's panes: buttons, pages, choosers, the parts of the page, the letters."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget


def parts_of(page: QWidget) -> list[QWidget]:
    """The panes of a page: the sides of its splitters; a page without one is a pane itself."""
    splitters = [each for each in page.findChildren(QSplitter) if each.isVisible()]
    sides = [each.widget(row) for each in splitters for row in range(each.count())]
    parts = [side for side in sides if side is not None]
    leaves = [part for part in parts if not any(part.isAncestorOf(other) for other in splitters)]
    return [part for part in leaves if part.isVisible()] or [page]


def controls(pane: QWidget) -> Iterator[QWidget]:
    """The controls of a pane that Tab reaches, as they were made.

    Not by ``nextInFocusChain``: PySide's binding of it crashes when the program ends.
    """
    yield from (each for each in (pane, *pane.findChildren(QWidget)) if _can_be_reached(each))


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _can_be_reached(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def go_round(panes: list[QWidget], step: int) -> QWidget | None:
    """Give the focus to the next pane (``step`` -1: the one before), where it was there last."""
    focus = QApplication.focusWidget()
    here = next(
        (i for i, pane in enumerate(panes) if focus is not None and _holds(pane, focus)),
        -1 if step > 0 else 0,
    )
    for distance in range(1, len(panes) + 1):
        pane = panes[(here + step * distance) % len(panes)]
        last = pane.focusWidget()
        target = last if last is not None and _can_be_reached(last) else next(controls(pane), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return target
    return None
