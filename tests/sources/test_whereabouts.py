from dataclasses import replace

import numpy as np
import pytest

from simulator.sources.haunt_visits import weekday
from simulator.sources.squares import NOWHERE
from simulator.sources.whereabouts import FIRST_HAUNT, HOME, STREET, WORK, Whereabouts
from tests.sources.mapped_town import mapped_scenario, mapped_town


@pytest.fixture(scope="module")
def population():
    return mapped_town()


@pytest.fixture(scope="module")
def world(population):
    return Whereabouts(mapped_scenario(), population)


def everyone(world, day, hour):
    rows = np.arange(len(world.entity_id))
    return world.at(rows, np.full(len(rows), day), np.full(len(rows), hour))


def days_of(world, *numbers):
    return [day for day in world.days if weekday(np.array([day]))[0] in numbers]


def test_days_end_before_the_day_of_looking(world):
    assert len(world.days) == 28
    assert world.days[-1] == np.datetime64("2025-12-31", "D").astype(np.int64)


def test_nights_are_at_home(world):
    for hour in (0, 2, 4):
        place = everyone(world, world.days[-1], hour)
        assert (place.kind == HOME).all()
        assert np.array_equal(place.area, world.home)


def test_those_employed_are_at_work_on_weekdays_and_nobody_on_weekends(world):
    employed = world.work != NOWHERE
    monday = everyone(world, days_of(world, 0)[0], 11)
    assert (monday.kind[employed] == WORK).mean() > 0.75
    assert not (monday.kind[~employed] == WORK).any()
    at_work = monday.kind == WORK
    assert np.array_equal(monday.area[at_work], world.work[at_work])
    sunday = everyone(world, days_of(world, 6)[0], 11)
    assert not (sunday.kind == WORK).any()


def test_errands_are_in_squares_of_ones_own_near_home(world):
    sunday = everyone(world, days_of(world, 6)[0], 15)
    out = np.flatnonzero(sunday.kind == STREET)
    assert 0.25 < len(out) / len(world.home) < 0.45
    assert (world.errands[out] == sunday.area[out, None]).any(axis=1).all()
    # whoever lives outside goes on errands outside
    outside = ~world.squares.in_town[world.home]
    assert not world.squares.in_town[world.errands[outside]].any()
    assert np.unique(world.errands, axis=0).shape[0] > len(world.home) / 2


def test_a_visit_comes_before_everything_else(world):
    visits = world.visits
    place = world.at(visits.row, visits.day, visits.hour)
    assert np.array_equal(place.kind, FIRST_HAUNT + visits.haunt)
    assert np.array_equal(place.area, world.haunts[visits.haunt])


def test_whoever_moves_is_at_the_old_home_until_the_day(population):
    history = population.history.copy()
    moves = history["field"] == "address_id"
    history.loc[moves, "valid_to"] = np.datetime64("2025-12-20", "s")
    world = Whereabouts(mapped_scenario(), replace(population, history=history))
    moving = np.unique(world.moves.row)
    night = np.full(len(moving), 2)
    day = np.datetime64("2025-12-20", "D").astype(np.int64)
    after = world.at(moving, np.full(len(moving), day), night)
    before = world.at(moving, np.full(len(moving), day - 1), night)
    assert np.array_equal(after.area, world.home[moving])
    assert np.array_equal(before.area, world.former_homes)
    assert (before.area != after.area).any()


def test_neither_order_nor_other_people_nor_other_settings_matter(population, world):
    kept = population.people.loc[population.people["household_id"] % 2 == 1]
    kept = kept.sample(frac=1, random_state=np.random.default_rng(1))
    other = Whereabouts(
        mapped_scenario(observation_days=60, sources__pings__exists=False),
        replace(population, people=kept),
    )
    rows = np.flatnonzero(np.isin(world.entity_id, other.entity_id))
    for hour in (8, 13, 18):
        day = world.days[5]
        here = world.at(rows, np.full(len(rows), day), np.full(len(rows), hour))
        there = everyone(other, day, hour)
        assert np.array_equal(here.kind, there.kind)
        assert (
            world.squares.text(here.area).to_pylist() == other.squares.text(there.area).to_pylist()
        )
