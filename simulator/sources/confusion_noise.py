"""Errors of reading and of hearing: characters for others that look or sound alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.lib.stride_tricks import sliding_window_view

from simulator.locations import DATA
from simulator.randomness import combine
from simulator.sources.cells import Cells, Codes, Truths, pack, unpack
from simulator.sources.character_noise import NUMBER_KINDS, changes_count, pick
from simulator.sources.protected import protected

if TYPE_CHECKING:
    from simulator.randomness import Integers

_BETWEEN_WORDS = np.array([0, ord(" "), ord("-")], dtype=np.uint32)


@dataclass(frozen=True)
class Confusion:
    """Characters that are taken for others.

    Attributes
    ----------
    written, taken_for : str
        Neither is empty.
    place : str
        Where in a word it happens: "any", "start" or "end".
    """

    written: str
    taken_for: str
    place: str = "any"


@cache
def ocr_confusions(*, digits_only: bool) -> tuple[Confusion, ...]:
    """Return what a scanner takes for what; in numbers it knows that only digits can stand."""
    table = pd.read_csv(DATA / "ocr_confusions.csv", dtype=str, keep_default_na=False)
    if digits_only:
        table = table.loc[table["written"].str.isdigit() & table["read"].str.isdigit()]
    return tuple(Confusion(*row) for row in zip(table["written"], table["read"], strict=True))


@cache
def phonetic_swaps() -> tuple[Confusion, ...]:
    """Return what is written for what is heard, in small letters and with a capital."""
    table = pd.read_csv(DATA / "phonetic_swaps.csv", dtype=str, keep_default_na=False)
    rows = list(zip(table["written"], table["heard"], table["place"], strict=True))
    capital = [(written.capitalize(), heard.capitalize(), place) for written, heard, place in rows]
    return tuple(Confusion(*row) for row in rows + [row for row in capital if row[2] != "end"])


def ocr(cells: Cells) -> pa.LargeStringArray:
    """Return the values misread by a scanner: 0 for O, m for rn, 1 for l.

    As many places as make up the given share of the characters are hit, at least one; text
    without a character that can be misread stays. In dates and numbers only digits are taken for
    digits.

    >>> from simulator.sources.cells import example_cells
    >>> ocr(example_cells(["rn", "5-5", "+"], "name")).to_pylist()
    ['m', 'S-5', '+']
    """
    return _confused(cells, ocr_confusions(digits_only=cells.kind in NUMBER_KINDS))


def phonetic(cells: Cells) -> pa.LargeStringArray:
    """Return the values spelt as they sound: Filip for Philip, Erik for Erick.

    As many places as make up the given share of the characters are hit, at least one; text
    without a sound that has another spelling stays.

    >>> from simulator.sources.cells import example_cells
    >>> phonetic(example_cells(["Philip", "Erick", "Bob"], "name")).to_pylist()
    ['Filip', 'Erik', 'Bob']
    """
    return _confused(cells, phonetic_swaps())


def _confused(cells: Cells, confusions: tuple[Confusion, ...]) -> pa.LargeStringArray:
    codes, filled = unpack(cells.values)
    around = _around(codes, max(len(confusion.written) for confusion in confusions))
    choices = np.zeros(codes.shape, dtype=np.int64)
    for confusion in confusions:
        choices += _occurs(around, confusion)
    wanted = changes_count(filled, cells.characters_share)
    # what is protected stands first, or is one digit or begins with a sign: no written characters
    # that begin before it reach into it
    possible = (choices > 0) & ~protected(cells.field, codes)
    hit = pick(possible, wanted, cells.keys, cells.stream.child("place"))
    row, column = np.nonzero(hit)
    places = combine(cells.keys[row], column)
    which = cells.stream.child("which").integers(places, choices[row, column])
    chosen = _nth_that_occurs(around[row, column], which, confusions)
    written_counts = np.array([len(confusion.written) for confusion in confusions])[chosen]
    apart = _first_of_overlapping(row, column, written_counts, codes.shape[1])
    return _replaced(codes, filled, row[apart], column[apart], chosen[apart], confusions)


def _around(codes: Codes, longest: int) -> Codes:
    """Return at each place the character before it, then itself and those that follow."""
    padded = np.pad(codes, ((0, 0), (1, longest)))
    return sliding_window_view(padded, longest + 2, axis=1)


def _occurs(around: Codes, confusion: Confusion) -> Truths:
    """Return at which places the characters of a confusion are written."""
    occurs = np.ones(around.shape[:-1], dtype=np.bool_)
    for at, character in enumerate(confusion.written, start=1):
        occurs &= around[..., at] == ord(character)
    if confusion.place == "start":
        occurs &= np.isin(around[..., 0], _BETWEEN_WORDS)
    elif confusion.place == "end":
        occurs &= np.isin(around[..., len(confusion.written) + 1], _BETWEEN_WORDS)
    return occurs


def _nth_that_occurs(around: Codes, which: Integers, confusions: tuple[Confusion, ...]) -> Integers:
    """Return per place the number of a confusion: the one after `which` others that occur."""
    chosen = np.zeros(len(which), dtype=np.int64)
    before = np.zeros(len(which), dtype=np.int64)
    for number, confusion in enumerate(confusions):
        occurs = _occurs(around, confusion)
        chosen[occurs & (before == which)] = number
        before += occurs
    return chosen


def _first_of_overlapping(row: Integers, column: Integers, counts: Integers, width: int) -> Truths:
    """Return which places begin after all earlier ones of their row have ended."""
    longest = width + int(counts.max(initial=0))
    begin = row * longest + column
    ends = np.maximum.accumulate(np.concatenate([[0], (begin + counts)[:-1]]))
    return np.asarray(begin >= ends[: len(begin)], dtype=np.bool_)


def _replaced(
    codes: Codes,
    filled: Truths,
    row: Integers,
    column: Integers,
    chosen: Integers,
    confusions: tuple[Confusion, ...],
) -> pa.LargeStringArray:
    """Return the text with the chosen confusion in place of the characters at each place."""
    written_counts = np.array([len(confusion.written) for confusion in confusions])[chosen]
    taken_counts = np.array([len(confusion.taken_for) for confusion in confusions])[chosen]
    repeats = filled.astype(np.int64)
    for after in range(1, int(written_counts.max(initial=0))):
        longer = written_counts > after
        repeats[row[longer], column[longer] + after] = 0
    repeats[row, column] = taken_counts
    begins = np.cumsum(repeats.ravel()) - repeats.ravel()
    begin = begins[row * codes.shape[1] + column]
    characters = np.repeat(codes.ravel(), repeats.ravel())
    taken_for, _ = unpack(pa.array([one.taken_for for one in confusions], pa.large_string()))
    for at in range(taken_for.shape[1]):
        longer = taken_counts > at
        characters[begin[longer] + at] = taken_for[chosen[longer], at]
    return pack(characters, repeats.sum(axis=1))
