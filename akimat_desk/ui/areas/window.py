"""The window itself: language, look, help."""

from akimat_desk.core.language import Language
from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock

_SETTINGS = "akimat_desk.ui.dialogs.settings:SettingsActions"
_UPDATES = "akimat_desk.ui.updating:UpdateActions"
_PALETTE = "akimat_desk.ui.palette.dialog:PaletteActions"

AREA = Area(
    actions=(
        *(
            ActionSpec(f"language_{each.value}", answers=f"window.speak_{each.value}", group="language")
            for each in Language
        ),
        ActionSpec("palette", "command", "Ctrl+K", answers=f"{_PALETTE}.open"),
        ActionSpec("search", "search", "Ctrl+F", "workspace", f"{_PALETTE}.search"),
        *(
            ActionSpec(f"theme_{theme}", answers=f"window.theme_{theme}", group="theme")
            for theme in ("light", "dark", "system")
        ),
        ActionSpec("text_larger", answers="window.text_larger"),
        ActionSpec("text_smaller", answers="window.text_smaller"),
        ActionSpec("letters", "", "Ctrl+Shift+K", answers="window.toggle_letters", checkable=True),
        ActionSpec("next_pane", "", "F6", answers="window.next_pane"),
        ActionSpec("previous_pane", "", "Shift+F6", answers="window.previous_pane"),
        ActionSpec("settings", "settings", "Ctrl+,", answers=f"{_SETTINGS}.open"),
        ActionSpec("hints", "hint", answers="window.show_hints"),
        ActionSpec("first", "example", answers="window.show_first"),
        ActionSpec("take_in_update", "renew", answers=f"{_UPDATES}.take_in_update"),
        ActionSpec("undo_update", "restore", answers=f"{_UPDATES}.undo_update"),
        ActionSpec("about", "help", "F1", answers="window.about"),
    ),
    menus=(
        MenuBlock("edit", 80, ("search",)),
        MenuBlock("file", 85, ("settings",)),
        MenuBlock("view", 60, ("theme_light", "theme_dark", "theme_system")),
        MenuBlock("view", 70, ("text_larger", "text_smaller")),
        MenuBlock("view", 90, ("letters", "hints")),
        MenuBlock("go", 90, ("next_pane", "previous_pane")),
        MenuBlock("help", 10, ("palette",)),
        MenuBlock("help", 50, ("first",)),
        MenuBlock("language", 10, tuple(f"language_{each.value}" for each in Language)),
        MenuBlock("help", 80, ("take_in_update", "undo_update")),
        MenuBlock("help", 90, ("about",)),
    ),
    tools=((90, "search"), (95, "palette")),
)
