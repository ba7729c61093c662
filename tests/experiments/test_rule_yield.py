from __future__ import annotations

import pytest

from simulator.experiments.rule_yield import rule_yield
from simulator.pipeline import run
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def result():
    return run(load_scenario("town", people=150))


def test_every_link_that_is_right_was_brought_by_some_rule(result):
    found = rule_yield(result)
    truth = result.obtained.collected.truth
    whole = truth.loc[truth["field"] == "*"].set_index("record_id")["entity_id"]
    left, right = (whole.loc[result.links[f"record_id_{side}"]].to_numpy() for side in "lr")
    assert (left == right).sum() <= found.found_count <= found.true_pairs_count


def test_true_pairs_are_those_of_lists_that_are_compared(result):
    """Within a list they count only where it may hold somebody twice."""
    truth = result.obtained.collected.truth
    whole = truth.loc[truth["field"] == "*"].copy()
    whole["source"] = whole["source"].astype(str)
    held = whole.groupby(["entity_id", "source"]).size().unstack(fill_value=0)
    repeating = set(result.learnt.table.duplicates)
    expected = 0
    for place, a in enumerate(held.columns):
        for b in held.columns[place:]:
            if a == b:
                expected += (held[a] * (held[a] - 1) // 2).sum() if a in repeating else 0
            else:
                expected += (held[a] * held[b]).sum()
    assert rule_yield(result).true_pairs_count == expected


def test_what_a_rule_brings_alone_is_part_of_what_it_brings(result):
    rules = rule_yield(result).rules
    assert (rules["alone"] <= rules["pairs"]).all()
    assert (rules["true_alone"] <= rules[["alone", "true_pairs"]].min(axis=1)).all()
    assert (rules["true_pairs"] <= rules["pairs"]).all()
    assert rules["true_alone"].sum() > 0
