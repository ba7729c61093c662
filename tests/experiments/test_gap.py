import pandas as pd
import pytest

from simulator.experiments.gap import DESIGNS_COUNT, eight_designs, gaps
from simulator.exposure.gap import GAP, LINKING, REMAINDER, SWITCHES, decompose_gaps
from simulator.exposure.harm import HELD_MEANS
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.scenario.schema import Coverage

TRUTH = 4
"""The bit of the truth in the number of a design."""


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def designs(town):
    return eight_designs(town)


def test_with_nothing_switched_it_is_the_town_itself(town, designs):
    pd.testing.assert_frame_equal(designs.people[0], run(town).people)


def test_all_designs_have_the_same_people(designs):
    assert len(designs.people) == DESIGNS_COUNT
    for people in designs.people[1:]:
        assert people.index.equals(designs.people[0].index)
        assert people["group"].equals(designs.people[0]["group"])


def test_the_truth_mixes_nobody_up_and_leaves_out_whom_no_record_names(designs):
    for number, people in enumerate(designs.people):
        if number & TRUTH:
            assert not people["false_dossier"].any()
            assert set(people["missed_share"].dropna()) <= {0.0, 1.0}
            assert people.loc[people["missed_share"] == 1, "named"].sum() == 0
    assert designs.people[0]["missed_share"].mean() > designs.people[TRUTH]["missed_share"].mean()


@pytest.mark.slow
def test_parts_add_up(town):
    table = gaps(town, HELD_MEANS).dropna(subset=["value"])
    value = table.pivot_table("value", ["group", "metric"], "part")
    assert {"white", "hispanic"} <= set(value.index.get_level_values("group"))
    parts = value[[*SWITCHES, REMAINDER]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(value[GAP].to_numpy(), abs=1e-12)
    assert set(table["interval"]) == {"household_bootstrap"}


def test_the_truth_takes_the_whole_gap_in_false_files(designs):
    table = decompose_gaps(designs.people, ("false_dossier_share",))
    left = table.loc[table["part"] == REMAINDER, "value"].dropna()
    assert len(left) >= 2
    assert (left == 0).all()


@pytest.mark.slow
def test_what_coverage_does_is_put_down_to_coverage():
    """Few of a group in the two lists that name, and more of its records stay unjoined."""
    town = load_scenario("town", people=400)
    sources = dict(town.sources)
    for name in ("dmv", "utility"):
        coverage = sources[name].coverage.model_dump() | {"by_group": {"hispanic": 0.25}}
        sources[name] = sources[name].model_copy(update={"coverage": Coverage(**coverage)})
    table = gaps(
        town.model_copy(update={"sources": sources}), ("missed_share",), has_interval=False
    )
    parts = table.loc[table["group"] == "hispanic"].set_index("part")["value"]
    assert parts[GAP] > 0.1
    assert parts["coverage"] > 0.4 * parts[GAP]
    assert parts["coverage"] > max(parts["errors"], parts[LINKING] / 2)
    assert set(table["interval"]) == {"none"}
