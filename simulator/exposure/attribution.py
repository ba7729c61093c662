"""To which source exposure is owed: Shapley values and interactions of all subsets of the sources.

Every function takes the value v(S) of all subsets S of n players (sources, or sources that come
together only) as one array: entry S holds v of the players whose bits are set in the number S, so
that entry 0 is v(none) and the last one v(N), of all. v may be any measure of joining the sources
in S; here it is mean exposure, in [0, 1]. More sources can mean less exposure (a false join), so no
figure is clipped at 0.

The examples are one town of three sources A, B, C with v = 6 for A, C, AC and BC, 0 for B alone,
12 for AB and ABC: C repeats A, and B says something only where A names it.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.randomness import Floats, Integers

Valued: TypeAlias = "Callable[[Integers], Floats]"
"""Returns v of each subset asked for. An array of all 2^n values has one: ``values.__getitem__``"""


def players_in(values: Floats) -> int:
    """Return n of an array of 2^n values.

    Raises
    ------
    ValueError
        If its length is no power of two.
    """
    count = len(values).bit_length() - 1
    if len(values) != 1 << count:
        raise ValueError(f"{len(values)} values are not those of all subsets: no power of two")
    return count


def everyone_but(players_count: int, *players: int) -> int:
    """Return the subset of all players but some.

    >>> everyone_but(3), everyone_but(3, 1), everyone_but(3, 0, 2)
    (7, 5, 2)
    """
    return (1 << players_count) - 1 - sum(1 << player for player in players)


def shapley(values: Floats) -> Floats:
    """Return what each player contributes on average, over all orders in which they may join.

    phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! x (v(S + i) - v(S)); Shapley (1953),
    "A value for n-person games", Contributions to the Theory of Games II. The phi add up to
    v(N) - v(none); a player that never changes v gets 0; of two that are alike each gets the same.

    Parameters
    ----------
    values : array of float64, shape (2^n,)

    Returns
    -------
    array of float64, shape (n,)
        In the unit of v; negative for a player that lowers it.

    Examples
    --------
    A joins first in two of the six orders (and brings 6), after B alone in one (12), after C alone
    in one (0) and last in two (6): 36 / 6 = 6.

    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> shapley(town).round(9).tolist()
    [6.0, 3.0, 3.0]
    """
    count = players_in(values)
    subsets = np.arange(len(values))
    size = np.bitwise_count(subsets).astype(np.int64)
    weight = np.array([1 / (count * comb(count - 1, s)) for s in range(count)])
    shares = np.empty(count)
    for player in range(count):
        before = subsets[subsets & (1 << player) == 0]
        brings = values[before | (1 << player)] - values[before]
        shares[player] = weight[size[before]] @ brings
    return shares


def interactions(values: Floats) -> pd.DataFrame:
    """Return what each pair of players adds together beyond what both add apart.

    I_ij = sum over S without i and j of |S|! (n - |S| - 2)! / (n - 1)! x
    (v(S + i + j) - v(S + i) - v(S + j) + v(S)); Grabisch and Roubens (1999), "An axiomatic approach
    to the concept of interaction among players in cooperative games", Int J Game Theory 28:547.
    Above 0 each makes the other tell more; below 0 one repeats what the other tells.

    Returns
    -------
    DataFrame
        A row per pair: ``first`` < ``second`` (int64, numbers of players) and ``value`` (in the
        unit of v).

    Examples
    --------
    >>> interactions(np.array([0.0, 6, 0, 12, 6, 6, 6, 12])).round(9).values.tolist()
    [[0.0, 1.0, 6.0], [0.0, 2.0, -6.0], [1.0, 2.0, 0.0]]
    """
    count = players_in(values)
    subsets = np.arange(len(values))
    size = np.bitwise_count(subsets).astype(np.int64)
    weight = np.array([1 / ((count - 1) * comb(count - 2, s)) for s in range(count - 1)])
    pairs = list(combinations(range(count), 2))
    found = np.empty(len(pairs))
    for place, (first, second) in enumerate(pairs):
        one, other = 1 << first, 1 << second
        rest = subsets[subsets & (one | other) == 0]
        together = values[rest | one | other] - values[rest | one] - values[rest | other]
        found[place] = weight[size[rest]] @ (together + values[rest])
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return pd.DataFrame({"first": ends[:, 0], "second": ends[:, 1], "value": found})
