"""Adjustments by the akim, opening balances, closed months."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

AREA = Area(
    pages=(
        PageSpec("adjustments", "akimat_desk.ui.pages.adjustments:AdjustmentsPage", "adjust", "budget", 45),
    ),
    actions=(
        ActionSpec("adjustment_new", "new", "", "workspace", "page:adjustments.new"),
        ActionSpec("adjustment_describe", "info", "", "adjustment_draft", "page:adjustments.describe"),
        ActionSpec("adjustment_line", "expand", "", "adjustment_draft", "page:adjustments.add_line"),
        ActionSpec("adjustment_remove", "delete", "", "adjustment_draft", "page:adjustments.remove_line"),
        ActionSpec("adjustment_confirm", "confirm", "", "adjustment_draft", "page:adjustments.confirm"),
        ActionSpec("adjustment_delete", "delete", "", "adjustment_draft", "page:adjustments.delete"),
        ActionSpec("balances", "budget", "", "workspace", "page:adjustments.edit_balances"),
        ActionSpec("periods", "date", "", "workspace", "page:adjustments.edit_periods"),
        ActionSpec("office_rules", "info", "", "workspace", "page:adjustments.edit_rules"),
    ),
    menus=(
        MenuBlock(
            "decision",
            45,
            ("adjustment_new", "adjustment_describe", "adjustment_confirm", "adjustment_delete"),
        ),
        MenuBlock("decision", 46, ("balances", "periods", "office_rules")),
        MenuBlock("edit", 45, ("adjustment_line", "adjustment_remove")),
    ),
)
