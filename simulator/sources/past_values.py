"""Values that changed while sensors were watching: which one was in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.tables import Population

PRESENT = -1
_DAY_BITS = 20


class PastValues:
    """The former values of one field, for many days of one person at once.

    Parameters
    ----------
    population : Population
    field : str
        A field of ``Population.history``.
    entity_id : array of int64
        The people in the order of their rows.
    first_day : int
        Days since 1970-01-01; values that ended before do not matter.

    Attributes
    ----------
    row : array of int64
        Row of the person of each former value.
    value : Series
        The former values (text).
    """

    def __init__(
        self, population: Population, field: str, entity_id: Integers, first_day: int
    ) -> None:
        history = population.history
        past = history.loc[history["field"] == field]
        ends = past["valid_to"].to_numpy().astype("datetime64[D]").astype(np.int64)
        rows = pd.Index(entity_id).get_indexer(pd.Index(past["entity_id"]))
        kept = np.flatnonzero((ends > first_day) & (rows >= 0))
        order = kept[np.lexsort((ends[kept], rows[kept]))]
        self.row: Integers = rows[order].astype(np.int64)
        self.value: pd.Series[str] = past["value"].iloc[order]
        self._keys = (self.row << _DAY_BITS) | ends[order]

    def on(self, rows: Integers, days: Integers) -> Integers:
        """Return which of the former values each person had on a day, or `PRESENT`.

        Of the values that end after the day it is the one that ends first.
        """
        if not len(self.row):
            return np.full(len(rows), PRESENT)
        found = np.searchsorted(self._keys, (rows << _DAY_BITS) | days, side="right")
        inside = np.minimum(found, len(self.row) - 1)
        return np.where((found < len(self.row)) & (self.row[inside] == rows), inside, PRESENT)
