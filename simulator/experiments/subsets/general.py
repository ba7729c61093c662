"""The general path: each subset joined and measured by the pipeline's own stages, in turn.

Slow and right by definition: it samples where there are too many subsets, it takes whatever the
compiled path leaves over, and tests hold the compiled path to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.subsets.players import players, sources_of
from simulator.experiments.subsets.town import linked_town
from simulator.experiments.subsets.weights import part_of_each
from simulator.exposure.person import measure_exposure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from simulator.experiments.subsets.players import Player
    from simulator.experiments.subsets.sums import Sums
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.randomness import Floats, Integers
    from simulator.tables import Result


def values_of(result: Result, subsets: Sequence[int]) -> tuple[Floats, Floats]:
    """Return what some subsets of a run's players expose; any number of players.

    Parameters
    ----------
    result : Result
    subsets : sequence of int
        Bit k of a number says whether ``players(result.scenario)[k]`` is joined.

    Returns
    -------
    exposure_share, wrongful_share : arrays of float64, one entry per subset
        As in `SubsetValues`.
    """
    found = [
        (table["exposure_share"].mean(), table["wrongful"].mean())
        for table in people_of(result, subsets)
    ]
    exposure, wrongful = np.array(found, dtype=np.float64).reshape(-1, 2).T
    return exposure, wrongful


def people_of(result: Result, subsets: Sequence[int]) -> Iterator[pd.DataFrame]:
    """Yield what is exposed of each resident, subset by subset; see `measure_exposure`."""
    everyone = players(result.scenario)
    yield from _people(linked_town(result), everyone, subsets)


def add_in_turn(
    sums: Sums,
    town: LinkedTown,
    everyone: Sequence[Player],
    among: int,
    rows: Integers,
    tell: Callable[[float], None],
) -> None:
    """Add what every subset exposes of a town's residents to the sums, one subset after another.

    Parameters
    ----------
    sums : Sums
        What is added to.
    town : LinkedTown
        With these residents, and all the records that their dossiers depend on.
    everyone : sequence of Player
    among : int
        The players on whom they depend, as the number of a subset; the others change nothing.
    rows : array of int64
        The residents' rows in the sums.
    tell : function (share done)
    """
    members = np.flatnonzero((among >> np.arange(len(everyone))) & 1)
    count = 1 << len(members)
    subsets = [
        sum(1 << bit for place, bit in enumerate(members.tolist()) if number >> place & 1)
        for number in range(count)
    ]
    exposure, wrongful = np.zeros(count), np.zeros(count)
    for number, table in enumerate(_people(town, everyone, subsets)):
        of_each = table["exposure_share"].to_numpy()
        exposure[number], wrongful[number] = of_each.sum(), table["wrongful"].sum()
        parts = part_of_each(number, len(members))
        sums.shapley[np.ix_(rows, members)] += np.outer(of_each, parts)
        tell((number + 1) / count)
    sums.add(among, exposure, wrongful)


def _people(
    town: LinkedTown, everyone: Sequence[Player], subsets: Sequence[int]
) -> Iterator[pd.DataFrame]:
    selections = (sources_of(town.scenario, everyone, subset) for subset in subsets)
    for joined in town.join(selections):
        yield measure_exposure(joined.dossiers, town.population)
