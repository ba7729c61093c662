"""Rows that are equal are told as one, as sorting whole rows tells them."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.exposure.equal_rows import equal_rows

ROWS = arrays(
    np.int64,
    st.tuples(st.integers(0, 30), st.integers(0, 4)),
    elements=st.sampled_from([-1, 0, 1, 2, np.iinfo(np.int64).max]),
)


@given(ROWS)
def test_every_row_is_the_first_of_its_number(rows: npt.NDArray[np.int64]) -> None:
    first, number = equal_rows(rows)
    assert (rows[first[number]] == rows).all()
    assert (first[number] <= np.arange(len(rows))).all()
    assert (np.diff(first) > 0).all(), "numbered in the order of appearance"
    assert len(first) == len(set(map(tuple, rows.tolist())))
