"""Texts stand in the order of Arrow's own sorting, however alike they begin."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from simulator.linkage.text_order import text_order

TEXTS = st.text(max_size=12) | st.text("ab\0é王", max_size=12) | st.text("a", max_size=20)


@given(
    st.lists(TEXTS, unique=True),
    st.integers(0, 3),
    st.sampled_from([pa.string(), pa.large_string()]),
)
def test_texts_are_in_the_order_of_arrow(drawn, left_out, kind):
    values = pa.array(drawn, kind)[left_out:]
    assert text_order(values).tolist() == pc.sort_indices(values).to_pylist()
