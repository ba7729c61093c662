"""Spill-over in a town: residents leave together, then part of their household and ties, then all.

The design: a random share of the residents leaves every list that lets people leave, all on one
day, and each leaver's own spill-over is measured. One state of the town so answers for many people.
They are a simple random sample; the price is that a few of a leaver's ties are leavers themselves,
about the same share as of all residents. How many is stated (``ties_gone_share``).

Household and ties leave in nested steps: whoever leaves with a quarter has left with a half.
Outsiders among them leave too. Each tied person has one draw, whoever they are tied to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.experiments.leaving import files_now, files_without, tied_pairs, town_of
from simulator.exposure.known_through_others import SHARED_FACTS, known_weight
from simulator.exposure.spill_over import (
    TIES_LEFT,
    Leavers,
    measure_facts,
    measure_spill_over,
)
from simulator.pipeline import run
from simulator.randomness import Stream
from simulator.tables import TIE_FIELDS

if TYPE_CHECKING:
    from simulator.experiments.leaving import Files, Town
    from simulator.pipeline import Progress
    from simulator.randomness import Floats, Integers
    from simulator.scenario import Scenario
    from simulator.tables import Population, Result

LEAST_SHARE, MOST_SHARE = 0.02, 0.2
"""With more leavers, too many ties leave by themselves for a leaver to be one who leaves alone."""
LEAVERS_COUNT = 100


@dataclass(frozen=True)
class SpillOver:
    """What leaving is worth while friends and family stay, and once they leave too.

    Attributes
    ----------
    result : Result
        The run it starts from.
    share : float
        Of the residents, the share that leaves.
    leavers : Leavers
    measures : DataFrame
        See `simulator.exposure.spill_over.measure_spill_over`.
    facts : DataFrame
        See `simulator.exposure.spill_over.measure_facts`, with ``ties_left_share`` in front: 0 and
        1.
    """

    result: Result
    share: float
    leavers: Leavers
    measures: pd.DataFrame
    facts: pd.DataFrame

    @property
    def lists(self) -> dict[str, bool]:
        """Label of every list within reach that names people's ties -> whether it can be left."""
        scenario = self.result.scenario
        sources = {name: scenario.sources[name] for name in scenario.reachable()}
        return {
            source.label: source.opt_out
            for source in sources.values()
            if set(source.fields) & set(TIE_FIELDS)
        }


def default_share(scenario: Scenario) -> float:
    """Return the share of residents that makes about 100 leavers, within the limits of honesty.

    >>> from simulator.scenario import load_scenario
    >>> [default_share(load_scenario("town", people=count)) for count in (300, 1000, 5000, 10**5)]
    [0.2, 0.1, 0.02, 0.02]
    """
    share = LEAVERS_COUNT / scenario.population.residents_count
    return min(max(share, LEAST_SHARE), MOST_SHARE)


def spill_over(scenario: Scenario, share: float, progress: Progress | None = None) -> SpillOver:
    """Run a town and measure the spill-over in it; see `spill_over_in`."""

    def first_part(what: str, done: float) -> None:
        if progress is not None:
            progress(what, 0.8 * done)

    def last_part(what: str, done: float) -> None:
        if progress is not None:
            progress(what, 0.8 + 0.2 * done)

    return spill_over_in(town_of(run(scenario, first_part)), share, last_part)


def spill_over_in(town: Town, share: float, progress: Progress | None = None) -> SpillOver:
    """Let a share of a town's residents leave, and measure what is known of them through others.

    Parameters
    ----------
    town : Town
    share : float
        Of the residents, the share that leaves, drawn at random; in (0, 1].
    progress : function (what, share done), optional
    """
    result = town.result
    population, seed = result.population, result.seed
    leavers = draw_leavers(population, share, seed)
    pairs = tied_pairs(population, leavers)
    steps = [np.union1d(leavers, leaving_with(pairs, left, seed)) for left in TIES_LEFT]
    states = []
    for number, gone in enumerate(steps):
        if progress is not None:
            progress("Letting people leave", number / len(steps))
        states.append(files_without(town, gone))
    measured = _measured(town, leavers, pairs, steps, states)
    facts = [
        measure_facts(files.told, town.true_values, leavers).assign(ties_left_share=left)
        for left, files in ((TIES_LEFT[0], states[0]), (TIES_LEFT[-1], states[-1]))
    ]
    by_fact = pd.concat(facts, ignore_index=True)
    by_fact = by_fact.loc[by_fact["fact"].isin(list(town.weights))]
    return SpillOver(
        result,
        share,
        measured,
        measure_spill_over(measured, seed),
        by_fact[["ties_left_share", *by_fact.columns.drop("ties_left_share")]],
    )


def draw_leavers(population: Population, share: float, seed: int) -> Integers:
    """Return the residents who leave, each with the given chance; a larger share holds a smaller.

    Whoever leaves with a small share leaves with any larger one.
    """
    people = population.people
    residents = people.index.to_numpy()[people["resident"].to_numpy(dtype=bool)]
    leaves = Stream(seed, "spill_over/leavers").chance(residents, share)
    return np.asarray(np.sort(residents[leaves]), dtype=np.int64)


def leaving_with(pairs: pd.DataFrame, left: float, seed: int) -> Integers:
    """Return who of the people in ``tied_id`` leaves, if a share of them does."""
    tied = np.unique(pairs["tied_id"].to_numpy())
    leaves = Stream(seed, "spill_over/ties").chance(tied, left)
    return np.asarray(tied[leaves], dtype=np.int64)


def _measured(
    town: Town,
    leavers: Integers,
    pairs: pd.DataFrame,
    steps: list[Integers],
    states: list[Files],
) -> Leavers:
    whole = town.result.dossiers.true_weight.reindex(leavers).to_numpy()
    whole = np.where(whole > 0, whole, 1.0)
    known = [known_weight(files.told, town.weights, leavers) for files in states]
    alone = states[0]
    of_holders = [fact for fact, one in SHARED_FACTS.items() if one.given_by == "holder"]
    beside = alone.told.loc[alone.told["fact"].isin(of_holders)]
    return Leavers(
        entity_id=leavers,
        household_id=town.result.population.people["household_id"].reindex(leavers).to_numpy(),
        before=known_weight(files_now(town).told, town.weights, leavers) / whole,
        after=np.stack(known, axis=1) / whole[:, None],
        ties_gone_share=np.array([_gone_share(pairs, gone) for gone in steps]),
        nowhere_else=known_weight(alone.told, town.weights, leavers, alone.dossiers.facts) / whole,
        stated_count=_counted(beside["entity_id"], leavers),
        right_count=_counted(beside.loc[beside["is_right"], "entity_id"], leavers),
    )


def _gone_share(pairs: pd.DataFrame, gone: Integers) -> float:
    """Return the share of a leaver's household and ties who are gone; mean over leavers."""
    distinct = pairs[["entity_id", "tied_id"]].drop_duplicates()
    if distinct.empty:
        return float("nan")
    left = distinct["tied_id"].isin(gone)
    return float(left.groupby(distinct["entity_id"]).mean().mean())


def _counted(entity_id: pd.Series[int], leavers: Integers) -> Floats:
    counts = entity_id.value_counts().reindex(leavers, fill_value=0)
    return np.asarray(counts, dtype=np.float64)
