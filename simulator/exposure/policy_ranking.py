"""Policies side by side: what each does by several objectives, never summed into one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.growth import EVERYONE

if TYPE_CHECKING:
    from simulator.randomness import Floats

OBJECTIVES = ("exposure_share", "wrongful_share", "hardest_group_exposure_share")
"""What policies are ranked by, side by side and never summed; less is better in each."""


def rank(effects: pd.DataFrame) -> pd.DataFrame:
    """Set policies beside one another by what they do to everyone and to the hardest-hit group.

    Parameters
    ----------
    effects : DataFrame
        ``policy``, ``group``, ``metric``, ``value``, ``low``, ``high``, of at least one policy.

    Returns
    -------
    DataFrame
        Per policy, in the order given: ``policy``, ``rank``, ``hardest_group`` (the one whose mean
        exposure falls least or rises most; missing where all groups are too small), and per
        objective of `OBJECTIVES` its ``value``, ``low`` and ``high`` as columns
        ``<objective>``, ``<objective>_low``, ``<objective>_high``. Rank 1: no other policy does at
        least as well by all three objectives and better by one; rank 2: none but those of rank 1
        does; and so on. Ranks rest on the means alone: whose intervals overlap may as well
        trade places.

    Examples
    --------
    >>> def rows(policy: str, everyone: float, untrue: float, group: float) -> list[list[object]]:
    ...     return [[policy, "all", "exposure_share", everyone, 0.0, 0.0],
    ...             [policy, "all", "wrongful_share", untrue, 0.0, 0.0],
    ...             [policy, "a", "exposure_share", group, 0.0, 0.0]]
    >>> effects = pd.DataFrame(
    ...     rows("ban", -0.2, 0.0, -0.1) + rows("opt_out", -0.1, -0.01, -0.1)
    ...     + rows("notice", -0.1, 0.0, 0.0),
    ...     columns=["policy", "group", "metric", "value", "low", "high"])
    >>> rank(effects)[["policy", "rank"]].values.tolist()
    [['ban', 1], ['opt_out', 1], ['notice', 2]]
    """
    rows = []
    for policy, of_policy in effects.groupby("policy", sort=False):
        exposure = of_policy.loc[of_policy["metric"] == "exposure_share"]
        wrongful = of_policy.loc[of_policy["metric"] == "wrongful_share"]
        by_group = exposure.loc[(exposure["group"] != EVERYONE) & exposure["value"].notna()]
        overall = exposure.loc[exposure["group"] == EVERYONE].iloc[0]
        hardest = by_group.sort_values("value", kind="stable").iloc[-1] if len(by_group) else None
        found = (overall, wrongful.loc[wrongful["group"] == EVERYONE].iloc[0],
                 overall if hardest is None else hardest)  # fmt: skip
        row = {"policy": policy, "hardest_group": None if hardest is None else hardest["group"]}
        for objective, figure in zip(OBJECTIVES, found, strict=True):
            row[objective] = figure["value"]
            row |= {f"{objective}_{end}": figure[end] for end in ("low", "high")}
        rows.append(row)
    frame = pd.DataFrame(rows)
    frame.insert(1, "rank", _layers(frame[list(OBJECTIVES)].to_numpy(dtype=np.float64)))
    return frame


def _layers(points: Floats) -> list[int]:
    """Return the layer of each point: 1 where no other is as low in all and lower in one."""
    as_low = (points[:, None, :] <= points[None, :, :] + 1e-12).all(axis=2)
    lower = (points[:, None, :] < points[None, :, :] - 1e-12).any(axis=2)
    beaten_by = (as_low & lower).T  # row: who is beaten, column: by whom
    layer = np.zeros(len(points), dtype=np.int64)
    while (layer == 0).any():
        left = layer == 0
        front = left & ~(beaten_by & left[None, :]).any(axis=1)
        layer[front] = layer.max() + 1
    return [int(number) for number in layer]
