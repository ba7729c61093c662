"""What a policy changes: a town beside itself under the policy, person by person, town by town.

Each town is drawn once; every design of it is filled from the same draws, so that the designs
differ by the policy alone. The policy's adversary knows what the base's has learnt (frozen), and
beside it learns for itself (retrained); a placebo takes as much away at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from simulator import __version__
from simulator.experiments.compared_towns import (
    effects_over_towns,
    growth_change_over_towns,
    growth_over_towns,
    in_order,
)
from simulator.experiments.placebo import removed, take_at_random
from simulator.experiments.processes import cores, in_processes
from simulator.experiments.progress import part_of
from simulator.exposure import resample_households
from simulator.exposure.growth import EVERYONE
from simulator.exposure.policy_effect import CHANGES, effect_in_town
from simulator.exposure.policy_growth import GROWING, growth_change
from simulator.exposure.policy_ranking import rank
from simulator.pipeline import collect_records, run_on
from simulator.sources import obtain
from simulator.tables import Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.exposure.intervals import Resamples
    from simulator.pipeline import Joined, Progress, StepWatch
    from simulator.scenario import Scenario
    from simulator.sources.held_before import HeldBefore
    from simulator.tables import Result

TOWN = ("as_of", "population", "facts", "sensitive_facts", "haunts")
"""The settings that make the people and what there is to know about them."""

RUNS = ("frozen", "retrained", "placebo", "beyond_placebo")

_POLICIES_PER_PROCESS = 4
"""Fewer than this are not worth running the base once more in another process."""


class NotPaired(Exception):
    """Two scenarios do not have the same people; the message says which settings differ."""


@dataclass(frozen=True)
class Town:
    """One town to compare designs in: the base and some of the policies, all of one seed.

    `is_only`: no other town is drawn, so that the households have to give the intervals.
    `grows`: the growth under the policies is wanted too.
    """

    base: Scenario
    policies: Mapping[str, Scenario]
    is_only: bool
    grows: bool


@dataclass(frozen=True)
class TownEffects:
    """What was found in one town: parts of the tables of `Comparison`, without `ranking`."""

    effects: pd.DataFrame
    removed: pd.DataFrame
    growth: pd.DataFrame
    growth_change: pd.DataFrame


def check_pairable(base: Scenario, policy: Scenario, name: str) -> None:
    """Refuse a policy whose town has other people or other facts about them.

    Raises
    ------
    NotPaired
    """
    differing = [part for part in TOWN if getattr(base, part) != getattr(policy, part)]
    if differing:
        raise NotPaired(
            f"'{base.title}' and {name} cannot be paired person by person: they differ in "
            f"{', '.join(differing)}. Give both the same; a policy changes sources, adversary or "
            "linkage"
        )


def compare(
    base: Scenario,
    policies: Mapping[str, Scenario],
    labels: Mapping[str, str],
    replicates: int,
    progress: Progress | None = None,
    *,
    abouts: Mapping[str, str] | None = None,
    overlaid: bool = True,
) -> Comparison:
    """Compare each policy with the base, in `replicates` towns drawn anew.

    How exposure grows list by list is measured under a policy that stands alone.

    Parameters
    ----------
    base : Scenario
    policies : mapping
        Name -> scenario, at least one; each runs with the seeds of the base.
    labels : mapping
        Name -> the policy as shown.
    replicates : int
        At least 1. With 1, intervals come from the town's households; with more, from the towns.
    progress : function (what, share done), optional
    abouts : mapping, optional
        Name -> what the policy changes, in a sentence or two.
    overlaid : bool
        False if each is a scenario of its own and no policy; it is told in other words.

    Raises
    ------
    NotPaired
        If a policy changes the people or the facts about them.
    """
    for name, policy in policies.items():
        check_pairable(base, policy, name)
    seeds = tuple(base.seed + step for step in range(replicates))
    tasks = [
        Town(
            base.model_copy(update={"seed": seed}),
            {name: policies[name].model_copy(update={"seed": seed}) for name in part},
            is_only=replicates == 1,
            grows=len(policies) == 1,
        )
        for seed in seeds
        for part in _parts(list(policies), replicates)
    ]
    if len(tasks) == 1:
        towns = [compare_in_town(tasks[0], progress)]
    else:
        towns = []
        for town in in_processes(compare_in_town, tasks):
            towns.append(town)
            if progress is not None:
                progress(f"Comparing, part {len(towns)} of {len(tasks)}", len(towns) / len(tasks))
    parts = len(tasks) // replicates
    effects = in_order(effects_over_towns(towns, parts), policies)
    removals = pd.concat([town.removed for town in towns]).groupby("policy", sort=False).mean()
    return Comparison(
        base=base,
        policies=dict(policies),
        labels=dict(labels),
        seeds=seeds,
        version=__version__,
        effects=effects,
        removed=removals.loc[list(policies)].reset_index(),
        ranking=rank(effects.loc[effects["run"] == "frozen"]),
        growth=growth_over_towns(towns, parts),
        growth_change=growth_change_over_towns(towns),
        abouts=dict(abouts or {}),
        overlaid=overlaid,
    )


def compare_in_town(town: Town, progress: Progress | None = None) -> TownEffects:
    """Compare each policy with the base in one town; `progress` is told how far it is."""
    before: HeldBefore = {}
    as_it_is = part_of(progress, 0.0, 0.4)
    population, collected = collect_records(town.base, as_it_is, before=before)
    obtained = obtain(town.base, population, collected)
    steps: dict[str, pd.DataFrame] = {}
    base = run_on(
        town.base,
        population,
        collected,
        obtained,
        progress=as_it_is,
        watch=_keeping(steps, town),
    )
    residents = population.people.loc[population.people["resident"]]
    resamples = (
        resample_households(residents["household_id"], town.base.seed) if town.is_only else None
    )
    effects, removals, growth = [], [], [_everyone(base, "")]
    grown = pd.DataFrame()
    each = 0.6 / len(town.policies)
    for number, (name, policy) in enumerate(town.policies.items()):
        start = 0.4 + number * each
        under_it = part_of(progress, start, start + each / 2)
        population, collected = collect_records(
            policy, under_it, population=base.population, before=dict(before)
        )
        obtained = obtain(policy, population, collected)
        model = base.learnt.model
        after: dict[str, pd.DataFrame] = {}
        frozen = run_on(
            policy,
            population,
            collected,
            obtained,
            given=model,
            every_step=town.grows,
            progress=under_it,
            watch=_keeping(after, town),
        )
        otherwise = part_of(progress, start + each / 2, start + 0.75 * each)
        retrained = run_on(
            policy, population, collected, obtained, every_step=False, progress=otherwise
        )
        less = removed(base.obtained.collected, obtained.collected)
        placebo = base
        if not less.is_nothing:
            thinned = take_at_random(base.obtained, less, town.base.seed)
            placebo = run_on(
                town.base,
                population,
                base.collected,
                thinned,
                given=model,
                every_step=False,
                progress=part_of(progress, start + 0.75 * each, start + each),
            )
        pairs = ((base, frozen), (base, retrained), (base, placebo), (placebo, frozen))
        effects += [
            _effect(first, second, resamples, name, kind)
            for kind, (first, second) in zip(RUNS, pairs, strict=True)
        ]
        removals.append((name, less.records_share, less.cells_share))
        if town.grows:
            growth.append(_everyone(frozen, name))
            grown = growth_change(steps, after, base.people["household_id"], resamples)
    return TownEffects(
        pd.concat(effects, ignore_index=True),
        pd.DataFrame(removals, columns=["policy", "records_share", "cells_share"]),
        pd.concat(growth, ignore_index=True),
        grown,
    )


def _keeping(steps: dict[str, pd.DataFrame], town: Town) -> StepWatch | None:
    """Return what keeps of every step, under the list joined last, the figures that grow."""
    if not town.grows:
        return None

    def keep(joined: Joined, people: pd.DataFrame) -> None:
        if joined.sources:
            steps[joined.sources[-1]] = people[[CHANGES[metric] for metric in GROWING]]

    return keep


def _effect(
    before: Result, after: Result, resamples: Resamples | None, policy: str, kind: str
) -> pd.DataFrame:
    frame = effect_in_town(before.people, after.people, resamples)
    frame.insert(0, "policy", policy)
    frame.insert(1, "run", kind)
    return frame


def _everyone(result: Result, policy: str) -> pd.DataFrame:
    """Return the growth over everyone, of the base or of a policy."""
    rows = result.exposure.loc[result.exposure["group"] == EVERYONE]
    return rows.assign(policy=policy)[["policy", *rows.columns]]


def _parts(names: list[str], replicates: int) -> list[list[str]]:
    """Deal policies out to processes that would have nothing to do for lack of towns."""
    count = max(1, min(cores() // replicates, ceil(len(names) / _POLICIES_PER_PROCESS)))
    return [names[start::count] for start in range(count)]
