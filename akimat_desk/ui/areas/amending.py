"""Amendments, budgets side by side, and what a figure rests on."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_ACTIONS = "akimat_desk.ui.amending:AmendingActions"

AREA = Area(
    pages=(
        PageSpec("changes", "akimat_desk.ui.pages.changes:ChangesPage", "changes", "budget", 20),
        PageSpec("compare", "akimat_desk.ui.pages.compare:ComparePage", "compare", "budget", 30),
    ),
    actions=(
        ActionSpec("start_amendment", "amend", "Ctrl+Shift+A", "workspace", f"{_ACTIONS}.start"),
        ActionSpec("renew_draft", "renew", "", "amendment_draft", f"{_ACTIONS}.renew"),
        ActionSpec("before_after", "reports", "", "amendment", "front.before_after"),
        ActionSpec("amending_decision", "reports", "", "amendment", "front.amending_decision"),
        ActionSpec("rests_on", "rests_on", "F4", "figure", "front.rests_on"),
    ),
    menus=(
        MenuBlock("decision", 30, ("start_amendment", "renew_draft", "before_after", "amending_decision")),
        MenuBlock("view", 30, ("rests_on",)),
    ),
)
