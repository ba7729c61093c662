"""What an attribution is, and its tidy tables: shares, removals, the order of closing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.attribution import everyone_but
from simulator.exposure.intervals import Ratio, household_bootstrap, resample_households
from simulator.exposure.removals import closing_order, without
from simulator.tables import Rate, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from simulator.experiments.joined_subsets import JoinedSubsets
    from simulator.experiments.subsets import Player
    from simulator.exposure.attribution import Valued
    from simulator.randomness import Floats
    from simulator.scenario import Scenario
    from simulator.tables import Result

RATE = ["value", "low", "high", "n", "interval"]


@dataclass(frozen=True)
class Attribution:
    """To which lists the exposure of a town is owed.

    Attributes
    ----------
    scenario : Scenario
    scenario_hash : str
    seed : int
    version : str
    players : tuple of Player
        The lists; those that open for named targets only are one.
    whole : Rate
        Mean exposure with every list joined.
    permutations_count : int
        Orders drawn; 0 where every subset was joined and the shares are exact.
    subsets_count : int
        Subsets of the lists that were joined.
    standard_error : float
        The greatest standard error of a share of exposure over the orders drawn, in the unit of
        exposure (0 to 1); 0 where the shares are exact.
    attribution : DataFrame
        ``player`` (label), ``metric``, ``value``, ``low``, ``high``, ``n``, ``interval``.
        ``exposure_share`` and ``wrongful_share``: the list's Shapley value, its part of mean
        exposure and of the share of residents with somebody else's fact; over lists either adds up
        to the whole. ``alone_share``: exposure from this list alone; ``last_share``: how much less
        it is without it. The interval of an exact part of exposure and of `last_share` is over
        households (n residents), of a drawn part over orders (n orders); else there is none.
    interactions : DataFrame
        ``first``, ``second`` (labels), ``value``: what two lists tell together beyond what they
        tell apart (Shapley interaction index of exposure). Empty where orders are drawn.
    removals : DataFrame
        ``first``, ``second`` (labels; second is empty where one is removed), ``removed_count``,
        ``rank`` (by exposure saved, among single lists and among pairs), ``metric``
        (exposure_share, wrongful_share), ``left``, ``value`` (how much less), ``low``, ``high``,
        ``n``, ``interval`` (over households; of pairs that save little there is none). Sorted by
        removed_count, then rank. Where orders are drawn only the pairs that promise most.
    closing_order : DataFrame
        ``step``, ``closed`` (label; empty at step 0), ``exposure_share`` and ``wrongful_share``
        (what is left), ``exposure_saved`` (since the step before). Where orders are drawn, the
        first five.
    orders : DataFrame
        Exposure with the first k lists joined, over all orders, or those drawn; see
        `simulator.exposure.source_orders.band_of_all_orders`; and ``own_order``, in the order of
        `players`.
    by_person : DataFrame
        entity_id x label: the Shapley value of each resident's own exposure; without columns where
        orders are drawn.
    """

    scenario: Scenario
    scenario_hash: str
    seed: int
    version: str
    players: tuple[Player, ...]
    whole: Rate
    permutations_count: int
    subsets_count: int
    standard_error: float
    attribution: pd.DataFrame
    interactions: pd.DataFrame
    removals: pd.DataFrame
    closing_order: pd.DataFrame
    orders: pd.DataFrame
    by_person: pd.DataFrame


def bare(values: Floats, n: int) -> list[Rate]:
    """Return figures that come without an interval."""
    return [Rate(float(value), np.nan, np.nan, n, "none") for value in values]


def over_households(result: Result, by_person: Floats) -> list[Rate]:
    """Return the mean over residents of each column, with its interval over households.

    Parameters
    ----------
    result : Result
    by_person : array of float64, shape (residents, any)
        In the order of ``result.people``.
    """
    households = result.people["household_id"]
    resamples = resample_households(households, result.seed)
    bag = resamples.bag.reindex(households).to_numpy().astype(np.int64)
    everyone = np.ones(len(by_person))
    ratios = [Ratio(column, everyone, len(by_person)) for column in by_person.T]
    return household_bootstrap(ratios, bag, resamples)


def removal_table(
    removed: pd.DataFrame,
    sure: npt.NDArray[np.bool_],
    labels: Sequence[str],
    value_of: Mapping[str, Valued],
    joined: JoinedSubsets,
) -> pd.DataFrame:
    """Return removals by name, in every metric; see `simulator.experiments.attribution`.

    Parameters
    ----------
    removed : DataFrame
        From `simulator.exposure.attribution.removals`.
    sure : array of bool
        Which of them get an interval over households.
    labels : sequence of str
        Of the players.
    value_of : mapping
        Metric -> its value of any subset.
    joined : JoinedSubsets
    """
    first, second = removed["first"].to_numpy(), removed["second"].to_numpy()
    subsets = without(len(labels), first, second)
    whole = np.array([everyone_but(len(labels))])
    names = {
        "first": text([labels[number] for number in first]),
        "second": text([labels[number] if number >= 0 else "" for number in second]),
    }
    tables = []
    for metric, value in value_of.items():
        left = value(subsets)
        rates = np.array(bare(value(whole)[0] - left, joined.residents_count), dtype=object)
        rates[sure] = joined.saved_without(subsets[sure], metric)
        tables.append(
            pd.DataFrame(
                {
                    **names,
                    "removed_count": removed["removed_count"],
                    "rank": removed["rank"],
                    "metric": text([metric] * len(removed)),
                    "left": left,
                }
            ).join(pd.DataFrame([asdict(rate) for rate in rates]))
        )
    table = pd.concat(tables).sort_index(kind="stable").reset_index(drop=True)
    return table.assign(interval=text(table["interval"]))


def closing_table(
    value_of: Mapping[str, Valued], labels: Sequence[str], steps: int
) -> pd.DataFrame:
    """Return the order of closing by name; see `simulator.experiments.attribution`."""
    table = closing_order(value_of["exposure_share"], len(labels), steps)
    closed = table["closed"].to_numpy()[1:]
    still_open = everyone_but(len(labels)) - np.append(0, np.cumsum(np.left_shift(1, closed)))
    return pd.DataFrame(
        {
            "step": table["step"],
            "closed": text(["", *(labels[player] for player in closed)]),
            "exposure_share": table["value"],
            "exposure_saved": table["saved"],
            "wrongful_share": value_of["wrongful_share"](still_open),
        }
    )


def share_table(
    shares: Mapping[str, list[Rate]], labels: Sequence[str], removals: pd.DataFrame
) -> pd.DataFrame:
    """Return what every list gives, metric by metric; see `simulator.experiments.attribution`.

    Parameters
    ----------
    shares : mapping
        Metric -> a rate per list.
    labels : sequence of str
    removals : DataFrame
        From `removal_table`; what the removal of one list saves is its ``last_share``.
    """
    rows = [
        {"player": label, "metric": metric, **asdict(rate)}
        for metric, rates in shares.items()
        for label, rate in zip(labels, rates, strict=True)
    ]
    singles = removals.loc[
        (removals["removed_count"] == 1) & (removals["metric"] == "exposure_share")
    ]
    last = singles.set_index("first").loc[list(labels), RATE].rename_axis("player").reset_index()
    table = pd.concat([pd.DataFrame(rows), last.assign(metric="last_share")], ignore_index=True)
    return table.assign(**{name: text(table[name]) for name in ("player", "metric", "interval")})
