"""The default engine: numpy for blocking and counting, rapidfuzz for comparing texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.linkage.blocking import Blocks, candidate_pairs
from simulator.linkage.patterns import pattern_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import RecordTable, Rows

CHUNK = 1_000_000
"""Pairs compared at a time: bounds the memory of the comparisons."""


def compare(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield (left rows, right rows, pattern codes) of all candidate pairs, in pieces."""
    for _, left, right in candidate_pairs(table, blocks, CHUNK):
        yield left, right, pattern_codes(table, comparisons, left, right)
