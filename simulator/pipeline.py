"""The order of the stages: the only file that knows it.

    scenario -> population -> records -> obtained -> links -> clusters -> dossiers -> exposure

Linkage is handed the records alone, without the sensitive facts and without the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import pandas as pd

from simulator import __version__
from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import Ground, ground
from simulator.dossiers.review import reviewing
from simulator.dossiers.statements import Statements, statements
from simulator.exposure import (
    audit_links,
    measure_bypass,
    measure_effort,
    measure_people,
    measure_step,
    resample_households,
)
from simulator.linkage import (
    Learnt,
    LinkedRecords,
    LinkSettings,
    cluster,
    join_sole_residents,
    joining_links,
    learn,
    linked_records,
)
from simulator.population import populate
from simulator.scenario import Scenario, scenario_hash
from simulator.sources import Obtained, collect, lookup_links, obtain
from simulator.tables import (
    VOCABULARY,
    Collected,
    Dossiers,
    Exposure,
    Links,
    Membership,
    Population,
    Result,
)

if TYPE_CHECKING:
    from simulator.exposure.intervals import Resamples
    from simulator.linkage.weights import Model
    from simulator.sources.attention import Attention
    from simulator.sources.held_before import HeldBefore

Progress: TypeAlias = Callable[[str, float], None]
"""Told what is being done, and which share of the whole (0 to 1) is done."""

Solved = TypeVar("Solved")


def collect_records(
    scenario: Scenario,
    progress: Progress | None = None,
    attention: Attention | None = None,
    population: Population | None = None,
    before: HeldBefore | None = None,
) -> tuple[Population, Collected]:
    """Invent the people and fill the sources: everything before anyone obtains or joins anything.

    `attention` says who is met more often than the scenario has it; see `simulator.sources`. Of
    another design of the same town the people may be given as `population`, and what its sources
    held as `before`.
    """
    tell = progress or _silent
    tell("Inventing the people", 0.0)
    population = population or populate(scenario)
    tell("Filling the lists", 0.15)
    return population, collect(scenario, population, _join, attention, before)


def run(
    scenario: Scenario, progress: Progress | None = None, attention: Attention | None = None
) -> Result:
    """Run a scenario: link all it can reach once, then measure every step of joining the sources.

    Step k joins the first k reachable sources in the scenario's order. Its links are those of the
    whole between the records at hand; its clusters are solved anew.

    Parameters
    ----------
    scenario : Scenario
    progress : function (what, share done), optional
    attention : Attention, optional
        Who is met more often than the scenario has it.

    Returns
    -------
    Result
    """
    tell = progress or _silent
    population, collected = collect_records(scenario, tell, attention)
    obtained = obtain(scenario, population, collected)
    return run_on(scenario, population, collected, obtained, progress=tell)


def run_on(
    scenario: Scenario,
    population: Population,
    collected: Collected,
    obtained: Obtained,
    *,
    given: Model | None = None,
    every_step: bool = True,
    progress: Progress | None = None,
    watch: StepWatch | None = None,
) -> Result:
    """Link and measure what is already obtained; see `run`.

    Parameters
    ----------
    scenario : Scenario
    population : Population
    collected : Collected
        What all the sources hold.
    obtained : Obtained
        What the adversary has of it.
    given : Model, optional
        Probabilities learnt elsewhere, in place of training on these records.
    every_step : bool
        False measures the last step alone, with every source joined.
    progress : function (what, share done), optional
    watch : function (joined, people), optional
        Shown every step that is measured, and its people.
    """
    tell = progress or _silent
    tell("Linking the records", 0.3)
    learnt = link_records(scenario, obtained, given)
    tell("Measuring exposure", 0.7)
    links, audit = _audited(scenario, population, obtained, learnt.links)
    residents = population.people.loc[population.people["resident"]]
    resamples = resample_households(residents["household_id"], scenario.seed)
    exposure, people, last = _measure(
        scenario, population, obtained, links, resamples, tell, every_step=every_step, watch=watch
    )
    review = scenario.adversary.review
    tell("Done", 1.0)
    return Result(
        scenario=scenario,
        scenario_hash=scenario_hash(scenario),
        seed=scenario.seed,
        version=__version__,
        population=population,
        collected=collected,
        obtained=obtained,
        learnt=learnt,
        links=links,
        audit=audit,
        membership=last.membership,
        dossiers=last.dossiers,
        exposure=exposure,
        people=people,
        effort=pd.concat(
            [
                measure_effort(
                    people,
                    obtained.targets,
                    obtained.lookups_count,
                    review.hours_per_dossier if review else 0.0,
                ),
                measure_bypass(last.dossiers, people, resamples),
            ],
            ignore_index=True,
        ),
    )


def link_records(scenario: Scenario, obtained: Obtained, given: Model | None = None) -> Learnt:
    """Link what was obtained, as the scenario says, and keep the reasons.

    Who looks its targets up one by one has no links but those: what was found for one target.
    """
    sources = scenario.reachable()
    learnt = learn(
        linkable(obtained.collected, sources),
        repeating(scenario),
        LinkSettings(face_false_match_share=scenario.linkage.face_false_match_share),
        engine=scenario.linkage.engine,
        attaching=_within(scenario.attaching(), sources),
        given=given,
    )
    if scenario.adversary.method == "look_up_targets":
        learnt = replace(learnt, links=lookup_links(obtained))
    return learnt


def _audited(
    scenario: Scenario, population: Population, obtained: Obtained, links: Links
) -> tuple[Links, pd.DataFrame | None]:
    """Return the links that may be used, and by group what an audit found, if there is one."""
    audit = scenario.linkage.audit
    if audit is None:
        return links, None
    audited = audit_links(
        links,
        obtained.collected.truth,
        population.people["group"],
        scenario.linkage.threshold,
        audit,
        scenario.seed,
    )
    return audited.links, audited.groups


def linkable(collected: Collected, sources: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the records of `sources` with the columns that linkage may compare."""
    return {name: comparable(frame) for name, frame in collected.records.items() if name in sources}


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of one source that linkage may compare."""
    return frame[[column for column in frame.columns if column in VOCABULARY]]


def repeating(scenario: Scenario) -> set[str]:
    """Return the reachable sources that may hold several profiles of one person."""
    return {
        name
        for name in _within(scenario.reachable(), scenario.profiles())
        if scenario.sources[name].duplicates_share > 0
        or scenario.sources[name].record_of in ("compiled", "subscription")
    }


@dataclass(frozen=True)
class Joined:
    """Some of the reachable sources, joined.

    Attributes
    ----------
    sources : tuple of str
        Those joined; of a step of the growth the first in the scenario's order, none at step 0.
    membership : Membership
    dossiers : Dossiers
    """

    sources: tuple[str, ...]
    membership: Membership
    dossiers: Dossiers


StepWatch: TypeAlias = Callable[[Joined, pd.DataFrame], None]
"""Shown what is joined at a step, and the people as measured then."""


def join_sources(
    scenario: Scenario,
    collected: Collected,
    links: Links,
    true_facts: Ground,
    stated: Statements,
    *,
    every_step: bool = True,
) -> Iterator[Joined]:
    """Join one reachable source after another, beginning with none; clusters are solved anew.

    Parameters
    ----------
    scenario : Scenario
    collected : Collected
    links : Links
        Those of all reachable sources.
    true_facts, stated
        From `simulator.dossiers.ground.ground` and `simulator.dossiers.statements.statements`.
    every_step : bool
        False joins them all at once.
    """
    reachable = scenario.reachable()
    linked = linked_sources(scenario, collected, links) if reachable else None
    steps = range(0 if every_step else len(reachable), len(reachable) + 1)
    prefixes = (reachable[:step] for step in steps)
    return join_selections(scenario, collected, linked, true_facts, stated, prefixes)


def linked_sources(scenario: Scenario, collected: Collected, links: Links) -> LinkedRecords:
    """Find what may join, once for every selection of the reachable sources."""
    return _solve(linked_records, scenario, collected, links, scenario.reachable())


def join_selections(
    scenario: Scenario,
    collected: Collected,
    linked: LinkedRecords | None,
    true_facts: Ground,
    stated: Statements,
    selections: Iterable[tuple[str, ...]],
) -> Iterator[Joined]:
    """Join one selection of the reachable sources after another; clusters are solved anew.

    Parameters as of `join_sources`; `linked` is from `linked_sources`, None if nothing can be
    reached.
    """
    review = reviewing(scenario)
    for sources in selections:
        membership = (
            _clusters(scenario, collected, linked, sources)
            if linked and sources
            else pd.Series(dtype="int64")
        )
        yield Joined(sources, membership, assemble(true_facts, stated, membership, sources, review))


def links_that_joined(
    scenario: Scenario, collected: Collected, links: Links, sources: tuple[str, ...]
) -> Links:
    """Return the links that made the clusters of `sources`, one fewer than records in each."""
    return _solve(joining_links, scenario, collected, links, sources) if sources else links.iloc[:0]


def _join(
    records: Mapping[str, pd.DataFrame],
    threshold: float,
    duplicates: Collection[str],
    attaching: Collection[str],
) -> Membership:
    """Join records the way a broker does: with the same linkage as anyone."""
    compared = {name: comparable(frame) for name, frame in records.items()}
    links = learn(compared, duplicates, attaching=attaching).links
    return cluster(links, compared, threshold, duplicates, attaching=attaching)


def _clusters(
    scenario: Scenario, collected: Collected, linked: LinkedRecords, sources: tuple[str, ...]
) -> Membership:
    """Cluster the records of `sources`, and say of whom nameless sightings can only be."""
    membership = linked.cluster(sources)
    if scenario.adversary.method == "look_up_targets":
        return membership
    records = {name: collected.records[name] for name in sources}
    return join_sole_residents(membership, records, _within(scenario.without_token(), sources))


def _solve(
    solver: Callable[..., Solved],
    scenario: Scenario,
    collected: Collected,
    links: Links,
    sources: tuple[str, ...],
) -> Solved:
    """Have the records of `sources` joined the way the scenario says."""
    looks_up = scenario.adversary.method == "look_up_targets"
    return solver(
        links,
        {name: collected.records[name] for name in sources},
        threshold=scenario.linkage.threshold,
        duplicates=repeating(scenario) & set(sources),
        method="connected" if looks_up else scenario.linkage.method,
        attaching=_within(scenario.attaching(), sources),
    )


def _within(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in others)


def _measure(
    scenario: Scenario,
    population: Population,
    obtained: Obtained,
    links: Links,
    resamples: Resamples,
    tell: Progress,
    *,
    every_step: bool,
    watch: StepWatch | None,
) -> tuple[Exposure, pd.DataFrame, Joined]:
    """Return the exposure at every step, people at the last, and the last."""
    true_facts = ground(scenario, population)
    collected = obtained.collected
    stated = statements(true_facts, collected)
    steps = []
    steps_count = len(scenario.reachable()) + 1
    for joined in join_sources(
        scenario, collected, links, true_facts, stated, every_step=every_step
    ):
        step = len(joined.sources)
        people = measure_people(joined.dossiers, population)
        if watch is not None:
            watch(joined, people)
        steps.append(measure_step(people, resamples, step, (joined.sources or ("",))[-1]))
        tell("Measuring exposure", 0.7 + 0.3 * (step + 1) / steps_count)
    return pd.concat(steps, ignore_index=True), people, joined


def _silent(what: str, share: float) -> None:
    """Tell nobody."""
