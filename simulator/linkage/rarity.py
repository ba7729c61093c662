"""The rarity of values: sharing a rare surname says more than sharing a common one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from simulator.linkage.chance import Chance
    from simulator.linkage.encoding import Column, Flags, Floats, Rows
    from simulator.linkage.patterns import Patterns
    from simulator.linkage.record_table import RecordTable

RARITY: Mapping[str, tuple[str, int, float]] = {
    "given": ("given", 7, 0.5),
    "surname": ("surname", 7, 0.5),
    "birth_date": ("birth_date", 4, 0.5),
    "birth_month_day": ("birth_month_day", 2, 0.5),
    "residence": ("address", 6, 0.5),
    "phone": ("phone", 3, 0.05),
    "online": ("online", 3, 0.05),
    "routine": ("squares", 4, 0.5),
    "employer": ("employer", 3, 0.5),
}
"""Comparison -> (column, level of equality, how many strangers share a value seen once).

A value that nobody else has in the records could still be shared by chance: half a stranger for
ordinary words, a twentieth for numbers and names that are meant to be one person's. For names used
online the records themselves tell how many (`frequencies`).
"""

_ONE_PER_LIFE = ("squares",)
"""Columns whose values events tell about too: one track or job holds one person's squares."""


@dataclass(frozen=True)
class Frequencies:
    """How common each value of a column is among strangers, in the records that were counted.

    Attributes
    ----------
    values : Arrow string array
        The distinct values.
    share : float array, one per value
        Share of the records of other entities that have it.
    unseen_share : float
        The same for a value that was not there.
    """

    values: pa.Array
    share: Floats
    unseen_share: float

    def of(self, column: Column) -> Floats:
        """Return the share of each value of `column`, which may hold values never counted."""
        if column.values is self.values:
            return self.share
        at = pc.index_in(column.values, value_set=self.values).fill_null(-1)
        shares = np.append(self.share, self.unseen_share)
        return np.asarray(shares[at.to_numpy(zero_copy_only=False)])


def frequencies(
    table: RecordTable,
    strangers: Mapping[str, float],
    matches: Floats,
    m: Mapping[str, Floats],
) -> dict[str, Frequencies]:
    """Count how common values are, per comparison that rarity moves.

    Parameters
    ----------
    table : RecordTable
    strangers : mapping
        Comparison name -> strangers assumed for a value seen once, where `RARITY` leaves it open.
    matches : float array, one per pair type
        Expected number of matches.
    m : dict of float array, pair types × levels
        Comparison name -> probability of each level among matches.
    """
    rare = {
        name: (
            column,
            strangers.get(name, singles),
            _sharing(table, matches, m[name][:, level - 1 :].sum(axis=1)),
        )
        for name, (column, level, singles) in RARITY.items()
        if column in table.columns and name in m
    }
    found = side_by_side(lambda of: _frequencies(table, *of), rare.values())
    return dict(zip(rare, found, strict=True))


def _sharing(table: RecordTable, matches: Floats, shares: Floats) -> Floats:
    """Return per source how many more records of one's own there share one's value, on average.

    Parameters
    ----------
    matches, shares : float arrays, one per pair type
        Expected number of matches, and the share of them that agree.
    """
    sharing = np.zeros(len(table.sources))
    for (a, b), found, share in zip(table.pair_types, matches, shares, strict=True):
        if a == b:
            sharing[a] = 2.0 * found * share / max(int(table.sizes[a]), 1)
    return sharing


def _frequencies(table: RecordTable, name: str, singles: float, sharing: Floats) -> Frequencies:
    """Return for each value the share of records of OTHER entities that have it.

    Within a source that holds each entity once, all but one of the records with a value are
    strangers to each other; where entities may have a second record, all but two, or all but one
    and `sharing` (per source), if that is more. `singles` is the number of strangers assumed for a
    value without any.
    """
    width, column = len(table.sources), table.columns[name]
    present = column.codes >= 0
    if name not in _ONE_PER_LIFE:
        # one life leaves many events: only records of persons tell how many people share a value
        present &= ~table.attaches[table.source]
    cells = column.codes.compress(present).astype(np.int64) * width
    cells += table.source.compress(present)
    counts = np.bincount(cells, minlength=column.size * width).reshape(column.size, width)
    # an entity's own records are not strangers to each other
    own = 1.0 + np.maximum(table.repeats, sharing)
    strangers = np.maximum(counts - own, 0).sum(axis=1) + singles
    total = max(float(counts.sum()), 1.0)
    return Frequencies(column.values, np.asarray(strangers / total), singles / total)


def counted_in(table: RecordTable, counted: Mapping[str, Frequencies]) -> dict[str, Frequencies]:
    """Return how common the values of these records are; looked up once, and not part by part."""
    return {
        name: Frequencies(column.values, found.of(column), found.unseen_share)
        for name, found in counted.items()
        if (column := table.columns.get(RARITY[name][0])) is not None
    }


def rarity_bits(
    table: RecordTable,
    patterns: Patterns,
    chance: Chance,
    counted: Mapping[str, Frequencies],
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
    counted : mapping
        Comparison name -> how common each value is.
    pattern, left, right : int arrays
        Of each pair: its row in the patterns, its rows in the table.
    """
    bits = np.zeros(len(pattern))
    for _, at, extra in rarity_bits_by_comparison(
        table, patterns, chance, counted, pattern, left, right
    ):
        bits[at] += extra
    return bits


def rarity_bits_by_comparison(
    table: RecordTable,
    patterns: Patterns,
    chance: Chance,
    counted: Mapping[str, Frequencies],
    pattern: Rows,
    left: Rows,
    right: Rows,
) -> Iterator[tuple[str, Rows, Floats]]:
    """Yield each comparison that rarity moves, of which pairs, and by how many bits.

    Parameters are those of `rarity_bits`.
    """
    names = [comparison.name for comparison in patterns.comparisons]
    for name, (column_name, level, _) in RARITY.items():
        if name not in names or column_name not in table.columns:
            continue
        column = table.columns[column_name]
        at = np.flatnonzero(where_rarity_counts(patterns, name).take(pattern))
        own = column.codes.take(left.take(at))
        equal = own == column.codes.take(right.take(at))
        at, own = at.compress(equal), own.compress(equal)
        usual = np.log2(chance.u[name][:, level - 1])[patterns.pair_type].take(pattern.take(at))
        yield name, at, usual - np.log2(counted[name].of(column).take(own))


def most_rarity_bits(
    patterns: Patterns, chance: Chance, counted: Mapping[str, Frequencies]
) -> Floats:
    """Return per pattern the most bits, not negative, by which rarity can lift a pair's weight.

    The lift of the rarest value of every comparison that rarity moves. Parameters are those of
    `rarity_bits`, `counted` as from `counted_in`.
    """
    most = np.zeros(len(patterns.levels))
    for name in counted.keys() & {comparison.name for comparison in patterns.comparisons}:
        rarest = counted[name].share.min(initial=1.0)
        usual = np.log2(chance.u[name][:, RARITY[name][1] - 1])[patterns.pair_type]
        lift = np.maximum(usual - np.log2(rarest), 0.0)
        most += np.where(where_rarity_counts(patterns, name), lift, 0.0)
    return most


def where_rarity_counts(patterns: Patterns, name: str) -> Flags:
    """Tell for which patterns the rarity of a value moves a comparison if the records share it."""
    names = [comparison.name for comparison in patterns.comparisons]
    counts = patterns.levels[:, names.index(name)] >= RARITY[name][1]
    if name == "surname" and "residence" in names:
        counts &= patterns.levels[:, names.index("residence")] < RARITY["residence"][1]
    return np.asarray(counts)
