"""The records as one table for a database: texts, what is cut out of them, groups of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.fields import STANDARD
from simulator.nickname_table import nicknames_of_formal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.encoding import Column, Rows
    from simulator.linkage.faces import Faces
    from simulator.linkage.record_table import RecordTable

RECORD, SOURCE, APART = "record", "source_number", "apart"
"""The row in the `RecordTable`, the number of its source; records equal in `APART` never pair."""

FACE_PAIRS, FACE_TEMPLATE = "face_pairs", "face_template"
"""The numbers of the pairs of faces that search brings, one to both records; the face itself."""

_TEXT, _NUMBERS, _TEMPLATE = pa.large_string(), pa.list_(pa.int32()), pa.list_(pa.float64())


def key_name(number: int) -> str:
    """Return the name of the column that holds the groups of a blocking rule."""
    return f"key_{number}"


def record_columns(table: RecordTable, blocks: Blocks) -> pa.Table:
    """Return one row per record, in the order of `table`.

    Columns that `simulator.linkage.fields.STANDARD` knows and no source fills are there and empty,
    so that one translation of the comparisons fits all records.
    """
    columns: dict[str, pa.Array] = {
        RECORD: pa.array(np.arange(len(table))),
        SOURCE: pa.array(table.source.astype(np.int32)),
        APART: pa.array(_apart(table)),
        FACE_PAIRS: _face_pairs(len(table), blocks),
        FACE_TEMPLATE: _templates(len(table), table.faces),
    }
    for number, key in enumerate(blocks.keys or [np.full(len(table), -1)]):
        columns[key_name(number)] = pa.array(key, mask=key < 0)
    for name in STANDARD:
        columns[name] = _per_record(table, name, lambda values: values, _TEXT)
    for name, (whole, cut) in DERIVED.items():
        columns[name] = _per_record(table, whole, cut, _TEXT)
    columns["given_families"] = _per_record(table, "given", _families, _NUMBERS)
    return pa.table(columns)


def _per_record(
    table: RecordTable, name: str, rewrite: Callable[[pa.Array], pa.Array], kind: pa.DataType
) -> pa.Array:
    """Return a column of values rewritten once per distinct value; empty where there is none."""
    if name not in table.columns:
        return pa.nulls(len(table), kind)
    column: Column = table.columns[name]
    at = pa.array(column.codes, mask=column.codes < 0)
    return rewrite(column.values).cast(kind).take(at)


def _apart(table: RecordTable) -> Rows:
    """Return equal numbers for records that never pair: of one list of persons, or of any events.

    Records of a source that is compared within have a number of their own.
    """
    apart = np.where(table.attaches, -1, np.arange(len(table.sources)))[table.source]
    own = -2 - np.arange(len(table))
    return np.where(table.compared_within[table.source], own, apart).astype(np.int64)


def _lone_letter(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(pc.utf8_length(values), 1), values, None)


def _initial(values: pa.Array) -> pa.Array:
    return pc.utf8_slice_codeunits(values, 0, 1)


def _of_whole_date(*cuts: tuple[int, int]) -> Callable[[pa.Array], pa.Array]:
    """Return a cutter of YYYYMMDD; texts of another length are no whole date and have no parts."""

    def cut(values: pa.Array) -> pa.Array:
        parts = [pc.utf8_slice_codeunits(values, start, stop) for start, stop in cuts]
        joined = pc.binary_join_element_wise(*parts, pa.scalar("", _TEXT))
        return pc.if_else(pc.equal(pc.utf8_length(values), 8), joined, None)

    return cut


def _without(pattern: str) -> Callable[[pa.Array], pa.Array]:
    return lambda values: pc.replace_substring_regex(values, pattern, "")


DERIVED: Mapping[str, tuple[str, Callable[[pa.Array], pa.Array]]] = {
    **{f"{name}_letter": (name, _lone_letter) for name in ("given", "middle", "surname")},
    **{f"{name}_initial": (name, _initial) for name in ("given", "middle", "surname")},
    "surname_first": ("surname", _without(r" .*$")),
    "surname_last": ("surname", _without(r"^.* ")),
    "date_year": ("birth_date", _of_whole_date((0, 4))),
    "date_month_day": ("birth_date", _of_whole_date((4, 8))),
    "date_day_month": ("birth_date", _of_whole_date((6, 8), (4, 6))),
}
"""Columns cut out of standardised ones, so that "agrees in part" is plain equality."""


def _families(values: pa.Array) -> pa.Array:
    """Return the numbers of the nickname families (a formal name and its nicknames) of names."""
    of: dict[str, list[int]] = {}
    for number, (formal, nicks) in enumerate(nicknames_of_formal().items()):
        for name in {formal, *nicks}:
            of.setdefault(name, []).append(number)
    return pa.array([of.get(name) for name in values.to_pylist()], type=_NUMBERS)


def _face_pairs(count: int, blocks: Blocks) -> pa.Array:
    if blocks.faces is None:
        return pa.nulls(count, _NUMBERS)
    left, right = blocks.faces
    rows = np.concatenate([left, right])
    order = np.argsort(rows, kind="stable")
    pair = np.tile(np.arange(len(left), dtype=np.int32), 2)[order]
    offsets = np.searchsorted(rows[order], np.arange(count + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(pair))


def _templates(count: int, faces: Faces | None) -> pa.Array:
    if faces is None:
        return pa.nulls(count, _TEMPLATE)
    number, size = faces.templates.shape
    offsets = np.arange(number + 1, dtype=np.int32) * size
    flat = pa.array(faces.templates.astype(np.float64).ravel())
    lists = pa.ListArray.from_arrays(pa.array(offsets), flat)
    return lists.take(pa.array(faces.place, mask=faces.place < 0))
