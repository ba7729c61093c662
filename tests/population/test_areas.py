import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.population import populate
from simulator.population.areas import area_names, area_numbers
from tests.population.conftest import town


def places_of(names):
    """Return column and row of squares of one letter."""
    names = [name.removeprefix("~") for name in names]
    return np.array([[ord(name[0]) - ord("A"), int(name[1:]) - 1] for name in names])


def test_one_square_after_the_other_shares_a_side():
    places = places_of(area_names(np.arange(600), outside=False).to_pylist())
    assert (np.abs(np.diff(places, axis=0)).sum(axis=1) == 1).all()


@pytest.mark.parametrize("count", [1, 2, 7, 20, 81, 90])
def test_the_map_is_as_square_as_can_be(count):
    places = places_of(area_names(np.arange(count), outside=True).to_pylist())
    assert len(np.unique(places, axis=0)) == count
    assert (places.max(axis=0) + 1).max() == np.ceil(np.sqrt(count))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=400), st.integers(20, 60))
def test_squares_hold_about_as_many_residents_each(sizes, wanted):
    size = np.array(sizes)
    number = area_numbers(size, wanted)
    assert (np.diff(number) >= 0).all()
    assert (np.unique(number) == np.arange(number[-1] + 1)).all()
    held = np.bincount(number, weights=size)
    assert np.abs(held[:-1] - wanted).max(initial=0) <= 9
    if len(held) > 1:
        assert wanted / 2 - 9 <= held[-1] <= 1.5 * wanted + 9


def test_every_address_has_a_square_of_its_side(population):
    assert population.addresses["home_area"].notna().all()
    homes = population.people.join(population.addresses["home_area"], on="address_id")
    outside = homes["home_area"].str.startswith("~")
    assert (outside == ~homes["resident"]).all()
    residents = homes.groupby("home_area").size()
    assert len(residents) == 5000 // 250 + 20_000 // 250
    assert residents.between(230, 270).all()


def test_neighbours_share_a_square(population):
    areas = population.addresses["home_area"]
    starts = (areas != areas.shift(fill_value="")).sum()
    assert starts == areas.nunique()


def test_a_larger_town_only_adds_squares():
    small, large = (populate(town(people, outsiders_per_resident=0)) for people in (500, 900))
    shared = small.addresses.index
    areas = large.addresses["home_area"].reindex(shared)
    assert (small.addresses["home_area"] == areas).all()


def test_squares_can_be_small():
    homes = populate(town(300, residents_per_area_count=30, outsiders_per_resident=0))
    assert homes.addresses["home_area"].nunique() == 10
