from __future__ import annotations

import pytest

from simulator.experiments.certainty import (
    by_threshold,
    calibration,
    candidates_of,
    expected_calibration_error,
    over_unseen_seeds,
    unsure,
)
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def candidates():
    return candidates_of(load_scenario("town", people=150))


def test_right_and_missed_add_up_to_the_true_pairs(candidates):
    table = by_threshold(candidates, (0.1, 0.5, 0.9))
    assert (table["right"] + table["missed"] == candidates.true_pairs_count).all()
    assert table["wrong"].is_monotonic_decreasing
    assert table["missed"].is_monotonic_increasing


def test_every_unsure_candidate_stands_in_one_bin(candidates):
    table = calibration(unsure(candidates))
    assert 0 < table["n"].sum() == len(unsure(candidates).probability)


@pytest.mark.slow
def test_stated_probabilities_mean_what_they_say():
    """On towns nobody looked at, and with nothing fitted to the truth."""
    found = over_unseen_seeds(load_scenario("town"), 3)
    assert len(unsure(found).probability) >= 1000
    assert expected_calibration_error(found) <= 0.03
