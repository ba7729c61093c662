"""What used to be true: earlier addresses, phones, employers and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.population.demography import birthdays
from simulator.population.households import OUTSIDE
from simulator.population.identifiers import PHONE_AGE, past_phones
from simulator.population.spells import DAYS_PER_YEAR, Days, Spells, past_spells, window_days
from simulator.population.work import YOUNGEST, districts, employer_names, employer_numbers
from simulator.randomness import Integers, Stream, combine
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.population.names import Names
    from simulator.population.places import Places
    from simulator.population.work import Work
    from simulator.scenario.schema import Scenario

SAME_PLACE_SHARE = 0.58
"""Moves within the county, of all moves (4.9 of 8.4 %): here, within the town or within its
surroundings."""
OUTSIDERS_FROM_TOWN_SHARE = 0.1
WEDDING_AGE_MEAN, WEDDING_AGE_DEVIATION = 29.0, 6.0


def past_values(
    scenario: Scenario,
    roster: Roster,
    birth_date: Days,
    places: Places,
    names: Names,
    work: Work,
) -> pd.DataFrame:
    """Return the history table of `simulator.tables.Population`."""
    frames = [
        _addresses(scenario, roster, birth_date, places),
        _phones(scenario, roster),
        _employers(scenario, roster, work),
        _last_names(scenario, roster, birth_date, names),
    ]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def _frame(
    field: str, entity_id: Integers, value: pa.Array, start: Days, end: Days
) -> pd.DataFrame:
    names = pa.array([field]).take(pa.array(np.zeros(len(entity_id), np.int64)))
    return pd.DataFrame(
        {
            "entity_id": entity_id,
            "field": text(names),
            "value": text(value),
            "valid_from": start.astype("datetime64[s]"),
            "valid_to": end.astype("datetime64[s]"),
        }
    )


def past_homes(scenario: Scenario, roster: Roster) -> Spells:
    """Return when households lived elsewhere; renters move more often than owners."""
    settings = scenario.population
    yearly = np.where(roster.owner, settings.owners_moved_share, settings.renters_moved_share)
    return past_spells(scenario, "home", roster.household_id, yearly)


def _addresses(
    scenario: Scenario, roster: Roster, birth_date: Days, places: Places
) -> pd.DataFrame:
    """Return earlier homes, mostly dwellings where somebody else lives today."""
    spells = past_homes(scenario, roster)
    key = combine(roster.household_id[spells.row], spells.version)
    stream = Stream(scenario.seed, "population/past_home")
    outsider = roster.outsider[spells.row]
    from_town = stream.chance(
        key, np.where(outsider, OUTSIDERS_FROM_TOWN_SHARE, SAME_PLACE_SHARE), 1
    ) | (places.outside_count == 0)
    count = np.where(from_town, places.town_count, places.outside_count)
    offset = np.where(from_town, 0, OUTSIDE)
    dwelling = stream.integers(key, count)
    # nobody moves from a home to the same home
    same = dwelling + offset == places.household_address[spells.row]
    dwelling = np.where(same, (dwelling + 1) % count, dwelling)
    # a household moves as one
    member_count = roster.size[spells.row]
    spell = np.repeat(np.arange(len(member_count)), member_count)
    place = np.arange(len(spell)) - np.repeat(np.cumsum(member_count) - member_count, member_count)
    person = roster.first_row[spells.row[spell]] + place
    start, end = np.maximum(spells.start[spell], birth_date[person]), spells.end[spell]
    lived = start < end
    value = pa.array((dwelling + offset)[spell[lived]]).cast(pa.large_string())
    return _frame("address_id", roster.entity_id[person[lived]], value, start[lived], end[lived])


def _of_people(
    scenario: Scenario, roster: Roster, name: str, rows: Integers, yearly: float, age: int
) -> Spells:
    """Return the spells of some people since they were `age`, with rows of the roster."""
    spells = past_spells(scenario, name, roster.entity_id[rows], yearly)
    spells = Spells(rows[spells.row], spells.version, spells.start, spells.end)
    earliest = birthdays(scenario.as_of, roster.age[spells.row] - age)
    return spells.since(earliest)


def _phones(scenario: Scenario, roster: Roster) -> pd.DataFrame:
    rows = np.flatnonzero(roster.age >= PHONE_AGE)
    yearly = scenario.population.phone_changed_share
    spells = _of_people(scenario, roster, "phone", rows, yearly, PHONE_AGE)
    entity_id = roster.entity_id[spells.row]
    value = past_phones(scenario.seed, entity_id, spells.version)
    return _frame("phone", entity_id, value, spells.start, spells.end)


def _employers(scenario: Scenario, roster: Roster, work: Work) -> pd.DataFrame:
    rows = np.flatnonzero(work.employed)
    yearly = scenario.population.job_changed_share
    spells = _of_people(scenario, roster, "job", rows, yearly, YOUNGEST)
    entity_id = roster.entity_id[spells.row]
    number = employer_numbers(
        scenario.seed, entity_id, districts(roster)[spells.row], spells.version
    )
    value = employer_names(scenario.seed, number)
    return _frame("employer", entity_id, value, spells.start, spells.end)


def _last_names(scenario: Scenario, roster: Roster, birth_date: Days, names: Names) -> pd.DataFrame:
    """Return the names before marriage of those who married within the years of history."""
    rows = np.flatnonzero(names.renamed)
    key, born = roster.entity_id[rows], birth_date[rows]
    as_of = np.datetime64(scenario.as_of, "D")
    stream = Stream(scenario.seed, "population/wedding")
    adult = np.ceil(18 * DAYS_PER_YEAR)
    at = (WEDDING_AGE_MEAN + WEDDING_AGE_DEVIATION * stream.normal(key)) * DAYS_PER_YEAR
    # whoever is not yet of the age drawn married at some other time since 18
    lived = (as_of - born).astype(np.int64)
    since = adult + stream.uniform(key, 2) * np.maximum(lived - 1 - adult, 0)
    days = np.floor(np.where(at < lived, np.maximum(at, adult), since)).astype(np.int64)
    wedding = np.minimum(born + days, as_of - 1)
    start = np.maximum(born, as_of - window_days(scenario))
    kept = start < wedding
    value = names.birth_last_name.take(pa.array(rows[kept]))
    return _frame("last_name", key[kept], value, start[kept], wedding[kept])
