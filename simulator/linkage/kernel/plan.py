"""The comparisons written down as numbers: what to do for each, and on which columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.linkage.blocking import FACE_RULE
from simulator.linkage.kernel import compiled as kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.blocking import Rule
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.record_table import RecordTable
    from simulator.randomness import Words

STEPS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "given": (kind.GIVEN, ("given", "given_sound", "both_names", "surname")),
    "surname": (kind.SURNAME, ("surname", "surname_sound", "both_names", "surname")),
    "residence": (kind.RESIDENCE, ("zip_code", "city", "street", "number", "address")),
    "middle": (kind.MIDDLE, ("middle",)),
    "sex": (kind.EXACT, ("sex",)),
    "birth_date": (kind.BIRTH, ("birth_date",)),
    "birth_month_day": (kind.UNLESS_BOTH, ("birth_month_day", "birth_date")),
    "birth_year": (kind.UNLESS_BOTH, ("birth_year", "birth_date")),
    "phone": (kind.ONE_EDIT, ("phone",)),
    "online": (kind.ONLINE, ("online", "email")),
    "national_id": (kind.ONE_EDIT, ("national_id",)),
    "licence_number": (kind.ONE_EDIT, ("licence_number",)),
    "plate": (kind.ONE_EDIT, ("plate",)),
    "national_id_last4": (kind.UNLESS_BOTH, ("national_id_last4", "national_id")),
    "device": (kind.EXACT, ("device",)),
    "card": (kind.EXACT, ("card",)),
    "routine": (kind.ROUTINE, ("home_area", "zip_code", "street", "work_area", "employer")),
    "employer": (kind.SIMILAR, ("employer",)),
    "birth_place": (kind.SIMILAR, ("birth_place",)),
    "occupation": (kind.SIMILAR, ("occupation",)),
}
"""Comparison -> (what to do, the columns in the order in which the compiled code reads them).

Faces are not here: their likeness is a product of templates, not of codes.
"""

_SPELLED: Mapping[int, tuple[int, ...]] = {
    kind.GIVEN: (0,),
    kind.SURNAME: (0,),
    kind.RESIDENCE: (1, 2),
    kind.MIDDLE: (0,),
    kind.BIRTH: (0,),
    kind.ONE_EDIT: (0,),
    kind.ONLINE: (0,),
    kind.SIMILAR: (0,),
}
"""What to do -> the places of the columns whose letters are read."""

_MOST_COLUMNS = 5


class Plan(NamedTuple):
    """What to compare.

    Attributes
    ----------
    columns : tuple of str
        The columns of codes that are needed.
    spelled : tuple of str
        Those of them whose letters are needed.
    without : uint64 array
        For each of the first of `columns`, the blocking rules that do not ask for it, a bit each.
    steps : int64 array, comparisons × (2 + 5)
        What to do, what a level counts in the pattern code, and up to five places in `columns`;
        absent columns point behind the last one, where everything is missing.
    rest : dict
        Comparisons that stay with numpy -> what a level of theirs counts in the pattern code.
    """

    columns: tuple[str, ...]
    spelled: tuple[str, ...]
    without: Words
    steps: npt.NDArray[np.int64]
    rest: dict[Comparison, int]


def plan_for(
    table: RecordTable, comparisons: tuple[Comparison, ...], rules: tuple[Rule, ...]
) -> Plan:
    """Return the steps for these comparisons; places in the code as `patterns.packed` has them."""
    asked = dict.fromkeys(name for rule in rules if rule != FACE_RULE for name in rule)
    columns = asked.copy()
    spelled: dict[str, None] = {}
    todo, rest, unit = [], {}, len(table.pair_types)
    for comparison in comparisons:
        if comparison.name in STEPS:
            what, names = STEPS[comparison.name]
            columns |= dict.fromkeys(name for name in names if name in table.columns)
            read = [names[at] for at in _SPELLED.get(what, ()) if names[at] in table.columns]
            spelled |= dict.fromkeys(read)
            todo.append((what, unit, names))
        else:
            rest[comparison] = unit
        unit *= len(comparison.levels) + 1
    place = {name: at for at, name in enumerate(columns)}
    steps = np.full((len(todo), 2 + _MOST_COLUMNS), len(columns), dtype=np.int64)
    for row, (what, units, names) in zip(steps, todo, strict=True):
        row[:2] = what, units
        row[2 : 2 + len(names)] = [place.get(name, len(columns)) for name in names]
    return Plan(tuple(columns), tuple(spelled), _without(tuple(asked), rules), steps, rest)


def _without(columns: tuple[str, ...], rules: tuple[Rule, ...]) -> Words:
    """Return for each column the rules that do not ask for it, a bit each."""
    asks = np.array([[name in rule for rule in rules] for name in columns], dtype=np.bool_)
    bits = np.uint64(1) << np.arange(len(rules), dtype=np.uint64)
    return np.asarray(
        ~np.where(asks.reshape(len(columns), len(rules)), bits, 0).sum(axis=1, dtype=np.uint64)
    )
