"""Blocking: which pairs of records are worth comparing.

Each rule joins the records that agree on a few columns. Rules are tried from the most to the least
telling; a pair that an earlier rule brought is not brought again. A rule may bring only so many
pairs: its largest groups (the Smiths of the largest city) are left out first, because agreeing on a
common value says least, and `Blocks.left_out` counts what that cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.linkage.fields import STANDARD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from simulator.linkage.encoding import RecordTable, Rows

Rule: TypeAlias = tuple[str, ...]
Keys: TypeAlias = npt.NDArray[np.int64]

FACE_RULE: Rule = ("face",)
"""Faces are not grouped but searched: `simulator.linkage.face_search`."""

RULES: tuple[Rule, ...] = (
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
    ("address", "zip_code"),
    ("address", "given_root"),
    ("surname", "birth_month_day"),
    ("given_root", "birth_month_day", "city"),
    ("given_sound", "surname_sound"),
    ("surname_sound", "birth_year", "sex"),
    ("given_root", "zip_code", "birth_year"),
    ("surname", "zip_code"),
    ("surname", "city"),
    ("given_root", "birth_year", "birth_place"),
    ("given_root", "employer"),
    ("surname", "employer"),
    ("number", "street"),
    ("squares",),
    ("surname", "national_id_last4"),
    ("birth_date",),
    ("surname",),
    FACE_RULE,
)

PAIRS_PER_RECORD = 1
"""Most pairs one rule may bring, per record; small work may bring `PAIRS_ALWAYS` anyway."""

PAIRS_ALWAYS = 50_000


@dataclass(frozen=True)
class Blocks:
    """The records grouped by every rule.

    Attributes
    ----------
    rules : tuple of Rule
    keys : list of int64 arrays
        Per rule, the group of each record; -1 where it has none.
    left_out : dict
        Rule -> number of pairs not brought because their groups were too large.
    faces : (left rows, right rows) or None
        Pairs that face search brings.
    """

    rules: tuple[Rule, ...]
    keys: list[Keys]
    left_out: dict[Rule, int]
    faces: tuple[Rows, Rows] | None = None


def rules_for(table: RecordTable, rules: Collection[Rule] | None = None) -> tuple[Rule, ...]:
    """Return the rules (by default `RULES`) whose columns at least one pair of sources shares.

    Raises
    ------
    ValueError
        If a rule names a column that linkage does not know.
    """
    chosen = RULES if rules is None else tuple(tuple(rule) for rule in rules)
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
    budget = max(PAIRS_ALWAYS, PAIRS_PER_RECORD * len(table))
    keys, left_out, faces = [], {}, None
    for rule in rules:
        if rule == FACE_RULE:
            search = table.face_search
            faces, lost = (search.left, search.right), search.left_out
            key = np.full(len(table), -1, dtype=np.int64)
        else:
            key, lost = _within_budget(table, _group(table, rule), budget)
        keys.append(key)
        if lost:
            left_out[rule] = lost
    return Blocks(rules, keys, left_out, faces)


def _group(table: RecordTable, rule: Rule) -> Keys:
    """Return dense group numbers of the records that have all columns of the rule."""
    key = np.zeros(len(table), dtype=np.int64)
    missing = np.zeros(len(table), dtype=np.bool_)
    for name in rule:
        column = table.columns[name]
        key = key * (column.size + 1) + column.codes
        missing |= column.codes < 0
        if len(rule) > 2:
            key = pd.factorize(key)[0].astype(np.int64)  # keeps products of sizes within 64 bits
    key[missing] = -1
    groups = pd.factorize(key)[0].astype(np.int64)
    groups[missing] = -1
    return groups


def _within_budget(table: RecordTable, key: Keys, budget: int) -> tuple[Keys, int]:
    """Drop the largest groups until the rule brings at most `budget` pairs."""
    present = np.flatnonzero(key >= 0)
    if not len(present):
        return key, 0
    groups = int(key[present].max()) + 1
    width = len(table.sources)
    cells = np.bincount(key[present] * width + table.source[present], minlength=groups * width)
    cells = cells.reshape(groups, width).astype(np.int64)
    total = cells.sum(axis=1)
    # neither within most sources nor between two that only attach to persons is there any pair
    events = cells[:, table.attaches]
    never = (cells * (cells - 1) * ~table.compared_within).sum(axis=1)
    never += events.sum(axis=1) ** 2 - (events**2).sum(axis=1)
    pairs = (total * (total - 1) - never) // 2
    order = np.argsort(pairs, kind="stable")
    running = np.cumsum(pairs[order])
    # equal sizes stay or go together, so that the choice does not depend on how groups are numbered
    over = running > budget
    if not over.any():
        return key, 0
    limit = pairs[order][over].min()
    dropped = pairs >= limit
    key = key.copy()
    key[present] = np.where(dropped[key[present]], -1, key[present])
    return key, int(pairs[dropped].sum())


def candidate_pairs(
    table: RecordTable, blocks: Blocks, chunk: int
) -> Iterator[tuple[int, Rows, Rows]]:
    """Yield (rule number, left rows, right rows) in pieces of about `chunk` pairs, each pair once.

    Left rows are of an earlier source than right rows, or of the same if it may repeat entities.
    """
    for number, key in enumerate(blocks.keys):
        earlier = blocks.keys[:number]
        for left, right in _expand(table, key, chunk):
            events = table.attaches[table.source]
            fresh = ~(events[left] & events[right]) & _unbrought(earlier, left, right)
            yield number, left[fresh], right[fresh]
    if blocks.faces is not None:
        every_left, every_right = blocks.faces
        for start in range(0, len(every_left), chunk):
            left, right = (rows[start : start + chunk] for rows in (every_left, every_right))
            fresh = _unbrought(blocks.keys, left, right)
            yield blocks.rules.index(FACE_RULE), left[fresh], right[fresh]


def _unbrought(keys: list[Keys], left: Rows, right: Rows) -> npt.NDArray[np.bool_]:
    """Tell which pairs are in no group of these together."""
    fresh = np.ones(len(left), dtype=np.bool_)
    for key in keys:
        own = key[left]
        fresh &= (own < 0) | (own != key[right])
    return fresh


def _expand(table: RecordTable, key: Keys, chunk: int) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs within each group, in pieces.

    Rows are sorted by group and source; the partners of a row are then one unbroken stretch: from
    the end of its own source's stretch (or from the next row, for sources that repeat entities)
    to the end of the group.
    """
    present = np.flatnonzero(key >= 0)
    width = len(table.sources)
    cell = key[present] * width + table.source[present]
    order = np.argsort(cell, kind="stable")
    rows, cell = present[order], cell[order]
    group = cell // width
    at = np.arange(len(rows))
    stop = _ends(group)
    start = np.where(table.compared_within[table.source[rows]], at + 1, _ends(cell))
    counts = stop - start
    useful = np.flatnonzero(counts > 0)
    start, counts, rows_left = start[useful], counts[useful], rows[useful]
    total = np.cumsum(counts)
    most = int(total[-1]) if len(total) else 0
    cuts = np.searchsorted(total, np.arange(chunk, most, chunk))
    for piece in np.split(np.arange(len(useful)), cuts):
        lengths = counts[piece]
        offsets = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) + np.repeat(start[piece] - offsets, lengths)
        yield np.repeat(rows_left[piece], lengths), rows[places]


def _ends(sorted_values: Keys) -> Keys:
    """Return for each place the end of the run of equal values it stands in.

    >>> _ends(np.array([4, 4, 7])).tolist()
    [2, 2, 3]
    """
    change = np.flatnonzero(sorted_values[1:] != sorted_values[:-1]) + 1
    bounds = np.r_[0, change, len(sorted_values)]
    return np.repeat(bounds[1:], np.diff(bounds))
