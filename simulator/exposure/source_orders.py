"""Sources in random order: the Shapley value beyond all subsets, and the band over orders.

Where there are too many subsets to know v of all, orders are drawn: what a player brings where it
stands in a random order is, on average over orders, its Shapley value (Castro, Gómez and Tejada
2009, "Polynomial calculation of the Shapley value based on sampling", Comput Oper Res 36:1726).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from simulator.exposure.attribution import players_in
from simulator.randomness import Stream, combine
from simulator.tables import Rate

if TYPE_CHECKING:
    from simulator.exposure.attribution import Valued
    from simulator.randomness import Floats, Integers

FEWEST_PERMUTATIONS = 2
"""One order has no spread to tell an error by."""


def draw_orders(players_count: int, permutations_count: int, seed: int) -> Integers:
    """Draw orders of the players, each as likely as any other.

    Returns
    -------
    array of int64, shape (permutations_count, players_count)
        Row k is the k-th order; it does not depend on how many are drawn.

    Examples
    --------
    >>> orders = draw_orders(3, 600, seed=1)
    >>> bool((np.sort(orders, axis=1) == [0, 1, 2]).all())
    True
    >>> len(np.unique(orders, axis=0))
    6
    """
    keys = combine(
        np.repeat(np.arange(permutations_count), players_count),
        np.tile(np.arange(players_count), permutations_count),
    )
    drawn = Stream(seed, "exposure/orders").uniform(keys)
    return np.argsort(drawn.reshape(permutations_count, players_count), axis=1)


def prefixes(orders: Integers) -> Integers:
    """Return the subsets that each order passes, from nobody to all.

    Parameters
    ----------
    orders : array of int64, shape (P, n)

    Returns
    -------
    array of int64, shape (P, n + 1)

    Examples
    --------
    >>> prefixes(np.array([[2, 0, 1]])).tolist()
    [[0, 4, 5, 7]]
    """
    joined = np.cumsum(np.left_shift(1, orders), axis=1)
    return np.concatenate([np.zeros((len(orders), 1), dtype=np.int64), joined], axis=1)


def contributions(value_of: Valued, orders: Integers) -> Floats:
    """Return what each player brings where it stands in each order.

    Parameters
    ----------
    value_of : function
        v of subsets; asked once for each subset that any order passes.
    orders : array of int64, shape (P, n)

    Returns
    -------
    array of float64, shape (P, n)
        One column a player. Every row adds up to v(N) - v(none).

    Examples
    --------
    In the town of `simulator.exposure.attribution`, in the orders A B C and B A C:

    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> contributions(town.__getitem__, np.array([[0, 1, 2], [1, 0, 2]])).tolist()
    [[6.0, 6.0, 0.0], [12.0, 0.0, 0.0]]
    """
    passed = prefixes(orders)
    subsets, place = np.unique(passed, return_inverse=True)
    values = value_of(subsets)[place.reshape(passed.shape)]
    brought = np.empty(orders.shape)
    np.put_along_axis(brought, orders, np.diff(values, axis=1), axis=1)
    return brought


def over_permutations(brought: Floats, beside: Floats | None = None) -> list[Rate]:
    """Return the mean of each player's contributions with its 95 % interval over permutations.

    Student's: mean ± t x s / sqrt(P), with s the standard deviation over the P orders drawn and t
    its 97.5 % point with P - 1 degrees of freedom. It says how far the mean over all orders may
    lie; the luck of the town is not in it.

    Parameters
    ----------
    brought : array of float64, shape (P, n)
        From `contributions`, P at least 2.
    beside : array of float64, shape (n,), optional
        Shapley value of another game whose contributions were taken off `brought`; added again. It
        is known exactly, so the closer that game, the smaller the error; see
        `simulator.exposure.perfect_joining`.

    Raises
    ------
    ValueError
        If there are fewer than two orders.

    Examples
    --------
    Contributions of 1, 2 and 3: s is 1, and t with two degrees is 4.303.

    >>> (rate,) = over_permutations(np.array([[1.0], [2.0], [3.0]]))
    >>> rate.value, round(rate.low, 3), round(rate.high, 3), rate.n
    (2.0, -0.484, 4.484, 3)
    """
    count = len(brought)
    if count < FEWEST_PERMUTATIONS:
        raise ValueError(f"{count} orders: an error needs at least {FEWEST_PERMUTATIONS}")
    half = stdtrit(count - 1, 0.975) * standard_error(brought)
    means = brought.mean(axis=0) + (0.0 if beside is None else beside)
    return [
        Rate(float(mean), float(mean - reach), float(mean + reach), count, "permutations")
        for mean, reach in zip(means, half, strict=True)
    ]


def standard_error(brought: Floats) -> Floats:
    """Return s / sqrt(P) of each player's contributions over the P orders drawn.

    >>> standard_error(np.array([[1.0], [2.0], [3.0]])).round(4).tolist()
    [0.5774]
    """
    return np.asarray(brought.std(axis=0, ddof=1) / np.sqrt(len(brought)))


def band_of_all_orders(values: Floats) -> pd.DataFrame:
    """Return how v grows over every order in which the players may join.

    In a random order every subset of k players is as likely as any other to be the first k.

    Parameters
    ----------
    values : array of float64, shape (2^n,)
        v of all subsets, as in `simulator.exposure.attribution`.

    Returns
    -------
    DataFrame
        ``joined_count`` (0 to n); of v over orders: ``value`` (mean), ``low`` and ``high`` (2.5 and
        97.5 percentiles, linear between order statistics), ``least`` and ``most``; ``n`` (subsets)
        and ``interval`` ("orders").

    Examples
    --------
    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> band = band_of_all_orders(town)
    >>> band[["joined_count", "value", "least", "most", "n"]].astype(int).values.tolist()
    [[0, 0, 0, 0, 1], [1, 4, 0, 6, 3], [2, 8, 6, 12, 3], [3, 12, 12, 12, 1]]
    """
    size = np.bitwise_count(np.arange(len(values)))
    return _band([values[size == count] for count in range(players_in(values) + 1)])


def band_of_orders(value_of: Valued, orders: Integers) -> pd.DataFrame:
    """Return how v grows over the orders drawn; as `band_of_all_orders`, n the number of orders."""
    subsets, place = np.unique(prefixes(orders), return_inverse=True)
    values = value_of(subsets)[place.reshape(len(orders), -1)]
    return _band(list(values.T))


def _band(by_count: list[Floats]) -> pd.DataFrame:
    rows = []
    for count, values in enumerate(by_count):
        low, high = np.percentile(values, [2.5, 97.5])
        rows.append(
            {
                "joined_count": count,
                "value": float(values.mean()),
                "low": float(low),
                "high": float(high),
                "least": float(values.min()),
                "most": float(values.max()),
                "n": len(values),
                "interval": "orders",
            }
        )
    return pd.DataFrame(rows)
