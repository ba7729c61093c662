"""What a sensor sees of people on the move.

The sightings of a person on a day are a Poisson process whose points are a fixed sequence: each has
a level, and it happens where its level lies below the rate of the square that the person is in. A
higher rate, more sensors or a longer memory therefore only add sightings.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from simulator.randomness import combine
from simulator.sources.attention import area_factors
from simulator.sources.housemates import NOBODY, draw_housemates
from simulator.sources.text_keys import text_keys
from simulator.sources.whereabouts import FIRST_HAUNT, HOME, STREET, WORK

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers, Stream, Words
    from simulator.scenario.schema import Scenario, Sightings, Source
    from simulator.sources.cells import Truths
    from simulator.sources.whereabouts import Whereabouts

DRIVER_YEARS = 16
"""Youngest age of somebody else of the household who drives the car or carries the telephone."""
_CANDIDATES_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Seen:
    """What a sensor saw, in the order of bearer and day; every array has one item a sighting.

    Attributes
    ----------
    bearer : array of int64
        Row in `Whereabouts.people` of the person whose token was seen.
    carrier : array of int64
        Row of the person who was there with it.
    day : array of int64
        Days since 1970-01-01.
    hour : array of int64
        0 to 23.
    area : array of int64
        Number of the square.
    kind : array of int64
        Kind of place, as in `Whereabouts`.
    keys : array of uint64
        Stable key of the sighting, for its own draws.
    """

    bearer: Integers
    carrier: Integers
    day: Integers
    hour: Integers
    area: Integers
    kind: Integers
    keys: Words

    def take(self, chosen: Integers | Truths) -> Seen:
        """Return some of the sightings."""
        return Seen(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


class Sensors:
    """Where the sensors of one source stand and when they look.

    Parameters
    ----------
    scenario : Scenario
    source : Source
        Its ``sightings``, ``areas_spread`` and ``retention_days`` are read.
    world : Whereabouts
    stream : Stream
        The stream of the source.
    anywhere : bool
        Whether it sees beyond the town, as a telephone's network does.
    carried_by_others : bool
        Whether its token can be with somebody else of the household.
    """

    def __init__(
        self,
        scenario: Scenario,
        source: Source,
        world: Whereabouts,
        stream: Stream,
        *,
        anywhere: bool,
        carried_by_others: bool,
    ) -> None:
        self._settings = _settings(source)
        self._world = world
        self._stream = stream
        self._other_share = self._settings.wrong_person_share if carried_by_others else 0.0
        squares = world.squares
        has_one = stream.child("sensors").chance(
            text_keys(squares.labels), self._settings.sensors_share
        )
        if not anywhere:
            has_one &= squares.in_town
        factors = area_factors(scenario.seed, squares.labels, source.areas_spread)
        self._rate: Floats = np.where(has_one, factors, 0.0) * self._settings.per_person_day
        self._looks_at = looks_at(self._settings, tuple(scenario.haunts))
        retained = len(world.days) if source.retention_days is None else source.retention_days
        self._days = world.days[-retained:]

    def watch(self, bearers: Integers) -> Seen:
        """Return every sighting of the tokens of some people (rising rows)."""
        bound, unit = self._bounds()
        cost = np.cumsum(bound.sum(axis=1)[unit[bearers]] + 0.2 * len(self._days))
        ends = np.searchsorted(
            cost, np.arange(1, cost[-1:].sum() // _CANDIDATES_AT_ONCE + 1) * _CANDIDATES_AT_ONCE
        )
        parts = [self._watch_some(rows, bound, unit) for rows in np.split(bearers, np.unique(ends))]
        return Seen(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in Seen.__dataclass_fields__
            )
        )

    def _watch_some(self, rows: Integers, bound: Floats, unit: Integers) -> Seen:
        days_count = len(self._days)
        limit = bound[unit[rows]].ravel()
        pairs = np.flatnonzero(limit > 0)
        pair_keys = combine(
            self._world.entity_id[rows[pairs // days_count]], self._days[pairs % days_count]
        )
        pair, keys, level = candidates(pair_keys, limit[pairs], self._stream.child("level"))
        pair = pairs[pair]
        bearer, day = rows[pair // days_count], self._days[pair % days_count]
        settings = self._settings
        hours_count = (settings.last_hour - settings.first_hour) % 24 + 1
        turn = self._stream.child("hour").integers(keys, hours_count)
        hour = (settings.first_hour + turn) % 24
        carrier = self._carriers(bearer, keys)
        place = self._world.at(carrier, day, hour)
        happens = self._looks_at[place.kind] & (level < self._rate[place.area])
        seen = Seen(bearer, carrier, day, hour, place.area, place.kind, keys)
        chosen = np.flatnonzero(happens)
        return seen.take(chosen[np.argsort(pair[chosen], kind="stable")])

    def _carriers(self, bearer: Integers, keys: Words) -> Integers:
        """Return who was there with the token: the bearer, or now and then a housemate."""
        carrier = bearer.copy()
        chosen = np.flatnonzero(self._stream.child("carrier").chance(keys, self._other_share))
        if len(chosen):
            people = self._world.people
            stream = self._stream.child("housemate")
            other = draw_housemates(people, bearer[chosen], keys[chosen], stream)
            old = (other != NOBODY) & (people["age"].to_numpy()[other] >= DRIVER_YEARS)
            carrier[chosen[old]] = other[old]
        return carrier

    def _bounds(self) -> tuple[Floats, Integers]:
        """Return a rate that none is above, and the row in it of each person.

        Rows are people, or households where a token can be with any of its members; columns are
        the days. It only saves work: sightings do not depend on it.
        """
        world, looks = self._world, self._looks_at
        squares = [
            (world.home, looks[HOME] | looks[STREET]),
            (world.work, looks[WORK] | looks[STREET]),
            *((errand, looks[STREET]) for errand in world.errands.T),
        ]
        # NOWHERE reads the last entry
        rate = np.append(self._rate, 0.0)
        own = np.zeros(len(world.entity_id))
        for area, looked_at in squares:
            if looked_at:
                own = np.maximum(own, rate[area])
        if looks[HOME] | looks[STREET]:
            np.maximum.at(own, world.moves.row, rate[world.former_homes])
        if self._other_share > 0:
            household_id = world.people["household_id"].to_numpy()
            unit = np.unique(household_id, return_inverse=True)[1]
        else:
            unit = np.arange(len(own))
        of_unit = np.zeros(unit.max(initial=-1) + 1)
        np.maximum.at(of_unit, unit, own)
        bound = np.repeat(of_unit[:, None], len(self._days), axis=1)
        visits = world.visits
        kept = (visits.day >= self._days[0]) & looks[FIRST_HAUNT + visits.haunt]
        at = unit[visits.row[kept]], visits.day[kept] - self._days[0]
        np.maximum.at(bound, at, rate[world.haunts[visits.haunt[kept]]])
        return bound, unit


def candidates(keys: Words, limit: Floats, stream: Stream) -> tuple[Integers, Words, Floats]:
    """Draw the points of many Poisson processes of rate 1 up to a limit each.

    Parameters
    ----------
    keys : array of uint64, length n
        Stable keys of the processes.
    limit : array of float, length n
    stream : Stream

    Returns
    -------
    process, keys, level : arrays of one item a point
        Number of the process (0 to n - 1), stable key of the point, and where it lies (0 to limit).

    Examples
    --------
    A higher limit adds points and leaves the others as they were:

    >>> from simulator.randomness import Stream
    >>> keys, stream = np.array([5], dtype=np.uint64), Stream(7, "demo")
    >>> _, _, few = candidates(keys, np.array([3.0]), stream)
    >>> _, _, more = candidates(keys, np.array([9.0]), stream)
    >>> len(few) < len(more), bool((more[: len(few)] == few).all())
    (True, True)
    """
    process = np.arange(len(keys))
    level = np.zeros(len(keys))
    found: list[tuple[Integers, Words, Floats]] = []
    for number in count():
        level = level + stream.exponential(keys, 1.0, draw=number)
        inside = level < limit
        process, keys = process[inside], keys[inside]
        level, limit = level[inside], limit[inside]
        found.append((process, combine(keys.view(np.int64), number), level))
        if not len(process):
            break
    return (
        np.concatenate([part[0] for part in found]),
        np.concatenate([part[1] for part in found]),
        np.concatenate([part[2] for part in found]),
    )


def looks_at(settings: Sightings, haunts: tuple[str, ...]) -> Truths:
    """Return for each kind of place, then each haunt, whether the sensors look there.

    >>> from simulator.scenario.schema import Sightings
    >>> looks_at(Sightings(per_person_day=1, at=("street", "gym")), ("clinic", "gym")).tolist()
    [False, False, True, False, True]
    """
    places = ("home", "work", "street", *haunts)
    return np.array([not settings.at or place in settings.at for place in places])


def _settings(source: Source) -> Sightings:
    if source.sightings is None:
        raise ValueError(f"source {source.label!r} has no sightings")
    return source.sightings
