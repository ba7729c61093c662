"""Laws that hold in every town, whatever is wrong in its records and however they are joined."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.growth import measure_step
from simulator.exposure.intervals import resample_households
from simulator.exposure.person import measure_people
from tests.dossiers.five_people import COLUMNS, scenario
from tests.dossiers.random_town import (
    one_cluster_each,
    random_membership,
    random_population,
    random_records,
)

SEEDS = st.integers(0, 2**32 - 1)
SETTINGS = settings(max_examples=15, deadline=None)
SHARES = ["exposure_share", "unjoined_share", "surplus", "fragmentation", "missed_share"]


def a_town(seed, errors_share):
    rng = np.random.default_rng(seed)
    population = random_population(rng)
    collected = random_records(rng, population, errors_share)
    return population, collected, random_membership(rng, collected)


def joined(population, collected, membership, sources=tuple(COLUMNS)):
    town = ground(scenario(), population)
    return assemble(town, statements(town, collected), membership, sources)


@SETTINGS
@given(SEEDS, st.floats(0, 1), st.integers(0, 4))
def test_shares_are_shares_and_exposure_adds_up(seed, errors_share, sources_count):
    population, collected, membership = a_town(seed, errors_share)
    found = joined(population, collected, membership, tuple(COLUMNS)[:sources_count])
    people = measure_people(found, population)
    assert people[SHARES].fillna(0).ge(0).all(axis=None)
    assert people[SHARES].fillna(0).le(1 + 1e-12).all(axis=None)
    assert people["exposure_share"].to_numpy() == pytest.approx(
        (people["unjoined_share"] + people["surplus"] - people["fragmentation"]).to_numpy()
    )
    assert (people["rightly_joined_pairs"] <= people["joined_pairs"]).all()
    assert (people["rightly_joined_pairs"] <= people["true_pairs"]).all()
    assert not people.loc[~people["named"], ["wrongful", "false_dossier", "reidentified"]].any(
        axis=None
    )
    rows = measure_step(people, resample_households(people["household_id"], 1), 1, "x")
    defined = rows.loc[rows["interval"] != "none", ["value", "low", "high"]]
    assert defined.ge(-1e-12).all(axis=None)
    assert defined.le(1 + 1e-12).all(axis=None)


@SETTINGS
@given(SEEDS)
def test_perfect_linkage_of_faultless_records_wrongs_nobody(seed):
    population, collected, _ = a_town(seed, 0)
    people = measure_people(joined(population, collected, one_cluster_each(collected)), population)
    assert not people[["wrongful", "false_dossier", "outdated"]].any(axis=None)
    assert (people["fragmentation"] == 0).all()
    assert people["missed_share"].fillna(0).eq(0).all()
    assert people["joined_pairs"].tolist() == people["true_pairs"].tolist()


@SETTINGS
@given(SEEDS)
def test_fusing_everyone_exposes_at_most_one(seed):
    population, collected, membership = a_town(seed, 0.1)
    people = measure_people(joined(population, collected, membership * 0), population)
    assert people["named"].sum() <= 1
    assert people["exposure_share"].mean() <= 1 / len(people)


@SETTINGS
@given(SEEDS, st.floats(0, 1))
def test_the_order_of_rows_changes_nothing(seed, errors_share):
    population, collected, membership = a_town(seed, errors_share)
    rng = np.random.default_rng(seed + 1)

    def shuffled(frame):
        return frame.iloc[rng.permutation(len(frame))]

    other_population = replace(
        population,
        people=shuffled(population.people),
        addresses=shuffled(population.addresses),
        history=shuffled(population.history),
    )
    other_collected = replace(
        collected,
        records={name: shuffled(frame) for name, frame in collected.records.items()},
        truth=shuffled(collected.truth),
    )
    found = joined(population, collected, membership)
    other = joined(other_population, other_collected, shuffled(membership))
    pd.testing.assert_frame_equal(found.records, other.records)
    # former values are numbered as they come, so codes may differ, and nothing else
    pd.testing.assert_frame_equal(
        found.facts.drop(columns="value"), other.facts.drop(columns="value")
    )
    pd.testing.assert_frame_equal(
        measure_people(found, population), measure_people(other, other_population)
    )
