"""Dates of birth by their parts: which year and which day make which date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.encoding import MISSING, Codes

if TYPE_CHECKING:
    from simulator.randomness import Integers


@dataclass(frozen=True)
class Dates:
    """Every date of birth that is anyone's.

    Attributes
    ----------
    key : array of int64, sorted
        Code of the year x `codes_count` + code of the day.
    date : array of int64
        Code of the date.
    codes_count : int
        V of `Ground`: codes from it on are nobody's.
    """

    key: Integers
    date: Codes
    codes_count: int

    @classmethod
    def of(cls, date: Codes, year: Codes, day: Codes, codes_count: int) -> Dates:
        """Return the dates of the people whose date, year and day are given, -1 for none.

        Examples
        --------
        Two people were born on the same day and a third on another day of that year; nobody on
        day 5 of year 9:

        >>> same = np.array([0, 0, 1])
        >>> dates = Dates.of(same, np.array([7, 7, 7]), np.array([4, 4, 5]), 10)
        >>> dates.made_of(np.array([7, 9]), np.array([5, 5])).tolist()
        [1, -1]
        """
        born = np.flatnonzero(date != MISSING)
        key, first = np.unique(year[born] * codes_count + day[born], return_index=True)
        return cls(key, date[born][first], codes_count)

    def made_of(self, year: Codes, day: Codes) -> Codes:
        """Return the date that each year and day make, -1 where it is nobody's."""
        date = np.full(len(year), MISSING)
        if not len(self.key):
            return date
        known = np.flatnonzero((year < self.codes_count) & (day < self.codes_count))
        key = year[known] * self.codes_count + day[known]
        at = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        date[known] = np.where(self.key[at] == key, self.date[at], MISSING)
        return date
