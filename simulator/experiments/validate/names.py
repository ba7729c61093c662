"""How many full names are unique, counted and in closed form, and who shares a birth date too.

The closed form knows nothing of how names are given: it takes the Census tables of surnames and
first names as they are, independent of each other within a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.experiments.validate.finding import Finding
from simulator.experiments.validate.uniqueness import born, crowd
from simulator.population import given_names, surnames
from simulator.population.reference import CENSUS_GROUPS, named_people, people_per_group

if TYPE_CHECKING:
    from simulator.experiments.validate.evidence import Evidence
    from simulator.randomness import Floats, Integers
    from simulator.scenario import Scenario

TOWNS_OF_ADULTS = (20_000, 200_000, 2_000_000)
_FIRST_NAMES_AT_ONCE = 200


@dataclass(frozen=True)
class UniqueNames:
    """Shares of adults with a full name of their own, by group of the scenario.

    Attributes
    ----------
    people : Series of int
        Adults per group; its index is the names of the groups.
    counted, with_tail, renormalised : Series of float
        Counted; expected with a rare name for everyone whose name is in no list; expected with
        listed names for them too.
    """

    people: pd.Series[int]
    counted: pd.Series[float]
    with_tail: pd.Series[float]
    renormalised: pd.Series[float]

    def overall(self, shares: pd.Series[float]) -> float:
        """Return the share in all groups together."""
        return float(np.average(shares.to_numpy(), weights=self.people.to_numpy()))


def count_unique_names(scenario: Scenario, adults: pd.DataFrame) -> UniqueNames:
    """Count the adults whose full name nobody else has, and say how many were to be expected.

    Parameters
    ----------
    scenario : Scenario
        Its groups tell which Census tables hold.
    adults : DataFrame
        ``group``, ``first_name``, ``last_name``.
    """
    alone = pd.Series(crowd(full_names(adults)) == 1, index=adults.index)
    by_group = alone.groupby(adults["group"], observed=False)
    people = by_group.size()
    tables = [scenario.population.groups[str(name)].census_group for name in people.index]
    rows = [CENSUS_GROUPS.index(table) for table in tables]
    closed = {}
    for rare_tail in (True, False):
        first, last = (
            listed_shares(table, rare_tail=rare_tail)[rows]
            for table in (given_names.CENSUS_TABLE, surnames.TABLE)
        )
        expected = expected_unique_names(first, last, people.to_numpy().astype(np.int64))
        closed[rare_tail] = pd.Series(expected, index=people.index)
    return UniqueNames(people, by_group.mean(), closed[True], closed[False])


def full_names(people: pd.DataFrame) -> Integers:
    """Return first and last name as one number, equal for equal names."""
    first, last = (pd.factorize(people[name])[0] for name in ("first_name", "last_name"))
    return np.asarray(first.astype(np.int64) * (last.max(initial=0) + 1) + last, dtype=np.int64)


def listed_shares(table: str, *, rare_tail: bool) -> Floats:
    """Return per Census group the share of its people who bear each listed name.

    Parameters
    ----------
    table : str
        A Census name table in ``data``.
    rare_tail : bool
        Whether people with a name in no list keep it (the shares then sum to less than 1).
    """
    people = people_per_group(table)
    listed = people.sum(axis=1)
    whole = np.maximum(named_people(), listed) if rare_tail else listed
    return np.asarray(people / whole[:, None], dtype=np.float64)


def expected_unique_names(first: Floats, last: Floats, people: Integers) -> Floats:
    """Return per group the expected share of people whose full name nobody else bears.

    A pair of names of chance p is unique to its bearer with chance exp(-(n - 1) p) among n people;
    a rare name always.

    Parameters
    ----------
    first, last : arrays of shape (groups, names)
        Share of a group's people with each listed name; at most 1 in a row, the rest is rare.
    people : array of shape (groups,)

    Two people called Ann or Bo Roe, equally often: each is alone with a chance of e to the -1/2.

    >>> half = np.array([[0.5, 0.5]])
    >>> expected_unique_names(half, np.array([[1.0]]), np.array([2])).round(4).tolist()
    [0.6065]
    """
    others = people.sum() - 1
    weighted = (first * (people / people.sum())[:, None]).astype(np.float32)
    given, family = first.astype(np.float32), last.astype(np.float32)
    alone = 1.0 - first.sum(axis=1) * last.sum(axis=1)
    for start in range(0, first.shape[1], _FIRST_NAMES_AT_ONCE):
        part = slice(start, start + _FIRST_NAMES_AT_ONCE)
        nobody_else = np.exp(-others * (weighted[:, part].T @ family))
        alone += np.einsum("gf,fg->g", given[:, part], nobody_else @ family.T, dtype=np.float64)
    return np.asarray(alone, dtype=np.float64)


def unique_names(evidence: Evidence, adults_count: int, group: str | None = None) -> Finding:
    """Return the share of adults, of all or of one group, with a full name of their own."""
    found = evidence.unique_names.get(adults_count)
    if found is None:
        return too_few(evidence, adults_count)
    if group is None:
        ours, tail, listed = (
            found.overall(shares) for shares in (found.counted, found.with_tail, found.renormalised)
        )
        n = adults_count
    else:
        ours, tail, listed = (
            float(shares[group]) for shares in (found.counted, found.with_tail, found.renormalised)
        )
        n = int(found.people[group])
    how = (
        f"counted; closed form with the rare tail {100 * tail:.1f} %, with listed names only "
        f"{100 * listed:.1f} %"
    )
    return Finding(ours, n, how)


def unique_names_and_expected(evidence: Evidence, adults_count: int) -> Finding:
    """Return the same share for all, to be compared with the closed form with the rare tail."""
    found = evidence.unique_names.get(adults_count)
    if found is None:
        return too_few(evidence, adults_count)
    expected = found.overall(found.with_tail)
    return Finding(found.overall(found.counted), adults_count, "counted", expected)


def too_few(evidence: Evidence, adults_count: int) -> Finding:
    """Return that there are not as many adults."""
    have = len(evidence.adults)
    return Finding(nan, have, f"needs {adults_count:,} adults, there are {have:,}")


def coincidences(evidence: Evidence) -> Finding:
    """Count the pairs of adults who share full name and birth date, against the birthday problem.

    Expected: over names and years of birth, the pairs of that name born in that year, times the
    chance that two people born in the year share the day. Names go in and out of fashion, so name
    and date are taken as independent within a year only (Goel, Meredith, Morse, Rothschild and
    Shirani-Mehr 2020, "One person, one vote", APSR 114:456).
    """
    adults = evidence.adults
    name, day, year = full_names(adults), born(adults, "day"), born(adults, "year")
    expected = expected_coincidences(name, day, year)
    careless = expected_coincidences(name, day, np.zeros_like(year))
    how = f"counted; if names had no fashions {careless:,.0f} would be expected"
    ours = pairs(name, day)
    return Finding(ours, len(adults), how, expected, sqrt(expected))


def pairs(*columns: Integers) -> float:
    """Return how many pairs of rows have the same values in all columns.

    >>> pairs(np.array([1, 1, 1, 2]))
    3.0
    """
    return float((crowd(*columns) - 1).sum() / 2)


def expected_coincidences(name: Integers, day: Integers, stratum: Integers) -> float:
    """Return the expected pairs with the same name and day if these are independent in a stratum.

    Parameters
    ----------
    name, day, stratum : arrays of int64, one item a person

    Three pairs of one name, among four people whose six pairs include two of the same day:

    >>> name, day = np.array([1, 1, 1, 2]), np.array([8, 8, 9, 9])
    >>> expected_coincidences(name, day, np.zeros(4, np.int64))
    1.0
    """
    _, row = np.unique(stratum, return_inverse=True)
    people = np.bincount(row)
    same_name = np.bincount(row, crowd(stratum, name) - 1) / 2
    same_day = np.bincount(row, crowd(stratum, day) - 1) / 2
    all_pairs = np.maximum(people * (people - 1) / 2, 1)
    return float((same_name * same_day / all_pairs).sum())
