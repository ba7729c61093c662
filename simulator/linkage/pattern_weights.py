"""The match weight of a pattern: what its agreements and differences say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.training import log_chance

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from simulator.linkage.chance import Chance
    from simulator.linkage.encoding import Floats
    from simulator.linkage.patterns import Patterns


def pattern_weights(patterns: Patterns, m: Mapping[str, Floats], chance: Chance) -> Floats:
    """Return the match weight (log2 m/u) of each pattern; -inf where nothing personal agrees."""
    rows = np.arange(len(patterns.levels))
    log_m = np.zeros(len(rows))
    for place, comparison in enumerate(patterns.comparisons):
        level = patterns.levels[:, place].astype(np.int64)
        seen = level > 0
        log_m[seen] += np.log(m[comparison.name][patterns.pair_type[seen], level[seen] - 1])
    weights = (log_m - log_chance(patterns, chance, rows)) / np.log(2.0)
    weights[~_personal(patterns)] = -np.inf
    return np.asarray(weights)


def _personal(patterns: Patterns) -> npt.NDArray[np.bool_]:
    """Tell which patterns agree on something about the person and not the household alone.

    Where the records hold nothing about a person (a plate and where it was seen), a token will do.
    Where they are of one source that tells of people again and again, and nothing about the person
    differs, a surname will do: what is missing is the given name, rarely somebody else's.
    """
    agrees = np.zeros(len(patterns.levels), dtype=np.bool_)
    bare = ~agrees
    token, again, unlike = (agrees.copy() for _ in range(3))
    for place, comparison in enumerate(patterns.comparisons):
        level = patterns.levels[:, place]
        if comparison.personal is not None:
            agrees |= level >= comparison.personal
            bare &= level == 0
            unlike |= level == 1
        if comparison.token is not None:
            token |= level >= comparison.token
        if comparison.personal_within is not None:
            again |= level >= comparison.personal_within
    return agrees | (bare & token) | (patterns.within & again & ~unlike)
