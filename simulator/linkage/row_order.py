"""Rows in the order of a whole number each: grouping by sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.linkage.encoding import Codes, Flags, Rows

_BITS = 63


def fit_together(largest: int, rows: Rows) -> bool:
    """Tell whether keys up to `largest` fit into one whole number with a row."""
    return largest.bit_length() + int(rows.max(initial=0)).bit_length() <= _BITS


def by_key(
    keys: npt.NDArray[np.signedinteger[Any]], rows: Rows
) -> tuple[npt.NDArray[np.int64], Codes]:
    """Return keys and rows in the order of the keys, then of the rows.

    Key and row are sorted as one number, as far as they fit into one: that is several times faster
    than sorting indices, or numbering the keys by a hash table.

    Parameters
    ----------
    keys : int array
        Not negative.
    rows : int array
        Distinct, not negative, below 2**31.

    Examples
    --------
    >>> [found.tolist() for found in by_key(np.array([7, 5, 7]), np.array([3, 2, 0]))]
    [[5, 7, 7], [2, 0, 3]]
    """
    bits = int(rows.max(initial=0)).bit_length()
    if not fit_together(int(keys.max(initial=0)), rows):
        order = np.lexsort((rows, keys))
        return keys[order].astype(np.int64), rows[order].astype(np.int32)
    both = keys.astype(np.int64)
    both <<= bits
    both |= rows
    both.sort()
    found = (both & ((1 << bits) - 1)).astype(np.int32)
    both >>= bits
    return both, found


def numbered_runs(ordered: npt.NDArray[Any]) -> Codes:
    """Return for each place the number of the run of equal values it stands in, from 0 on.

    >>> numbered_runs(np.array([5, 7, 7])).tolist()
    [0, 1, 1]
    """
    return np.cumsum(begins(ordered), dtype=np.int32) - np.int32(1)


def begins(ordered: npt.NDArray[Any]) -> Flags:
    """Tell where a run of equal values begins.

    >>> begins(np.array([5, 7, 7])).tolist()
    [True, True, False]
    """
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def in_company(ordered: npt.NDArray[Any]) -> Flags:
    """Tell which values stand in a run of several equal ones.

    >>> in_company(np.array([5, 7, 7])).tolist()
    [False, True, True]
    """
    first = begins(ordered)
    return np.asarray(~(first & np.append(first[1:], True)))
