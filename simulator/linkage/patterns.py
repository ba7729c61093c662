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

from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Rows
    from simulator.linkage.record_table import RecordTable


@dataclass(frozen=True)
class Patterns:
    """Candidate pairs and the distinct patterns they fall into.

    Attributes
    ----------
    comparisons : tuple of Comparison
    left, right : int32 arrays
        Rows of the `RecordTable`, one pair per place.
    pattern : int32 array
        Per pair, its row in `levels`.
    levels : int8 array, patterns × comparisons
        0 is "nothing to compare".
    pair_type : int32 array
        Per pattern, which two sources it comes from (index into `RecordTable.pair_types`).
    within : bool array
        Per pattern, whether the two are one source.
    counts : float array
        Per pattern, how many pairs show it.
    """

    comparisons: tuple[Comparison, ...]
    left: Rows
    right: Rows
    pattern: Rows
    levels: npt.NDArray[np.int8]
    pair_type: npt.NDArray[np.int32]
    within: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.float64]


def pattern_codes(
    table: RecordTable, comparisons: tuple[Comparison, ...], left: Rows, right: Rows
) -> Rows:
    """Return one number per pair that holds its pair type and all its levels (see `packed`)."""
    levels = (comparison.compare(table, left, right) for comparison in comparisons)
    return packed(comparisons, levels, table.pair_type(left, right), len(table.pair_types))


def packed(
    comparisons: tuple[Comparison, ...],
    levels: Iterable[npt.NDArray[np.int8]],
    kind: Rows,
    kinds: int,
) -> Rows:
    """Return one number for each pair from its pair type and the levels of each comparison.

    Mixed radix, the pair type lowest and then the first comparison.

    Parameters
    ----------
    kind : int array
        Pair type of each pair, below `kinds`.
    """
    code = kind.astype(np.int64)
    place = kinds
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
    lefts, rights, places, codes = ([np.zeros(0, dtype=np.int32)] for _ in range(4))
    numbers = [np.zeros(0)]
    types = max(len(table.pair_types), 1)
    for left, right, code in pieces:
        where, found = pd.factorize(code)
        for parts, part in zip((lefts, rights, places), (left, right, where), strict=True):
            parts.append(part.astype(np.int32, copy=False))
        codes.append(found)
        numbers.append(np.bincount(where, minlength=len(found)).astype(np.float64))
    rank, distinct = pd.factorize(np.concatenate(codes).astype(np.int64), sort=True)
    rank = rank.astype(np.int32)
    start = np.cumsum([0, *(len(found) for found in codes[:-1])])
    ranked = [rank[first:].take(where) for first, where in zip(start, places, strict=True)]
    parted: tuple[list[Rows], ...] = (lefts, rights, ranked)
    left, right, pattern = side_by_side(np.concatenate, parted)
    rest = distinct // types
    levels = np.empty((len(distinct), len(comparisons)), dtype=np.int8)
    for place, comparison in enumerate(comparisons):
        rest, levels[:, place] = np.divmod(rest, len(comparison.levels) + 1)
    pair_type = (distinct % types).astype(np.int32)
    return Patterns(
        comparisons,
        left,
        right,
        pattern,
        levels,
        pair_type,
        table.of_one_source[pair_type],
        np.bincount(rank, np.concatenate(numbers), len(distinct)).astype(np.float64),
    )
