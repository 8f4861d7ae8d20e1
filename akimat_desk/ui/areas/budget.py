"""The budget of a year, and what is done with a decision that is shown there."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_DECISIONS = "akimat_desk.ui.decisions:DecisionActions"

AREA = Area(
    pages=(PageSpec("budget", "akimat_desk.ui.pages.budget:BudgetPage", "budget", "budget", 10),),
    actions=(
        ActionSpec("details", "info", "Ctrl+I", "decision", f"{_DECISIONS}.show_details"),
        ActionSpec("confirm", "confirm", "", "draft", f"{_DECISIONS}.confirm_draft"),
        ActionSpec("delete_draft", "delete", "", "draft", f"{_DECISIONS}.delete_draft"),
        ActionSpec("as_of", "date", "Ctrl+G", "workspace", f"{_DECISIONS}.choose_day"),
        ActionSpec("expand", "expand", "Ctrl++", answers="front.expand"),
        ActionSpec("collapse", "collapse", "Ctrl+-", answers="front.collapse"),
        ActionSpec("next_finding", "", "F8", answers="front.next_finding"),
    ),
    menus=(
        MenuBlock("view", 20, ("expand", "collapse", "as_of", "next_finding")),
        MenuBlock("decision", 20, ("details", "confirm", "delete_draft")),
    ),
    search=tuple(f"akimat_desk.ui.search:find_{what}" for what in ("lines", "documents", "findings")),
)
