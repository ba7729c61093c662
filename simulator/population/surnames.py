"""Surnames by group, with their real frequencies and the rare tail."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import cumulative_rows, draw_from_rows, pick
from simulator.population.rare_names import LetterModel, learn, rare_names
from simulator.population.reference import named_people, people_per_group, read_table
from simulator.randomness import Floats, Integers, Stream, combine

if TYPE_CHECKING:
    from simulator.randomness import Words

TABLE = "surnames_2020_top20k.csv.gz"


@cache
def _listed() -> pa.Array:
    return pc.utf8_title(read_table(TABLE)["name"].combine_chunks()).cast(pa.large_string())


@cache
def _listed_lower() -> pa.Array:
    return pc.utf8_lower(_listed())


@cache
def _cumulative() -> Floats:
    """Return per group the cumulative share of each listed name, the rare tail last."""
    people = people_per_group(TABLE)
    tail = np.maximum(named_people() - people.sum(axis=1), 0.0)
    return cumulative_rows(np.concatenate([people, tail[:, None]], axis=1))


@cache
def _model() -> LetterModel:
    people = people_per_group(TABLE)
    # every name counts by how typical it is of the group, not by how common it is
    return learn(_listed(), people / people.sum(axis=0))


def surnames(seed: int, keys: Words, group: Integers) -> pa.Array:
    """Return one surname per key.

    Parameters
    ----------
    seed : int
    keys : array of uint64
        Who it is handed down from; equal keys (relatives) get equal names.
    group : array of int64
        Place in `CENSUS_GROUPS`; equal for equal keys.
    """
    uniform = Stream(seed, "population/surname").uniform(keys)
    index = draw_from_rows(_cumulative(), group, uniform)
    listed_count = len(_listed())
    rare = np.flatnonzero(index == listed_count)
    distinct, first, inverse = np.unique(keys[rare], return_index=True, return_inverse=True)
    made = rare_names(
        _model(),
        group[rare][first],
        distinct,
        Stream(seed, "population/rare_surname"),
        _listed_lower(),
    )
    index[rare] = listed_count + inverse
    return pick(pa.concat_arrays([_listed(), made]), index)


def lineage(entity_id: Integers, which: int) -> Words:
    """Return the key of a person's own first (0) or second (1) surname."""
    return combine(entity_id, which)
