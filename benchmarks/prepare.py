"""Write the records of a town of so many people, and apart from them the truth, for `measure`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from simulator import pipeline
from simulator.scenario import load_scenario

SCENARIO = "town"
RECORDS, TRUTH = "records.pickle", "truth.pickle"


def prepare(people: int, folder: Path) -> None:
    """Write the records of `people` residents and outsiders together.

    Beside them stand the sources that may repeat people; the truth is a file of its own.
    """
    scenario = load_scenario(SCENARIO)
    residents = round(people / (1 + scenario.population.outsiders_per_resident))
    population = scenario.population.model_copy(update={"residents_count": residents})
    scenario = scenario.model_copy(update={"population": population})
    _, collected = pipeline.collect_records(scenario)
    reachable = scenario.reachable()
    repeating = {name for name in reachable if scenario.sources[name].duplicates_share > 0}
    linked = pipeline.linkable(collected, reachable), repeating
    (folder / RECORDS).write_bytes(pickle.dumps(linked))
    is_linked = collected.truth["source"].isin(reachable)
    (folder / TRUTH).write_bytes(pickle.dumps(collected.truth.loc[is_linked]))


if __name__ == "__main__":
    prepare(int(sys.argv[1]), Path(sys.argv[2]))
