"""How large a crowd each resident stands in: by what became known, and by a released file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.assemble import true_codes
from simulator.dossiers.ground import ground
from simulator.exposure.anonymity import measure_anonymity
from simulator.exposure.release_risk import measure_release, release_risks
from simulator.pipeline import collect_records, run_on
from simulator.population import populate
from simulator.sources import obtain
from simulator.sources.truth import WHOLE_RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from simulator.pipeline import Progress
    from simulator.scenario import Scenario


@dataclass(frozen=True)
class Crowds:
    """The crowds of a scenario.

    Attributes
    ----------
    measures : DataFrame
        From `measure_anonymity` or `measure_release`.
    population_count : int
        People of the reference population, residents and outsiders.
    file_count : int
        People in the released file, outsiders among them; 0 where none is released.
    """

    measures: pd.DataFrame
    population_count: int
    file_count: int = 0


def crowds_of_the_known(scenario: Scenario, progress: Progress | None = None) -> Crowds:
    """Run a scenario and measure the crowds, with every reachable source joined."""
    population, collected = collect_records(scenario, progress)
    obtained = obtain(scenario, population, collected)
    result = run_on(scenario, population, collected, obtained, every_step=False, progress=progress)
    return Crowds(measure_anonymity(result.people), len(population.people))


def crowds_of_a_release(
    scenario: Scenario,
    fields: Sequence[str],
    source: str | None = None,
    progress: Progress | None = None,
) -> Crowds:
    """Release a file of the residents, or of a source's people, and measure what it gives away.

    Parameters
    ----------
    scenario : Scenario
    fields : sequence of str
        The columns that it shows, of `Scenario.quasi_identifiers`. It shows what is true, whatever
        the source has of it.
    source : str, optional
        The file holds everyone of whom this source has a record, residents or outsiders; by default
        all residents.
    progress : function (what, share done), optional
    """
    if source is None:
        population = populate(scenario)
        people = population.people
        in_file = people.index[people["resident"].to_numpy(dtype=np.bool_)].to_numpy()
    else:
        population, collected = collect_records(scenario, progress)
        truth = collected.truth
        held = (truth["source"] == source) & (truth["field"] == WHOLE_RECORD)
        in_file = np.unique(truth.loc[held, "entity_id"].to_numpy())
    people = population.people
    codes = true_codes(ground(scenario, population), fields)
    group = people.loc[people["resident"].to_numpy(dtype=np.bool_), "group"]
    measures = measure_release(release_risks(codes, in_file), group)
    return Crowds(measures, len(people), len(in_file))
