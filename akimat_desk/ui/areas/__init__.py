"""The one set of pages and actions: navigation, menus, buttons, shortcuts and palette come from it.

An area is a module here with ``AREA = Area(…)`` and its line in :data:`AREAS`; see :mod:`.area`.
"""

from __future__ import annotations

from importlib import import_module

from akimat_desk.ui.areas.area import GROUPS, ActionSpec, Area, MenuBlock, PageSpec

_NAMES = (
    "file",
    "home",
    "budget",
    "amending",
    "plans",
    "adjustments",
    "drafts",
    "execution",
    "ratio",
    "reading",
    "meetings",
    "reports",
    "exchange",
    "calendar",
    "reference",
    "window",
)


def _area(name: str) -> Area:
    area = import_module(f"{__name__}.{name}").AREA
    assert isinstance(area, Area)
    return area


AREAS = tuple(_area(name) for name in _NAMES)


def _places() -> tuple[PageSpec, ...]:
    found = [spec for area in AREAS for spec in area.pages if spec.group is not None]
    return tuple(sorted(found, key=lambda spec: (GROUPS.index(spec.group or ""), spec.order)))


#: The pages of the navigation, in its order.
PAGES = _places()
#: Every page by name, also those that only an action shows.
ALL_PAGES = {spec.name: spec for area in AREAS for spec in area.pages}


def _actions() -> tuple[ActionSpec, ...]:
    made = [spec for area in AREAS for spec in area.actions]
    for place, page in enumerate(PAGES, 1):
        key = f"Ctrl+{place % 10}" if place <= 10 else ""
        made.append(ActionSpec(page.action, page.icon, key, page.needs, f"page:{page.name}", "page"))
    return tuple(made)


#: Every action; those of the pages come last, with Ctrl+1… by their place in the navigation.
ACTIONS = _actions()


def blocks(menu: str) -> list[MenuBlock]:
    """What stands in a menu, in order."""
    if menu == "go":
        groups = [[page.action for page in PAGES if page.group == group] for group in GROUPS]
        found = [MenuBlock("go", 0, tuple(names)) for names in groups if names]
    else:
        found = []
    declared = (block for area in AREAS for block in area.menus if block.menu == menu)
    return found + sorted(declared, key=lambda block: block.order)


def tools() -> list[str]:
    """The actions on the bar of buttons, in order."""
    return [name for _, name in sorted(tool for area in AREAS for tool in area.tools)]
