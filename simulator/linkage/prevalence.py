"""How many matches two sources hold: the prior of a match, from the records alone.

Counting the pairs that look like matches misses those whose records say too little. How many that
is follows from the model itself: matches are drawn from m, with the gaps that random pairs of
records of the two sources show, and it is seen how many of them would look like matches.

Counting them also takes in strangers that look like matches: of pairs with probability p, a share
1 - p. They are taken off, for as far as matches are told from strangers at all; where hardly any
is, how many strangers look alike is known too badly for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.chance import random_rows
from simulator.linkage.pattern_weights import pattern_weights
from simulator.linkage.patterns import Patterns
from simulator.randomness import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.chance import Chance
    from simulator.linkage.encoding import Floats
    from simulator.linkage.record_table import RecordTable

DRAWS = 1_000
"""Random pairs of records per pair of sources: how their gaps are known."""

_LEAST_FOUND_SHARE = 0.1
_ROUNDS = 10


def observe_gaps(table: RecordTable, patterns: Patterns) -> Patterns:
    """Take random pairs of records of every two sources and see what there is to compare.

    Their levels say no more than that: 1 where there is something, 0 where there is not.
    """
    rows = [np.flatnonzero(table.source == number) for number in range(len(table.sources))]
    found = [random_rows(table, every, "linkage/gaps", 8 * DRAWS) for every in rows]
    left, right, kinds = [], [], []
    for kind, (a, b) in enumerate(table.pair_types):
        one, other = found[a], found[b]
        if not len(one) or not len(other):
            continue
        places = np.arange(DRAWS)
        left.append(one[places % len(one)])
        right.append(other[(places * 7 + 3) % len(other)])
        kinds.append(np.full(DRAWS, kind, dtype=np.int32))
    nothing = [np.zeros(0, dtype=np.int64)]
    rows_left, rows_right = np.concatenate(left or nothing), np.concatenate(right or nothing)
    levels = [c.compare(table, rows_left, rows_right) > 0 for c in patterns.comparisons]
    pair_type = np.concatenate(kinds or [np.zeros(0, dtype=np.int32)])
    return Patterns(
        patterns.comparisons,
        rows_left,
        rows_right,
        np.arange(len(pair_type)),
        np.stack(levels, axis=1).astype(np.int8),
        pair_type,
        table.of_one_source[pair_type],
        np.ones(len(pair_type)),
    )


def drawn_matches(gaps: Patterns, m: Mapping[str, Floats]) -> Patterns:
    """Return the gaps with a level drawn from m wherever there is something to compare.

    Parameters
    ----------
    gaps : Patterns
        As from `observe_gaps`.
    m : dict of float array, pair types × levels
        Rows sum to 1.
    """
    keys = np.arange(len(gaps.pair_type))
    levels = np.zeros_like(gaps.levels)
    for place, comparison in enumerate(gaps.comparisons):
        uniform = Stream(0, f"linkage/matches/{comparison.name}").uniform(keys)
        upper = np.cumsum(m[comparison.name], axis=1)[gaps.pair_type]
        level = 1 + (uniform[:, None] >= upper[:, :-1]).sum(axis=1)
        levels[:, place] = np.where(gaps.levels[:, place] > 0, level, 0)
    return replace(gaps, levels=levels)


def expected_matches(
    patterns: Patterns,
    drawn: Patterns,
    m: Mapping[str, Floats],
    chance: Chance,
    all_pairs: Floats,
    most: Floats,
) -> Floats:
    """Return how many matches each pair of sources holds, 0.5 at least and `most` at most.

    The number is solved for together with the prior it implies: those found among the candidates,
    strangers taken off, divided by the share of drawn matches (`drawn_matches`) that would be.
    """
    seen = pattern_weights(patterns, m, chance)
    weights = pattern_weights(drawn, m, chance)
    types = len(all_pairs)
    draws = np.maximum(np.bincount(drawn.pair_type, minlength=types), 1)
    matches = np.maximum(1.0, 0.5 * most)
    for _ in range(_ROUNDS):
        prior = np.clip(matches / all_pairs, 1e-12, 0.5)
        bits = np.log2(prior) - np.log2(1 - prior)
        likely = _probability(seen + bits[patterns.pair_type])
        would = _probability(weights + bits[drawn.pair_type])
        alike, true = (
            np.bincount(patterns.pair_type, weights=looks * patterns.counts, minlength=types)
            for looks in (likely, likely**2)
        )
        share, sure = (
            np.bincount(drawn.pair_type, weights=looks, minlength=types) / draws
            for looks in (would, would**2)
        )
        share = np.maximum(share, _LEAST_FOUND_SHARE)
        told_apart = np.square(sure / share)  # of matches that are found, how sure they are
        found = alike - told_apart * (alike - true)
        matches = np.clip(found / share, 0.5, most)
    return np.asarray(matches)


def _probability(bits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -500, 500))))
