"""Blocking: which pairs of records are worth comparing.

Each rule joins the records that agree on a few columns. Rules are tried from the most to the least
telling; a pair that an earlier rule brought is not brought again. A rule may bring only so many
pairs: its largest groups (the Smiths of the largest city) are left out first, because agreeing on a
common value says least, and `Blocks.left_out` counts what that cost. With that limit a rule may ask
for as little as one column: what it then brings are the rare values. The limit is generous: pairs
cost little, and what is not brought is missed for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.linkage.encoding import rows_in_order
from simulator.linkage.fields import STANDARD
from simulator.row_order import begins, in_company, numbered_runs
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.linkage.encoding import Flags, Rows
    from simulator.linkage.record_table import RecordTable

Rule: TypeAlias = tuple[str, ...]
Keys: TypeAlias = npt.NDArray[np.int32]

FACE_RULE: Rule = ("face",)
"""Faces are not grouped but searched: `simulator.linkage.face_search`."""

RULES: tuple[Rule, ...] = (
    # few strangers keep these
    ("national_id",),
    ("licence_number",),
    ("plate",),
    ("device",),
    ("card",),
    ("email",),
    ("online",),
    ("phone",),
    ("both_names",),
    ("given_root", "surname"),
    ("surname", "birth_date"),
    ("given_root", "birth_date"),
    ("birth_date", "zip_code"),
    ("birth_date", "city"),
    ("address", "given_root"),
    ("surname", "birth_month_day"),
    ("given_root", "birth_month_day", "city"),
    ("given_sound", "birth_month_day"),
    ("given_sound", "surname_sound"),
    ("surname_sound", "birth_year", "sex"),
    ("given_root", "zip_code", "birth_year"),
    ("given_root", "birth_year", "birth_place"),
    ("given_root", "employer"),
    ("surname", "employer"),
    ("surname", "national_id_last4"),
    # many strangers keep these: worth it for rare values, and for who is misspelt elsewhere
    ("address", "zip_code"),
    ("surname", "zip_code"),
    ("surname", "city"),
    ("given_sound", "zip_code"),
    ("given_sound", "birth_place"),
    ("surname_sound", "birth_place"),
    ("number", "street"),
    ("number", "zip_code"),
    ("zip_code", "birth_place"),
    ("zip_code", "occupation"),
    ("squares",),
    ("birth_date",),
    ("birth_month_day",),
    ("surname",),
    ("given_sound",),
    FACE_RULE,
)
"""From the most telling on."""

MOST_RULES = 64
"""More are refused: the compiled kernel marks for each record, a bit each, which rules group it."""

PAIRS_PER_RECORD = 1.5
"""Most pairs one rule may bring, per record; small work may bring `PAIRS_ALWAYS` anyway."""

PAIRS_ALWAYS = 1_000_000


@dataclass(frozen=True)
class Blocks:
    """The records grouped by every rule.

    Attributes
    ----------
    rules : tuple of Rule
    keys : list of int32 arrays
        Per rule, the group of each record; -1 where it has none.
    members : list of (int32 array, bool array)
        Per rule, the records that have a group, by group and then by row, and where one begins.
    left_out : dict
        Rule -> number of pairs not brought because their groups were too large.
    brought : int
        Pairs that the rules bring, one that several bring counted for each.
    faces : (left rows, right rows) or None
        Pairs that face search brings.
    """

    rules: tuple[Rule, ...]
    keys: list[Keys]
    members: list[tuple[Rows, Flags]]
    left_out: dict[Rule, int]
    brought: int
    faces: tuple[Rows, Rows] | None = None


def rules_for(table: RecordTable, rules: Collection[Rule] | None = None) -> tuple[Rule, ...]:
    """Return the rules (by default `RULES`) whose columns at least one pair of sources shares.

    Raises
    ------
    ValueError
        If a rule names a column that linkage does not know, or there are more than `MOST_RULES`.
    """
    chosen = RULES if rules is None else tuple(tuple(rule) for rule in rules)
    if len(chosen) > MOST_RULES:
        raise ValueError(f"at most {MOST_RULES} blocking rules, not {len(chosen)}")
    strangers = sorted({name for rule in chosen for name in rule} - set(STANDARD))
    if strangers:
        raise ValueError(f"no such column: {', '.join(strangers)}; there are {', '.join(STANDARD)}")
    filled = table.filled
    return tuple(
        rule
        for rule in chosen
        if all(name in filled for name in rule)
        and any(
            all(filled[name][a] and filled[name][b] for name in rule) for a, b in table.pair_types
        )
    )


def block(table: RecordTable, rules: tuple[Rule, ...]) -> Blocks:
    """Group the records by each rule and leave out the groups that are too large."""
    budget = max(int(PAIRS_PER_RECORD * len(table)), PAIRS_ALWAYS)
    keys, members, left_out, brought, faces = [], [], {}, 0, None
    ordered = cache(rows_in_order)
    groups = side_by_side(
        lambda rule: _within_budget(table, *table.grouped(rule, ordered), budget),
        (rule for rule in rules if rule != FACE_RULE),
    )
    for rule in rules:
        if rule == FACE_RULE:
            search = table.face_search
            faces, found, lost = (search.left, search.right), len(search.left), search.left_out
            key = np.full(len(table), -1, dtype=np.int32)
            held = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)
        else:
            key, held, found, lost = next(groups)
        keys.append(key)
        members.append(held)
        brought += found
        if lost:
            left_out[rule] = lost
    return Blocks(rules, keys, members, left_out, brought, faces)


def _within_budget(
    table: RecordTable, group: Keys, rows: Rows, budget: int
) -> tuple[Keys, tuple[Rows, Flags], int, int]:
    """Leave out groups without pairs, and the largest until a rule brings at most `budget` pairs.

    Parameters
    ----------
    group, rows : int32 arrays
        As from `RecordTable.grouped`.

    Returns
    -------
    The group of each record, -1 for none; the rows that have one, in the order of their groups, and
    where a group begins; the pairs they bring; and the pairs that went.
    """
    key = np.full(len(table), -1, dtype=np.int32)
    several = in_company(group)  # most groups are of one record
    rows, group = rows.compress(several), numbered_runs(group.compress(several))
    if not len(rows):
        return key, (rows, several[:0]), 0, 0
    groups, width = int(group[-1]) + 1, len(table.sources)
    source = table.source.take(rows).astype(np.int32)
    cells = np.bincount(source * groups + group, minlength=groups * width)
    cells = cells.reshape(width, groups)
    total = cells.sum(axis=0)
    # neither within most sources nor between two that only attach to persons is there any pair
    apart, events = cells[~table.compared_within], cells[table.attaches]
    never = (apart * (apart - 1)).sum(axis=0)
    never += events.sum(axis=0) ** 2 - (events**2).sum(axis=0)
    pairs = (total * (total - 1) - never) // 2
    kept, every = pairs > 0, int(pairs.sum())
    if every > budget:
        # equal sizes stay or go together: the choice does not depend on how groups are numbered
        size = np.sort(pairs)
        kept &= pairs < size[(np.cumsum(size) > budget).argmax()]
    stay = kept.take(group)
    rows, group = rows.compress(stay), group.compress(stay)
    key[rows] = group
    brought = int(pairs[kept].sum())
    return key, (rows, begins(group)), brought, every - brought
