"""Over time: what a file holds day by day, when it first says where somebody lives, and memory.

One town, watched by its sensors for the ``observation_days`` before ``as_of``. What is known on a
day is defined in `simulator.experiments.known_on_day`. Whose a record is, is judged with hindsight:
by the links of the whole window, so that a track that is joined in the end counts as joined from
its first sighting on. A day's figure therefore says how much of the file of the last day had come
about by then, and not what somebody who stopped watching would have made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.experiments.known_on_day import date_records, first_day
from simulator.exposure import measure_people, measure_step, resample_households
from simulator.exposure.time import days_until_located, first_near_home
from simulator.pipeline import collect_records, join_sources, run_on
from simulator.sources import obtain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.pipeline import Progress
    from simulator.scenario import Scenario
    from simulator.tables import Result

BY_DAY = (
    "exposure_share",
    "named_share",
    "reidentified_share",
    "wrongful_share",
    "sensitive_wrongful_share",
)
"""The metrics that are followed by day; see `simulator.exposure.growth`."""
_USUAL_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 366)


@dataclass(frozen=True)
class OverTime:
    """What was found.

    Attributes
    ----------
    result : Result
        The scenario as it is, every reachable source joined.
    exposure : DataFrame
        From `exposure_by_day`.
    located : DataFrame
        From `located_by_day` of the scenario as it is (``retention_days`` missing), then of each
        shorter memory.
    """

    result: Result
    exposure: pd.DataFrame
    located: pd.DataFrame


def sensors(scenario: Scenario) -> tuple[str, ...]:
    """Return the reachable sources of sightings; without one there is nothing to follow."""
    return tuple(
        name for name in scenario.reachable() if scenario.sources[name].record_of == "sighting"
    )


def usual_days(scenario: Scenario) -> tuple[int, ...]:
    """Return the days to measure exposure on where nothing else is asked for.

    >>> from types import SimpleNamespace
    >>> usual_days(SimpleNamespace(observation_days=28))
    (0, 1, 2, 3, 5, 7, 10, 14, 21, 28)
    """
    last = scenario.observation_days
    return (*(day for day in _USUAL_DAYS if day < last), last)


def over_time(
    scenario: Scenario,
    days: Sequence[int],
    retentions: Sequence[int],
    progress: Progress | None = None,
) -> OverTime:
    """Run a scenario with its sensors as they are, then with each shorter memory.

    Parameters
    ----------
    scenario : Scenario
        With reachable `sensors`.
    days : sequence of int
        On which exposure is measured, from 0 to the ``observation_days``.
    retentions : sequence of int
        Days after which everything seen is deleted; see `with_retention`.
    progress : function (what, share done), optional
    """
    parts = 2 + len(retentions)

    def tell(what: str, share: float) -> None:
        if progress is not None:
            progress(what, share)

    population, collected = collect_records(scenario, lambda what, share: tell(what, share / parts))
    obtained = obtain(scenario, population, collected)
    tell("Linking the records", 0.5 / parts)
    result = run_on(scenario, population, collected, obtained, every_step=False)
    exposure = exposure_by_day(result, days, lambda what, share: tell(what, (1 + share) / parts))
    located = [located_by_day(result)]
    for number, retention in enumerate(retentions):
        tell(f"Forgetting after {retention} days", (2 + number) / parts)
        located.append(located_by_day(forget(result, retention), retention))
    return OverTime(result, exposure, pd.concat(located, ignore_index=True))


def exposure_by_day(
    result: Result, days: Sequence[int], progress: Progress | None = None
) -> pd.DataFrame:
    """Return how much of the file had come about by each day.

    Clusters are solved anew from the records known on the day, with the links of the whole.

    Parameters
    ----------
    result : Result
    days : sequence of int
        0 is before the first day of the window.
    progress : function (what, share done), optional

    Returns
    -------
    DataFrame
        ``day``, ``group`` ("all" first), ``metric`` (of `BY_DAY`), ``value``, ``low``, ``high``,
        ``n``, ``interval``; residents are the denominator. On the last day the figures are those
        of the result.
    """
    scenario, population = result.scenario, result.population
    known = date_records(scenario, result.obtained.collected)
    true_facts = ground(scenario, population)
    residents = population.people.loc[population.people["resident"]]
    resamples = resample_households(residents["household_id"], scenario.seed)
    parts = []
    for number, day in enumerate(days):
        if progress is not None:
            progress("Measuring exposure by day", number / len(days))
        collected = known.on(day)
        stated = statements(true_facts, collected)
        (joined,) = join_sources(
            scenario, collected, result.links, true_facts, stated, every_step=False
        )
        people = measure_people(joined.dossiers, population)
        measured = measure_step(people, resamples, day, "").rename(columns={"step": "day"})
        parts.append(measured.loc[measured["metric"].isin(BY_DAY)])
    return pd.concat(parts, ignore_index=True).drop(columns="source_added")


def located_by_day(result: Result, retention: int | None = None) -> pd.DataFrame:
    """Return the days until a sighting in their file was near home, of residents with a file.

    Parameters
    ----------
    result : Result
        Files are those of its last step.
    retention : int, optional
        The memory it was run with, in days, where it is not the scenario's own; written into
        ``retention_days`` (Int64, else missing).

    Returns
    -------
    DataFrame
        ``retention_days`` and the columns of `simulator.exposure.time.days_until_located`.
    """
    scenario, population = result.scenario, result.population
    home = population.addresses["home_area"].reindex(population.people["address_id"])
    first = first_near_home(
        pd.concat(result.obtained.collected.sightings.values(), ignore_index=True),
        result.dossiers.records,
        result.people,
        pd.Series(home.to_numpy(dtype=object), index=population.people.index),
        first_day(scenario),
        scenario.observation_days,
    )
    located = days_until_located(first, scenario.observation_days)
    memory = pd.Series([retention] * len(located), dtype="Int64")
    located.insert(0, "retention_days", memory)
    return located


def with_retention(scenario: Scenario, days: int) -> Scenario:
    """Return the scenario in which no sensor keeps anything for longer than some days.

    A source that forgets sooner stays as it is, and so does the scenario where all of them do.

    Parameters
    ----------
    scenario : Scenario
    days : int
        At least 1.
    """
    shortened = {
        name: source.model_copy(update={"retention_days": days})
        for name, source in scenario.sources.items()
        if source.record_of == "sighting"
        and days < min(source.retention_days or np.inf, scenario.observation_days)
    }
    if not shortened:
        return scenario
    return scenario.model_copy(update={"sources": {**scenario.sources, **shortened}})


def forget(result: Result, days: int) -> Result:
    """Return the result of the same town where no sensor keeps anything for longer than `days`.

    People, lists and draws are the same, and so are m, u and the prior, as of a policy (frozen);
    a broker that bought from a sensor has bought what it still had at the time.
    """
    scenario = with_retention(result.scenario, days)
    if scenario is result.scenario:
        return result
    population, collected = collect_records(scenario, population=result.population)
    obtained = obtain(scenario, population, collected)
    model = result.learnt.model
    return run_on(scenario, population, collected, obtained, given=model, every_step=False)
