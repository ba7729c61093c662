"""Settings that differ between groups: one factor per person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.randomness import Floats


def group_factors(group: pd.Categorical, by_group: Mapping[str, float]) -> Floats:
    """Return the factor of each person's group.

    Parameters
    ----------
    group : Categorical of length n
        The group of each person.
    by_group : mapping of group name to factor
        Groups not named have factor 1.

    Returns
    -------
    array of float, length n

    Examples
    --------
    >>> import pandas as pd
    >>> group_factors(pd.Categorical(["a", "b", "a"]), {"b": 2.0}).tolist()
    [1.0, 2.0, 1.0]
    """
    of_category = [by_group.get(str(name), 1.0) for name in group.categories]
    # a person without a group has code -1, which reads the last entry
    return np.asarray(np.array([*of_category, 1.0])[group.codes], dtype=np.float64)
