"""Stable keys of texts, so that what has no number of its own has draws of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.randomness import combine
from simulator.sources.cells import unpack

if TYPE_CHECKING:
    import pyarrow as pa

    from simulator.randomness import Words


def text_keys(values: pa.LargeStringArray) -> Words:
    """Return one key per text: equal texts have equal keys, whatever else is asked for.

    Parameters
    ----------
    values : Arrow text of length n, none missing

    Returns
    -------
    array of uint64, length n

    Examples
    --------
    >>> import pyarrow as pa
    >>> alone = text_keys(pa.array(["C4"], pa.large_string()))
    >>> among = text_keys(pa.array(["~AB12", "C4", "4C"], pa.large_string()))
    >>> bool(alone[0] == among[1]), bool(alone[0] == among[2])
    (True, False)
    """
    codes, filled = unpack(values)
    keys = np.zeros(len(values), dtype=np.uint64)
    for column in range(codes.shape[1]):
        folded = combine(keys.view(np.int64), codes[:, column].astype(np.int64))
        keys = np.where(filled[:, column], folded, keys)
    return keys
