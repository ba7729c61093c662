"""Looking a named person up in a source: what an exact search finds, and what it misses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.text_columns import arrow_text, iso_days, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator.randomness import Integers
    from simulator.tables import Population

CONFIRMING = ("birth_date", "birth_month_day", "street_address", "phone")
"""Besides the full legal name, one of these must agree."""
KNOWN_TOKENS = ("plate", "phone")
"""What of a person a list without names can be searched for; a face or a device is not known."""
_PARTS_OF_NAME = {"first_name", "last_name"}


class Finds(NamedTuple):
    """Which record was found for which target; parallel arrays, each pair once, in order.

    Attributes
    ----------
    record, target : arrays of int64
        Row of the frame, and position on the target list.
    """

    record: Integers
    target: Integers


@dataclass(frozen=True)
class Known:
    """What is known of each target before anything is looked up, in lower case.

    Attributes
    ----------
    names : tuple of Arrow text
        The present legal name, as "first last" and as "last first".
    values : mapping of field to Arrow text
        Fields of `CONFIRMING` and `KNOWN_TOKENS`, as they are now; null where there is none.
    """

    names: tuple[pa.LargeStringArray, ...]
    values: Mapping[str, pa.LargeStringArray]


def known_of(targets: Integers, population: Population) -> Known:
    """Return what is known of the targets: their true facts of today."""
    people = population.people.loc[targets]
    first, last = (_lower(people[name]) for name in ("first_name", "last_name"))
    birth_date = iso_days(people["birth_date"].to_numpy())
    values = {
        "birth_date": birth_date,
        "birth_month_day": pc.utf8_slice_codeunits(birth_date, 5, 10),
        "street_address": _lower(
            population.addresses["street_address"].loc[people["address_id"].to_numpy()]
        ),
        **{token: _lower(people[token]) for token in KNOWN_TOKENS},
    }
    return Known((joined(first, last), joined(last, first)), values)


def can_be_searched(fields: Collection[str]) -> bool:
    """Return whether a source with these fields can be searched for a person.

    Examples
    --------
    >>> can_be_searched(["full_name", "birth_date"]), can_be_searched(["plate", "seen_area"])
    (True, True)
    >>> can_be_searched(["full_name", "employer"]), can_be_searched(["face", "seen_area"])
    (False, False)
    """
    return not set(CONFIRMING if _has_names(fields) else KNOWN_TOKENS).isdisjoint(fields)


def search(frame: pd.DataFrame, known: Known) -> Finds:
    """Look every target up in one source.

    A record is found if it agrees exactly, but for case, with what is known: the full legal name
    AND the date of birth (or its month and day), the street address or the telephone number. In a
    source without full names the number plate or the telephone number alone is enough. An error
    or an old value in a record hides it; a stranger of the same name, born on the same day of
    another year, comes along.

    Parameters
    ----------
    frame : DataFrame
        The records of the source.
    known : Known

    Returns
    -------
    Finds
    """
    if not _has_names(frame.columns):
        tokens = [name for name in KNOWN_TOKENS if name in frame.columns]
        return _together([_equal(_lower(frame[name]), known.values[name]) for name in tokens])
    by_name = _together(
        [_equal(written, name) for written in _names_of(frame) for name in known.names]
    )
    record, target = pa.array(by_name.record), pa.array(by_name.target)
    confirmed = np.zeros(len(by_name.record), dtype=np.bool_)
    for field in CONFIRMING:
        if field in frame.columns:
            stated = _lower(frame[field].iloc[by_name.record])
            agrees = pc.equal(stated, known.values[field].take(target))
            confirmed |= agrees.fill_null(False).to_numpy(zero_copy_only=False)
    return Finds(record.to_numpy()[confirmed], target.to_numpy()[confirmed])


def watch(subject: Integers, targets: Integers) -> Finds:
    """Return the records that are about the targets: whoever watches a person knows whom they see.

    Parameters
    ----------
    subject : array of int64
        The entity that each record of the source is about.
    targets : array of int64
        Entity ids, each once.

    Examples
    --------
    >>> watch(np.array([7, 9, 7]), np.array([8, 7])).record.tolist()
    [0, 2]
    """
    target = pd.Index(targets).get_indexer(pd.Index(subject)).astype(np.int64)
    seen = np.flatnonzero(target >= 0)
    return Finds(seen, target[seen])


def _has_names(fields: Collection[str]) -> bool:
    return "full_name" in fields or "display_name" in fields or set(fields) >= _PARTS_OF_NAME


def _names_of(frame: pd.DataFrame) -> list[pa.LargeStringArray]:
    """Return the columns of a source that may hold a full name, first and last name as one."""
    written = [_lower(frame[name]) for name in ("full_name", "display_name") if name in frame]
    if set(frame.columns) >= _PARTS_OF_NAME:
        written.append(joined(_lower(frame["first_name"]), _lower(frame["last_name"])))
    return written


def _lower(values: Any) -> pa.LargeStringArray:
    return pc.utf8_lower(arrow_text(values))


def _equal(stated: pa.LargeStringArray, known: pa.LargeStringArray) -> Finds:
    """Return every record and target with the same text."""
    distinct = known.drop_null().unique()
    codes = [
        pc.index_in(side, value_set=distinct, skip_nulls=True).fill_null(-1).to_numpy()
        for side in (stated, known)
    ]
    record, target = (np.flatnonzero(code >= 0) for code in codes)
    pairs = pd.DataFrame({"record": record, "code": codes[0][record]}).merge(
        pd.DataFrame({"target": target, "code": codes[1][target]}), on="code"
    )
    return Finds(pairs["record"].to_numpy(), pairs["target"].to_numpy())


def _together(finds: list[Finds]) -> Finds:
    """Return what any of several searches found, each pair once."""
    none = np.zeros(0, dtype=np.int64)
    pairs = np.stack(
        [
            np.concatenate([none, *(one.record for one in finds)]),
            np.concatenate([none, *(one.target for one in finds)]),
        ]
    )
    record, target = np.unique(pairs, axis=1)
    return Finds(record, target)
