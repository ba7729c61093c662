"""Sensitive facts and places of birth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from simulator.population.draws import cumulative_rows, draw_from_rows, pick
from simulator.population.reference import CENSUS_GROUPS, column, read_table
from simulator.randomness import Integers, Stream

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.scenario.schema import Scenario

BORN_IN_TOWN_SHARE = 0.45
"""Of people born in the country, the share born in the town itself; an assumption."""


def sensitive_facts(scenario: Scenario, roster: Roster) -> dict[str, pa.Array]:
    """Return one text array per sensitive fact, null where it is not true of the person.

    Values depend on nothing but chance and the least age; in particular not on the group.
    """
    columns = {}
    for name, fact in scenario.sensitive_facts.items():
        shares = np.array(list(fact.values.values()))
        left = max(0.0, 1.0 - float(shares.sum()))
        stream = Stream(scenario.seed, f"population/fact/{name}")
        value = stream.choice(roster.entity_id, np.append(shares, left))
        absent = (value == len(shares)) | (roster.age < fact.minimum_age_years)
        pool = pa.array(list(fact.values))
        columns[name] = pick(pool, np.minimum(value, len(shares) - 1), absent)
    return columns


def birth_places(scenario: Scenario, roster: Roster) -> pa.Array:
    """Return where everyone was born: the town, a state or a country, by group."""
    table = "birth_places.csv"
    groups = np.array(read_table(table)["census_group"].to_pylist())
    places, share = read_table(table)["place"].combine_chunks(), column(table, "share")
    domestic = np.where(groups == "any", share, 0.0)
    abroad = np.where(groups == np.array(CENSUS_GROUPS)[:, None], share, 0.0)
    home = 1.0 - abroad.sum(axis=1, keepdims=True)
    elsewhere = home * (1 - BORN_IN_TOWN_SHARE) * domestic / domestic.sum()
    rows = np.concatenate([abroad + elsewhere, home * BORN_IN_TOWN_SHARE], axis=1)
    pool = pa.concat_arrays([places, pa.array([scenario.population.town_name])])
    group: Integers = roster.census_group[roster.household]
    uniform = Stream(scenario.seed, "population/birth_place").uniform(roster.entity_id)
    return pick(pool, draw_from_rows(cumulative_rows(rows), group, uniform))
