"""DuckDB: one machine, and tables that stand in files.

It takes up to four fifths of the memory before it puts the rest aside.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
from splink import DuckDBAPI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd


@dataclass(frozen=True)
class _DuckDB:
    """See `simulator.linkage.engines.splink.database.Database`."""

    connection: duckdb.DuckDBPyConnection
    splink: Any

    def view(self, name: str, path: Path) -> None:
        self.connection.execute(f"create view {name} as select * from read_parquet({quoted(path)})")

    def fetch(self, sql: str) -> pd.DataFrame:
        return self.connection.execute(sql).df()

    def write(self, sql: str, path: Path) -> None:
        self.connection.execute(f"copy ({sql}) to {quoted(path)} (format parquet)")


@contextmanager
def open_duckdb(folder: Path) -> Iterator[_DuckDB]:
    """Open a database of its own, which keeps its tables in `folder`."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"set temp_directory = {quoted(folder / 'spilled')}")
        connection.execute("set enable_progress_bar = false")
        yield _DuckDB(
            connection,
            DuckDBAPI(connection, materialisation="parquet", materialisation_dir=folder),
        )


def quoted(path: Path) -> str:
    """Return a path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
