import numpy as np
import pytest

from simulator.randomness import Stream
from simulator.sources.haunt_visits import NO_HAUNT, haunt_visits, is_true_of, weekday
from tests.sources.mapped_town import mapped_scenario, mapped_town

DAYS = np.arange(20_000, 20_000 + 28)


@pytest.fixture(scope="module")
def people():
    return mapped_town().people


def visits_with(people, days=DAYS, **settings):
    return haunt_visits(mapped_scenario(**settings), people, days, Stream(3, "visits"))


def test_only_residents_visit_and_as_often_as_declared(people):
    visits = visits_with(people)
    assert people["resident"].to_numpy()[visits.row].all()
    chapel = visits.haunt == 0
    haunt = mapped_scenario().haunts["chapel"]
    faithful = is_true_of(haunt, people) & people["resident"].to_numpy()
    others = ~is_true_of(haunt, people) & people["resident"].to_numpy()
    weekly = np.bincount(visits.row[chapel], minlength=len(people)) / 4
    assert weekly[faithful].mean() == pytest.approx(1.0, abs=0.05)
    assert weekly[others].mean() == pytest.approx(0.02, abs=0.01)


def test_visits_fall_on_declared_days_and_hours(people):
    visits = visits_with(people)
    chapel = visits.haunt == 0
    assert set(weekday(visits.day[chapel])) == {5, 6}
    assert set(visits.hour[chapel]) == {9, 10, 11}
    gym = visits.haunt == 1
    assert set(weekday(visits.day[gym])) == set(range(7))
    assert set(visits.hour[gym]) == set(range(9, 19))


def test_hours_can_go_past_midnight(people):
    visits = visits_with(people, haunts__gym__first_hour=22, haunts__gym__last_hour=1)
    assert set(visits.hour[visits.haunt == 1]) == {22, 23, 0, 1}


def test_nobody_is_at_two_haunts_at_once_and_the_first_listed_counts(people):
    both = visits_with(
        people,
        haunts__chapel={"label": "A", "others_visits_per_week": 7, "first_hour": 9, "last_hour": 9},
        haunts__gym={"label": "B", "others_visits_per_week": 7, "first_hour": 9, "last_hour": 9},
    )
    assert (both.haunt != 1).all()
    key = np.stack([both.row, both.day, both.hour])
    assert np.unique(key, axis=1).shape == key.shape


def test_a_visit_is_found_where_it_is_and_nowhere_else(people):
    visits = visits_with(people)
    found = visits.at(visits.row, visits.day, visits.hour)
    assert np.array_equal(found, visits.haunt)
    outsiders = np.flatnonzero(~people["resident"].to_numpy())
    noon = visits.at(outsiders, np.full(len(outsiders), DAYS[3]), np.full(len(outsiders), 12))
    assert (noon == NO_HAUNT).all()


def test_another_haunt_changes_no_visit_of_those_before(people):
    few = mapped_scenario()
    fewer = few.model_copy(update={"haunts": {"chapel": few.haunts["chapel"]}})
    alone = haunt_visits(fewer, people, DAYS, Stream(3, "visits"))
    among = visits_with(people)
    chapel = among.haunt == 0
    assert np.array_equal(among.row[chapel], alone.row)
    assert np.array_equal(among.hour[chapel], alone.hour)


def test_more_days_only_add(people):
    longer = visits_with(people, days=np.arange(DAYS[0] - 60, DAYS[-1] + 1))
    kept = longer.day >= DAYS[0]
    short = visits_with(people)
    assert np.array_equal(longer.row[kept], short.row)
    assert np.array_equal(longer.hour[kept], short.hour)
