from __future__ import annotations

import math
from dataclasses import replace

from simulator.report.effort_wording import effort_sentences
from simulator.scenario import load_scenario

BOUGHT = (
    "Bypass: of the facts known, by weight, 12 in 100 were bought that the law otherwise reserves "
    "to a warrant (95 % interval 10 to 14 in 100)."
)


def test_a_bypass_is_said_only_where_the_scenario_reserves_anything(result):
    assert not any("Bypass" in sentence for sentence in effort_sentences(result))
    reserving = replace(result, scenario=load_scenario("modern"))
    assert effort_sentences(reserving)[-1] == BOUGHT


def test_without_a_known_fact_nothing_was_bought(result):
    effort = result.effort.assign(
        value=result.effort["value"].mask(result.effort["metric"] == "bypass_share", math.nan)
    )
    unknown = replace(result, scenario=load_scenario("modern"), effort=effort)
    assert not any("Bypass" in sentence for sentence in effort_sentences(unknown))
