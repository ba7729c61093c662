"""When things changed: past spells of an address, a phone number or a job.

Each year back from the day of the scenario, a change happens with its yearly chance on a random
day. Only spells within the scenario's years of history are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.randomness import Floats, Integers, Stream

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario

DAYS_PER_YEAR = 365.25

Days = npt.NDArray[np.datetime64]


def window_days(scenario: Scenario) -> int:
    """Return how many days before the day of the scenario its history begins."""
    return 1 + int(scenario.population.history_years * DAYS_PER_YEAR)


@dataclass(frozen=True)
class Spells:
    """Past spells: whose (row), how many changes ago (1 is the latest), from and to (half-open)."""

    row: Integers
    version: Integers
    start: Days
    end: Days

    def since(self, earliest: Days) -> Spells:
        """Return what is left of the spells after a day per spell."""
        start = np.maximum(self.start, earliest)
        kept = start < self.end
        return Spells(self.row[kept], self.version[kept], start[kept], self.end[kept])


def past_spells(scenario: Scenario, name: str, keys: Integers, yearly: Floats | float) -> Spells:
    """Return the spells before the present one.

    Parameters
    ----------
    scenario : Scenario
    name : str
        What changes.
    keys : array of int64
        Whose it is.
    yearly : float or array
        Chance of a change in a year.
    """
    years = scenario.population.history_years
    as_of = np.datetime64(scenario.as_of, "D")
    stream = Stream(scenario.seed, f"population/{name}_change")
    rows, days = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for year in range(years):
        changed = np.flatnonzero(stream.chance(keys, yearly, 2 * year))
        back = stream.uniform(keys[changed], 2 * year + 1) + year
        rows.append(changed)
        days.append(1 + np.floor(back * DAYS_PER_YEAR).astype(np.int64))
    row, ago = np.concatenate(rows), np.concatenate(days)
    order = np.lexsort((ago, row))
    row, ago = row[order], ago[order]
    same_as_next = np.append(row[1:] == row[:-1], False) if len(row) else np.zeros(0, bool)
    began = np.where(same_as_next, np.append(ago[1:], 0)[: len(ago)], window_days(scenario))
    version = np.arange(len(row)) - np.searchsorted(row, row) + 1
    spells = Spells(row, version, as_of - began, as_of - ago)
    return spells.since(spells.start)
