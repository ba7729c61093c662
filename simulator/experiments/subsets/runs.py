"""Stretches of arrays: entries that belong to one block stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.randomness import Integers

Masks: TypeAlias = npt.NDArray[np.uint64]
"""Sets of at most 64 things, one bit each."""


def offsets(number: Integers, count: int) -> Integers:
    """Return where the stretch of each of `count` numbers begins, and where the last one ends.

    >>> offsets(np.array([0, 0, 2]), 3).tolist()
    [0, 2, 2, 3]
    """
    return np.concatenate([[0], np.cumsum(np.bincount(number, minlength=count))]).astype(np.int64)


def entries(start: Integers, length: Integers) -> Integers:
    """Return the entries of stretches one after another.

    >>> entries(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.cumsum(length) - length
    return np.repeat(start - before, length) + np.arange(int(length.sum()))


def bits(place: Integers) -> Masks:
    """Return the set of one thing each: bit `place`.

    >>> bits(np.array([0, 3])).tolist()
    [1, 8]
    """
    return np.uint64(1) << place.astype(np.uint64)


def united(masks: Masks, start: Integers) -> Masks:
    """Return the union of each stretch of sets that begins at `start`; stretches are not empty.

    >>> united(np.array([1, 4, 8], dtype=np.uint64), np.array([0, 2])).tolist()
    [5, 8]
    """
    if len(start) == 0:
        return np.zeros(0, dtype=np.uint64)
    found: Masks = np.bitwise_or.reduceat(masks, start)
    return found
