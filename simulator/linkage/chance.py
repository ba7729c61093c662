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

from simulator.linkage.agreement import agreements, pairs_between
from simulator.randomness import Stream
from simulator.threads import both, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.agreement import Agreement
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats, Rows
    from simulator.linkage.record_table import RecordTable

RANDOM_PAIRS = 100_000
_LEAST_SHARE = 0.02
"""However few coincidences are left after the matches are taken off, at least this share stays."""

_LEAST_STEP = 0.5
"""Strangers agree less well at least half as often as they agree better."""


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
        self._comparisons = comparisons
        self.all_pairs = np.maximum(pairs_between(table, table.sizes.astype(np.float64)), 1.0)
        self._agreements, self._sampled = both(
            lambda: agreements(table, [comparison.name for comparison in comparisons]),
            lambda: _shares_of_random_pairs(table, comparisons),
        )

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
            for found, taken in self._agreements.get((comparison.name, level, also), ()):
                equal = self._equal(found, matches, m[:, level - 1])
                better = np.clip(equal, at_least[:, level + 1], total)
                at_least[:, level] = np.where(taken, better, at_least[:, level])
            counted[level - 1] = (comparison.name, level, also) in self._agreements
        shares = at_least[:, 1:-1] - at_least[:, 2:]
        rest = np.maximum(total - shares[:, counted].sum(axis=1), 1e-9 * total)
        loose = self._sampled[comparison.name][~counted]
        shares[:, ~counted] = rest[:, None] * (loose / loose.sum())[None, :]
        for level in range(width - 2, -1, -1):
            shares[:, level] = np.maximum(shares[:, level], _LEAST_STEP * shares[:, level + 1])
        shares = np.maximum(shares, 1e-12)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True) * total[:, None])

    def _equal(self, found: Agreement, matches: Floats, m: Floats) -> Floats:
        """Return the chance that a non-match is equal, the matches among the pairs taken off."""
        pairs = np.maximum(found.pairs, 1.0)
        true = matches * m * found.pairs / self.all_pairs
        rest = (found.equal - true) / pairs
        floor = np.maximum(_LEAST_SHARE * found.equal, 0.5) / pairs
        within = 0.0 if np.isnan(found.within) else found.within
        chance = np.maximum(rest, np.maximum(floor, within))
        return np.asarray(np.clip(chance, 1e-12, 0.999))


def _from_above(shares: Floats) -> Floats:
    """Return the probability of each level or a better one."""
    return np.asarray(shares[:, ::-1].cumsum(axis=1)[:, ::-1])


def _shares_of_random_pairs(
    table: RecordTable, comparisons: tuple[Comparison, ...]
) -> dict[str, Floats]:
    """Return per comparison the share of each level among random pairs."""
    left, right = random_pairs(table)
    found = side_by_side(
        lambda c: _level_shares(c.compare(table, left, right), len(c.levels)), comparisons
    )
    return dict(zip((c.name for c in comparisons), found, strict=True))


def _level_shares(levels: npt.NDArray[np.int8], count: int) -> Floats:
    """Return the share of each level among pairs that have something to compare."""
    seen = np.bincount(levels, minlength=count + 1)[1:].astype(np.float64)
    return np.asarray((seen + 0.5) / (seen.sum() + 0.5 * count))
