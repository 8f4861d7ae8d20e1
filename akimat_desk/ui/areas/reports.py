"""Reports: looked at, saved, printed. Any page that shows one answers the same actions."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

AREA = Area(
    pages=(PageSpec("reports", "akimat_desk.ui.pages.reports:ReportsPage", "reports", "reports", 10),),
    actions=(
        ActionSpec("save_pdf", "save", "Ctrl+S", "report report_pdf", "front.save_pdf"),
        ActionSpec("save_xlsx", "save", "", "report report_xlsx", "front.save_xlsx"),
        ActionSpec("save_docx", "save", "", "report report_docx", "front.save_docx"),
        ActionSpec("print", "print", "Ctrl+P", "report", "front.print_"),
    ),
    menus=(
        MenuBlock("report", 10, ("save_pdf", "save_xlsx", "save_docx")),
        MenuBlock("report", 20, ("print",)),
        MenuBlock("report", 90, ("unit",)),
    ),
    tools=((80, "save_pdf"), (81, "print")),
    search=("akimat_desk.ui.search:find_reports",),
)
