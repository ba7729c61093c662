import numpy as np
import pandas as pd
import pytest

from simulator.exposure.face_matches import false_match_rates
from simulator.face_templates import face_column
from simulator.tables import FACE, FACE_SIZE


def source(people, axes):
    """Return records about these people, whose faces point along these axes."""
    templates = np.eye(FACE_SIZE, dtype=np.float32)[axes]
    column = pd.array(face_column(templates, np.ones(len(axes), dtype=bool)), dtype=FACE)
    return pd.DataFrame({"face": column}, index=pd.Index(people, name="record_id"))


def test_only_different_people_of_one_group_count():
    # 30 people of group x: each is 1000 + its number in the other list; all of y look the same
    x, y = np.arange(30), np.arange(30, 50)
    one = source(np.r_[x, y], np.r_[x, np.full(20, 60)])
    other = source(1000 + np.r_[x, y], np.r_[x, np.full(20, 60)])
    whose = pd.Series(np.r_[x, y, x, y], index=np.r_[one.index, other.index])
    group = pd.Series(["x"] * 30 + ["y"] * 20)
    rates = false_match_rates(one, other, whose, group, 1e-4)
    assert list(rates) == ["x", "y"]
    assert rates["x"].value == 0.0
    assert rates["x"].n == 30 * 29
    assert rates["y"].value == 1.0
    assert rates["y"].n == 20 * 19
    assert rates["x"].high == pytest.approx(0.0044, abs=1e-3)


def test_too_few_pairs_give_no_rate():
    one, other = source([0, 1], [0, 1]), source([2, 3], [0, 1])
    whose = pd.Series([0, 1, 2, 3], index=[0, 1, 2, 3])
    rate = false_match_rates(one, other, whose, pd.Series(["x"] * 4), 1e-4)["x"]
    assert rate.n == 4
    assert np.isnan(rate.value)
