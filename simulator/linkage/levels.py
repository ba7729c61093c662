"""The level at which two records agree on something: one function a comparison.

A level is a small integer: 0 where either record has nothing to compare, 1 where they differ, more
the better they agree. What the levels of a comparison are called stands in `comparisons.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.dates import digit_matrix
from simulator.linkage.faces import ALIKE, SAME, likenesses
from simulator.linkage.names import nickname_pairs
from simulator.linkage.similarity import jaro_winkler, one_edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.encoding import Codes, Column, Flags, Rows
    from simulator.linkage.record_table import RecordTable

Levels: TypeAlias = npt.NDArray[np.int8]
Digits: TypeAlias = npt.NDArray[np.uint8]

CLOSE, SIMILAR = 0.92, 0.80
"""Jaro–Winkler thresholds of Splink's name comparisons, kept so that engines can be compared."""

FINER: Mapping[str, tuple[str, ...]] = {
    "home_area": ("zip_code", "street"),
    "work_area": ("employer",),
}
"""Square of the map -> columns that say more exactly where it is: who moved must not differ twice,
in the address and in the square."""

EXACTLY = 1e-6
"""What lies this little below a threshold lies on it, written in fewer digits."""


def _codes(table: RecordTable, name: str, left: Rows, right: Rows) -> tuple[Column, Codes, Codes]:
    column = table.columns[name]
    return column, column.codes.take(left), column.codes.take(right)


def _equality(left: Codes, right: Codes, top: int) -> tuple[Levels, npt.NDArray[np.int64]]:
    """Return level `top` where codes agree, 1 where they differ, and the places that differ."""
    both = (left >= 0) & (right >= 0)
    levels = np.where(left == right, np.int8(top), np.int8(1)) * both
    return levels.astype(np.int8), np.flatnonzero(levels == 1)


def exact(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    """Compare a column for equality."""
    _, a, b = _codes(table, column, left, right)
    return _equality(a, b, 2)[0]


def with_one_edit(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    """Compare a column of digits: equal, or one character or two neighbours apart."""
    values, a, b = _codes(table, column, left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(one_edit(values, a[differ], b[differ]), 2, 1)
    return levels


def with_similar(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    """Compare a column of texts: equal, or close by Jaro–Winkler."""
    values, a, b = _codes(table, column, left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(jaro_winkler(values, a[differ], b[differ], CLOSE) > 0, 2, 1)
    return levels


def letters(column: Column) -> tuple[Flags, npt.NDArray[np.int64]]:
    """Return per value whether it is a lone letter, and a code of its first letter."""
    single = pc.equal(pc.utf8_length(column.values), 1).to_numpy(zero_copy_only=False)
    first = pc.utf8_slice_codeunits(column.values, 0, 1).dictionary_encode().indices.to_numpy()
    return np.asarray(single, dtype=np.bool_), np.asarray(first, dtype=np.int64)


def _initial_agrees(column: Column, left: Codes, right: Codes) -> Flags:
    """Tell where one value is a lone letter and the other starts with it."""
    single, first = column.once(letters)
    return np.asarray((single[left] | single[right]) & (first[left] == first[right]))


def given(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare given names: alike, an initial, in the surname's place, a nickname, equal."""
    values, a, b = _codes(table, "given", left, right)
    levels, differ = _equality(a, b, 7)
    a, b = a[differ], b[differ]
    alike = jaro_winkler(values, a, b, SIMILAR)
    found = np.where(alike > 0, 2, 1)
    found[_sounds_alike(table, "given_sound", left[differ], right[differ])] = 4
    found[alike >= CLOSE - EXACTLY] = 5
    found[_initial_agrees(values, a, b)] = 3
    found[_familiar(values, a, b)] = 6
    found[_swapped(table, left[differ], right[differ])] = 5
    levels[differ] = found
    return levels


def _swapped(table: RecordTable, left: Rows, right: Rows) -> Flags:
    """Tell where given name and surname stand in each other's place."""
    if "both_names" not in table.columns:
        return np.zeros(len(left), dtype=np.bool_)
    _, a, b = _codes(table, "both_names", left, right)
    _, x, y = _codes(table, "surname", left, right)
    return np.asarray((a == b) & (a >= 0) & (x != y))


def _sounds_alike(table: RecordTable, name: str, left: Rows, right: Rows) -> Flags:
    """Tell where two names have the same Soundex code; names in other scripts have none."""
    if name not in table.columns:
        return np.zeros(len(left), dtype=np.bool_)
    _, a, b = _codes(table, name, left, right)
    return np.asarray((a == b) & (a >= 0))


def _familiar(column: Column, left: Codes, right: Codes) -> npt.NDArray[np.int64]:
    """Return the places where two given names can be the same person's."""
    has_another = column.once(_with_nicknames)
    at = np.flatnonzero(has_another[left] & has_another[right])
    keys = left[at].astype(np.int64) * column.size + right[at]
    return at[np.isin(keys, column.once(nickname_keys))]


def _with_nicknames(column: Column) -> Flags:
    """Return per given name whether another can be the same person's."""
    found = np.zeros(column.size, dtype=np.bool_)
    found[column.once(nickname_keys) // max(column.size, 1)] = True
    return found


def nickname_keys(column: Column) -> npt.NDArray[np.int64]:
    """Return the sorted keys of given names that can be the same person's."""
    return nickname_pairs(column.texts)


def surname(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare surnames: alike, an initial, one of two, in the given name's place, equal."""
    values, a, b = _codes(table, "surname", left, right)
    levels, differ = _equality(a, b, 7)
    a, b = a[differ], b[differ]
    alike = jaro_winkler(values, a, b, SIMILAR)
    found = np.where(alike > 0, 2, 1)
    found[_sounds_alike(table, "surname_sound", left[differ], right[differ])] = 5
    found[alike >= CLOSE - EXACTLY] = 6
    found[_initial_agrees(values, a, b)] = 3
    found = np.where(_shares_a_part(values, a, b), 4, found)
    found[_swapped(table, left[differ], right[differ])] = 6
    levels[differ] = found
    return levels


def end_words(column: Column) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return codes of the first and of the last word of each value; equal words, equal codes."""
    words = pa.concat_arrays(
        [pc.replace_substring_regex(column.values, shape, "") for shape in (r" .*$", r"^.* ")]
    )
    codes = words.dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes[: column.size], codes[column.size :]


def _shares_a_part(column: Column, left: Codes, right: Codes) -> Flags:
    """Tell where two surnames share a first or last word: one of two surnames was dropped."""
    first, last = column.once(end_words)
    a, b, x, y = first[left], last[left], first[right], last[right]
    return np.asarray((a == x) | (b == y) | (a == y) | (b == x))


def middle(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare middle names; initials agree weakly."""
    values, a, b = _codes(table, "middle", left, right)
    levels, differ = _equality(a, b, 4)
    close = jaro_winkler(values, a[differ], b[differ], CLOSE) > 0
    levels[differ] = np.where(close, 3, 1)
    levels[(levels > 0) & _initial_agrees(values, a, b)] = 2
    return levels


def date_levels(left: Digits, right: Digits) -> Levels:
    """Return the level of dates that are not equal, their digits YYYYMMDD as 8 × pairs.

    One slip is a digit, two neighbouring digits in each other's place, or month and day swapped.
    """
    unlike = np.asarray(left != right)
    number = unlike.sum(axis=0, dtype=np.int8)
    crossed = (left[:-1] == right[1:]) & (left[1:] == right[:-1])
    neighbours = (number == 2) & np.asarray(unlike[:-1] & unlike[1:] & crossed).any(axis=0)
    same_year, same_day = ~unlike[:4].any(axis=0), ~unlike[4:].any(axis=0)
    month_to_day = np.asarray(left[4:6] == right[6:]).all(axis=0)
    day_to_month = np.asarray(left[6:] == right[4:6]).all(axis=0)
    slip = (number == 1) | neighbours | (same_year & month_to_day & day_to_month)
    return np.where(slip, 3, np.where(same_year | same_day, 2, 1)).astype(np.int8)


def birth(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare whole birth dates: year or day, one slip, equal."""
    values, a, b = _codes(table, "birth_date", left, right)
    levels, differ = _equality(a, b, 4)
    a, b = a[differ], b[differ]
    digits = values.once(digit_matrix)
    whole = np.asarray(digits.any(axis=0))
    found = date_levels(digits.take(a, axis=1), digits.take(b, axis=1))
    odd = np.flatnonzero(~(whole[a] & whole[b]))
    found[odd] = np.where(one_edit(values, a[odd], b[odd]), 3, 1)
    levels[differ] = found
    return levels


def unless_both_dates(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    """Compare a part of the birth date where at least one record has no whole date."""
    levels = exact(table, left, right, column=column)
    if "birth_date" in table.columns:
        _, a, b = _codes(table, "birth_date", left, right)
        levels[(a >= 0) & (b >= 0)] = 0
    return levels


def last_four(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare the last four digits of the ID where at least one record has no whole one."""
    levels = exact(table, left, right, column="national_id_last4")
    if "national_id" in table.columns:
        _, a, b = _codes(table, "national_id", left, right)
        levels[(a >= 0) & (b >= 0)] = 0
    return levels


def _square(table: RecordTable, left: Rows, right: Rows, name: str) -> Levels:
    """Compare one square of the map, unless both records say more exactly where it is."""
    if name not in table.columns:
        return np.zeros(len(left), dtype=np.int8)
    levels = exact(table, left, right, column=name)
    for finer in FINER[name]:
        if finer in table.columns:
            _, a, b = _codes(table, finer, left, right)
            levels[(a >= 0) & (b >= 0)] = 0
    return levels


def routine(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare the squares of the map where two records are at night and by day."""
    home = _square(table, left, right, "home_area")
    work = _square(table, left, right, "work_area")
    found = np.where(home == 2, np.where(work == 2, 4, 3), np.where(work == 2, 2, 1))
    return np.where((home == 0) & (work == 0), 0, found).astype(np.int8)


def face(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare faces: alike, or taken for one."""
    if table.faces is None:
        return np.zeros(len(left), dtype=np.int8)
    found, least = likenesses(table.faces, left, right), table.faces.likeness
    levels = 1 + (found >= least[ALIKE]).astype(np.int8) + (found >= least[SAME])
    return np.where(np.isnan(found), 0, levels).astype(np.int8)


def online(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare names used online and e-mail addresses."""
    values, a, b = _codes(table, "online", left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(jaro_winkler(values, a[differ], b[differ], CLOSE) > 0, 2, 1)
    if "email" in table.columns:
        _, x, y = _codes(table, "email", left, right)
        levels[(x == y) & (x >= 0)] = 4
    return levels


def residence(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare where two records live, from another place to the same door.

    Street and number are read together with the place (ZIP or city): the same door in another
    town is little evidence, the same town is hardly any.
    """
    flat = np.zeros(len(left), dtype=np.int8)
    zip_code = exact(table, left, right, column="zip_code") if "zip_code" in table.columns else flat
    city = with_similar(table, left, right, column="city") if "city" in table.columns else flat
    place = np.where(zip_code == 2, 3, np.where(city >= 2, 2, np.maximum(zip_code, city > 0)))
    if "street" not in table.columns:
        return place.astype(np.int8)
    street = with_similar(table, left, right, column="street")
    number = exact(table, left, right, column="number") if "number" in table.columns else flat
    door = exact(table, left, right, column="address") if "address" in table.columns else flat
    near = (place != 1).astype(np.int8)
    levels = np.where(street == 0, place, np.maximum(place, 1))
    levels = np.where((street == 3) & (near == 1), 4, levels)
    levels = np.where(
        (street >= 2) & ((number == 2) | ((number == 0) & (street == 3))), 4 + near, levels
    )
    return np.where(door == 2, 5 + near, levels).astype(np.int8)
