"""How large a run a page takes on, so that one visitor does not stop the pages of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.scenario import Scenario

MOST_PLACES = 400_000
"""People, those of the surroundings included, times lists."""

MOST_MOMENTS = 5_000_000
"""Events, sightings and visits that there may be at most, over all people."""

LIMIT = (
    f"This page runs at most {MOST_PLACES:,} people × lists (people of the surroundings included), "
    f"with at most {MOST_MOMENTS // 1_000_000} million events, visits and sightings."
)


def people_in(scenario: Scenario) -> int:
    """Return how many people there are, those of the surroundings included."""
    population = scenario.population
    return round(population.residents_count * (1 + population.outsiders_per_resident))


def places_in(scenario: Scenario) -> int:
    """Return people times lists."""
    return people_in(scenario) * len(scenario.sources)


def moments_in(scenario: Scenario) -> float:
    """Return how many events, visits and sightings there may be: hardly ever fewer than there are.

    A sensor that looks at haunts alone sees people in the hours of their visits only.
    """
    days = scenario.observation_days
    visits_per_day = {
        name: max(haunt.visits_per_week, haunt.others_visits_per_week) / 7
        for name, haunt in scenario.haunts.items()
    }
    of_one = sum(visits_per_day.values()) * days
    for source in scenario.sources.values():
        if source.events:
            most = max([1.0, *source.events.by_group.values()])
            of_one += source.events.per_person_year * source.events.years * most
        if source.sightings:
            seen = source.sightings
            hours = (seen.last_hour - seen.first_hour) % 24 + 1
            there = sum(visits_per_day.get(place, hours) / hours for place in seen.at or ("all",))
            kept = min(days, source.retention_days or days)
            of_one += seen.per_person_day * seen.sensors_share * min(1.0, there) * kept
    return of_one * people_in(scenario)


def is_within(scenario: Scenario) -> bool:
    """Tell whether a page runs the scenario at once."""
    return places_in(scenario) <= MOST_PLACES and moments_in(scenario) <= MOST_MOMENTS


def refusal(scenario: Scenario) -> str:
    """Say in one sentence that the scenario is too large to be run here, and what to do."""
    asked = f"{people_in(scenario):,} people × {len(scenario.sources)} lists"
    if places_in(scenario) > MOST_PLACES:
        asked += f" = {places_in(scenario):,}"
        over = f"more than the {MOST_PLACES:,} that this page runs"
    else:
        millions = moments_in(scenario) / 1_000_000
        asked += f" may have {millions:,.0f} million events, visits and sightings"
        over = f"more than the {MOST_MOMENTS // 1_000_000} million that this page runs"
    return (
        f"{asked}: {over}; lower residents_count, or download the text and run it from the command "
        "line."
    )
