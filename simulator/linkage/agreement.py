"""How many pairs of records are equal in what a level stands for, counted and never sampled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.linkage.encoding import rows_in_order
from simulator.linkage.faces import ALIKE, SAME
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from collections.abc import Set as AbstractSet

    from simulator.linkage.encoding import Codes, Column, Flags, Floats, Rows
    from simulator.linkage.record_table import RecordTable

_EQUAL_LEVELS: Mapping[str, Mapping[int, tuple[tuple[str, ...], ...]]] = {
    "given": {7: (("given",),)},
    "surname": {7: (("surname",),)},
    "middle": {4: (("middle",),)},
    "sex": {2: (("sex",),)},
    "birth_date": {4: (("birth_date",),)},
    "birth_month_day": {2: (("birth_month_day",),)},
    "birth_year": {2: (("birth_year",),)},
    "phone": {3: (("phone",),)},
    "online": {4: (("email",),), 3: (("online",),)},
    "national_id": {3: (("national_id",),)},
    "licence_number": {3: (("licence_number",),)},
    "national_id_last4": {2: (("national_id_last4",),)},
    "plate": {3: (("plate",),)},
    "device": {2: (("device",),)},
    "card": {2: (("card",),)},
    "routine": {4: (("squares",),), 3: (("home_area",),)},
    "face": {3: ((SAME,),), 2: ((ALIKE,),)},
    "employer": {3: (("employer",),)},
    "birth_place": {3: (("birth_place",),)},
    "occupation": {3: (("occupation",),)},
    "residence": {
        6: (("address", "zip_code"), ("address", "city"), ("address",)),
        5: (("number", "street", "zip_code"), ("number", "street", "city"), ("number", "street")),
        4: (("street", "zip_code"), ("street", "city"), ("street",)),
        3: (("zip_code",),),
        2: (("city",),),
    },
}
"""Comparison -> level -> columns whose equality is that level or a better one.

Of several, the first that both sources fill is taken. Likeness of faces is counted by search.
"""


@dataclass(frozen=True)
class Agreement:
    """How many pairs of records share a value, per pair of sources.

    Attributes
    ----------
    pairs, equal : float arrays, one per pair type
        Pairs that have the value on both sides, and those of them that are equal.
    within : float
        The share of equal pairs inside sources that hold each entity once (NaN without any).
    """

    pairs: Floats
    equal: Floats
    within: float


def agreement(
    table: RecordTable,
    columns: tuple[str, ...],
    ordered: Callable[[Column], tuple[Codes, Flags]] = rows_in_order,
) -> Agreement:
    """Count the pairs of records that are equal in all these columns, from value counts.

    `ordered` is as of `simulator.linkage.encoding.grouped`.
    """
    key, rows = (
        table.grouped(columns, ordered) if len(columns) > 1 else _codes(table.columns[columns[0]])
    )
    width = len(table.sources)
    groups = int(key.max(initial=-1)) + 1
    counts = (
        np.bincount(key * width + table.source.take(rows), minlength=groups * width)
        .reshape(groups, width)
        .astype(np.float64)
    )
    sizes = counts.sum(axis=0)
    together = counts.T @ counts
    alone = np.diag(together) - sizes
    equal = [alone[a] / 2 if a == b else together[a, b] for a, b in table.pair_types]
    single = ~table.repeats
    possible = float((sizes * (sizes - 1))[single].sum())
    within = float(alone[single].sum()) / possible if possible > 0 else float("nan")
    return Agreement(pairs_between(table, sizes), np.array(equal), within)


def _codes(column: Column) -> tuple[Codes, Rows]:
    """Return the codes of a column that are not missing, and their rows."""
    rows = np.flatnonzero(column.codes >= 0)
    return column.codes.take(rows), rows


def pairs_between(table: RecordTable, sizes: Floats) -> Floats:
    """Return per pair type how many pairs there are of so many records per source."""
    return np.array(
        [
            sizes[a] * (sizes[a] - 1) / 2 if a == b else sizes[a] * sizes[b]
            for a, b in table.pair_types
        ]
    )


Level: TypeAlias = "tuple[str, int, tuple[str, ...]]"
"""A comparison, a level of it, and columns that must be equal besides."""


def agreements(
    table: RecordTable, names: Collection[str]
) -> Mapping[Level, list[tuple[Agreement, Flags]]]:
    """Count the equal pairs of every level that equality defines.

    What nobody's answer hangs on is not counted: other columns for the same level only if some two
    sources do not fill the better ones.

    Parameters
    ----------
    names : collection of str
        The comparisons. With both surname and residence among them, equal surnames at each level of
        residence are counted too.

    Returns
    -------
    mapping
        Level -> what was counted, and for which pair types it is to be taken. The list may be
        empty; levels that no column of the table can show are left out.
    """
    known = _of_faces(table) if "face" in names else {}
    ordered = cache(rows_in_order)
    choices = _choices(names, {*table.columns, *(name for key in known for name in key)})
    found: dict[Level, list[tuple[Agreement, Flags]]] = {place: [] for place in choices}
    untold = {place: np.ones(len(table.pair_types), dtype=np.bool_) for place in choices}
    while choices:
        first = {place: keys[0] for place, keys in choices.items()}
        first = {place: key for place, key in first.items() if _helps(table, key, untold[place])}
        wanted = [key for key in dict.fromkeys(first.values()) if key not in known]
        known |= zip(
            wanted, side_by_side(lambda key: agreement(table, key, ordered), wanted), strict=True
        )
        for place, key in first.items():
            taken = untold[place] & (known[key].pairs > 0)
            found[place].append((known[key], taken))
            untold[place] &= ~taken
        choices = {place: keys[1:] for place, keys in choices.items() if keys[1:]}
    return found


def _choices(
    names: Collection[str], columns: AbstractSet[str]
) -> dict[Level, list[tuple[str, ...]]]:
    """Return the columns whose equality is a level, the best first, as far as there are any."""
    choices: dict[Level, list[tuple[str, ...]]] = {}
    for name in names:
        joint = name == "residence" and "surname" in names
        for also in ((), ("surname",)) if joint else ((),):
            for level, equal in _EQUAL_LEVELS[name].items():
                keys = [(*key, *also) for key in equal if columns >= {*key, *also}]
                if keys:
                    choices[name, level, also] = keys
    return choices


def _helps(table: RecordTable, key: tuple[str, ...], untold: Flags) -> bool:
    """Tell whether two sources of which nothing is told yet may both fill these columns."""
    filled = [table.filled[name] for name in key if name in table.filled]
    return any(
        all(column[a] and column[b] for column in filled)
        for (a, b), wanted in zip(table.pair_types, untold, strict=True)
        if wanted
    )


def _of_faces(table: RecordTable) -> dict[tuple[str, ...], Agreement]:
    """Return how many pairs of faces are alike, as face search counted them."""
    search = table.face_search
    return {
        (likeness,): Agreement(search.pairs, reached, search.strangers[likeness])
        for likeness, reached in search.reached.items()
    }
