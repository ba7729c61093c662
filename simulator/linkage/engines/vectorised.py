"""The default engine: numpy and rapidfuzz, and for large work the compiled kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.compiling import numba_is_installed
from simulator.linkage.pairs import candidate_pairs
from simulator.linkage.patterns import pattern_codes
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Rows
    from simulator.linkage.record_table import RecordTable

CHUNK = 500_000
"""Pairs compared at a time by one thread with numpy: bounds the memory of the comparisons."""

LARGE = 1_000_000
"""Pairs from which on the seconds that it takes to load the compiled kernel are won back."""


def compare(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield (left rows, right rows, pattern codes) of all candidate pairs, in pieces."""
    if blocks.brought >= LARGE and numba_is_installed():
        from simulator.linkage import kernel  # noqa: PLC0415 - loads numba, an extra

        yield from kernel.compare(table, blocks, comparisons)
        return

    def compared(found: tuple[int, Rows, Rows]) -> tuple[Rows, Rows, Rows]:
        _, left, right = found
        return left, right, pattern_codes(table, comparisons, left, right)

    yield from side_by_side(compared, candidate_pairs(table, blocks, CHUNK))
