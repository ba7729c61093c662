"""To which list exposure is owed: its Shapley share, its removal, and the order to close lists in.

Up to 12 lists every subset of them is joined; beyond, orders of the lists are drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulator.experiments.attribution_tables import (
    Attribution,
    bare,
    closing_table,
    over_households,
    removal_table,
    share_table,
)
from simulator.experiments.holdings import holdings_of
from simulator.experiments.joined_subsets import JoinedSubsets
from simulator.experiments.subsets import TooMuchWork, all_subsets, players
from simulator.experiments.subsets.exact import MOST_PLAYERS
from simulator.exposure.attribution import everyone_but, interactions, shapley
from simulator.exposure.growth import EVERYONE
from simulator.exposure.perfect_joining import PerfectJoining
from simulator.exposure.removals import alone_and_last, promising_pairs, removals
from simulator.exposure.source_orders import (
    band_of_all_orders,
    band_of_orders,
    contributions,
    draw_orders,
    over_permutations,
    prefixes,
    standard_error,
)
from simulator.tables import Rate, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.subsets import Player, SubsetValues
    from simulator.exposure.attribution import Valued
    from simulator.pipeline import Progress
    from simulator.randomness import Integers
    from simulator.tables import Result

DEFAULT_PERMUTATIONS = 12
"""Orders drawn where there are more lists than every subset can be joined of."""
CLOSINGS_DRAWN = 5
"""Where orders are drawn, each further closing costs as many subsets as lists are still open."""
PAIRS_DRAWN = 20
"""Where orders are drawn, so many pairs are taken away in truth: those that promise most."""
PAIRS_SURE = 3
"""Where every subset is joined, so many pairs get an interval: those that save most."""


def attribute(
    result: Result, permutations: int | None = None, progress: Progress | None = None
) -> Attribution:
    """Say to which lists the exposure of a town is owed.

    Parameters
    ----------
    result : Result
        Of the whole scenario; its links are used for every subset, the clusters solved anew.
    permutations : int, optional
        Draw so many orders (2 or more) in place of joining every subset; by default orders are
        drawn of more than 12 lists only, or where every subset would take too long.
    progress : function (what, share done), optional
    """
    joined = JoinedSubsets(result, progress)
    if is_exact(len(players(result.scenario)), permutations):
        try:
            return _exact(result, all_subsets(result, progress), joined)
        except TooMuchWork:
            permutations = DEFAULT_PERMUTATIONS
    return _drawn(result, joined, permutations or DEFAULT_PERMUTATIONS)


def is_exact(players_count: int, permutations: int | None = None) -> bool:
    """Tell whether every subset is joined."""
    return permutations is None and players_count <= MOST_PLAYERS


def subsets_needed(players_count: int, permutations: int | None = None) -> int:
    """Return about how many subsets `attribute` joins, to tell what it will cost.

    >>> subsets_needed(4), subsets_needed(19, 12)
    (16, 315)
    """
    if is_exact(players_count, permutations):
        return 1 << players_count
    orders = draw_orders(players_count, permutations or DEFAULT_PERMUTATIONS, 0)
    closings = sum(max(players_count - step, 0) for step in range(2, CLOSINGS_DRAWN))
    pairs = min(PAIRS_DRAWN, players_count * (players_count - 1) // 2)
    return len(_asked_first(orders)) + pairs + closings


def _exact(result: Result, values: SubsetValues, joined: JoinedSubsets) -> Attribution:
    """Read everything out of the values of all subsets."""
    exposure, wrongful = values.exposure_share, values.wrongful_share
    labels = [player.label for player in values.players]
    by_person = values.by_person[labels].reindex(result.people.index)
    pairs = interactions(exposure)
    value_of = {
        "exposure_share": exposure.__getitem__,
        "wrongful_share": wrongful.__getitem__,
    }
    removed = removals(value_of["exposure_share"], len(labels))
    sure = (removed["removed_count"] == 1) | (removed["rank"] <= PAIRS_SURE)
    return _assembled(
        result,
        values.players,
        value_of,
        {
            "exposure_share": over_households(result, by_person.to_numpy()),
            "wrongful_share": bare(shapley(wrongful), len(result.people)),
        },
        removals=removal_table(removed, sure.to_numpy(), labels, value_of, joined),
        closings=len(labels),
        orders=band_of_all_orders(exposure),
        permutations_count=0,
        subsets_count=len(exposure),
        standard_error=0.0,
        interactions=pairs.assign(
            first=text([labels[number] for number in pairs["first"]]),
            second=text([labels[number] for number in pairs["second"]]),
        ),
        by_person=by_person,
    )


def _drawn(result: Result, joined: JoinedSubsets, permutations: int) -> Attribution:
    """Join the subsets that drawn orders pass, and those that removals and closings leave."""
    everyone = players(result.scenario)
    labels = [player.label for player in everyone]
    holdings = holdings_of(result)
    perfect = PerfectJoining(holdings.credit, holdings.names)
    orders = draw_orders(len(everyone), permutations, result.seed)
    joined.join(_asked_first(orders))
    beside = contributions(joined.exposure, orders) - contributions(perfect.value_of, orders)
    pairs = promising_pairs(joined.exposure, perfect.value_of, len(everyone), PAIRS_DRAWN)
    removed = removals(joined.exposure, len(everyone), pairs)
    value_of = {"exposure_share": joined.exposure, "wrongful_share": joined.wrongful}
    assembled = _assembled(
        result,
        everyone,
        value_of,
        {
            "exposure_share": over_permutations(beside, perfect.shapley()),
            "wrongful_share": over_permutations(contributions(joined.wrongful, orders)),
        },
        removals=removal_table(removed, np.ones(len(removed), bool), labels, value_of, joined),
        closings=CLOSINGS_DRAWN,
        orders=band_of_orders(joined.exposure, orders),
        permutations_count=permutations,
        subsets_count=0,
        standard_error=float(standard_error(beside).max()),
        interactions=pd.DataFrame({"first": text([]), "second": text([]), "value": []}),
        by_person=pd.DataFrame(index=result.people.index),
    )
    return replace(assembled, subsets_count=len(joined))


def _asked_first(orders: Integers) -> Integers:
    """Return the subsets that are needed whatever their values turn out to be."""
    count = orders.shape[1]
    singles = [1 << player for player in range(count)]
    singles += [everyone_but(count, player) for player in range(count)]
    return np.unique(np.concatenate([prefixes(orders).ravel(), singles, _own_order(count)]))


def _own_order(count: int) -> Integers:
    """Return the subsets that the order of the players passes.

    >>> _own_order(3).tolist()
    [0, 1, 3, 7]
    """
    return np.asarray((1 << np.arange(count + 1)) - 1)


def _assembled(
    result: Result,
    everyone: tuple[Player, ...],
    value_of: Mapping[str, Valued],
    shares: Mapping[str, list[Rate]],
    *,
    closings: int,
    orders: pd.DataFrame,
    removals: pd.DataFrame,
    **found: Any,
) -> Attribution:
    """Add what is read out of the values in the same way, however they were found."""
    labels = [player.label for player in everyone]
    exposure = value_of["exposure_share"]
    alone, _ = alone_and_last(exposure, len(everyone))
    alone_rates = {"alone_share": bare(alone, len(result.people))}
    return Attribution(
        scenario=result.scenario,
        scenario_hash=result.scenario_hash,
        seed=result.seed,
        version=result.version,
        players=everyone,
        whole=_whole(result),
        attribution=share_table({**shares, **alone_rates}, labels, removals),
        removals=removals,
        closing_order=closing_table(value_of, labels, closings),
        orders=orders.assign(own_order=exposure(_own_order(len(everyone)))),
        **found,
    )


def _whole(result: Result) -> Rate:
    """Return mean exposure with every list joined, as the run has it."""
    rows = result.exposure
    rows = rows.loc[(rows["group"] == EVERYONE) & (rows["metric"] == "exposure_share")]
    rows = rows.loc[rows["step"] == rows["step"].max()]
    (row,) = rows[["value", "low", "high", "n", "interval"]].to_dict("records")
    return Rate(**row)
