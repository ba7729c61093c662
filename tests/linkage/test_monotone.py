from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage.chance import Chance
from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.monotone import never_falling, unless_turned

PHONE = tuple(c for c in COMPARISONS if c.name == "phone")
CHANCE = Chance({"phone": np.array([[0.90, 0.06, 0.04]])}, None)
EVERY_LEVEL = {"phone": np.array([[True, True, True]])}


def test_a_level_learnt_badly_is_lifted_to_the_one_below():
    m = {"phone": np.array([[0.2, 0.0001, 0.7999]])}
    found = never_falling(PHONE, m, CHANCE)["phone"] / CHANCE.u["phone"]
    assert found[0] == pytest.approx([0.2 / 0.9, 0.2 / 0.9, 0.7999 / 0.04])


def test_rising_weights_are_left_as_they_are():
    m = {"phone": np.array([[0.1, 0.1, 0.8]])}
    assert never_falling(PHONE, m, CHANCE)["phone"][0] == pytest.approx([0.1, 0.1, 0.8])


def test_a_level_of_another_sort_lifts_no_other():
    """Sharing one of two surnames says a lot; that makes names which only sound alike no surer."""
    surname = tuple(c for c in COMPARISONS if c.name == "surname")
    u = np.full((1, 7), 0.01)
    m = {"surname": np.array([[0.02, 0.02, 0.04, 0.40, 0.03, 0.09, 0.40]])}
    found = never_falling(surname, m, Chance({"surname": u}, None))["surname"]
    assert found[0] == pytest.approx([0.02, 0.02, 0.04, 0.40, 0.04, 0.09, 0.40])


def test_a_comparison_turned_upside_down_falls_back_to_declared_values_and_says_so():
    m = {"phone": np.array([[0.99, 0.005, 0.005]])}
    found, declared = unless_turned(PHONE, m, CHANCE, EVERY_LEVEL)
    assert found["phone"][0] == pytest.approx(PHONE[0].declared_m)
    assert declared == ("phone",)


def test_a_level_that_no_pair_can_reach_turns_nothing_upside_down():
    m = {"phone": np.array([[0.3, 0.7, 1e-9]])}
    found, declared = unless_turned(PHONE, m, CHANCE, {"phone": np.array([[True, True, False]])})
    assert found["phone"][0] == pytest.approx([0.3, 0.7, 1e-9])
    assert declared == ()


def test_a_best_level_that_hardly_occurs_turns_nothing_upside_down():
    m = {"phone": np.array([[0.3, 0.69999, 0.00001]])}
    found, declared = unless_turned(PHONE, m, CHANCE, EVERY_LEVEL)
    assert found["phone"][0] == pytest.approx([0.3, 0.69999, 0.00001])
    assert declared == ()


def test_declared_values_are_shared_out_over_the_levels_that_pairs_reach():
    m = {"phone": np.array([[0.99, 0.01, 1e-9]])}
    within = {"phone": np.array([[True, True, False]])}
    found, declared = unless_turned(PHONE, m, CHANCE, within)
    assert found["phone"][0] == pytest.approx([0.25 / 0.30, 0.05 / 0.30, 1e-9])
    assert declared == ("phone",)
