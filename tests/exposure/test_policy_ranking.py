from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from simulator.exposure.policy_ranking import _layers, rank


def effects(policy, everyone, untrue, groups):
    rows = [
        [policy, "all", "exposure_share", everyone],
        [policy, "all", "wrongful_share", untrue],
        *([policy, group, "exposure_share", value] for group, value in groups.items()),
    ]
    frame = pd.DataFrame(rows, columns=["policy", "group", "metric", "value"])
    return frame.assign(low=frame["value"] - 0.01, high=frame["value"] + 0.01)


def test_the_hardest_hit_group_is_the_one_whose_exposure_falls_least():
    found = rank(effects("ban", -0.2, 0.0, {"a": -0.3, "b": -0.05, "c": np.nan}))
    row = found.iloc[0]
    assert row["hardest_group"] == "b"
    assert row["hardest_group_exposure_share"] == -0.05
    assert row["hardest_group_exposure_share_high"] == -0.05 + 0.01


def test_without_a_group_that_is_large_enough_everyone_stands_in():
    found = rank(effects("ban", -0.2, 0.0, {"a": np.nan}))
    assert found["hardest_group"].isna().all()
    assert found["hardest_group_exposure_share"].tolist() == [-0.2]


def test_equal_policies_share_a_rank():
    both = pd.concat([effects(name, -0.1, 0.0, {"a": 0.0}) for name in ("one", "other")])
    assert rank(both)["rank"].tolist() == [1, 1]


@given(arrays.arrays(float, st.tuples(st.integers(1, 8), st.just(3)), elements=st.floats(-1, 1)))
def test_nobody_is_beaten_within_a_rank_and_everybody_below_is_beaten_from_above(points):
    layers = np.array(_layers(points))

    def beats(one, other):
        return (points[one] <= points[other] + 1e-12).all() and (
            points[one] < points[other] - 1e-12
        ).any()

    for place, layer in enumerate(layers):
        assert not any(beats(other, place) for other in np.flatnonzero(layers == layer))
        if layer > 1:
            assert any(beats(other, place) for other in np.flatnonzero(layers == layer - 1))
