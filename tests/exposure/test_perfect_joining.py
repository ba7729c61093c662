import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exposure.attribution import shapley
from simulator.exposure.perfect_joining import PerfectJoining


def random_holdings(seed, players, people, facts):
    rng = np.random.default_rng(seed)
    credit = rng.choice([0.0, 0.1, 0.2, 0.3], (players, people, facts)) / facts
    return PerfectJoining(credit, rng.random((players, people)) < 0.4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))
def test_the_closed_form_is_the_shapley_value_of_all_subsets(seed, players, people, facts):
    perfect = random_holdings(seed, players, people, facts)
    values = perfect.value_of(np.arange(1 << players))
    assert perfect.shapley() == pytest.approx(shapley(values), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_without_mistakes_more_lists_never_tell_less(seed):
    values = random_holdings(seed, 4, 5, 2).value_of(np.arange(16))
    for subset in range(16):
        for player in range(4):
            assert values[subset | 1 << player] >= values[subset]


def test_whoever_is_named_nowhere_is_known_to_nobody():
    perfect = PerfectJoining(np.full((2, 1, 1), 0.5), np.zeros((2, 1), dtype=bool))
    assert perfect.value_of(np.arange(4)).tolist() == [0, 0, 0, 0]
    assert perfect.shapley().tolist() == [0, 0]
