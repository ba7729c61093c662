"""How much a subset's value counts in the Shapley value of each player."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator.randomness import Floats


def weights_by_size(count: int) -> Floats:
    """Return the weight of a set of s of the other players: s! (count - 1 - s)! / count!.

    The Shapley value of a player is the mean, over all orders in which `count` players may come,
    of what it adds to those before it; they are a given set of s with this probability. With v of
    a subset counted once for each of its members (weight of size s - 1) and taken off once for
    each player outside it (weight of size s), all players' values are sums over subsets.

    Returns
    -------
    array of float64, shape (count + 1,)
        The last entry is 0: nobody is outside the whole.

    Examples
    --------
    >>> weights_by_size(3).tolist()
    [0.3333333333333333, 0.16666666666666666, 0.3333333333333333, 0.0]
    """
    whole = factorial(count)
    found = [factorial(size) * factorial(count - 1 - size) / whole for size in range(count)]
    return np.array([*found, 0.0])


def weights_up_to(count: int) -> Floats:
    """Return `weights_by_size` of 0 to `count` players, one row each, filled up with 0."""
    table = np.zeros((count + 1, count + 1))
    for row in range(count + 1):
        table[row, : row + 1] = weights_by_size(row)
    return table


def part_of_each(subset: int, count: int) -> Floats:
    """Return by what v(subset) is multiplied in the Shapley value of each of `count` players.

    Examples
    --------
    Of two players with v = 4 for the first, 2 for the second and 10 for both:

    >>> parts = [v * part_of_each(subset, 2) for subset, v in ((1, 4), (2, 2), (3, 10))]
    >>> sum(parts).tolist()
    [6.0, 4.0]
    """
    weights = weights_by_size(count)
    size = subset.bit_count()
    inside = (subset >> np.arange(count)) & 1 == 1
    return np.asarray(np.where(inside, weights[size - 1], -weights[size]), dtype=np.float64)
