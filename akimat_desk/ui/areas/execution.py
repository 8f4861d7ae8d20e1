"""Execution: the treasury's forms, plan and fact."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_PAGE = "page:execution"

AREA = Area(
    pages=(PageSpec("execution", "akimat_desk.ui.pages.execution:ExecutionPage", "execution", "budget", 60),),
    actions=(
        ActionSpec("take_in_form", "open", "Ctrl+T", "workspace", f"{_PAGE}.take_in"),
        ActionSpec("paste_form", "paste", "Ctrl+Shift+T", "workspace", f"{_PAGE}.paste"),
        ActionSpec("type_form", "new", "", "workspace", f"{_PAGE}.type_in"),
        ActionSpec("line_reason", "hint", "", "execution_line", "front.write_reason"),
        ActionSpec("line_documents", "info", "", "execution_line", "front.show_documents"),
        ActionSpec("execution_report", "reports", "", "execution", "front.show_report"),
        ActionSpec("forecast_report", "reports", "", "execution", "front.show_forecast_report"),
        ActionSpec("export_expenses", "save", "", "execution", "front.export_expenses"),
        ActionSpec("export_receipts", "save", "", "execution", "front.export_receipts"),
        ActionSpec("withdraw_form", "delete", "", "execution", "front.withdraw"),
    ),
    menus=(
        MenuBlock("decision", 62, ("export_expenses", "export_receipts")),
        MenuBlock("decision", 60, ("take_in_form", "paste_form", "type_form")),
        MenuBlock(
            "decision",
            61,
            ("line_reason", "line_documents", "execution_report", "forecast_report", "withdraw_form"),
        ),
    ),
)
