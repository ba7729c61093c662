"""Candidate pairs reduced to what training needs: how often each pattern of levels occurs.

A pattern is the tuple of comparison levels of a pair; millions of pairs have a few thousand
patterns, so learning over patterns costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import RecordTable, Rows


@dataclass(frozen=True)
class Patterns:
    """Candidate pairs and the distinct patterns they fall into.

    Attributes
    ----------
    comparisons : tuple of Comparison
    left, right : int64 arrays
        Rows of the `RecordTable`, one pair per place.
    pattern : int64 array
        Per pair, its row in `levels`.
    levels : int8 array, patterns × comparisons
        0 is "nothing to compare".
    pair_type : int32 array
        Per pattern, which two sources it comes from (index into `RecordTable.pair_types`).
    counts : float array
        Per pattern, how many pairs show it.
    """

    comparisons: tuple[Comparison, ...]
    left: Rows
    right: Rows
    pattern: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int8]
    pair_type: npt.NDArray[np.int32]
    counts: npt.NDArray[np.float64]


def pattern_codes(
    table: RecordTable, comparisons: tuple[Comparison, ...], left: Rows, right: Rows
) -> Rows:
    """Return one number per pair that holds all its levels (see `packed`)."""
    levels = (comparison.compare(table, left, right) for comparison in comparisons)
    return packed(comparisons, levels, len(left))


def packed(
    comparisons: tuple[Comparison, ...], levels: Iterable[npt.NDArray[np.int8]], count: int
) -> Rows:
    """Return one number for each of `count` pairs from the levels of each comparison.

    Mixed radix, the first comparison lowest.
    """
    code = np.zeros(count, dtype=np.int64)
    place = 1
    for comparison, level in zip(comparisons, levels, strict=True):
        code += level.astype(np.int64) * place
        place *= len(comparison.levels) + 1
    return code


def collect_patterns(
    table: RecordTable,
    comparisons: tuple[Comparison, ...],
    pieces: Iterable[tuple[Rows, Rows, Rows]],
) -> Patterns:
    """Put pieces of (left, right, pattern code) together and count the patterns."""
    parts = list(pieces)
    nothing = [np.zeros(0, dtype=np.int64)]
    left = np.concatenate([part[0] for part in parts] or nothing)
    right = np.concatenate([part[1] for part in parts] or nothing)
    code = np.concatenate([part[2] for part in parts] or nothing)
    types = max(len(table.pair_types), 1)
    where, distinct = pd.factorize(code * types + table.pair_type(left, right))
    order = np.argsort(distinct)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    distinct = distinct[order]
    pattern = rank[where]
    rest = distinct // types
    levels = np.empty((len(distinct), len(comparisons)), dtype=np.int8)
    for place, comparison in enumerate(comparisons):
        rest, levels[:, place] = np.divmod(rest, len(comparison.levels) + 1)
    return Patterns(
        comparisons,
        left,
        right,
        pattern,
        levels,
        (distinct % types).astype(np.int32),
        np.bincount(pattern, minlength=len(distinct)).astype(np.float64),
    )
