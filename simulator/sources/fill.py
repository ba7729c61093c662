"""Filling: from the records that a source has to the frame it keeps and the truth about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.fields import OF_THE_USER
from simulator.sources.housemates import NOBODY
from simulator.sources.noise import noise_of
from simulator.sources.noisy_columns import add_noise
from simulator.sources.text_columns import iso_days
from simulator.sources.truth import Mentions, Named
from simulator.tables import FACE, RECORD_DATE, TIE_FIELDS, text

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.scenario.schema import Source
    from simulator.sources.cells import Truths
    from simulator.sources.compiled import Profiles
    from simulator.sources.fields import TrueValues


def fill(
    name: str,
    source: Source,
    true: TrueValues,
    *,
    noise_enabled: bool,
    profiles: Profiles | None = None,
) -> tuple[pd.DataFrame, Named]:
    """Return the frame of one source, sorted by record_id, and whom its records name.

    Parameters
    ----------
    name : str
    source : Source
        The settings of the source.
    true : TrueValues
        What is true of its records' subjects.
    noise_enabled : bool
        Whether anything goes wrong.
    profiles : Profiles, optional
        What stands in its records instead of what is true, before its own errors.

    Raises
    ------
    ValueError
        If a field has noise that cannot happen to it.
    """
    subjects = true.subjects
    order = np.argsort(subjects.record_id)
    noise = {field: noise_of(name, source, field) for field in source.fields}
    if profiles is None:
        columns, others = {field: true.column(field) for field in source.fields}, _of_users(true)
    else:
        columns, others = profiles.columns, profiles.copied_from
    noisy = add_noise(columns, noise if noise_enabled else {}, true, others)
    values: dict[str, Any] = {}
    copied_from, mentions = {}, {}
    for field, setting in source.fields.items():
        missing = true.stream.child(f"{field}/missing").chance(subjects.keys, setting.missing_share)
        value = pc.if_else(pa.array(missing), None, noisy.columns[field])
        stated = value.is_valid().to_numpy(zero_copy_only=False)
        values[field] = value.take(pa.array(order))
        if field in noisy.copied_from:
            copied_from[field] = np.where(stated, noisy.copied_from[field], NOBODY)[order]
        if field in TIE_FIELDS:
            rows, listed = true.listed(field).people if profiles is None else profiles.listed[field]
            mentions[field] = _mentions(subjects.record_id, rows, listed, stated)
    values[RECORD_DATE] = iso_days(subjects.record_date).take(pa.array(order))
    index = pd.Index(subjects.record_id[order], name="record_id")
    frame = pd.DataFrame({field: _typed(field, value) for field, value in values.items()}, index)
    return frame, Named(index.to_numpy(), subjects.entity_id[order], copied_from, mentions)


def _typed(field: str, value: Any) -> pd.api.extensions.ExtensionArray:
    return pd.array(value, dtype=FACE) if field == "face" else text(value)


def _of_users(true: TrueValues) -> dict[str, Integers]:
    """Return whose value stands in the fields that are about a user who is not the subject."""
    user_id = true.subjects.user_id
    if user_id is None:
        return {}
    other = np.where(user_id == true.subjects.entity_id, NOBODY, user_id)
    return {field: other for field in true.source.fields if field in OF_THE_USER - {*TIE_FIELDS}}


def _mentions(record_ids: Integers, rows: Integers, listed: Integers, stated: Truths) -> Mentions:
    """Return whom a field lists in the records where it is not missing."""
    kept = stated[rows]
    record_id, entity_id = record_ids[rows[kept]], listed[kept]
    order = np.lexsort((entity_id, record_id))
    return Mentions(record_id[order], entity_id[order])
