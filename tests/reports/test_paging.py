"""Page breaks of a printed sheet, foreseen from its rows' heights."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.reports.xlsx.paging import Together, paged


def test_rows_fill_pages_and_what_belongs_together_moves_along() -> None:
    heights = dict.fromkeys(range(1, 31), 10.0)
    room = 103.2  # ten rows, with the tolerance
    assert paged(heights, 30, room, [], []).starts == [11, 21]
    pages = paged(heights, 30, room, [Together(9, 12)], [])
    assert (pages.breaks, pages.starts) == ([9], [9, 19, 29])
    pages = paged(heights, 30, room, [], [5])
    assert (pages.breaks, pages.starts) == ([], [5, 15, 25])
    # The head that comes again takes its room.
    assert paged(heights, 30, room, [], [], (8, 20.0)).starts == [11, 19, 27]
    # What is longer than a page is torn after all.
    assert paged(heights, 30, room, [Together(1, 25)], []).starts == [11, 21]


@given(
    st.lists(st.floats(1, 300), min_size=1, max_size=80),
    st.lists(st.tuples(st.integers(1, 80), st.integers(1, 12)), max_size=8),
)
def test_no_page_is_overfull_and_none_is_empty(
    given_heights: list[float], groups: list[tuple[int, int]]
) -> None:
    heights = dict(enumerate(given_heights, 1))
    last = len(heights)
    together = [Together(first, min(last, first + more)) for first, more in groups if first <= last]
    pages = paged(heights, last, 400, together, [])
    starts = [1, *pages.starts, last + 1]
    assert starts == sorted(set(starts))
    assert set(pages.breaks) <= set(pages.starts)
    for first, after in pairwise(starts):
        assert sum(heights[row] for row in range(first, after)) <= 400
