"""The kinds of source: what one record stands for, and who draws the records of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.randomness import Stream
from simulator.sources.events import events
from simulator.sources.faces import with_faces
from simulator.sources.fields import TrueValues
from simulator.sources.fill import fill
from simulator.sources.jobs import jobs
from simulator.sources.sightings import sight
from simulator.sources.subjects import subjects_of
from simulator.sources.subscriptions import subscriptions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    import pandas as pd

    from simulator.scenario.schema import RecordOf, Scenario, Source
    from simulator.sources.attention import Attention
    from simulator.sources.subjects import Subjects
    from simulator.sources.truth import Named
    from simulator.tables import Population


@dataclass(frozen=True)
class Asked:
    """One source that is to be filled, and all that its records may depend on.

    Attributes
    ----------
    scenario : Scenario
    name : str
        The source's.
    population : Population
    as_of : date
        The day on which its file is opened, not later than the scenario's.
    attention : Attention, optional
    """

    scenario: Scenario
    name: str
    population: Population
    as_of: dt.date
    attention: Attention | None = None

    @property
    def source(self) -> Source:
        """The settings of the source."""
        return self.scenario.sources[self.name]

    @property
    def stream(self) -> Stream:
        """The stream of the source."""
        return Stream(self.scenario.seed, self.name)


@dataclass(frozen=True)
class Held:
    """What one source holds.

    Attributes
    ----------
    frame : DataFrame
        As in ``Collected.records``.
    named : Named
        Whom its records name.
    sightings : DataFrame, optional
        As in ``Collected.sightings``, for a source of sightings.
    """

    frame: pd.DataFrame
    named: Named
    sightings: pd.DataFrame | None = None


def _of_people(asked: Asked) -> Subjects:
    people, history_years = asked.population.people, asked.scenario.population.history_years
    return subjects_of(asked.source, people, asked.stream, asked.as_of, history_years)


def _of_lines(asked: Asked) -> Subjects:
    return subscriptions(asked.scenario, asked.source, asked.population, asked.stream, asked.as_of)


def _of_jobs(asked: Asked) -> Subjects:
    return jobs(asked.scenario, asked.source, asked.population, asked.stream, asked.as_of)


def _of_events(asked: Asked) -> Subjects:
    return events(
        asked.scenario,
        asked.name,
        asked.source,
        asked.population,
        asked.stream,
        asked.as_of,
        asked.attention,
    )


DRAWN_BY: Mapping[RecordOf, Callable[[Asked], Subjects]] = {
    "person": _of_people,
    "household_account": _of_people,
    "subscription": _of_lines,
    "job": _of_jobs,
    "event": _of_events,
}
"""Who draws the records of each kind that states what is true of people on a day.

Sources of sightings come from sensors, compiled ones from other sources.
"""


def hold(asked: Asked) -> Held:
    """Return what a source holds; any source but a compiled one.

    Raises
    ------
    KeyError
        If the source is compiled.
    ValueError
        If the source lacks the settings of its kind, or a field has noise that cannot happen to it.
    """
    scenario, source = asked.scenario, asked.source
    if source.record_of == "sighting":
        then = scenario.model_copy(update={"as_of": asked.as_of})
        sighted = sight(then, asked.name, source, asked.population, asked.stream)
        return Held(sighted.frame, sighted.named, sighted.sightings)
    subjects = with_faces(scenario, source, asked.stream, DRAWN_BY[source.record_of](asked))
    true = TrueValues(asked.population, subjects, source, asked.stream)
    return Held(*fill(asked.name, source, true, noise_enabled=scenario.noise_enabled))
