"""Collecting: every source's records, and apart from them the truth about each record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from simulator.sources.compiled import compile_profiles, joined_on
from simulator.sources.fill import fill
from simulator.sources.held_before import decided_by, town_settings
from simulator.sources.kinds import Asked, Held, hold
from simulator.sources.truth import refuse_collisions, truth_table
from simulator.tables import Collected, Population

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario
    from simulator.sources.attention import Attention
    from simulator.sources.compiled import Join
    from simulator.sources.held_before import HeldBefore


def collect(
    scenario: Scenario,
    population: Population,
    join: Join | None = None,
    attention: Attention | None = None,
    before: HeldBefore | None = None,
) -> Collected:
    """Fill every source that exists with its records.

    Whether the adversary can obtain a source plays no part here, and no draw of one source
    depends on another source, but for what a compiled one is joined from.

    Parameters
    ----------
    scenario : Scenario
    population : Population
    join : function, optional
        Joins the records of the feeders of a compiled source; see `simulator.sources.compiled`.
    attention : Attention, optional
        Whom and where events befall more often than the scenario says.
    before : dict, optional
        What sources held in other designs of the town, for the same `population`; it is looked up
        and added to. Only without `attention`.

    Returns
    -------
    Collected
        Frames in scenario order, each sorted by ``record_id``; the truth in the same order, one
        row per record, then one per cell that holds somebody else's value, then one per person
        listed (see `truth_table`).

    Raises
    ------
    ValueError
        If two records have one record_id, if a field has noise that cannot happen to it, if a
        source lacks the settings of its kind, or if there is a compiled source and no `join`.
    """
    held, town = {}, town_settings(scenario)
    known: HeldBefore = {} if before is None or attention is not None else before
    for name, source in scenario.sources.items():
        if not source.exists:
            continue
        if source.record_of == "compiled":
            decided = decided_by(scenario, name, town)
            if decided not in known:
                known[decided] = _compiled(scenario, name, population, join, known, town)
            held[name] = known[decided]
        else:
            asked = Asked(scenario, name, population, scenario.as_of, attention)
            held[name] = _hold_once(asked, known, town)
    named = {name: one.named for name, one in held.items()}
    truth = truth_table(tuple(scenario.sources), named, tuple(scenario.sensitive_facts))
    refuse_collisions(truth)
    return Collected(
        records={name: one.frame for name, one in held.items()},
        truth=truth,
        sightings={name: one.sightings for name, one in held.items() if one.sightings is not None},
    )


def _hold_once(asked: Asked, known: HeldBefore, town: str) -> Held:
    decided = (*decided_by(asked.scenario, asked.name, town), str(asked.as_of))
    if decided not in known:
        known[decided] = hold(asked)
    return known[decided]


def _compiled(
    scenario: Scenario,
    name: str,
    population: Population,
    join: Join | None,
    known: HeldBefore,
    town: str,
) -> Held:
    """Return the profiles of a compiled source, from what its feeders held when it was joined."""
    source = scenario.sources[name]
    if join is None:
        raise ValueError(f"source {name!r} is compiled: collecting it needs a function that joins")
    day = dt.date.fromisoformat(str(joined_on(scenario, source)))
    feeders = {}
    for feeder in source.compiled.from_sources if source.compiled else ():
        fed_by = scenario.sources.get(feeder)
        if fed_by is not None and fed_by.exists and fed_by.record_of != "compiled":
            then = _hold_once(Asked(scenario, feeder, population, day), known, town)
            feeders[feeder] = (then.frame, then.named)
    profiles = compile_profiles(scenario, name, population, feeders, join)
    noise_enabled = scenario.noise_enabled
    return Held(*fill(name, source, profiles.true, noise_enabled=noise_enabled, profiles=profiles))
