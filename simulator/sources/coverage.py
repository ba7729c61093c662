"""Whom a source sees: the coverage of each source by age and group, and who holds an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.sources.groups import group_factors

if TYPE_CHECKING:
    import pandas as pd

    from simulator.randomness import Floats, Integers, Stream
    from simulator.scenario.schema import Coverage, Source

ADULT_YEARS = 18
"""Youngest age at which a person can hold a household's account."""

OLDEST_YEARS = 130
"""Ages are looked up in tables of 0 to this many years."""


def band_ages(band: str) -> tuple[int, int]:
    """Return the first and the last whole year of an age band.

    >>> band_ages("18-29"), band_ages("65+"), band_ages("16")
    ((18, 29), (65, 130), (16, 16))
    """
    if band.endswith("+"):
        return int(band[:-1]), OLDEST_YEARS
    first, _, last = band.partition("-")
    return int(first), int(last or first)


def share_by_age(coverage: Coverage) -> Floats:
    """Return the share seen (0 to 1) at each whole age from 0 to `OLDEST_YEARS`.

    >>> from simulator.scenario.schema import Coverage
    >>> share_by_age(Coverage(by_age={"16": 0.3, "17-18": 0.5}))[14:20].tolist()
    [0.0, 0.0, 0.3, 0.5, 0.5, 0.0]
    """
    shares = np.zeros(OLDEST_YEARS + 1)
    if coverage.share is not None:
        shares[coverage.minimum_age_years :] = coverage.share
    for band, share in coverage.by_age.items():
        first, last = band_ages(band)
        shares[first : last + 1] = share
    return shares


def account_holders(people: pd.DataFrame, youngest_years: int, stream: Stream) -> Integers:
    """Return the row of one holder per household, drawn among its members who are old enough.

    Parameters
    ----------
    people : DataFrame
        ``Population.people``.
    youngest_years : int
        Youngest age of a holder, in years. A household without such a member has no holder.
    stream : Stream
        One draw per person: the member with the smallest draw holds the account.

    Returns
    -------
    array of int
        Row numbers in `people`, at most one per household.
    """
    rows = np.flatnonzero(people["age"].to_numpy() >= youngest_years)
    entity_id = people.index.to_numpy()[rows]
    household_id = people["household_id"].to_numpy()[rows]
    order = np.lexsort((entity_id, stream.bits(entity_id), household_id))
    household_id = household_id[order]
    first_of_household = np.ones(len(rows), dtype=bool)
    first_of_household[1:] = household_id[1:] != household_id[:-1]
    return np.asarray(rows[order[first_of_household]], dtype=np.int64)


def covered(source: Source, people: pd.DataFrame, stream: Stream) -> Integers:
    """Return the entities a source sees, residents and outsiders alike, in rising order.

    A person is seen with the share of their age times the factor of their group, at most 1. A
    household's account is seen with the share of its holder, drawn once per household.

    Parameters
    ----------
    source : Source
        The settings of the source.
    people : DataFrame
        ``Population.people``.
    stream : Stream
        The stream of the source.

    Returns
    -------
    array of int64
        ``entity_id`` of the people whom its records are about.
    """
    coverage = source.coverage
    if source.record_of == "household_account":
        youngest_years = max(ADULT_YEARS, coverage.minimum_age_years)
        rows = account_holders(people, youngest_years, stream.child("holder"))
        keys = people["household_id"].to_numpy()[rows]
    else:
        rows = np.arange(len(people))
        keys = people.index.to_numpy()
    age = np.clip(people["age"].to_numpy()[rows], 0, OLDEST_YEARS)
    group = people["group"].array.take(rows)
    share = share_by_age(coverage)[age] * group_factors(group, coverage.by_group)
    seen = stream.child("coverage").chance(keys, np.minimum(share, 1.0))
    return np.asarray(np.sort(people.index.to_numpy()[rows[seen]]), dtype=np.int64)
