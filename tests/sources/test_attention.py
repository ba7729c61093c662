import numpy as np
import pandas as pd
import pytest

from simulator.sources.attention import Attention, area_factors

SQUARES = [f"{letter}{row}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for row in range(1, 201)]


@pytest.mark.parametrize("spread", [0.3, 1.0])
def test_factors_are_log_normal_with_mean_one(spread):
    factors = area_factors(3, SQUARES, spread)
    assert factors.mean() == pytest.approx(1.0, abs=0.07)
    assert np.log(factors).std() == pytest.approx(spread, rel=0.03)
    assert np.log(factors).mean() == pytest.approx(-(spread**2) / 2, abs=0.05)


def test_the_same_squares_are_watched_more_by_every_source():
    little, much = (area_factors(3, SQUARES, spread) for spread in (0.2, 1.5))
    assert (np.argsort(little) == np.argsort(much)).all()
    assert not np.array_equal(area_factors(4, SQUARES, 1.5), much)


def test_a_square_does_not_depend_on_the_others():
    among = area_factors(3, SQUARES, 1.0)
    alone = area_factors(3, pd.array([SQUARES[7], None], dtype="string[pyarrow]"), 1.0)
    assert alone.tolist() == [among[7], 1.0]


def test_attention_speaks_of_its_sources_only():
    attention = Attention(
        areas=pd.Series({"A1": 2.0, "B1": 0.5}), people=pd.Series({4: 10.0}), sources=("stops",)
    )
    who, where = np.array([4, 5, 6]), ["A1", "B1", "C1"]
    assert attention.factors("stops", who, where).tolist() == [20.0, 0.5, 1.0]
    assert attention.factors("tips", who, where).tolist() == [1.0, 1.0, 1.0]
