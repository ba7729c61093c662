import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.population.zip_areas import _real_sizes, zip_codes, zip_sizes


def test_areas_hold_everyone_and_the_last_is_needed():
    sizes = zip_sizes(3, 0, 200_000)
    assert sizes.sum() >= 200_000 > sizes[:-1].sum()


def test_a_smaller_town_has_the_first_areas_of_a_larger_one():
    few, many = zip_sizes(3, 0, 20_000), zip_sizes(3, 0, 400_000)
    np.testing.assert_array_equal(few, many[: len(few)])


def test_areas_are_drawn_evenly_over_small_and_large_ones():
    sizes = zip_sizes(11, 1, 8_000_000)
    assert len(sizes) > 500
    below_median = (sizes <= np.median(_real_sizes())).mean()
    assert below_median == pytest.approx(0.5, abs=0.01)
    # person-weighted mean 29,300, plain mean 9,400
    assert sizes.mean() == pytest.approx(9400, rel=0.03)
    assert (sizes**2).sum() / sizes.sum() == pytest.approx(29_300, rel=0.05)


@given(st.sets(st.integers(0, 3000), min_size=2))
def test_codes_differ_and_belong_to_nobody(numbers):
    codes = zip_codes(np.array(sorted(numbers))).to_pylist()
    assert len(set(codes)) == len(codes)
    # five-digit codes below 00500 are not assigned, and no code has six digits
    assert all(len(code) == 6 or int(code) < 500 for code in codes)
