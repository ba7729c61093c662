"""Rows in the order of a whole number each: grouping by sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.linkage.encoding import Codes, Flags, Rows

_BITS = 63


def by_key(
    keys: npt.NDArray[np.signedinteger[Any]], rows: Rows
) -> tuple[npt.NDArray[np.int64], Codes]:
    """Return keys and rows in the order of the keys, then of the rows.

    Key and row are sorted as one number, as far as they fit into one: that takes a quarter of the
    time of sorting indices, and a tenth of that of numbering the keys by a hash table.

    Parameters
    ----------
    keys : int array
        Not negative.
    rows : int array
        Ascending, not negative, below 2**31.

    Examples
    --------
    >>> [found.tolist() for found in by_key(np.array([7, 5, 7]), np.array([0, 2, 3]))]
    [[5, 7, 7], [2, 0, 3]]
    """
    bits = int(rows.max(initial=0)).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits > _BITS:
        order = np.argsort(keys, kind="stable")
        return keys[order].astype(np.int64), rows[order].astype(np.int32)
    both = keys.astype(np.int64)
    both <<= bits
    both |= rows
    both.sort()
    found = (both & ((1 << bits) - 1)).astype(np.int32)
    both >>= bits
    return both, found


def begins(ordered: npt.NDArray[Any]) -> Flags:
    """Tell where a run of equal values begins.

    >>> begins(np.array([5, 7, 7])).tolist()
    [True, True, False]
    """
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
