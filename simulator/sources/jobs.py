"""Jobs: a record for each present and former job of the people whom a source sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import combine
from simulator.sources.coverage import covered
from simulator.sources.opting_out import removed
from simulator.sources.subjects import DAYS_PER_YEAR, Subjects, record_ids
from simulator.sources.text_columns import iso_days

if TYPE_CHECKING:
    import datetime as dt

    from simulator.randomness import Integers, Stream
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.subjects import Days
    from simulator.tables import Population

WORKING_AGE_MONTHS = 18 * 12


def jobs(
    scenario: Scenario, source: Source, population: Population, stream: Stream, as_of: dt.date
) -> Subjects:
    """Draw the jobs that one source has on file on a day, not later than that of the scenario.

    One record per spell of ``Population.history`` in the field ``employer``, and one for the
    present job. Its day is the last day of the job, or `as_of`. A first day before the years of
    history is not on file.
    """
    people = population.people
    seen = covered(source, people, stream)
    seen = seen[~removed(source, scenario.seed, seen)]
    today = np.datetime64(as_of, "D")
    history_days = int(scenario.population.history_years * DAYS_PER_YEAR)
    oldest = np.datetime64(scenario.as_of, "D") - np.timedelta64(history_days, "D")

    working = seen[people["employer"].reindex(seen).notna().to_numpy()]
    spells = population.history.loc[population.history["field"] == "employer"]
    spells = spells.loc[np.isin(spells["entity_id"].to_numpy(), seen)]
    past_id = spells["entity_id"].to_numpy(np.int64)
    past_from, past_to = (
        spells[column].to_numpy().astype("datetime64[D]") for column in ("valid_from", "valid_to")
    )
    entity_id = np.concatenate([working, past_id])
    last_day = np.concatenate(
        [
            np.full(len(working), np.datetime64(scenario.as_of, "D")),
            past_to - np.timedelta64(1, "D"),
        ]
    )
    began = np.concatenate([_present_jobs_began(people, working, past_id, past_to), past_from])

    # the present job is number 0, the one before it number 1
    order = np.lexsort((-last_day.astype(np.int64), entity_id))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order)) - np.searchsorted(entity_id[order], entity_id[order])
    number += ~np.isin(entity_id, working)
    keys = combine(entity_id, number)
    ended = pa.array(last_day < today)
    return Subjects(
        entity_id=entity_id,
        copy=number,
        keys=keys,
        record_id=record_ids(keys, stream),
        record_date=np.minimum(last_day, today),
        group=people["group"].array.take(people.index.get_indexer(pd.Index(entity_id))),
        details={
            "job_from": pc.if_else(pa.array(began >= oldest), iso_days(began), None),
            "job_to": pc.if_else(ended, iso_days(last_day), None),
        },
    ).take(np.flatnonzero(began <= today))


def _present_jobs_began(
    people: pd.DataFrame, working: Integers, past_id: Integers, past_to: Days
) -> Days:
    """Return the day after the job before, or the 18th birthday of those who had none."""
    born = people["birth_date"].reindex(working).to_numpy().astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    adult = (month + WORKING_AGE_MONTHS).astype("datetime64[D]") + (born - month)
    latest = pd.Series(past_to).groupby(past_id).max().reindex(working).to_numpy()
    latest = latest.astype("datetime64[D]")
    return np.where(np.isnat(latest), adult, latest)
