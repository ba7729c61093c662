from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.linkage import blocking
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.fields import standardise
from simulator.linkage.pairs import candidate_pairs

SMALL_TEXT = st.sampled_from(["x", "y", "z", None])


def pairs_of(table, blocks, chunk=3):
    return [
        (int(a), int(b))
        for _, left, right in candidate_pairs(table, blocks, chunk)
        for a, b in zip(left, right, strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 2), SMALL_TEXT, SMALL_TEXT), min_size=1, max_size=25),
    repeating=st.booleans(),
)
def test_every_pair_that_a_rule_joins_is_brought_exactly_once(rows, repeating):
    records = {
        f"s{number}": pd.DataFrame(
            {
                "city": [row[1] for row in rows if row[0] == number],
                "state": [row[2] for row in rows if row[0] == number],
            },
            index=[f"{number}-{i}" for i, row in enumerate(rows) if row[0] == number],
        )
        for number in range(3)
    }
    table = standardise(records, {"s1"} if repeating else ())
    rules = tuple(
        r for r in (("city",), ("state",), ("city", "state")) if set(r) <= set(table.columns)
    )
    found = pairs_of(table, block(table, rules))
    codes = {name: column.codes for name, column in table.columns.items()}
    expected = {
        (a, b)
        for a in range(len(table))
        for b in range(a + 1, len(table))
        if (table.source[a] != table.source[b] or table.repeats[table.source[a]])
        and any(all(codes[c][a] == codes[c][b] >= 0 for c in rule) for rule in rules)
    }
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_rule_over_its_budget_loses_its_largest_groups_and_says_so(monkeypatch):
    monkeypatch.setattr(blocking, "PAIRS_ALWAYS", 10)
    monkeypatch.setattr(blocking, "PAIRS_PER_RECORD", 0)
    records = {
        name: pd.DataFrame(
            {"city": ["rome"] * 5 + ["oslo"] * 2}, index=[f"{name}{i}" for i in range(7)]
        )
        for name in "ab"
    }
    table = standardise(records)
    blocks = block(table, (("city",),))
    assert blocks.left_out == {("city",): 25}
    oslo = np.flatnonzero(table.columns["city"].texts[table.columns["city"].codes] == "oslo")
    assert {a for a, _ in pairs_of(table, blocks)} < set(oslo.tolist())


def test_people_misspelt_in_both_names_meet_by_sound_and_birthday():
    records = {
        "a": pd.DataFrame(
            {"first_name": ["Jon"], "last_name": ["Smith"], "birth_date": ["1985-03-07"]},
            index=["1"],
        ),
        "b": pd.DataFrame(
            {"first_name": ["John"], "last_name": ["Brown"], "birth_date": ["1958-03-07"]},
            index=["2"],
        ),
    }
    table = standardise(records)
    assert pairs_of(table, block(table, rules_for(table))) == [(0, 1)]


def test_rules_follow_from_the_columns_two_sources_share():
    records = {
        "a": pd.DataFrame({"first_name": ["Ann"], "zip_code": ["00123"]}, index=["1"]),
        "b": pd.DataFrame({"first_name": ["Ann"], "birth_date": ["1985-03-07"]}, index=["2"]),
        "c": pd.DataFrame({"birth_date": ["1985-03-07"], "zip_code": ["00123"]}, index=["3"]),
    }
    assert rules_for(standardise(records)) == (
        ("birth_date",),
        ("birth_month_day",),
        ("given_sound",),
    )


def test_a_rule_on_a_column_that_does_not_exist_is_refused():
    table = standardise({"a": pd.DataFrame({"city": ["rome"]}, index=["1"])})
    with pytest.raises(ValueError, match="no such column: shoe_size"):
        rules_for(table, [("shoe_size",)])


def test_more_rules_than_a_record_can_be_marked_with_are_refused():
    table = standardise({"a": pd.DataFrame({"city": ["rome"]}, index=["1"])}, duplicates={"a"})
    assert len(rules_for(table, [("city",)] * 64)) == 64
    with pytest.raises(ValueError, match="at most 64 blocking rules, not 65"):
        rules_for(table, [("city",)] * 65)
