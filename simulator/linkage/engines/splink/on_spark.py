"""Spark: one machine's cores, or the cluster that `MASTER` names.

A session starts with the first linkage of a process and is reused. Every linkage has a child of it
to itself, so that no table of one is seen by another.

Names are compared by the Jaro–Winkler of the other engines: Splink's own for Spark counts an odd
letter out of place as half a transposition. The workers of a cluster need Mosaic for that, in the
Python that PYSPARK_PYTHON names.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.pandas.functions import pandas_udf
from pyspark.sql.types import DoubleType
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist
from splink import SparkAPI
from splink.backends.spark import similarity_jar_location

if TYPE_CHECKING:
    from collections.abc import Iterator

MASTER = "MOSAIC_SPARK_MASTER"
"""Environment variable: the master of a cluster; by default two threads of this machine."""

FOLDER = "MOSAIC_SPARK_FOLDER"
"""Environment variable: a folder that the whole cluster sees; the folder of a run is made in it."""

_PARTITIONS = 4
"""Pieces a table is cut into: few, for a town is small and each piece costs a start."""


@dataclass(frozen=True)
class _Spark:
    """See `simulator.linkage.engines.splink.database.Database`."""

    session: SparkSession
    splink: Any

    def view(self, name: str, path: Path) -> None:
        self.session.read.parquet(path.as_uri()).createOrReplaceTempView(name)

    def fetch(self, sql: str) -> pd.DataFrame:
        return self.session.sql(sql).toPandas()

    def write(self, sql: str, path: Path) -> None:
        self.session.sql(sql).write.parquet(path.as_uri())


@contextmanager
def open_spark(folder: Path) -> Iterator[_Spark]:
    """Open a session of its own; what Splink writes out on the way goes to `folder`."""
    session = _session().newSession()
    session.sparkContext.setCheckpointDir((folder / "steps").as_uri())
    api = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session,
        break_lineage_method="parquet",
        num_partitions_on_repartition=_PARTITIONS,
    )
    by_pandas = pandas_udf(_jaro_winkler, DoubleType())  # type: ignore[call-overload]
    session.udf.register("jaro_winkler", by_pandas)
    yield _Spark(session, api)


def _jaro_winkler(left: pd.Series, right: pd.Series) -> pd.Series:
    """Return how alike two columns of texts are, 0 to 1; missing where a text is."""
    both = (left.notna() & right.notna()).to_numpy()
    alike = np.full(len(left), np.nan)
    alike[both] = cpdist(
        left[both].to_numpy(),
        right[both].to_numpy(),
        scorer=JaroWinkler.similarity,
        dtype=np.float64,
    )
    return pd.Series(alike)


@cache
def _session() -> SparkSession:
    """Start Spark, in a folder of its own that is removed when the process ends."""
    own = Path(tempfile.mkdtemp(prefix="mosaic-spark-"))
    settings = {
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.default.parallelism": str(_PARTITIONS),
        "spark.sql.shuffle.partitions": str(_PARTITIONS),
        "spark.sql.warehouse.dir": (own / "warehouse").as_uri(),
        "spark.local.dir": str(own),
    }
    master = os.environ.get(MASTER, "local[2]")
    if master.startswith("local"):
        settings |= dict.fromkeys(("spark.driver.host", "spark.driver.bindAddress"), "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("mosaic").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _stderr_to(own / "java.log"):
        session = builder.getOrCreate()
    atexit.register(_end, session, own)
    return session


@contextmanager
def _stderr_to(path: Path) -> Iterator[None]:
    """Let processes started meanwhile talk to a file: Java greets everybody with warnings."""
    before = os.dup(2)
    with path.open("wb") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _end(session: SparkSession, own: Path) -> None:
    session.stop()
    shutil.rmtree(own, ignore_errors=True)
