"""Walks the accessibility tree of a program as a screen reader does, through AT-SPI; prints it as JSON.

    /usr/bin/python3 walker.py PID

Run by the system's Python: the binding (gi, Atspi 2.0) is Debian's. Knows nothing of the program.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE = 20.0  # seconds for a program to appear on the accessibility bus
MOST = 6000


def program(pid):
    """The program's root, once it has registered."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(number)
            if child is not None and child.get_process_id() == pid:
                return child
        time.sleep(0.1)
    raise SystemExit("the program is not on the accessibility bus")


def labels(node):
    """The names of what labels it (a field beside its label)."""
    return [
        relation.get_target(number).get_name()
        for relation in node.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for number in range(relation.get_n_targets())
    ]


def walk(root):
    """Every node that shows, from the top; rows of tables and lists are counted, not walked."""
    waiting, found = [(root, [])], []
    while waiting and len(found) < MOST:
        node, path = waiting.pop()
        states = node.get_state_set()
        role = node.get_role_name()
        name = node.get_name() or ""
        shown = states.contains(Atspi.StateType.SHOWING)
        found.append(
            {
                "role": role,
                "name": name,
                "description": node.get_description() or "",
                "focusable": states.contains(Atspi.StateType.FOCUSABLE),
                "enabled": states.contains(Atspi.StateType.ENABLED),
                "showing": shown,
                "children": node.get_child_count(),
                "path": path,
                "labels": labels(node),
            }
        )
        if path and not shown and role not in ("frame", "application"):
            continue
        if role in ("tree", "tree table", "table", "list", "combo box", "menu", "popup menu"):
            continue
        for number in range(min(node.get_child_count(), 400))[::-1]:
            child = node.get_child_at_index(number)
            if child is not None:
                waiting.append((child, [*path, f"{role} {name}".strip()]))
    return found


if __name__ == "__main__":
    print(json.dumps(walk(program(int(sys.argv[1]))), ensure_ascii=False))
