import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from simulator.population import populate
from simulator.population.zip_areas import zip_sizes
from tests.population.conftest import town


def test_no_two_dwellings_share_an_address(population):
    assert not population.addresses.duplicated(["street_address", "zip_code"]).any()
    assert population.households["address_id"].is_unique
    assert population.households["address_id"].isin(population.addresses.index).all()


def test_addresses_are_numbers_and_streets(population):
    addresses = population.addresses
    form = r"\d+ [A-Za-z' .-]+ [A-Z][a-z]+( Apt \d+)?"
    assert addresses["street_address"].str.fullmatch(form).all()
    numbers = addresses["street_address"].str.split(" ").str[0]
    assert (numbers == addresses["house_number"]).all()
    assert (addresses["state"] == "XX").all()


def test_flats_share_the_number_of_their_building(population):
    flats = population.addresses.loc[population.addresses["street_address"].str.contains(" Apt ")]
    building = flats["zip_code"] + flats["street_address"].str.split(" Apt ").str[0]
    assert building.duplicated(keep=False).mean() > 0.7
    houses = population.addresses.drop(flats.index)
    assert not (houses["zip_code"] + houses["street_address"]).isin(building).any()


def test_renters_live_in_flats_more_often_than_owners(population):
    homes = population.households.join(population.addresses, on="address_id")
    flat = homes["street_address"].str.contains(" Apt ").groupby(homes["tenure"]).mean()
    assert flat["renter"] == pytest.approx(0.62, abs=0.03)
    assert flat["owner"] == pytest.approx(0.08, abs=0.02)


def test_the_town_and_its_surroundings_share_no_zip_area_and_no_name(population, scenario):
    homes = population.households.join(population.addresses, on="address_id")
    inside = homes.loc[homes["resident"]]
    outside = homes.loc[~homes["resident"]]
    assert set(inside["city"]) == {scenario.population.town_name}
    assert scenario.population.town_name not in set(outside["city"])
    assert set(inside["zip_code"]).isdisjoint(outside["zip_code"])


def test_zip_areas_fill_in_order_to_their_real_size(population, scenario):
    people = population.people.join(population.addresses, on="address_id")
    counted = people.loc[~people["resident"], "zip_code"].value_counts(sort=False).to_numpy()
    sizes = zip_sizes(scenario.seed, 1, 20_000)
    assert len(counted) == len(sizes)
    # households are not torn apart at the border
    assert np.abs(counted[:-1] - sizes[:-1]).max() <= 9


def test_some_dwellings_are_empty(population):
    lived_in = population.addresses.index.isin(population.households["address_id"])
    assert (~lived_in).mean() == pytest.approx(1 / 12, abs=0.002)


def dissimilarity(population):
    """Return the index of dissimilarity of each group over the squares of the town (0 to 1)."""
    homes = population.people.query("resident").join(population.addresses, on="address_id")
    counts = pd.crosstab(homes["home_area"], homes["group"])
    rest = counts.sum(axis=1).to_numpy()[:, None] - counts
    return (counts / counts.sum() - rest / rest.sum()).abs().sum() / 2


def test_groups_can_live_apart():
    mixed, half, apart = (
        populate(town(3000, neighbourhood_sorting_share=share, outsiders_per_resident=0))
        for share in (0.0, 0.5, 1.0)
    )
    found = [dissimilarity(one) for one in (mixed, half, apart)]
    assert (found[0] < 0.35).all()
    assert (found[1] > found[0] + 0.1).all()
    assert found[1]["white"] == pytest.approx(0.5, abs=0.12)
    assert (found[2] > 0.8).all()


def test_sorting_moves_households_and_changes_nobody():
    mixed, apart = (populate(town(600, neighbourhood_sorting_share=share)) for share in (0.0, 0.7))
    moved = ["address_id", "work_area"]
    assert_frame_equal(mixed.people.drop(columns=moved), apart.people.drop(columns=moved))
    assert (mixed.people["address_id"] != apart.people["address_id"]).mean() > 0.5
    homes = apart.households.join(apart.addresses, on="address_id")
    assert apart.households["address_id"].is_unique
    assert (homes["home_area"].str.startswith("~") == ~homes["resident"]).all()


def test_neighbours_are_those_next_door_where_groups_live_apart():
    apart = populate(town(600, neighbourhood_sorting_share=0.7))
    met = apart.ties.query("tie == 'neighbour'")
    home = apart.people["address_id"]
    far = (met["entity_id_l"].map(home) - met["entity_id_r"].map(home)).abs()
    assert len(met) > 500
    assert far.max() <= 3  # the next two households, and an empty dwelling
