"""Tracks: what is usual of one token among everything seen of it, and whose that was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.sources.haunt_visits import weekday
from simulator.sources.housemates import NOBODY

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.sources.cells import Truths
    from simulator.sources.sensors import Seen

NIGHT_FROM, NIGHT_UNTIL = 22, 6
"""A usual night square is one seen from 22:00 to 5:59 …"""
DAY_FROM, DAY_UNTIL = 9, 16
"""… and a usual daytime square one seen from 9:00 to 15:59 on a weekday."""
NOTHING = -1


@dataclass(frozen=True)
class Stated:
    """A value per track, and whose it is.

    Attributes
    ----------
    value : array of int64, one per track
        `NOTHING` where there is none.
    whose : array of int64, one per track
        Row of the person who was seen, if it was not the bearer; else `NOBODY`.
    """

    value: Integers
    whose: Integers


class Tracks:
    """Sightings in groups, one per token as it was read.

    Parameters
    ----------
    seen : Seen
        Of length n.
    track : array of int64, length n
        Number of the group of each, from 0.
    tracks_count : int
    """

    def __init__(self, seen: Seen, track: Integers, tracks_count: int) -> None:
        self.seen = seen
        self.track = track
        self.tracks_count = tracks_count

    @cached_property
    def bearer(self) -> Integers:
        """Row of the person with most sightings in each track; of several the first row."""
        return most_frequent(self.track, self.seen.bearer, self.tracks_count)

    @cached_property
    def sightings_count(self) -> Integers:
        """How many sightings are in each track."""
        return np.bincount(self.track, minlength=self.tracks_count)

    @cached_property
    def time(self) -> Integers:
        """Hours since 1970-01-01, one per sighting."""
        return np.asarray(self.seen.day * 24 + self.seen.hour, dtype=np.int64)

    @cached_property
    def order(self) -> Integers:
        """Sightings by track, then by time, then as they came."""
        return np.lexsort((self.time, self.track))

    @cached_property
    def last(self) -> Integers:
        """The latest sighting of each track."""
        return self.order[np.cumsum(self.sightings_count) - 1]

    def last_area(self) -> Stated:
        """Return the square of the latest sighting."""
        carrier = self.seen.carrier[self.last]
        return Stated(self.seen.area[self.last], np.where(carrier == self.bearer, NOBODY, carrier))

    def night_area(self) -> Stated:
        """Return the square most often seen at night."""
        hour = self.seen.hour
        return self._usual(self.seen.area, (hour >= NIGHT_FROM) | (hour < NIGHT_UNTIL))

    def day_area(self) -> Stated:
        """Return the square most often seen during the day on weekdays."""
        hour = self.seen.hour
        by_day = (hour >= DAY_FROM) & (hour < DAY_UNTIL) & (weekday(self.seen.day) < 5)
        return self._usual(self.seen.area, by_day)

    def usual_fact(self, value_of_kind: Integers) -> Stated:
        """Return the value most often stated by being seen somewhere.

        Parameters
        ----------
        value_of_kind : array of int64
            The value that being seen at each kind of place states; `NOTHING` for most.
        """
        value = value_of_kind[self.seen.kind]
        return self._usual(value, value != NOTHING)

    def _usual(self, values: Integers, counted: Truths) -> Stated:
        """Return the most frequent value among the sightings that count, and whose it is.

        It is the bearer's if the bearer was seen with it at all, else that of the person who was
        seen with it most often.
        """
        at = np.flatnonzero(counted)
        track, value, carrier = self.track[at], values[at], self.seen.carrier[at]
        usual = most_frequent(track, value, self.tracks_count)
        supports = value == usual[track]
        track, carrier = track[supports], carrier[supports]
        strange = np.bincount(track, carrier != self.bearer[track], self.tracks_count)
        all_strange = strange == np.bincount(track, minlength=self.tracks_count)
        others = all_strange[track]
        whose = most_frequent(track[others], carrier[others], self.tracks_count)
        return Stated(usual, whose)


def most_frequent(group: Integers, value: Integers, groups_count: int) -> Integers:
    """Return the most frequent value of each group; of several the smallest.

    Parameters
    ----------
    group, value : arrays of int64, length n
        Numbers from 0.
    groups_count : int

    Returns
    -------
    array of int64, length `groups_count`
        -1 for a group without a value.

    Examples
    --------
    >>> most_frequent(np.array([0, 0, 0, 2, 2]), np.array([5, 7, 7, 4, 3]), 3).tolist()
    [7, -1, 3]
    """
    found = np.full(groups_count, NOTHING)
    if len(group):
        stride = int(value.max()) + 1
        pairs, counts = np.unique(group * stride + value, return_counts=True)
        order = np.lexsort((-pairs, counts))
        # the last one written stands: the most frequent, and of those the smallest
        found[pairs[order] // stride] = pairs[order] % stride
    return found
