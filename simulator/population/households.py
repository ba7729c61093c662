"""Who lives with whom: every household and its people, by sex and age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.population.calibration import mean_first_age, pattern_weights
from simulator.population.draws import cumulative_rows, draw_from_rows
from simulator.population.household_library import CHILD, PARTNER, library
from simulator.population.reference import CENSUS_GROUPS
from simulator.randomness import Integers, Stream

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario

OUTSIDE = 2**40
"""Household and address numbers of the surroundings start here, those of the town at 0."""
PLACES_PER_HOUSEHOLD = 32

OWNERS_PER_YEAR_OF_AGE = 0.02
"""Home owning rises with age: this part of min(share, 1 - share) a year; an assumption."""


@dataclass(frozen=True)
class Roster:
    """The people of town and surroundings before they have names.

    Attributes
    ----------
    entity_id, position, role, sex, age : arrays of shape (people,)
        Sorted by entity_id. `sex` is 0 for women and 1 for men; `age` is in whole years.
    twin : array of bool of shape (people,)
        Born on the day of the person one row above.
    household : array of shape (people,)
        Row of the person's household in the arrays below.
    household_id, group, first_row, size : arrays of shape (households,)
        `group` is the place of the group in the scenario; `first_row` the row of the first adult.
    owner : array of bool of shape (households,)
        Whether the household owns its home.
    census_group : array of shape (households,)
        Place of the group's tables in `CENSUS_GROUPS`.
    """

    entity_id: Integers
    position: Integers
    role: Integers
    sex: Integers
    age: Integers
    twin: npt.NDArray[np.bool_]
    household: Integers
    household_id: Integers
    group: Integers
    census_group: Integers
    first_row: Integers
    size: Integers
    owner: npt.NDArray[np.bool_]

    @property
    def outsider(self) -> npt.NDArray[np.bool_]:
        """Whether each household lives outside the town."""
        return np.asarray(self.household_id >= OUTSIDE)

    def in_couple(self) -> npt.NDArray[np.bool_]:
        """Return whether each household has a couple at its head, in its first two places."""
        second = np.minimum(self.first_row + 1, len(self.role) - 1)
        return np.asarray((self.size > 1) & (self.role[second] == PARTNER))

    def partners(self) -> Integers:
        """Return the row of each person's spouse or partner, -1 for those without."""
        rows = np.full(len(self.entity_id), -1)
        first = self.first_row[self.in_couple()]
        rows[first], rows[first + 1] = first + 1, first
        return rows

    def parents(self) -> tuple[Integers, Integers]:
        """Return the rows of each child's first and second parent in the household.

        Of a man and a woman the man is first, for it is his surname that children mostly carry.
        Second is -1 for a lone parent's child; both are -1 for everyone who is no child here.
        """
        first = self.first_row[self.household]
        couple = self.in_couple()[self.household]
        other = np.where(couple, first + 1, -1)
        swap = couple & (self.sex[first] < self.sex[other])
        child = self.role == CHILD
        one = np.where(child, np.where(swap, other, first), -1)
        two = np.where(child, np.where(swap, first, other), -1)
        return one, two


def populate_households(scenario: Scenario) -> Roster:
    """Return the residents' households, and after them those of the surroundings.

    The last household of each is cut where the wanted number of people is reached; otherwise a
    household does not depend on how many there are.
    """
    wanted = scenario.population.residents_count
    outside = round(wanted * scenario.population.outsiders_per_resident)
    inside_part = _draw(scenario, 0, wanted)
    outside_part = _draw(scenario, OUTSIDE, outside)
    household_id, group, pattern, size = (
        np.concatenate(pair) for pair in zip(inside_part, outside_part, strict=True)
    )
    first_row = np.cumsum(size) - size
    household = np.repeat(np.arange(len(size)), size)
    position = np.arange(len(household)) - first_row[household]
    patterns, row = library(), pattern[household]
    age = patterns.age[row, position]
    census = np.array(
        [CENSUS_GROUPS.index(one.census_group) for one in scenario.population.groups.values()]
    )[group]
    return Roster(
        entity_id=household_id[household] * PLACES_PER_HOUSEHOLD + position,
        position=position,
        role=patterns.role[row, position],
        sex=patterns.sex[row, position],
        age=age,
        twin=patterns.twin[row, position],
        household=household,
        household_id=household_id,
        group=group,
        census_group=census,
        first_row=first_row,
        size=size,
        owner=_owners(scenario, household_id, group, patterns.age[pattern, 0]),
    )


def _draw(
    scenario: Scenario, offset: int, people_count: int
) -> tuple[Integers, Integers, Integers, Integers]:
    """Return number, group, pattern and size of as many households as hold `people_count`."""
    groups = list(scenario.population.groups.values())
    shares = np.array([group.share for group in groups])
    cumulative = cumulative_rows(np.stack([pattern_weights(one.census_group) for one in groups]))
    patterns = library()
    count = people_count // 2 + 32
    while True:
        household_id = offset + np.arange(count, dtype=np.int64)
        group = Stream(scenario.seed, "population/group").choice(household_id, shares)
        uniform = Stream(scenario.seed, "population/household").uniform(household_id)
        pattern = draw_from_rows(cumulative, group, uniform)
        size = patterns.size[pattern]
        ends = np.cumsum(size)
        if ends[-1] >= people_count:
            break
        count *= 2
    kept = int(np.searchsorted(ends, people_count)) + 1 if people_count else 0
    size = size[:kept].copy()
    if kept:
        size[-1] -= ends[kept - 1] - people_count
    return household_id[:kept], group[:kept], pattern[:kept], size


def _owners(
    scenario: Scenario, household_id: Integers, group: Integers, first_age: Integers
) -> npt.NDArray[np.bool_]:
    """Return who owns the home: the scenario's share, more often where the first adult is old."""
    share = scenario.population.homeowners_share
    groups = scenario.population.groups.values()
    mean_age = np.array([mean_first_age(one.census_group) for one in groups])[group]
    slope = OWNERS_PER_YEAR_OF_AGE * min(share, 1 - share)
    chance = share + slope * (first_age - mean_age)
    return Stream(scenario.seed, "population/tenure").chance(household_id, chance)
