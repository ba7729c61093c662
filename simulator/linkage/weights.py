"""From levels to probabilities: the model that training found, and the links it gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from simulator.linkage.chance import Chance, Coincidences
from simulator.linkage.face_search import most_matches
from simulator.linkage.monotone import never_falling, unless_turned
from simulator.linkage.pattern_weights import pattern_weights
from simulator.linkage.prevalence import drawn_matches, expected_matches, observe_gaps
from simulator.linkage.rarity import (
    Frequencies,
    counted_in,
    frequencies,
    most_rarity_bits,
    rarity_bits,
)
from simulator.linkage.rivals import paired_probability
from simulator.linkage.training import attained, strangers_share, train_m
from simulator.threads import both, in_parts, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Flags, Floats, Rows
    from simulator.linkage.patterns import Patterns
    from simulator.linkage.record_table import RecordTable
    from simulator.tables import Links

LEAST_PROBABILITY = 0.01
"""Pairs less likely than this are no links and are not kept."""

NEGLIGIBLE_BITS = -10.0
"""Pairs with log2 odds below this are dropped before rivals are weighed."""

MOST_BITS = 60.0
"""Log2 odds are counted up to here: more would not change a probability."""

_AT_ONCE = 500_000
"""Pairs weighed at a time by one thread: bounds the memory, and shares out the work."""

_LEAST_UNMATCHED = 0.05
"""However complete two lists seem, this share of records may be missing from the other."""

_SELF_CHOSEN = {"online": 3}
"""Comparison -> level of equality of values people choose: the records tell how many share one."""


@dataclass(frozen=True)
class Model:
    """What training found.

    Attributes
    ----------
    m : dict of float array, pair types × levels
        Comparison name -> probability of each level among matches.
    chance : Chance
        The same among non-matches.
    matches : float array, one per pair type
        Expected number of matches.
    odds : float array, one per pair type
        Odds, before comparing, that a pair is a match against both records being alone.
    counted : dict of Frequencies
        Comparison name -> how common each value is, where rarity counts.
    between : tuple of frozenset of str
        Per pair type, the names of its two sources; one name where a source is compared within.
    possible : dict of bool array, one per pair type
        Comparison name -> where both sources fill a column that it reads.
    declared : tuple of str
        The comparisons of which the records of some two sources show too little: declared
        probabilities are used there.
    """

    m: Mapping[str, Floats]
    chance: Chance
    matches: Floats
    odds: Floats
    counted: Mapping[str, Frequencies]
    between: tuple[frozenset[str], ...]
    possible: Mapping[str, Flags]
    declared: tuple[str, ...]


def fit(table: RecordTable, patterns: Patterns) -> Model:
    """Learn m, u and the prior from the records themselves.

    Two rounds: the first finds roughly how many matches there are, the second takes them off the
    counts that u is read from.
    """
    coincidences, gaps = both(
        lambda: Coincidences(table, patterns.comparisons), lambda: observe_gaps(table, patterns)
    )
    chance = coincidences.estimate()
    most = _most_matches(table, coincidences.all_pairs)
    within = attained(patterns, len(table.pair_types))
    for _ in range(2):
        found, untaught = train_m(patterns, chance, within)
        learnt, turned = unless_turned(patterns.comparisons, found, chance, within)
        m = never_falling(patterns.comparisons, learnt, chance)
        ceiling = most
        if "face" in m:
            ceiling = np.minimum(most, most_matches(table, m["face"], coincidences.all_pairs))
        drawn = drawn_matches(gaps, learnt)
        matches = expected_matches(patterns, drawn, m, chance, coincidences.all_pairs, ceiling)
        used = chance
        chance = coincidences.estimate(matches, m)
    strangers = {
        name: strangers_share(patterns, used, m, {name: level})
        for name, level in _SELF_CHOSEN.items()
        if name in m
    }
    odds = _prior_odds(table, matches, coincidences.all_pairs)
    # what neither candidates nor random pairs have anything to compare in weighs nothing
    shown = np.concatenate([patterns.levels, gaps.levels]).max(axis=0, initial=0) > 0
    return Model(
        m,
        used,
        matches,
        odds,
        frequencies(table, strangers, matches, m),
        sources_between(table),
        {c.name: possible(table, c) for c in patterns.comparisons},
        tuple(
            c.name
            for place, c in enumerate(patterns.comparisons)
            if shown[place] and c.name in {*untaught, *turned}
        ),
    )


def sources_between(table: RecordTable) -> tuple[frozenset[str], ...]:
    """Return per pair type the names of its two sources."""
    return tuple(frozenset((table.sources[a], table.sources[b])) for a, b in table.pair_types)


def possible(table: RecordTable, comparison: Comparison) -> Flags:
    """Return per pair type whether both its sources fill a column that the comparison reads."""
    filled = [table.filled[name] for name in comparison.columns if name in table.filled]
    return np.array(
        [any(column[a] and column[b] for column in filled) for a, b in table.pair_types],
        dtype=np.bool_,
    )


def _most_matches(table: RecordTable, all_pairs: Floats) -> Floats:
    """Return the largest possible number of matches per pair type, at least a half."""
    sizes = table.sizes.astype(np.float64)
    most = [
        _most_of_pair(sizes[a], sizes[b], table.attaches[a], table.attaches[b])
        if table.attaches[a] or table.attaches[b] or not (table.repeats[a] or table.repeats[b])
        else 0.5 * pairs
        for (a, b), pairs in zip(table.pair_types, all_pairs, strict=True)
    ]
    return np.maximum(most, 0.5)


def _most_of_pair(one: float, other: float, one_attaches: bool, other_attaches: bool) -> float:
    """Return how many matches two sources can hold: every event is one person's at most."""
    if one_attaches or other_attaches:
        return one if one_attaches else other
    return min(one, other)


def _prior_odds(table: RecordTable, matches: Floats, all_pairs: Floats) -> Floats:
    """Return the odds, before comparing, that a pair is a match against both records being alone.

    With M matches among a and b records, (a - M) × (b - M) pairs of lone records stand against M
    matched ones. A record that may have several partners rules nobody out by having one.
    """
    odds = []
    for (a, b), found, pairs in zip(table.pair_types, matches, all_pairs, strict=True):
        alone = 1.0
        for own, other in ((a, b), (b, a)):
            if not table.repeats[other]:
                alone *= max(1.0 - found / max(int(table.sizes[own]), 1), _LEAST_UNMATCHED)
        odds.append(found / pairs / alone)
    return np.array(odds)


def links_of(table: RecordTable, patterns: Patterns, model: Model) -> Links:
    """Return the pairs with a probability of at least `LEAST_PROBABILITY`, sorted by record ids."""
    model = replace(model, counted=counted_in(table, model.counted))
    weights = pattern_weights(patterns, model.m, model.chance)
    hopeful = hopeful_patterns(table, patterns, model, weights)
    parts = in_parts(
        lambda part: _promising(table, patterns, model, weights, hopeful, part),
        len(patterns.pattern),
        _AT_ONCE,
    )
    kind, left, right, weight = side_by_side(np.concatenate, zip(*parts, strict=True))
    odds = np.exp2(np.minimum(weight + np.log2(model.odds)[kind], MOST_BITS))
    probability, _ = both(  # the ranks are asked for next
        lambda: _probability(table, kind, left, right, odds), lambda: table.id_ranks
    )
    keep = np.flatnonzero(probability >= LEAST_PROBABILITY)
    return as_links(table, left[keep], right[keep], weight[keep], probability[keep])


def hopeful_patterns(
    table: RecordTable, patterns: Patterns, model: Model, weights: Floats
) -> Flags:
    """Tell of which patterns a pair may be a link, or a rival of one, if its values are rare."""
    counted = counted_in(table, model.counted)
    most = weights + most_rarity_bits(patterns, model.chance, counted)
    return most + np.log2(model.odds)[patterns.pair_type] > NEGLIGIBLE_BITS


def _promising(
    table: RecordTable,
    patterns: Patterns,
    model: Model,
    weights: Floats,
    hopeful: Flags,
    part: slice,
) -> tuple[Rows, Rows, Rows, Floats]:
    """Return type, rows and weight of those of some pairs that may be links, or rivals of links."""
    prior = np.log2(model.odds)
    at = np.flatnonzero(hopeful.take(patterns.pattern[part]))
    pattern, left, right = (
        rows[part].take(at) for rows in (patterns.pattern, patterns.left, patterns.right)
    )
    kind = patterns.pair_type.take(pattern)
    weight = weights.take(pattern) + rarity_bits(
        table, patterns, model.chance, model.counted, pattern, left, right
    )
    at = np.flatnonzero(weight + prior.take(kind) > NEGLIGIBLE_BITS)
    return kind.take(at), left.take(at), right.take(at), weight.take(at)


def no_links(table: RecordTable) -> Links:
    """Return the links of records that have nothing to compare: none."""
    nowhere = np.zeros(0, dtype=np.int64)
    return as_links(table, nowhere, nowhere, np.zeros(0), np.zeros(0))


def as_links(
    table: RecordTable, left: Rows, right: Rows, weight: Floats, probability: Floats
) -> Links:
    """Return rows of the table that are linked as `Links`, sorted by record ids."""
    rank, ids = table.id_ranks, np.empty_like(table.record_id)
    ids[rank] = table.record_id
    places = np.arange(len(left), dtype=np.int32)  # no two links are of one cell: nothing adds up
    found = sparse.csr_array((places, (rank.take(left), rank.take(right))), shape=(len(table),) * 2)
    columns: dict[str, Callable[[], npt.NDArray[Any]]] = {
        "record_id_l": lambda: np.repeat(ids, np.diff(found.indptr)),
        "record_id_r": lambda: ids.take(found.indices),
        "match_weight": lambda: weight.take(found.data),
        "match_probability": lambda: probability.take(found.data),
    }
    in_order = side_by_side(lambda column: column(), columns.values())
    return pd.DataFrame(dict(zip(columns, in_order, strict=True)), copy=False)


def _probability(
    table: RecordTable, kind: npt.NDArray[np.int32], left: Rows, right: Rows, odds: Floats
) -> Floats:
    """Return the probability of each pair; a record competes within one other source."""
    probability = np.empty(len(odds))
    largest_first = np.argsort(-np.bincount(kind, minlength=len(table.pair_types)))

    def weigh(which: np.intp) -> None:
        at = np.flatnonzero(kind == which)
        a, b = table.pair_types[which]
        left_once, right_once = (np.full(len(at), not table.repeats[of]) for of in (b, a))
        found = paired_probability(
            left.take(at), right.take(at), odds.take(at), left_once, right_once
        )
        probability[at] = found

    for _ in side_by_side(weigh, largest_first):
        pass
    return probability
