"""The engine: candidate pairs that stay in a database from blocking to links."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from simulator.linkage.engines.splink.columns import record_columns
from simulator.linkage.engines.splink.level_sql import branches_of
from simulator.linkage.engines.splink.scoring import (
    VALUES,
    WEIGHTS,
    links_sql,
    moved_by_rarity,
    value_table,
    weight_table,
)
from simulator.linkage.engines.splink.vectors import RECORDS, CountedVectors, count_vectors
from simulator.linkage.weights import as_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.engines.splink.database import Database, Opener
    from simulator.linkage.patterns import Patterns
    from simulator.linkage.record_table import RecordTable
    from simulator.linkage.weights import Model
    from simulator.tables import Links


@dataclass(frozen=True)
class PairsInDatabase:
    """See `simulator.linkage.engines.Candidates`."""

    table: RecordTable
    vectors: CountedVectors
    database: Database
    folder: Path

    @property
    def patterns(self) -> Patterns:
        """Return how often each pattern occurs, without the pairs."""
        return self.vectors.patterns

    def links(self, model: Model) -> Links:
        """Return the links that the model gives."""
        _put(self.database, WEIGHTS, weight_table(self.table, self.vectors, model), self.folder)
        _put(self.database, VALUES, value_table(self.table, self.vectors, model), self.folder)
        moved = moved_by_rarity(self.table, self.vectors)
        found = self.folder / "links.parquet"
        self.database.write(links_sql(self.vectors.pairs, moved), found)
        links = pq.read_table(found)
        return as_links(
            self.table,
            *(links[name].to_numpy() for name in ("left_record", "right_record")),
            *(links[name].to_numpy() for name in ("weight", "probability")),
        )


@contextmanager
def pairs_in(
    open_database: Opener,
    table: RecordTable,
    blocks: Blocks,
    comparisons: tuple[Comparison, ...],
    within: Path | None = None,
) -> Iterator[PairsInDatabase]:
    """Bring and compare the pairs; everything is gone when the with statement ends.

    Parameters
    ----------
    within : Path, optional
        Where the folder of the run is made; by default where the system keeps temporary files.
    """
    with TemporaryDirectory(prefix="mosaic-linkage-", dir=within) as name:
        folder = Path(name)
        with open_database(folder) as database:
            _put(database, RECORDS, record_columns(table, blocks), folder)
            branches = {c.name: branches_of(c.name, table.faces) for c in comparisons}
            vectors = count_vectors(database, table, blocks, comparisons, branches)
            yield PairsInDatabase(table, vectors, database, folder)


def _put(database: Database, name: str, rows: pa.Table, folder: Path) -> None:
    path = folder / f"{name}.parquet"
    pq.write_table(rows, path)
    database.view(name, path)
