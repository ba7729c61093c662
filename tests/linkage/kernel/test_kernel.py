"""The kernel gives what numpy gives, pattern for pattern."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from simulator import pipeline
from simulator.linkage import kernel, link
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import COMPARISONS, comparisons_for
from simulator.linkage.engines import vectorised
from simulator.linkage.fields import standardise
from simulator.linkage.kernel import pieces
from simulator.linkage.kernel.plan import STEPS
from simulator.linkage.pairs import candidate_pairs
from simulator.linkage.patterns import pattern_codes
from simulator.scenario import load_scenario
from tests.linkage.engines.every_column import every_column
from tests.linkage.frames import invented
from tests.linkage.test_faces import with_faces


def assembled(parts):
    left, right, code = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((right, left))
    return left[order], right[order], code[order]


def assert_equal(table, rules=None):
    blocks, comparisons = block(table, rules_for(table, rules)), comparisons_for(table)
    by_numpy = assembled(
        (left, right, pattern_codes(table, comparisons, left, right))
        for _, left, right in candidate_pairs(table, blocks, 1_000)
    )
    by_kernel = assembled(kernel.compare(table, blocks, comparisons))
    for expected, found in zip(by_numpy, by_kernel, strict=True):
        np.testing.assert_array_equal(expected, found)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 700)


def test_every_column_there_is_with_faces_and_events():
    records, faces = every_column(150), with_faces(150)
    for name, frame in faces.items():
        records[name]["face"] = frame["face"].to_numpy()
    assert_equal(standardise(records))
    assert_equal(standardise(records, duplicates={"a"}, attaching={"b"}))


def test_every_comparison_is_compiled_but_that_of_faces():
    assert set(STEPS) == {comparison.name for comparison in COMPARISONS} - {"face"}


def test_columns_that_are_not_there():
    assert_equal(standardise(invented(200, ("a", "b", "c"))))
    assert_equal(standardise({"a": pd.DataFrame({"last_name": ["Smith", "Smyth"] * 9})}, {"a"}))


def test_records_without_a_text_that_is_spelled_out():
    assert_equal(standardise({"a": pd.DataFrame({"device": ["x1", "x2", "x3"] * 6})}, {"a"}))


@pytest.fixture(scope="module")
def modern():
    scenario = load_scenario("modern", people=120)
    _, collected = pipeline.collect_records(scenario)
    return scenario, pipeline.linkable(collected, scenario.reachable())


def test_a_town_with_all_its_lists(modern):
    scenario, records = modern
    attaching = set(scenario.attaching()) & set(records)
    assert_equal(standardise(records, attaching=attaching))


def test_large_work_is_compiled_and_comes_to_the_same(monkeypatch):
    records = invented(300, ("a", "b"))
    small = link(records)
    monkeypatch.setattr(vectorised, "LARGE", 1)
    with monkeypatch.context() as patched:
        patched.setattr(kernel, "compare", lambda *_: pytest.fail("the kernel was used"))
        with pytest.raises(pytest.fail.Exception):
            link(records)
    pd.testing.assert_frame_equal(link(records), small)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.setattr(kernel, "compare", lambda *_: pytest.fail("there is no numba"))
    pd.testing.assert_frame_equal(link(records), small)


def test_as_many_rules_as_there_may_be():
    table = standardise(invented(60, ("a", "b")))
    assert_equal(table, (("surname",), ("zip_code",)) * 32)
