"""The order of the stages: the only file that knows it.

    scenario -> population -> records -> links -> clusters -> dossiers -> exposure

Linkage is handed the records alone, without the sensitive facts and without the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from simulator import __version__
from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure import measure_people, measure_step, resample_households
from simulator.linkage import cluster, learn
from simulator.population import populate
from simulator.scenario import Scenario, scenario_hash
from simulator.sources import collect
from simulator.tables import (
    VOCABULARY,
    Collected,
    Exposure,
    Membership,
    Population,
    Result,
)

Progress: TypeAlias = Callable[[str, float], None]
"""Told what is being done, and which share of the whole (0 to 1) is done."""


def collect_records(
    scenario: Scenario, progress: Progress | None = None
) -> tuple[Population, Collected]:
    """Invent the people and fill the sources: everything before anyone joins anything."""
    tell = progress or _silent
    tell("Inventing the people", 0.0)
    population = populate(scenario)
    tell("Filling the lists", 0.15)
    return population, collect(scenario, population)


def run(scenario: Scenario, progress: Progress | None = None) -> Result:
    """Run a scenario: link all reachable sources once, then measure every step of joining them.

    Step k joins the first k reachable sources in the scenario's order. Its links are those of the
    whole between the records at hand; its clusters are solved anew.

    Parameters
    ----------
    scenario : Scenario
    progress : function (what, share done), optional

    Returns
    -------
    Result
    """
    tell = progress or _silent
    population, collected = collect_records(scenario, tell)
    tell("Linking the records", 0.3)
    reachable = scenario.reachable()
    records = linkable(collected, reachable)
    duplicates = {name for name in reachable if scenario.sources[name].duplicates_share > 0}
    learnt = learn(records, duplicates, engine=scenario.linkage.engine)
    tell("Measuring exposure", 0.7)

    def joined(sources: tuple[str, ...]) -> Membership:
        return cluster(
            learnt.links,
            {name: records[name] for name in sources},
            threshold=scenario.linkage.threshold,
            duplicates=duplicates & set(sources),
            method=scenario.linkage.method,
        )

    exposure, people, membership = _grow(scenario, population, collected, joined, tell)
    tell("Done", 1.0)
    return Result(
        scenario=scenario,
        scenario_hash=scenario_hash(scenario),
        seed=scenario.seed,
        version=__version__,
        population=population,
        collected=collected,
        learnt=learnt,
        links=learnt.links,
        membership=membership,
        exposure=exposure,
        people=people,
    )


def linkable(collected: Collected, sources: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the records of `sources` with the columns that linkage may compare."""
    return {
        name: frame[[column for column in frame.columns if column in VOCABULARY]]
        for name, frame in collected.records.items()
        if name in sources
    }


def _grow(
    scenario: Scenario,
    population: Population,
    collected: Collected,
    joined: Callable[[tuple[str, ...]], Membership],
    tell: Progress,
) -> tuple[Exposure, pd.DataFrame, Membership]:
    reachable = scenario.reachable()
    true_facts = ground(scenario, population)
    stated = statements(true_facts, collected)
    residents = population.people.loc[population.people["resident"]]
    resamples = resample_households(residents["household_id"], scenario.seed)
    steps = []
    for step in range(len(reachable) + 1):
        sources = reachable[:step]
        membership = joined(sources) if sources else pd.Series(dtype="int64")
        dossiers = assemble(true_facts, stated, membership, sources)
        people = measure_people(dossiers, population)
        steps.append(measure_step(people, resamples, step, sources[-1] if sources else ""))
        tell("Measuring exposure", 0.7 + 0.3 * (step + 1) / (len(reachable) + 1))
    return pd.concat(steps, ignore_index=True), people, membership


def _silent(what: str, share: float) -> None:
    """Tell nobody."""
