"""Subsets of the lists, joined one after another as they are asked for, each only once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.subsets import players, sources_of
from simulator.experiments.subsets.town import linked_town
from simulator.exposure.attribution import everyone_but
from simulator.exposure.intervals import Ratio, household_bootstrap, resample_households
from simulator.exposure.person import measure_exposure

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from simulator.experiments.subsets.town import LinkedTown
    from simulator.pipeline import Progress
    from simulator.randomness import Floats, Integers
    from simulator.tables import Rate, Result

METRICS = {"exposure_share": "exposure_share", "wrongful_share": "wrongful"}
"""Metric -> the column of `simulator.exposure.measure_people` whose mean it is."""
_REMOVED_AT_MOST = 2
"""What each resident's figures are with so few lists taken away is kept, for the intervals."""


class JoinedSubsets:
    """What is exposed with each subset of a run's players joined, as far as it was asked for.

    Parameters
    ----------
    result : Result
        Its links are used for every subset; the clusters are solved anew.
    progress : function (what, share done), optional
    """

    def __init__(self, result: Result, progress: Progress | None = None) -> None:
        self._result = result
        self._progress = progress
        self._players = players(result.scenario)
        self._values: dict[int, tuple[float, ...]] = {}
        self._people: dict[int, Floats] = {}
        self._keep(everyone_but(len(self._players)), result.people)

    @cached_property
    def _town(self) -> LinkedTown:
        return linked_town(self._result)

    @property
    def residents_count(self) -> int:
        """How many residents every figure is over."""
        return len(self._result.people)

    def __len__(self) -> int:
        return len(self._values)

    def join(self, subsets: Iterable[int]) -> None:
        """Join the subsets among these that are not known yet."""
        asked = dict.fromkeys(int(subset) for subset in subsets)
        new = [subset for subset in asked if subset not in self._values]
        scenario, population = self._result.scenario, self._result.population
        selections = (sources_of(scenario, self._players, subset) for subset in new)
        joined = self._town.join(selections) if new else iter(())
        for done, (subset, town) in enumerate(zip(new, joined, strict=True)):
            if self._progress is not None:
                self._progress("Joining subsets of the lists", done / len(new))
            self._keep(subset, measure_exposure(town.dossiers, population))

    def exposure(self, subsets: Integers) -> Floats:
        """Return mean exposure with each of the subsets joined."""
        return self.mean(subsets, "exposure_share")

    def wrongful(self, subsets: Integers) -> Floats:
        """Return the share of residents with somebody else's fact with each of them joined."""
        return self.mean(subsets, "wrongful_share")

    def mean(self, subsets: Integers, metric: str) -> Floats:
        """Return a metric with each of the subsets joined."""
        self.join(subsets)
        place = list(METRICS).index(metric)
        return np.array([self._values[int(subset)][place] for subset in subsets])

    def saved_without(self, subsets: Iterable[int], metric: str) -> list[Rate]:
        """Return by how much a metric is lower with each subset joined than with all.

        The mean over residents of each one's own change, with its interval over households.

        Parameters
        ----------
        subsets : iterable of int
            All players but one, or but two.
        metric : str
            One of `METRICS`.
        """
        chosen = list(subsets)
        self.join(chosen)
        place = list(METRICS).index(metric)
        households = self._result.people["household_id"]
        resamples = resample_households(households, self._result.seed)
        bag = resamples.bag.reindex(households).to_numpy().astype(np.int64)
        whole = self._people[everyone_but(len(self._players))][place]
        everyone = np.ones(len(whole))
        ratios = [
            Ratio(whole - self._people[subset][place], everyone, len(whole)) for subset in chosen
        ]
        return household_bootstrap(ratios, bag, resamples)

    def _keep(self, subset: int, people: pd.DataFrame) -> None:
        figures = np.stack([people[name].to_numpy(dtype=np.float64) for name in METRICS.values()])
        self._values[subset] = tuple(figures.mean(axis=1).tolist())
        if len(self._players) - subset.bit_count() <= _REMOVED_AT_MOST:
            self._people[subset] = figures
