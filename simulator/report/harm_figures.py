"""Figures of a group beside everyone else, read out of their tidy table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, cast

from simulator.report.harm import FEWEST_TOWNS
from simulator.report.steps import EVERYONE
from simulator.tables import Interval, Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_NOTHING = Rate(math.nan, math.nan, math.nan, 0, "none")


class Beside(NamedTuple):
    """One figure of one group: its own, everyone else's, the difference, and how often it happened.

    Attributes
    ----------
    own, rest, difference : Rate
        Of everyone together, the last two are not defined.
    ratio : float
        NaN where it may not be given.
    events : int
        Of the group's own.
    """

    own: Rate
    rest: Rate
    difference: Rate
    ratio: float
    events: int

    @property
    def is_withheld(self) -> bool:
        """Whether too few people stand behind the group's figure or the difference."""
        return math.isnan(self.difference.value)

    @property
    def is_comparable(self) -> bool:
        """Whether there are towns enough: one, by its people, or many drawn anew, not a few."""
        if math.isnan(self.difference.low):
            return False
        return self.difference.interval != "paired_t" or self.difference.n >= FEWEST_TOWNS

    @property
    def is_apart(self) -> bool:
        """Whether the 95 % interval of the difference leaves 0 out, and is one to rely on."""
        leaves_out = self.difference.low > 0 or self.difference.high < 0
        return leaves_out and self.is_comparable


def beside(figures: pd.DataFrame, metric: str) -> dict[str, Beside]:
    """Return group ("all" first) -> one figure, beside everyone else's.

    Parameters
    ----------
    figures : DataFrame
        Columns group, metric, side ("group", "rest", "difference", "ratio"), value, low, high, n,
        events, interval.
    metric : str
    """
    rates: dict[str, dict[str, Rate]] = {}
    events: dict[str, int] = {}
    names = ("group", "side", "value", "low", "high", "n", "interval", "events")
    rows = figures.loc[(figures["metric"] == metric).to_numpy()]
    for group, side, value, low, high, n, interval, count in zip(
        *(rows[name] for name in names), strict=True
    ):
        kind = cast("Interval", str(interval))
        rates.setdefault(group, {})[side] = Rate(
            float(value), float(low), float(high), int(n), kind
        )
        if side == "group":
            events[group] = int(count)
    return {
        group: Beside(
            found["group"],
            found.get("rest", _NOTHING),
            found.get("difference", _NOTHING),
            found.get("ratio", _NOTHING).value,
            events[group],
        )
        for group, found in rates.items()
    }


def everyones(figures: pd.DataFrame) -> Mapping[str, Rate]:
    """Return metric -> the figure of all residents."""
    metrics = dict.fromkeys(figures["metric"].astype(str))
    return {metric: beside(figures, metric)[EVERYONE].own for metric in metrics}
