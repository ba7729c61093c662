"""Why does a group fare worse? One town eight times: coverage, errors and linking made equal.

All eight designs have the same people and the same draws. What a design does not change is drawn
once: designs that differ by the linking alone share their records, and lists that a switch leaves
as they are share theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.review import reviewing
from simulator.dossiers.statements import statements
from simulator.experiments.equalising import equal_coverage, equal_errors, without_errors
from simulator.exposure import measure_people, resample_households
from simulator.exposure.gap import SWITCHES, decompose_gaps
from simulator.pipeline import collect_records, run_on
from simulator.sources import obtain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.pipeline import Progress
    from simulator.scenario import Scenario
    from simulator.sources import Obtained
    from simulator.sources.held_before import HeldBefore
    from simulator.tables import Membership, Population

DESIGNS_COUNT = 2 ** len(SWITCHES)
_ON_RECORDS = DESIGNS_COUNT // 2
"""Designs that differ by coverage and errors; each is joined by linking and by the truth."""


@dataclass(frozen=True)
class Designs:
    """What was measured of the residents in each of the eight designs of one town.

    Attributes
    ----------
    population : Population
    people : tuple of DataFrame
        From `simulator.exposure.measure_people`, by the number of the design; see
        `simulator.exposure.gap.SWITCHES`.
    """

    population: Population
    people: tuple[pd.DataFrame, ...]


def gaps(
    scenario: Scenario,
    metrics: Sequence[str],
    *,
    has_interval: bool = True,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return each group's gap to everyone else, shared out over coverage, errors and linking.

    Parameters
    ----------
    scenario : Scenario
    metrics : sequence of str
        Of `simulator.exposure.harm.HELD` and `HELD_MEANS`.
    has_interval : bool
        Whether the town's households, drawn anew, give an interval (False for one of many towns).
    progress : function (what, share done), optional

    Returns
    -------
    DataFrame
        See `simulator.exposure.gap.decompose_gaps`.
    """
    designs = eight_designs(scenario, progress)
    people = designs.people[0]
    resamples = resample_households(people["household_id"], scenario.seed) if has_interval else None
    return decompose_gaps(designs.people, metrics, resamples)


def eight_designs(scenario: Scenario, progress: Progress | None = None) -> Designs:
    """Live through a town with each combination of switches.

    Equal coverage and equal errors are set so that the lists of this town see every group alike
    and are wrong about every group as often; see `simulator.experiments.equalising`. Linking learns
    anew from the records of each design. In the place of linking, the truth puts all records of an
    entity that the adversary holds into one cluster, and nothing else; a compiled list keeps the
    mistakes of its own joining.
    """
    before: HeldBefore = {}
    population, base = collect_records(scenario, before=before)
    group = population.people["group"]
    clean = collect_records(without_errors(scenario), population=population)[1]
    people: list[pd.DataFrame] = [pd.DataFrame()] * DESIGNS_COUNT
    for number in range(_ON_RECORDS):
        if progress is not None:
            progress(f"Design {2 * number + 1} of {DESIGNS_COUNT}", number / _ON_RECORDS)
        design = scenario
        if number & 1:
            design = equal_coverage(design, base, group)
        if number & 2:
            design = equal_errors(design, base, clean, group)
        collected = base
        if number:
            collected = collect_records(design, population=population, before=before)[1]
        obtained = obtain(design, population, collected)
        linked = run_on(design, population, collected, obtained, every_step=False)
        people[number] = linked.people
        people[number | _ON_RECORDS] = joined_by_truth(design, population, obtained)
    return Designs(population, tuple(people))


def joined_by_truth(scenario: Scenario, population: Population, obtained: Obtained) -> pd.DataFrame:
    """Measure the residents as if every pair of records of one entity were linked, and no other."""
    sources, collected = scenario.reachable(), obtained.collected
    true_facts = ground(scenario, population)
    dossiers = assemble(
        true_facts,
        statements(true_facts, collected),
        true_clusters(collected.truth),
        sources,
        reviewing(scenario),
    )
    return measure_people(dossiers, population)


def true_clusters(truth: pd.DataFrame) -> Membership:
    """Return the clusters of someone who knows whom each record is about.

    >>> truth = pd.DataFrame({"record_id": [1, 1, 2], "field": ["*", "phone", "*"],
    ...     "entity_id": [7, 8, 7]})
    >>> true_clusters(truth).to_dict()
    {1: 7, 2: 7}
    """
    whole = truth.loc[truth["field"] == "*"]
    return pd.Series(
        whole["entity_id"].to_numpy(dtype=np.int64),
        index=pd.Index(whole["record_id"], name="record_id"),
        name="cluster_id",
    )
