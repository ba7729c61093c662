"""Noise in two stages: which cells of a source an error hits, then how badly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.carelessness import careless_records, shares_by_record
from simulator.sources.cells import Cells
from simulator.sources.groups import group_factors
from simulator.sources.housemates import NOBODY, Housemates
from simulator.sources.noise import NOISE
from simulator.tables import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.randomness import Integers, Stream, Words
    from simulator.scenario.schema import Noise, NoiseType
    from simulator.sources.cells import Truths
    from simulator.sources.fields import TrueValues

    Columns: TypeAlias = dict[str, pa.LargeStringArray]


@dataclass(frozen=True)
class NoisyColumns:
    """The columns of one source with their errors, and whose values they hold.

    Attributes
    ----------
    columns : dict of field to Arrow text, one per record
    copied_from : dict of field to array of int64, one per record
        The entity whose value a cell was given instead of its subject's; `NOBODY` in all other
        cells. Fields in which nothing can have been copied are left out.
    """

    columns: Columns
    copied_from: dict[str, Integers]


def add_noise(
    columns: Mapping[str, pa.LargeStringArray],
    noise: Mapping[str, Mapping[NoiseType, Noise]],
    true: TrueValues,
    copied_from: Mapping[str, Integers] | None = None,
) -> NoisyColumns:
    """Return the columns of a source with their errors; people can have had theirs corrected.

    Parameters
    ----------
    columns : dict of field to Arrow text, one per record
        Before errors; null stays null.
    noise : mapping of field to type to setting
        As `noise_of` gives it; a field without noise may be left out.
    true : TrueValues
        What is true of the subjects of the records.
    copied_from : mapping of field to array of int64, one per record, optional
        Whose values stand in the columns already, as in `NoisyColumns`.
    """
    columns, copied_from = dict(columns), dict(copied_from or {})
    careless = careless_records(true.subjects.keys, true.stream)
    housemates, nobody = Housemates(true), np.full(len(true.subjects.keys), NOBODY)
    for noise_type, function in NOISE.items():
        before = dict(columns)
        for field in noise:
            fields = function.together if field in function.together else (field,)
            if any(noise_type not in noise.get(one, {}) for one in fields):
                continue
            settings = [noise[one][noise_type] for one in fields]
            stream = true.stream.child(f"{'+'.join(fields)}/{noise_type}")
            hit = _chosen(settings, stream, careless, true) & ~true.corrected
            for one in () if function.hits_missing else fields:
                hit &= before[one].is_valid().to_numpy(zero_copy_only=False)
            rows = np.flatnonzero(hit)
            if not len(rows):
                continue
            cells = Cells(
                values=before[field].take(pa.array(rows)),
                field=field,
                kind=VOCABULARY.get(field, "category"),
                keys=true.subjects.keys[rows],
                stream=stream,
                characters_share=noise[field][noise_type].characters_share,
                true=partial(true.at_rows, rows),
                beside=partial(_at_rows, before, rows),
                housemate=partial(housemates.at_rows, rows),
                elsewhere=partial(_at_other_rows, before, true.subjects.keys, rows, stream),
                family_name_first=true.family_name_first[rows] & (field == "full_name"),
            )
            changed = function.change(cells)
            columns[field] = pc.replace_with_mask(before[field], pa.array(hit), changed)
            if noise_type in ("copied_from_household", "wrong_guess"):
                differs = pc.not_equal(changed, cells.values).fill_null(True)
                at = rows[differs.to_numpy(zero_copy_only=False)]
                copied_from[field] = copied_from.get(field, nobody).copy()
                # a guess is about nobody: whatever it says of the subject is garbled
                copied = noise_type == "copied_from_household"
                copied_from[field][at] = housemates.entity_id[at] if copied else NOBODY
    return NoisyColumns(columns, copied_from)


def _chosen(
    settings: Sequence[Noise], stream: Stream, careless: Truths, true: TrueValues
) -> Truths:
    """Return which records an error hits, corrected ones never.

    Of several settings the smallest share counts.
    """
    shares = [
        setting.cells_share * group_factors(true.subjects.group, setting.by_group)
        for setting in settings
    ]
    share = np.minimum(np.minimum.reduce(shares), 1.0)
    correlation = true.source.noise_correlation
    hit = stream.chance(true.subjects.keys, shares_by_record(share, careless, correlation))
    return hit & ~true.corrected


def other_records(keys: Words, rows: Integers, stream: Stream) -> Integers:
    """Return another record for each of some records, drawn at random among all of the source.

    Every record has a place of its own on a circle, and so has every draw, which takes the first
    record after it. A record more or less therefore changes few draws.

    Parameters
    ----------
    keys : array of uint64, one per record
        Stable keys of all records of the source.
    rows : array of int, length n
        Row numbers of the records that draw.
    stream : Stream

    Returns
    -------
    array of int64, length n
        Row numbers; a record's own only where there is no other.

    Examples
    --------
    >>> from simulator.randomness import Stream
    >>> keys = np.arange(2, dtype=np.uint64)
    >>> other_records(keys, np.array([0, 1, 0]), Stream(7, "demo")).tolist()
    [1, 0, 1]
    """
    places = stream.child("place").uniform(keys)
    order = np.argsort(places)
    drawn = stream.child("another").uniform(keys[rows])
    at = np.searchsorted(places[order], drawn) % len(keys)
    at = (at + (order[at] == rows)) % len(keys)
    return np.asarray(order[at], dtype=np.int64)


def _at_other_rows(
    columns: Columns, keys: Words, rows: Integers, stream: Stream, field: str
) -> pa.LargeStringArray:
    return columns[field].take(pa.array(other_records(keys, rows, stream)))


def _at_rows(columns: Columns, rows: Integers, field: str) -> pa.LargeStringArray:
    return columns[field].take(pa.array(rows))
