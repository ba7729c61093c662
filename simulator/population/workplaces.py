"""Where people work, and where the haunts of the town are.

A local firm has its place in a square of its own district; a large employer has one site in the
town and one in the surroundings, so nobody has to cross from one to the other to work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.areas import area_names
from simulator.population.draws import join
from simulator.population.households import OUTSIDE
from simulator.population.work import DISTRICT_HOUSEHOLDS, employer_names, firms
from simulator.randomness import Stream, combine
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.population.places import Places
    from simulator.scenario.schema import Scenario

SUITES_COUNT = 40


def find_workplaces(scenario: Scenario, places: Places) -> pd.DataFrame:
    """Return the workplaces table of `simulator.tables.Population`.

    Every firm there is has a row, whether anyone works for it or not. Of two firms of one name on
    one side of the town's border, both are where the first is.
    """
    sides = (0, 1) if places.outside_count else (0,)
    sites = pd.concat([_sites(scenario, places, around) for around in sides])
    named = pd.MultiIndex.from_arrays([sites.index, sites["in_town"]])
    return sites.loc[~named.duplicated()]


def _sites(scenario: Scenario, places: Places, around: int) -> pd.DataFrame:
    """Return the sites in the town (0) or in its surroundings (1)."""
    here = slice(None, places.town_count) if around == 0 else slice(places.town_count, None)
    addresses, dwelling_area = places.addresses.iloc[here], places.dwelling_area[here]
    lived_in = places.household_address[(places.household_address >= OUTSIDE) == bool(around)]
    home_area = dwelling_area[np.sort(lived_in) - around * OUTSIDE]
    firm, district = firms(len(home_area), around)
    # the squares of a firm's district; all squares for a large employer
    start = np.maximum(district, 0) * DISTRICT_HOUSEHOLDS
    stop = np.where(district < 0, len(home_area), start + DISTRICT_HOUSEHOLDS)
    first, last = home_area[start], home_area[np.minimum(stop, len(home_area)) - 1]
    key, stream = combine(firm, around), Stream(scenario.seed, "population/workplace")
    square = first + stream.integers(key, last - first + 1)
    # a building among the homes of the square
    at = np.searchsorted(dwelling_area, square)
    beside = np.searchsorted(dwelling_area, square, side="right") - at
    at = at + stream.integers(key, beside, draw=1)
    line = pa.array(addresses["street_address"].take(at)).cast(pa.large_string())
    suite = pa.array(1 + stream.integers(key, SUITES_COUNT, draw=2))
    address = join(pc.replace_substring_regex(line, r" Apt \d+$", ""), " Suite ", suite)
    return pd.DataFrame(
        {
            "in_town": np.full(len(firm), around == 0),
            "work_area": text(area_names(square, outside=bool(around))),
            "work_address": text(address),
        },
        index=pd.Index(text(employer_names(scenario.seed, firm)), name="employer"),
    )


def work_areas(
    workplaces: pd.DataFrame, employer: pa.Array, outsider: npt.NDArray[np.bool_]
) -> pa.Array:
    """Return the square in which each person works; null without work.

    Parameters
    ----------
    workplaces : DataFrame
        From `find_workplaces`.
    employer : Arrow text of length n
        Null without work.
    outsider : array of bool, length n
    """
    sites = _at_side(pa.array(workplaces.index), workplaces["in_town"].to_numpy())
    found = pc.index_in(_at_side(employer, ~outsider), value_set=sites)
    return pa.array(workplaces["work_area"]).cast(pa.large_string()).take(found)


def _at_side(employer: pa.Array, in_town: npt.NDArray[np.bool_]) -> pa.Array:
    return join(pc.if_else(pa.array(in_town), "town ", "around "), employer)


def place_haunts(scenario: Scenario, places: Places) -> pd.DataFrame:
    """Return the haunts table of `simulator.tables.Population`: each in a square of the town."""
    squares_count = int(places.dwelling_area[: places.town_count].max()) + 1
    names, one = list(scenario.haunts), np.zeros(1, np.int64)
    square = [
        Stream(scenario.seed, f"population/haunt/{name}").integers(one, squares_count)
        for name in names
    ]
    return pd.DataFrame(
        {"seen_area": text(area_names(np.concatenate([one[:0], *square]), outside=False))},
        index=pd.Index(text(pa.array(names, pa.large_string())), name="haunt"),
    )
