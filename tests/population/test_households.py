import numpy as np
import pytest

from simulator.population.calibration import pyramid, size_shares
from simulator.population.household_library import CHILD
from simulator.population.households import populate_households
from tests.population.conftest import town


def test_ages_and_sexes_follow_the_pyramid(roster):
    counted = np.zeros((2, 20))
    np.add.at(counted, (roster.sex, np.minimum(roster.age // 5, 19)), 1)
    assert np.abs(counted / counted.sum() - pyramid()).max() < 0.006


def test_household_sizes_follow_each_groups_table(roster, scenario):
    groups = list(scenario.population.groups.values())
    for code, tolerance in ((0, 0.015), (1, 0.03)):
        sizes = np.bincount(roster.size[roster.group == code], minlength=10)[1:]
        expected = size_shares(groups[code].census_group)
        assert np.abs(sizes / sizes.sum() - expected).max() < tolerance


def test_counts_are_exact(roster):
    outside = roster.outsider[roster.household]
    assert (~outside).sum() == 5000
    assert outside.sum() == 20000
    assert roster.size.sum() == 25000


def test_owners_have_their_share_and_are_older(roster):
    assert roster.owner.mean() == pytest.approx(0.662, abs=0.015)
    first_age = roster.age[roster.first_row]
    assert first_age[roster.owner].mean() > first_age[~roster.owner].mean() + 3


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_everyone_can_rent_or_own(share):
    assert populate_households(town(homeowners_share=share)).owner.mean() == share


def test_a_town_without_surroundings():
    roster = populate_households(town(outsiders_per_resident=0))
    assert len(roster.age) == 300
    assert not roster.outsider.any()


def test_partners_and_parents_point_into_the_same_household(roster):
    partner = roster.partners()
    paired = np.flatnonzero(partner >= 0)
    np.testing.assert_array_equal(partner[partner[paired]], paired)
    np.testing.assert_array_equal(roster.household[paired], roster.household[partner[paired]])
    one, two = roster.parents()
    np.testing.assert_array_equal(one >= 0, roster.role == CHILD)
    child = np.flatnonzero(two >= 0)
    np.testing.assert_array_equal(roster.household[child], roster.household[two[child]])
    mixed = roster.sex[one[child]] != roster.sex[two[child]]
    assert (roster.sex[one[child]][mixed] == 1).all()
