"""Games to try attribution on: values of all subsets, drawn at random or worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

TOWN = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
"""The town of three sources of `simulator.exposure.attribution`."""


@st.composite
def games(draw, least=1, most=5):
    """Return values of all subsets of up to five players; nothing joined exposes nobody."""
    count = draw(st.integers(least, most))
    values = draw(arrays(np.float64, 1 << count, elements=st.floats(-1, 1, width=32)))
    values[0] = 0.0
    return values


def over_all_orders(values):
    """Return the Shapley values by their definition: the mean over every order."""
    count = len(values).bit_length() - 1
    brought = np.zeros(count)
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        joined = 0
        for player in order:
            brought[player] += values[joined | 1 << player] - values[joined]
            joined |= 1 << player
    return brought / len(orders)


def swapped(values, first, second):
    """Return the game in which two players have changed places."""
    subsets = np.arange(len(values))
    one, other = subsets >> first & 1, subsets >> second & 1
    flip = np.where(one != other, 1 << first | 1 << second, 0)
    return values[subsets ^ flip]
