"""ZIP areas of real sizes under codes that nobody has."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import padded
from simulator.population.reference import column
from simulator.randomness import Integers, Stream

_TURN = (np.sqrt(5.0) - 1.0) / 2.0
_CODES_COUNT = 500  # 00000 to 00499: no post office has them


@cache
def _real_sizes() -> Integers:
    return np.sort(column("zcta_pop_2010.csv.gz", "pop").astype(np.int64))


def zip_sizes(seed: int, outside: int, people_count: int) -> Integers:
    """Return the sizes (people) of the ZIP areas that together hold `people_count`.

    Every real ZIP area is equally likely, however many live there. The draws are stratified by
    size: area k takes the quantile u + k × 0.618… (modulo 1) of all sizes, so any number of areas
    in a row spreads evenly over small and large ones (Kronecker sequence). The last area, and the
    only one of a small town, is not filled.

    Parameters
    ----------
    seed : int
    outside : int
        0 for the town, 1 for the surroundings.
    people_count : int
    """
    sizes = _real_sizes()
    start = Stream(seed, "population/zip").uniform(np.array([outside]))
    count = people_count // 5000 + 8
    while True:
        quantile = (start + np.arange(count) * _TURN) % 1.0
        drawn = sizes[np.floor(quantile * len(sizes)).astype(np.int64)]
        ends = np.cumsum(drawn)
        if ends[-1] >= people_count:
            last = int(np.searchsorted(ends, people_count))
            return np.asarray(drawn[: last + 1], dtype=np.int64)
        count *= 2


def zip_codes(number: Integers) -> pa.Array:
    """Return a code for each area number, all different and none in use.

    The first 500 areas get the unassigned codes 00000 to 00499; more get six digits.

    >>> zip_codes(np.array([0, 1, 500])).to_pylist()
    ['00104', '00141', '000500']
    """
    scattered = (37 * number + 104) % _CODES_COUNT
    return pc.if_else(pa.array(number < _CODES_COUNT), padded(scattered, 5), padded(number, 6))
