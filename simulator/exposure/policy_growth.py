"""How a policy's effect grows list by list: the paired change after each list is joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import FEWEST_PEOPLE
from simulator.exposure.policy_effect import CHANGES, interval_ends
from simulator.tables import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.exposure.intervals import Resamples

GROWING = ("exposure_share", "reidentified_share")
"""Metrics of `CHANGES` that are followed list by list."""


def lists_in_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the lists of both designs; one that only `after` has stands where it is joined.

    >>> lists_in_order(["dmv", "broker"], ["dmv", "shield", "broker"])
    ['dmv', 'shield', 'broker']
    >>> lists_in_order(["dmv", "broker"], ["broker"])
    ['dmv', 'broker']
    """
    order = list(before)
    place = 0
    for name in after:
        if name not in order:
            order.insert(place, name)
        place = order.index(name) + 1
    return order


def growth_change(
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
    household_id: pd.Series[int],
    resamples: Resamples | None = None,
) -> pd.DataFrame:
    """Return the mean paired change over all residents after each list.

    A design that does not have a list stays as it was when the list before it was joined.

    Parameters
    ----------
    before, after : mapping
        List -> the columns of `measure_people` that `GROWING` needs, of the same residents, after
        this list was joined; in the order of joining.
    household_id : Series
        Of these residents.
    resamples : Resamples, optional
        The households drawn anew that give the interval; none: no interval (for one of many towns).

    Returns
    -------
    DataFrame
        ``source_added``, ``metric``, ``before``, ``after``, ``value`` (mean paired change, in
        [-1, 1]), ``low``, ``high`` (95 %), ``n`` (residents), ``interval``. Withheld over fewer
        than 20 residents.

    Examples
    --------
    >>> def people(exposure: float, share: float) -> pd.DataFrame:
    ...     return pd.DataFrame({"exposure_share": exposure, "reidentified": [share] * 20})
    >>> found = growth_change({"dmv": people(0.25, 0), "broker": people(0.5, 1)},
    ...     {"dmv": people(0.25, 0)}, pd.Series(range(20)))
    >>> found[["source_added", "before", "after", "value"]].values.tolist()[2:]
    [['broker', 0.5, 0.25, -0.25], ['broker', 1.0, 0.0, -1.0]]
    """
    nothing = pd.DataFrame(0.0, index=household_id.index, columns=[CHANGES[m] for m in GROWING])
    rows = []
    states = [nothing, nothing]
    for name in lists_in_order(list(before), list(after)):
        states = [
            design.get(name, state) for design, state in zip((before, after), states, strict=True)
        ]
        first, second = (
            state[[CHANGES[metric] for metric in GROWING]].to_numpy(dtype=np.float64)
            for state in states
        )
        changes = pd.DataFrame(second - first, index=household_id.index, columns=list(GROWING))
        ends, interval = interval_ends(changes, household_id, resamples)
        is_told = len(changes) >= FEWEST_PEOPLE
        for place, metric in enumerate(GROWING):
            figures = (first[:, place].mean(), second[:, place].mean(), changes[metric].mean())
            told = (*figures, *ends[metric]) if is_told else (np.nan,) * 5
            rows.append((name, metric, *map(float, told), len(changes), interval))
    columns = ["source_added", "metric", "before", "after", "value", "low", "high", "n", "interval"]
    frame = pd.DataFrame(rows, columns=columns)
    keys = ("source_added", "metric", "interval")
    return frame.assign(**{key: text(frame[key]) for key in keys})
