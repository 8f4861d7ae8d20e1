"""Financing plans by month: the grid, filling, approval, changes with their certificates."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

AREA = Area(
    pages=(PageSpec("plans", "akimat_desk.ui.pages.plans:PlansPage", "plans", "budget", 40),),
    actions=(
        ActionSpec("plan_start", "new", "", "workspace", "page:plans.start_plan"),
        ActionSpec("plan_import", "read", "", "workspace", "page:plans.import_plan"),
        ActionSpec("plan_paste", "paste", "", "workspace", "page:plans.paste_plan"),
        ActionSpec("plan_bring_back", "restore", "", "plan_deleted", "front.bring_back"),
        ActionSpec("plan_quarter", "date", "", "workspace", "page:plans.start_quarter"),
        ActionSpec("plan_line", "expand", "", "plan_draft", "front.add_line"),
        ActionSpec("plan_fill", "renew", "Ctrl+L", "plan_draft", "front.fill_line"),
        ActionSpec("plan_obligations", "copy", "", "plan_draft", "front.fill_obligations"),
        ActionSpec("plan_approve", "confirm", "", "plan_draft", "front.approve"),
        ActionSpec("plan_change", "amend", "", "plan_approved", "front.start_change"),
        ActionSpec("plan_describe", "info", "", "plan_change", "front.describe_change"),
        ActionSpec("plan_delete", "delete", "", "plan_draft", "front.delete"),
    ),
    menus=(
        MenuBlock(
            "decision", 40, ("plan_start", "plan_import", "plan_paste", "plan_quarter", "plan_approve")
        ),
        MenuBlock("decision", 41, ("plan_change", "plan_describe", "plan_delete", "plan_bring_back")),
        MenuBlock("edit", 40, ("plan_line", "plan_fill", "plan_obligations")),
    ),
)
