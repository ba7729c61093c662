"""Standardised columns: what the sources write in many ways, written in one.

`standardise` is the only door into linkage: whatever columns the frames have, out comes a
`RecordTable` with the columns of `STANDARD`, each only where a source has something to say.
"""

from __future__ import annotations

import warnings
from collections import ChainMap
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage import addresses, dates
from simulator.linkage.encoding import (
    Column,
    arrow_text,
    beside,
    either,
    encode,
    in_order,
    merged,
    rewritten,
)
from simulator.linkage.faces import FALSE_MATCH_SHARE, gather_faces, names_of_faces
from simulator.linkage.name_columns import name_columns
from simulator.linkage.names import plain_name
from simulator.linkage.record_table import RecordTable
from simulator.linkage.text_bytes import only_among
from simulator.row_order import begins
from simulator.tables import RECORD_DATE, VOCABULARY
from simulator.threads import both, side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

STANDARD = (
    *("given", "given_root", "given_sound", "middle", "surname", "surname_sound"),
    *("both_names",),
    *("sex", "birth_date", "birth_year"),
    *("birth_month_day", "street", "number", "address", "zip_code", "city", "state", "phone"),
    *("email", "online", "national_id", "national_id_last4", "licence_number", "plate"),
    *("device", "card", "home_area", "work_area", "squares", "employer", "birth_place"),
    *("occupation", "face"),
)
"""The columns linkage compares and blocks by."""

RESTATED = ("both_names", "address", "squares")
"""Those of them that put others together; their codes come in no order."""

_NOTHING = ("", "na", "n/a", "nan", "none", "null", "unknown", "missing", "-", "?", "<na>")
_DIGITS, _LETTERS = b"0123456789", b"abcdefghijklmnopqrstuvwxyz"


class LinkageWarning(UserWarning):
    """Something in the records that linkage passes over or cannot learn from."""


def standardise(
    records: Mapping[str, pd.DataFrame],
    duplicates: Collection[str] = (),
    attaching: Collection[str] = (),
    face_false_match_share: float = FALSE_MATCH_SHARE,
) -> RecordTable:
    """Return all records as one coded table.

    Parameters
    ----------
    records : mapping of DataFrame
        Source name -> frame whose index holds the unique record identifiers and whose columns
        are named by `simulator.tables.VOCABULARY`; others are left out with a `LinkageWarning`.
    duplicates : collection of str
        Sources that may hold several records of one entity.
    attaching : collection of str
        Sources whose records are events in a life, any number to an entity; none of `duplicates`.
    face_false_match_share : float
        What face search is set to (above 0, at most 0.01).

    Raises
    ------
    ValueError
        If there is no source, a record identifier or a column occurs twice, or `duplicates` names
        no source.
    """
    sources = tuple(records)
    _refuse_unusable(records, duplicates, attaching)
    unknown = sorted(
        {str(c) for frame in records.values() for c in frame.columns} - {*VOCABULARY, RECORD_DATE}
    )
    if unknown:
        warnings.warn(f"columns not compared: {', '.join(unknown)}", LinkageWarning, stacklevel=3)
    record_id, raw = both(lambda: _distinct_ids(records), lambda: _raw(records))
    made = _columns(raw)
    columns = {name: made[name] for name in STANDARD if name in made}
    faces = gather_faces(records, face_false_match_share)
    if faces is not None:
        columns["face"] = encode(names_of_faces(faces))
    return RecordTable(
        sources=sources,
        source=np.repeat(
            np.arange(len(sources), dtype=np.int16), [len(frame) for frame in records.values()]
        ),
        record_id=record_id,
        columns=columns,
        duplicates=frozenset(duplicates),
        attaching=frozenset(attaching),
        faces=faces,
    )


def _refuse_unusable(
    records: Mapping[str, pd.DataFrame], duplicates: Collection[str], attaching: Collection[str]
) -> None:
    if not records:
        raise ValueError("linkage needs at least one source")
    strangers = sorted(set(duplicates) - set(records))
    if strangers:
        raise ValueError(f"duplicates names no source of the records: {', '.join(strangers)}")
    if both := sorted(set(duplicates) & set(attaching)):
        raise ValueError(f"a source is in duplicates or in attaching, not both: {', '.join(both)}")
    for name, frame in records.items():
        if not frame.columns.is_unique:
            twice = ", ".join(sorted(set(map(str, frame.columns[frame.columns.duplicated()]))))
            raise ValueError(f"{name} has more than one column of the name {twice}")


def _distinct_ids(records: Mapping[str, pd.DataFrame]) -> npt.NDArray[Any]:
    """Return the identifiers of all records; refuse them if one occurs twice."""
    record_id = np.concatenate([frame.index.to_numpy() for frame in records.values()])
    if _are_distinct(record_id):
        return record_id
    [first] = record_id[pd.Index(record_id).duplicated()][:1].tolist()
    where = " and ".join(sorted(name for name, frame in records.items() if first in frame.index))
    raise ValueError(f"record_id {first!r} occurs more than once, in {where}")


def _are_distinct(values: npt.NDArray[Any]) -> bool:
    if values.dtype.kind in "iu":  # lists mostly come in order: merging them beats any hashing
        return bool(begins(np.sort(values, kind="stable")).all())
    return bool(pd.Index(values).is_unique)


def _raw(records: Mapping[str, pd.DataFrame]) -> dict[str, Column]:
    """Return the columns as the sources write them, those that hold anything."""
    names = [name for name, kind in VOCABULARY.items() if kind != "face"]
    gathered = side_by_side(lambda name: _gather(records, name), names)
    return {name: column for name, column in zip(names, gathered, strict=True) if column.size}


def _gather(records: Mapping[str, pd.DataFrame], name: str) -> Column:
    """Return one raw column over all sources, texts that say 'nothing' taken as missing."""
    having = [frame for frame in records.values() if name in frame.columns]
    if not having:
        return Column(np.zeros(0, dtype=np.int32), pa.array([], pa.large_string()))
    column = encode(pa.concat_arrays([arrow_text(frame[name]) for frame in having]))
    found = rewritten(column, _trimmed)
    written = iter(np.split(found.codes, np.cumsum([len(frame) for frame in having[:-1]])))
    codes = [
        next(written) if name in frame.columns else np.full(len(frame), -1, dtype=np.int32)
        for frame in records.values()
    ]
    return Column(np.concatenate(codes), found.values)


def _trimmed(values: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(values)
    brief = pc.less_equal(pc.binary_length(trimmed), max(map(len, _NOTHING)))
    words = trimmed.filter(brief)
    empty = pc.is_in(pc.utf8_lower(words), value_set=pa.array(_NOTHING, type=words.type))
    if not pc.any(empty).as_py():
        return trimmed
    return pc.replace_with_mask(trimmed, brief, pc.if_else(empty, "", words))


def _columns(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns of `STANDARD`, as far as the raw ones tell them, their values in order."""
    makers = (name_columns, _online, _numbers, addresses.address_columns, dates.birth_columns)
    columns = dict(ChainMap(*side_by_side(lambda make: _in_order(make(raw)), makers)))
    return columns | _in_order(_last_four(columns) | _squares(raw))


def _in_order(columns: Mapping[str, Column]) -> dict[str, Column]:
    ordered = side_by_side(
        lambda name: columns[name] if name in RESTATED else in_order(columns[name]), columns
    )
    return dict(zip(columns, ordered, strict=True))


def _numbers(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns that need little: numbers, and words that are compared as they are."""
    columns = {}
    if "sex" in raw:
        columns["sex"] = rewritten(
            raw["sex"], lambda v: pc.utf8_slice_codeunits(pc.utf8_lower(v), 0, 1)
        )
    if "phone" in raw:
        columns["phone"] = rewritten(
            raw["phone"], lambda v: pc.utf8_slice_codeunits(only_among(v, _DIGITS), -10)
        )
    for name in ("national_id", "national_id_last4", "licence_number", "plate", "device", "card"):
        if name in raw:
            columns[name] = rewritten(
                raw[name], lambda v: only_among(pc.utf8_lower(v), _DIGITS + _LETTERS)
            )
    for name in ("employer", "birth_place", "occupation"):
        if name in raw:
            columns[name] = rewritten(raw[name], plain_name)
    return columns


def _last_four(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the last four digits of the ID, of whole ones too where some source has only those."""
    if "national_id_last4" not in columns or "national_id" not in columns:
        return {}
    cut = rewritten(columns["national_id"], lambda v: pc.utf8_slice_codeunits(v, -4))
    return {"national_id_last4": either(columns["national_id_last4"], cut)}


def _squares(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return the squares of the map where somebody is at night and by day, alone and as a pair."""
    found = {name: merged(raw[name]) for name in ("home_area", "work_area") if name in raw}
    if len(found) == 2:
        found["squares"] = beside(list(found.values()))
    return found


def _online(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return e-mail addresses, and the name used online: the handle, else the e-mail's own name."""
    columns = {}
    if "email" in raw:
        columns["email"] = rewritten(raw["email"], pc.utf8_lower)
        columns["online"] = rewritten(
            columns["email"], lambda v: pc.list_element(pc.split_pattern(v, "@", max_splits=1), 0)
        )
    if "handle" in raw:
        handle = rewritten(
            raw["handle"], lambda v: pc.replace_substring_regex(pc.utf8_lower(v), r"^@|\s", "")
        )
        columns["online"] = either(handle, columns["online"]) if "online" in columns else handle
    return columns
