"""Display names: under what name a person chose to appear."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.locations import DATA
from simulator.sources.text_columns import full_names, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Stream, Words
    from simulator.scenario.schema import DisplayStyle
    from simulator.sources.cells import Truths

WITH_INITIAL_SHARE = 0.5
WITH_NUMBER_SHARE = 0.5
LARGEST_NUMBER = 99

STYLES: tuple[DisplayStyle, ...] = ("legal", "nickname_and_surname", "nickname", "invented")


@cache
def _invented_words() -> tuple[pa.LargeStringArray, pa.LargeStringArray]:
    table = pd.read_csv(DATA / "invented_display_names.csv", dtype=str)
    first, second = (table.loc[table["part"] == part, "word"] for part in ("first", "second"))
    return pa.array(first, pa.large_string()), pa.array(second, pa.large_string())


def invented_names(keys: Words, stream: Stream) -> pa.LargeStringArray:
    """Return two words per record, half of them with a number; nothing of the person's name."""
    first, second = _invented_words()
    words = joined(
        first.take(pa.array(stream.integers(keys, len(first), draw=0))),
        second.take(pa.array(stream.integers(keys, len(second), draw=1))),
    )
    number = pa.array(1 + stream.integers(keys, LARGEST_NUMBER, draw=2)).cast(pa.large_string())
    numbered = joined(words, number)
    return pc.if_else(pa.array(stream.chance(keys, WITH_NUMBER_SHARE, draw=3)), numbered, words)


def display_names(
    *,
    first: pa.LargeStringArray,
    nickname: pa.LargeStringArray,
    last: pa.LargeStringArray,
    family_name_first: Truths,
    styles: Mapping[DisplayStyle, float],
    keys: Words,
    stream: Stream,
) -> pa.LargeStringArray:
    """Return a display name per record.

    Parameters
    ----------
    first, nickname, last : Arrow text of length n
        The names of the person on the day of the record.
    family_name_first : array of bool, length n
        Whether the person writes the family name first.
    styles : mapping of style to share
        How many choose each style; empty means that everyone shows their legal name.
    keys : array of uint64, length n
        Stable keys of the records.
    stream : Stream
        Draws the style, whether a nickname stands with an initial, and invented names.

    Returns
    -------
    Arrow text of length n
        legal: "First Last". nickname_and_surname: "Nick Last". nickname: "Nick" or "Nick L.".
        invented: "Blue Heron" or "Blue Heron 42". Family name first: "Last First", "Last Nick".

    Examples
    --------
    >>> from simulator.randomness import Stream
    >>> names = [pa.array([name], pa.large_string()) for name in ("Robert", "Bob", "Stone")]
    >>> display_names(
    ...     first=names[0], nickname=names[1], last=names[2], keys=np.array([1], dtype=np.uint64),
    ...     styles={"nickname_and_surname": 1.0}, stream=Stream(7, "demo"),
    ...     family_name_first=np.array([False]),
    ... ).to_pylist()
    ['Bob Stone']
    """
    shares = np.array([styles.get(style, 0.0) for style in STYLES]) if styles else np.eye(4)[0]
    chosen = stream.child("style").choice(keys, shares)
    with_initial = stream.child("initial").chance(keys, WITH_INITIAL_SHARE)
    initial = joined(pc.utf8_slice_codeunits(last, 0, 1), ".", between="")
    return pc.choose(
        pa.array(chosen),
        full_names(first, last, family_name_first),
        full_names(nickname, last, family_name_first),
        pc.if_else(pa.array(with_initial), joined(nickname, initial), nickname),
        invented_names(keys, stream.child("invented")),
    )
