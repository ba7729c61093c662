"""Where everyone lives: ZIP areas, squares of the map, streets, houses and flats.

Dwellings stand in a row through each ZIP area, 48 to a stretch of street; every twelfth is empty.
Households fill them in order, so the next number is the next-door neighbour; where groups live
apart, some of the households are sorted first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.areas import area_names, area_numbers
from simulator.population.draws import join, pick
from simulator.population.households import OUTSIDE
from simulator.population.pools import streets, towns
from simulator.population.zip_areas import zip_codes, zip_sizes
from simulator.randomness import Integers, Stream, combine
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.scenario.schema import Scenario

STATE = "XX"
EMPTY_EVERY = 12
STRETCH = 48
BUILDING_SIZES = np.array([6, 12, 24, 48])
RENTERS_IN_FLATS_SHARE = 0.62
OWNERS_IN_FLATS_SHARE = 0.08
EMPTY_FLATS_SHARE = 0.30
_PREFIXES = ("", "Upper ", "Lower ", "Old ", "Little ", "Great ")


@dataclass(frozen=True)
class Places:
    """Every dwelling, lived in or empty.

    Attributes
    ----------
    addresses : DataFrame
        As in `simulator.tables.Population`.
    household_address : array of shape (households,)
        The address_id of each household.
    household_zip : array of shape (households,)
        The number of its ZIP area; areas of the surroundings have odd numbers.
    dwelling_area : array of shape (dwellings,)
        The number of each dwelling's square of the map, counted apart in town and surroundings.
    town_count, outside_count : int
        Dwellings in the town and around it; address numbers run from 0 and from `OUTSIDE`.
    """

    addresses: pd.DataFrame
    household_address: Integers
    household_zip: Integers
    dwelling_area: Integers
    town_count: int
    outside_count: int


def place_households(scenario: Scenario, roster: Roster) -> Places:
    """Return the dwellings of the town and its surroundings, and who lives in which."""
    outside = int((~roster.outsider).sum())  # households of the town come first
    parts = [
        _place(scenario, roster, rows, around)
        for around, rows in enumerate((slice(None, outside), slice(outside, None)))
    ]
    return Places(
        addresses=pd.concat([part[0] for part in parts]) if len(parts[1][0]) else parts[0][0],
        household_address=np.concatenate([part[1] for part in parts]),
        household_zip=np.concatenate([part[2] for part in parts]),
        dwelling_area=np.concatenate([part[3] for part in parts]),
        town_count=len(parts[0][0]),
        outside_count=len(parts[1][0]),
    )


def _place(
    scenario: Scenario, roster: Roster, rows: slice, around: int
) -> tuple[pd.DataFrame, Integers, Integers, Integers]:
    """Return addresses, each household's address and ZIP area, and each dwelling's square."""
    order = in_the_street(scenario, roster.household_id[rows], roster.group[rows])
    size, owner = roster.size[rows][order], roster.owner[rows][order]
    households_count = len(size)
    zip_ends = np.cumsum(zip_sizes(scenario.seed, around, int(size.sum())))
    zip_area = np.searchsorted(zip_ends, np.cumsum(size) - size, side="right")
    number = np.arange(households_count)
    home = number + number // (EMPTY_EVERY - 1)
    dwellings = np.arange(int(home[-1]) + 1 if households_count else 0)
    empty = dwellings % EMPTY_EVERY == EMPTY_EVERY - 1
    # an empty dwelling stands beside the one before it
    resident = dwellings - (dwellings + 1) // EMPTY_EVERY
    zip_number = 2 * zip_area[resident] + around
    rents = ~owner[resident]
    share = np.where(rents, RENTERS_IN_FLATS_SHARE, OWNERS_IN_FLATS_SHARE)
    share = np.where(empty, EMPTY_FLATS_SHARE, share)
    address_id = dwellings + around * OUTSIDE
    flat = Stream(scenario.seed, "population/flat").chance(address_id, share)
    frame = _addresses(scenario, address_id, zip_number, flat)
    area = area_numbers(size, scenario.population.residents_per_area_count)[resident]
    frame["home_area"] = text(area_names(area, outside=bool(around)))
    lives_at = np.empty(households_count, dtype=np.int64)
    lives_at[order] = home
    return frame, address_id[lives_at], zip_number[lives_at], area


def in_the_street(scenario: Scenario, household_id: Integers, group: Integers) -> Integers:
    """Return the households in the order in which they stand along the streets.

    ``neighbourhood_sorting_share`` of them, drawn by household, stand group by group in the order
    of the scenario; the others stand evenly among them in the order of their numbers.

    Parameters
    ----------
    scenario : Scenario
    household_id, group : arrays of int64

    Returns
    -------
    array of int64
        Their positions in the arguments; 0, 1, 2 … where nobody is sorted.
    """
    share = scenario.population.neighbourhood_sorting_share
    sorts = Stream(scenario.seed, "population/neighbourhood").chance(household_id, share)
    apart, mixed = np.flatnonzero(sorts), np.flatnonzero(~sorts)
    apart = apart[np.argsort(group[apart], kind="stable")]
    # both kinds are spread evenly over the whole
    place = [(np.arange(len(part)) + 0.5) / max(1, len(part)) for part in (apart, mixed)]
    return np.concatenate([apart, mixed])[np.argsort(np.concatenate(place), kind="stable")]


def _addresses(
    scenario: Scenario, address_id: Integers, zip_number: Integers, flat: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the text of each dwelling; `zip_number` never falls."""
    seed = scenario.seed
    in_zip = np.arange(len(zip_number)) - np.searchsorted(zip_number, zip_number)
    stretch, place = in_zip // STRETCH, in_zip % STRETCH
    pool = streets()
    street = Stream(seed, "population/street").integers(zip_number, len(pool)) + stretch
    here = combine(zip_number, stretch)
    building_size = BUILDING_SIZES[
        Stream(seed, "population/building_size").integers(here, len(BUILDING_SIZES))
    ]
    building, apartment = place // building_size, place % building_size + 1
    # houses take 48 numbers of a stretch and buildings the next eight, four apart
    slot = np.where(flat, STRETCH + building, place)
    jitter = Stream(seed, "population/house_number").integers(combine(zip_number, stretch, slot), 4)
    start = 1 + Stream(seed, "population/first_number").integers(here, 700)
    house = 1000 * (stretch // len(pool)) + start + 4 * slot + jitter
    house_number = pa.array(house).cast(pa.large_string())
    name = pick(pool, street % len(pool))
    line = join(house_number, " ", name)
    numbered = join(line, " Apt ", pa.array(apartment).cast(pa.large_string()))
    areas, row = np.unique(zip_number, return_inverse=True)
    return pd.DataFrame(
        {
            "street_address": text(pc.if_else(pa.array(flat), numbered, line)),
            "house_number": text(house_number),
            "city": text(_cities(scenario, areas).take(pa.array(row))),
            "state": text(pa.array([STATE]).take(pa.array(np.zeros(len(row), np.int64)))),
            "zip_code": text(zip_codes(areas).take(pa.array(row))),
        },
        index=pd.Index(address_id, name="address_id"),
    )


def _cities(scenario: Scenario, areas: Integers) -> pa.Array:
    """Return the town each ZIP area belongs to; towns of the surroundings have one or two areas."""
    home = scenario.population.town_name
    pool = towns().filter(pc.not_equal(towns(), home))
    town = areas // 2 * 3 // 5
    prefix = pa.array(_PREFIXES).take(pa.array(town // len(pool) % len(_PREFIXES)))
    away = join(prefix, pool.take(pa.array(town % len(pool))))
    return pc.if_else(pa.array(areas % 2 == 0), pa.scalar(home, pa.large_string()), away)
