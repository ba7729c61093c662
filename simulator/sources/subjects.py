"""Which records a source holds: about whom, how many times, and from which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from simulator.randomness import Floats, Integers, Stream, Words, combine
from simulator.sources.coverage import covered
from simulator.sources.opting_out import corrected, removed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from simulator.scenario.schema import Source

Days: TypeAlias = npt.NDArray[np.datetime64]

DAYS_PER_YEAR = 365.25
RECORD_ID_BITS = 60


@dataclass(frozen=True)
class Subjects:
    """The records of one source before they have any field; every array has one item a record.

    Attributes
    ----------
    entity_id : array of int64
        Whom the record is about.
    copy : array of int64
        0 for the first record of an entity in this source, 1 for the second, and so on.
    keys : array of uint64
        Stable key of the record, for its own draws.
    record_id : array of int64
        Random, so that the order of records tells nothing.
    record_date : array of datetime64[D]
        The day on which the source last refreshed the record.
    group : Categorical
        Group of the person the record is about.
    user_id : array of int64, or None
        Who uses what the record is about, where that may be another person than its subject.
    details : mapping of field to Arrow text
        Columns that come with the kind of record, such as the first day of a job.
    """

    entity_id: Integers
    copy: Integers
    keys: Words
    record_id: Integers
    record_date: Days
    group: pd.Categorical
    user_id: Integers | None = None
    details: Mapping[str, pa.LargeStringArray] = field(default_factory=dict)

    def take(self, rows: Integers) -> Subjects:
        """Return some of the records."""
        return Subjects(
            entity_id=self.entity_id[rows],
            copy=self.copy[rows],
            keys=self.keys[rows],
            record_id=self.record_id[rows],
            record_date=self.record_date[rows],
            group=self.group[rows],
            user_id=None if self.user_id is None else self.user_id[rows],
            details={name: values.take(pa.array(rows)) for name, values in self.details.items()},
        )


def record_ids(keys: Words, stream: Stream) -> Integers:
    """Return the random record_id of each record from its key; `stream` is the source's."""
    bits = stream.child("record_id").bits(keys) >> np.uint64(64 - RECORD_ID_BITS)
    return np.asarray(bits, dtype=np.int64)


def record_dates(as_of: dt.date, age_years: Floats, history_years: int, birth_date: Days) -> Days:
    """Return the day of each record, not older than the history nor than the person.

    Parameters
    ----------
    as_of : date
        The day on which everything is looked at.
    age_years : array of float
        Age of each record, in years.
    history_years : int
        How far back past values are known, in years.
    birth_date : array of datetime64
        Birth date of the person each record is about.

    Returns
    -------
    array of datetime64[D]

    Examples
    --------
    >>> import datetime as dt
    >>> birth = np.array(["1980-05-01", "2024-05-01", "1980-05-01"], dtype="datetime64[s]")
    >>> age_years = np.array([1.0, 2.0, 20.0])
    >>> record_dates(dt.date(2026, 1, 1), age_years, 10, birth).astype(str).tolist()
    ['2025-01-01', '2024-05-01', '2016-01-02']
    """
    age_days = np.minimum(age_years, history_years) * DAYS_PER_YEAR
    day = np.datetime64(as_of, "D") - np.floor(age_days).astype("timedelta64[D]")
    return np.asarray(np.maximum(day, birth_date.astype("datetime64[D]")))


def subjects_of(
    source: Source, people: pd.DataFrame, stream: Stream, as_of: dt.date, history_years: int
) -> Subjects:
    """Draw the records of people or of households' accounts.

    Coverage, second records, their days and their record_id; people who had theirs deleted are
    left out.

    Parameters
    ----------
    source : Source
        The settings of the source.
    people : DataFrame
        ``Population.people``.
    stream : Stream
        The stream of the source.
    as_of : date
        The day on which everything is looked at.
    history_years : int
        How far back past values are known, in years.

    Returns
    -------
    Subjects
        Age of a record: exponential with mean ``staleness_years``, at most `history_years`; none
        where the person had it corrected.
    """
    once = covered(source, people, stream)
    once = once[~removed(source, stream.seed, once)]
    twice = once[stream.child("duplicates").chance(once, source.duplicates_share)]
    entity_id = np.concatenate([once, twice])
    copy = np.repeat(np.array([0, 1]), [len(once), len(twice)])
    keys = combine(entity_id, copy)
    rows = people.index.get_indexer(pd.Index(entity_id))
    age_years = stream.child("staleness").exponential(keys, source.staleness_years)
    age_years = np.where(corrected(source, stream.seed, entity_id), 0.0, age_years)
    return Subjects(
        entity_id=entity_id,
        copy=copy,
        keys=keys,
        record_id=record_ids(keys, stream),
        record_date=record_dates(
            as_of, age_years, history_years, people["birth_date"].to_numpy()[rows]
        ),
        group=people["group"].array.take(rows),
    )
