"""Housemates: whose value a record can hold by mistake, and what it is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.fields import TrueValues
from simulator.sources.subjects import Subjects

if TYPE_CHECKING:
    import pandas as pd

    from simulator.randomness import Integers, Stream, Words
    from simulator.sources.cells import Cells

NOBODY = -1

OF_A_PERSON = frozenset(
    {
        "first_name",
        "middle_name",
        "sex",
        "birth_date",
        "birth_year",
        "birth_month_day",
        "phone",
        "email",
        "employer",
        "occupation",
        "national_id",
    }
)
"""Fields in which one member of a household can be taken for another."""


def copied_from_household(cells: Cells) -> pa.LargeStringArray:
    """Return what is true of a housemate instead; the value stays where there is nothing to copy.

    >>> from simulator.sources.cells import example_cells
    >>> cells = example_cells(["5550101", "5550102"], "digits", field="phone",
    ...                       phone=["5550199", None])
    >>> copied_from_household(cells).to_pylist()
    ['5550199', '5550102']
    """
    return pc.coalesce(cells.housemate(cells.field), cells.values)


class Housemates:
    """One other member of the household of each record's subject, and what is true of them.

    Parameters
    ----------
    true : TrueValues
        Of the subjects of the records.
    """

    def __init__(self, true: TrueValues) -> None:
        self._true = true

    @cached_property
    def entity_id(self) -> Integers:
        """The housemate of each record's subject (int64).

        `NOBODY` where the subject lives alone, or where the one drawn was not born on the day of
        the record.
        """
        people, subjects = self._true.population.people, self._true.subjects
        stream = self._true.stream.child("housemate")
        drawn = draw_housemates(people, self._true.rows, subjects.keys, stream)
        born = people["birth_date"].to_numpy().astype("datetime64[D]")[drawn]
        usable = (drawn != NOBODY) & (born <= subjects.record_date)
        return np.where(usable, people.index.to_numpy()[drawn], NOBODY)

    def at_rows(self, records: Integers, field: str) -> pa.LargeStringArray:
        """Return a field of the housemates of some records, as it was on the days of the records.

        Missing where there is nobody, or nothing is true. `records` are row numbers.
        """
        entity_id = self.entity_id[records]
        some = np.flatnonzero(entity_id != NOBODY)
        subjects, at = self._true.subjects, records[some]
        theirs = Subjects(
            entity_id=entity_id[some],
            copy=subjects.copy[at],
            keys=subjects.keys[at],
            record_id=subjects.record_id[at],
            record_date=subjects.record_date[at],
            group=subjects.group[at],
        )
        true = TrueValues(self._true.population, theirs, self._true.source, self._true.stream)
        where = np.full(len(records), NOBODY)
        where[some] = np.arange(len(some))
        return true.column(field).take(pa.array(where, mask=where == NOBODY))


def draw_housemates(people: pd.DataFrame, rows: Integers, keys: Words, stream: Stream) -> Integers:
    """Return the row of another member of the same household, each equally likely.

    Parameters
    ----------
    people : DataFrame
        ``Population.people``.
    rows : array of int
        Rows of `people`: the subjects.
    keys : array of uint64
        Stable keys of the records.
    stream : Stream

    Returns
    -------
    array of int64
        `NOBODY` for a person who lives alone.

    Examples
    --------
    >>> import pandas as pd
    >>> from simulator.randomness import Stream
    >>> people = pd.DataFrame({"household_id": [7, 8, 7]}, index=[1, 2, 3])
    >>> keys = np.arange(2, dtype=np.uint64)
    >>> draw_housemates(people, np.array([0, 1]), keys, Stream(7, "demo")).tolist()
    [2, -1]
    """
    household_id = people["household_id"].to_numpy()
    order = np.lexsort((people.index.to_numpy(), household_id))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    _, first, sizes = np.unique(household_id[order], return_index=True, return_counts=True)
    household = np.repeat(np.arange(len(first)), sizes)[place[rows]]
    start, others = first[household], sizes[household] - 1
    step = 1 + stream.integers(keys, np.maximum(others, 1))
    other = order[start + (place[rows] - start + step) % sizes[household]]
    return np.where(others > 0, other, NOBODY)
