from __future__ import annotations

from simulator.report.group_inputs import group_inputs
from simulator.scenario import load_scenario
from simulator.scenario.schema import Coverage, Noise


def test_differences_between_groups_that_are_put_in_are_told():
    town = load_scenario("town")
    assert any("Hispanic: 30 in 100" in said for said in group_inputs(town))
    utility = town.sources["utility"].model_copy(
        update={
            "coverage": Coverage(share=0.75, by_group={"black": 0.8}),
            "noise": {"typing": Noise(cells_share=0.01, by_group={"asian": 2})},
        }
    )
    unequal = town.model_copy(update={"sources": {**town.sources, "utility": utility}})
    told = set(group_inputs(unequal)) - set(group_inputs(town))
    assert told == {
        "coverage of Utility bills (Black × 0.8)",
        "typing in Utility bills (Asian or Pacific Islander × 2)",
    }
