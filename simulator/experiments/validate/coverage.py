"""Whom the lists of the packaged town hold, by age, over five towns drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.experiments.validate.finding import Finding
from simulator.pipeline import collect_records
from simulator.sources.coverage import OLDEST_YEARS, band_ages

if TYPE_CHECKING:
    from simulator.experiments.validate.evidence import Evidence
    from simulator.scenario import Scenario

SEEDS_COUNT = 5


def people_in_sources(scenario: Scenario) -> pd.DataFrame:
    """Return by age how many people there are, and how many have a record in each source.

    Parameters
    ----------
    scenario : Scenario
        Run with its own seed and the four after it; residents and outsiders both count.

    Returns
    -------
    DataFrame
        Index: age in years, 0 to 130. Columns: ``people`` and the sources.
    """
    total = pd.DataFrame(
        0, index=range(OLDEST_YEARS + 1), columns=["people", *scenario.sources], dtype=np.int64
    )
    for step in range(SEEDS_COUNT):
        seed = scenario.seed + step
        population, collected = collect_records(scenario.model_copy(update={"seed": seed}))
        age = population.people["age"]
        total["people"] += np.bincount(age, minlength=len(total))
        subjects = collected.truth.loc[collected.truth["field"] == "*"]
        once = subjects.drop_duplicates(["source", "entity_id"])
        for source, entity_id in once.groupby("source", observed=True)["entity_id"]:
            total[source] += np.bincount(age.loc[entity_id], minlength=len(total))
    return total


def coverage(evidence: Evidence, source: str, ages: str) -> Finding:
    """Return the share of an age band who have a record in a source.

    The standard error is that of a share of so many independent people, p (1 - p) / n.
    """
    first, last = band_ages(ages)
    band = evidence.in_sources.loc[first:last].sum()
    people = int(band["people"])
    share = float(band[source] / people)
    error = float(np.sqrt(share * (1 - share) / people))
    how = f"counted in {SEEDS_COUNT} towns drawn anew"
    return Finding(share, people, how, standard_error=error)
