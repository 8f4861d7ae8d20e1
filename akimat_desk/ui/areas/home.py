"""Home: the first page of an open workspace."""

from akimat_desk.ui.areas.area import Area, PageSpec

AREA = Area(pages=(PageSpec("home", "akimat_desk.ui.pages.home:HomePage", "home", "", 0),))
