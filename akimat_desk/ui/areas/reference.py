"""Reference data: the classification, places and people."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_CODES, _PLACES = "page:classification", "page:places"

AREA = Area(
    pages=(
        PageSpec(
            "classification",
            "akimat_desk.ui.pages.classification:ClassificationPage",
            "classification",
            "reference",
            10,
            needs="",
        ),
        PageSpec("places", "akimat_desk.ui.pages.places:PlacesPage", "places", "reference", 20, needs=""),
    ),
    actions=(
        ActionSpec("add_code", "new", "", "workspace", f"{_CODES}.add_code"),
        ActionSpec("add_unknown_code", "new", "", "workspace unknown_code", "front.add_unknown_code"),
        ActionSpec("take_in_pack", "read", "", "workspace", f"{_CODES}.take_in"),
        ActionSpec("export_pack", "save", "", "", f"{_CODES}.export"),
        ActionSpec("code_sources", "info", "", "workspace", f"{_CODES}.show_sources"),
        ActionSpec("take_in_kato", "read", "", "", f"{_PLACES}.take_in_kato"),
        ActionSpec("take_in_people", "read", "", "workspace", f"{_PLACES}.take_in_people"),
    ),
    menus=(
        MenuBlock(
            "reference", 10, ("add_code", "add_unknown_code", "take_in_pack", "export_pack", "code_sources")
        ),
        MenuBlock("reference", 20, ("take_in_kato", "take_in_people")),
    ),
    search=("akimat_desk.ui.reference_search:find_codes",),
)
