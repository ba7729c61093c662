"""The order of the stages: the only file that knows it.

    scenario -> population -> records -> links -> clusters -> dossiers -> exposure

Linkage is handed the records alone, without the sensitive facts and without the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import pandas as pd

from simulator import __version__
from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import Ground, ground
from simulator.dossiers.statements import Statements, statements
from simulator.exposure import measure_people, measure_step, resample_households
from simulator.linkage import Learnt, cluster, joining_links, learn
from simulator.population import populate
from simulator.scenario import Scenario, scenario_hash
from simulator.sources import collect
from simulator.tables import (
    VOCABULARY,
    Collected,
    Dossiers,
    Exposure,
    Links,
    Membership,
    Population,
    Result,
)

Progress: TypeAlias = Callable[[str, float], None]
"""Told what is being done, and which share of the whole (0 to 1) is done."""

Solved = TypeVar("Solved")


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
    learnt = link_records(scenario, collected)
    tell("Measuring exposure", 0.7)
    exposure, people, membership = _measure(scenario, population, collected, learnt.links, tell)
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


def link_records(scenario: Scenario, collected: Collected) -> Learnt:
    """Link the records of every reachable source, as the scenario says, and keep the reasons."""
    records = linkable(collected, scenario.reachable())
    return learn(records, repeating(scenario), engine=scenario.linkage.engine)


def linkable(collected: Collected, sources: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the records of `sources` with the columns that linkage may compare."""
    return {
        name: frame[[column for column in frame.columns if column in VOCABULARY]]
        for name, frame in collected.records.items()
        if name in sources
    }


def repeating(scenario: Scenario) -> set[str]:
    """Return the reachable sources that may hold several records of one entity."""
    return {name for name in scenario.reachable() if scenario.sources[name].duplicates_share > 0}


@dataclass(frozen=True)
class Joined:
    """One step of the growth: the first sources in the scenario's order, joined.

    Attributes
    ----------
    sources : tuple of str
        Those joined; none at step 0.
    membership : Membership
    dossiers : Dossiers
    """

    sources: tuple[str, ...]
    membership: Membership
    dossiers: Dossiers


def join_sources(
    scenario: Scenario,
    collected: Collected,
    links: Links,
    true_facts: Ground,
    stated: Statements,
) -> Iterator[Joined]:
    """Join one reachable source after another, beginning with none; clusters are solved anew.

    Parameters
    ----------
    scenario : Scenario
    collected : Collected
    links : Links
        Those of all reachable sources.
    true_facts, stated
        From `simulator.dossiers.ground.ground` and `simulator.dossiers.statements.statements`.
    """
    reachable = scenario.reachable()
    for step in range(len(reachable) + 1):
        sources = reachable[:step]
        membership = (
            _solve(cluster, scenario, collected, links, sources)
            if sources
            else pd.Series(dtype="int64")
        )
        yield Joined(sources, membership, assemble(true_facts, stated, membership, sources))


def links_that_joined(
    scenario: Scenario, collected: Collected, links: Links, sources: tuple[str, ...]
) -> Links:
    """Return the links that made the clusters of `sources`, one fewer than records in each."""
    return _solve(joining_links, scenario, collected, links, sources) if sources else links.iloc[:0]


def _solve(
    solver: Callable[..., Solved],
    scenario: Scenario,
    collected: Collected,
    links: Links,
    sources: tuple[str, ...],
) -> Solved:
    """Have the records of `sources` clustered the way the scenario says."""
    return solver(
        links,
        {name: collected.records[name] for name in sources},
        threshold=scenario.linkage.threshold,
        duplicates=repeating(scenario) & set(sources),
        method=scenario.linkage.method,
    )


def _measure(
    scenario: Scenario,
    population: Population,
    collected: Collected,
    links: Links,
    tell: Progress,
) -> tuple[Exposure, pd.DataFrame, Membership]:
    """Return the exposure at every step, and people and membership at the last."""
    true_facts = ground(scenario, population)
    stated = statements(true_facts, collected)
    residents = population.people.loc[population.people["resident"]]
    resamples = resample_households(residents["household_id"], scenario.seed)
    steps = []
    steps_count = len(scenario.reachable()) + 1
    for step, joined in enumerate(join_sources(scenario, collected, links, true_facts, stated)):
        people = measure_people(joined.dossiers, population)
        steps.append(measure_step(people, resamples, step, (joined.sources or ("",))[-1]))
        tell("Measuring exposure", 0.7 + 0.3 * (step + 1) / steps_count)
    return pd.concat(steps, ignore_index=True), people, joined.membership


def _silent(what: str, share: float) -> None:
    """Tell nobody."""
