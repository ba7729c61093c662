from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.randomness import Stream
from simulator.sources.housemates import NOBODY
from simulator.sources.sightings import sight
from simulator.sources.whereabouts import Whereabouts
from simulator.tables import FACE, FACE_SIZE, RECORD_DATE, TEXT, text
from tests.sources.mapped_town import mapped_scenario, mapped_town


@pytest.fixture(scope="module")
def population():
    return mapped_town(2000)


def sighted(name, population, **settings):
    scenario = mapped_scenario(**settings)
    stream = Stream(scenario.seed, name)
    return sight(scenario, name, scenario.sources[name], population, stream)


def same(one, other):
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert one.sightings.astype(str).equals(other.sightings.astype(str))
    assert np.array_equal(one.named.entity_id, other.named.entity_id)
    assert one.named.copied_from.keys() == other.named.copied_from.keys()
    for field, entity_id in one.named.copied_from.items():
        assert np.array_equal(entity_id, other.named.copied_from[field])


@pytest.fixture(scope="module")
def plates(population):
    return sighted("plates", population)


def test_frames_are_typed_sorted_and_in_order(plates):
    fields = mapped_scenario().sources["plates"].fields
    assert list(plates.frame.columns) == [*fields, RECORD_DATE]
    assert (plates.frame.dtypes == TEXT).all()
    assert plates.frame.index.name == "record_id"
    assert plates.frame.index.is_monotonic_increasing
    assert plates.frame.index.is_unique
    assert np.array_equal(plates.named.record_id, plates.frame.index)


def test_a_record_stands_for_one_token(plates):
    assert plates.frame["plate"].is_unique
    assert plates.frame["plate"].notna().all()


def test_the_table_of_sightings_is_what_is_behind_the_records(plates):
    behind = plates.sightings.groupby("record_id")
    frame = plates.frame
    assert np.array_equal(np.unique(plates.sightings["record_id"]), frame.index)
    assert (behind.size().astype(str) == frame["sightings_count"]).all()
    last = behind["seen_at"].max()
    assert (last.dt.strftime("%Y-%m-%dT%H:%M") == frame["seen_at"]).all()
    assert (last.dt.strftime("%Y-%m-%d") == frame[RECORD_DATE]).all()
    # among sightings of one hour it is any of them
    latest = plates.sightings.merge(last, on=["record_id", "seen_at"])
    said = latest["seen_area"].astype(str) == frame["seen_area"][latest["record_id"]].to_numpy()
    assert said.groupby(latest["record_id"]).any().all()


def test_misread_plates_are_tokens_of_their_own(plates, population):
    # two kinds of error, 5 % each
    read = plates.frame["plate"][plates.sightings["record_id"]].to_numpy()
    true = population.people["plate"][plates.sightings["entity_id"]].to_numpy()
    assert (read != true).mean() == pytest.approx(0.0975, abs=0.01)
    bearers = population.people["plate"][plates.named.entity_id].to_numpy()
    strange = (plates.frame["plate"].to_numpy() != bearers).astype(bool)
    assert plates.frame["sightings_count"][strange].astype(int).median() == 1
    quiet = sighted("plates", population, noise_enabled=False)
    true = population.people["plate"].reindex(quiet.named.entity_id)
    assert (true.to_numpy() == quiet.frame["plate"].to_numpy()).all()
    assert (quiet.named.copied_from["home_area"] == NOBODY).all()


def test_a_misread_plate_that_exists_is_about_its_bearer_and_the_square_is_the_others(population):
    # ten plates, each one digit away from every other
    people = population.people
    drives = np.flatnonzero(people["resident"].to_numpy() & (people["age"] >= 17).to_numpy())[:10]
    plates = np.full(len(people), None, dtype=object)
    plates[drives] = [f"Z{number}" for number in range(10)]
    few = people.assign(plate=text(plates))
    found = sighted(
        "plates",
        replace(population, people=few),
        sources__plates__sightings={"per_person_day": 3.0},
        sources__plates__coverage={"share": 1.0, "minimum_age_years": 17},
        sources__plates__noise={"wrong_digit": {"cells_share": 0.1}},
    )
    assert len(found.frame) == 10
    true = few["plate"].reindex(found.named.entity_id)
    assert (true.to_numpy() == found.frame["plate"].to_numpy()).all()
    behind = found.sightings.groupby("record_id")["entity_id"].nunique()
    assert (behind > 1).sum() >= 5
    last = found.sightings.groupby("record_id")["entity_id"].last().to_numpy()
    of_others = last != found.named.entity_id
    copied = found.named.copied_from["seen_area"]
    assert of_others.any()
    assert np.array_equal(copied[of_others], last[of_others])


def test_a_track_knows_home_and_work(population):
    pings = sighted("pings", population, sources__pings__sightings={"per_person_day": 8.0})
    world = Whereabouts(mapped_scenario(), population)
    rows = world.people.index.get_indexer(pd.Index(pings.named.entity_id))
    home = np.array(world.squares.text(world.home[rows]).to_pylist())
    assert (pings.frame["home_area"].to_numpy() == home).mean() > 0.99
    employed = world.work[rows] >= 0
    work = np.array(world.squares.text(world.work[rows]).to_pylist())
    said = pings.frame["work_area"].to_numpy()
    assert (said[employed] == work[employed]).mean() > 0.97


def test_being_seen_at_a_haunt_states_the_fact_true_or_not(population):
    apps = sighted("apps", population)
    at_chapel = apps.sightings.loc[apps.sightings["haunt"] == "chapel", "record_id"].unique()
    stated = apps.frame["worship"].notna()
    assert set(apps.frame.index[stated]) == set(at_chapel)
    assert set(apps.frame["worship"].dropna()) == {"Chapel"}
    true = population.people["worship"].reindex(apps.named.entity_id).notna().to_numpy()
    assert (stated.to_numpy() & true).any()
    assert (stated.to_numpy() & ~true).any()
    # the gym says nothing
    assert (apps.sightings["haunt"] == "gym").any()


def test_a_housemate_at_the_wheel_is_told_apart_in_the_truth(population):
    found = sighted(
        "plates",
        population,
        sources__plates__noise={},
        sources__plates__sightings={"per_person_day": 1.0, "wrong_person_share": 0.4},
    )
    copied = found.named.copied_from["seen_area"]
    strange = copied != NOBODY
    assert 0.1 < strange.mean() < 0.4
    household_id = population.people["household_id"]
    same_home = household_id[copied[strange]].to_numpy()
    assert np.array_equal(same_home, household_id[found.named.entity_id[strange]])


def test_whoever_is_in_it_bears_the_token(population):
    people = population.people.assign(
        plate=population.people["plate"].where(population.people["age"] >= 30)
    )
    found = sighted("plates", replace(population, people=people))
    assert (people["age"].reindex(found.named.entity_id) >= 30).all()


def test_coverage_and_removal_take_people_out_whole(population):
    pings = sighted("pings", population)
    adults = (population.people["age"] >= 18).sum()
    assert pings.frame.shape[0] / adults == pytest.approx(0.8, abs=0.03)
    fewer = sighted("pings", population, sources__pings__removed_share=0.5)
    assert fewer.frame.shape[0] / pings.frame.shape[0] == pytest.approx(0.5, abs=0.05)
    pd.testing.assert_frame_equal(fewer.frame, pings.frame.loc[fewer.frame.index])


def test_without_a_token_every_sighting_is_a_record(population):
    drone = sighted("drone", population)
    assert len(drone.frame) == len(drone.sightings)
    assert set(drone.frame.columns) == {"seen_area", "seen_at", "street_address", RECORD_DATE}
    at_home = drone.frame["street_address"].notna().to_numpy()
    assert 0.3 < at_home.mean() < 0.9
    people, addresses = population.people, population.addresses
    address_id = people["address_id"].reindex(drone.named.entity_id)
    streets = addresses["street_address"].reindex(address_id).to_numpy()
    assert (drone.frame["street_address"].to_numpy()[at_home] == streets[at_home]).all()


def test_a_face_is_a_record_of_its_own(population):
    scenario = mapped_scenario(
        sources__gates__fields={
            "face": {"role": "identifying", "quality": 0.9},
            "seen_area": {"role": "quasi-identifier"},
            "worship": {"role": "sensitive"},
        },
        sources__gates__sightings={"per_person_day": 24, "at": ["chapel"], "first_hour": 9},
        sources__gates__noise={"typing": {"cells_share": 0.5}},
    )
    found = sight(scenario, "gates", scenario.sources["gates"], population, Stream(1, "gates"))
    assert len(found.frame) == len(found.sightings) > 50
    assert found.frame["face"].dtype == FACE
    assert len(found.frame["face"].iloc[0]) == FACE_SIZE
    assert (found.frame["worship"] == "Chapel").all()
    # somebody seen twice has two records
    assert pd.Series(found.named.entity_id).duplicated().any()


def test_a_change_of_number_is_a_token_of_its_own(population):
    history = population.history.copy()
    changed = history["field"] == "phone"
    history.loc[changed, "valid_to"] = np.datetime64("2025-12-18", "s")
    history.loc[changed, "value"] = [f"5551{number:06d}" for number in range(changed.sum())]
    found = sighted("pings", replace(population, history=history))
    old = found.frame["phone"].str.startswith("5551").to_numpy(bool)
    assert old.any()
    assert (found.frame[RECORD_DATE][old] < "2025-12-18").all()


@pytest.mark.parametrize("name", ["plates", "apps", "drone"])
def test_order_and_others_leave_no_trace(population, name):
    whole = sighted(name, population)
    rng = np.random.default_rng(1)
    shuffled = replace(
        population,
        people=population.people.sample(frac=1, random_state=rng),
        addresses=population.addresses.sample(frac=1, random_state=rng),
        history=population.history.sample(frac=1, random_state=rng),
    )
    same(whole, sighted(name, shuffled))
    kept = population.people.loc[population.people["household_id"] % 2 == 1]
    fewer = sighted(name, replace(population, people=kept))
    theirs = whole.sightings["entity_id"].isin(kept.index)
    all_theirs = theirs.groupby(whole.sightings["record_id"]).all()
    record_id = all_theirs.index[all_theirs]
    pd.testing.assert_frame_equal(
        whole.frame.loc[record_id], fewer.frame.loc[fewer.frame.index.isin(record_id)]
    )


def test_a_gate_changes_nothing_and_neither_do_other_sources(population, plates):
    same(plates, sighted("plates", population, sources__plates__gate="purchase"))
    same(plates, sighted("plates", population, sources__apps__exists=False))


def test_nobody_covered_is_an_empty_frame_of_the_same_types(population, plates):
    empty = sighted("plates", population, sources__plates__coverage={"share": 0.0})
    assert len(empty.frame) == len(empty.sightings) == 0
    assert (empty.frame.dtypes == plates.frame.dtypes).all()
    assert list(empty.sightings.columns) == list(plates.sightings.columns)


def test_a_source_without_sightings_is_refused(population):
    with pytest.raises(ValueError, match="has no sightings"):
        sighted("plates", population, sources__plates__sightings=None)
