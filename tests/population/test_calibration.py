import numpy as np
import pytest

from simulator.population.calibration import pattern_weights, pyramid, size_shares
from simulator.population.household_library import library
from simulator.population.reference import CENSUS_GROUPS


@pytest.mark.parametrize("group", CENSUS_GROUPS)
def test_weights_satisfy_the_size_table_and_the_age_pyramid_together(group):
    patterns, weights = library(), pattern_weights(group)
    by_size = np.bincount(patterns.size, weights)[1:]
    np.testing.assert_allclose(by_size, size_shares(group), atol=1e-9)
    row, place = np.nonzero(patterns.age >= 0)
    band = np.minimum(patterns.age[row, place] // 5, 19)
    people = np.zeros((2, 20))
    np.add.at(people, (patterns.sex[row, place], band), weights[row])
    np.testing.assert_allclose(people / people.sum(), pyramid(), atol=1e-5)


def test_tilting_leaves_most_patterns_in_use():
    weights = pattern_weights("hispanic")
    assert weights.min() > 0
    assert 1 / (weights**2).sum() > 2000


def test_published_shares_are_read_right():
    assert pyramid()[0, 0] == pytest.approx(0.0268, abs=2e-4)  # girls aged 0 to 4
    assert pyramid()[1, 0] == pytest.approx(0.0279, abs=2e-4)
    assert size_shares("hispanic")[:6] == pytest.approx(
        [0.139, 0.2, 0.182, 0.192, 0.135, 0.073], abs=1e-3
    )
    assert size_shares("hispanic")[6:].sum() == pytest.approx(0.079, abs=1e-3)
