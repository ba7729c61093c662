"""The people whom a record lists: friends on a profile, the numbers that a line calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import combine
from simulator.sources.text_columns import arrow_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Integers, Stream
    from simulator.sources.subjects import Subjects
    from simulator.tables import Population

MOST_LISTED = 8
BETWEEN = "; "

LISTED_TIES: Mapping[str, tuple[str, ...]] = {
    "friends": ("friend", "kin"),
    "call_partners": ("household", "kin", "coworker", "neighbour", "friend"),
}
"""Which ties each field lists."""


@dataclass(frozen=True)
class Listed:
    """Whom the records of a source list in one field; one item for each, by record.

    Attributes
    ----------
    record : array of int64
        Row number of the record, rising.
    entity_id : array of int64
        Who is listed.
    value : Arrow text
        By what: a handle, a telephone number.
    """

    record: Integers
    entity_id: Integers
    value: pa.LargeStringArray

    @property
    def people(self) -> tuple[Integers, Integers]:
        """Row number of the record, and whom it lists."""
        return self.record, self.entity_id

    def joined(self, records_count: int) -> pa.LargeStringArray:
        """Return the column: the values of each record, null where it lists nobody.

        >>> listed = Listed(np.array([0, 0, 2]), np.array([7, 8, 9]),
        ...                 pa.array(["ann", "bo", "cy"], pa.large_string()))
        >>> listed.joined(3).to_pylist()
        ['ann; bo', None, 'cy']
        """
        offsets = np.searchsorted(self.record, np.arange(records_count + 1))
        lists = pa.LargeListArray.from_arrays(pa.array(offsets), self.value)
        lines = pc.binary_join(lists, pa.scalar(BETWEEN, pa.large_string()))
        return pc.if_else(pa.array(np.diff(offsets) > 0), lines, None)


def list_ties(
    population: Population,
    ties: tuple[str, ...],
    field: str,
    subjects: Subjects,
    stream: Stream,
) -> Listed:
    """Return up to `MOST_LISTED` people whom each record lists, drawn among its subject's ties.

    Parameters
    ----------
    population : Population
    ties : tuple of str
        The kinds of tie that count.
    field : str
        The column of `people` by which people are listed; whoever has none is not listed.
    subjects : Subjects
        The records; a value is as it was on the day of the record.
    stream : Stream
        Draws whom, once for each person and tie.
    """
    one, other = _neighbours(population, ties, field, np.unique(subjects.entity_id))
    turn = stream.bits(combine(one, other))
    order = np.lexsort((turn, one))
    one, other, turn = one[order], other[order], turn[order]
    # two people can be tied twice over
    fresh = np.append(True, (one[1:] != one[:-1]) | (turn[1:] != turn[:-1]))[: len(one)]
    one, other = one[fresh], other[fresh]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    one, other = one[place < MOST_LISTED], other[place < MOST_LISTED]

    first = np.searchsorted(one, subjects.entity_id)
    count = np.searchsorted(one, subjects.entity_id, side="right") - first
    record = np.repeat(np.arange(len(count)), count)
    entity_id = other[np.repeat(first - (np.cumsum(count) - count), count) + np.arange(len(record))]
    values = population.value_at(field, entity_id, subjects.record_date[record])
    return Listed(record, entity_id, arrow_text(values))


def _neighbours(
    population: Population, ties: tuple[str, ...], field: str, wanted: Integers
) -> tuple[Integers, Integers]:
    """Return the ties of the `wanted` (sorted) to people who have a value in `field`."""
    counts = population.ties["tie"].isin(ties).to_numpy()
    left = population.ties["entity_id_l"].to_numpy(np.int64)[counts]
    right = population.ties["entity_id_r"].to_numpy(np.int64)[counts]
    one, other = np.concatenate([left, right]), np.concatenate([right, left])
    people = population.people
    rows = people.index.get_indexer(pd.Index(other))
    has_one = np.append(people[field].notna().to_numpy(), False)[rows]
    at = np.minimum(np.searchsorted(wanted, one), max(len(wanted) - 1, 0))
    kept = has_one & (wanted[at] == one) if len(wanted) else np.zeros(len(one), dtype=np.bool_)
    return one[kept], other[kept]
