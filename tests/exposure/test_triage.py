"""The rule's points, its flags and its errors, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure import resample_households
from simulator.exposure.triage import (
    FEEDBACK,
    flag_top,
    measure_feedback,
    measure_flagged,
    points_of_people,
    true_outcomes,
)
from simulator.tables import Dossiers


def dossiers() -> Dossiers:
    """Return two dossiers: 1 holds two stops (one of them somebody else's) and a case, 2 a stop."""
    records = pd.DataFrame(
        {
            "record_id": [10, 11, 12, 13, 14],
            "source": pd.Categorical(["police", "police", "police", "dmv", "police"]),
            "entity_id": [1, 3, 2, 2, 4],
            "owner_id": [1, 1, 2, 2, -1],
        }
    )
    facts = pd.DataFrame(
        {
            "entity_id": [1, 2, 2],
            "fact": pd.Categorical(["open_case", "sex", "open_case"]),
            "sensitive": [True, False, True],
        }
    )
    facts = facts.drop(index=2)
    return Dossiers(facts, pd.DataFrame(), records, pd.Series(dtype="float64"))


def test_points_count_what_is_on_file_even_if_it_is_another_persons():
    points = points_of_people({"police": 2.0, "open_case": 5.0, "sex": 9.0}, dossiers())
    assert points.to_dict() == {1: 9.0, 2: 2.0}  # a fact that is not sensitive gives none


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.floats(0, 1), st.integers(0, 9))
def test_whoever_is_flagged_has_at_least_the_points_of_whoever_is_not(points, share, seed):
    scores = pd.Series(points, dtype="float64")
    flagged = flag_top(scores, share, seed)
    assert flagged.sum() <= max(round(share * len(points)), 1 if share > 0 else 0)
    assert flagged.any() == (share > 0 and max(points) > 0)
    assert not flagged[scores == 0].any()
    if flagged.any() and not flagged.all():
        assert scores[flagged].min() >= scores[~flagged].max()


def test_equal_points_are_drawn_by_lot_and_the_lot_does_not_change():
    points = pd.Series(1.0, index=range(1000))
    one, again = flag_top(points, 0.3, 4), flag_top(points, 0.3, 4)
    assert one.equals(again)
    assert one.sum() == 300
    assert 0.2 < one.iloc[:500].mean() < 0.4


def test_whom_it_ought_to_find_is_alike_in_every_group():
    count = 40_000
    people = pd.DataFrame({"age": np.where(np.arange(count) % 4, 40, 10)})
    drawn = true_outcomes(people, 0.1, 7)
    assert not drawn[people["age"] < 18].any()
    adults = drawn[people["age"] >= 18]
    assert adults[::2].mean() == pytest.approx(0.1, abs=0.01)
    assert adults[1::2].mean() == pytest.approx(0.1, abs=0.01)


def test_shares_of_the_flagged_by_hand():
    people = pd.DataFrame({"group": pd.Categorical(["a"] * 40 + ["b"] * 40 + ["c"] * 5)})
    flagged = pd.Series([True] * 30 + [False] * 55)
    ought = pd.Series([True] * 10 + [False] * 70 + [True] * 5)
    value = measure_flagged(people, flagged, ought).set_index(["group", "metric"])["value"]
    assert value["a", "flagged_share"] == 0.75
    assert value["a", "wrongly_flagged_share"] == pytest.approx(20 / 30)
    assert value["all", "right_of_flagged_share"] == pytest.approx(1 / 3)
    assert value["all", "flagged_share"] == pytest.approx(30 / 85)
    assert np.isnan(value["b", "flagged_share"])  # nobody is flagged
    assert np.isnan(value["c", "flagged_share"])  # five people are too few to speak of


@pytest.mark.parametrize(("flagged_count", "is_told"), [(4, False), (5, True)])
def test_a_group_of_whom_few_are_flagged_is_not_told_of(flagged_count, is_told):
    people = pd.DataFrame({"group": pd.Categorical(["a"] * 40 + ["b"] * 40)})
    flagged = pd.Series([True] * flagged_count + [False] * 75 + [True] * (5 - flagged_count))
    told = measure_flagged(people, flagged, pd.Series(False, index=people.index))
    value = told.set_index(["group", "metric"])["value"]
    assert (value["a", "flagged_share"] == 5 / 40) == is_told
    assert (value["a", "wrongly_flagged_share"] == 5 / 40) == is_told
    assert np.isnan(value["a", "flagged_share"]) != is_told
    assert value["all", "flagged_share"] == 5 / 80  # of everyone it is told


def test_that_none_of_many_flagged_is_right_is_told():
    people = pd.DataFrame({"group": pd.Categorical(["a"] * 40)})
    flagged, ought = pd.Series(True, index=people.index), pd.Series(False, index=people.index)
    value = measure_flagged(people, flagged, ought).set_index(["group", "metric"])["value"]
    assert value["a", "right_of_flagged_share"] == 0


def households(count):
    """Return residents of two groups, two to a household, and the resamples of their town."""
    people = pd.DataFrame(
        {
            "group": pd.Categorical(["a", "b"] * (count // 2)),
            "household_id": np.arange(count) // 2,
        }
    )
    return people, resample_households(people["household_id"], 3)


def test_the_share_of_records_on_flagged_by_hand():
    """Each of 60 people has a record, each of the first 20 (flagged) two more: 60 of 100."""
    people, resamples = households(60)
    flagged = people.index.to_series() < 20
    records = pd.Series(1, index=people.index) + 2 * flagged
    told = measure_feedback(people, flagged, records, resamples).set_index("group")
    assert told.loc["all", ["value", "n"]].tolist() == [0.6, 100]
    assert told.loc["a", ["value", "n"]].tolist() == [0.6, 50]
    assert told.loc["all", "low"] < 0.6 < told.loc["all", "high"]
    assert set(told["interval"]) == {"household_bootstrap"}
    assert set(told["metric"]) == {FEEDBACK}


def test_records_of_few_people_are_not_told_of_however_many_they_are():
    people, resamples = households(60)
    flagged = people.index.to_series() < 20
    few = pd.Series(1000, index=people.index[:19])
    assert measure_feedback(people, flagged, few, resamples)["value"].isna().all()
    lone = people.index.to_series() < 8  # four of either group
    told = measure_feedback(people, lone, pd.Series(1, index=people.index), resamples)
    value = told.set_index("group")["value"]
    assert value["all"] == pytest.approx(8 / 60)
    assert value[["a", "b"]].isna().all()
