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
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    town = town_settings(scenario)
    known: HeldBefore = {} if before is None or attention is not None else before
    there = {name: source for name, source in scenario.sources.items() if source.exists}
    asked = [
        Asked(scenario, name, population, scenario.as_of, attention)
        for name, source in there.items()
        if source.record_of != "compiled"
    ]
    drawn = {one.name: held for one, held in zip(asked, _hold(asked, known, town), strict=True)}
    held = {
        name: drawn.get(name) or _compiled(scenario, name, population, join, known, town)
        for name in there
    }
    named = {name: one.named for name, one in held.items()}
    truth = truth_table(tuple(scenario.sources), named, tuple(scenario.sensitive_facts))
    refuse_collisions(truth)
    return Collected(
        records={name: one.frame for name, one in held.items()},
        truth=truth,
        sightings={name: one.sightings for name, one in held.items() if one.sightings is not None},
    )


def _hold(asked: Sequence[Asked], known: HeldBefore, town: str) -> list[Held]:
    """Return what each source holds, drawn side by side; what is known is not drawn again."""
    decided = [(*decided_by(one.scenario, one.name, town), str(one.as_of)) for one in asked]
    new = {key: one for key, one in zip(decided, asked, strict=True) if key not in known}
    known.update(zip(new, side_by_side(hold, new.values()), strict=True))
    return [known[key] for key in decided]


def _compiled(
    scenario: Scenario,
    name: str,
    population: Population,
    join: Join | None,
    known: HeldBefore,
    town: str,
) -> Held:
    """Return the profiles of a compiled source, from what its feeders held when it was joined."""
    decided = decided_by(scenario, name, town)
    if decided in known:
        return known[decided]
    source = scenario.sources[name]
    if join is None:
        raise ValueError(f"source {name!r} is compiled: collecting it needs a function that joins")
    day = dt.date.fromisoformat(str(joined_on(scenario, source)))
    fed_by = [
        Asked(scenario, feeder, population, day)
        for feeder in (source.compiled.from_sources if source.compiled else ())
        if feeder in scenario.sources
    ]
    fed_by = [one for one in fed_by if one.source.exists and one.source.record_of != "compiled"]
    feeders = {
        one.name: (then.frame, then.named)
        for one, then in zip(fed_by, _hold(fed_by, known, town), strict=True)
    }
    profiles = compile_profiles(scenario, name, population, feeders, join)
    noise_enabled = scenario.noise_enabled
    true = profiles.true
    known[decided] = Held(*fill(name, source, true, noise_enabled=noise_enabled, profiles=profiles))
    return known[decided]
