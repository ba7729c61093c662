"""Events: what happens to people now and then, and leaves a record each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import combine
from simulator.sources.attention import area_factors
from simulator.sources.coverage import OLDEST_YEARS, covered, share_by_age
from simulator.sources.groups import group_factors
from simulator.sources.opting_out import removed
from simulator.sources.subjects import DAYS_PER_YEAR, Subjects, record_ids

if TYPE_CHECKING:
    import datetime as dt

    from simulator.randomness import Floats, Integers, Stream
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.attention import Attention
    from simulator.tables import Population


def events(
    scenario: Scenario,
    name: str,
    source: Source,
    population: Population,
    stream: Stream,
    as_of: dt.date,
    attention: Attention | None,
) -> Subjects:
    """Draw the events that one source has on file on a day, not later than that of the scenario.

    They fall on independent days of the last `years` before the day of the scenario.
    How many a person has is a Poisson number whose mean is the rate times the years, the factor of
    the group, that of the square where the person lives, and that of `attention`. An event before
    the ages that the source sees, or older than its `retention_days`, is not on file. Raising a
    rate or a factor adds events and changes none.

    Raises
    ------
    ValueError
        If the source does not say how often its events happen.
    """
    settings = source.events
    if settings is None:
        raise ValueError(f"source {name!r} is of events, and says nothing of how often they happen")
    people = population.people
    seen = covered(source, people, stream)
    seen = seen[~removed(source, scenario.seed, seen)]
    if settings.only_with is not None:
        seen = seen[people[settings.only_with].reindex(seen).notna().to_numpy()]
    rows = people.index.get_indexer(pd.Index(seen))
    group = people["group"].array.take(rows)
    mean = np.full(len(seen), settings.per_person_year * settings.years)
    mean *= group_factors(group, settings.by_group)
    if source.areas_spread > 0 or attention is not None:
        address_id = pd.Index(people["address_id"].to_numpy()[rows])
        home_area = population.addresses["home_area"].reindex(address_id).array
        mean *= area_factors(scenario.seed, home_area, source.areas_spread)
        if attention is not None:
            mean *= attention.factors(name, seen, home_area)

    person, number = happened(mean, seen, stream.child("events"))
    keys = combine(seen[person], number)
    ago = np.floor(stream.child("day").uniform(keys) * settings.years * DAYS_PER_YEAR)
    day = np.datetime64(scenario.as_of, "D") - (1 + ago).astype("timedelta64[D]")
    born = people["birth_date"].to_numpy().astype("datetime64[D]")[rows[person]]
    age = np.floor((day - born).astype(np.int64) / DAYS_PER_YEAR).astype(np.int64)
    of_age = share_by_age(source.coverage)[np.clip(age, 0, OLDEST_YEARS)] > 0
    known_days = (np.datetime64(as_of, "D") - day).astype(np.int64)
    on_file = (age >= 0) & of_age & (known_days > 0)
    if source.retention_days is not None:
        on_file &= known_days <= source.retention_days
    return Subjects(
        entity_id=seen[person],
        copy=number,
        keys=keys,
        record_id=record_ids(keys, stream),
        record_date=day,
        group=group.take(person),
    ).take(np.flatnonzero(on_file))


def happened(mean: Floats, entity_id: Integers, stream: Stream) -> tuple[Integers, Integers]:
    """Return which of each person's possible events took place.

    A person's events stand on a line, one unit apart in the mean (exponential gaps); those within
    the person's mean took place. Their number is Poisson, and a higher mean only adds events.

    Parameters
    ----------
    mean : array of float, length n
        How many events each person has in the mean; at least 0.
    entity_id : array of int64, length n
    stream : Stream

    Returns
    -------
    person, number : arrays of int64
        Position of the person in `entity_id`, and which of the person's events it is, from 0.

    Examples
    --------
    >>> from simulator.randomness import Stream
    >>> one = happened(np.array([3.0]), np.array([5]), Stream(7, "demo"))[1]
    >>> other = happened(np.array([9.0]), np.array([5]), Stream(7, "demo"))[1]
    >>> len(one) < len(other), bool((other[: len(one)] == one).all())
    (True, True)
    """
    person, place = np.arange(len(mean)), np.zeros(len(mean))
    persons, numbers = [person[:0]], [person[:0]]
    number = 0
    while len(person):
        place = place + stream.exponential(entity_id[person], 1.0, draw=number)
        within = place <= mean[person]
        person, place = person[within], place[within]
        persons.append(person)
        numbers.append(np.full(len(person), number))
        number += 1
    return np.concatenate(persons), np.concatenate(numbers)
