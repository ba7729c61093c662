"""A group beside everyone else: each figure twice, and the difference with its interval.

A difference is told from chance by its own interval, not by whether two intervals overlap. Nothing
is said of fewer than 20 people, and no ratio is given under 5 events on either side: one event more
or less would change it by a fifth or more.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.growth import EVERYONE
from simulator.exposure.intervals import (
    Ratio,
    household_bootstrap,
    wilson,
    withheld,
)
from simulator.tables import Rate, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats, Integers

    Flags = npt.NDArray[np.bool_]

GROUP, REST, DIFFERENCE, RATIO = SIDES = ("group", "rest", "difference", "ratio")
"""Of a figure: the group's own, everyone else's, the first less the second, and over the second."""

FEWEST_EVENTS = 5
"""Under so many events on either side no ratio is given."""


def newcombe(one: Rate, other: Rate) -> Rate:
    """Return the difference of two shares of different people, with its 95 % interval.

    With Wilson's limits l, u of each share p:

        p1 - p2 - √((p1 - l1)² + (u2 - p2)²)  to  p1 - p2 + √((u1 - p1)² + (p2 - l2)²)

    Newcombe (1998), "Interval estimation for the difference between independent proportions",
    Statistics in Medicine 17:873, method 10. Values in [-1, 1]. People count as independent.

    Parameters
    ----------
    one, other : Rate
        From `simulator.exposure.intervals.wilson`.

    Returns
    -------
    Rate
        n counts the people of both; withheld where either share is.

    Examples
    --------
    The first example of the article, 56 of 70 beside 48 of 80:

    >>> rate = newcombe(wilson(56, 70), wilson(48, 80))
    >>> round(rate.value, 4), round(rate.low, 4), round(rate.high, 4), rate.n
    (0.2, 0.0524, 0.3339, 150)
    """
    value, n = one.value - other.value, one.n + other.n
    if np.isnan(value):
        return withheld(n)
    down = np.hypot(one.value - one.low, other.high - other.value)
    up = np.hypot(one.high - one.value, other.value - other.low)
    return Rate(value, float(value - down), float(value + up), n, "newcombe")


def difference_of_means(
    values: Floats, members: Flags, bag: Integers, resamples: Resamples
) -> tuple[Rate, Rate, Rate]:
    """Return the mean among members, among everyone else, and the difference.

    Intervals are percentiles over households drawn anew, the same draws for both means, since a
    household may stand on both sides.

    Parameters
    ----------
    values : array of float, one per resident
        NaN for whoever does not count.
    members : array of bool
    bag : array of int64
        The bag of each resident's household.
    resamples : Resamples

    Returns
    -------
    tuple of Rate
        Withheld where fewer than 20 people count, the difference where either mean is.
    """
    counted = ~np.isnan(values)
    sides = np.stack([counted & members, counted & ~members], axis=1)
    ratios = [
        Ratio(np.where(side, values, 0.0), side.astype(np.float64), int(side.sum()))
        for side in sides.T
    ]
    one, other = household_bootstrap(ratios, bag, resamples)
    n = one.n + other.n
    if np.isnan(one.value) or np.isnan(other.value):
        return one, other, withheld(n)
    drawn = drawn_means(np.where(sides, values[:, None], np.nan), bag, resamples)
    low, high = np.nanpercentile(drawn[:, 0] - drawn[:, 1], [2.5, 97.5])
    value = one.value - other.value
    return one, other, Rate(value, float(low), float(high), n, "household_bootstrap")


def drawn_means(values: Floats, bag: Integers, resamples: Resamples) -> Floats:
    """Return the means of columns, in each resample of the households.

    Parameters
    ----------
    values : array of float, shape (residents, columns)
        NaN for whoever does not count.
    bag : array of int64, shape (residents,)
    resamples : Resamples

    Returns
    -------
    array of float64, shape (resamples, columns)
        NaN where nobody who counts was drawn.
    """
    counted = ~np.isnan(values)
    sums = np.zeros((resamples.weights.shape[1], 2, values.shape[1]))
    np.add.at(sums, bag, np.stack([np.where(counted, values, 0.0), counted], axis=1))
    above, below = np.moveaxis(np.tensordot(resamples.weights, sums, axes=1), 1, 0)
    means: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return means


def compare_groups(
    people: pd.DataFrame,
    shares: Mapping[str, tuple[str, str | None]],
    means: Sequence[str],
    resamples: Resamples,
) -> pd.DataFrame:
    """Return each figure of everyone, and of each group beside everyone else.

    Parameters
    ----------
    people : DataFrame
        Residents: ``group``, ``household_id`` and the columns that are counted.
    shares : mapping
        Metric -> the bool column that is counted, and the one among whom (None: all residents), as
        in `simulator.exposure.growth.SHARES`.
    means : sequence of str
        Metrics that are the mean of the column of that name, over those for whom it is not NaN.
    resamples : Resamples

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric``, ``side`` (one of `SIDES`; of everyone "group" alone),
        ``value``, ``low``, ``high``, ``n`` (people; of a difference, of both sides), ``events``
        (int64: how many of them it happened to; of a mean, above 0) and ``interval``. Shares carry
        Wilson's interval and their differences Newcombe's, means a household bootstrap; a ratio has
        none, and is NaN under 5 events.

    Examples
    --------
    Of forty people of group a ten are flagged, of forty of group b five:

    >>> from simulator.exposure.intervals import resample_households
    >>> people = pd.DataFrame({
    ...     "group": ["a"] * 40 + ["b"] * 40, "household_id": range(80),
    ...     "flagged": [True] * 10 + [False] * 30 + [True] * 5 + [False] * 35,
    ... })
    >>> found = compare_groups(people, {"flagged_share": ("flagged", None)}, (),
    ...     resample_households(people["household_id"], 1))
    >>> a = found.loc[found["group"] == "a"].set_index("side")
    >>> a["value"].tolist(), a["events"].tolist()
    ([0.25, 0.125, 0.125, 2.0], [10, 5, 15, 15])
    """
    groups = people["group"].astype("category").cat
    bag = resamples.bag.reindex(people["household_id"]).to_numpy().astype(np.int64)
    everyone = np.ones(len(people), dtype=np.bool_)
    rows = []
    for group in (EVERYONE, *groups.categories):
        members = everyone if group == EVERYONE else (people["group"] == group).to_numpy()
        for metric in (*shares, *means):
            if metric in shares:
                figures, events = _share_sides(people, *shares[metric], members)
            else:
                values = people[metric].to_numpy(dtype=np.float64)
                figures = difference_of_means(values, members, bag, resamples)
                events = [int((values[side] > 0).sum()) for side in (members, ~members)]
            counts = (*events, sum(events))
            sides = list(zip((GROUP, REST, DIFFERENCE), figures, counts, strict=True))
            for side, rate, count in sides[:1] if group == EVERYONE else sides:
                rows.append(
                    {"group": group, "metric": metric, "side": side, "events": count} | asdict(rate)
                )
    return with_ratios(pd.DataFrame(rows))


def with_ratios(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with the ratio of each group's to everyone else's, where it may be given.

    Parameters
    ----------
    figures : DataFrame
        As of `compare_groups`; ratios already there are made anew.
    """
    named = ["group", "metric", "side", "interval"]
    figures = figures.loc[figures["side"] != RATIO]
    sides = {
        side: figures.loc[figures["side"] == side].set_index(["group", "metric"])
        for side in (GROUP, REST, DIFFERENCE)
    }
    rest, both = sides[REST], sides[DIFFERENCE]
    group = sides[GROUP].loc[rest.index]
    enough = (np.minimum(group["events"], rest["events"]) >= FEWEST_EVENTS) & (rest["value"] > 0)
    ratios = pd.DataFrame(
        {
            "side": RATIO,
            "events": both["events"],
            "value": (group["value"] / rest["value"]).where(enough),
            "low": np.nan,
            "high": np.nan,
            "n": both["n"],
            "interval": "none",
        }
    ).reset_index()
    every = pd.concat([figures, ratios], ignore_index=True)
    place = [pd.Series(every[name].map(_places(figures[name]))) for name in ("group", "metric")]
    side = every["side"].map({name: at for at, name in enumerate(SIDES)})
    every = every.iloc[np.lexsort((side, place[1], place[0]))].reset_index(drop=True)
    return every[
        ["group", "metric", "side", "value", "low", "high", "n", "events", "interval"]
    ].assign(**{name: text(every[name]) for name in named})


def _share_sides(
    people: pd.DataFrame, column: str, among: str | None, members: Flags
) -> tuple[tuple[Rate, Rate, Rate], list[int]]:
    counted = np.ones(len(people), np.bool_) if among is None else people[among].to_numpy(np.bool_)
    flags = people[column].to_numpy(dtype=np.bool_)
    sides = (counted & members, counted & ~members)
    events = [int(flags[side].sum()) for side in sides]
    one, other = (wilson(count, int(side.sum())) for count, side in zip(events, sides, strict=True))
    return (one, other, newcombe(one, other)), events


def _places(names: pd.Series[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}
