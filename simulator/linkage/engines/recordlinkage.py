"""The classroom engine: pairs and comparison vectors by the Python Record Linkage Toolkit.

De Bruin 2019, "Python Record Linkage Toolkit", https://recordlinkage.readthedocs.io. Records stand
in one pandas frame per source; `recordlinkage.index.Block` joins them on the texts of each blocking
rule, and `recordlinkage.Compare` gives a table of pairs × features that anyone can read. From the
blocks of the default engine two things are taken: which records a rule leaves out, because their
group is too large, and which faces search takes for one, for which the Toolkit has no index. It is
slower, and shares no line of joining or comparing with the default engine: where the two agree,
neither got it wrong alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from recordlinkage.index import Block

from simulator.linkage.blocking import FACE_RULE
from simulator.linkage.engines.comparison_vectors import comparer
from simulator.linkage.engines.level_readings import levels_of
from simulator.linkage.engines.record_frames import source_frame
from simulator.linkage.faces import ALIKE, SAME
from simulator.linkage.patterns import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Rows
    from simulator.linkage.record_table import RecordTable

CHUNK = 250_000
"""Pairs compared at a time: bounds the memory of the comparison vectors."""


def compare(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield (left rows, right rows, pattern codes) of all candidate pairs, in pieces."""
    frames = [source_frame(table, number) for number in range(len(table.sources))]
    least = table.faces.likeness if table.faces is not None else {}
    likeness = {"same": float(least.get(SAME, 0.0)), "alike": float(least.get(ALIKE, 0.0))}
    for kind, (one, other) in enumerate(table.pair_types):
        left, right = frames[one], frames[other]
        pairs = _pairs(blocks, left, None if one == other else right)
        vectors = comparer(comparisons, left, right, likeness)
        for start in range(0, len(pairs), CHUNK):
            piece = pairs[start : start + CHUNK]
            # the Toolkit takes one frame or two; the same one twice serves pairs within a source
            found = vectors.compute(piece, left, right) if vectors.features else pd.DataFrame()
            levels = (levels_of(c, found, len(piece)) for c in comparisons)
            code = packed(comparisons, levels, np.full(len(piece), kind), len(table.pair_types))
            yield _rows(piece, 0), _rows(piece, 1), code


def _pairs(blocks: Blocks, left: pd.DataFrame, right: pd.DataFrame | None) -> pd.MultiIndex:
    """Return the pairs that any rule brings, each once; without `right`, pairs within `left`."""
    both = set(left.columns) if right is None else set(left.columns) & set(right.columns)
    found = []
    for rule, key in zip(blocks.rules, blocks.keys, strict=True):
        if not set(rule) <= both:
            continue
        if rule == FACE_RULE and blocks.faces is not None:
            found.append(_of_frames(*blocks.faces, left, left if right is None else right))
            continue
        kept = key >= 0
        frames = [frame.loc[kept[frame.index]] for frame in (left, right) if frame is not None]
        pairs = Block(left_on=list(rule)).index(*frames)
        # within a source the Toolkit names the later row first
        found.append(pairs if right is not None else pairs.swaplevel())
    if not found:
        return pd.MultiIndex.from_arrays([np.zeros(0, np.int64), np.zeros(0, np.int64)])
    every: pd.MultiIndex = found[0].append(found[1:]).drop_duplicates()
    return every


def _of_frames(one: Rows, other: Rows, left: pd.DataFrame, right: pd.DataFrame) -> pd.MultiIndex:
    """Return the pairs of rows of which one is in `left` and the other in `right`."""
    within = np.isin(one, left.index) & np.isin(other, right.index)
    return pd.MultiIndex.from_arrays([one[within], other[within]])


def _rows(pairs: pd.MultiIndex, side: int) -> Rows:
    rows: pd.Index[Any] = pairs.get_level_values(side)
    return rows.to_numpy(dtype=np.int64)
