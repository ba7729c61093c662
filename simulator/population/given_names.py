"""First and middle names by decade of birth, sex and group.

The chance of a listed name is its share among births of the decade and sex (SSA), times how much
more common it is in the group than in everyone (Census). Names beyond a decade's top 1,000 follow
the Census table, none above the share of the 1,000th; what is still missing gets a rare name.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import cumulative_rows, draw_from_rows, pick
from simulator.population.rare_names import LetterModel, learn, rare_names
from simulator.population.reference import (
    CENSUS_GROUPS,
    column,
    named_people,
    people_per_group,
    read_table,
)
from simulator.randomness import Floats, Integers, Stream

CENSUS_TABLE = "first_names_2020_race_sex_top8k.csv.gz"
DECADE_TABLE = "first_names_by_decade_sex_top1000.csv.gz"
FIRST_DECADE, DECADES_COUNT = 1920, 10
LISTED_SHARE = 0.97
"""No group has more than this share of its births in a decade's top 1,000 unless everyone has."""


@cache
def _listed() -> pa.Array:
    """Return every listed name once: the Census table first, then those only in the SSA table."""
    census = pc.utf8_title(read_table(CENSUS_TABLE)["name"].combine_chunks())
    decade = pc.unique(read_table(DECADE_TABLE)["name"].combine_chunks())
    only = decade.filter(pc.invert(pc.is_in(decade, census)))
    return pa.concat_arrays([census, only]).cast(pa.large_string())


@cache
def _shares_by_decade() -> Floats:
    """Return the share of births per decade, sex (women first) and listed name."""
    table = read_table(DECADE_TABLE)
    name = pc.index_in(table["name"].cast(pa.large_string()), _listed())
    name = name.combine_chunks().to_numpy().astype(np.int64)
    decade = (column(DECADE_TABLE, "dec").astype(np.int64) - FIRST_DECADE) // 10
    male = pc.equal(table["sex"], "M").combine_chunks().to_numpy(zero_copy_only=False)
    shares = np.zeros((DECADES_COUNT, 2, len(_listed())))
    shares[decade, male.astype(np.int64), name] = column(DECADE_TABLE, "share")
    return shares


@cache
def _group_factor() -> Floats:
    """Return per group and listed name P(group | name) / P(group); 1 where the Census is silent."""
    people = people_per_group(CENSUS_TABLE)
    given_name = people / people.sum(axis=0)
    share = named_people() / named_people().sum()
    factor = np.ones((len(CENSUS_GROUPS), len(_listed())))
    factor[:, : people.shape[1]] = given_name / share[:, None]
    return factor


def _sex_shares() -> Floats:
    """Return per sex and Census name the share of its bearers of that sex."""
    male = column(CENSUS_TABLE, "pctmale") / 100.0
    return np.stack([1.0 - male, male])


@cache
def _cumulative() -> Floats:
    """Return the cumulative share of each name per (decade, sex, group), rare names last."""
    by_decade, factor = _shares_by_decade(), _group_factor()
    people = people_per_group(CENSUS_TABLE)
    bearers = _sex_shares()[:, None, :] * people / (named_people()[:, None] / 2)
    rows = np.zeros((DECADES_COUNT, 2, len(CENSUS_GROUPS), len(_listed()) + 1))
    for decade in range(DECADES_COUNT):
        for sex in range(2):
            births = by_decade[decade, sex]
            top = births * factor
            most = max(births.sum(), LISTED_SHARE)
            top *= np.minimum(1.0, most / top.sum(axis=1, keepdims=True))
            least = births[births > 0].min()
            beyond = np.where(births[: people.shape[1]] > 0, 0.0, np.minimum(bearers[sex], least))
            left = 1.0 - top.sum(axis=1)
            beyond *= np.minimum(1.0, left / beyond.sum(axis=1))[:, None]
            cell = rows[decade, sex]
            cell[:, :-1] = top
            cell[:, : people.shape[1]] += beyond
            cell[:, -1] = np.maximum(left - beyond.sum(axis=1), 0.0)
    return cumulative_rows(rows.reshape(-1, rows.shape[-1]))


@cache
def _model() -> LetterModel:
    people = people_per_group(CENSUS_TABLE)
    typical = _sex_shares()[:, None, :] * people / people.sum(axis=0)
    return learn(_listed().slice(0, people.shape[1]), typical.reshape(-1, people.shape[1]))


def given_names(
    seed: int, name: str, keys: Integers, birth_year: Integers, sex: Integers, group: Integers
) -> pa.Array:
    """Return one given name per person.

    Parameters
    ----------
    seed : int
    name : str
        Names the draw: first and middle names differ.
    keys, birth_year, sex, group : arrays of int64
        `sex` is 0 for women; `group` a place in `CENSUS_GROUPS`.
    """
    decade = np.clip((birth_year - FIRST_DECADE) // 10, 0, DECADES_COUNT - 1)
    cell = (decade * 2 + sex) * len(CENSUS_GROUPS) + group
    stream = Stream(seed, f"population/{name}")
    index = draw_from_rows(_cumulative(), cell, stream.uniform(keys))
    listed_count = len(_listed())
    rare = np.flatnonzero(index == listed_count)
    made = rare_names(
        _model(),
        (sex * len(CENSUS_GROUPS) + group)[rare],
        keys[rare].astype(np.uint64),
        stream.child("rare"),
        pc.utf8_lower(_listed()),
    )
    index[rare] = listed_count + np.arange(len(rare))
    return pick(pa.concat_arrays([_listed(), made]), index)
