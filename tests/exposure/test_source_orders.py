import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from simulator.exposure.attribution import players_in, shapley
from simulator.exposure.source_orders import (
    band_of_all_orders,
    band_of_orders,
    contributions,
    draw_orders,
    over_permutations,
    prefixes,
)
from tests.exposure.games import TOWN, games

SETTINGS = settings(max_examples=40, deadline=None)


def all_orders(count):
    return np.array(list(itertools.permutations(range(count))), dtype=np.int64)


@SETTINGS
@given(games(most=4))
def test_over_all_orders_the_mean_contribution_is_the_shapley_value(values):
    brought = contributions(values.__getitem__, all_orders(players_in(values)))
    assert brought.mean(axis=0) == pytest.approx(shapley(values), abs=1e-9)
    assert brought.sum(axis=1) == pytest.approx(np.full(len(brought), values[-1]), abs=1e-9)


@SETTINGS
@given(games(least=3, most=4))
def test_a_game_known_beside_changes_no_mean_and_one_that_is_the_same_leaves_no_error(values):
    orders = draw_orders(players_in(values), 5, seed=3)
    brought = contributions(values.__getitem__, orders)
    rates = over_permutations(brought - brought, shapley(values))
    assert [rate.value for rate in rates] == pytest.approx(shapley(values).tolist())
    assert [rate.high - rate.low for rate in rates] == pytest.approx([0] * len(rates))
    assert {(rate.n, rate.interval) for rate in rates} == {(5, "permutations")}


def test_the_interval_holds_the_true_share_about_as_often_as_it_says():
    values = np.random.default_rng(5).random(32)
    values[0] = 0
    true = shapley(values)
    held = [
        [rate.low <= share <= rate.high for rate, share in zip(rates, true, strict=True)]
        for seed in range(200)
        for rates in [over_permutations(contributions(values.__getitem__,
                                                      draw_orders(5, 12, seed)))]
    ]  # fmt: skip
    assert 0.90 < np.mean(held) < 0.99


def test_every_order_is_as_likely_as_any_other_and_more_orders_change_none():
    orders = draw_orders(3, 3000, seed=8)
    _, counts = np.unique(orders, axis=0, return_counts=True)
    assert len(counts) == 6
    assert ((counts - 500) ** 2 / 500).sum() < 20.5  # chi-squared, five degrees: 1 in 1,000
    assert (draw_orders(3, 10, seed=8) == orders[:10]).all()
    assert (draw_orders(3, 10, seed=9) != orders[:10]).any()


def test_one_order_tells_no_error():
    with pytest.raises(ValueError, match="an error needs at least 2"):
        over_permutations(np.zeros((1, 3)))


def test_each_subset_is_asked_for_once():
    asked = []

    def value_of(subsets):
        asked.extend(subsets.tolist())
        return TOWN[subsets]

    contributions(value_of, all_orders(3))
    assert sorted(asked) == list(range(8))


@SETTINGS
@given(games(most=4))
def test_the_band_over_all_orders_is_that_of_every_order_drawn(values):
    every = band_of_orders(values.__getitem__, all_orders(players_in(values)))
    band = band_of_all_orders(values)
    for name in ("value", "least", "most"):
        assert band[name].to_numpy() == pytest.approx(every[name].to_numpy(), abs=1e-9)
    assert band.loc[[0, len(band) - 1], "value"].tolist() == [0.0, values[-1]]
    spread = band[["least", "low", "value", "high", "most"]].to_numpy()
    assert (np.diff(spread, axis=1) >= -1e-12).all()
    assert set(band["interval"]) == {"orders"}


def test_prefixes_grow_by_one_list_each():
    passed = prefixes(draw_orders(6, 4, seed=1))
    assert (np.bitwise_count(passed) == np.arange(7)).all()
    assert (passed[:, :-1] & passed[:, 1:] == passed[:, :-1]).all()
