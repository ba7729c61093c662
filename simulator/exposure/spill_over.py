"""Spill-over: what others' files still tell of people who have left every list that lets them.

It is the weight known through others (`simulator.exposure.known_through_others`) after i has left
every source that lets people leave, less the same when i's household and ties have left them too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import (
    Ratio,
    household_bootstrap,
    resample_households,
    wilson,
)
from simulator.exposure.known_through_others import SHARED_FACTS
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers

EVERYONE = "all"
TIES_LEFT = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the household and ties that leave together with a person."""
KNOWN, SPILL_OVER, ALONE, RIGHT = (
    "through_others_share",
    "spill_over_share",
    "nowhere_else_share",
    "right_of_stated_share",
)
BEFORE = "through_others_before_share"


@dataclass(frozen=True)
class Leavers:
    """People who leave together, and what is known of each through others; n people, S shares.

    Shares are of the weight of the facts true of the person, in [0, 1].

    Attributes
    ----------
    entity_id, household_id : arrays of int64, shape (n,)
    before : array of float64, shape (n,)
        Known through others while everybody stays.
    after : array of float64, shape (n, S)
        The same after they left, with each share of `TIES_LEFT` of their household and ties.
    ties_gone_share : array of float64, shape (S,)
        Of a leaver's household and ties, the share that has left; mean over leavers who have any.
        At the first of `TIES_LEFT` it is the share of those who happen to leave by themselves.
    nowhere_else : array of float64, shape (n,)
        Known through others after they left alone, and not in their own dossiers.
    stated_count, right_count : arrays of float64, shape (n,)
        Values that files which list the leaver state of their holders, of the shared facts given
        so, after the leaver left alone; and how many of them are true of the leaver.
    """

    entity_id: Integers
    household_id: Integers
    before: Floats
    after: Floats
    ties_gone_share: Floats
    nowhere_else: Floats
    stated_count: Floats
    right_count: Floats


def measure_facts(
    told: pd.DataFrame, true_values: pd.DataFrame, entity_id: Integers
) -> pd.DataFrame:
    """Return, for each shared fact, of how many people it is known through others.

    Parameters
    ----------
    told : DataFrame
        From `simulator.exposure.known_through_others.told_by_others`.
    true_values : DataFrame
        ``entity_id``, ``fact``: what is true of whom.
    entity_id : array of int64
        The people asked about.

    Returns
    -------
    DataFrame
        ``fact``, then ``value`` (of the people of whom the fact is true, the share of whom it is
        known through others, in [0, 1]), ``low``, ``high``, ``n`` and ``interval`` (Wilson).
    """
    rows = []
    for fact in SHARED_FACTS:
        true_of = true_values.loc[true_values["fact"] == fact, "entity_id"]
        known_of = told.loc[told["is_right"] & (told["fact"] == fact), "entity_id"]
        people = np.intersect1d(true_of, entity_id)
        rate = wilson(int(np.isin(people, known_of).sum()), len(people))
        rows.append({"fact": fact} | asdict(rate))
    return pd.DataFrame(rows)


def measure_spill_over(leavers: Leavers, seed: int) -> pd.DataFrame:
    """Return the spill-over of people who left together, and what it depends on.

    Parameters
    ----------
    leavers : Leavers
    seed : int
        The scenario's, for the bootstrap of households.

    Returns
    -------
    DataFrame
        ``group`` ("all"), ``metric``, ``ties_left_share`` (NaN where none is meant),
        ``ties_gone_share``, ``value``, ``low``, ``high``, ``n``, ``interval``. Means over leavers,
        in [0, 1], withheld under 20 of them; spill-over lies in [-1, 1]:

        - ``through_others_before_share``: known through others while everybody stays;
        - ``through_others_share``: after they left, a row per share of ties that left with them;
        - ``spill_over_share``: that with no tie gone, less that with all ties gone;
        - ``nowhere_else_share``: the part that their own dossiers do not hold;
        - ``right_of_stated_share``: of the values that files which list a leaver state of their
          holders, those that are true of the leaver (a ratio of sums; n counts the values).

    Examples
    --------
    Forty people, of whose facts half is known through others, and nothing once all ties left:

    >>> n, many = np.arange(40), np.ones(40)
    >>> after = np.outer(many, [0.5, 0.5, 0.25, 0.25, 0.0])
    >>> gone = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    >>> leavers = Leavers(n, n, many * 0.5, after, gone, many * 0.1, many * 4, many)
    >>> found = measure_spill_over(leavers, 1).set_index("metric")
    >>> found.loc[["spill_over_share", "right_of_stated_share"], "value"].tolist()
    [0.5, 0.25]
    >>> int(found["n"]["right_of_stated_share"])
    160
    """
    everyone = np.ones(len(leavers.entity_id))
    n, stated = len(everyone), int(leavers.stated_count.sum())
    alone, together = leavers.after[:, 0], leavers.after[:, -1]
    rows = [(BEFORE, np.nan, np.nan, Ratio(leavers.before, everyone, n))]
    rows += [
        (KNOWN, left, gone, Ratio(leavers.after[:, at], everyone, n))
        for at, (left, gone) in enumerate(zip(TIES_LEFT, leavers.ties_gone_share, strict=True))
    ]
    rows += [
        (SPILL_OVER, np.nan, np.nan, Ratio(alone - together, everyone, n)),
        (ALONE, np.nan, np.nan, Ratio(leavers.nowhere_else, everyone, n)),
        (RIGHT, np.nan, np.nan, Ratio(leavers.right_count, leavers.stated_count, stated)),
    ]
    resamples = resample_households(pd.Series(leavers.household_id), seed)
    bag = np.asarray(resamples.bag.reindex(leavers.household_id), dtype=np.int64)
    rates = household_bootstrap([row[-1] for row in rows], bag, resamples)
    frame = pd.DataFrame(
        [
            {"group": EVERYONE, "metric": metric, "ties_left_share": left, "ties_gone_share": gone}
            | asdict(rate)
            for (metric, left, gone, _), rate in zip(rows, rates, strict=True)
        ]
    )
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})
