"""Rows are in the order of their codes, those without one left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.row_order import begins, in_code_order


@given(st.lists(st.integers(-1, 5), max_size=30))
def test_places_stand_by_code_and_then_by_number(drawn):
    places, first = in_code_order(np.array(drawn, dtype=np.int32), 6)
    expected = sorted((code, place) for place, code in enumerate(drawn) if code >= 0)
    assert [(drawn[place], place) for place in places.tolist()] == expected
    assert first.tolist() == begins(np.array([code for code, _ in expected])).tolist()
