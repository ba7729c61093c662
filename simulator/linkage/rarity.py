"""The rarity of values: sharing a rare surname says more than sharing a common one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.linkage.chance import Chance
    from simulator.linkage.encoding import Column, Floats, RecordTable, Rows
    from simulator.linkage.patterns import Patterns

RARITY: Mapping[str, tuple[str, int, float]] = {
    "given": ("given", 6, 0.5),
    "surname": ("surname", 6, 0.5),
    "birth_date": ("birth_date", 4, 0.5),
    "birth_month_day": ("birth_month_day", 2, 0.5),
    "residence": ("address", 6, 0.5),
    "phone": ("phone", 3, 0.05),
    "online": ("online", 3, 0.05),
    "employer": ("employer", 3, 0.5),
}
"""Comparison -> (column, level of equality, how many strangers share a value seen once).

A value that nobody else has in the records could still be shared by chance: half a stranger for
ordinary words, a twentieth for numbers and names that are meant to be one person's. For names used
online the records themselves tell how many (`simulator.linkage.weights.Model.strangers`).
"""


def _strangers(table: RecordTable, column: Column, singles: float) -> Floats:
    """Return for each value the share of records of OTHER entities that have it.

    Within a source that holds each entity once, all but one of the records with a value are
    strangers to each other; where entities may have a second record, all but two. `singles` is the
    number of strangers assumed for a value without any.
    """
    width = len(table.sources)
    present = column.codes >= 0
    cells = column.codes[present].astype(np.int64) * width + table.source[present]
    counts = np.bincount(cells, minlength=column.size * width).reshape(column.size, width)
    own = 1 + table.repeats.astype(np.int64)  # an entity's own records, not strangers to each other
    strangers = np.maximum(counts - own, 0).sum(axis=1) + singles
    return np.asarray(strangers / max(float(counts.sum()), 1.0))


def rarity_bits(
    table: RecordTable,
    patterns: Patterns,
    chance: Chance,
    strangers: Mapping[str, float],
    pattern: Rows,
    left: Rows,
    right: Rows,
) -> Floats:
    """Return by how many bits the rarity of the shared values moves each pair's match weight.

    Term-frequency adjustment after Winkler 1989: the u of "equal" is replaced by the chance of
    sharing this very value. At one door the surname is left alone: housemates share it, rare or
    not.

    Parameters
    ----------
    strangers : mapping
        Comparison name -> strangers assumed for a value seen once, where `RARITY` leaves it open.
    pattern, left, right : int arrays
        Of each pair: its row in the patterns, its rows in the table.
    """
    bits = np.zeros(len(pattern))
    for _, extra in rarity_bits_by_comparison(
        table, patterns, chance, strangers, pattern, left, right
    ):
        bits += extra
    return bits


def rarity_bits_by_comparison(
    table: RecordTable,
    patterns: Patterns,
    chance: Chance,
    strangers: Mapping[str, float],
    pattern: Rows,
    left: Rows,
    right: Rows,
) -> Iterator[tuple[str, Floats]]:
    """Yield each comparison that rarity moves, and by how many bits; as `rarity_bits`."""
    kind = patterns.pair_type[pattern]
    names = [comparison.name for comparison in patterns.comparisons]
    for name, (column_name, level, singles) in RARITY.items():
        if name not in names or column_name not in table.columns:
            continue
        column = table.columns[column_name]
        equal = column.codes[left] == column.codes[right]
        equal &= patterns.levels[pattern, names.index(name)] >= level
        if name == "surname" and "residence" in names:
            equal &= patterns.levels[pattern, names.index("residence")] < RARITY["residence"][1]
        at = np.flatnonzero(equal)
        share = _strangers(table, column, strangers.get(name, singles))[column.codes[left[at]]]
        bits = np.zeros(len(pattern))
        bits[at] = np.log2(chance.u[name][kind[at], level - 1]) - np.log2(share)
        yield name, bits
