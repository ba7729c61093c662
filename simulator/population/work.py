"""Who works where, and as what.

A district of about ten thousand people has two hundred firms of its own, whose sizes fall as one
over their rank (Axtell 2001, Science 293:1818, found this law for all US firms); large employers
have people in every district.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import join, pick
from simulator.population.households import OUTSIDE
from simulator.population.pools import family_words, large_employers, occupations, trades
from simulator.randomness import Integers, Stream, combine

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.scenario.schema import Scenario

YOUNGEST, OLDEST = 18, 69
LARGE_EMPLOYERS_SHARE = 0.3
DISTRICT_HOUSEHOLDS = 4000
LOCAL_FIRMS_COUNT = 200
_LOCAL = 10**4  # local firms: district x this + rank + this; large employers: their rank


@dataclass(frozen=True)
class Work:
    """Everyone's work.

    Attributes
    ----------
    employed : array of bool of shape (people,)
    employer_number : array of int64 of shape (people,)
        Of the firm; meaningless for those without work.
    employer, occupation : Arrow arrays of text
        Null for those without work.
    """

    employed: npt.NDArray[np.bool_]
    employer_number: Integers
    employer: pa.Array
    occupation: pa.Array


def employ(scenario: Scenario, roster: Roster) -> Work:
    """Return who works, for which firm, as what."""
    key, share = roster.entity_id, scenario.population.employed_share
    of_age = (roster.age >= YOUNGEST) & (roster.age <= OLDEST)
    employed = of_age & Stream(scenario.seed, "population/employed").chance(key, share)
    number = employer_numbers(scenario.seed, key, districts(roster), np.zeros_like(key))
    names = employer_names(scenario.seed, number)
    # the fiftieth occupation is about a third as common as the first
    weights = 1.0 / np.arange(25.0, 25.0 + len(occupations()))
    job = Stream(scenario.seed, "population/occupation").choice(key, weights)
    nothing = pa.scalar(None, pa.large_string())
    return Work(
        employed=employed,
        employer_number=number,
        employer=pc.if_else(pa.array(employed), names, nothing),
        occupation=pick(occupations(), job, ~employed),
    )


def districts(roster: Roster) -> Integers:
    """Return the number of each person's district; odd around the town."""
    home = roster.household_id[roster.household]
    outside = (home >= OUTSIDE).astype(np.int64)
    return np.asarray(2 * ((home - outside * OUTSIDE) // DISTRICT_HOUSEHOLDS) + outside)


def employer_numbers(
    seed: int, entity_id: Integers, district: Integers, version: Integers
) -> Integers:
    """Return the firm a person works for (version 0) or worked for `version` jobs ago."""
    key = combine(entity_id, version)
    stream = Stream(seed, "population/employer")
    large = stream.child("large").chance(key, LARGE_EMPLOYERS_SHARE)
    nationwide = stream.choice(key, 1.0 / np.arange(1.0, len(large_employers()) + 1))
    local = stream.choice(key, 1.0 / np.arange(1.0, LOCAL_FIRMS_COUNT + 1), draw=1)
    return np.asarray(np.where(large, nationwide, (district + 1) * _LOCAL + local))


def firms(households_count: int, around: int) -> tuple[Integers, Integers]:
    """Return every firm of the town (`around` 0) or of its surroundings (1), large employers first.

    Parameters
    ----------
    households_count : int
        How many live on that side of the town's border.
    around : int

    Returns
    -------
    number : array of int64
        As `employer_numbers` gives it.
    place : array of int64
        Which of that side's districts, from 0, the firm is in; -1 for large employers.
    """
    place = np.arange(-(-households_count // DISTRICT_HOUSEHOLDS))
    number = (2 * place[:, None] + around + 1) * _LOCAL + np.arange(LOCAL_FIRMS_COUNT)
    large = np.arange(len(large_employers()))
    return (
        np.concatenate([large, number.ravel()]),
        np.concatenate([np.full(len(large), -1), np.repeat(place, LOCAL_FIRMS_COUNT)]),
    )


def employer_names(seed: int, number: Integers) -> pa.Array:
    """Return the names of firms."""
    firms, row = np.unique(number, return_inverse=True)
    stream = Stream(seed, "population/firm")
    families, kinds = family_words(), trades()
    one, two = (pick(families, stream.integers(firms, len(families), k)) for k in (0, 1))
    trade = pick(kinds, stream.integers(firms, len(kinds), 2))
    partners = pa.array(stream.chance(firms, 0.6, 3))
    local = pc.if_else(partners, join(one, " & ", two, " ", trade), join(one, " ", trade))
    large = pick(large_employers(), np.where(firms < _LOCAL, firms, 0))
    return pc.if_else(pa.array(firms < _LOCAL), large, local).take(pa.array(row))
