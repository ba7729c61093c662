from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.engines.splink.level_sql import branches_of
from simulator.linkage.engines.splink.settings import comparison
from simulator.linkage.fields import standardise
from tests.linkage.test_faces import with_faces


@pytest.fixture(scope="module")
def faces():
    return standardise(with_faces(5)).faces


@pytest.mark.parametrize("compared", COMPARISONS, ids=lambda c: c.name)
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_level_can_be_said_to_every_database(compared, dialect, faces):
    branches = branches_of(compared.name, faces)
    assert set(branches.names) == set(compared.levels)
    assert branches.otherwise == compared.levels[0]
    said = comparison(compared.name, branches).get_comparison(dialect)
    assert said.comparison_levels[0].is_null_level
    assert len(said.comparison_levels) == len(branches.names) + 1


def test_all_comparisons_together_fit_one_number(faces):
    radix = [len(branches_of(c.name, faces).names) + 1 for c in COMPARISONS]
    assert np.prod(np.array(radix, dtype=object)) < 2**63
