"""Who is harmed: what is wrong in the files of a town, what is done because of it, and to whom.

One town is measured, or several drawn anew; then the figures are means over towns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator import __version__
from simulator.experiments.certainty import Candidates, calibration, judge, pool, unsure
from simulator.experiments.control import controls
from simulator.experiments.gap import gaps
from simulator.experiments.processes import in_processes
from simulator.experiments.progress import part_of
from simulator.exposure import combine_replicates, resample_households
from simulator.exposure.differences import compare_groups
from simulator.exposure.differences_over_towns import differences_over_towns, groups_over_towns
from simulator.exposure.growth import EVERYONE
from simulator.exposure.harm import FLAGGED, HELD, HELD_MEANS, LISTED, flagged_people, watch_list
from simulator.exposure.overconfidence import overconfidence
from simulator.pipeline import run
from simulator.scenario import scenario_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.pipeline import Progress
    from simulator.scenario import Scenario
    from simulator.tables import Dossiers, Population, Result

TRIAGE = "triage"
"""What is acted on by, where it is the scenario's rule and no watch list."""

METRICS = (*HELD, *HELD_MEANS)
"""What can be wrong in a file, by group and in a gap."""


@dataclass(frozen=True)
class Groups:
    """What files hold and what is acted on: everyone, and each group beside everyone else.

    Attributes
    ----------
    held : DataFrame
        Metrics of `METRICS`; see `simulator.exposure.differences.compare_groups`.
    acted_on : dict of DataFrame
        A sensitive fact -> the same for the watch list that it makes
        (`simulator.exposure.harm.LISTED`); `TRIAGE` -> for the scenario's rule, where it ranks
        people (`simulator.exposure.harm.FLAGGED`).
    """

    held: pd.DataFrame
    acted_on: dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Harm:
    """Everything about harm in one scenario, over one town or several.

    Attributes
    ----------
    scenario : Scenario
    scenario_hash : str
    seeds : tuple of int
        One per town; the first is the scenario's own.
    version : str
    groups : Groups
    overconfidence : DataFrame
        See `simulator.exposure.overconfidence.overconfidence`.
    calibration : DataFrame
        ``group`` and the columns of `simulator.experiments.certainty.calibration`, of the
        candidates of which linkage is unsure (0.05 to 0.95), all towns pooled. A candidate counts
        for a group if one of its records is about a resident of it.
    control : DataFrame
        See `simulator.experiments.control.controls`.
    gap : DataFrame or None
        See `simulator.exposure.gap.decompose_gaps`.
    """

    scenario: Scenario
    scenario_hash: str
    seeds: tuple[int, ...]
    version: str
    groups: Groups
    overconfidence: pd.DataFrame
    calibration: pd.DataFrame
    control: pd.DataFrame
    gap: pd.DataFrame | None


@dataclass(frozen=True)
class TownHarm:
    """The same of one town; `unsure` are the candidates by group that calibration is about."""

    groups: Groups
    overconfidence: pd.DataFrame
    unsure: dict[str, Candidates]
    control: pd.DataFrame
    gap: pd.DataFrame | None


@dataclass(frozen=True)
class Town:
    """A town to measure: `gap_metrics` are decomposed, and none if there are none."""

    scenario: Scenario
    gap_metrics: tuple[str, ...]
    is_only: bool


def measure_harm(
    scenario: Scenario,
    replicates: int = 1,
    gap_metrics: Sequence[str] = (),
    progress: Progress | None = None,
) -> Harm:
    """Measure who is harmed in a scenario, in `replicates` towns drawn anew.

    Parameters
    ----------
    scenario : Scenario
    replicates : int
        At least 1. With 1, intervals come from the town's people and households; with more, from
        the towns.
    gap_metrics : sequence of str
        Of `METRICS`: those whose gaps are to be shared out, which takes eight designs of each town.
    progress : function (what, share done), optional
    """
    seeds = tuple(scenario.seed + step for step in range(replicates))
    tasks = [
        Town(
            scenario.model_copy(update={"seed": seed}), tuple(gap_metrics), is_only=replicates == 1
        )
        for seed in seeds
    ]
    if replicates == 1:
        towns = [harm_in_town(tasks[0], progress)]
    else:
        towns = []
        for town in in_processes(harm_in_town, tasks):
            towns.append(town)
            if progress is not None:
                progress(f"Town {len(towns)} of {replicates}", len(towns) / replicates)
    return Harm(
        scenario=scenario,
        scenario_hash=scenario_hash(scenario),
        seeds=seeds,
        version=__version__,
        groups=_groups_over([town.groups for town in towns]),
        overconfidence=_mean([town.overconfidence for town in towns], ("group", "metric")),
        calibration=_calibrations([town.unsure for town in towns]),
        control=_mean([town.control for town in towns], ("attack", "source", "group", "metric")),
        gap=_gap_over([town.gap for town in towns if town.gap is not None]),
    )


def harm_in_town(town: Town, progress: Progress | None = None) -> TownHarm:
    """Measure one town."""
    scenario = town.scenario
    start, middle = (0.1, 0.2) if town.gap_metrics else (0.5, 1.0)
    result = run(scenario, part_of(progress, 0.0, start))
    control = controls(result, part_of(progress, start, middle))
    gap = None
    if town.gap_metrics:
        gap = gaps(
            scenario,
            town.gap_metrics,
            has_interval=town.is_only,
            progress=part_of(progress, middle, 1.0),
        )
    return TownHarm(
        groups=groups_of(scenario, result.population, result.dossiers, result.people),
        overconfidence=overconfidence(
            result.links,
            result.obtained.collected.truth,
            result.people,
            scenario.linkage.threshold,
            resample_households(result.people["household_id"], scenario.seed),
        ),
        unsure=unsure_by_group(result),
        control=control,
        gap=gap,
    )


def groups_of(
    scenario: Scenario, population: Population, dossiers: Dossiers, people: pd.DataFrame
) -> Groups:
    """Compare what files hold, and what is acted on, between each group and everyone else.

    Parameters
    ----------
    scenario : Scenario
    population : Population
    dossiers : Dossiers
        With every reachable source joined.
    people : DataFrame
        From `simulator.exposure.measure_people`, of these dossiers.
    """
    resamples = resample_households(people["household_id"], scenario.seed)
    residents = population.people.loc[people.index]
    rule = scenario.triage
    acted_on = {
        fact: compare_groups(
            people.join(watch_list(dossiers.facts, residents[fact], fact)), LISTED, (), resamples
        )
        for fact in scenario.sensitive_facts
    }
    if rule is not None and rule.ranks == "people":
        flagged = flagged_people(
            rule.weights, dossiers, people.index, rule.flagged_share, scenario.seed
        )
        acted_on[TRIAGE] = compare_groups(people.join(flagged), FLAGGED, (), resamples)
    return Groups(compare_groups(people, HELD, HELD_MEANS, resamples), acted_on)


def unsure_by_group(result: Result) -> dict[str, Candidates]:
    """Return the candidates of which linkage is unsure: all of them, and those about each group."""
    links, truth = result.links, result.obtained.collected.truth
    whole = truth.loc[truth["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    group = result.people["group"]
    ends = [
        group.reindex(subject.loc[links[f"record_id_{side}"]]).to_numpy(dtype=object)
        for side in "lr"
    ]
    found = {EVERYONE: np.ones(len(links), dtype=np.bool_)} | {
        str(name): (ends[0] == name) | (ends[1] == name)
        for name in group.astype("category").cat.categories
    }
    return {name: unsure(judge(links.loc[chosen], truth)) for name, chosen in found.items()}


def _calibrations(towns: Sequence[Mapping[str, Candidates]]) -> pd.DataFrame:
    rows = [
        {"group": group, **row}
        for group in towns[0]
        for row in calibration(pool([town[group] for town in towns])).to_dict("records")
    ]
    return pd.DataFrame(rows)


def _groups_over(towns: Sequence[Groups]) -> Groups:
    return Groups(
        groups_over_towns([town.held for town in towns]),
        {by: groups_over_towns([town.acted_on[by] for town in towns]) for by in towns[0].acted_on},
    )


def _mean(towns: Sequence[pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    return towns[0] if len(towns) == 1 else combine_replicates(towns, keys)


def _gap_over(towns: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    if len(towns) < 2:
        return towns[0] if towns else None
    return differences_over_towns(towns, ("group", "metric", "part"))
