"""What the engine asks of a database; DuckDB and Spark answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pandas as pd
    from splink.internals.database_api import DatabaseAPI


class Database(Protocol):
    """A database with Splink's own interface to it."""

    @property
    def splink(self) -> DatabaseAPI[Any]:
        """Return Splink's interface."""

    def view(self, name: str, path: Path) -> None:
        """Let SQL read the Parquet file or folder at `path` under this name."""

    def fetch(self, sql: str) -> pd.DataFrame:
        """Return what a query finds, for results of a few thousand rows."""

    def write(self, sql: str, path: Path) -> None:
        """Write what a query finds to `path`, as Parquet."""


class Opener(Protocol):
    """Opens a database that keeps what it must in a folder, and closes it again."""

    def __call__(self, folder: Path) -> AbstractContextManager[Database]:
        """Return the database, to be used in a with statement."""
