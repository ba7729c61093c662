"""What a policy changes for each person: the same people in two designs, paired.

A town and the same town under a policy share every draw that the policy does not touch, so each
resident is compared with themselves and luck largely cancels out. What is left is told apart from
an effect by the spread over towns drawn anew, or, of one town, over its households.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from simulator.exposure.growth import EVERYONE
from simulator.exposure.intervals import FEWEST_PEOPLE, Ratio, household_bootstrap
from simulator.tables import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats, Integers

CHANGES: Mapping[str, str] = {
    "exposure_share": "exposure_share",
    "named_share": "named",
    "reidentified_share": "reidentified",
    "outdated_share": "outdated",
    "wrongful_share": "wrongful",
    "sensitive_wrongful_share": "sensitive_wrongful",
    "false_dossier_people_share": "false_dossier",
}
"""Metric -> the column of `measure_people` that changes; all are means over all residents."""

BETTER, WORSE = "better_off_share", "worse_off_share"

NOTICEABLE = 0.01
"""A smaller change of a person's exposure makes nobody better or worse off."""

_EFFECT = ("before", "after", "value")


def paired_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return what changed for each resident.

    Parameters
    ----------
    before, after : DataFrame
        From `measure_people`, of the same residents.

    Returns
    -------
    DataFrame
        Indexed by ``entity_id``, float64 columns: each metric of `CHANGES`, after - before, in
        [-1, 1]; ``worse_off_share``, 1 for whoever's exposure rose by more than 0.01 or who has
        somebody else's sensitive fact in the file and had none before; ``better_off_share``, 1 for
        whoever is not worse off and whose exposure fell by more than 0.01, or who got rid of such a
        fact; 0 for everybody else.

    Raises
    ------
    ValueError
        If the residents are not the same.

    Examples
    --------
    >>> before = pd.DataFrame({"exposure_share": [0.5, 0.5, 0.5], "named": True,
    ...     "reidentified": False, "outdated": False, "wrongful": False,
    ...     "sensitive_wrongful": False, "false_dossier": False})
    >>> after = before.assign(exposure_share=[0.4, 0.51, 0.3],
    ...     sensitive_wrongful=[False, False, True])
    >>> changes = paired_changes(before, after)
    >>> changes["better_off_share"].tolist(), changes["worse_off_share"].tolist()
    ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0])
    """
    if not before.index.equals(after.index):
        raise ValueError("the two designs do not have the same residents")
    changes = {
        metric: after[column].to_numpy(dtype=np.float64) - before[column].to_numpy(dtype=np.float64)
        for metric, column in CHANGES.items()
    }
    # a change of 0.01 itself is not noticeable, however it is rounded
    exposure, untrue = changes["exposure_share"], changes["sensitive_wrongful_share"]
    worse = (exposure > NOTICEABLE + 1e-9) | (untrue > 0)
    better = ~worse & ((exposure < -NOTICEABLE - 1e-9) | (untrue < 0))
    shares = {BETTER: better.astype(np.float64), WORSE: worse.astype(np.float64)}
    return pd.DataFrame(changes | shares, index=before.index)


def effect_in_town(
    before: pd.DataFrame, after: pd.DataFrame, resamples: Resamples | None = None
) -> pd.DataFrame:
    """Return the mean paired change over the residents of one town, for everyone and each group.

    Parameters
    ----------
    before, after : DataFrame
        From `measure_people`, of the same residents.
    resamples : Resamples, optional
        The households drawn anew that give the interval; none: no interval (for one of many towns).

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric``, ``before`` and ``after`` (the figure in either design;
        NaN for better and worse off), ``value`` (mean paired change), ``low``, ``high`` (95 %),
        ``n`` (residents) and ``interval``. Withheld over fewer than 20 residents.
    """
    changes = paired_changes(before, after)
    groups = before["group"].astype("category").cat
    rows = []
    for group in (EVERYONE, *groups.categories):
        members = np.ones(len(before), dtype=bool)
        if group != EVERYONE:
            members = groups.codes.to_numpy() == groups.categories.get_loc(group)
        chosen = changes.loc[members]
        ends, interval = interval_ends(chosen, before.loc[members, "household_id"], resamples)
        for metric in changes.columns:
            figures = dict.fromkeys((*_EFFECT, "low", "high"), np.nan)
            if len(chosen) >= FEWEST_PEOPLE:
                figures["value"] = float(chosen[metric].mean())
                figures["low"], figures["high"] = ends[metric]
                if metric in CHANGES:
                    for name, people in (("before", before), ("after", after)):
                        figures[name] = float(people.loc[members, CHANGES[metric]].mean())
            rows.append({"group": group, "metric": metric} | figures | {
                "n": len(chosen), "interval": interval,
            })  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def interval_ends(
    changes: pd.DataFrame, household_id: pd.Series[int], resamples: Resamples | None
) -> tuple[dict[str, tuple[float, float]], str]:
    """Return the 95 % interval of the mean of each column over residents, and what kind it is.

    None, and NaN, without `resamples` or under 20 residents.
    """
    if resamples is None or len(changes) < FEWEST_PEOPLE:
        return dict.fromkeys(changes.columns, (np.nan, np.nan)), "none"
    bag = resamples.bag.reindex(household_id).to_numpy().astype(np.int64)
    everyone = np.ones(len(changes))
    ratios = [Ratio(changes[metric].to_numpy(), everyone, len(changes)) for metric in changes]
    rates = household_bootstrap(ratios, bag, resamples)
    ends = {str(m): (rate.low, rate.high) for m, rate in zip(changes, rates, strict=True)}
    return ends, "household_bootstrap"


def over_towns(towns: Sequence[pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    """Return mean changes over towns drawn anew, each with its interval.

    The interval is Student's: mean ± t × s / √R, with s the standard deviation of the R towns' mean
    paired changes and t its 97.5 % point with R - 1 degrees of freedom. It says where the mean over
    all such towns may lie, not where single towns do.

    Parameters
    ----------
    towns : sequence of DataFrame
        At least one, each with `keys` and the columns of `effect_in_town`.
    keys : sequence of str
        The columns that say which figure a row is.

    Returns
    -------
    DataFrame
        As the towns have it; ``n`` is the number of towns in which the figure is defined and
        ``interval`` "paired_t". Of one town, that town's own table.

    Examples
    --------
    Changes of -1, -2 and -3 in 100: the mean is -2, s is 1, and t with two degrees is 4.303.

    >>> town = pd.DataFrame({"metric": ["exposure_share"], "before": [0.5], "after": [0.4],
    ...     "value": [0.0], "low": [np.nan], "high": [np.nan], "n": [50], "interval": ["none"]})
    >>> towns = [town.assign(value=value) for value in (-0.01, -0.02, -0.03)]
    >>> over_towns(towns, ["metric"])[["value", "low", "high", "n"]].round(4).values.tolist()
    [[-0.02, -0.0448, 0.0048, 3.0]]
    """
    if len(towns) == 1:
        return towns[0]
    every = pd.concat(towns, ignore_index=True).groupby(list(keys), sort=False)
    frame = every[list(_EFFECT)].mean()
    count = every["value"].count().to_numpy().astype(np.int64)
    spread = every["value"].std().to_numpy()
    half = _t_975(count) * spread / np.sqrt(np.maximum(count, 1))
    frame = frame.assign(low=frame["value"] - half, high=frame["value"] + half, n=count)
    interval = np.where(count > 1, "paired_t", "none").astype(object)
    return frame.assign(interval=text(interval)).reset_index()


def _t_975(count: Integers) -> Floats:
    """Return the 97.5 % point of Student's t for `count` values; NaN for fewer than two."""
    return np.where(count > 1, stdtrit(np.maximum(count - 1, 1), 0.975), np.nan)
