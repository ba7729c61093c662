"""What everyone is called: names and their order, nicknames, and names before marriage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.nickname_table import nicknames_of_formal
from simulator.population.draws import join
from simulator.population.given_names import given_names
from simulator.population.household_library import CHILD, KIN, PARENT
from simulator.population.surnames import lineage, surnames
from simulator.randomness import Integers, Stream, combine

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.scenario.schema import Scenario

MARRIED_SHARE = 0.88
NAME_KEPT_SHARE = 0.20
MIDDLE_NAME_SHARE = 0.85


@dataclass(frozen=True)
class Names:
    """Arrow arrays of text, one row per person, the order of names, and who took a spouse's name.

    Attributes
    ----------
    first_name, middle_name, nickname, last_name, surname : Arrow arrays
        `middle_name` is null for some; `surname` is the first of two, or the only one.
    birth_last_name : Arrow array
        The last name a person was born with.
    renamed : array of bool
        Whether `last_name` is a name taken in marriage.
    family_name_first : array of bool
        Whether the full name is written family name first.
    """

    first_name: pa.Array
    middle_name: pa.Array
    nickname: pa.Array
    last_name: pa.Array
    surname: pa.Array
    birth_last_name: pa.Array
    renamed: npt.NDArray[np.bool_]
    family_name_first: npt.NDArray[np.bool_]


def name_people(
    scenario: Scenario, roster: Roster, birth_date: npt.NDArray[np.datetime64]
) -> Names:
    """Return the names of everyone on the roster."""
    seed = scenario.seed
    year = birth_date.astype("datetime64[Y]").astype(np.int64) + 1970
    group = roster.census_group[roster.household]
    key = roster.entity_id
    first = given_names(seed, "first_name", key, year, roster.sex, group)
    middle = given_names(seed, "middle_name", key, year, roster.sex, group)
    has_middle = Stream(seed, "population/has_middle_name").chance(key, MIDDLE_NAME_SHARE)
    shown = pc.and_(pa.array(has_middle), pc.not_equal(first, middle))
    middle = pc.if_else(shown, middle, pa.scalar(None, pa.large_string()))

    double = _double_households(scenario, roster)
    renamed, spouse = _renamed(seed, roster, double)
    one, two = _lineages(roster)
    surname = surnames(seed, one, group)
    second = surnames(seed, two, group)
    both = pc.and_(pa.array(double[roster.household]), pc.not_equal(surname, second))
    birth_last_name = pc.if_else(both, join(surname, " ", second), surname)
    bearer = np.where(renamed, spouse, np.arange(len(key)))
    last_name = birth_last_name.take(pa.array(bearer))
    return Names(
        first_name=first,
        middle_name=middle,
        nickname=_nicknames(seed, key, first),
        last_name=last_name,
        surname=surname.take(pa.array(bearer)),
        birth_last_name=birth_last_name,
        renamed=renamed,
        family_name_first=_family_name_first(scenario, roster),
    )


def _double_households(scenario: Scenario, roster: Roster) -> npt.NDArray[np.bool_]:
    """Return which households use two surnames."""
    groups = scenario.population.groups.values()
    share = np.array([group.double_surname_share for group in groups])[roster.group]
    return Stream(scenario.seed, "population/double_surname").chance(roster.household_id, share)


def _family_name_first(scenario: Scenario, roster: Roster) -> npt.NDArray[np.bool_]:
    """Return whose full name is written family name first."""
    groups = scenario.population.groups.values()
    share = np.array([group.family_name_first_share for group in groups])[roster.group]
    stream = Stream(scenario.seed, "population/family_name_first")
    return stream.chance(roster.entity_id, share[roster.household])


def _renamed(
    seed: int, roster: Roster, double: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], Integers]:
    """Return which wives took their husband's name, and the row of everyone's partner.

    Unmarried couples, couples of one sex and users of two surnames keep the names they have.
    """
    household_id = roster.household_id
    married = Stream(seed, "population/married").chance(household_id, MARRIED_SHARE)
    kept = Stream(seed, "population/name_kept").chance(household_id, NAME_KEPT_SHARE)
    takes = (married & ~kept & ~double)[roster.household]
    spouse = roster.partners()
    renamed = takes & (spouse >= 0) & (roster.sex == 0) & (roster.sex[spouse] == 1)
    return renamed, spouse


def _lineages(roster: Roster) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return the keys of everyone's two surnames: their own, or a parent's or sibling's.

    A child has the first parent's first surname and, as second, the other parent's first; a lone
    parent's child takes the second from a parent who lives elsewhere.
    """
    father, mother = roster.parents()
    first = roster.first_row[roster.household]
    family = np.isin(roster.role, (KIN, PARENT))
    child = roster.role == CHILD
    rows = np.arange(len(roster.entity_id))
    source = np.where(child, father, np.where(family, first, rows))
    one = lineage(roster.entity_id[source], 0)
    own_second = lineage(roster.entity_id[np.where(family, first, rows)], 1)
    absent = combine(roster.household_id[roster.household], 2)
    with_two = np.where(mother >= 0, lineage(roster.entity_id[mother], 0), absent)
    return one, np.where(child, with_two, own_second)


def _nicknames(seed: int, key: Integers, first: pa.Array) -> pa.Array:
    """Return a nickname of each first name where the table knows one, otherwise the name itself."""
    coded = first.dictionary_encode()
    formal = coded.dictionary.to_pylist()
    code = coded.indices.to_numpy().astype(np.int64)
    table = nicknames_of_formal()
    lists = [[nick.title() for nick in table.get(name.lower(), ())] or [name] for name in formal]
    count = np.array([len(nicks) for nicks in lists])
    start = np.cumsum(count) - count
    pool = pa.array([nick for nicks in lists for nick in nicks], pa.large_string())
    drawn = Stream(seed, "population/nickname").integers(key, count[code])
    return pool.take(pa.array(start[code] + drawn))
