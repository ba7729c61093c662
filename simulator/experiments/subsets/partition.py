"""Blocks: records that must be looked at together, and can be looked at alone.

No subset's result in one block depends on another block. Records are in one block if a chain of
links that may join leads from one to the other, and if both carry the legal name of one resident,
whose dossier is one of the clusters they are in. Most blocks hold a dozen records of one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from simulator.experiments.subsets.houses import Houses, have_a_link, seen_houses
from simulator.experiments.subsets.runs import entries, offsets

if TYPE_CHECKING:
    from simulator.dossiers.encoding import Flags
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.linkage import LinkedRecords
    from simulator.randomness import Integers

MOST_RECORDS = 64
"""Records of a block that fit the bits of one word."""


@dataclass(frozen=True)
class Partition:
    """The blocks on which a resident's dossier depends.

    Attributes
    ----------
    block : array of int64, one per record
        -1 for a record on which no resident's dossier depends, and for one of a block too large.
    blocks_count : int
    house_block, house : arrays of int64
        Which block has records on file at which house; sorted by block.
    houses : Houses
    beyond : array of int64
        The records that blocks too large depend on, by position.
    beyond_residents : array of int64
        The residents, as rows of the population, whose dossiers depend on them.
    """

    block: Integers
    blocks_count: int
    house_block: Integers
    house: Integers
    houses: Houses
    beyond: Integers
    beyond_residents: Integers

    def sightings(self) -> tuple[Integers, Integers]:
        """Return a place in `house_block` and a sighting, for each sighting at each of them."""
        return _sightings(self.house, self.houses)

    def members(self) -> tuple[Integers, Integers]:
        """Return the block and the record of every member of a block, each pair once."""
        member = np.flatnonzero(self.block >= 0)
        place, seen = self.sightings()
        added = self.block[seen] != self.house_block[place]
        return (
            np.concatenate([self.block[member], self.house_block[place[added]]]),
            np.concatenate([member, seen[added]]),
        )


def partition(town: LinkedTown, linked: LinkedRecords, most: int = MOST_RECORDS) -> Partition:
    """Split the records into blocks; those of more than `most` records are left over.

    A sighting without a token counts in every block that is on file at its address.
    """
    stated = town.stated
    named = np.flatnonzero(_carries_a_residents_name(town))
    houses = seen_houses(town, linked)
    label = _components(town, linked, named, houses)
    relevant, of_named = np.unique(label[named], return_inverse=True)
    block = _place(label, relevant)
    pair = np.unique(_keys(block[houses.on_file], houses.on_file_house, houses.count))
    house_block, house = np.divmod(pair, max(houses.count, 1))
    member = np.flatnonzero(block >= 0)
    place, seen = _sightings(house, houses)
    added = house_block[place][block[seen] != house_block[place]]
    size = np.bincount(np.concatenate([block[member], added]), minlength=len(relevant))
    fits = size <= most
    # the last entry stands for no block, which is number -1
    number = np.append(np.where(fits, np.cumsum(fits) - 1, -1), -1)
    on_file, seen = (
        records[np.isin(of_house, house[~fits[house_block]])]
        for records, of_house in (
            (houses.on_file, houses.on_file_house),
            (houses.all_seen, houses.all_seen_house),
        )
    )
    large = member[~fits[block[member]]]
    return Partition(
        block=number[block],
        blocks_count=int(fits.sum()),
        house_block=number[house_block[fits[house_block]]],
        house=house[fits[house_block]],
        houses=houses,
        beyond=np.unique(np.concatenate([large, on_file, seen])),
        beyond_residents=np.unique(stated.row[named[~fits[of_named]]]),
    )


def _carries_a_residents_name(town: LinkedTown) -> Flags:
    """Tell which records stand for a person, and carry the legal name of a resident."""
    stated, known = town.stated, town.true_facts
    resident = town.population.people.sort_index()["resident"].to_numpy(dtype=bool)
    whose = known.person_level[stated.source] & resident[stated.row]
    return np.asarray(stated.carries_name & whose, dtype=np.bool_)


def _components(
    town: LinkedTown, linked: LinkedRecords, named: Integers, houses: Houses
) -> Integers:
    """Return the number of the component of each record.

    A sighting without a token has no link as a rule; should it have one, it could leave its
    cluster for one that is on file at its address, so all of these are looked at together.
    """
    nodes, entities = len(linked.node_source), len(town.true_facts.entity_id)
    node = linked.node
    drawn = houses.seen_house[have_a_link(linked)[houses.seen]]
    on_file, seen = (
        np.isin(of_house, drawn) for of_house in (houses.on_file_house, houses.seen_house)
    )
    left = (
        linked.across.left,
        node[linked.events.left],
        node[named],
        node[houses.on_file[on_file]],
        node[houses.seen[seen]],
    )
    right = (
        linked.across.right,
        node[linked.events.right],
        nodes + town.stated.row[named],
        nodes + entities + houses.on_file_house[on_file],
        nodes + entities + houses.seen_house[seen],
    )
    ends_of = (np.concatenate(left), np.concatenate(right))
    size = nodes + entities + houses.count
    graph = coo_array((np.ones(len(ends_of[0]), dtype=np.int8), ends_of), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    return np.asarray(label[node], dtype=np.int64)


def _place(label: Integers, relevant: Integers) -> Integers:
    """Return the position of each label among the sorted `relevant` ones; -1 if it is not there."""
    place = np.searchsorted(relevant, label)
    there = np.append(relevant, -1)[place] == label
    return np.where(there, place, -1)


def _keys(block: Integers, house: Integers, count: int) -> Integers:
    return (block * count + house)[block >= 0]


def _sightings(house: Integers, houses: Houses) -> tuple[Integers, Integers]:
    """Return a place in `house` and a sighting, for each sighting at each of these houses."""
    start = offsets(houses.seen_house, houses.count)
    length = np.diff(start)[house]
    return np.repeat(np.arange(len(house)), length), houses.seen[entries(start[house], length)]
