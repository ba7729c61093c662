from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from simulator.report.growth_chart import apart
from tests.report.test_charts import growth


def test_growth_starts_with_no_list_and_names_each_curve_at_its_end(steps):
    spec = growth(steps)
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == "No list"
    words = [label["words"] for label in spec["layer"][-1]["data"]["values"]]
    assert "74 in 100\nre-identified" in words


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=5),
)
def test_labels_keep_apart_and_inside(places):
    moved = apart(places, gap=20, low=0, high=100)
    ordered = sorted(moved)
    assert all(right - left > 20 - 1e-9 for left, right in pairwise(ordered))
    assert ordered[0] >= -1e-9
    assert ordered[-1] <= 100 + 1e-9
