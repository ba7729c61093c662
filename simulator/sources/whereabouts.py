"""Where everyone is, by day and hour: at home, at work, on an errand, at a haunt.

A life in outline, all of it convention: nights at home; eight hours at work on weekdays, with an
hour on the way before and after; of the waking hours left over about a third in a few squares near
home, which are a person's own; visits of haunts as the scenario declares. Nothing here depends on
any source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import Stream, combine
from simulator.sources.haunt_visits import NO_HAUNT, haunt_visits, weekday
from simulator.sources.past_values import PRESENT, PastValues
from simulator.sources.squares import NOWHERE, Squares

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.scenario.schema import Scenario
    from simulator.tables import Population

HOME, WORK, STREET, FIRST_HAUNT = 0, 1, 2, 3
"""Kinds of place; haunt number n of the scenario is `FIRST_HAUNT` + n."""

STARTS = np.array([6, 7, 8, 9, 10, 13])
"""Hours at which work begins."""
STARTS_WEIGHTS = np.array([0.1, 0.25, 0.35, 0.2, 0.05, 0.05])
WORK_HOURS = 8
AT_WORK_SHARE = 0.92
"""Share of weekdays that are worked."""
WAKES, WAKE_HOURS = 6, 3
"""People wake at 6, 7 or 8 …"""
SLEEPS, SLEEP_HOURS = 21, 3
"""… and are home for the night from 21, 22 or 23 on."""
OUT_SHARE = 0.35
"""Share of two-hour blocks, waking and free, spent out of the house."""
ERRANDS_WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])
"""How often each of a person's own squares is gone to."""
ERRANDS_REACH = 2
"""How far from home these lie at most, in squares each way."""


@dataclass(frozen=True)
class Place:
    """Where some people are; every array has one item for each.

    Attributes
    ----------
    kind : array of int64
        `HOME`, `WORK`, `STREET` or `FIRST_HAUNT` and above.
    area : array of int64
        Number of the square in `Whereabouts.squares`.
    """

    kind: Integers
    area: Integers


class Whereabouts:
    """Everyone's place at every hour of the days that sensors have been watching.

    Parameters
    ----------
    scenario : Scenario
    population : Population

    Attributes
    ----------
    people : DataFrame
        ``Population.people`` in the order of entity_id; rows below are rows of it.
    addresses : DataFrame
        ``Population.addresses``.
    squares : Squares
    days : array of int64
        The ``observation_days`` days before ``as_of``, as days since 1970-01-01.
    visits : Visits
        Of the haunts.
    home, work : arrays of int64, one per person
        Square of the present home and of the workplace (`NOWHERE` without one).
    errands : array of int64, shape (people, 4)
        A person's own squares.
    moves : PastValues
        Former homes within these days.
    """

    def __init__(self, scenario: Scenario, population: Population) -> None:
        stream = Stream(scenario.seed, "whereabouts")
        self._stream = stream
        as_of = int(np.datetime64(scenario.as_of, "D").astype(np.int64))
        self.days: Integers = np.arange(as_of - scenario.observation_days, as_of)
        self.people = population.people.sort_index()
        self.entity_id: Integers = self.people.index.to_numpy()
        self.squares = Squares.of(population)
        self.addresses = population.addresses
        self._area_of_address = self.squares.code(population.addresses["home_area"])
        address = population.addresses.index.get_indexer(pd.Index(self.people["address_id"]))
        self._address = address.astype(np.int64)
        self.home: Integers = self._area_of_address[address]
        self.work: Integers = self.squares.code(self.people["work_area"])
        self.moves = PastValues(population, "address_id", self.entity_id, int(self.days[0]))
        former = pd.Index(self.moves.value.astype(np.int64))
        self._former_address = population.addresses.index.get_indexer(former).astype(np.int64)
        steps = 2 * ERRANDS_REACH + 1
        right, down = (
            np.stack(
                [
                    stream.child("errands").integers(self.entity_id, steps, draw=2 * draw + across)
                    for draw in range(len(ERRANDS_WEIGHTS))
                ],
                axis=1,
            )
            - ERRANDS_REACH
            for across in (0, 1)
        )
        self.errands: Integers = self.squares.beside(self.home[:, None], right, down)
        self._wakes = WAKES + stream.child("wakes").integers(self.entity_id, WAKE_HOURS)
        self._sleeps = SLEEPS + stream.child("sleeps").integers(self.entity_id, SLEEP_HOURS)
        self._starts = STARTS[stream.child("starts").choice(self.entity_id, STARTS_WEIGHTS)]
        self.visits = haunt_visits(scenario, self.people, self.days, stream.child("visits"))
        haunts = population.haunts
        self.haunts: Integers = (
            self.squares.code(haunts["seen_area"].reindex(list(scenario.haunts)))
            if scenario.haunts
            else np.zeros(0, dtype=np.int64)
        )

    @property
    def former_homes(self) -> Integers:
        """Square of each of `moves`."""
        return self._area_of_address[self._former_address]

    def address_rows(self, rows: Integers, days: Integers) -> Integers:
        """Return the row of ``Population.addresses`` of each person's home on a day."""
        spell = self.moves.on(rows, days)
        address = self._address[rows]
        moved = spell != PRESENT
        address[moved] = self._former_address[spell[moved]]
        return address

    def at(self, rows: Integers, days: Integers, hours: Integers) -> Place:
        """Return where people are.

        Parameters
        ----------
        rows : array of int64
            Rows of `people`.
        days : array of int64
            Days since 1970-01-01.
        hours : array of int64
            0 to 23.
        """
        stream = self._stream
        keys = combine(self.entity_id[rows], days)
        kind = np.full(len(rows), HOME)
        area = self._area_of_address[self.address_rows(rows, days)]
        works = (self.work[rows] != NOWHERE) & (weekday(days) < 5)
        works &= stream.child("works").chance(keys, AT_WORK_SHARE)
        since = hours - self._starts[rows]
        at_work = works & (since >= 0) & (since < WORK_HOURS)
        kind[at_work] = WORK
        area[at_work] = self.work[rows[at_work]]
        way = np.flatnonzero(works & ((since == -1) | (since == WORK_HOURS)))
        kind[way] = STREET
        hour_keys = combine(keys[way].view(np.int64), hours[way])
        far = way[stream.child("way").chance(hour_keys, 0.5)]
        area[far] = self.work[rows[far]]
        free = (kind == HOME) & (hours >= self._wakes[rows]) & (hours < self._sleeps[rows])
        free_at = np.flatnonzero(free)
        blocks = combine(keys[free_at].view(np.int64), hours[free_at] // 2)
        goes = stream.child("out").chance(blocks, OUT_SHARE)
        out = free_at[goes]
        which = stream.child("which").choice(blocks[goes], ERRANDS_WEIGHTS)
        kind[out] = STREET
        area[out] = self.errands[rows[out], which]
        haunt = self.visits.at(rows, days, hours)
        visits = haunt != NO_HAUNT
        kind[visits] = FIRST_HAUNT + haunt[visits]
        area[visits] = self.haunts[haunt[visits]]
        return Place(kind, area)
