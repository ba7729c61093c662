"""The comparisons: in how many ways two records can agree on something, and which one holds.

A level is a small integer: 0 where either record has nothing to compare, 1 where they differ, more
the better they agree. Each comparison is one function and one entry in `COMPARISONS`; the columns
it reads say for which pairs of sources it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.dates import digit_matrix
from simulator.linkage.names import nickname_pairs
from simulator.linkage.similarity import jaro_winkler, one_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from simulator.linkage.encoding import Codes, Column, Flags, RecordTable, Rows

Levels: TypeAlias = npt.NDArray[np.int8]
Digits: TypeAlias = npt.NDArray[np.uint8]

CLOSE, SIMILAR = 0.92, 0.80
"""Jaro–Winkler thresholds of Splink's name comparisons, kept so that engines can be compared."""


@dataclass(frozen=True)
class Comparison:
    """One comparison.

    Attributes
    ----------
    name : str
    columns : tuple of str
        Standardised columns it reads; it is used where both sources fill at least one of them.
    levels : tuple of str
        What each level says, from level 1 (they differ) upwards.
    declared_m : tuple of float
        Probability of each level for two records of one entity, assumed before any learning.
    compare : function (table, left rows, right rows) -> int8 levels
    personal : int or None
        The least level at which agreement is about the person and not the household.
    """

    name: str
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    declared_m: tuple[float, ...]
    compare: Callable[[RecordTable, Rows, Rows], Levels]
    personal: int | None = None


def _codes(table: RecordTable, name: str, left: Rows, right: Rows) -> tuple[Column, Codes, Codes]:
    column = table.columns[name]
    return column, column.codes[left], column.codes[right]


def _equality(left: Codes, right: Codes, top: int) -> tuple[Levels, npt.NDArray[np.int64]]:
    """Return level `top` where codes agree, 1 where they differ, and the places that differ."""
    both = (left >= 0) & (right >= 0)
    levels = np.where(left == right, np.int8(top), np.int8(1)) * both
    return levels.astype(np.int8), np.flatnonzero(levels == 1)


def _exact(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    _, a, b = _codes(table, column, left, right)
    return _equality(a, b, 2)[0]


def _with_one_edit(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    values, a, b = _codes(table, column, left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(one_edit(values, a[differ], b[differ]), 2, 1)
    return levels


def _with_similar(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    values, a, b = _codes(table, column, left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(jaro_winkler(values, a[differ], b[differ], CLOSE) > 0, 2, 1)
    return levels


def _letters(column: Column) -> tuple[Flags, npt.NDArray[np.int64]]:
    """Return per value whether it is a lone letter, and a code of its first letter."""
    single = pc.equal(pc.utf8_length(column.values), 1).to_numpy(zero_copy_only=False)
    first = pc.utf8_slice_codeunits(column.values, 0, 1).dictionary_encode().indices.to_numpy()
    return np.asarray(single, dtype=np.bool_), np.asarray(first, dtype=np.int64)


def _initial_agrees(column: Column, left: Codes, right: Codes) -> Flags:
    """Tell where one value is a lone letter and the other starts with it."""
    single, first = column.once(_letters)
    return np.asarray((single[left] | single[right]) & (first[left] == first[right]))


def _given(table: RecordTable, left: Rows, right: Rows) -> Levels:
    values, a, b = _codes(table, "given", left, right)
    levels, differ = _equality(a, b, 6)
    a, b = a[differ], b[differ]
    alike = jaro_winkler(values, a, b, SIMILAR)
    found = np.where(alike >= CLOSE, 4, np.where(alike > 0, 2, 1))
    found[_initial_agrees(values, a, b)] = 3
    familiar = np.isin(a.astype(np.int64) * values.size + b, values.once(_nicknames))
    found = np.where(familiar, 5, found)
    found[_swapped(table, left[differ], right[differ])] = 4
    levels[differ] = found
    return levels


def _swapped(table: RecordTable, left: Rows, right: Rows) -> Flags:
    """Tell where given name and surname stand in each other's place."""
    if "both_names" not in table.columns:
        return np.zeros(len(left), dtype=np.bool_)
    _, a, b = _codes(table, "both_names", left, right)
    _, x, y = _codes(table, "surname", left, right)
    return np.asarray((a == b) & (a >= 0) & (x != y))


def _nicknames(column: Column) -> npt.NDArray[np.int64]:
    return nickname_pairs(column.texts)


def _surname(table: RecordTable, left: Rows, right: Rows) -> Levels:
    values, a, b = _codes(table, "surname", left, right)
    levels, differ = _equality(a, b, 6)
    a, b = a[differ], b[differ]
    alike = jaro_winkler(values, a, b, SIMILAR)
    found = np.where(alike >= CLOSE, 5, np.where(alike > 0, 2, 1))
    found[_initial_agrees(values, a, b)] = 3
    found = np.where(_shares_a_part(values, a, b), 4, found)
    found[_swapped(table, left[differ], right[differ])] = 5
    levels[differ] = found
    return levels


def _end_words(column: Column) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return codes of the first and of the last word of each value; equal words, equal codes."""
    words = pa.concat_arrays(
        [pc.replace_substring_regex(column.values, shape, "") for shape in (r" .*$", r"^.* ")]
    )
    codes = words.dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes[: column.size], codes[column.size :]


def _shares_a_part(column: Column, left: Codes, right: Codes) -> Flags:
    """Tell where two surnames share a first or last word: one of two surnames was dropped."""
    first, last = column.once(_end_words)
    a, b, x, y = first[left], last[left], first[right], last[right]
    return np.asarray((a == x) | (b == y) | (a == y) | (b == x))


def _middle(table: RecordTable, left: Rows, right: Rows) -> Levels:
    values, a, b = _codes(table, "middle", left, right)
    levels, differ = _equality(a, b, 4)
    close = jaro_winkler(values, a[differ], b[differ], CLOSE) > 0
    levels[differ] = np.where(close, 3, 1)
    levels[(levels > 0) & _initial_agrees(values, a, b)] = 2
    return levels


def _date_levels(left: Digits, right: Digits) -> Levels:
    """Return the level of dates that are not equal, written as rows of eight digits YYYYMMDD.

    One slip is a digit, two neighbouring digits in each other's place, or month and day swapped.
    """
    unlike = np.asarray(left != right)
    crossed = (left[:, :-1] == right[:, 1:]) & (left[:, 1:] == right[:, :-1])
    neighbours = np.asarray(unlike.sum(axis=1) == 2) & np.asarray(
        unlike[:, :-1] & unlike[:, 1:] & crossed
    ).any(axis=1)
    same_year, same_day = ~unlike[:, :4].any(axis=1), ~unlike[:, 4:].any(axis=1)
    month_to_day = np.asarray(left[:, 4:6] == right[:, 6:]).all(axis=1)
    day_to_month = np.asarray(left[:, 6:] == right[:, 4:6]).all(axis=1)
    slip = (unlike.sum(axis=1) == 1) | neighbours | (same_year & month_to_day & day_to_month)
    return np.where(slip, 3, np.where(same_year | same_day, 2, 1)).astype(np.int8)


def _birth(table: RecordTable, left: Rows, right: Rows) -> Levels:
    values, a, b = _codes(table, "birth_date", left, right)
    levels, differ = _equality(a, b, 4)
    a, b = a[differ], b[differ]
    digits = values.once(digit_matrix)
    whole = np.asarray(digits.any(axis=1))
    found = _date_levels(digits[a], digits[b])
    odd = np.flatnonzero(~(whole[a] & whole[b]))
    found[odd] = np.where(one_edit(values, a[odd], b[odd]), 3, 1)
    levels[differ] = found
    return levels


def _unless_both_dates(table: RecordTable, left: Rows, right: Rows, *, column: str) -> Levels:
    """Compare a part of the birth date where at least one record has no whole date."""
    levels = _exact(table, left, right, column=column)
    if "birth_date" in table.columns:
        _, a, b = _codes(table, "birth_date", left, right)
        levels[(a >= 0) & (b >= 0)] = 0
    return levels


def _online(table: RecordTable, left: Rows, right: Rows) -> Levels:
    values, a, b = _codes(table, "online", left, right)
    levels, differ = _equality(a, b, 3)
    levels[differ] = np.where(jaro_winkler(values, a[differ], b[differ], CLOSE) > 0, 2, 1)
    if "email" in table.columns:
        _, x, y = _codes(table, "email", left, right)
        levels[(x == y) & (x >= 0)] = 4
    return levels


def _residence(table: RecordTable, left: Rows, right: Rows) -> Levels:
    """Compare where two records live, from another place to the same door.

    Street and number are read together with the place (ZIP or city): the same door in another
    town is little evidence, the same town is hardly any.
    """
    flat = np.zeros(len(left), dtype=np.int8)
    zip_code = (
        _exact(table, left, right, column="zip_code") if "zip_code" in table.columns else flat
    )
    city = _with_similar(table, left, right, column="city") if "city" in table.columns else flat
    place = np.where(zip_code == 2, 3, np.where(city >= 2, 2, np.maximum(zip_code, city > 0)))
    if "street" not in table.columns:
        return place.astype(np.int8)
    street = _with_similar(table, left, right, column="street")
    number = _exact(table, left, right, column="number") if "number" in table.columns else flat
    door = _exact(table, left, right, column="address") if "address" in table.columns else flat
    near = (place != 1).astype(np.int8)
    levels = np.where(street == 0, place, np.maximum(place, 1))
    levels = np.where((street == 3) & (near == 1), 4, levels)
    levels = np.where(
        (street >= 2) & ((number == 2) | ((number == 0) & (street == 3))), 4 + near, levels
    )
    return np.where(door == 2, 5 + near, levels).astype(np.int8)


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "given",
        ("given",),
        ("differ", "similar", "initial", "close", "nickname", "exact"),
        (0.05, 0.02, 0.01, 0.05, 0.07, 0.80),
        _given,
        personal=2,
    ),
    Comparison(
        "surname",
        ("surname",),
        ("differ", "similar", "initial", "one part", "close", "exact"),
        (0.05, 0.02, 0.01, 0.02, 0.05, 0.85),
        _surname,
    ),
    Comparison(
        "residence",
        ("zip_code", "city", "street", "address"),
        ("elsewhere", "same city", "same ZIP", "same street", "near the door", "same door"),
        (0.12, 0.06, 0.06, 0.03, 0.05, 0.68),
        _residence,
    ),
    Comparison(
        "middle",
        ("middle",),
        ("differ", "initial", "close", "exact"),
        (0.08, 0.10, 0.04, 0.78),
        _middle,
    ),
    Comparison("sex", ("sex",), ("differ", "exact"), (0.02, 0.98), partial(_exact, column="sex")),
    Comparison(
        "birth_date",
        ("birth_date",),
        ("differ", "year or day", "one slip", "exact"),
        (0.02, 0.03, 0.07, 0.88),
        _birth,
        personal=3,
    ),
    Comparison(
        "birth_month_day",
        ("birth_month_day",),
        ("differ", "exact"),
        (0.07, 0.93),
        partial(_unless_both_dates, column="birth_month_day"),
        personal=2,
    ),
    Comparison(
        "birth_year",
        ("birth_year",),
        ("differ", "exact"),
        (0.07, 0.93),
        partial(_unless_both_dates, column="birth_year"),
    ),
    Comparison(
        "phone",
        ("phone",),
        ("differ", "one slip", "exact"),
        (0.25, 0.05, 0.70),
        partial(_with_one_edit, column="phone"),
    ),
    Comparison(
        "online",
        ("online",),
        ("differ", "close", "same name", "same e-mail"),
        (0.30, 0.05, 0.15, 0.50),
        _online,
        personal=3,
    ),
    Comparison(
        "national_id",
        ("national_id",),
        ("differ", "one slip", "exact"),
        (0.03, 0.07, 0.90),
        partial(_with_one_edit, column="national_id"),
        personal=2,
    ),
    Comparison(
        "licence_number",
        ("licence_number",),
        ("differ", "one slip", "exact"),
        (0.05, 0.05, 0.90),
        partial(_with_one_edit, column="licence_number"),
        personal=2,
    ),
    Comparison(
        "plate",
        ("plate",),
        ("differ", "one slip", "exact"),
        (0.10, 0.10, 0.80),
        partial(_with_one_edit, column="plate"),
    ),
    Comparison(
        "employer",
        ("employer",),
        ("differ", "close", "exact"),
        (0.25, 0.05, 0.70),
        partial(_with_similar, column="employer"),
    ),
    Comparison(
        "birth_place", ("birth_place",), ("differ", "close", "exact"), (0.10, 0.05, 0.85),
        partial(_with_similar, column="birth_place"),
    ),
    Comparison(
        "occupation", ("occupation",), ("differ", "close", "exact"), (0.30, 0.05, 0.65),
        partial(_with_similar, column="occupation"),
    ),
)  # fmt: skip


def comparisons_for(
    table: RecordTable, names: Collection[str] | None = None
) -> tuple[Comparison, ...]:
    """Return the comparisons (of those named) that at least one pair of sources can make.

    Raises
    ------
    ValueError
        If a name is not that of a comparison.
    """
    known = [comparison.name for comparison in COMPARISONS]
    strangers = sorted(set(names or ()) - set(known))
    if strangers:
        raise ValueError(
            f"no such comparison: {', '.join(strangers)}; there are {', '.join(known)}"
        )
    filled = table.filled

    def usable(comparison: Comparison) -> bool:
        return any(
            filled[name][a] and filled[name][b]
            for name in comparison.columns
            if name in filled
            for a, b in table.pair_types
        )

    return tuple(c for c in COMPARISONS if (names is None or c.name in names) and usable(c))
