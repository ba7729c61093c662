"""Many seeds of one scenario, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.tables import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Exposure

KEYS = ("step", "source_added", "group", "metric")


def combine_replicates(replicates: Sequence[pd.DataFrame], keys: Sequence[str] = KEYS) -> Exposure:
    """Return the mean of each figure over replicates and where 95 % of the replicates lie.

    Parameters
    ----------
    replicates : sequence of DataFrame
        One per seed, at least one, all with the same rows: `keys`, ``value`` and others.
    keys : sequence of str
        The columns that say which figure a row is; by default those of `simulator.tables.Exposure`.

    Returns
    -------
    Exposure
        `keys`; ``value`` is the mean, ``low`` and ``high`` the 2.5 and 97.5 percentiles (linear
        between order statistics), ``n`` the number of replicates in which the figure is defined,
        ``interval`` "replicates"; where no replicate has a figure NaN, 0 and "none".

    Examples
    --------
    >>> def replicate(value: float) -> pd.DataFrame:
    ...     return pd.DataFrame({
    ...         "step": [1], "source_added": ["dmv"], "group": ["all"], "metric": ["named_share"],
    ...         "value": [value], "low": [0.0], "high": [1.0], "n": [50], "interval": ["wilson"],
    ...     })
    >>> both = combine_replicates([replicate(0.2), replicate(0.4)])
    >>> both[["value", "low", "high", "n"]].round(3).values.tolist()
    [[0.3, 0.205, 0.395, 2.0]]
    """
    every = pd.concat(replicates, ignore_index=True)
    of_figure = every.groupby(list(keys), sort=False)["value"]
    combined = pd.DataFrame(
        {
            "value": of_figure.mean(),
            "low": of_figure.quantile(0.025),
            "high": of_figure.quantile(0.975),
            "n": of_figure.count(),
        }
    ).reset_index()
    interval = np.where(combined["n"] > 0, "replicates", "none")
    return combined.assign(interval=text(interval.astype(object)))
