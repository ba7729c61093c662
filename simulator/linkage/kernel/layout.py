"""Records and texts in flat arrays: a row of codes per record, a row of facts per text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.dates import digit_matrix
from simulator.linkage.kernel.compiled import summarise
from simulator.linkage.levels import end_words, nickname_keys
from simulator.linkage.text_bytes import utf8_bytes
from simulator.threads import in_parts, side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.linkage.encoding import Codes
    from simulator.linkage.record_table import RecordTable
    from simulator.randomness import Words

Letters = npt.NDArray[np.uint32]
NOTHING = np.zeros(0, dtype=np.int64)

GIST = np.dtype(
    {
        "names": ["held", "head", "more", "start", "length"],
        "formats": [np.uint64, np.uint32, np.int32, np.int32, np.int32],
        "itemsize": 32,
    }
)
"""What a text is like, two to a line of the processor's cache: which letters it holds once and
twice (two bits for each of 32 kinds); its first four letters, eight bits each; how many letters are
beyond the second of a kind; where its letters start, and how many there are."""

_AT_ONCE = 60_000
"""Records laid out at a time by one thread. Columns of them do not lie a power of two apart, where
they would drive one another out of the processor's cache."""


class Texts(NamedTuple):
    """The distinct values of some columns, below one another.

    Attributes
    ----------
    first : int64 array, one per column of codes
        The number of its value 0; -1 for columns whose values are only ever equal or not.
    letters : uint32 array
        Code points.
    gist : array of `GIST`, one per value
        What each is like.
    longest : int
        Letters of the longest.
    """

    first: npt.NDArray[np.int64]
    letters: Letters
    gist: npt.NDArray[np.void]
    longest: int


class Names(NamedTuple):
    """What is known of each given name and surname besides its letters.

    Attributes
    ----------
    ends : int32 array, surnames × 2
        Numbers of its first and last word.
    familiar, familiar_from : int64 arrays
        Given names that can be the same person's as another, those of name a from `familiar_from`
        [a] to before [a + 1].
    """

    ends: npt.NDArray[np.int32]
    familiar: npt.NDArray[np.int64]
    familiar_from: npt.NDArray[np.int64]


def code_rows(columns: Sequence[Codes], count: int) -> Codes:
    """Return the codes of so many records as rows, with one more column where all is missing."""
    rows = np.empty((count, len(columns) + 1), dtype=np.int32)

    def lay_out(part: slice) -> None:
        rows[part, -1] = -1
        rows[part, :-1] = np.array([codes[part] for codes in columns]).T

    for _ in in_parts(lay_out, count, _AT_ONCE):
        pass
    return rows


def brought_by_rules(keys: Sequence[Codes], count: int) -> Words:
    """Return the rules by which each of so many records has a group, a bit each.

    >>> brought_by_rules([np.array([7, -1, 7]), np.array([2, -1, -1])], 3).tolist()
    [3, 0, 1]
    """
    brought = np.zeros(count, dtype=np.uint64)

    def mark(part: slice) -> None:
        for rule, key in enumerate(keys):
            brought[part] |= (key[part] >= 0).astype(np.uint64) << np.uint64(rule)

    for _ in in_parts(mark, count, _AT_ONCE):
        pass
    return brought


def lay_out_texts(table: RecordTable, columns: Sequence[str], spelled: Sequence[str]) -> Texts:
    """Return the values of the columns `spelled`, a subset of `columns`, letter by letter."""
    first = np.full(len(columns) + 1, -1, dtype=np.int64)
    values = [table.columns[name].values for name in spelled]
    places = [columns.index(name) for name in spelled]
    first[places] = np.cumsum([0, *map(len, values)])[:-1]
    found = list(side_by_side(_spelled, values))
    letters = np.concatenate([np.zeros(0, dtype=np.uint32), *(text for text, _ in found)])
    lengths = np.concatenate([NOTHING, *(length for _, length in found)])
    start = np.r_[0, np.cumsum(lengths)].astype(np.int32)
    gist = np.empty(len(lengths), dtype=GIST)

    def fill(part: slice) -> None:
        summarise(letters, start[part.start : part.stop + 1], gist[part])

    for _ in in_parts(fill, len(lengths), _AT_ONCE):
        pass
    return Texts(first, letters, gist, int(lengths.max(initial=0)))


def lay_out_names(table: RecordTable) -> Names:
    """Return what comparing names needs; empty for columns that are not there."""
    ends, familiar, familiar_from = (NOTHING, NOTHING), NOTHING, NOTHING
    if "surname" in table.columns:
        ends = table.columns["surname"].once(end_words)
    if "given" in table.columns:
        given = table.columns["given"]
        keys = given.once(nickname_keys)
        familiar = keys % max(given.size, 1)
        familiar_from = np.searchsorted(keys, np.arange(given.size + 1) * given.size)
    return Names(np.stack(ends, axis=1).astype(np.int32), familiar, familiar_from)


def lay_out_dates(table: RecordTable) -> npt.NDArray[np.uint64]:
    """Return the eight digits of each birth date as one word; 0 for what is no whole date."""
    if "birth_date" not in table.columns:
        return np.zeros(0, dtype=np.uint64)
    return in_words(table.columns["birth_date"].once(digit_matrix))


def in_words(digits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return columns of eight bytes as words; the first byte is the lowest.

    >>> in_words(np.array([[1, 2, 0, 0, 0, 0, 0, 0]], dtype=np.uint8).T).tolist()
    [513]
    """
    return np.ascontiguousarray(digits.T).view("<u8").ravel().astype(np.uint64)


def _spelled(values: pa.Array) -> tuple[Letters, npt.NDArray[np.int64]]:
    """Return the code points of all values, and how many each has."""
    lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False).astype(np.int64)
    joined = str(utf8_bytes(values)[0].data, "utf-8")
    return np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32), lengths
