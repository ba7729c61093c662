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
from simulator.exposure.anonymity import measure_anonymity
from simulator.exposure.attribution import shapley
from simulator.exposure.bypass import measure_bypass
from simulator.exposure.differences import compare_groups
from simulator.exposure.effort import measure_effort
from simulator.exposure.growth import SHARES as SHARES_OF_GROWTH
from simulator.exposure.growth import measure_step
from simulator.exposure.intervals import resample_households
from simulator.exposure.person import measure_people
from simulator.exposure.release_risk import measure_release, release_risks
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.scenario.schema import Scenario
from tests.dossiers.five_people import COLUMNS, scenario, scenario_with_roles
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
    defined = rows.loc[rows["interval"] != "none"].set_index("metric")[["value", "low", "high"]]
    bits = defined.index == "anonymity_bits"
    assert defined.loc[bits].le(np.log2(len(population.people)) + 1e-12).all(axis=None)
    defined = defined.loc[~bits]
    assert defined.ge(-1e-12).all(axis=None)
    assert defined.le(1 + 1e-12).all(axis=None)


@SETTINGS
@given(SEEDS, st.floats(0, 1))
def test_every_other_rate_is_a_rate_and_stands_within_its_interval(seed, errors_share):
    population, collected, membership = a_town(seed, errors_share)
    town = ground(scenario_with_roles(), population)
    found = assemble(town, statements(town, collected), membership, tuple(COLUMNS))
    people = measure_people(found, population)
    resamples = resample_households(people["household_id"], 1)
    group = people["group"]
    tables = [
        measure_bypass(found, people, resamples),
        measure_effort(people, people.index[::2].to_numpy(), 3, 0.5),
        measure_anonymity(people),
        measure_release(release_risks(found.true_codes, population.people.index.to_numpy()), group),
        compare_groups(people, SHARES_OF_GROWTH, ("exposure_share", "missed_share"), resamples),
    ]
    rows = pd.concat(tables, ignore_index=True).fillna({"side": "group"})
    is_rate = rows["metric"].str.endswith(("_share", "_risk")) & (rows["side"] != "ratio")
    rates = rows.loc[is_rate & rows["value"].notna()]
    assert len(rates)
    least = np.where(rates["side"] == "difference", -1, 0)
    assert (rates["value"] >= least - 1e-12).all()
    assert (rates["value"] <= 1 + 1e-12).all()
    certain = rates["low"].isna()
    assert (certain | ((rates["low"] >= least - 1e-12) & (rates["high"] <= 1 + 1e-12))).all()
    # a percentile interval of households drawn anew need not hold the figure itself
    wilson = rates.loc[rates["interval"] == "wilson"]
    assert (wilson["low"] <= wilson["value"]).all()
    assert (wilson["value"] <= wilson["high"]).all()


@SETTINGS
@given(SEEDS, st.floats(0, 1))
def test_what_each_source_brings_sums_to_the_whole_of_each_person(seed, errors_share):
    population, collected, membership = a_town(seed, errors_share)
    town = ground(scenario(), population)
    said = statements(town, collected)
    subsets = [
        [name for place, name in enumerate(COLUMNS) if number >> place & 1]
        for number in range(1 << len(COLUMNS))
    ]
    exposure = np.array(
        [
            measure_people(assemble(town, said, membership, sources), population)["exposure_share"]
            for sources in subsets
        ]
    )
    for person in exposure.T:
        assert shapley(person).sum() == pytest.approx(person[-1], abs=1e-12)
    by_source = shapley(exposure.mean(axis=1))
    assert by_source.sum() == pytest.approx(exposure[-1].mean(), abs=1e-12)


@SETTINGS
@given(SEEDS, st.floats(0, 1), st.sampled_from(tuple(COLUMNS)))
def test_what_is_known_without_joining_never_rises_when_a_source_leaves(seed, errors_share, gone):
    population, collected, membership = a_town(seed, errors_share)
    left = tuple(name for name in COLUMNS if name != gone)
    everything = measure_people(joined(population, collected, membership), population)
    without = measure_people(joined(population, collected, membership, left), population)
    assert (without["unjoined_share"] <= everything["unjoined_share"] + 1e-12).all()


def a_town_that_numbers_everybody(seed):
    """Return sixty residents; every record has their national number, and little else, rightly."""
    values = load_scenario("town", people=60, seed=seed).model_dump(mode="json")
    values["noise_enabled"] = False
    values["facts"] = {fact: values["facts"][fact] for fact in ("legal_name", "sex")}
    values["sensitive_facts"] = {}
    for name, source in values["sources"].items():
        columns = ["national_id", "first_name", "sex"]
        columns += ["last_name"] if name in ("broker", "dmv") else []
        source["fields"] = {column: {"role": "identifying"} for column in columns}
    return Scenario.model_validate(values)


@settings(max_examples=5, deadline=None)
@given(SEEDS)
def test_with_a_number_of_everybody_in_every_source_and_no_errors_no_link_is_wrong(seed):
    people = run(a_town_that_numbers_everybody(seed)).people
    assert people["rightly_joined_pairs"].tolist() == people["joined_pairs"].tolist()
    assert not people[["wrongful", "false_dossier"]].any(axis=None)
    # by first name and sex alone about a quarter of the pairs is joined
    assert people["joined_pairs"].sum() > 0.9 * people["true_pairs"].sum()


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
