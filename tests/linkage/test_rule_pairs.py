from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import blocking
from simulator.linkage.fields import standardise
from simulator.linkage.pairs import candidate_pairs
from simulator.linkage.rule_pairs import pairs_by_rule
from tests.linkage.frames import invented


@pytest.fixture
def two_lists():
    """One pair shares telephone and surname, another the surname alone."""
    a = pd.DataFrame({"last_name": ["Roth", "Kim"], "phone": ["1", "2"]}, index=["a1", "a2"])
    b = pd.DataFrame({"last_name": ["Roth", "Kim"], "phone": ["1", "9"]}, index=["b1", "b2"])
    return standardise({"a": a, "b": b})


def test_what_each_rule_brings_by_hand(two_lists):
    found = {each.rule: each for each in pairs_by_rule(two_lists)}
    phone, surname = found["phone",], found["surname",]
    assert (len(phone.left), phone.first.tolist(), phone.alone.tolist()) == (1, [True], [False])
    assert sorted(zip(surname.left, surname.right, strict=True)) == [(0, 2), (1, 3)]
    assert surname.first.sum() == surname.alone.sum() == 1
    assert surname.left[surname.alone].tolist() == [1]


def test_the_first_of_all_rules_are_the_candidate_pairs():
    table = standardise(invented(300, ("a", "b")), duplicates={"a"})
    blocks = blocking.block(table, blocking.rules_for(table))
    brought = {
        (left, right)
        for _, lefts, rights in candidate_pairs(table, blocks, 500)
        for left, right in zip(lefts, rights, strict=True)
    }
    first = [
        pair
        for each in pairs_by_rule(table)
        for pair in zip(each.left[each.first], each.right[each.first], strict=True)
    ]
    assert len(first) == len(set(first))
    assert set(first) == brought


def test_groups_that_are_too_large_are_counted(monkeypatch):
    monkeypatch.setattr(blocking, "PAIRS_ALWAYS", 3)
    monkeypatch.setattr(blocking, "PAIRS_PER_RECORD", 0)
    names = np.array(["Smith"] * 4 + ["Roth"], dtype=object)
    frames = {
        source: pd.DataFrame({"last_name": names}, index=[f"{source}{row}" for row in range(5)])
        for source in "ab"
    }
    (surname,) = (each for each in pairs_by_rule(standardise(frames)) if each.rule == ("surname",))
    assert (len(surname.left), surname.left_out) == (1, 16)
