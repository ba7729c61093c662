import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure import intervals
from simulator.exposure.intervals import (
    FEWEST_PEOPLE,
    Ratio,
    household_bootstrap,
    resample_households,
    wilson,
)


def test_wilson_agrees_with_a_published_example():
    # Newcombe (1998), Statistics in Medicine 17:857: 81 of 263 gives 0.2553 to 0.3662
    rate = wilson(81, 263)
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.2553, 0.3662)


@given(st.integers(FEWEST_PEOPLE, 10**6), st.floats(0, 1))
def test_wilson_stays_within_bounds_and_around_its_value(n, share):
    rate = wilson(round(share * n), n)
    assert 0 <= rate.low <= rate.value <= rate.high <= 1


def mean(values):
    return Ratio(np.asarray(values, dtype=float), np.ones(len(values)), len(values))


def bootstrapped(values, households, seed=1):
    resamples = resample_households(pd.Series(households), seed)
    bag = resamples.bag.reindex(households).to_numpy()
    return household_bootstrap([mean(values)], bag, resamples)[0]


def test_the_interval_is_as_wide_as_theory_says():
    values = np.arange(2000) % 2
    rate = bootstrapped(values, np.arange(2000))
    assert rate.value == 0.5
    # 2 x 1.96 x sqrt(0.25 / 2000) = 0.0438
    assert rate.high - rate.low == pytest.approx(0.0438, rel=0.2)


def test_households_of_equals_count_as_one():
    values = np.repeat(np.arange(500) % 2, 4)
    together = bootstrapped(values, np.repeat(np.arange(500), 4))
    apart = bootstrapped(values, np.arange(2000))
    assert together.high - together.low > 1.6 * (apart.high - apart.low)


def test_bags_of_households_give_the_same_width(monkeypatch):
    values = np.arange(3000) % 2
    alone = bootstrapped(values, np.arange(3000))
    monkeypatch.setattr(intervals, "MOST_BAGS", 600)
    bags = resample_households(pd.Series(np.arange(3000)), 1)
    assert bags.weights.shape == (200, 600)
    in_bags = bootstrapped(values, np.arange(3000))
    assert in_bags.high - in_bags.low == pytest.approx(alone.high - alone.low, rel=0.25)


def test_a_household_draws_the_same_weights_in_any_company():
    few = resample_households(pd.Series([7, 3]), 1)
    many = resample_households(pd.Series([9, 3, 5, 7, 7]), 1)
    np.testing.assert_array_equal(few.weights[:, few.bag[7]], many.weights[:, many.bag[7]])
    assert many.weights.mean() == pytest.approx(1, abs=0.15)
    other = resample_households(pd.Series([7, 3]), 2)
    assert (other.weights != few.weights).any()


def test_a_figure_about_few_is_withheld_and_its_n_is_not():
    rate = bootstrapped(np.ones(19), np.arange(19))
    assert (rate.n, rate.interval) == (19, "none")
    assert np.isnan([rate.value, rate.low, rate.high]).all()
