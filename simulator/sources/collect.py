"""Collecting: every source's records, and apart from them the truth about each record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import Stream
from simulator.sources.fields import TrueValues
from simulator.sources.housemates import NOBODY
from simulator.sources.noise import noise_of
from simulator.sources.noisy_columns import add_noise
from simulator.sources.subjects import subjects_of
from simulator.sources.text_columns import iso_days
from simulator.sources.truth import Named, refuse_collisions, truth_table
from simulator.tables import RECORD_DATE, Collected, Population, text

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario, Source


def collect(scenario: Scenario, population: Population) -> Collected:
    """Fill every source that exists with its records.

    Whether the adversary can obtain a source plays no part here, and no draw of one source
    depends on another source.

    Parameters
    ----------
    scenario : Scenario
    population : Population

    Returns
    -------
    Collected
        Frames in scenario order, each sorted by ``record_id``; the truth in the same order, one
        row per record, then one per cell that holds a housemate's value (see `truth_table`).

    Raises
    ------
    ValueError
        If two records have one record_id, or a field has noise that cannot happen to it.
    """
    records: dict[str, pd.DataFrame] = {}
    named: dict[str, Named] = {}
    for name, source in scenario.sources.items():
        if not source.exists:
            continue
        stream = Stream(scenario.seed, name)
        subjects = subjects_of(
            source,
            population.people,
            stream,
            scenario.as_of,
            scenario.population.history_years,
        )
        true = TrueValues(population, subjects, source, stream)
        records[name], named[name] = _filled(
            name, source, true, noise_enabled=scenario.noise_enabled
        )
    truth = truth_table(tuple(scenario.sources), named)
    refuse_collisions(truth)
    return Collected(records, truth)


def _filled(
    name: str, source: Source, true: TrueValues, *, noise_enabled: bool
) -> tuple[pd.DataFrame, Named]:
    """Return the frame of one source, and whom its records name."""
    subjects = true.subjects
    order = np.argsort(subjects.record_id)
    noise = {field: noise_of(name, source, field) for field in source.fields}
    columns = {field: true.column(field) for field in source.fields}
    noisy = add_noise(columns, noise if noise_enabled else {}, true)
    values: dict[str, pa.LargeStringArray] = {}
    copied_from = {}
    for field, setting in source.fields.items():
        missing = true.stream.child(f"{field}/missing").chance(subjects.keys, setting.missing_share)
        value = pc.if_else(pa.array(missing), None, noisy.columns[field]).take(pa.array(order))
        values[field] = value
        if field in noisy.copied_from:
            stated = value.is_valid().to_numpy(zero_copy_only=False)
            copied_from[field] = np.where(stated, noisy.copied_from[field][order], NOBODY)
    values[RECORD_DATE] = iso_days(subjects.record_date).take(pa.array(order))
    index = pd.Index(subjects.record_id[order], name="record_id")
    frame = pd.DataFrame({field: text(value) for field, value in values.items()}, index=index)
    return frame, Named(index.to_numpy(), subjects.entity_id[order], copied_from)
