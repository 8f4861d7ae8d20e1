"""A budget typed by hand: the draft page and everything that is done on it."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

_SHEET = "draft_sheet"

AREA = Area(
    pages=(PageSpec("draft", "akimat_desk.ui.pages.draft:DraftPage", "edit", "budget", 15),),
    actions=(
        ActionSpec("undo", "undo", "Ctrl+Z", f"{_SHEET} undoable", "front.undo"),
        ActionSpec("redo", "redo", "Ctrl+Y", f"{_SHEET} redoable", "front.redo"),
        ActionSpec("cut", "", "Ctrl+X", _SHEET, "front.cut"),
        ActionSpec("copy", "copy", "Ctrl+C", _SHEET, "front.copy"),
        ActionSpec("paste_cells", "paste", "Ctrl+V", _SHEET, "front.paste"),
        ActionSpec(
            "new_draft", "new", "Ctrl+Shift+N", "workspace", "akimat_desk.ui.drafts:DraftActions.begin"
        ),
        ActionSpec("edit_draft", "edit", "Ctrl+E", "draft", "page:draft.edit"),
        ActionSpec("draft_add", "expand", "Insert", _SHEET, "front.add_line"),
        ActionSpec("draft_remove", "delete", "Ctrl+Del", _SHEET, "front.remove_line"),
        ActionSpec("draft_note", "hint", "Shift+F2", _SHEET, "front.write_note"),
        ActionSpec("draft_copy", "copy", "Ctrl+Shift+C", _SHEET, "front.copy_year"),
        ActionSpec("draft_text", "", "", _SHEET, "front.take_text"),
        ActionSpec(
            "draft_only_findings", "warning", "Ctrl+Shift+F", _SHEET, "front.filter_rows", checkable=True
        ),
        ActionSpec("draft_only_changed", "edit", "Ctrl+Shift+E", _SHEET, "front.filter_rows", checkable=True),
    ),
    menus=(
        MenuBlock("edit", 10, ("undo", "redo")),
        MenuBlock("edit", 20, ("cut", "copy", "paste_cells")),
        MenuBlock("edit", 30, ("draft_add", "draft_remove", "draft_note")),
        MenuBlock("view", 30, ("draft_only_findings", "draft_only_changed")),
        MenuBlock("decision", 10, ("new_draft", "edit_draft", "draft_copy", "draft_text")),
    ),
    tools=((40, "undo"), (41, "redo")),
)
