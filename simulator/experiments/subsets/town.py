"""A run's records, encoded and linked once, for whatever subset of its sources is joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.pipeline import join_selections, linked_sources
from simulator.tables import Collected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.dossiers.ground import Ground
    from simulator.dossiers.statements import Statements
    from simulator.linkage import LinkedRecords
    from simulator.pipeline import Joined
    from simulator.randomness import Integers
    from simulator.scenario import Scenario
    from simulator.tables import Links, Population, Result


@dataclass(frozen=True)
class LinkedTown:
    """What all subsets of the sources have in common. R records, sorted by record_id.

    Attributes
    ----------
    scenario : Scenario
    population : Population
        Whose residents are measured.
    collected : Collected
        Of the reachable sources.
    links : Links
    linked : LinkedRecords or None
        None if nothing can be reached.
    true_facts : Ground
    stated : Statements
        Its records are those of `linked`, in the same order.
    """

    scenario: Scenario
    population: Population
    collected: Collected
    links: Links
    linked: LinkedRecords | None
    true_facts: Ground
    stated: Statements

    def join(self, selections: Iterable[tuple[str, ...]]) -> Iterator[Joined]:
        """Join one selection of sources after another, with the stages of the pipeline."""
        return join_selections(
            self.scenario,
            self.collected,
            self.linked,
            self.true_facts,
            self.stated,
            selections,
        )

    def only(self, linked: LinkedRecords, record: Integers, resident: Integers) -> LinkedTown:
        """Return the town with some of its records and residents alone, linked as before.

        Only the links that may join are kept: of a record's best link to a source the second best
        must not take the place because its other end is not here.

        Parameters
        ----------
        linked : LinkedRecords
            Of this town.
        record, resident : arrays of int64
            Positions of the records, and rows of the residents among all people.
        """
        record_id = self.stated.record_id[record]
        records = {
            name: frame.loc[frame.index.isin(record_id)]
            for name, frame in self.collected.records.items()
        }
        truth = self.collected.truth
        kept = Collected(records, truth.loc[truth["record_id"].isin(record_id)])
        rows = (linked.within.link, linked.across.link, linked.events.link)
        links = self.links.iloc[np.sort(np.concatenate(rows))]
        people = self.population.people.sort_index().iloc[resident]
        return replace(
            self,
            population=replace(self.population, people=people),
            collected=kept,
            links=links,
            linked=linked_sources(self.scenario, kept, links),
            stated=statements(self.true_facts, kept),
        )


def linked_town(result: Result) -> LinkedTown:
    """Encode and link what was obtained in a run."""
    scenario, collected = result.scenario, result.obtained.collected
    true_facts = ground(scenario, result.population)
    reached = len(scenario.reachable()) > 0
    return LinkedTown(
        scenario=scenario,
        population=result.population,
        collected=collected,
        links=result.links,
        linked=linked_sources(scenario, collected, result.links) if reached else None,
        true_facts=true_facts,
        stated=statements(true_facts, collected),
    )
