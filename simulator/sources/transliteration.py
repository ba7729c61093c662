"""Names from other scripts and languages, which have several spellings in ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.locations import DATA
from simulator.randomness import combine
from simulator.sources.text_columns import joined

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.sources.cells import Cells

LEAST_STEM_LENGTH = 3
"""An ending changes only where at least so many characters stand before it."""

_SPACE = pa.scalar(" ", pa.large_string())


@dataclass(frozen=True)
class Spellings:
    """Spellings and what else each is written as.

    Attributes
    ----------
    written : Arrow text
        Each once.
    first, counts : arrays of int64, one per spelling
        Where its other spellings begin in `other`, and how many it has.
    other : Arrow text
    """

    written: pa.LargeStringArray
    first: Integers
    counts: Integers
    other: pa.LargeStringArray


@cache
def spellings(*, of_endings: bool) -> Spellings:
    """Return the spellings of whole names, or those of endings (written ``-ov`` in the table)."""
    table = pd.read_csv(DATA / "transliterations.csv", dtype=str, keep_default_na=False)
    table = table.loc[table["spellings"].str.startswith("-") == of_endings]
    rows = zip(table["spellings"].str.split(), table["also"].str.split(), strict=True)
    others = {
        one.removeprefix("-"): [other.removeprefix("-") for other in [*same, *also] if other != one]
        for same, also in rows
        for one in same
    }
    counts = np.array([len(other) for other in others.values()], dtype=np.int64)
    return Spellings(
        written=pa.array(others, pa.large_string()),
        first=np.cumsum(counts) - counts,
        counts=counts,
        other=pa.array([one for other in others.values() for one in other], pa.large_string()),
    )


def transliteration(cells: Cells) -> pa.LargeStringArray:
    """Return the names in another spelling of the same name, where the table has one.

    Every word of the value that the table knows changes, each of its other spellings equally
    often: first the names that stand there whole, then the endings. Other names stay.

    >>> from simulator.sources.cells import example_cells
    >>> cells = example_cells(["Dmitriy Petrov", "Mary Stone", "Lakshmi Rao"], "name")
    >>> transliteration(cells).to_pylist()
    ['Dmitry Petroff', 'Mary Stone', 'Laxmi Rao']
    """
    words = pc.split_pattern(cells.values, " ")
    word = words.flatten()
    ends = words.offsets.to_numpy()
    row = np.repeat(np.arange(len(words)), np.diff(ends))
    stream = cells.stream.child("spelling")
    keys = combine(cells.keys[row], np.arange(len(word)) - ends[row])
    whole, endings = spellings(of_endings=False), spellings(of_endings=True)

    def other_spelling(known: Spellings, code: Integers) -> pa.LargeStringArray:
        at = np.maximum(code, 0)
        drawn = known.first[at] + stream.integers(keys, known.counts[at])
        return known.other.take(pa.array(drawn, mask=code < 0))

    changed = other_spelling(whole, _positions(word, whole))
    for number, ending in enumerate(endings.written.to_pylist()):
        long_enough = pc.greater_equal(pc.utf8_length(word), len(ending) + LEAST_STEM_LENGTH)
        has_it = pc.and_(pc.ends_with(word, ending), long_enough)
        stem = pc.utf8_slice_codeunits(word, 0, -len(ending))
        code = np.where(has_it.to_numpy(zero_copy_only=False), number, -1)
        changed = pc.coalesce(changed, joined(stem, other_spelling(endings, code), between=""))
    spelt = pa.LargeListArray.from_arrays(
        pa.array(ends.astype(np.int64)), pc.coalesce(changed, word)
    )
    return pc.binary_join(spelt, _SPACE)


def _positions(word: pa.LargeStringArray, known: Spellings) -> Integers:
    """Return the position of each word among the spellings, -1 where it is none of them."""
    found = pc.index_in(word, value_set=known.written)
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
