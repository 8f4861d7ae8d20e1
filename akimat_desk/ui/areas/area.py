"""What an area of the program declares: its pages, its actions, their places in the menus.

Plain values without Qt: they are all read before the window paints. The classes behind them are named
by ``"module:Class"`` and imported when they are first needed.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The menus from left to right; one that nothing stands in is not shown. Texts: ``ui.menu.<name>``.
MENUS = (
    "file", "edit", "view", "go", "decision", "meetings", "report", "reference", "language", "help",
)  # fmt: skip

#: The groups of pages at the left, from top to bottom. Texts: ``ui.nav.<name>``; the first has none.
GROUPS = ("", "budget", "meetings", "reports", "reference")

#: What stays true whichever page is in front; everything else a page says when it is entered.
LASTING = frozenset({"workspace"})


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page. Its action is ``page_<name>`` (text ``ui.action.page_<name>``), made by itself.

    ``makes`` names the class, called with (context, actions, parent). ``group`` is its place in the
    navigation (:data:`GROUPS`), within it ``order``, then the order of the areas; a page that is only
    reached by an action (a preview, a card) has ``group=None``.
    """

    name: str
    makes: str
    icon: str = ""
    group: str | None = None
    order: int = 50
    needs: str = "workspace"

    @property
    def action(self) -> str:
        """The name of the action that shows it."""
        return f"page_{self.name}"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: its name (texts ``ui.action.<name>`` and optionally ``.tip``), icon and shortcut.

    ``needs`` names, apart by spaces, what must be at hand; why it is not possible without is said by
    ``ui.needs.<need>``. A page provides what it shows (``actions.provide("draft", True)``); "workspace"
    is an open file. ``answers`` says who does it:

    * ``"front.save_pdf"``: that method of the page in front; not possible where the page has none;
    * ``"page:reports.choose"``: shows that page, then calls its method;
    * ``"window.about"``: a method of the window;
    * ``"akimat_desk.ui.workspaces:WorkspaceActions.new_workspace"``: a method of a handler, one object
      made with the window when first needed.

    ``group`` makes it one of several choices with a check mark; ``checkable`` alone a switch.
    """

    name: str
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    answers: str = ""
    group: str = ""
    checkable: bool = False


@dataclass(frozen=True, slots=True)
class MenuBlock:
    """Actions that stand together in a menu, between lines; blocks go by ``order``, then by area."""

    menu: str
    order: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Everything an area adds to the window."""

    pages: tuple[PageSpec, ...] = ()
    actions: tuple[ActionSpec, ...] = ()
    menus: tuple[MenuBlock, ...] = ()
    #: Actions on the bar of buttons, with their place on it.
    tools: tuple[tuple[int, str], ...] = ()
    #: What it finds when everything is searched: ``"module:function"`` (see :mod:`akimat_desk.ui.search`).
    search: tuple[str, ...] = ()
