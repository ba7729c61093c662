from __future__ import annotations

import warnings

import pytest

from benchmarks.other_lists import sets
from benchmarks.side_by_side import rates
from simulator.linkage import LinkageWarning, link

LEAST_F1 = {
    "Names and birth dates": 0.95,
    "People often on file": 0.87,
    "Names in several spellings": 0.94,
}
"""Somewhat less than F1 was at the default threshold: .974, .891 and .960."""


@pytest.mark.slow
def test_lists_that_no_packaged_scenario_has_are_linked_well():
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinkageWarning)
        for known in sets(people=1_000):
            found[known.name] = rates(known, link(known.records, known.duplicates))["f1"]
    assert found.keys() == LEAST_F1.keys()
    assert all(f1 >= LEAST_F1[name] for name, f1 in found.items()), found
