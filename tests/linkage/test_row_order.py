"""Rows are in the order of their keys whether or not both fit into one number."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.linkage.row_order import begins, by_key

KEYS = st.integers(0, 5) | st.integers(0, 2**62)


@given(st.lists(st.tuples(KEYS, st.booleans()), max_size=30))
def test_rows_stand_by_key_and_then_as_they_stood(drawn):
    rows = np.flatnonzero(np.array([kept for _, kept in drawn], dtype=np.bool_))
    keys = np.array([key for key, _ in drawn], dtype=np.int64)[rows]
    found_keys, found_rows = by_key(keys, rows)
    expected = sorted(zip(keys.tolist(), rows.tolist(), strict=True))
    assert list(zip(found_keys.tolist(), found_rows.tolist(), strict=True)) == expected
    assert begins(found_keys).sum() == len(set(keys.tolist()))
