"""m: how often two records of ONE entity agree, learnt without any labelled pair.

Expectation–maximisation after Fellegi and Sunter 1969 and Winkler 1988, over patterns. Several
passes are trained together: each looks only at pairs that agree on something telling (a name and a
birth date, an e-mail address …), never learns about the comparisons that chose its pairs, and has
its own share of matches; all passes share m. Every pass asks for something personal, so that
housemates are not taken for one entity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from simulator.linkage.chance import Chance
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Flags, Floats
    from simulator.linkage.patterns import Patterns

Pass: TypeAlias = Mapping[str, int]

PASSES: tuple[Pass, ...] = (
    {"given": 6, "surname": 7},
    {"given": 6, "birth_date": 4},
    {"surname": 7, "birth_date": 4},
    {"given": 6, "birth_month_day": 2},
    {"surname": 7, "birth_month_day": 2},
    {"birth_date": 4, "residence": 3},
    {"given": 6, "residence": 6},
    {"given": 6, "phone": 3},
    {"online": 3},
    {"national_id": 3},
    {"licence_number": 3},
    {"face": 3},
)
"""The least level of each comparison that a pass asks of its pairs."""

POOLED_PAIRS = 50.0
"""What the pooled m counts for in each pair of sources, in pairs (Dirichlet prior)."""

DECLARED_PAIRS = 10.0
"""What the declared m counts for in the pooled one, in pairs."""

ROUNDS = 40
_SETTLED = 1e-4
_LEAST_M = 1e-9


@dataclass(frozen=True)
class Block:
    """The patterns of one pass, or of several below one another, ready for the iterations.

    Attributes
    ----------
    shows : sparse array, patterns × (pair types × levels)
        1 for each level that a pattern shows, in the row of its pair type, but for the comparisons
        that chose the pairs.
    counts : float array
        How many pairs show the pattern.
    log_u : float array
        Log of the probability of those levels among non-matches.
    lot : int32 array
        Of one pass the pair type; of several, which pass and pair type: those of a lot have a
        share of matches in common.
    """

    shows: sparse.csr_array
    counts: Floats
    log_u: Floats
    lot: npt.NDArray[np.int32]


def train_m(
    patterns: Patterns, chance: Chance, within: Mapping[str, Flags]
) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """Learn m from all passes together.

    Parameters
    ----------
    patterns : Patterns
    chance : Chance
        The probabilities among non-matches, held fixed.
    within : mapping
        As of `attained`.

    Returns
    -------
    m : dict of float array, pair types × levels
        Comparison name -> probability of each level; rows sum to 1.
    untaught : tuple of str
        The comparisons of which the declared m counts for more than all matches of all passes.
    """
    comparisons = patterns.comparisons
    starts = np.r_[0, np.cumsum([len(c.levels) for c in comparisons])]
    types = chance.u[comparisons[0].name].shape[0]
    m = np.concatenate([declared_m(c, within[c.name]) for c in comparisons], axis=1)
    anywhere = [
        declared_m(c, np.asarray(within[c.name].any(axis=0, keepdims=True))) for c in comparisons
    ]
    declared = DECLARED_PAIRS * np.concatenate(anywhere, axis=1)
    levels = np.concatenate([within[c.name] for c in comparisons], axis=1)
    names = {c.name for c in comparisons}
    passes = (wanted for wanted in PASSES if set(wanted) <= names)
    block = _below_one_another(
        [_block(patterns, chance, wanted, starts, types) for wanted in passes], m.shape
    )
    counts = np.zeros(m.size)
    for _ in range(ROUNDS):
        counts = (_expect(block, np.log(m).ravel()) * block.counts) @ block.shows
        updated = _maximise(counts.reshape(m.shape), declared, levels, starts[:-1])
        moved = float(np.abs(updated - m).max())
        m = updated
        if moved < _SETTLED:
            break
    taught = np.add.reduceat(counts.reshape(m.shape).sum(axis=0), starts[:-1])
    return (
        {c.name: m[:, starts[i] : starts[i + 1]] for i, c in enumerate(comparisons)},
        tuple(c.name for i, c in enumerate(comparisons) if taught[i] < DECLARED_PAIRS),
    )


def attained(patterns: Patterns, types: int) -> dict[str, Flags]:
    """Return per comparison the levels up to the best that any pair shows: pair types × levels.

    What two sources write may not allow for more: by ZIP codes alone nobody is at the same door.
    Two sources without any such pair are taken to be like the others.
    """
    by_type = [patterns.levels[patterns.pair_type == kind] for kind in range(types)]
    reached = np.array([levels.max(axis=0, initial=0) for levels in by_type], dtype=np.int64)
    found = {}
    for comparison, best in zip(patterns.comparisons, reached.T, strict=True):
        best[best == 0] = best.max() or len(comparison.levels)
        found[comparison.name] = np.arange(len(comparison.levels)) < best[:, None]
    return found


def declared_m(comparison: Comparison, within: Flags) -> Floats:
    """Return the m assumed before learning, per pair type, over the levels that are attained."""
    return _shared_out(np.where(within, comparison.declared_m, 0.0), np.zeros(1, dtype=np.int64))


def _shared_out(found: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """Return probabilities in proportion to what is found; a comparison begins at each start."""
    total = np.add.reduceat(found, starts, axis=1)
    widths = np.diff(starts, append=found.shape[1])
    return np.asarray(np.maximum(found / np.repeat(total, widths, axis=1), _LEAST_M))


def strangers_share(
    patterns: Patterns, chance: Chance, m: Mapping[str, Floats], wanted: Pass
) -> float:
    """Return which share of the pairs that agree on `wanted` are not matches (0 to 1).

    Judged by everything else the pairs agree and differ on; half a pair of either kind is added, so
    that no pairs at all give one half.
    """
    comparisons = patterns.comparisons
    starts = np.r_[0, np.cumsum([len(c.levels) for c in comparisons])]
    types = chance.u[comparisons[0].name].shape[0]
    block = _block(patterns, chance, wanted, starts, types)
    log_m = np.log(np.concatenate([m[c.name] for c in comparisons], axis=1)).ravel()
    matches = float((_expect(block, log_m) * block.counts).sum())
    total = float(block.counts.sum())
    return (total - matches + 0.5) / (total + 1.0)


def _block(
    patterns: Patterns, chance: Chance, wanted: Pass, starts: npt.NDArray[np.int64], types: int
) -> Block:
    """Return the patterns that a pass looks at; its comparisons must be among those compared."""
    names = [c.name for c in patterns.comparisons]
    chosen = np.ones(len(patterns.levels), dtype=np.bool_)
    for name, level in wanted.items():
        chosen &= patterns.levels[:, names.index(name)] >= level
    rows = np.flatnonzero(chosen)
    kinds = patterns.pair_type[rows]
    free = [i for i, name in enumerate(names) if name not in wanted]
    levels = patterns.levels[rows][:, free].astype(np.int64)
    seen = levels > 0
    places = (kinds[:, None] * starts[-1] + starts[free][None, :] + levels - 1)[seen]
    ends = np.r_[0, np.cumsum(seen.sum(axis=1))]
    shape = len(rows), types * int(starts[-1])
    shows = sparse.csr_array((np.ones(len(places)), places, ends), shape=shape)
    log_u = log_chance(patterns, chance, rows) - _fixed_log_chance(
        patterns, chance, rows, tuple(wanted)
    )
    return Block(shows, patterns.counts[rows], log_u, kinds)


def log_chance(patterns: Patterns, chance: Chance, rows: npt.NDArray[np.int64]) -> Floats:
    """Return log u of whole patterns, surname and residence taken jointly."""
    return _fixed_log_chance(patterns, chance, rows, tuple(c.name for c in patterns.comparisons))


def _fixed_log_chance(
    patterns: Patterns, chance: Chance, rows: npt.NDArray[np.int64], of: tuple[str, ...]
) -> Floats:
    """Return log u of the given comparisons of each pattern."""
    kinds = patterns.pair_type[rows]
    total = np.zeros(len(rows))
    level = {
        c.name: patterns.levels[rows, i].astype(np.int64)
        for i, c in enumerate(patterns.comparisons)
    }
    joint = np.zeros(len(rows), dtype=np.bool_)
    if chance.household is not None and {"surname", "residence"} <= set(of):
        joint = (level["surname"] > 0) & (level["residence"] > 0)
        total[joint] += np.log(
            chance.household[
                kinds[joint], level["surname"][joint] - 1, level["residence"][joint] - 1
            ]
        )
    for name in of:
        seen = level[name] > 0
        if name in ("surname", "residence"):
            seen &= ~joint
        total[seen] += np.log(chance.u[name][kinds[seen], level[name][seen] - 1])
    return total


def _below_one_another(blocks: list[Block], shape: tuple[int, ...]) -> Block:
    """Return the patterns of several passes as one block; `shape` is that of m."""
    types = shape[0]
    return Block(
        sparse.vstack(
            [sparse.csr_array((0, math.prod(shape))), *(b.shows for b in blocks)], format="csr"
        ),
        np.concatenate([np.zeros(0), *(b.counts for b in blocks)]),
        np.concatenate([np.zeros(0), *(b.log_u for b in blocks)]),
        np.concatenate(
            [np.zeros(0, np.int32), *(b.lot + types * i for i, b in enumerate(blocks))],
            dtype=np.int32,
        ),
    )


def _expect(block: Block, log_m: Floats) -> Floats:
    """Return the probability of being a match for each pattern (the E step).

    The share of matches of each lot is solved for by a few inner rounds.
    """
    evidence = block.shows @ log_m - block.log_u
    total = np.bincount(block.lot, weights=block.counts)
    share = np.full(len(total), 0.5)
    probability = np.zeros(len(evidence))
    for _ in range(5):
        prior = np.log(share) - np.log1p(-share)
        probability = 1.0 / (1.0 + np.exp(-np.clip(evidence + prior[block.lot], -500, 500)))
        found = np.bincount(block.lot, weights=probability * block.counts)
        share = np.clip((found + 0.5) / (total + 1.0), 1e-9, 1 - 1e-9)
    return np.asarray(probability)


def _maximise(
    counts: Floats, declared: Floats, within: Flags, starts: npt.NDArray[np.int64]
) -> Floats:
    """Return m from expected level counts (the M step), drawn towards the pooled m.

    Parameters
    ----------
    counts : float array, pair types × levels of all comparisons
    declared : float array, 1 × levels
        What the declared m counts for, in pairs.
    within : bool array, pair types × levels
        As of `attained`.
    starts : int array
        Where the levels of each comparison begin.
    """
    pooled = counts.sum(axis=0) + declared
    drawn = counts + POOLED_PAIRS * _shared_out(np.where(within, pooled, 0.0), starts)
    return _shared_out(drawn, starts)
