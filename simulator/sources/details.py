"""What is on file about an event beside who it happened to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.locations import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Stream, Words

NEAR_WORK_SHARE = 0.3
"""Events of people with work that happen where they work; the others, near home: an assumption."""

TO_BIRTH_PLACE_SHARE = 0.5
"""Journeys of people born abroad that lead there; an assumption."""


def event_areas(
    home_area: pa.LargeStringArray, work_area: pa.LargeStringArray, keys: Words, stream: Stream
) -> pa.LargeStringArray:
    """Return the square in which each event happened: mostly that of the person's home.

    Parameters
    ----------
    home_area, work_area : Arrow text of length n
        Of the person on the day; null without work.
    keys : array of uint64, length n
    stream : Stream
    """
    near_work = pa.array(stream.chance(keys, NEAR_WORK_SHARE))
    return pc.if_else(near_work, pc.coalesce(work_area, home_area), home_area)


def event_kinds(reasons: Mapping[str, float], keys: Words, stream: Stream) -> pa.LargeStringArray:
    """Return what kind of event each was, drawn by the shares of the kinds; null without kinds."""
    if not reasons:
        return pa.nulls(len(keys), pa.large_string())
    kind = stream.choice(keys, np.array(list(reasons.values())))
    return pa.array(list(reasons), pa.large_string()).take(pa.array(kind))


@cache
def _abroad() -> pa.LargeStringArray:
    table = pd.read_csv(DATA / "birth_places.csv", dtype=str)
    places = table.loc[table["census_group"] != "any", "place"].unique()
    return pa.array(np.sort(places.astype(str)), pa.large_string())


def journeys(birth_place: pa.LargeStringArray, keys: Words, stream: Stream) -> pa.LargeStringArray:
    """Return a country abroad for each journey; half of those born abroad went where they were.

    Parameters
    ----------
    birth_place : Arrow text of length n
    keys : array of uint64, length n
    stream : Stream
    """
    anywhere = _abroad().take(pa.array(stream.integers(keys, len(_abroad()))))
    born_abroad = pc.is_in(birth_place, value_set=_abroad())
    goes_back = pa.array(stream.chance(keys, TO_BIRTH_PLACE_SHARE, draw=1))
    return pc.if_else(pc.and_(born_abroad, goes_back), birth_place, anywhere)
