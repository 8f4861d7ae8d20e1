"""Self-sufficiency."""

from akimat_desk.ui.areas.area import Area, PageSpec

AREA = Area(pages=(PageSpec("ratio", "akimat_desk.ui.pages.ratio:RatioPage", "ratio", "budget", 90),))
