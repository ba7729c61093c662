"""One record, one partner: what it means for a link that others compete for the same record.

Where a source holds each entity once, any record has at most one partner in it. The
probability that a pair is a match is then its share among all ways to pair the records up, each way
weighted by the product of its pairs' odds. Sums over all pairings are approximated by passing
messages along the candidate pairs (the sum–product algorithm for matchings: Huang and Jebara 2009,
"Approximating the permanent with belief propagation"), which is exact where the pairs form no loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator.linkage.encoding import Flags, Floats, Rows

ROUNDS = 6
"""How often messages are passed."""


def paired_probability(
    left: Rows, right: Rows, odds: Floats, left_once: Flags, right_once: Flags
) -> Floats:
    """Return the probability of each pair, given which records have at most one partner.

    Parameters
    ----------
    left, right : int arrays
        The records of each pair; equal numbers are the same record.
    odds : float array
        Odds of each pair against both of its records having no partner; all > 0.
    left_once, right_once : bool arrays
        Whether the pair's left (right) record has at most one partner; the same for all its pairs.

    Examples
    --------
    Alone, a pair has odds / (1 + odds). Two equal rivals for one record share what is left:

    >>> once, often = np.ones(2, bool), np.zeros(2, bool)
    >>> one, two, even = np.array([0, 0]), np.array([0, 1]), np.array([4.0, 4.0])
    >>> paired_probability(one, two, even, once, once).round(3).tolist()
    [0.444, 0.444]
    >>> paired_probability(one, two, even, often, once).round(3).tolist()
    [0.8, 0.8]
    """
    if not len(odds):
        return np.zeros(0)
    of_left, of_right = _records(left, left_once), _records(right, right_once)
    to_right, to_left = odds, odds
    for _ in range(ROUNDS):
        to_right, to_left = (
            _against_others(odds, to_left, *of_left),
            _against_others(odds, to_right, *of_right),
        )
    joint = to_right * to_left / odds
    return np.asarray(joint / (1.0 + joint))


def _records(record: Rows, once: Flags) -> tuple[Rows | slice, Rows]:
    """Return the pairs whose record has at most one partner, and a number for that record."""
    pairs = slice(None) if once.all() else np.flatnonzero(once)
    found = record[pairs]
    return pairs, (found - found.min(initial=record.max())).astype(np.intp)


def _against_others(odds: Floats, messages: Floats, pairs: Rows | slice, record: Rows) -> Floats:
    """Return the odds, those of `pairs` against the messages of all others of their record too."""
    own = messages[pairs]
    others = np.maximum(np.bincount(record, weights=own).take(record) - own, 0.0)
    found = odds.copy()
    found[pairs] /= 1.0 + others
    return found
