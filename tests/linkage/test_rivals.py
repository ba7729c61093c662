from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.linkage.rivals import paired_probability


def by_listing(left, right, odds):
    """Return each pair's share of all ways to pair the records up, listing the ways."""
    total, share = 0.0, np.zeros(len(odds))
    for chosen in itertools.product([False, True], repeat=len(odds)):
        at = np.flatnonzero(chosen)
        if len(set(left[at])) < len(at) or len(set(right[at])) < len(at):
            continue
        weight = float(np.prod(odds[at]))
        total += weight
        share[at] += weight
    return share / total


@settings(max_examples=60, deadline=None)
@given(odds=st.lists(st.floats(0.01, 100), min_size=1, max_size=7))
def test_along_a_chain_of_rivals_the_result_is_exact(odds):
    steps = np.arange(len(odds))
    left, right = steps // 2 + steps % 2, steps // 2  # 0-0, 1-0, 1-1, 2-1 …
    once = np.ones(len(odds), dtype=bool)
    found = paired_probability(left, right, np.array(odds), once, once)
    assert found == pytest.approx(by_listing(left, right, np.array(odds)), abs=0.02)


@settings(max_examples=60, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=10, unique=True
    ),
    odds=st.floats(0.01, 1e6),
)
def test_a_record_never_has_more_than_one_partner_on_average(pairs, odds):
    left, right = np.array(pairs).T
    once = np.ones(len(pairs), dtype=bool)
    found = paired_probability(left, right, np.full(len(pairs), odds), once, once)
    assert ((found >= 0) & (found <= 1)).all()
    if len(set(left)) == 1 or len(set(right)) == 1:
        assert found.sum() <= 1 + 1e-6


def test_no_pairs_no_probabilities():
    nothing = np.zeros(0, dtype=np.int64)
    assert paired_probability(nothing, nothing, np.zeros(0), nothing > 0, nothing > 0).shape == (0,)
