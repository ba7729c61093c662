"""The people that the validation counts, invented once for all its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.experiments.validate.coverage import people_in_sources
from simulator.experiments.validate.names import TOWNS_OF_ADULTS, UniqueNames, count_unique_names
from simulator.experiments.validate.people import households
from simulator.experiments.validate.unicity import unicity_curve
from simulator.population.people_only import populate_people_only
from simulator.population.zip_areas import zip_sizes
from simulator.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.pipeline import Progress

SCENARIO = "town"
ADULT_YEARS = 18
PEOPLE_PER_ADULT = 1.3
"""People in a town with as many adults as are wanted in another (adults are 78 % of people)."""


@dataclass(frozen=True)
class Evidence:
    """What the measures read.

    Attributes
    ----------
    scenario : Scenario
        Of the invented people.
    people : DataFrame
        Everyone in whole ZIP areas, as `populate_people_only` gives them.
    households : DataFrame
        Their households: ``group``, ``owner``, ``size``.
    adults : DataFrame
        The adults of a larger town that begins with the same people, for the names.
    unique_names : mapping
        Adults -> unique full names among the first so many of them.
    in_sources : DataFrame
        By age, people and people with a record in each source, over five towns of the packaged
        scenario as it is shipped.
    unicity : DataFrame
        As `unicity_curve` gives it, in a town as it is shipped.
    """

    scenario: Scenario
    people: pd.DataFrame
    households: pd.DataFrame
    adults: pd.DataFrame
    unique_names: Mapping[int, UniqueNames]
    in_sources: pd.DataFrame
    unicity: pd.DataFrame


def gather(people_count: int, seed: int | None, tell: Progress) -> Evidence:
    """Invent the people and fill the five towns' lists.

    Parameters
    ----------
    people_count : int
        The ZIP areas are as many as it takes to hold so many people, every one of them whole. The
        towns whose lists are filled have as many residents as shipped, or this many if fewer.
    seed : int, optional
        In place of the packaged scenario's.
    tell : function (what, share done)
    """
    shipped = load_scenario(SCENARIO, seed=seed)
    tell("Inventing the people", 0.0)
    areas = len(zip_sizes(shipped.seed, 0, people_count))
    wanted = round(people_count * PEOPLE_PER_ADULT)
    scenario = _town(shipped, int(zip_sizes(shipped.seed, 0, wanted).sum()), outsiders=0.0)
    everyone = populate_people_only(scenario)
    # areas of the town have even numbers
    people = everyone.loc[everyone["zip_area"] < 2 * areas]
    adults = everyone.loc[everyone["age"] >= ADULT_YEARS]
    del everyone
    tell("Counting full names", 0.5)
    unique_names = {
        count: count_unique_names(scenario, adults.iloc[:count])
        for count in TOWNS_OF_ADULTS
        if count <= len(adults)
    }
    tell("Filling the lists of five towns", 0.7)
    few = min(shipped.population.residents_count, people_count)
    outsiders = shipped.population.outsiders_per_resident
    town = _town(shipped, few, outsiders)
    in_sources = people_in_sources(town)
    tell("Following telephones", 0.8)
    unicity = unicity_curve(town)
    tell("Counting people", 0.9)
    return Evidence(scenario, people, households(people), adults, unique_names, in_sources, unicity)


def _town(scenario: Scenario, residents_count: int, outsiders: float) -> Scenario:
    changes = {"residents_count": residents_count, "outsiders_per_resident": outsiders}
    return scenario.model_copy(
        update={"population": scenario.population.model_copy(update=changes)}
    )
