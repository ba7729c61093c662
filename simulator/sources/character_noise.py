"""Errors of single characters: a wrong key or digit, one left out or doubled, two exchanged.

None touches a protected character.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.locations import DATA
from simulator.randomness import Integers, Stream, Words, combine
from simulator.sources.cells import Cells, Codes, Truths, pack, unpack
from simulator.sources.protected import protected

if TYPE_CHECKING:
    import pyarrow as pa

    from simulator.tables import Kind

NUMBER_KINDS: frozenset[Kind] = frozenset({"date", "year", "month_day", "digits"})
"""Kinds of which only digits are changed; forms check their length and their separators."""

REPLACED_SHARE = 0.8
OMITTED_SHARE = 0.1
"""Of typing errors; what is left over is a doubled character."""

_CODES = 128


@cache
def keyboard() -> tuple[Codes, Integers]:
    """Return the neighbours of each ASCII character on a QWERTY keyboard, and how many it has.

    Letters neighbour letters and digits neighbour digits; capitals have capital neighbours.

    Returns
    -------
    neighbours : array of uint32, one row per character code, padded with 0
    counts : array of int64, one per character code; 0 where nothing neighbours
    """
    table = pd.read_csv(DATA / "keyboard_neighbours.csv", dtype=str)
    neighbours = np.zeros((_CODES, int(table["neighbours"].str.len().max())), dtype=np.uint32)
    counts = np.zeros(_CODES, dtype=np.int64)
    for character, others in zip(table["character"], table["neighbours"], strict=True):
        for key, near in {character: others, character.upper(): others.upper()}.items():
            counts[ord(key)] = len(near)
            neighbours[ord(key), : len(near)] = [ord(one) for one in near]
    return neighbours, counts


def pick(eligible: Truths, counts: Integers, keys: Words, stream: Stream) -> Truths:
    """Pick places in each row at random among the eligible ones.

    Parameters
    ----------
    eligible : array of bool, shape (n, width)
    counts : array of int, length n
        How many to pick in each row; a row with fewer eligible places gives them all.
    keys : array of uint64, length n
    stream : Stream

    Returns
    -------
    array of bool, shape (n, width)
    """
    places = combine(keys[:, None], np.arange(eligible.shape[1]))
    priority = np.where(eligible, stream.uniform(places), 2.0)
    rank = priority.argsort(axis=1).argsort(axis=1)
    return np.asarray(eligible & (rank < counts[:, None]), dtype=np.bool_)


def _digits(codes: Codes) -> Truths:
    return np.asarray((codes >= ord("0")) & (codes <= ord("9")), dtype=np.bool_)


def changes_count(share_of: Truths, characters_share: float) -> Integers:
    """Return how many characters of each row change: the given share of `share_of`, at least one.

    >>> changes_count(np.ones((1, 20), dtype=bool), 0.1).tolist()
    [2]
    """
    wanted = np.rint(share_of.sum(axis=1) * characters_share).astype(np.int64)
    return np.asarray(np.maximum(wanted, 1), dtype=np.int64)


def typing(cells: Cells) -> pa.LargeStringArray:
    """Return the values mistyped.

    Of the characters that have a key of their own (ASCII letters and digits), the given share, at
    least one, is hit: mostly by a neighbouring key, sometimes left out or doubled. The first
    character is never left out, so nothing becomes empty. In dates and numbers only digits are
    hit, and only by neighbouring digits.

    >>> from simulator.sources.cells import example_cells
    >>> typing(example_cells(["1"], "digits")).to_pylist()
    ['2']
    """
    codes, filled = unpack(cells.values)
    neighbours, neighbour_counts = keyboard()
    in_table = np.where(codes < _CODES, codes, 0)
    eligible = filled & (neighbour_counts[in_table] > 0) & ~protected(cells.field, codes)
    if cells.kind in NUMBER_KINDS:
        eligible &= _digits(codes)
    hit = pick(
        eligible,
        changes_count(eligible, cells.characters_share),
        cells.keys,
        cells.stream.child("place"),
    )
    row, column = np.nonzero(hit)
    places = combine(cells.keys[row], column)
    how = cells.stream.child("how").uniform(places)
    if cells.kind in NUMBER_KINDS:
        how = np.zeros(len(how))
    replaced = (how < REPLACED_SHARE) | ((how < REPLACED_SHARE + OMITTED_SHARE) & (column == 0))
    omitted = ~replaced & (how < REPLACED_SHARE + OMITTED_SHARE)
    old = codes[row, column]
    which = cells.stream.child("neighbour").integers(places, neighbour_counts[old])
    codes[row, column] = np.where(replaced, neighbours[old, which], old)
    repeats = filled.astype(np.int64)
    repeats[row, column] = np.where(replaced, 1, np.where(omitted, 0, 2))
    return pack(np.repeat(codes.ravel(), repeats.ravel()), repeats.sum(axis=1))


def wrong_digit(cells: Cells) -> pa.LargeStringArray:
    """Return the values with the given share of their digits, at least one, replaced.

    Any other digit is as likely, for the hand that errs was filling in a form. Text without a
    digit stays.

    >>> from simulator.sources.cells import example_cells
    >>> wrong_digit(example_cells(["7 Elm Street", "Elm Street"], "text")).to_pylist()
    ['1 Elm Street', 'Elm Street']
    """
    codes, filled = unpack(cells.values)
    eligible = filled & _digits(codes) & ~protected(cells.field, codes)
    counts = changes_count(eligible, cells.characters_share)
    row, column = np.nonzero(pick(eligible, counts, cells.keys, cells.stream.child("place")))
    step = 1 + cells.stream.child("digit").integers(combine(cells.keys[row], column), 9)
    zero = ord("0")
    codes[row, column] = (codes[row, column] - zero + step) % 10 + zero
    return pack(codes[filled], filled.sum(axis=1))


def transposed(cells: Cells) -> pa.LargeStringArray:
    """Return the values with neighbouring characters exchanged.

    A pair is two different characters, neither a space (in dates and numbers: two digits). As
    many pairs are exchanged as make up the given share of the characters, at least one; pairs
    that would overlap are exchanged once.

    >>> from simulator.sources.cells import example_cells
    >>> transposed(example_cells(["Al", "aa", "05-11"], "month_day")).to_pylist()
    ['Al', 'aa', '50-11']
    >>> transposed(example_cells(["Al"], "name")).to_pylist()
    ['lA']
    """
    codes, filled = unpack(cells.values)
    exchangeable = filled & ~protected(cells.field, codes)
    exchangeable &= _digits(codes) if cells.kind in NUMBER_KINDS else codes != ord(" ")
    left, right = codes[:, :-1], codes[:, 1:]
    eligible = exchangeable[:, :-1] & exchangeable[:, 1:] & (left != right)
    pairs = changes_count(filled, cells.characters_share / 2)
    hit = pick(eligible, pairs, cells.keys, cells.stream.child("place"))
    for column in range(1, hit.shape[1]):
        hit[:, column] &= ~hit[:, column - 1]
    row, column_left = np.nonzero(hit)
    swapped = codes.copy()
    swapped[row, column_left] = codes[row, column_left + 1]
    swapped[row, column_left + 1] = codes[row, column_left]
    return pack(swapped[filled], filled.sum(axis=1))
