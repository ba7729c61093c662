"""How sure a figure is: Wilson for yes/no per person, a bootstrap of households for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import Stream
from simulator.tables import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.randomness import Floats, Integers

FEWEST_PEOPLE = 20
"""No figure is given about fewer people: it would be noise, and it could be about someone."""
Z_95 = 1.959963984540054
RESAMPLES_COUNT = 200
MOST_BAGS = 20_000
POISSON_1: Floats = np.cumsum(np.exp(-1.0) / np.cumprod([1.0, *range(1, 10)]))
"""P(X <= 0), P(X <= 1) … of a Poisson variable of mean 1."""


def wilson(successes: int, n: int) -> Rate:
    """Return a share with Wilson's 95 % interval.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96; Wilson (1927), "Probable
    inference, the law of succession, and statistical inference", JASA 22:209. Values in [0, 1].

    Parameters
    ----------
    successes, n : int
        0 <= successes <= n. Below `FEWEST_PEOPLE` the value is withheld (NaN), n is not.

    Examples
    --------
    >>> rate = wilson(0, 100)
    >>> rate.value, rate.low, round(rate.high, 4)
    (0.0, 0.0, 0.037)
    >>> wilson(3, 19)
    Rate(value=nan, low=nan, high=nan, n=19, interval='none')
    """
    if n < FEWEST_PEOPLE:
        return withheld(n)
    share, square = successes / n, Z_95**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 * np.sqrt(share * (1 - share) / n + square / (4 * n**2)) / (1 + square / n)
    # at 0 and 1 the formula gives the share itself but for rounding
    low = 0.0 if successes == 0 else float(centre - half)
    high = 1.0 if successes == n else float(centre + half)
    return Rate(share, low, high, n, "wilson")


def withheld(n: int) -> Rate:
    """Return a figure that is not defined, or is about too few people."""
    return Rate(np.nan, np.nan, np.nan, n, "none")


@dataclass(frozen=True)
class Resamples:
    """How often each bag of households counts in each resample.

    Attributes
    ----------
    bag : Series of int64
        household_id -> bag, numbered from 0. One household a bag, in towns of up to 20,000
        households; in larger ones households are dealt into 20,000 bags at random, which keeps
        memory bounded and the interval valid, since bags are as independent as households.
    weights : array of float64, shape (200, bags)
        Independent Poisson(1) counts: the Poisson bootstrap (Hanley and MacGibbon 2006), in which
        the weight of one household does not depend on how many others there are.
    """

    bag: pd.Series[int]
    weights: Floats


def resample_households(household_id: pd.Series[int], seed: int) -> Resamples:
    """Draw the resamples of a town; computed once per run.

    Parameters
    ----------
    household_id : Series of int64
        The household of each resident.
    seed : int
        The scenario's seed. Weights depend on it and on the household (or bag) alone.
    """
    households = np.unique(household_id.to_numpy().astype(np.int64))
    stream = Stream(seed, "exposure/bootstrap")
    if len(households) <= MOST_BAGS:
        keys, bag = households, np.arange(len(households), dtype=np.int64)
    else:
        keys = np.arange(MOST_BAGS, dtype=np.int64)
        bag = stream.child("bag").integers(households, MOST_BAGS)
    weights = np.empty((RESAMPLES_COUNT, len(keys)))
    for draw in range(RESAMPLES_COUNT):
        weights[draw] = POISSON_1.searchsorted(stream.uniform(keys, draw), side="right")
    return Resamples(bag=pd.Series(bag, index=pd.Index(households)), weights=weights)


@dataclass(frozen=True)
class Ratio:
    """A mean or a ratio of sums over people.

    Attributes
    ----------
    above, below : arrays of float64, one per resident
        The figure is sum(above) / sum(below); for a mean `below` is 1 for those who count.
    n : int
        What the figure is said to be over: people or pairs.
    """

    above: Floats
    below: Floats
    n: int


def household_bootstrap(ratios: Sequence[Ratio], bag: Integers, resamples: Resamples) -> list[Rate]:
    """Return each ratio with its 95 % percentile interval over resampled households.

    People of a household stand or fall together: they share an address and an account.

    Parameters
    ----------
    ratios : sequence of Ratio
        All over the same residents, one entry each.
    bag : array of int64
        The bag of each resident's household.
    resamples : Resamples

    Returns
    -------
    list of Rate
        Withheld where fewer than `FEWEST_PEOPLE` residents have anything below the line.
    """
    bags_count = resamples.weights.shape[1]
    sums = np.empty((bags_count, 2 * len(ratios)))
    for at, ratio in enumerate(ratios):
        sums[:, 2 * at] = np.bincount(bag, weights=ratio.above, minlength=bags_count)
        sums[:, 2 * at + 1] = np.bincount(bag, weights=ratio.below, minlength=bags_count)
    resampled = resamples.weights @ sums
    above, below = resampled[:, ::2], resampled[:, 1::2]
    # a resample without anybody below the line says nothing
    figures = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    rates = []
    for ratio, drawn in zip(ratios, figures.T, strict=True):
        if np.count_nonzero(ratio.below) < FEWEST_PEOPLE:
            rates.append(withheld(ratio.n))
            continue
        low, high = _middle(drawn)
        value = ratio.above.sum() / ratio.below.sum()
        rates.append(Rate(float(value), low, high, ratio.n, "household_bootstrap"))
    return rates


def _middle(drawn: Floats) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles of what is defined, linear between order statistics."""
    ordered = np.sort(drawn[~np.isnan(drawn)])
    ends = np.interp(
        np.array([0.025, 0.975]) * (len(ordered) - 1), np.arange(len(ordered)), ordered
    )
    return float(ends[0]), float(ends[1])
