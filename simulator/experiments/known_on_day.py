"""What of the records in hand was known on a day of the window in which the sensors watch.

Everything is in hand at ``as_of``, and dated backwards from there. Day 1 is the first day of the
window, day 0 stands for all before it, and on day d is known what came about by the end of it:

- an event (a post, a police contact) from its day on;
- what a sensor saw from its first sighting on: a track of many sightings is one record, and stands
  there with whatever token it carries as soon as there is one of them;
- of what a track states, a sensitive fact from the first sighting at a place that states it, and
  the usual square by night from the first sighting there by night;
- every other list from the start. The date of a profile says when it was last refreshed; an
  earlier edition of it stood in the list before, and is taken to have said the same.

What had been deleted before ``as_of`` is not in hand, and so known on no day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.sources.tracks import NIGHT_FROM, NIGHT_UNTIL
from simulator.tables import RECORD_DATE, Collected

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from simulator.randomness import Integers
    from simulator.scenario import Scenario

NIGHT_SQUARE = "home_area"
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Dated:
    """Records, and the day from which each of them is known.

    Attributes
    ----------
    collected : Collected
    records : dict of Series of int64
        Source -> record_id -> the day, from 0; every source of `collected`.
    cells : dict of DataFrame of int64
        Source of sightings -> record_id x columns that are known later than their record -> the
        day.
    """

    collected: Collected
    records: dict[str, pd.Series[int]]
    cells: dict[str, pd.DataFrame]

    def on(self, day: int) -> Collected:
        """Return the records as they are known on a day; its sightings are left out."""
        records = {}
        for name, frame in self.collected.records.items():
            since = self.records[name].to_numpy()
            cells = self.cells.get(name, pd.DataFrame(index=frame.index))
            columns = {
                str(column): frame[column].mask(cells[column].to_numpy() > day) for column in cells
            }
            records[name] = frame.assign(**columns).loc[since <= day]
        known = pd.concat(self.records.values())
        truth = self.collected.truth
        there = truth["record_id"].isin(known.index[known.to_numpy() <= day])
        return Collected(records, truth.loc[there].reset_index(drop=True))


def day_of_window(scenario: Scenario, when: npt.NDArray[np.datetime64]) -> Integers:
    """Return the day of the window on which something was; 0 and below before it.

    The window is the ``observation_days`` days before ``as_of``, which is not one of them.
    """
    days = when.astype("datetime64[D]") - first_day(scenario)
    return np.asarray(days.astype(np.int64) + 1)


def first_day(scenario: Scenario) -> np.datetime64:
    """Return the first day of the window."""
    return np.datetime64(scenario.as_of, "D") - np.timedelta64(scenario.observation_days, "D")


def date_records(scenario: Scenario, collected: Collected) -> Dated:
    """Find the day from which each record, and what tracks state, is known."""
    records, cells = {}, {}
    for name, frame in collected.records.items():
        since = np.zeros(len(frame), dtype=np.int64)
        if name in collected.sightings:
            seen = _Seen(scenario, frame, collected.sightings[name])
            since = seen.first()
            cells[name] = pd.DataFrame(
                {column: seen.since(column, since) for column in seen.columns}, index=frame.index
            )
        elif scenario.sources[name].record_of == "event":
            when = frame[RECORD_DATE].to_numpy(dtype=object).astype("datetime64[D]")
            since = np.maximum(day_of_window(scenario, when), 0)
        records[name] = pd.Series(since, index=frame.index)
    return Dated(collected, records, cells)


class _Seen:
    """The sightings behind the records of one source, by the row of their record."""

    def __init__(self, scenario: Scenario, frame: pd.DataFrame, sightings: pd.DataFrame) -> None:
        self._scenario, self._frame, self._sightings = scenario, frame, sightings
        self._row = frame.index.get_indexer(pd.Index(sightings["record_id"]))
        self._when = sightings["seen_at"].to_numpy()
        self._day = day_of_window(scenario, self._when)

    @property
    def columns(self) -> Iterator[str]:
        """The columns that only some of the sightings state."""
        dated = (*self._scenario.sensitive_facts, NIGHT_SQUARE)
        return (column for column in dated if column in self._frame.columns)

    def first(self) -> Integers:
        """Return the day of the first sighting of each record."""
        return self._earliest(np.ones(len(self._row), dtype=np.bool_))

    def since(self, column: str, first: Integers) -> Integers:
        """Return the day of the first sighting that states what each record states in a column.

        A value that no sighting states is an error of the list: it stands from the first sighting
        on that states any, and if there is none either, from the record's `first`.
        """
        values, said = self._frame[column], self._said(column)
        stated = values.astype(object).where(values.notna(), None).to_numpy(dtype=object)
        states = pd.notna(said)
        same = states & (said == stated[self._row])
        since = self._earliest(same)
        for else_from in (self._earliest(states), first):
            since = np.where(since == _NEVER, else_from, since)
        return since

    def _said(self, column: str) -> npt.NDArray[np.object_]:
        """Return the value that each sighting states, missing for most."""
        if column == NIGHT_SQUARE:
            hour = (self._when.astype("datetime64[h]").astype(np.int64)) % 24
            by_night = (hour >= NIGHT_FROM) | (hour < NIGHT_UNTIL)
            area = self._sightings["seen_area"].astype(object)
            return area.where(by_night, None).to_numpy(dtype=object)
        haunts = self._scenario.haunts
        values = {name: haunt.value for name, haunt in haunts.items() if haunt.fact == column}
        return self._sightings["haunt"].astype(object).map(values).to_numpy(dtype=object)

    def _earliest(self, chosen: npt.NDArray[np.bool_]) -> Integers:
        days = np.full(len(self._frame), _NEVER)
        np.minimum.at(days, self._row[chosen], self._day[chosen])
        return days
