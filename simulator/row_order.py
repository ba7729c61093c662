"""Rows in the order of the codes they have: grouping by counting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    Codes = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]


def in_code_order(codes: Codes, size: int) -> tuple[Codes, Flags]:
    """Return the places of the codes that are not negative, by code and then by place.

    Besides, where a run of equal codes begins.

    A counting sort, by way of the rows of a sparse matrix. No code is compared with another, so how
    long it takes does not hang on how well numpy sorts on the processor at hand.

    Parameters
    ----------
    codes : int32 array
        -1 to below `size`.

    Examples
    --------
    >>> [found.tolist() for found in in_code_order(np.array([7, -1, 5, 7]), 8)]
    [[2, 0, 3], [True, True, False]]
    """
    places = np.arange(len(codes), dtype=np.int32)
    found = sparse.csr_array(
        (np.ones(len(codes), dtype=np.int8), (codes + np.int32(1), places)),
        shape=(size + 1, len(codes)),
    )
    ordered = found.indices[found.indptr[1] :]
    starts = found.indptr[1:-1] - found.indptr[1]
    first = np.zeros(len(ordered), dtype=np.bool_)
    first[starts[starts < len(ordered)]] = True  # codes that do not occur start where the next does
    return ordered, first


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
