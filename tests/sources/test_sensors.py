import numpy as np
import pytest

from simulator.randomness import Stream
from simulator.sources.attention import area_factors
from simulator.sources.haunt_visits import weekday
from simulator.sources.sensors import Sensors, candidates
from simulator.sources.whereabouts import FIRST_HAUNT, HOME, STREET, WORK, Whereabouts
from tests.sources.mapped_town import mapped_scenario, mapped_town


@pytest.fixture(scope="module")
def population():
    return mapped_town(2000)


def watched(population, *, anywhere=False, carried_by_others=False, bearers=None, **settings):
    """Return what the sensors of `plates` see of everyone, with some of its settings replaced."""
    changes = {f"sources__plates__{name}": value for name, value in settings.items()}
    scenario = mapped_scenario(**changes)
    world = Whereabouts(scenario, population)
    sensors = Sensors(
        scenario,
        scenario.sources["plates"],
        world,
        Stream(scenario.seed, "plates"),
        anywhere=anywhere,
        carried_by_others=carried_by_others,
    )
    rows = np.arange(len(world.entity_id)) if bearers is None else bearers
    return world, sensors.watch(rows)


SIGHTINGS = {"per_person_day": 1.0, "sensors_share": 0.5}


@pytest.mark.parametrize(
    "more",
    [
        {"sightings": {**SIGHTINGS, "per_person_day": 2.0}},
        {"sightings": {**SIGHTINGS, "sensors_share": 0.8}},
        {"retention_days": 20},
    ],
)
def test_more_of_anything_only_adds(population, more):
    base = {"sightings": SIGHTINGS, "retention_days": 10, "areas_spread": 0.7}
    _, few = watched(population, **base)
    _, many = watched(population, **{**base, **more})
    assert 0 < len(few.keys) < len(many.keys)
    kept = np.isin(many.keys, few.keys)
    assert kept.sum() == len(few.keys)
    for name in few.__dataclass_fields__:
        assert np.array_equal(getattr(many, name)[kept], getattr(few, name))


def test_whoever_is_always_watched_is_seen_as_often_as_declared(population):
    world, seen = watched(
        population, anywhere=True, areas_spread=0.0, sightings={"per_person_day": 2.0}
    )
    per_person_day = len(seen.keys) / len(world.entity_id) / len(world.days)
    assert per_person_day == pytest.approx(2.0, abs=0.03)
    counts = np.bincount(seen.bearer, minlength=len(world.entity_id))
    # Poisson: variance equals mean
    assert counts.var() / counts.mean() == pytest.approx(1.0, abs=0.1)
    assert np.bincount(seen.hour, minlength=24).min() > 0


def test_what_is_seen_is_where_people_are(population):
    world, seen = watched(population, sightings=SIGHTINGS)
    place = world.at(seen.carrier, seen.day, seen.hour)
    assert np.array_equal(place.area, seen.area)
    assert np.array_equal(place.kind, seen.kind)
    assert np.array_equal(seen.bearer, seen.carrier)


def test_sensors_of_the_town_see_only_the_town(population):
    world, seen = watched(population, sightings={"per_person_day": 2.0})
    assert world.squares.in_town[seen.area].all()
    outsiders = ~world.people["resident"].to_numpy()[seen.bearer]
    # those of them who work here, on the way and at work
    assert outsiders.any()
    assert (world.work[seen.bearer[outsiders]] == seen.area[outsiders]).all()
    world, everywhere = watched(population, anywhere=True, sightings={"per_person_day": 2.0})
    assert not world.squares.in_town[everywhere.area].all()


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        (["home"], {HOME}),
        (["work", "street"], {WORK, STREET}),
        (["gym"], {FIRST_HAUNT + 1}),
    ],
)
def test_sensors_look_where_they_are_told_to(population, at, kinds):
    _, seen = watched(population, sightings={"per_person_day": 3.0, "at": at})
    assert set(seen.kind) == kinds


def test_sensors_look_when_they_are_told_to(population):
    hours = {"first_hour": 22, "last_hour": 1}
    _, seen = watched(population, sightings={"per_person_day": 2.0, **hours})
    assert set(seen.hour) == {22, 23, 0, 1}


def test_what_is_older_than_retained_is_gone(population):
    world, seen = watched(population, retention_days=3)
    assert set(seen.day) == set(world.days[-3:])
    world, seen = watched(population, retention_days=3000)
    assert seen.day.min() == world.days[0]


def test_squares_are_watched_unevenly(population):
    world, seen = watched(
        population, anywhere=True, areas_spread=1.0, sightings={"per_person_day": 4.0}
    )
    _, even = watched(
        population, anywhere=True, areas_spread=0.0, sightings={"per_person_day": 4.0}
    )
    squares = len(world.squares.labels)
    ratio = np.bincount(seen.area, minlength=squares) / np.bincount(even.area, minlength=squares)
    factors = area_factors(mapped_scenario().seed, world.squares.labels, 1.0)
    assert np.corrcoef(np.log(ratio), np.log(factors))[0, 1] > 0.99
    assert np.log(ratio / factors).mean() == pytest.approx(0.0, abs=0.05)


def test_now_and_then_a_housemate_has_it(population):
    settings = {"per_person_day": 2.0, "wrong_person_share": 0.2}
    world, seen = watched(population, carried_by_others=True, sightings=settings)
    other = seen.bearer != seen.carrier
    household_id = world.people["household_id"].to_numpy()
    assert np.array_equal(household_id[seen.bearer], household_id[seen.carrier])
    assert world.people["age"].to_numpy()[seen.carrier[other]].min() >= 16
    # housemates who are children are left out
    assert 0.1 < other.mean() < 0.2
    assert np.array_equal(world.at(seen.carrier, seen.day, seen.hour).area, seen.area)


def test_others_who_are_watched_change_nothing(population):
    world, seen = watched(population)
    half = np.arange(0, len(world.entity_id), 2)
    _, fewer = watched(population, bearers=half)
    assert np.array_equal(seen.keys[np.isin(seen.bearer, half)], fewer.keys)


def test_in_parts_as_in_one(population, monkeypatch):
    _, whole = watched(population)
    monkeypatch.setattr("simulator.sources.sensors._CANDIDATES_AT_ONCE", 3_000)
    _, parts = watched(population)
    assert np.array_equal(whole.keys, parts.keys)


def test_nobody_and_no_sensor(population):
    _, nobody = watched(population, bearers=np.zeros(0, dtype=np.int64))
    _, blind = watched(population, sightings={"per_person_day": 1.0, "sensors_share": 0.0})
    assert len(nobody.keys) == len(blind.keys) == 0


def test_weekends_are_seen_as_well(population):
    _, seen = watched(population)
    assert set(weekday(seen.day)) == set(range(7))


def test_points_of_a_process_are_poisson():
    keys = np.arange(5000, dtype=np.uint64)
    process, point_keys, level = candidates(keys, np.full(5000, 3.0), Stream(1, "level"))
    counts = np.bincount(process, minlength=5000)
    assert counts.mean() == pytest.approx(3.0, abs=0.1)
    assert counts.var() == pytest.approx(3.0, abs=0.25)
    assert level.max() < 3.0
    assert np.unique(point_keys).size == point_keys.size
