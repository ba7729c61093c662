"""Text as integer codes, and runs of equal keys in sorted arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.row_order import begins

if TYPE_CHECKING:
    import pandas as pd

    from simulator.randomness import Integers

Codes: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

MISSING = -1


def arrow_text(values: pd.Series) -> pa.Array:
    """Return a column of text (any pandas dtype) as one Arrow array of strings.

    >>> import pandas as pd
    >>> arrow_text(pd.Series(["a", None])).to_pylist()
    ['a', None]
    """
    array = pa.Array.from_pandas(values)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def days_as_text(days: pd.Series) -> pa.Array:
    """Return dates as ISO text, ``YYYY-MM-DD``.

    >>> import pandas as pd
    >>> days_as_text(pd.Series(pd.to_datetime(["1990-02-03"]))).to_pylist()
    ['1990-02-03']
    """
    return (
        pa.Array.from_pandas(days.astype("datetime64[s]")).cast(pa.date32()).cast(pa.large_string())
    )


def factorise(values: pa.Array) -> tuple[Codes, pa.Array]:
    """Return each value's code (-1 where missing) and the distinct values, as they appear."""
    encoded = values.dictionary_encode()
    codes = encoded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), encoded.dictionary


def look_up(values: pa.Array, vocabulary: pa.Array) -> Codes:
    """Return the position of each value in `vocabulary`, -1 where it is missing or not in it.

    >>> look_up(pa.array(["b", None, "x"]), pa.array(["a", "b"])).tolist()
    [1, -1, -1]
    """
    found = pc.index_in(values, value_set=vocabulary, skip_nulls=True)
    codes: Codes = found.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def run_starts(keys: Integers) -> Integers:
    """Return where each run of equal keys begins in a sorted array.

    >>> run_starts(np.array([4, 4, 7])).tolist()
    [0, 2]
    >>> run_starts(np.array([], dtype=np.int64)).tolist()
    []
    """
    return np.flatnonzero(begins(keys))


def run_lengths(starts: Integers, total: int) -> Integers:
    """Return the length of each run that begins at `starts` in an array of `total` entries.

    >>> run_lengths(np.array([0, 2]), 3).tolist()
    [2, 1]
    """
    return np.diff(starts, append=total)


def is_among(keys: Integers, sorted_keys: Integers) -> Flags:
    """Return which of `keys` occur in the ascending array `sorted_keys`."""
    if len(sorted_keys) == 0:
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return np.asarray(sorted_keys[at] == keys, dtype=np.bool_)
