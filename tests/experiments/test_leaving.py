from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.leaving import files_now, files_without, tied_pairs, town_of
from simulator.exposure.known_through_others import known_weight
from simulator.pipeline import collect_records, run, run_on
from simulator.scenario import load_scenario
from simulator.sources import obtain
from tests.experiments import four_people
from tests.experiments.four_people import ANN, BO, CY, DEE


@pytest.fixture(scope="module")
def worked():
    return town_of(four_people.result())


@pytest.fixture(scope="module")
def town():
    return town_of(run(load_scenario("town", people=300)))


def told(files, entity_id):
    """Return (holder, fact, whether it is right) for what is told of one person."""
    rows = files.told.loc[files.told["entity_id"] == entity_id]
    return set(rows[["holder_id", "fact", "is_right"]].itertuples(index=False, name=None))


def weight(town, files, *entity_id):
    return known_weight(files.told, town.weights, np.array(entity_id)).tolist()


def test_the_worked_town_while_everybody_stays(worked):
    files = files_now(worked)
    assert told(files, ANN) == {
        (CY, "handle", True),
        (CY, "employer", True),
        (CY, "home_address", False),
        (DEE, "handle", True),
        (DEE, "employer", False),
        (BO, "phone", True),
        (BO, "home_address", True),
    }
    assert told(files, DEE) == {
        (ANN, "handle", True),
        (ANN, "employer", False),
        (ANN, "home_address", False),
        (BO, "phone", False),  # her former number
        (BO, "home_address", False),
    }
    assert weight(worked, files, ANN, BO, CY, DEE) == [8, 4, 4, 2]


def test_leaving_alone_takes_nothing_of_what_others_say(worked):
    files = files_without(worked, np.array([ANN]))
    assert told(files, ANN) == told(files_now(worked), ANN)
    own = files.dossiers.facts
    nowhere_else = known_weight(files.told, worked.weights, np.array([ANN]), own)
    assert nowhere_else.tolist() == [4]
    assert 201 not in set(files.dossiers.records["record_id"])
    assert 301 in set(files.dossiers.records["record_id"])  # a line cannot be left
    assert weight(worked, files, CY) == [0]  # Ann's profile listed him


def test_leaving_with_all_ties_leaves_what_cannot_be_left(worked):
    files = files_without(worked, np.array([ANN, BO, CY, DEE]))
    assert told(files, ANN) == {(BO, "phone", True), (BO, "home_address", True)}
    assert weight(worked, files, ANN, DEE) == [4, 0]


def test_household_and_ties_of_the_worked_town(worked):
    pairs = tied_pairs(worked.result.population, np.array([ANN]))
    assert set(pairs["entity_id"]) == {ANN}
    assert sorted(pairs[["tied_id", "tie"]].itertuples(index=False, name=None)) == [
        (BO, "household"),
        (CY, "coworker"),
        (CY, "friend"),
        (DEE, "friend"),
    ]


@pytest.mark.slow
def test_whoever_leaves_is_gone_from_the_lists_that_let_them_and_from_no_other(town):
    gone = town.result.people.index.to_numpy()[::3]
    before = town.result.dossiers.records
    after = files_without(town, gone).dossiers.records
    left = before["source"].isin(["social", "broker"]) & before["entity_id"].isin(gone)
    assert left.any()
    assert set(after["record_id"]) == set(before.loc[~left, "record_id"])


def test_nobody_leaving_changes_nothing(town):
    files = files_without(town, np.array([], dtype=np.int64))
    pd.testing.assert_frame_equal(files.told, files_now(town).told)
    pd.testing.assert_frame_equal(files.dossiers.facts, town.result.dossiers.facts)


def test_joining_anew_with_what_was_learnt_tells_the_same(town):
    """Links are kept from the run; linking what is left by the same model gives as much."""
    scenario, result = town.result.scenario, town.result
    gone = result.people.index.to_numpy()[::3]
    files = files_without(town, gone)
    left = set(files.dossiers.records["record_id"])
    population, collected = collect_records(scenario, population=result.population)
    records = {name: frame.loc[frame.index.isin(left)] for name, frame in collected.records.items()}
    truth = collected.truth.loc[collected.truth["record_id"].isin(left)].reset_index(drop=True)
    collected = type(collected)(records, truth)
    obtained = obtain(scenario, population, collected)
    again = run_on(
        scenario, population, collected, obtained, given=result.learnt.model, every_step=False
    )
    anew = files_now(town_of(again))
    ours, theirs = (known_weight(each.told, town.weights, gone).sum() for each in (files, anew))
    assert ours > 0
    assert ours == pytest.approx(theirs, rel=0.03)


def test_an_opt_out_changes_no_record():
    scenario = load_scenario("town", people=60)
    social = scenario.sources["social"].model_copy(update={"opt_out": False})
    closed = scenario.model_copy(update={"sources": {**scenario.sources, "social": social}})
    assert scenario.with_opt_out() == ("social", "broker")
    assert closed.with_opt_out() == ("broker",)
    _, one = collect_records(scenario)
    _, other = collect_records(closed)
    for name, frame in one.records.items():
        pd.testing.assert_frame_equal(frame, other.records[name])
