import numpy as np
import pytest

from simulator.population.household_library import (
    CHILD,
    FLATMATE,
    LONE,
    PARENT,
    PARTNER,
    REFERENCE,
    library,
)


@pytest.fixture(scope="module")
def patterns():
    return library()


def test_places_are_filled_up_to_the_size_and_no_further(patterns):
    np.testing.assert_array_equal((patterns.age >= 0).sum(axis=1), patterns.size)
    np.testing.assert_array_equal(patterns.age >= 0, patterns.role >= 0)
    np.testing.assert_array_equal(patterns.age >= 0, patterns.sex >= 0)


def test_every_household_begins_with_an_adult(patterns):
    assert (patterns.age[:, 0] >= 18).all()
    grown = np.isin(patterns.role, (REFERENCE, PARTNER, PARENT, FLATMATE, LONE))
    assert (patterns.age[grown] >= 18).all()
    assert patterns.age.max() <= 105


def test_mothers_were_16_to_45_at_every_birth(patterns):
    couple = patterns.role[:, 1] == PARTNER
    mixed = couple & (patterns.sex[:, 0] != patterns.sex[:, 1])
    lone = ~couple & (patterns.sex[:, 0] == 0)
    mother = np.where(mixed & (patterns.sex[:, 1] == 0), patterns.age[:, 1], patterns.age[:, 0])
    gap = mother[:, None] - patterns.age
    of_child = (patterns.role == CHILD) & (mixed | lone)[:, None]
    assert of_child.sum() > 1000
    # whole years now: 17 apart is 16 or 17 at birth
    assert gap[of_child].min() >= 17
    assert gap[of_child].max() <= 45


def test_siblings_are_twins_or_well_apart(patterns):
    child = patterns.role == CHILD
    both = child[:, 1:] & child[:, :-1]
    gap = (patterns.age[:, :-1] - patterns.age[:, 1:])[both]
    assert set(np.unique(gap)) <= {0, 2, 3, 4, 5}
    np.testing.assert_array_equal(gap == 0, patterns.twin[:, 1:][both])


def test_spouses_are_near_in_age_and_mostly_a_man_and_a_woman(patterns):
    couple = patterns.role[:, 1] == PARTNER
    one_sex = patterns.sex[:, 0] == patterns.sex[:, 1]
    assert 0 < one_sex[couple].mean() < 0.04
    mixed = couple & ~one_sex
    older = np.where(patterns.sex[:, 0] == 1, 1, -1) * (patterns.age[:, 0] - patterns.age[:, 1])
    assert older[mixed].mean() == pytest.approx(2, abs=0.3)
    assert older[mixed].std() == pytest.approx(4, abs=0.4)


def test_parents_are_a_generation_older_than_their_child(patterns):
    couple = patterns.role[:, 1] == PARTNER
    youngest_head = np.where(
        couple, np.minimum(patterns.age[:, 0], patterns.age[:, 1]), patterns.age[:, 0]
    )
    gap = patterns.age - youngest_head[:, None]
    assert gap[patterns.role == PARENT].min() >= 17
