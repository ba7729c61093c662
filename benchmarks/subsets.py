"""Measure all subsets of twelve players: what a run of the modern scenario would expose with each.

    python -m benchmarks.subsets [--people 10000] [--runs 2]

The run itself and the compiling of the functions are not counted.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.machine import describe
from simulator.experiments.subsets import all_subsets, players
from simulator.experiments.subsets.blocks import add_blocks, lay_out
from simulator.experiments.subsets.partition import partition
from simulator.experiments.subsets.sums import Sums
from simulator.experiments.subsets.town import linked_town
from simulator.pipeline import collect_records, run, run_on
from simulator.scenario import load_scenario
from simulator.sources import obtain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Result

OVERLAY = Path(__file__).with_name("twelve_players.yaml")
WARM_UP_PEOPLE = 100


class Stopwatch:
    """Tells wall and CPU seconds (user and system, over all threads) since it was last read."""

    def __init__(self) -> None:
        self._read = self._now()

    def lap(self) -> tuple[float, float]:
        """Return the seconds since the last reading, wall and CPU, and begin anew."""
        before, self._read = self._read, self._now()
        return self._read[0] - before[0], self._read[1] - before[1]

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


def measure(result: Result) -> None:
    """Find the values of all subsets of one run's players, and print what each part took."""
    everyone = players(result.scenario)
    people = result.population.people.sort_index()
    residents = np.flatnonzero(people["resident"].to_numpy(dtype=bool))
    seconds, watch = {}, Stopwatch()
    town = linked_town(result)
    assert town.linked is not None
    seconds["encoding and clustering what is linked"] = watch.lap()
    parts = partition(town, town.linked)
    blocks = lay_out(town, town.linked, parts, everyone, residents)
    seconds["splitting into blocks"] = watch.lap()
    sums = Sums.nothing(len(residents), len(everyone))
    add_blocks(sums, blocks, lambda _share: None)
    seconds[f"all {1 << len(everyone):,} subsets"] = watch.lap()
    _say(
        f"{len(town.linked.index):,} records; {parts.blocks_count:,} blocks that matter, with "
        f"{blocks.sizes.sum():,} records and {blocks.subsets_counts.sum():,} subsets of their own; "
        f"largest block {blocks.sizes.max()} records; {len(parts.beyond):,} records in larger ones"
    )
    seconds["together"] = tuple(np.sum(list(seconds.values()), axis=0))
    for what, (wall, cpu) in seconds.items():
        _say(f"  {what}: {wall:.2f} s, CPU {cpu:.2f} s")
    _say(f"  mean exposure with all: {sums.exposure[-1] / len(residents):.4f}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the scenario once and measure it so many times."""
    parser = argparse.ArgumentParser(prog="benchmarks.subsets", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    for name, value in describe().items():
        _say(f"{name}: {value}")
    all_subsets(run(load_scenario("modern", overlays=[OVERLAY], people=WARM_UP_PEOPLE)))
    scenario = load_scenario("modern", overlays=[OVERLAY], people=chosen.people)
    population, collected = collect_records(scenario)
    obtained = obtain(scenario, population, collected)
    result = run_on(scenario, population, collected, obtained, every_step=False)
    _say(f"{chosen.people:,} people, {len(players(scenario))} players")
    for _ in range(chosen.runs):
        measure(result)


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
