"""The town of 5,000 and its surroundings, populated once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.population import populate
from simulator.population.demography import birth_dates
from simulator.population.households import Roster, populate_households
from simulator.scenario import load_scenario

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario
    from simulator.tables import Population


def town(people: int = 300, seed: int | None = None, **settings: Any) -> Scenario:
    """Return the packaged town with another number of residents and other population settings."""
    scenario = load_scenario("town", people=people, seed=seed)
    population = scenario.population.model_copy(update=settings)
    return scenario.model_copy(update={"population": population})


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return town(5000)


@pytest.fixture(scope="session")
def population(scenario: Scenario) -> Population:
    return populate(scenario)


@pytest.fixture(scope="session")
def roster(scenario: Scenario) -> Roster:
    return populate_households(scenario)


@pytest.fixture(scope="session")
def birth_date(scenario: Scenario, roster: Roster) -> Any:
    return birth_dates(roster, scenario.seed, scenario.as_of)
