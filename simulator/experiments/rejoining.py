"""Who is harmed if the records were joined at another threshold, with the same links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.experiments.harm import groups_of
from simulator.exposure import measure_people
from simulator.pipeline import join_sources

if TYPE_CHECKING:
    from simulator.dossiers.ground import Ground
    from simulator.dossiers.statements import Statements
    from simulator.experiments.harm import Groups
    from simulator.tables import Result


@dataclass(frozen=True)
class Rejoinable:
    """A result with what it takes to join it anew: the truth and the records, encoded once."""

    result: Result
    true_facts: Ground
    stated: Statements


def rejoinable(result: Result) -> Rejoinable:
    """Encode what a result needs to be joined at other thresholds."""
    known = ground(result.scenario, result.population)
    return Rejoinable(result, known, statements(known, result.obtained.collected))


def groups_at(one: Rejoinable, threshold: float) -> Groups:
    """Return who is harmed if records were joined at another threshold, with the same links.

    Parameters
    ----------
    one : Rejoinable
    threshold : float
        Least match probability at which two records are joined (0 to 1). Links below that of an
        audit are gone.
    """
    result = one.result
    linkage = result.scenario.linkage.model_copy(update={"threshold": threshold})
    scenario = result.scenario.model_copy(update={"linkage": linkage})
    (joined,) = join_sources(
        scenario,
        result.obtained.collected,
        result.links,
        one.true_facts,
        one.stated,
        every_step=False,
    )
    people = measure_people(joined.dossiers, result.population)
    return groups_of(scenario, result.population, joined.dossiers, people)
