"""Towns for the subsets of their sources: worked, random, and out of shipped scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.scenario.schema.source import SourceField
from simulator.sources.access import Obtained
from simulator.tables import Collected, Links, Population, Result, text
from tests.dossiers import five_people
from tests.dossiers.random_town import PEOPLE, random_population, random_records

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario
    from simulator.scenario.schema.adversary import Review

TWELVE_PLAYERS = Path(__file__).parents[3] / "benchmarks" / "twelve_players.yaml"
SEEN = "drones"
ON_TARGETS_ONLY = {"powers": ("public", "warrant"), "targets_count": 1}


def result_of(
    scenario: Scenario, population: Population, collected: Collected, links: Links
) -> Result:
    """Return a run of which only what came before the measuring is there."""
    none = pd.Series(dtype="int64")
    return Result(
        scenario=scenario,
        scenario_hash="",
        seed=scenario.seed,
        version="",
        population=population,
        collected=collected,
        obtained=Obtained(collected, np.zeros(0, np.int64), none, none),
        learnt=None,
        links=links,
        audit=None,
        membership=none,
        dossiers=None,
        exposure=pd.DataFrame(),
        people=pd.DataFrame(),
        effort=pd.DataFrame(),
    )


def links_between(left, right, weight, probability=1.0) -> Links:
    return pd.DataFrame(
        {
            "record_id_l": np.asarray(left, dtype=np.int64),
            "record_id_r": np.asarray(right, dtype=np.int64),
            "match_weight": np.asarray(weight, dtype=np.float64),
            "match_probability": np.broadcast_to(probability, len(left)),
        }
    )


def worked_town() -> Result:
    """Return the town of five people, with a link between any two records of one cluster."""
    cluster = five_people.membership()
    left, right = np.triu_indices(len(cluster), 1)
    alike = cluster.to_numpy()[left] == cluster.to_numpy()[right]
    ids = cluster.index.to_numpy()
    links = links_between(ids[left[alike]], ids[right[alike]], 10 + np.arange(alike.sum()) % 3)
    return result_of(
        five_people.scenario(), five_people.population(), five_people.collected(), links
    )


def random_town(
    seed: int,
    links_count: int = 90,
    *,
    events: tuple[str, ...] = (),
    duplicates: tuple[str, ...] = (),
    targets_only: tuple[str, ...] = (),
    sightings_count: int = 0,
    linked_sightings: bool = False,
    review: Review | None = None,
    method: str = "constrained",
) -> Result:
    """Return forty people, whose records are linked at random, rightly three times in four."""
    rng = np.random.default_rng(seed)
    population = random_population(rng)
    collected = random_records(rng, population, 0.2)
    scenario = five_people.scenario()
    sources = dict(scenario.sources)
    for name in events:
        sources[name] = sources[name].model_copy(update={"record_of": "event"})
    for name in duplicates:
        sources[name] = sources[name].model_copy(update={"duplicates_share": 0.5})
    for name in targets_only:
        sources[name] = sources[name].model_copy(update={"gate": "warrant"})
    if sightings_count:
        street = SourceField(role="quasi-identifier")
        clinic = SourceField(role="sensitive")
        fields = {"street_address": street, "clinic_visits": clinic}
        sources[SEEN] = sources["dmv"].model_copy(
            update={"record_of": "sighting", "fields": fields}
        )
        collected = _with_sightings(rng, population, collected, sightings_count)
    adversary = {"review": review, **(ON_TARGETS_ONLY if targets_only else {})}
    adversary |= {"targeted_requests_count": 1} if targets_only else {}
    scenario = scenario.model_copy(
        update={
            "sources": sources,
            "adversary": scenario.adversary.model_copy(update=adversary),
            "linkage": scenario.linkage.model_copy(update={"method": method}),
        }
    )
    linkable = [name for name in collected.records if name != SEEN or linked_sightings]
    links = _random_links(rng, collected, linkable, duplicates, links_count)
    return result_of(scenario, population, collected, links)


def _with_sightings(
    rng: np.random.Generator, population: Population, collected: Collected, count: int
) -> Collected:
    """Add a source that knows where somebody was, addresses in any case of letters, and to what."""
    streets = population.addresses["street_address"].to_numpy(dtype=object)
    seen = rng.choice(streets[:6], count)
    shouted = rng.random(count) < 0.3
    ids = np.sort(rng.choice(np.arange(2000, 3000), count, replace=False))
    frame = pd.DataFrame(
        {
            "street_address": text(
                [s.upper() if up else s for s, up in zip(seen, shouted, strict=True)]
            ),
            "clinic_visits": text(np.where(rng.random(count) < 0.5, "Oncology", None)),
            "record_date": text([f"2025-02-{day:02}" for day in rng.integers(1, 9, count)]),
        },
        index=pd.Index(ids, name="record_id"),
    )
    subject = population.people.index.to_numpy()[rng.integers(0, PEOPLE, count)]
    truth = pd.DataFrame(
        {"record_id": ids, "source": SEEN, "field": "*", "entity_id": subject, "role": "subject"}
    )
    return Collected(
        {**collected.records, SEEN: frame}, pd.concat([collected.truth, truth], ignore_index=True)
    )


def _random_links(
    rng: np.random.Generator,
    collected: Collected,
    linkable: list[str],
    duplicates: tuple[str, ...],
    count: int,
) -> Links:
    truth = collected.truth.loc[collected.truth["source"].isin(linkable)]
    ids, entity = truth["record_id"].to_numpy(), truth["entity_id"].to_numpy()
    source = truth["source"].to_numpy(dtype=object)
    left, right = np.triu_indices(len(ids), 1)
    possible = (source[left] != source[right]) | np.isin(source[left], list(duplicates))
    left, right = left[possible], right[possible]
    weight = np.where(entity[left] == entity[right], 100.0, 1.0)
    drawn = rng.choice(len(left), count, replace=False, p=weight / weight.sum())
    # few distinct weights, so that many links are as sure; some are not sure enough
    return links_between(
        ids[left[drawn]],
        ids[right[drawn]],
        rng.integers(5, 15, count),
        rng.choice([0.95, 0.5], count, p=[0.9, 0.1]),
    )
