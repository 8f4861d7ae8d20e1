"""Reading a decision: its preview is shown by an action and has no place in the navigation."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_DECISIONS = "akimat_desk.ui.decisions:DecisionActions"

AREA = Area(
    pages=(PageSpec("reading", "akimat_desk.ui.pages.reading:ReadingPage", needs=""),),
    actions=(
        ActionSpec("read", "read", "Ctrl+D", answers=f"{_DECISIONS}.read_decision"),
        ActionSpec("paste", "paste", "Ctrl+Shift+V", answers=f"{_DECISIONS}.paste_decision"),
    ),
    menus=(
        MenuBlock("file", 20, ("read", "paste")),
        MenuBlock("decision", 10, ("read", "paste")),
    ),
    tools=((20, "read"),),
)
