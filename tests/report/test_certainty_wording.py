"""What cannot be learnt is said wherever a run is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.cli.certainty import evidence_as_text
from simulator.cli.run import as_text
from simulator.pipeline import run
from simulator.report.briefing import briefing_html
from simulator.report.certainty_wording import assumed_sentence
from simulator.report.exports import result_header
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def campus():
    """Return a run in which two lists share a sex and a birth date alone, two others a ZIP code."""
    return run(load_scenario("campus"))


def told(result):
    return {
        "run": as_text(result),
        "evidence": evidence_as_text(result),
        "briefing": briefing_html(result, notes={}, command=""),
        "JSON": result_header(result)["assumed"],
    }


def test_what_is_assumed_and_not_learnt_is_said_wherever_a_run_is_told(campus):
    for where, text in told(campus).items():
        assert "assumed there: where they live, sex, date of birth." in " ".join(text.split()), (
            where
        )


def test_nothing_is_said_where_everything_was_learnt(campus):
    model = replace(campus.learnt.model, declared=())
    learnt = replace(campus, learnt=replace(campus.learnt, model=model))
    assert assumed_sentence(learnt) == ""
    assert not any("it is assumed there" in text for text in told(learnt).values())


def test_nothing_is_said_of_links_that_were_looked_up(campus):
    adversary = campus.scenario.adversary.model_copy(update={"method": "look_up_targets"})
    asking = campus.scenario.model_copy(update={"adversary": adversary})
    assert assumed_sentence(replace(campus, scenario=asking)) == ""
