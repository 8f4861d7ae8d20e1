"""The window itself: language, look, help."""

from akimat_desk.core.language import Language
from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock

AREA = Area(
    actions=(
        *(
            ActionSpec(f"language_{each.value}", answers=f"window.speak_{each.value}", group="language")
            for each in Language
        ),
        ActionSpec("hints", "hint", answers="window.show_hints"),
        ActionSpec("about", "help", "F1", answers="window.about"),
    ),
    menus=(
        MenuBlock("view", 90, ("hints",)),
        MenuBlock("language", 10, tuple(f"language_{each.value}" for each in Language)),
        MenuBlock("help", 90, ("about",)),
    ),
)
