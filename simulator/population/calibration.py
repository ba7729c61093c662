"""How often each household pattern occurs, so that two published tables hold at once.

The weights of the patterns are tilted (Kullback-Leibler projection; Deming and Stephan 1940 is the
table case) until households have the sizes of their group and people the ages and sexes of the
pyramid. They are computed from the tables, never fitted to a town, so a town varies around them
as it should. Every group gets the same pyramid: a difference between groups then comes out of
names, homes and lists, and not out of age.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simulator.population.household_library import LARGEST_HOUSEHOLD, library
from simulator.population.reference import column, read_table

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers

SEVEN_OR_MORE = (0.60, 0.25, 0.15)
"""How the published class "7 or more" splits into 7, 8 and 9; an assumption."""
_STEPS_COUNT = 60
_TOLERANCE = 1e-6  # people per household
_RIDGE = 1e-9


@cache
def size_shares(census_group: str) -> Floats:
    """Return the share of a group's households by size, 1 to 9 people.

    >>> bool(abs(size_shares("native")[0] - 0.258) < 1e-9)
    True
    """
    groups = np.array(read_table("household_sizes.csv")["census_group"].to_pylist())
    percent = column("household_sizes.csv", "percent")[groups == census_group]
    shares = np.concatenate([percent[:6], percent[6] * np.array(SEVEN_OR_MORE)])
    return np.asarray(shares / shares.sum(), dtype=np.float64)


@cache
def pyramid() -> Floats:
    """Return the share of people by sex (women first) and five-year age band, 0-4 to 95+."""
    table = "age_pyramid.csv"
    percent = np.stack([column(table, "female_percent"), column(table, "male_percent")])
    return np.asarray(percent / percent.sum(), dtype=np.float64)


def _sums(index: Integers, values: Floats, count: int) -> Floats:
    return np.bincount(index, values, count).astype(np.float64)


class _Census:
    """Counts people by pyramid cell under any weights of the patterns.

    A pattern holds nine people at most, so sums run over people and pairs of housemates; this is
    faster than dense matrices and gives the same digits on every machine.
    """

    def __init__(self) -> None:
        patterns = library()
        bands = pyramid().shape[1]
        self.cells_count = 2 * bands
        self.row, place = np.nonzero(patterns.age >= 0)
        band = np.minimum(patterns.age[self.row, place] // 5, bands - 1)
        self.cell = patterns.sex[self.row, place] * bands + band
        self.block = (patterns.size - 1)[self.row]
        # every ordered pair of housemates, each person with themselves included
        size = patterns.size[self.row]
        first = np.cumsum(patterns.size) - patterns.size
        one = np.repeat(np.arange(len(self.row)), size)
        step = np.arange(len(one)) - np.repeat(np.cumsum(size) - size, size)
        self.pair_row = self.row[one]
        two = first[self.pair_row] + step
        self.pair = self.cell[one] * self.cells_count + self.cell[two]

    def lean(self, tilt: Floats) -> Floats:
        """Return the sum of `tilt` over the people of each pattern."""
        return _sums(self.row, tilt[self.cell], len(library().size))

    def by_size(self, weights: Floats) -> Floats:
        """Return the people per household size and cell."""
        flat = self.block * self.cells_count + self.cell
        shape = (LARGEST_HOUSEHOLD, self.cells_count)
        return _sums(flat, weights[self.row], shape[0] * shape[1]).reshape(shape)

    def second_moment(self, weights: Floats) -> Floats:
        """Return the weighted sum over patterns of the product of two cells' people."""
        count = self.cells_count
        return _sums(self.pair, weights[self.pair_row], count**2).reshape(count, count)


@cache
def _census() -> _Census:
    return _Census()


@cache
def pattern_weights(census_group: str) -> Floats:
    """Return the share of a group's households that follow each pattern of the library.

    Newton's method on the dual, which is convex; sizes hold exactly at every step.

    Raises
    ------
    ArithmeticError
        If no weights satisfy both tables, which means that the compositions lack a kind of
        household.
    """
    patterns, census = library(), _census()
    shares = size_shares(census_group)
    target = pyramid().ravel() * (shares @ np.arange(1, LARGEST_HOUSEHOLD + 1))
    block = patterns.size - 1

    def weights_at(tilt: Floats) -> Floats:
        lean = census.lean(tilt)
        top = lean.reshape(LARGEST_HOUSEHOLD, -1).max(axis=1)
        raw = patterns.share * np.exp(lean - top[block])
        return np.asarray(raw * (shares / raw.reshape(LARGEST_HOUSEHOLD, -1).sum(axis=1))[block])

    tilt = np.zeros(len(target))
    weights = weights_at(tilt)
    for _ in range(_STEPS_COUNT):
        within = census.by_size(weights)
        miss = within.sum(axis=0) - target
        if np.abs(miss).max() < _TOLERANCE:
            return weights
        spread = census.second_moment(weights) - within.T @ (within / shares[:, None])
        step = np.linalg.solve(spread + _RIDGE * np.eye(len(target)), miss)
        # a step of more than a factor e per person overshoots
        tilt = tilt - step / max(1.0, float(np.abs(step).max()))
        weights = weights_at(tilt)
    raise ArithmeticError(f"no household weights fit both tables for group {census_group!r}")


@cache
def mean_first_age(census_group: str) -> float:
    """Return the mean age (years) of the first adult of a group's households."""
    return float(pattern_weights(census_group) @ library().age[:, 0])
