"""Sightings without a token: on whose records it depends whom they are taken for.

Such a sighting joins the one cluster that is on file at its address. Seen from a block that has
records there, it is theirs while no record of any other block is present at the address: so the
other blocks' records need not be looked at, only which players bring them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.encoding import MISSING, run_starts
from simulator.linkage.sole_residents import addresses

if TYPE_CHECKING:
    from simulator.dossiers.encoding import Flags
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.linkage import LinkedRecords
    from simulator.randomness import Integers


@dataclass(frozen=True)
class Houses:
    """Addresses at which somebody was seen, numbered from 0.

    Attributes
    ----------
    count : int
    on_file, on_file_house : arrays of int64
        Records, by position, that state such an address, and which.
    seen, seen_house : arrays of int64
        Sightings there, sorted by house; of those that say the same the first stands for all.
    all_seen, all_seen_house : arrays of int64
        Every sighting there.
    day : array of int64, one per record
        As in `Statements`; where one sighting stands for several, the newest of their days.
    """

    count: int
    on_file: Integers
    on_file_house: Integers
    seen: Integers
    seen_house: Integers
    all_seen: Integers
    all_seen_house: Integers
    day: Integers


def seen_houses(town: LinkedTown, linked: LinkedRecords) -> Houses:
    """Find the addresses that sightings without a token hold, and who is on file there."""
    scenario, records = town.scenario, town.collected.records
    nameless = scenario.without_token()
    if scenario.adversary.method == "look_up_targets":
        nameless = ()
    empty = pd.Series(index=pd.Index([], dtype="int64"), dtype=object)
    at_houses, known = (
        pd.concat([empty, *(addresses(records[name]) for name in names if name in records)])
        for names in (nameless, [name for name in records if name not in nameless])
    )
    at_houses = at_houses.dropna()
    house, found = pd.factorize(at_houses.to_numpy())
    seen = _positions(town, at_houses.index)
    on_file_house = pd.Index(found).get_indexer(pd.Index(known.to_numpy()))
    there = np.flatnonzero(on_file_house >= 0)
    order, starts = _alike(town, linked, seen, house)
    first = order[starts]
    day = town.stated.day.copy()
    if len(first):
        day[seen[first]] = np.maximum.reduceat(day[seen[order]], starts)
    first = first[np.argsort(house[first], kind="stable")]
    return Houses(
        count=len(found),
        on_file=_positions(town, known.index[there]),
        on_file_house=on_file_house[there],
        seen=seen[first],
        seen_house=house[first],
        all_seen=seen,
        all_seen_house=house,
        day=day,
    )


def have_a_link(linked: LinkedRecords) -> Flags:
    """Tell which records some link may join to another source's."""
    node = linked.node
    found = np.zeros(len(linked.node_source), dtype=np.bool_)
    for ends in (linked.across.left, linked.across.right, node[linked.events.left]):
        found[ends] = True
    return np.asarray(found[node], dtype=np.bool_)


def _alike(
    town: LinkedTown, linked: LinkedRecords, seen: Integers, house: Integers
) -> tuple[Integers, Integers]:
    """Return the order that puts alike sightings together, the first record of each run first.

    Alike are those of one source at one house that state the same and are right about the same.
    They are there together and join together, so none of them changes what the others say. Those
    with a link of their own are like no other.
    """
    stated = town.stated
    cells = stated.cells
    place = np.full(len(stated.record_id), MISSING)
    place[seen] = np.arange(len(seen))
    of_seen = np.flatnonzero(place[cells.record] != MISSING)
    says = np.full((len(seen), len(town.true_facts.forms)), MISSING)
    says[place[cells.record[of_seen]], cells.form[of_seen]] = (
        2 * cells.code[of_seen] + stated.is_or_was_true[of_seen]
    )
    alone = np.where(have_a_link(linked)[seen], seen, MISSING)
    keys = np.column_stack([house, stated.source[seen], alone, says])
    _, kind = np.unique(keys, axis=0, return_inverse=True)
    order = np.lexsort((seen, kind))
    return order, run_starts(kind[order])


def _positions(town: LinkedTown, record_id: pd.Index[int]) -> Integers:
    return np.searchsorted(town.stated.record_id, record_id.to_numpy(dtype=np.int64))
