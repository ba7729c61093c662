"""Link the records in a folder one way, in a fresh process; print what it took as JSON."""

from __future__ import annotations

import json
import pickle
import resource
import statistics
import sys
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.accuracy import accuracy
from benchmarks.linkers import LINKERS
from benchmarks.prepare import RECORDS, TRUTH
from simulator.linkage import LinkageWarning
from simulator.linkage.engines import ENGINES, vectorised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.engines import Candidates, Engine
    from simulator.linkage.record_table import RecordTable

WARM_UP_RECORDS = 50
"""Records per source linked before the clock starts: libraries load at their first use."""


@dataclass
class Watched:
    """An engine that counts the pairs it brings and the seconds until their patterns are known."""

    engine: Engine
    pairs: int = 0
    seconds: float = 0.0

    @contextmanager
    def __call__(
        self, table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
    ) -> Iterator[Candidates]:
        """Bring the pairs as the engine does."""
        start = time.perf_counter()
        with self.engine(table, blocks, comparisons) as candidates:
            self.seconds += time.perf_counter() - start
            self.pairs += int(candidates.patterns.counts.sum())
            yield candidates


def measure(linker: str, folder: Path, runs: int) -> dict[str, Any]:
    """Return the fields of `Measurement` but linker and people."""
    records, duplicates = pickle.loads((folder / RECORDS).read_bytes())
    link = LINKERS[linker]
    # some comparisons are rare in the town, and link says so: every time
    warnings.simplefilter("ignore", LinkageWarning)
    with patch.object(vectorised, "LARGE", 0):
        link({name: frame.head(WARM_UP_RECORDS) for name, frame in records.items()}, duplicates)
    walls, cpus, engine_walls = [], [], []
    for _ in range(runs):
        watched = Watched(ENGINES[linker]) if linker in ENGINES else None
        with patch.dict(ENGINES, {linker: watched} if watched else {}):
            wall, cpu = time.perf_counter(), time.process_time()
            links = link(records, duplicates)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        if watched:
            engine_walls.append(watched.seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "records": sum(len(frame) for frame in records.values()),
        "pairs": watched.pairs if watched else None,
        "runs": runs,
        "wall_seconds": statistics.median(walls),
        "cpu_seconds": statistics.median(cpus),
        "engine_seconds": statistics.median(engine_walls) if watched else None,
        # kibibytes, but bytes on macOS
        "peak_mib": peak / (2**20 if sys.platform == "darwin" else 2**10),
        **accuracy(links, records, duplicates, pickle.loads((folder / TRUTH).read_bytes())),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
