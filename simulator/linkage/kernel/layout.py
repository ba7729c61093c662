"""Records and texts in flat arrays: one row of codes a record, one stretch of letters a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.dates import digit_matrix
from simulator.linkage.kernel.compiled import count_letters
from simulator.linkage.levels import end_words, letters, nickname_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.linkage.encoding import Codes, RecordTable

Letters = npt.NDArray[np.uint32]
NOTHING = np.zeros(0, dtype=np.int64)


class Texts(NamedTuple):
    """The distinct values of some columns, below one another.

    Attributes
    ----------
    first : int64 array, one per column of codes
        The number of its value 0; -1 for columns whose values are only ever equal or not.
    start : int64 array, one per value and one more
        Where its letters start.
    letters : uint32 array
        Code points.
    counted : uint64 array, one per value
        Which letters it holds once and twice (two bits for each of 32 kinds).
    more : uint8 array, one per value
        How many letters it holds beyond the second of a kind.
    """

    first: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    letters: Letters
    counted: npt.NDArray[np.uint64]
    more: npt.NDArray[np.uint8]


class Names(NamedTuple):
    """What is known of each given name, surname and middle name besides its letters.

    Attributes
    ----------
    lone : bool array, values
        Whether it is a lone letter; parallel to `Texts.start`.
    initial : int64 array, values
        A number for its first letter; comparable within a column.
    word_first, word_last : int64 arrays, surnames
        Numbers of its first and last word.
    familiar, familiar_from : int64 arrays
        Given names that can be the same person's as another, those of name a from `familiar_from`
        [a] to before [a + 1].
    """

    lone: npt.NDArray[np.bool_]
    initial: npt.NDArray[np.int64]
    word_first: npt.NDArray[np.int64]
    word_last: npt.NDArray[np.int64]
    familiar: npt.NDArray[np.int64]
    familiar_from: npt.NDArray[np.int64]


def code_rows(table: RecordTable, columns: Sequence[str]) -> Codes:
    """Return int32 codes, records × columns and one more column in which all is missing."""
    rows = np.full((len(table), len(columns) + 1), -1, dtype=np.int32)
    for place, name in enumerate(columns):
        rows[:, place] = table.columns[name].codes
    return rows


def lay_out_texts(table: RecordTable, columns: Sequence[str], spelled: Sequence[str]) -> Texts:
    """Return the values of the columns `spelled`, a subset of `columns`, letter by letter."""
    first = np.full(len(columns) + 1, -1, dtype=np.int64)
    parts, lengths, count = [], [np.zeros(1, dtype=np.int64)], 0
    for name in spelled:
        column = table.columns[name]
        first[columns.index(name)] = count
        found, length = _spelled(column.values)
        parts.append(found)
        lengths.append(length)
        count += column.size
    every = np.concatenate([*parts, np.zeros(0, dtype=np.uint32)])
    start = np.cumsum(np.concatenate(lengths))
    counted = np.zeros(count, dtype=np.uint64)
    more = np.zeros(count, dtype=np.uint8)
    count_letters(every, start, counted, more)
    return Texts(first, start, every, counted, more)


def lay_out_names(table: RecordTable, texts: Texts, columns: Sequence[str]) -> Names:
    """Return what comparing names needs; empty for columns that are not there."""
    lone = np.zeros(len(texts.start) - 1, dtype=np.bool_)
    initial = np.full(len(texts.start) - 1, -1, dtype=np.int64)
    for name in ("given", "surname", "middle"):
        if name in columns:
            column = table.columns[name]
            at = texts.first[columns.index(name)]
            lone[at : at + column.size], initial[at : at + column.size] = column.once(letters)
    words = table.columns["surname"].once(end_words) if "surname" in columns else (NOTHING, NOTHING)
    familiar, familiar_from = NOTHING, NOTHING
    if "given" in columns:
        given = table.columns["given"]
        keys = given.once(nickname_keys)
        familiar = keys % max(given.size, 1)
        familiar_from = np.searchsorted(keys, np.arange(given.size + 1) * given.size)
    return Names(lone, initial, *words, familiar, familiar_from)


def lay_out_dates(table: RecordTable) -> npt.NDArray[np.uint8]:
    """Return the digits of each birth date, one row of eight; zeros for what is no whole date."""
    if "birth_date" not in table.columns:
        return np.zeros((0, 8), dtype=np.uint8)
    return np.ascontiguousarray(table.columns["birth_date"].once(digit_matrix))


def _spelled(values: pa.Array) -> tuple[Letters, npt.NDArray[np.int64]]:
    """Return the code points of all values, and how many each has."""
    lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False).astype(np.int64)
    joined = "".join(values.to_pylist())
    return np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32), lengths
