"""Counter-based random streams: common random numbers for every entity.

Every draw is a hash of (seed, stream name, entity key, draw number). A draw therefore does not
depend on row order, on how many other entities there are, or on what else was drawn before. Two
scenarios that differ by one setting share every draw that the setting does not touch, so their
difference is the effect of the setting alone.

The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
pseudorandom number generators", OOPSLA), applied once per input word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Keys: TypeAlias = npt.NDArray[np.signedinteger[Any]] | npt.NDArray[np.uint64]
Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Words: TypeAlias = npt.NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def _mix(words: Words) -> Words:
    """SplitMix64 finaliser: a bijection of 64-bit words whose output bits look independent."""
    mixed = words + _GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)


def combine(*parts: Keys | int) -> Words:
    """Fold several integer keys into one 64-bit key per row; the order of parts matters.

    Scalars are broadcast against arrays.

    >>> combine(np.array([1, 2]), 7).shape
    (2,)
    >>> bool(combine(np.array([1]), 2)[0] == combine(np.array([2]), 1)[0])
    False
    """
    folded = np.zeros(1, dtype=np.uint64)
    for part in parts:
        words: Words = np.atleast_1d(np.asarray(part)).astype(np.int64).view(np.uint64)
        folded = _mix(folded ^ words)
    return folded


@dataclass(frozen=True)
class Stream:
    """A named source of random numbers, one independent sequence per entity key.

    Parameters
    ----------
    seed : int
        The scenario's seed; any integer.
    name : str
        Names the decision, for example ``"dmv/coverage"``. Different names are independent.

    Examples
    --------
    Row order does not matter, and neither does who else is asked:

    >>> stream = Stream(7, "demo")
    >>> alone = stream.uniform(np.array([42]))
    >>> among = stream.uniform(np.array([5, 42, 9]))
    >>> bool(alone[0] == among[1])
    True
    """

    seed: int
    name: str

    @cached_property
    def _root(self) -> np.uint64:
        digest = blake2b(f"{self.seed}\x1f{self.name}".encode(), digest_size=8).digest()
        return np.uint64(int.from_bytes(digest, "little"))

    def bits(self, keys: Keys, draw: int = 0) -> Words:
        """Return 64 random bits per key (uint64), for the given draw number (0, 1, 2 …)."""
        words = np.asarray(keys)
        unsigned = words if words.dtype == np.uint64 else words.astype(np.int64)
        base = _mix(np.asarray(unsigned.view(np.uint64) ^ self._root))
        offset = np.uint64((draw * int(_GOLDEN)) & 0xFFFFFFFFFFFFFFFF)
        return _mix(base + offset)

    def uniform(self, keys: Keys, draw: int = 0) -> Floats:
        """Return one float per key, uniform in [0, 1)."""
        return np.asarray((self.bits(keys, draw) >> np.uint64(11)) * 2.0**-53, dtype=np.float64)

    def integers(self, keys: Keys, stop: int | Integers, draw: int = 0) -> Integers:
        """Return one integer per key, uniform in [0, stop); `stop` is a number or one per key."""
        return np.asarray(np.floor(self.uniform(keys, draw) * stop), dtype=np.int64)

    def choice(self, keys: Keys, weights: Floats, draw: int = 0) -> Integers:
        """Return an index into `weights` per key, with probability proportional to its weight.

        Raises
        ------
        ValueError
            If the weights are empty, negative or sum to zero.
        """
        weights = np.asarray(weights, dtype=np.float64)
        if weights.size == 0 or (weights < 0).any() or weights.sum() <= 0:
            raise ValueError(f"stream {self.name!r}: weights must be >= 0 and not all zero")
        bounds = np.cumsum(weights) / weights.sum()
        bounds[np.flatnonzero(weights)[-1] :] = 1.0  # rounding must not leave a gap at the top
        drawn = np.searchsorted(bounds, self.uniform(keys, draw), side="right")
        return np.asarray(drawn, dtype=np.int64)

    def normal(self, keys: Keys, draw: int = 0) -> Floats:
        """Return one standard normal per key (Box and Muller 1958), from two uniforms."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(keys, 2 * draw)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.uniform(keys, 2 * draw + 1)))

    def exponential(self, keys: Keys, mean: float, draw: int = 0) -> Floats:
        """Return one exponential waiting time per key, in the unit of `mean`."""
        return np.asarray(-mean * np.log1p(-self.uniform(keys, draw)), dtype=np.float64)

    def chance(self, keys: Keys, share: float | Floats, draw: int = 0) -> npt.NDArray[np.bool_]:
        """Return True per key with probability `share` (a number or one per key)."""
        return np.asarray(self.uniform(keys, draw) < share, dtype=np.bool_)

    def child(self, name: str) -> Stream:
        """Return the stream named ``parent/name``, independent of this one."""
        return Stream(self.seed, f"{self.name}/{name}")
