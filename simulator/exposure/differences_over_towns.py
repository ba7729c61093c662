"""Groups beside everyone else, over towns drawn anew: figures, and differences with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.differences import DIFFERENCE, GROUP, REST, with_ratios
from simulator.exposure.growth import EVERYONE
from simulator.exposure.policy_effect import over_towns
from simulator.exposure.replicates import combine_replicates

if TYPE_CHECKING:
    from collections.abc import Sequence


KEYS = ("group", "metric", "side")


def groups_over_towns(towns: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return figures by group over towns drawn anew.

    Parameters
    ----------
    towns : sequence of DataFrame
        At least one, from `compare_groups`.

    Returns
    -------
    DataFrame
        As of one town; of several, means: of a figure with the 2.5 to 97.5 percentiles over towns,
        of a difference with Student's interval of the mean (see
        `simulator.exposure.policy_effect.over_towns`). A group and everyone else are taken from
        the towns in which the two can be compared; ``n`` counts these. ``events`` are those of all
        towns together, and decide whether there is a ratio.
    """
    if len(towns) == 1:
        return towns[0]
    apart = [town.loc[town["side"] == DIFFERENCE] for town in towns]
    figures = [_comparable(town) for town in towns]
    mean = pd.concat(
        [combine_replicates(figures, KEYS), differences_over_towns(apart, KEYS)], ignore_index=True
    )
    events = pd.concat(towns).groupby(list(KEYS), sort=False)["events"].sum().reset_index()
    return with_ratios(mean.merge(events, on=list(KEYS)))


def _comparable(town: pd.DataFrame) -> pd.DataFrame:
    """Return figures of groups and of everyone else, NaN where there is no difference."""
    figures = town.loc[town["side"].isin((GROUP, REST))]
    apart = town.loc[town["side"] == DIFFERENCE].set_index(["group", "metric"])["value"]
    whose = pd.MultiIndex.from_frame(figures[["group", "metric"]])
    known = apart.reindex(whose).notna().to_numpy() | (figures["group"] == EVERYONE).to_numpy()
    return figures.assign(value=figures["value"].where(known))


def differences_over_towns(towns: Sequence[pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    """Return mean differences over towns, each with Student's interval of the mean.

    Parameters
    ----------
    towns : sequence of DataFrame
        `keys`, ``value`` and the other columns of a figure.
    keys : sequence of str
        The columns that say which figure a row is.
    """
    unpaired = [town.assign(before=np.nan, after=np.nan) for town in towns]
    return over_towns(unpaired, keys).drop(columns=["before", "after"])
