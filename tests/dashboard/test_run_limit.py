from __future__ import annotations

import pytest

from simulator.dashboard import run_limit
from simulator.pipeline import run
from simulator.scenario import load_scenario, packaged_scenarios

SMALL = {"campus", "town", "modern", "traditional"}


@pytest.fixture(scope="module")
def watched():
    return load_scenario("modern", people=100)


def test_every_shipped_town_but_the_city_is_within_the_limit():
    scenarios = {packaged.name: load_scenario(packaged.name) for packaged in packaged_scenarios()}
    within = {name for name, scenario in scenarios.items() if run_limit.is_within(scenario)}
    assert within == SMALL


def test_people_of_the_surroundings_count(watched):
    assert run_limit.people_in(watched) == 300
    assert run_limit.places_in(watched) == 300 * 21


@pytest.mark.slow
def test_there_are_no_more_sightings_and_events_than_reckoned_with(watched):
    collected = run(watched).collected
    events = sum(
        len(collected.records[name])
        for name, source in watched.sources.items()
        if source.record_of == "event"
    )
    assert events > 0
    sightings = sum(len(frame) for frame in collected.sightings.values())
    assert sightings > 0
    assert events + sightings <= run_limit.moments_in(watched)


def test_a_refusal_is_one_sentence_that_names_the_limit(watched):
    crowd = watched.model_copy(
        update={"population": watched.population.model_copy(update={"residents_count": 1_000_000})}
    )
    said = run_limit.refusal(crowd)
    assert "3,000,000 people × 21 lists = 63,000,000" in said
    assert f"{run_limit.MOST_PLACES:,}" in said
    assert said.count(".") == 1


def test_few_lists_may_hold_too_many_sightings(watched):
    sources = {
        name: source.model_copy(
            update={"sightings": source.sightings.model_copy(update={"per_person_day": 24.0})}
        )
        if source.sightings
        else source
        for name, source in watched.sources.items()
    }
    often = watched.model_copy(
        update={
            "sources": sources,
            "observation_days": 366,
            "population": watched.population.model_copy(update={"residents_count": 3_000}),
        }
    )
    assert run_limit.places_in(often) <= run_limit.MOST_PLACES
    assert not run_limit.is_within(often)
    assert "million events, visits and sightings" in run_limit.refusal(often)
