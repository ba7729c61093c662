import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exposure.attribution import interactions, players_in, shapley
from tests.exposure.games import TOWN, games, over_all_orders, swapped

SETTINGS = settings(max_examples=60, deadline=None)


@SETTINGS
@given(games())
def test_it_is_the_mean_over_all_orders_and_adds_up_to_the_whole(values):
    shares = shapley(values)
    assert shares == pytest.approx(over_all_orders(values), abs=1e-9)
    assert shares.sum() == pytest.approx(values[-1] - values[0], abs=1e-9)


@SETTINGS
@given(games(), st.data())
def test_a_list_that_changes_nothing_gets_nothing(values, data):
    count = players_in(values)
    place = data.draw(st.integers(0, count))
    subsets = np.arange(2 << count)
    low = subsets & ((1 << place) - 1)
    padded = values[low | (subsets >> (place + 1)) << place]  # a player that is never looked at
    assert shapley(padded)[place] == pytest.approx(0, abs=1e-12)
    assert np.delete(shapley(padded), place) == pytest.approx(shapley(values), abs=1e-9)
    table = interactions(padded)
    with_it = table.loc[(table["first"] == place) | (table["second"] == place), "value"]
    assert with_it.to_numpy() == pytest.approx(np.zeros(count), abs=1e-12)


@SETTINGS
@given(games(least=2), st.data())
def test_two_lists_that_are_alike_get_the_same(values, data):
    first, second = data.draw(
        st.lists(st.integers(0, players_in(values) - 1), min_size=2, max_size=2, unique=True)
    )
    alike = values + swapped(values, first, second)
    assert shapley(alike)[first] == pytest.approx(shapley(alike)[second], abs=1e-9)


@SETTINGS
@given(games(least=3, most=3), games(least=3, most=3), st.floats(-2, 2))
def test_shares_of_a_mixture_are_the_mixture_of_shares(one, other, much):
    mixed = shapley(one + much * other)
    assert mixed == pytest.approx(shapley(one) + much * shapley(other), abs=1e-9)
    both = interactions(one + much * other)["value"].to_numpy()
    apart = interactions(one)["value"] + much * interactions(other)["value"]
    assert both == pytest.approx(apart.to_numpy(), abs=1e-9)


@SETTINGS
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=5))
def test_lists_that_only_add_up_do_not_interact(gives):
    subsets = np.arange(1 << len(gives))
    values = sum(gift * (subsets >> player & 1) for player, gift in enumerate(gives))
    assert shapley(values) == pytest.approx(np.array(gives), abs=1e-9)
    assert np.abs(interactions(values)["value"]).max() < 1e-9


def test_a_list_that_mixes_people_up_gets_less_than_nothing():
    values = np.array([0.0, 0.5, 0.0, 0.3])  # B tells nothing and spoils what A tells
    assert shapley(values) == pytest.approx([0.4, -0.1])
    assert interactions(values)["value"].tolist() == pytest.approx([-0.2])


def test_one_list_alone_has_everything_and_no_partner():
    assert shapley(np.array([0.0, 0.4])).tolist() == [0.4]
    assert interactions(np.array([0.0, 0.4])).empty


def test_values_of_some_subsets_only_are_refused():
    with pytest.raises(ValueError, match="7 values are not those of all subsets"):
        shapley(TOWN[:7])
