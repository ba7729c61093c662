"""What decides, within each block, which records a subset joins: arrays for the compiled path."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.dossiers.encoding import run_starts
from simulator.experiments.subsets.runs import Masks, offsets, united

if TYPE_CHECKING:
    from simulator.experiments.subsets.members import BlockPlayers, Members
    from simulator.experiments.subsets.partition import Partition
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.linkage import LinkedRecords
    from simulator.linkage.best_links import Pairs
    from simulator.randomness import Integers


class Joining(NamedTuple):
    """Block b has the entries from ``x_start[b]`` up to ``x_start[b + 1]`` of each kind x.

    Attributes
    ----------
    limited : bool
        Whether a cluster holds at most one node of a source.
    player_start, player, player_records
        As in `BlockPlayers`.
    node_start : array of int64
    node_records, node_source : arrays of uint64
        Records of a node, and as one bit its source: the first record that the block has of it.
        Sightings and other events are no nodes, but by the naive clustering.
    pair_start, pair_left, pair_right : arrays of int64
        Nodes, counted within the block, that a link may join, the surest link first.
    event_start : array of int64
    event_record : array of uint64
    choice_start, choice_node : arrays of int64
        Of each event the nodes it may attach to, the best first; entries from ``choice_start[e]``.
    choice_record : array of uint64
        The record of the node that it would be linked to.
    house_start : array of int64
    house_on_file, house_seen, house_closed_by : arrays of uint64
        Of each house where somebody was seen the block's records on file there, the sightings, and
        the players (counted within the block) who bring records of others there.
    """

    limited: bool
    player_start: Integers
    player: Integers
    player_records: Masks
    node_start: Integers
    node_records: Masks
    node_source: Masks
    pair_start: Integers
    pair_left: Integers
    pair_right: Integers
    event_start: Integers
    event_record: Masks
    choice_start: Integers
    choice_node: Integers
    choice_record: Masks
    house_start: Integers
    house_on_file: Masks
    house_seen: Masks
    house_closed_by: Masks


def joining(
    town: LinkedTown,
    linked: LinkedRecords,
    parts: Partition,
    held: Members,
    involved: BlockPlayers,
) -> Joining:
    """Lay out what may join, block by block."""
    person_level = town.true_facts.person_level[held.source]
    is_node = np.flatnonzero(person_level | np.bool_(not linked.limited))
    by_node = is_node[np.lexsort((linked.node[held.record[is_node]], held.block[is_node]))]
    node_of = linked.node[held.record[by_node]]
    starts = run_starts(held.block[by_node] * (len(linked.node_source) + 1) + node_of)
    node_block = held.block[by_node[starts]]
    node_start = offsets(node_block, held.blocks_count)
    within_block = np.full(len(linked.node_source), -1)
    within_block[node_of[starts]] = np.arange(len(starts)) - node_start[node_block]
    pairs, pair_block = _of_blocks(linked.across, parts.block[_some_record(linked)])
    events = _events(town, linked, parts, held, within_block)
    on_file, seen = _houses(town, parts, held)
    return Joining(
        limited=linked.limited,
        player_start=involved.start,
        player=involved.player,
        player_records=involved.records,
        node_start=node_start,
        node_records=united(held.bit[by_node], starts),
        node_source=_source_bits(held)[by_node[starts]],
        pair_start=offsets(pair_block, held.blocks_count),
        pair_left=within_block[pairs.left],
        pair_right=within_block[pairs.right],
        event_start=events.start,
        event_record=events.record,
        choice_start=events.choice_start,
        choice_node=events.choice_node,
        choice_record=events.choice_record,
        house_start=offsets(parts.house_block, held.blocks_count),
        house_on_file=on_file,
        house_seen=seen,
        house_closed_by=involved.house_closed_by,
    )


def _some_record(linked: LinkedRecords) -> Integers:
    """Return some record of each node."""
    found = np.zeros(len(linked.node_source), dtype=np.int64)
    found[linked.node] = np.arange(len(linked.node))
    return found


def _of_blocks(pairs: Pairs, block_of_left: Integers) -> tuple[Pairs, Integers]:
    """Return the pairs within blocks, sorted by block and else in their order, and their blocks."""
    block = block_of_left[pairs.left]
    order = np.argsort(block, kind="stable")
    order = order[np.searchsorted(block[order], 0) :]
    return pairs.take(order), block[order]


def _source_bits(held: Members) -> Masks:
    """Return one bit for each member's source: that of the first member of the same source."""
    sources = int(held.source.max(initial=0)) + 1
    starts = run_starts(held.block * sources + held.source)
    return np.repeat(held.bit[starts], np.diff(starts, append=len(held.bit)))


class _Events(NamedTuple):
    start: Integers
    record: Masks
    choice_start: Integers
    choice_node: Integers
    choice_record: Masks


def _events(
    town: LinkedTown,
    linked: LinkedRecords,
    parts: Partition,
    held: Members,
    within_block: Integers,
) -> _Events:
    """Return the events that may attach, and to what."""
    source = town.stated.source
    choices, block = _of_blocks(linked.events, parts.block)
    starts = run_starts(choices.left)
    event, event_block = choices.left[starts], block[starts]
    return _Events(
        start=offsets(event_block, held.blocks_count),
        record=held.bit_of(event_block, event, source[event]),
        choice_start=np.append(starts, len(block)),
        choice_node=within_block[linked.node[choices.right]],
        choice_record=held.bit_of(block, choices.right, source[choices.right]),
    )


def _houses(town: LinkedTown, parts: Partition, held: Members) -> tuple[Masks, Masks]:
    """Return who is on file and who was seen at each house of a block."""
    houses, source = parts.houses, town.stated.source
    on_file, seen = (np.zeros(len(parts.house), dtype=np.uint64) for _ in range(2))
    key = parts.house_block * houses.count + parts.house
    block = parts.block[houses.on_file]
    inside = np.flatnonzero(block >= 0)
    block, record = block[inside], houses.on_file[inside]
    at = np.searchsorted(key, block * houses.count + houses.on_file_house[inside])
    np.bitwise_or.at(on_file, at, held.bit_of(block, record, source[record]))
    place, record = parts.sightings()
    np.bitwise_or.at(seen, place, held.bit_of(parts.house_block[place], record, source[record]))
    return on_file, seen
