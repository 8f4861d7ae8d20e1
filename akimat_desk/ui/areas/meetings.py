"""Meetings: their list and line in time, one meeting, people, residents' proposals, the year's numbers."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_LIST = "page:meetings"

AREA = Area(
    pages=(
        PageSpec("meetings", "akimat_desk.ui.pages.meetings:MeetingsPage", "meetings", "meetings", 10),
        PageSpec("meeting", "akimat_desk.ui.pages.meeting:MeetingPage"),
        PageSpec("proposals", "akimat_desk.ui.pages.proposals:ProposalsPage", "proposals", "meetings", 20),
        PageSpec("people", "akimat_desk.ui.pages.people:PeoplePage", "people", "meetings", 30),
        PageSpec(
            "meeting_numbers",
            "akimat_desk.ui.pages.meeting_numbers:MeetingNumbersPage",
            "reports",
            "meetings",
            40,
        ),
    ),
    actions=(
        ActionSpec("new_meeting", "new", "Ctrl+M", "workspace", f"{_LIST}.new_meeting"),
        ActionSpec("open_meeting", "open", "", "meeting", "front.open_meeting"),
        ActionSpec("delete_meeting", "delete", "", "meeting", "front.delete_meeting"),
        ActionSpec("scan_sheet", "paste", "Ctrl+B", "workspace", f"{_LIST}.scan_sheet"),
        ActionSpec("meeting_norms", "hint", "", "workspace", f"{_LIST}.set_norms"),
        ActionSpec("meeting_list", "collapse", "Ctrl+Shift+M", "workspace", f"{_LIST}.come_back"),
        ActionSpec("take_in_list", "read", "", "workspace", "page:people.take_in"),
    ),
    menus=(
        MenuBlock("meetings", 10, ("new_meeting", "open_meeting", "delete_meeting", "meeting_list")),
        MenuBlock("meetings", 20, ("scan_sheet", "take_in_list", "meeting_norms")),
    ),
    search=("akimat_desk.ui.desks.meetings:find_meetings",),
)
