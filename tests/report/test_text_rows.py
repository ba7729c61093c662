from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.report.text_rows import text_row

WIDTHS = (8, 7, 7)
WORDS = st.lists(st.text("abc123", min_size=1, max_size=6), max_size=5).map(" ".join)


@given(st.lists(WORDS, min_size=3, max_size=3))
def test_no_word_is_lost_or_runs_into_the_next(cells):
    lines = text_row(cells, WIDTHS).splitlines() or [""]
    assert all(len(line) <= sum(WIDTHS) for line in lines)
    starts = (0, 8, 15)
    columns = [
        " ".join(" ".join(line[start : start + width] for line in lines).split())
        for start, width in zip(starts, WIDTHS, strict=True)
    ]
    assert columns == cells
    assert all(line[start : start + 1] in ("", " ") for line in lines for start in starts[1:])


def test_fewer_cells_than_columns_end_the_row():
    assert text_row(["name", "1"], WIDTHS) == "name          1"
