import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from simulator.sources.cells import pack, unpack


@given(st.lists(st.text(max_size=12), max_size=8))
def test_packing_undoes_unpacking_for_any_text(texts):
    codes, filled = unpack(pa.array(texts, pa.large_string()))
    assert pack(codes[filled], filled.sum(axis=1)).to_pylist() == texts


def test_packed_text_is_valid_arrow():
    characters = np.array([0x41, 0x7FF, 0x20AC, 0x1F600], dtype=np.uint32)
    packed = pack(characters, np.array([0, 3, 1]))
    packed.validate(full=True)
    assert packed.to_pylist() == ["", "A\u07ff€", "😀"]
