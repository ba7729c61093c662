"""Rows are in the order of their keys whether or not both fit into one number."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.linkage.row_order import by_key, numbered_runs

KEYS = st.integers(0, 5) | st.integers(0, 2**62)


@given(st.lists(KEYS, max_size=30), st.randoms(use_true_random=False))
def test_rows_stand_by_key_and_then_by_number(drawn, random):
    rows = np.array(random.sample(range(100), len(drawn)), dtype=np.int64)
    keys = np.array(drawn, dtype=np.int64)
    found_keys, found_rows = by_key(keys, rows)
    expected = sorted(zip(keys.tolist(), rows.tolist(), strict=True))
    assert list(zip(found_keys.tolist(), found_rows.tolist(), strict=True)) == expected
    assert len(np.unique(numbered_runs(found_keys))) == len(set(drawn))
