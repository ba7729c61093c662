from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.placebo import Removed, removed, take_at_random
from simulator.pipeline import collect_records
from simulator.scenario import load_scenario
from simulator.sources import obtain
from simulator.tables import RECORD_DATE, Collected


@pytest.fixture(scope="module")
def obtained():
    scenario = load_scenario("town", people=150)
    return obtain(scenario, *collect_records(scenario))


def less(records=0, **cells):
    return Removed(records, cells, 0.0, 0.0)


def records_count(held):
    return sum(len(frame) for frame in held.collected.records.values())


def cells_of(held, source):
    frame = held.collected.records[source].drop(columns=RECORD_DATE)
    return int(frame.notna().sum().sum())


@pytest.mark.parametrize("count", [0, 1, 200])
def test_exactly_as_many_records_go(obtained, count):
    left = take_at_random(obtained, less(count), 1)
    assert records_count(obtained) - records_count(left) == count
    ids = np.concatenate([frame.index for frame in left.collected.records.values()])
    assert set(left.collected.truth["record_id"]) == set(ids)


def test_records_go_from_all_sources_in_proportion(obtained):
    half = records_count(obtained) // 2
    left = take_at_random(obtained, less(half), 1)
    for name, frame in obtained.collected.records.items():
        assert len(left.collected.records[name]) == pytest.approx(len(frame) / 2, rel=0.25)


def test_which_records_go_depends_on_the_seed_alone(obtained):
    one, again, other = (take_at_random(obtained, less(100), seed) for seed in (1, 1, 2))
    for name in one.collected.records:
        pd.testing.assert_frame_equal(one.collected.records[name], again.collected.records[name])
    assert any(
        not one.collected.records[name].index.equals(other.collected.records[name].index)
        for name in one.collected.records
    )


def test_exactly_as_many_cells_of_the_same_sources_are_emptied(obtained):
    left = take_at_random(obtained, less(dmv=70, social=5), 1)
    for source, count in {"dmv": 70, "social": 5, "broker": 0, "utility": 0}.items():
        assert cells_of(obtained, source) - cells_of(left, source) == count
    before, after = (held.collected.records["dmv"] for held in (obtained, left))
    kept = after.notna()
    assert before.dtypes.equals(after.dtypes)
    assert before.where(kept).equals(after.where(kept))
    assert before[RECORD_DATE].equals(after[RECORD_DATE])


def test_no_more_cells_can_be_emptied_than_there_are(obtained):
    left = take_at_random(obtained, less(dmv=10**9), 1)
    assert cells_of(left, "dmv") == 0


def frame(ids, **columns):
    return pd.DataFrame({**columns, RECORD_DATE: "2026-01-01"}, index=pd.Index(ids))


def held(**records):
    return Collected(records, pd.DataFrame())


def test_records_and_cells_are_counted_by_hand():
    """One of three records goes; of the two left a plate goes and a birth date becomes a year."""
    before = held(a=frame([1, 2], plate=["x", "y"], birth_date=["1990-01-01", None]), b=frame([3]))
    after = held(a=frame([1, 2], plate=["x", None], birth_year=["1990", None]))
    found = removed(before, after)
    assert found == Removed(1, {"a": 2}, 1 / 3, 2 / 3)
    assert not found.is_nothing


def test_what_is_added_is_not_removed():
    before = held(a=frame([1], plate=[None]))
    after = held(a=frame([1, 2], plate=["x", "y"]), b=frame([3]))
    found = removed(before, after)
    assert found.records_count == -2
    assert found.cells_count == {"a": 0}
    assert found.is_nothing
