"""Who brings the candidate pairs and their comparison levels; everything after is shared.

An engine is imported when it is first used: some take seconds, some need an extra (`extras`).
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.linkage.engines.candidates import Candidates, Engine, PairsInMemory
from simulator.linkage.engines.extras import refuse_if_missing
from simulator.linkage.patterns import collect_patterns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.record_table import RecordTable

__all__ = ["ENGINES", "Candidates", "Engine"]


def _vectorised(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> AbstractContextManager[Candidates]:
    from simulator.linkage.engines import vectorised  # noqa: PLC0415 - as the others

    pieces = vectorised.compare(table, blocks, comparisons)
    return nullcontext(PairsInMemory(table, collect_patterns(table, comparisons, pieces)))


def _recordlinkage(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> AbstractContextManager[Candidates]:
    from simulator.linkage.engines import recordlinkage  # noqa: PLC0415 - takes 1.5 s to import

    pieces = recordlinkage.compare(table, blocks, comparisons)
    return nullcontext(PairsInMemory(table, collect_patterns(table, comparisons, pieces)))


def _splink(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> AbstractContextManager[Candidates]:
    refuse_if_missing("splink")
    from simulator.linkage.engines.splink.engine import pairs_in  # noqa: PLC0415 - an extra
    from simulator.linkage.engines.splink.on_duckdb import open_duckdb  # noqa: PLC0415

    return pairs_in(open_duckdb, table, blocks, comparisons)


def _splink_spark(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> AbstractContextManager[Candidates]:
    refuse_if_missing("splink_spark")
    from simulator.linkage.engines.splink.engine import pairs_in  # noqa: PLC0415 - an extra
    from simulator.linkage.engines.splink.on_spark import FOLDER, open_spark  # noqa: PLC0415

    shared = os.environ.get(FOLDER)
    return pairs_in(open_spark, table, blocks, comparisons, Path(shared) if shared else None)


ENGINES: Mapping[str, Engine] = {
    "vectorised": _vectorised,
    "recordlinkage": _recordlinkage,
    "splink": _splink,
    "splink_spark": _splink_spark,
}
