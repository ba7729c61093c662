"""Without the extra: small work is done all the same, large work is refused in one line."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from simulator.compiling import compiled, numba_is_installed
from simulator.experiments.subsets import TooMuchWork, all_subsets, exact
from tests.experiments.subsets.towns import random_town


@pytest.fixture
def without_numba(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)


def test_small_work_comes_to_the_same(without_numba, monkeypatch):
    result = random_town(3, sightings_count=20, events=("broker",))
    told = []
    slow = all_subsets(result, lambda what, _: told.append(what))
    assert any("32 subsets one by one" in what and "[fast]" in what for what in told)
    monkeypatch.undo()
    quick = all_subsets(result)
    np.testing.assert_allclose(slow.exposure_share, quick.exposure_share, atol=1e-12)
    np.testing.assert_allclose(slow.wrongful_share, quick.wrongful_share, atol=1e-12)
    np.testing.assert_allclose(slow.by_person, quick.by_person, atol=1e-12)


def test_large_work_names_the_extra_in_one_line(without_numba, monkeypatch):
    monkeypatch.setattr(exact, "MOST_SECONDS", 0.1)
    with pytest.raises(TooMuchWork) as refused:
        all_subsets(random_town(3))
    message = str(refused.value)
    assert message.endswith('install the extra: pip install "mosaic-simulator[fast]"')
    assert "16 subsets" in message
    assert "\n" not in message


def test_large_blocks_that_would_take_long_are_refused_with_another_remedy(monkeypatch):
    monkeypatch.setattr(exact, "MOST_SECONDS", 0.01)
    with pytest.raises(TooMuchWork, match=r"more than 64, and 16 .* sample subsets"):
        all_subsets(random_town(1, 300))


def test_functions_stay_as_they_are(without_numba):
    assert not numba_is_installed()
    assert compiled(replace) is replace
