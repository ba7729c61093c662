"""Many texts as one array of bytes, for what would take long text by text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def utf8_bytes(values: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return the bytes of all values in one array, and where each value begins and the last ends.

    >>> found, bounds = utf8_bytes(pa.array(["ab", "c"]))
    >>> bytes(found), bounds.tolist()
    (b'abc', [0, 2, 3])
    """
    large = values.cast(pa.large_string())
    _, bounds, text = large.buffers()
    if text is None:
        return np.zeros(0, dtype=np.uint8), np.zeros(len(values) + 1, dtype=np.int64)
    own = np.frombuffer(bounds, dtype=np.int64)[large.offset : large.offset + len(values) + 1]
    return np.frombuffer(text, dtype=np.uint8)[own[0] : own[-1]], own - own[0]


def only_among(values: pa.Array, wanted: bytes) -> pa.Array:
    """Return the values without any character but the `wanted` ones, which are ASCII's.

    >>> only_among(pa.array(["555-0123", "(é) 5", "-"]), b"0123456789").to_pylist()
    ['5550123', '5', '']
    """
    letters, bounds = utf8_bytes(values)
    is_wanted = np.zeros(256, dtype=np.bool_)
    is_wanted[list(wanted)] = True
    kept = is_wanted.take(letters)
    ends = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)]).take(bounds)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(letters[kept])]
    return pa.Array.from_buffers(pa.large_string(), len(values), buffers)
