from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage.chance import Chance
from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.monotone import never_falling

PHONE = tuple(c for c in COMPARISONS if c.name == "phone")
CHANCE = Chance({"phone": np.array([[0.90, 0.06, 0.04]])}, None)


def test_a_level_learnt_badly_is_lifted_to_the_one_below():
    m = {"phone": np.array([[0.2, 0.0001, 0.7999]])}
    found = never_falling(PHONE, m, CHANCE)[0]["phone"] / CHANCE.u["phone"]
    assert found[0] == pytest.approx([0.2 / 0.9, 0.2 / 0.9, 0.7999 / 0.04])


def test_a_comparison_turned_upside_down_falls_back_to_declared_values_and_says_so():
    m = {"phone": np.array([[0.99, 0.005, 0.005]])}
    found, declared = never_falling(PHONE, m, CHANCE)
    assert found["phone"][0] == pytest.approx(PHONE[0].declared_m)
    assert declared == ("phone",)


def test_rising_weights_are_left_as_they_are():
    m = {"phone": np.array([[0.1, 0.1, 0.8]])}
    found, declared = never_falling(PHONE, m, CHANCE)
    assert found["phone"][0] == pytest.approx([0.1, 0.1, 0.8])
    assert declared == ()
