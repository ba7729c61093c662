"""Why a group fares worse than everyone else: its gap, shared out over what could be equal.

One town is lived through with each switch off and on: every list sees as much of each group, every
field is wrong as often in each, the truth does the joining. What a switch takes from the gap on
average, over all orders in which the switches may be turned, is its contribution (Shapley 1953).
What is left with all of them on is the remainder. So

    gap = contribution of coverage + of errors + of linking + remainder
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.attribution import shapley
from simulator.exposure.differences import FEWEST_EVENTS, drawn_means, newcombe
from simulator.exposure.harm import HELD, people_held
from simulator.exposure.intervals import FEWEST_PEOPLE, wilson, withheld
from simulator.tables import Rate, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats

    Flags = npt.NDArray[np.bool_]

COVERAGE, ERRORS, LINKING = SWITCHES = ("coverage", "errors", "linking")
"""What can be made equal; design number S has the switches on whose bits are set in S."""

GAP, REMAINDER = "gap", "remainder"
PARTS = (GAP, *SWITCHES, REMAINDER)


def parts_of(gaps: Floats) -> Floats:
    """Return a gap and its parts.

    Parameters
    ----------
    gaps : array of float64, shape (8, ...)
        The gap in each design, by its number: 1 is coverage, 2 errors, 4 linking.

    Returns
    -------
    array of float64, shape (5, ...)
        In the order of `PARTS`; the first is the sum of the others.

    Examples
    --------
    A gap of 12: equal coverage takes 4, equal errors 1, the truth 6, whatever else is on.

    >>> parts_of(np.array([12.0, 8, 11, 7, 6, 2, 5, 1])).round(9).tolist()
    [12.0, 4.0, 1.0, 6.0, 1.0]

    Where the truth leaves nothing for equal coverage to mend, the two share what both can do:

    >>> (parts_of(np.array([4.0, 0, 4, 0, 0, 0, 0, 0])).round(9) + 0).tolist()
    [4.0, 2.0, 0.0, 2.0, 0.0]
    """
    # the Shapley value is linear: its weights on the gaps are its values of the unit games
    weights = np.stack([shapley(unit) for unit in np.eye(len(gaps))], axis=1)
    taken = -np.tensordot(weights, gaps, axes=1)
    return np.concatenate([gaps[:1], taken, gaps[-1:]])


def decompose_gaps(
    designs: Sequence[pd.DataFrame], metrics: Sequence[str], resamples: Resamples | None = None
) -> pd.DataFrame:
    """Return each group's gap to everyone else, shared out.

    Parameters
    ----------
    designs : sequence of DataFrame
        From `simulator.exposure.person.measure_people`, of the same residents in each of the eight
        designs, by number; see `SWITCHES`.
    metrics : sequence of str
        Of `simulator.exposure.harm.HELD` and `HELD_MEANS`.
    resamples : Resamples, optional
        The households drawn anew that give the interval, the same in all designs; none: no interval
        (for one of many towns).

    Returns
    -------
    DataFrame
        ``group``, ``metric``, ``part`` (one of `PARTS`), ``value``, ``low``, ``high`` (differences
        of shares or means, in [-1, 1] for the gap itself), ``n`` (members who count with nothing
        switched) and ``interval``. Parts are told by households drawn anew, the same in all
        designs; the gap has the interval it has everywhere, of shares Newcombe's. Withheld where in
        any design fewer than 20 members, or fewer than 20 others, count; in a town that stands
        alone also where with nothing switched it happened to fewer than 5 people: there is nothing
        to share out.
    """
    base = designs[0]
    groups = base["group"].astype("category").cat
    code = groups.codes.to_numpy()
    rows = []
    for metric in metrics:
        values = np.stack([people_held(design, metric) for design in designs], axis=1)
        for place, group in enumerate(groups.categories):
            members = code == place
            found = _gap_parts(values, members, base["household_id"], resamples)
            if metric in HELD and found[0].interval != "none":
                found[0] = _gap_of_shares(values[:, 0], members)
            n = int((members & ~np.isnan(values[:, 0])).sum())
            rows += [
                {"group": group, "metric": metric, "part": part, **asdict(rate), "n": n}
                for part, rate in zip(PARTS, found, strict=True)
            ]
    frame = pd.DataFrame(rows)
    named = ("group", "metric", "part", "interval")
    return frame.assign(**{name: text(frame[name]) for name in named})


def _gap_parts(
    values: Floats, members: Flags, household_id: pd.Series[int], resamples: Resamples | None
) -> list[Rate]:
    """Return each part; `values` has a row per resident and a column per design."""
    sides = np.stack([members, ~members], axis=1)
    # residents x (members, others) x designs
    split = np.where(sides[:, :, None], values[:, None, :], np.nan)
    counted = (~np.isnan(split)).sum(axis=0)
    n = int(counted[0, 0])
    is_rare = resamples is not None and (values[:, 0] > 0).sum() < FEWEST_EVENTS
    if counted.min() < FEWEST_PEOPLE or is_rare:
        return [withheld(n) for _ in PARTS]
    means = np.nansum(split, axis=0) / counted
    parts = parts_of(means[0] - means[1]).tolist()
    if resamples is None:
        return [Rate(value, np.nan, np.nan, n, "none") for value in parts]
    bag = resamples.bag.reindex(household_id).to_numpy().astype(np.int64)
    drawn = drawn_means(split.reshape(len(split), -1), bag, resamples)
    own, others = np.moveaxis(drawn.reshape(len(drawn), *counted.shape), 1, 0)
    ends = np.nanpercentile(parts_of((own - others).T), [2.5, 97.5], axis=1).T.tolist()
    return [
        Rate(value, low, high, n, "household_bootstrap")
        for value, (low, high) in zip(parts, ends, strict=True)
    ]


def _gap_of_shares(values: Floats, members: Flags) -> Rate:
    """Return the difference of two shares; NaN in `values` for whoever does not count."""
    counted = ~np.isnan(values)
    own, others = (
        wilson(int(values[side].sum()), int(side.sum()))
        for side in (counted & members, counted & ~members)
    )
    return newcombe(own, others)
