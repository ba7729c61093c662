"""u: how often two records of DIFFERENT entities agree, over all pairs and never within blocks.

Equality is counted, not sampled: the number of pairs of two sources that share a value follows from
the value counts. Those pairs hold the true matches too, so their expected number is taken off;
where a source holds each entity once, pairs within it are non-matches for certain and give a floor.
Levels between differing and equal are rare and smooth; they come from random pairs of records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.linkage.faces import ALIKE, SAME
from simulator.randomness import Stream
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats, RecordTable, Rows

RANDOM_PAIRS = 100_000
_LEAST_SHARE = 0.02
"""However few coincidences are left after the matches are taken off, at least this share stays."""

_LEAST_STEP = 0.5
"""Strangers agree less well at least half as often as they agree better."""

_EQUAL_LEVELS: Mapping[str, Mapping[int, tuple[tuple[str, ...], ...]]] = {
    "given": {7: (("given",),)},
    "surname": {7: (("surname",),)},
    "middle": {4: (("middle",),)},
    "sex": {2: (("sex",),)},
    "birth_date": {4: (("birth_date",),)},
    "birth_month_day": {2: (("birth_month_day",),)},
    "birth_year": {2: (("birth_year",),)},
    "phone": {3: (("phone",),)},
    "online": {4: (("email",),), 3: (("online",),)},
    "national_id": {3: (("national_id",),)},
    "licence_number": {3: (("licence_number",),)},
    "national_id_last4": {2: (("national_id_last4",),)},
    "plate": {3: (("plate",),)},
    "device": {2: (("device",),)},
    "card": {2: (("card",),)},
    "routine": {4: (("squares",),), 3: (("home_area",),)},
    "face": {3: ((SAME,),), 2: ((ALIKE,),)},
    "employer": {3: (("employer",),)},
    "birth_place": {3: (("birth_place",),)},
    "occupation": {3: (("occupation",),)},
    "residence": {
        6: (("address", "zip_code"), ("address", "city"), ("address",)),
        5: (("number", "street", "zip_code"), ("number", "street", "city"), ("number", "street")),
        4: (("street", "zip_code"), ("street", "city"), ("street",)),
        3: (("zip_code",),),
        2: (("city",),),
    },
}
"""Comparison -> level -> columns whose equality is that level or a better one.

Of several, the first that both sources fill is taken. Likeness of faces is counted by search.
"""


@dataclass(frozen=True)
class Agreement:
    """How many pairs of records share a value, per pair of sources.

    Attributes
    ----------
    pairs, equal : float arrays, one per pair type
        Pairs that have the value on both sides, and those of them that are equal.
    within : float
        The share of equal pairs inside sources that hold each entity once (NaN without any).
    """

    pairs: Floats
    equal: Floats
    within: float


def agreement(table: RecordTable, columns: tuple[str, ...]) -> Agreement:
    """Count equal pairs from value counts; columns that no source fills are left out of the key."""
    key, rows = table.grouped([name for name in columns if name in table.columns])
    width = len(table.sources)
    groups = int(key.max(initial=-1)) + 1
    counts = (
        np.bincount(key.astype(np.int64) * width + table.source[rows], minlength=groups * width)
        .reshape(groups, width)
        .astype(np.float64)
    )
    sizes = counts.sum(axis=0)
    together = counts.T @ counts
    alone = np.diag(together) - sizes
    pairs, equal = [], []
    for a, b in table.pair_types:
        pairs.append(sizes[a] * (sizes[a] - 1) / 2 if a == b else sizes[a] * sizes[b])
        equal.append(alone[a] / 2 if a == b else together[a, b])
    single = ~table.repeats
    possible = float((sizes * (sizes - 1))[single].sum())
    within = float(alone[single].sum()) / possible if possible > 0 else float("nan")
    return Agreement(np.array(pairs), np.array(equal), within)


def random_rows(table: RecordTable, rows: Rows, name: str, most: int) -> Rows:
    """Return up to `most` of these rows in a random order.

    It depends on what the records say, not on where they stand.
    """
    bits = Stream(0, name).bits(table.content[rows])
    if most < len(rows):
        first = np.flatnonzero(bits <= np.partition(bits, most)[most])
        rows, bits = rows[first], bits[first]
    return rows[np.argsort(bits, kind="stable")[:most]]


def random_pairs(table: RecordTable) -> tuple[Rows, Rows]:
    """Return random pairs of rows, chosen by what the records say and not by where they stand."""
    every, size = np.arange(len(table)), min(len(table), 20_000)
    left, right = (
        random_rows(table, every, f"linkage/random pairs/{side}", size)
        for side in ("left", "right")
    )
    turns = max(1, RANDOM_PAIRS // max(size, 1))
    turns = min(turns, size)
    pairs_left = np.tile(left, turns)
    pairs_right = np.concatenate([np.roll(right, turn) for turn in range(turns)])
    apart = table.content[pairs_left] != table.content[pairs_right]
    return pairs_left[apart], pairs_right[apart]


@dataclass(frozen=True)
class Chance:
    """The probability of every level among non-matches.

    Attributes
    ----------
    u : dict of float array, pair types × levels
        Comparison name -> probability per level (level 1 first); each row sums to 1.
    household : float array, pair types × surname levels × residence levels, or None
        The joint probabilities: housemates agree on both, so the two are not independent.
    """

    u: Mapping[str, Floats]
    household: Floats | None


class Coincidences:
    """Everything about chance agreement that can be counted once.

    Parameters
    ----------
    table : RecordTable
    comparisons : tuple of Comparison
    """

    def __init__(self, table: RecordTable, comparisons: tuple[Comparison, ...]) -> None:
        self._table = table
        self._comparisons = comparisons
        self._agreements: dict[tuple[str, ...], Agreement] = {}
        if any(comparison.name == "face" for comparison in comparisons):
            search = table.face_search
            self._agreements = {
                (likeness,): Agreement(search.pairs, reached, search.strangers[likeness])
                for likeness, reached in search.reached.items()
            }
        self._countable = {*table.columns, *(name for key in self._agreements for name in key)}
        keys = [key for key in self._keys() if key not in self._agreements]
        counted = side_by_side(lambda key: agreement(table, key), keys)
        self._agreements |= zip(keys, counted, strict=True)
        sizes = table.sizes.astype(np.float64)
        self.all_pairs = np.array(
            [
                max(1.0, sizes[a] * (sizes[a] - 1) / 2 if a == b else sizes[a] * sizes[b])
                for a, b in table.pair_types
            ]
        )
        left, right = random_pairs(table)
        self._sampled = {
            c.name: _level_shares(c.compare(table, left, right), len(c.levels)) for c in comparisons
        }

    def _keys(self) -> Iterator[tuple[str, ...]]:
        """Yield all columns whose equality is counted, those of one level together."""
        names = {comparison.name for comparison in self._comparisons}
        for name in names:
            together = [key for keys in _EQUAL_LEVELS[name].values() for key in keys]
            for key in together:
                if set(key) <= self._countable:
                    yield key
                    if name == "residence" and "surname" in names:
                        yield (*key, "surname")

    def estimate(
        self, matches: Floats | None = None, m: Mapping[str, Floats] | None = None
    ) -> Chance:
        """Return the chances, the expected matches taken off where they are known.

        Parameters
        ----------
        matches : float array, one per pair type, optional
            Expected number of matches.
        m : dict of float array, pair types × levels, optional
            Probability of each level among matches.
        """
        found = np.zeros(len(self.all_pairs)) if matches is None else matches
        at_least: dict[str, Floats] = {
            c.name: _from_above(m[c.name]) if m else np.zeros((len(found), len(c.levels)))
            for c in self._comparisons
        }
        ones = np.ones(len(found))
        u = {c.name: self._levels(c, (), found, at_least[c.name], ones) for c in self._comparisons}
        return Chance(u, self._household(u, found, at_least))

    def _household(
        self, u: Mapping[str, Floats], matches: Floats, at_least: Mapping[str, Floats]
    ) -> Floats | None:
        if not {"surname", "residence"} <= set(u):
            return None
        surname, residence = u["surname"], u["residence"]
        equal = surname[:, -1]
        m = at_least["residence"] * at_least["surname"][:, -1:]
        comparison = next(c for c in self._comparisons if c.name == "residence")
        joint = surname[:, :, None] * residence[:, None, :]
        with_equal = self._levels(comparison, ("surname",), matches, m, equal)
        with_other = np.maximum(residence - with_equal, 1e-12)
        with_other /= with_other.sum(axis=1, keepdims=True)
        joint[:, :-1, :] = surname[:, :-1, None] * with_other[:, None, :]
        joint[:, -1, :] = with_equal
        return joint

    def _levels(
        self,
        comparison: Comparison,
        also: tuple[str, ...],
        matches: Floats,
        m: Floats,
        total: Floats,
    ) -> Floats:
        """Fill the levels that equality defines from counts, and share out the rest as sampled."""
        width = len(comparison.levels)
        at_least = np.zeros((len(total), width + 2))
        counted = np.zeros(width, dtype=np.bool_)
        for level in range(width, 0, -1):
            at_least[:, level] = at_least[:, level + 1]
            for columns in _EQUAL_LEVELS[comparison.name].get(level, ()):
                if set(columns) <= self._countable:
                    equal, known = self._equal((*columns, *also), matches, m[:, level - 1])
                    fresh = known & (at_least[:, level] == at_least[:, level + 1])
                    better = np.clip(equal, at_least[:, level + 1], total)
                    at_least[:, level] = np.where(fresh, better, at_least[:, level])
                    counted[level - 1] = True
        shares = at_least[:, 1:-1] - at_least[:, 2:]
        rest = np.maximum(total - shares[:, counted].sum(axis=1), 1e-9 * total)
        loose = self._sampled[comparison.name][~counted]
        shares[:, ~counted] = rest[:, None] * (loose / loose.sum())[None, :]
        for level in range(width - 2, -1, -1):
            shares[:, level] = np.maximum(shares[:, level], _LEAST_STEP * shares[:, level + 1])
        shares = np.maximum(shares, 1e-12)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True) * total[:, None])

    def _equal(
        self, columns: tuple[str, ...], matches: Floats, m: Floats
    ) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return the chance that a non-match is equal in `columns`, and where it can be told."""
        found = self._agreements[columns]
        pairs = np.maximum(found.pairs, 1.0)
        true = matches * m * found.pairs / self.all_pairs
        rest = (found.equal - true) / pairs
        floor = np.maximum(_LEAST_SHARE * found.equal, 0.5) / pairs
        within = 0.0 if np.isnan(found.within) else found.within
        chance = np.maximum(rest, np.maximum(floor, within))
        return np.asarray(np.clip(chance, 1e-12, 0.999)), found.pairs > 0


def _from_above(shares: Floats) -> Floats:
    """Return the probability of each level or a better one."""
    return np.asarray(shares[:, ::-1].cumsum(axis=1)[:, ::-1])


def _level_shares(levels: npt.NDArray[np.int8], count: int) -> Floats:
    """Return the share of each level among pairs that have something to compare."""
    seen = np.bincount(levels, minlength=count + 1)[1:].astype(np.float64)
    return np.asarray((seen + 0.5) / (seen.sum() + 0.5 * count))
