from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.compare_figures import growth, meanings, only_design, taken, takes_nothing
from tests.report import compared

LISTS = ("utility", "social", "broker", "dmv")
BAN = compared.comparison("ban")


def grown(before, after):
    """Return the growth of two designs that join these lists, each list adding as much."""
    rows = [
        {"policy": policy, "source_added": source, "metric": "exposure_share", "value": 0.1 * step}
        for policy, sources in (("", before), ("ban", after))
        for step, source in enumerate(["", *sources])
    ]
    return growth(replace(BAN, growth=pd.DataFrame(rows)))


def order(before, after):
    labels = {source.label: name for name, source in BAN.base.sources.items()}
    return [labels[found.label] for found in grown(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("utility", "dmv"), ("utility", "social", "broker", "dmv"), LISTS),
        (
            ("social", "dmv"),
            ("utility", "social", "broker"),
            ("utility", "social", "broker", "dmv"),
        ),
        (LISTS, ("broker",), LISTS),
        ((), LISTS, LISTS),
    ],
)
def test_a_list_stands_after_the_one_it_is_joined_after(before, after, expected):
    assert order(before, after) == list(expected)


@given(st.sets(st.sampled_from(LISTS)), st.sets(st.sampled_from(LISTS)))
def test_each_design_is_told_in_its_own_order_whatever_lists_it_has(before, after):
    """A curve drawn in the order of the rows never runs backwards."""
    designs = [[name for name in LISTS if name in chosen] for chosen in (before, after)]
    found = grown(*designs)
    for policy, sources in zip(("", "ban"), designs, strict=True):
        held = [each.designs[policy] for each in found if policy in each.designs]
        values = [measures["exposure_share"] for measures in held]
        assert len(values) == len(sources)
        assert values == sorted(values)


def test_what_is_taken_is_read_by_policy():
    less = taken(compared.comparison("ban", "moot"))
    assert (less["ban"].records, less["ban"].cells) == (0.2, 0.0)
    assert takes_nothing(compared.comparison("ban", "moot")) == {"ban": False, "moot": True}
    assert takes_nothing(compared.scenarios()) == {"reform": True}  # it holds more


def test_one_design_stands_alone():
    assert only_design(compared.comparison("ban")) == "ban"
    assert only_design(compared.comparison()) is None


def test_ranks_are_explained_only_where_there_are_some():
    assert "rank" in meanings(compared.comparison())
    assert "rank" not in meanings(compared.comparison("ban"))


def test_between_scenarios_nothing_is_said_of_a_policy():
    for comparison in (compared.scenarios(), compared.scenarios("ban", records_share=0.4)):
        assert not any("policy" in meaning for meaning in meanings(comparison).values())
    assert "at random" in meanings(compared.scenarios("ban", records_share=0.4))
