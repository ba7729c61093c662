from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage.chance import Chance
from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.pattern_weights import pattern_weights
from simulator.linkage.patterns import Patterns

NAMES = ("given", "surname", "birth_date", "plate")
M, U = 0.5, 0.25
"""Of every level, so that each comparison that two records can make is worth one bit."""


def weigh(within, **levels):
    """Return the weight of one pair, of one source or of two, that shows these levels."""
    comparisons = tuple(c for name in NAMES for c in COMPARISONS if c.name == name)
    nobody = np.zeros(0, dtype=np.int32)
    patterns = Patterns(
        comparisons,
        nobody,
        nobody,
        nobody,
        np.array([[levels.get(c.name, 0) for c in comparisons]], dtype=np.int8),
        np.zeros(1, dtype=np.int32),
        np.array([within]),
        np.ones(1),
    )
    m, u = ({c.name: np.full((1, len(c.levels)), p) for c in comparisons} for p in (M, U))
    return pattern_weights(patterns, m, Chance(u, None))[0]


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize(
    ("levels", "bits"),
    [
        ({"given": 7, "surname": 1}, 2.0),
        ({"given": 1, "surname": 7}, -np.inf),  # a housemate
        ({"given": 1, "plate": 3}, -np.inf),  # their car
        ({"plate": 3}, 1.0),  # nothing about a person on either record
    ],
)
def test_something_about_the_person_must_agree(within, levels, bits):
    assert weigh(within, **levels) == pytest.approx(bits)


@pytest.mark.parametrize(
    ("levels", "bits"),
    [
        ({"surname": 7}, 1.0),
        ({"surname": 6, "birth_date": 2}, 2.0),  # the year agrees
        ({"surname": 5}, -np.inf),  # it only sounds alike
        ({"surname": 7, "birth_date": 1}, -np.inf),
    ],
)
def test_within_one_source_a_surname_will_do_where_nothing_personal_differs(levels, bits):
    assert weigh(within=True, **levels) == pytest.approx(bits)
    assert weigh(within=False, **levels) == -np.inf
