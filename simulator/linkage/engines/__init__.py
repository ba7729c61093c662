"""Who brings the candidate pairs and their comparison levels; everything after is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from simulator.linkage.blocking import Blocks
from simulator.linkage.comparisons import Comparison
from simulator.linkage.encoding import RecordTable, Rows
from simulator.linkage.engines import vectorised

Engine: TypeAlias = Callable[
    [RecordTable, Blocks, tuple[Comparison, ...]], Iterator[tuple[Rows, Rows, Rows]]
]


def _recordlinkage(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> Iterator[tuple[Rows, Rows, Rows]]:
    from simulator.linkage.engines import recordlinkage  # noqa: PLC0415 - takes 1.5 s to import

    return recordlinkage.compare(table, blocks, comparisons)


ENGINES: Mapping[str, Engine] = {
    "vectorised": vectorised.compare,
    "recordlinkage": _recordlinkage,
}
