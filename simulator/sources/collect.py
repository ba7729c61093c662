"""Collecting: every source's records, and apart from them the truth about each record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import Integers, Stream
from simulator.sources.fields import TrueValues
from simulator.sources.noise import add_noise, noise_of
from simulator.sources.subjects import Subjects, subjects_of
from simulator.sources.text_columns import iso_days
from simulator.tables import RECORD_DATE, Collected, Population, text

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        row per record, with field ``"*"`` and role ``"subject"``.

    Raises
    ------
    ValueError
        If two records have one record_id, or a field has noise that cannot happen to it.
    """
    records: dict[str, pd.DataFrame] = {}
    subjects_by_source: dict[str, Subjects] = {}
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
        records[name] = _frame(name, source, true, noise_enabled=scenario.noise_enabled)
        subjects_by_source[name] = subjects
    truth = _truth(tuple(scenario.sources), subjects_by_source)
    refuse_collisions(truth)
    return Collected(records, truth)


def _frame(name: str, source: Source, true: TrueValues, *, noise_enabled: bool) -> pd.DataFrame:
    subjects = true.subjects
    order = np.argsort(subjects.record_id)
    columns: dict[str, pa.LargeStringArray] = {}
    for field, setting in source.fields.items():
        values = true.column(field)
        noise = noise_of(name, source, field)
        if noise_enabled:
            values = add_noise(values, field, noise, true)
        missing = true.stream.child(f"{field}/missing").chance(subjects.keys, setting.missing_share)
        columns[field] = pc.if_else(pa.array(missing), None, values)
    columns[RECORD_DATE] = iso_days(subjects.record_date)
    return pd.DataFrame(
        {field: text(values.take(pa.array(order))) for field, values in columns.items()},
        index=pd.Index(subjects.record_id[order], name="record_id"),
    )


def _truth(names: tuple[str, ...], subjects_by_source: Mapping[str, Subjects]) -> pd.DataFrame:
    parts = [np.zeros((3, 0), dtype=np.int64)]
    for name, subjects in subjects_by_source.items():
        order = np.argsort(subjects.record_id)
        code = np.full(len(order), names.index(name))
        parts.append(np.stack([subjects.record_id[order], code, subjects.entity_id[order]]))
    record_id, source, entity_id = np.concatenate(parts, axis=1)
    same = np.zeros(len(record_id), dtype=np.int64)
    return pd.DataFrame(
        {
            "record_id": record_id,
            "source": _category(source, names),
            "field": _category(same, ("*",)),
            "entity_id": entity_id,
            "role": _category(same, ("subject", "mention")),
        }
    )


def _category(codes: Integers, categories: tuple[str, ...]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(categories))


def refuse_collisions(truth: pd.DataFrame) -> None:
    """Raise if one record_id stands for two records, within a source or across two.

    Parameters
    ----------
    truth : DataFrame
        With columns ``record_id`` and ``source``, one row per record.

    Raises
    ------
    ValueError
        Names both sources.

    Examples
    --------
    >>> import pandas as pd
    >>> refuse_collisions(pd.DataFrame({"record_id": [1, 2, 2], "source": ["a", "a", "b"]}))
    Traceback (most recent call last):
    ...
    ValueError: record_id 2 is in both 'a' and 'b': take another seed
    """
    repeated = truth.loc[truth["record_id"].duplicated(keep=False), ["record_id", "source"]]
    if not repeated.empty:
        record_id = repeated["record_id"].iloc[0]
        one, other = repeated.loc[repeated["record_id"] == record_id, "source"].iloc[:2]
        raise ValueError(
            f"record_id {record_id} is in both {one!r} and {other!r}: take another seed"
        )
