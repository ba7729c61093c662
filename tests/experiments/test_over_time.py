from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.over_time import (
    BY_DAY,
    exposure_by_day,
    forget,
    located_by_day,
    over_time,
    sensors,
    with_retention,
)
from simulator.experiments.trail import pick_seen, town_squares, trail_of
from simulator.pipeline import run
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("modern", people=200)


@pytest.fixture(scope="module")
def result(scenario):
    return run(scenario)


@pytest.fixture(scope="module")
def forgetful(result):
    return forget(result, 3)


def share(located, day):
    rows = located.loc[(located["group"] == "all") & (located["metric"] == "located_share")]
    return rows.set_index("day")["value"].loc[day]


def test_the_town_has_no_sensors_and_modern_has():
    assert sensors(load_scenario("town")) == ()
    assert "plate_readers" in sensors(load_scenario("modern"))


def test_the_last_day_is_the_result_and_the_file_only_grows_to_it(scenario, result):
    by_day = exposure_by_day(result, (0, 20, scenario.observation_days))
    own = result.exposure.loc[result.exposure["step"] == result.exposure["step"].max()]
    own = own.loc[own["metric"].isin(BY_DAY)].drop(columns=["step", "source_added"])
    last = by_day.loc[by_day["day"] == scenario.observation_days].drop(columns="day")
    pd.testing.assert_frame_equal(last.reset_index(drop=True), own.reset_index(drop=True))
    everyone = by_day.loc[by_day["group"] == "all"].set_index(["metric", "day"])["value"]
    assert everyone.between(0, 1).all()
    first, final = everyone["reidentified_share"].iloc[[0, -1]]
    assert first < final


def test_the_located_are_counted_by_hand_too(scenario, result):
    """With plain loops over the sightings in the files, in other words than the measure's."""
    population = result.population
    records = result.dossiers.records.set_index("record_id")
    named = result.people.index[result.people["named"]]
    found = set()
    for table in result.obtained.collected.sightings.values():
        for row in table.itertuples():
            owner = records["owner_id"].get(row.record_id, -1)
            if owner not in named or owner in found:
                continue
            address = population.people.loc[owner, "address_id"]
            home = population.addresses.loc[address, "home_area"]
            if (
                not row.seen_area.startswith("~")
                and max(
                    abs(ord(row.seen_area[0]) - ord(home[0])),
                    abs(int(row.seen_area[1:]) - int(home[1:])),
                )
                <= 1
            ):
                found.add(owner)
    located = located_by_day(result)
    assert share(located, scenario.observation_days) == pytest.approx(len(found) / len(named))
    assert len(found) > 20


def test_a_memory_is_cut_and_never_lengthened(scenario):
    thirty = with_retention(scenario, 30)
    assert thirty.sources["plate_readers"].retention_days == 30
    assert with_retention(thirty, 45) is thirty
    assert with_retention(scenario, scenario.observation_days) is scenario
    assert with_retention(scenario, 3).sources["phone_location"].retention_days == 3
    assert with_retention(scenario, 3).sources["police"] == scenario.sources["police"]


def test_forgetting_changes_what_sensors_hold_and_nothing_else(result, forgetful):
    assert forgetful.population is result.population
    watching = {*sensors(result.scenario), "broker"}  # which bought from them
    for name, frame in result.collected.records.items():
        if name not in watching:
            pd.testing.assert_frame_equal(forgetful.collected.records[name], frame)
    last = np.datetime64(result.scenario.as_of) - 3
    for name, table in forgetful.collected.sightings.items():
        assert (table["seen_at"].to_numpy() >= last).all(), name
        points = ["entity_id", "seen_area", "seen_at"]
        before = result.collected.sightings[name]
        before = before.loc[before["seen_at"].to_numpy() >= last, points]
        pd.testing.assert_frame_equal(
            table[points].sort_values(points).reset_index(drop=True),
            before.sort_values(points).reset_index(drop=True),
        )


def test_nobody_is_located_before_the_memory_begins(scenario, result, forgetful):
    located, before = located_by_day(forgetful, 3), located_by_day(result)
    last = scenario.observation_days
    assert set(located["retention_days"]) == {3}
    assert before["retention_days"].isna().all()
    assert share(located, last - 3) == 0
    assert 0 < share(located, last) < share(before, last)


@pytest.mark.slow
def test_all_of_it_together_tells_how_far_it_is(result):
    told = []
    small = load_scenario("modern", people=60)
    found = over_time(small, (0, 60), (60, 90), lambda what, done: told.append((what, done)))
    assert set(found.exposure["day"]) == {0, 60}
    assert found.located["retention_days"].dropna().unique().tolist() == [60, 90]
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_a_trail_holds_every_sighting_in_the_file(result):
    which = [pick_seen(result, pick) for pick in ("most", "typical", "least")]
    exposure = result.people["exposure_share"]
    assert exposure[which[2]] <= exposure[which[1]] <= exposure[which[0]]
    records = result.dossiers.records
    for entity_id in which:
        held = records.loc[records["owner_id"] == entity_id, "record_id"]
        trail = trail_of(result, entity_id)
        tables = result.obtained.collected.sightings.values()
        count = sum(int(table["record_id"].isin(held).sum()) for table in tables)
        assert len(trail.sightings) == count > 0
        assert trail.sightings["seen_at"].is_monotonic_increasing
        assert trail.sightings["day"].between(1, 60).all()


def test_nobody_without_a_file_has_a_trail(result):
    nameless = result.people.index[~result.people["named"]][0]
    assert trail_of(result, nameless).sightings.empty


def test_the_map_is_the_towns(result):
    squares = town_squares(result.population)
    assert not squares.index.str.startswith("~").any()
    assert squares.loc["A1"].tolist() == [0, 0]
    homes = result.population.addresses["home_area"]
    assert set(homes[~homes.str.startswith("~")]) <= set(squares.index)
