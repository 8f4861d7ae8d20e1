"""The calendar of the budget year: what is due, late and done."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_PAGE = "page:calendar"

AREA = Area(
    pages=(PageSpec("calendar", "akimat_desk.ui.pages.calendar:CalendarPage", "calendar", "budget", 80),),
    actions=(
        ActionSpec("mark_done", "confirm", "", "workspace calendar_date", "front.mark_done"),
        ActionSpec("tell_event", "date", "", "workspace", f"{_PAGE}.tell_event"),
        ActionSpec("work_days", "calendar", "", "workspace", f"{_PAGE}.correct_days"),
        ActionSpec("export_ics", "save", "", "workspace", f"{_PAGE}.export_ics"),
    ),
    menus=(MenuBlock("reference", 30, ("mark_done", "tell_event", "work_days", "export_ics")),),
)
