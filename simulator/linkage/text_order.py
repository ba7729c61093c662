"""The order of many different texts, found by sorting numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from simulator.linkage.row_order import begins

if TYPE_CHECKING:
    import pyarrow as pa

_BYTES = 8


def text_order(values: pa.LargeStringArray) -> npt.NDArray[np.int64]:
    """Return the places of the values in ascending order of their UTF-8 bytes.

    Most texts differ in their first eight bytes, and those are sorted as numbers, which is far
    faster; only texts that begin alike are compared as texts.

    Parameters
    ----------
    values : Arrow array of large strings
        None missing; of equal ones any may come first.

    Examples
    --------
    >>> import pyarrow as pa
    >>> text_order(pa.array(["smithson", "smithsonian", "jo"], pa.large_string())).tolist()
    [2, 0, 1]
    """
    beginning = _first_bytes(values)
    order = np.argsort(beginning)
    first = begins(beginning[order])
    alike = np.flatnonzero(~(first & np.append(first[1:], True)))
    unsettled = order[alike]
    order[alike] = unsettled[pc.sort_indices(values.take(unsettled)).to_numpy()]
    return order


def _first_bytes(values: pa.LargeStringArray) -> npt.NDArray[np.uint64]:
    """Return the first eight bytes of each value as a number, short ones filled with zeros."""
    _, ends, text = values.buffers()
    if text is None:
        return np.zeros(len(values), dtype=np.uint64)
    ends = np.frombuffer(ends, dtype=np.int64)[values.offset : values.offset + len(values) + 1]
    letters = np.append(np.frombuffer(text, dtype=np.uint8), np.zeros(_BYTES, dtype=np.uint8))
    eight = np.lib.stride_tricks.sliding_window_view(letters, _BYTES)[ends[:-1]]
    numbers = eight.view(">u8").ravel().astype(np.uint64)
    beyond = np.maximum(_BYTES - np.diff(ends), 0)
    kept = np.array([0, *(2**64 - 2 ** (8 * lost) for lost in range(7, -1, -1))], dtype=np.uint64)
    return np.asarray(numbers & kept[_BYTES - beyond])
