"""Characters are left out as a regular expression leaves them out."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.linkage.text_bytes import only_among

TEXTS = st.lists(st.text(max_size=12) | st.text("a0é王-5z", max_size=12))


@pytest.mark.parametrize(("wanted", "others"), [(b"0123456789", "[^0-9]"), (b"az-", "[^az-]")])
@given(TEXTS, st.integers(0, 3), st.sampled_from([pa.string(), pa.large_string()]))
def test_what_is_wanted_is_kept_in_its_order(wanted, others, drawn, left_out, kind):
    values = pa.array(drawn, kind)[left_out:]
    expected = pc.replace_substring_regex(values, others, "").to_pylist()
    assert only_among(values, wanted).to_pylist() == expected
