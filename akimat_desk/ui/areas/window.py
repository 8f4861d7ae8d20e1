"""The window itself: language, look, help."""

from akimat_desk.core.language import Language
from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock

_PALETTE = "akimat_desk.ui.palette.dialog:PaletteActions"

AREA = Area(
    actions=(
        *(
            ActionSpec(f"language_{each.value}", answers=f"window.speak_{each.value}", group="language")
            for each in Language
        ),
        ActionSpec("palette", "command", "Ctrl+K", answers=f"{_PALETTE}.open"),
        ActionSpec("search", "search", "Ctrl+F", "workspace", f"{_PALETTE}.search"),
        ActionSpec("hints", "hint", answers="window.show_hints"),
        ActionSpec("about", "help", "F1", answers="window.about"),
    ),
    menus=(
        MenuBlock("edit", 80, ("search",)),
        MenuBlock("view", 90, ("hints",)),
        MenuBlock("help", 10, ("palette",)),
        MenuBlock("language", 10, tuple(f"language_{each.value}" for each in Language)),
        MenuBlock("help", 90, ("about",)),
    ),
    tools=((90, "search"), (95, "palette")),
)
