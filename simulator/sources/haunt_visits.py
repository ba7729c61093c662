"""Who visits which haunt, on which day and at what hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from simulator.randomness import Stream, combine
from simulator.sources.text_columns import arrow_text

if TYPE_CHECKING:
    import pandas as pd

    from simulator.randomness import Floats, Integers
    from simulator.scenario.schema import Haunt, Scenario
    from simulator.sources.cells import Truths

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_HAUNT = -1
_PAIRS_AT_ONCE = 2_000_000


def weekday(days: Integers) -> Integers:
    """Return the day of the week (0 is Monday) of days since 1970-01-01, a Thursday.

    >>> weekday(np.array([0, 4])).tolist()
    [3, 0]
    """
    return np.asarray((days + 3) % 7, dtype=np.int64)


@dataclass(frozen=True)
class Visits:
    """Every visit of every haunt, one hour each, in the order of person, day and hour.

    Attributes
    ----------
    row : array of int64
        Row of the visitor in the table of people.
    day : array of int64
        Days since 1970-01-01.
    hour : array of int64
        0 to 23.
    haunt : array of int64
        Number of the haunt in the scenario's order.
    """

    row: Integers
    day: Integers
    hour: Integers
    haunt: Integers

    def at(self, rows: Integers, days: Integers, hours: Integers) -> Integers:
        """Return the haunt that each person is at on a day and at an hour, or `NO_HAUNT`."""
        if not len(self._keys):
            return np.full(len(rows), NO_HAUNT)
        asked = _key(rows, days, hours)
        found = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
        return np.where(self._keys[found] == asked, self.haunt[found], NO_HAUNT)

    @property
    def _keys(self) -> Integers:
        return _key(self.row, self.day, self.hour)


def _key(rows: Integers, days: Integers, hours: Integers) -> Integers:
    return np.asarray((rows << 26) | (days << 5) | hours, dtype=np.int64)


def haunt_visits(
    scenario: Scenario, people: pd.DataFrame, days: Integers, stream: Stream
) -> Visits:
    """Draw the visits of residents on some days.

    On each of a haunt's days a person visits it at most once, with a chance of the visits a week
    over its days a week, at any of its hours. Who would be at two places at once is at the one
    that the scenario lists first.

    Parameters
    ----------
    scenario : Scenario
    people : DataFrame
        ``Population.people``.
    days : array of int64
        Days since 1970-01-01, rising.
    stream : Stream
        Draws by haunt, person and day.
    """
    residents = np.flatnonzero(people["resident"].to_numpy())
    entity_id = people.index.to_numpy()
    parts = [np.zeros((4, 0), dtype=np.int64)]
    at_once = max(1, _PAIRS_AT_ONCE // max(1, len(days)))
    for start in range(0, len(residents), at_once):
        rows = residents[start : start + at_once]
        keys = combine(entity_id[rows][:, None], days)
        for number, (name, haunt) in enumerate(scenario.haunts.items()):
            of_haunt = stream.child(name)
            open_days = np.isin(weekday(days), [WEEKDAYS.index(day) for day in haunt.days])
            chance = visits_per_week(haunt, people.iloc[rows]) / len(haunt.days)
            goes = of_haunt.chance(keys[:, open_days], chance[:, None])
            person, day = np.nonzero(goes)
            visit_keys = keys[:, open_days][person, day]
            hours_count = (haunt.last_hour - haunt.first_hour) % 24 + 1
            hour = (haunt.first_hour + of_haunt.integers(visit_keys, hours_count, draw=1)) % 24
            same = np.full(len(person), number)
            parts.append(np.stack([rows[person], days[open_days][day], hour, same]))
    row, day, hour, haunt_number = np.concatenate(parts, axis=1)
    order = np.lexsort((haunt_number, _key(row, day, hour)))
    key = _key(row, day, hour)[order]
    order = order[np.r_[True, key[1:] != key[:-1]]] if len(key) else order
    return Visits(row[order], day[order], hour[order], haunt_number[order])


def visits_per_week(haunt: Haunt, people: pd.DataFrame) -> Floats:
    """Return each person's visits of a haunt in a week."""
    return np.where(is_true_of(haunt, people), haunt.visits_per_week, haunt.others_visits_per_week)


def is_true_of(haunt: Haunt, people: pd.DataFrame) -> Truths:
    """Tell of whom the fact is true that being seen at a haunt states; of nobody without one."""
    if haunt.fact is None:
        return np.zeros(len(people), dtype=np.bool_)
    values = arrow_text(people[haunt.fact])
    same = values.is_valid() if haunt.value is None else pc.equal(values, haunt.value)
    return np.asarray(pc.fill_null(same, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
