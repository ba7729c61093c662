"""The records of each block side by side, and the players that bring them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.encoding import run_starts
from simulator.experiments.subsets.runs import Masks, bits, offsets, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.dossiers.encoding import Flags
    from simulator.experiments.subsets.partition import Partition
    from simulator.experiments.subsets.players import Player
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.randomness import Integers


@dataclass(frozen=True)
class Members:
    """The records of all blocks, sorted by block, then source, then record.

    So the lowest bit of a set of records is its first in source order, then in record_id.

    Attributes
    ----------
    blocks_count : int
    block, record, source : arrays of int64, one entry per member
    bit : array of uint64
        Its place in its block, as a set.
    start : array of int64, shape (blocks_count + 1,)
    player : array of int64
        Who brings the record.
    """

    blocks_count: int
    block: Integers
    record: Integers
    source: Integers
    bit: Masks
    start: Integers
    player: Integers

    def bit_of(self, block: Integers, record: Integers, source: Integers) -> Masks:
        """Return the bits of records that are members of the given blocks."""
        sources, records = int(self.source.max(initial=0)) + 1, int(self.record.max(initial=0)) + 1
        key = (self.block * sources + self.source) * records + self.record
        return self.bit[np.searchsorted(key, (block * sources + source) * records + record)]


def members(town: LinkedTown, parts: Partition, everyone: Sequence[Player]) -> Members:
    """Put the records of each block side by side."""
    block, record = parts.members()
    source = town.stated.source[record]
    order = np.lexsort((record, source, block))
    block, record, source = block[order], record[order], source[order]
    start = offsets(block, parts.blocks_count)
    return Members(
        blocks_count=parts.blocks_count,
        block=block,
        record=record,
        source=source,
        bit=bits(np.arange(len(block)) - start[block]),
        start=start,
        player=player_of_source(town, everyone)[source],
    )


def player_of_source(town: LinkedTown, everyone: Sequence[Player]) -> Integers:
    """Return the number of the player that brings each source of the scenario; -1 for nobody."""
    names = town.true_facts.sources
    found = np.full(len(names), -1)
    for bit, player in enumerate(everyone):
        found[[names.index(name) for name in player.sources]] = bit
    return found


def players_of(town: LinkedTown, everyone: Sequence[Player], record: Integers) -> int:
    """Return the players that bring some records, as the number of a subset."""
    found = np.unique(player_of_source(town, everyone)[town.stated.source[record]])
    return int((1 << found).sum())


@dataclass(frozen=True)
class BlockPlayers:
    """The players on whom each block depends, numbered anew within the block.

    Attributes
    ----------
    among : array of int64, one per block
        Who they are, as the number of a subset.
    start : array of int64, shape (blocks_count + 1,)
    player : array of int64
        Block by block, the numbers they have among all.
    records : array of uint64
        The members that each of them brings.
    house_closed_by : array of uint64, one per house of `Partition.house`
        The players, numbered within the block, who bring records of other blocks at the house.
    """

    among: Integers
    start: Integers
    player: Integers
    records: Masks
    house_closed_by: Masks


def block_players(
    town: LinkedTown, parts: Partition, held: Members, everyone: Sequence[Player]
) -> BlockPlayers:
    """Find the players on whom each block depends."""
    count = len(everyone)
    involved = np.zeros((parts.blocks_count, count), dtype=np.bool_)
    involved[held.block, held.player] = True
    elsewhere = _on_file_elsewhere(town, parts, everyone)
    np.logical_or.at(involved, parts.house_block, elsewhere)
    block, player = np.nonzero(involved)
    place = np.cumsum(involved, axis=1) - 1
    records = np.zeros((parts.blocks_count, count), dtype=np.uint64)
    by_player = np.lexsort((held.player, held.block))
    key = (held.block * count + held.player)[by_player]
    starts = run_starts(key)
    records.reshape(-1)[key[starts]] = united(held.bit[by_player], starts)
    own_bits = bits(np.maximum(place, 0))
    closed = np.where(elsewhere, own_bits[parts.house_block], np.uint64(0))
    return BlockPlayers(
        among=involved @ (1 << np.arange(count)),
        start=offsets(block, parts.blocks_count),
        player=np.ascontiguousarray(player),
        records=records[block, player],
        house_closed_by=np.bitwise_or.reduce(closed, axis=1, initial=np.uint64(0)),
    )


def _on_file_elsewhere(town: LinkedTown, parts: Partition, everyone: Sequence[Player]) -> Flags:
    """Return, per house of a block and player, whether other blocks' records are on file there."""
    houses = parts.houses
    player = player_of_source(town, everyone)[town.stated.source[houses.on_file]]
    by_house = np.zeros((houses.count, len(everyone)), dtype=np.int64)
    np.add.at(by_house, (houses.on_file_house, player), 1)
    key = parts.house_block * houses.count + parts.house
    block = parts.block[houses.on_file]
    inside = np.flatnonzero(block >= 0)
    wanted = block[inside] * houses.count + houses.on_file_house[inside]
    own = np.zeros((len(key), len(everyone)), dtype=np.int64)
    np.add.at(own, (np.searchsorted(key, wanted), player[inside]), 1)
    return by_house[parts.house] > own
