"""Files: a workspace is made, opened, copied, restored and closed."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock

_FILES = "akimat_desk.ui.workspaces:WorkspaceActions"

AREA = Area(
    actions=(
        ActionSpec("new", "new", "Ctrl+N", answers=f"{_FILES}.new_workspace"),
        ActionSpec("open", "open", "Ctrl+O", answers=f"{_FILES}.open_workspace"),
        ActionSpec("example", "example", answers=f"{_FILES}.open_example"),
        ActionSpec("unit", "home", "Ctrl+U", "workspace", f"{_FILES}.edit_unit"),
        ActionSpec("backup", "backup", "", "workspace", f"{_FILES}.make_backup"),
        ActionSpec("restore", "restore", answers=f"{_FILES}.restore_backup"),
        ActionSpec("close_workspace", "close", "Ctrl+W", "workspace", f"{_FILES}.close_workspace"),
        ActionSpec("quit", "quit", "Ctrl+Q", answers="window.close"),
    ),
    menus=(
        MenuBlock("file", 10, ("new", "open", "example", "-recent")),
        MenuBlock("file", 30, ("unit",)),
        MenuBlock("file", 80, ("backup", "restore")),
        MenuBlock("file", 90, ("close_workspace", "quit")),
    ),
    tools=((10, "open"),),
)
