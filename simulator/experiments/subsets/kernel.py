"""Every subset of each block's players, joined and measured by compiled code.

Sets of records, of sources and of players are the bits of one word. What the functions do is what
`simulator.linkage.clusters`, `simulator.linkage.sole_residents` and `simulator.dossiers` do. They
must change together; tests compare the two, subset by subset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiling import compiled
from simulator.dossiers.finest import GARBLED, RIGHT, SEVERITY, SOMEBODY_ELSE
from simulator.experiments.subsets.partition import MOST_RECORDS

if TYPE_CHECKING:
    from simulator.experiments.subsets.joining import Joining
    from simulator.experiments.subsets.runs import Masks
    from simulator.experiments.subsets.stating import Stating
    from simulator.experiments.subsets.sums import Tables
    from simulator.randomness import Integers

NONE, ONE = np.uint64(0), np.uint64(1)
NOT_STATED = -1


@compiled
def measure_blocks(
    joining: Joining, stating: Stating, tables: Tables, first: int, last: int
) -> None:
    """Add what every subset of its players exposes, to the tables, of blocks first to last - 1."""
    exposure, wrongful = tables.exposure, tables.wrongful
    present = np.zeros(1 << tables.shapley.shape[1], np.uint64)
    parent = np.zeros(MOST_RECORDS, np.int64)
    clusters = np.zeros(MOST_RECORDS, np.uint64)
    sources = np.zeros(MOST_RECORDS, np.uint64)
    dossier = np.zeros(MOST_RECORDS, np.uint64)
    for block in range(first, last):
        players = joining.player_start[block]
        bearers = stating.bearer_start[block]
        count = joining.player_start[block + 1] - players
        cluster = clusters[: joining.node_start[block + 1] - joining.node_start[block]]
        for subset in range(1, 1 << count):
            added = joining.player_records[players + _lowest(np.uint64(subset))]
            here = present[subset & (subset - 1)] | added
            present[subset] = here
            _join_nodes(joining, block, here, parent, cluster, sources)
            _attach_events(joining, block, here, parent, cluster)
            _place_sightings(joining, block, here, np.uint64(subset), cluster)
            _find_dossiers(stating, block, cluster, dossier)
            for bearer in range(bearers, bearers + stating.residents_count[block]):
                held = dossier[bearer - bearers]
                if held == NONE:
                    continue
                value, harmed = _measure(stating, block, bearer, held)
                exposure[tables.start[block] + subset] += value
                wrongful[tables.start[block] + subset] += harmed
                joined = _size(np.uint64(subset))
                row = stating.bearer_resident[bearer]
                for place in range(count):
                    inside = (subset >> place) & 1
                    weight = tables.weights[count, joined - 1 if inside else joined]
                    part = weight if inside else -weight
                    tables.shapley[row, joining.player[players + place]] += value * part


@compiled
def _root(parent: Integers, node: int) -> int:
    while parent[node] != node:
        node = parent[node]
    return node


@compiled
def _join_nodes(
    joining: Joining, block: int, here: np.uint64, parent: Integers, cluster: Masks, sources: Masks
) -> None:
    """Merge the nodes present along the links, the surest first, never two that share a source.

    Afterwards `cluster` holds the records of each cluster at its root, and nothing elsewhere.
    """
    first = joining.node_start[block]
    for node in range(len(cluster)):
        parent[node] = node
        cluster[node] = joining.node_records[first + node] & here
        sources[node] = joining.node_source[first + node]
    for pair in range(joining.pair_start[block], joining.pair_start[block + 1]):
        left, right = joining.pair_left[pair], joining.pair_right[pair]
        both = joining.node_records[first + left], joining.node_records[first + right]
        if both[0] & here == NONE or both[1] & here == NONE:
            continue
        left, right = _root(parent, left), _root(parent, right)
        if left == right or (joining.limited and sources[left] & sources[right] != NONE):
            continue
        parent[right] = left
        sources[left] |= sources[right]
        cluster[left] |= cluster[right]
        cluster[right] = NONE


@compiled
def _attach_events(
    joining: Joining, block: int, here: np.uint64, parent: Integers, cluster: Masks
) -> None:
    """Let each event present join the cluster of the best of its links that is present."""
    for event in range(joining.event_start[block], joining.event_start[block + 1]):
        if joining.event_record[event] & here == NONE:
            continue
        for choice in range(joining.choice_start[event], joining.choice_start[event + 1]):
            if joining.choice_record[choice] & here != NONE:
                cluster[_root(parent, joining.choice_node[choice])] |= joining.event_record[event]
                break


@compiled
def _place_sightings(
    joining: Joining, block: int, here: np.uint64, subset: np.uint64, cluster: Masks
) -> None:
    """Let sightings without a token join the one cluster that is on file where they were made."""
    for house in range(joining.house_start[block], joining.house_start[block + 1]):
        on_file = joining.house_on_file[house] & here
        if on_file == NONE or joining.house_closed_by[house] & subset != NONE:
            continue
        is_one = _size(on_file) == 1  # perhaps an event that is a cluster of its own
        for node in range(len(cluster)):
            is_one |= on_file & ~cluster[node] == NONE
        for node in range(len(cluster) if is_one else 0):
            cluster[node] &= ~joining.house_seen[house]
            if on_file & ~cluster[node] == NONE:
                cluster[node] |= joining.house_seen[house] & here


@compiled
def _find_dossiers(stating: Stating, block: int, cluster: Masks, dossier: Masks) -> None:
    """Find of each resident the cluster that is their dossier: nothing, if they own none."""
    first, last = stating.bearer_start[block], stating.bearer_start[block + 1]
    residents = stating.residents_count[block]
    dossier[:residents] = NONE
    for held in cluster:
        owner, most = 0, NONE
        for bearer in range(first, last):
            own = stating.bearer_records[bearer] & held
            more = int(_size(own) - _size(most))
            if own != NONE and (more > 0 or (more == 0 and _lowest(own) < _lowest(most))):
                owner, most = bearer - first, own
        if most == NONE or owner >= residents:
            continue
        before = dossier[owner]
        more = int(_size(most) - _size(before & stating.bearer_records[first + owner]))
        if more == 0:
            seniority, record = stating.record_seniority, stating.record_start[block]
            more = _greatest(seniority, record, held) - _greatest(seniority, record, before)
        if more > 0:
            dossier[owner] = held


@compiled
def _measure(stating: Stating, block: int, bearer: int, held: np.uint64) -> tuple[float, bool]:
    """Return what share of a resident's facts a dossier has right, and whether it wrongs them."""
    credit, harmed, done = 0.0, False, NOT_STATED
    resident, last = stating.bearer_resident[bearer], stating.slot_start[block + 1]
    for slot in range(stating.slot_start[block], last):
        form = stating.slot_form[slot]
        if stating.fact_of_form[form] == done:
            continue  # a finer form of the fact is stated
        status = _status(stating, block, bearer, slot, held)
        if status == NOT_STATED:
            continue
        done = stating.fact_of_form[form]
        if (
            form == stating.year_form
            and slot + 1 < last
            and stating.slot_form[slot + 1] == stating.day_form
        ):
            of_day = _status(stating, block, bearer, slot + 1, held)
            if of_day != NOT_STATED:
                form = stating.date_form
                status = status if SEVERITY[status] >= SEVERITY[of_day] else of_day
        if status == RIGHT:
            credit += stating.credit[resident, form]
        harmed = harmed or status == SOMEBODY_ELSE
    return credit, harmed


@compiled
def _status(stating: Stating, block: int, bearer: int, slot: int, held: np.uint64) -> int:
    """Return the status of the one value of a form that a dossier states, if one stands."""
    form, chosen, giving = stating.slot_form[slot], 0, NONE
    for value in range(stating.value_start[slot], stating.value_start[slot + 1]):
        also = stating.value_records[value] & held
        if also != NONE and (giving == NONE or _prevails(stating, block, also, giving)):
            chosen, giving = value, also
    least = stating.least_sources[form]
    if giving == NONE or (least > 1 and _count_sources(stating, block, giving) < least):
        return NOT_STATED
    status = int(stating.status[stating.status_offset[bearer] + chosen])
    if status == GARBLED and stating.value_true[chosen] & held != NONE:
        status = SOMEBODY_ELSE
    resident = stating.bearer_resident[bearer]
    struck = status != RIGHT and stating.struck[resident, stating.fact_of_form[form]]
    return NOT_STATED if struck else status


@compiled
def _prevails(stating: Stating, block: int, one: np.uint64, other: np.uint64) -> bool:
    """Tell which of two values stands: by sources that give it, then the newest, then the first."""
    more = _count_sources(stating, block, one) - _count_sources(stating, block, other)
    if more == 0:
        day, record = stating.record_day, stating.record_start[block]
        more = _greatest(day, record, one) - _greatest(day, record, other)
    return bool(more > 0 or (more == 0 and _lowest(one) < _lowest(other)))


@compiled
def _count_sources(stating: Stating, block: int, records: np.uint64) -> int:
    count = 0
    while records != NONE:
        record = stating.record_start[block] + _lowest(records)
        records &= ~stating.record_source[record]
        count += 1
    return count


@compiled
def _greatest(values: Integers, first: int, records: np.uint64) -> int:
    """Return the greatest value of the records of a set; `first` is the block's first record."""
    greatest = values[first + _lowest(records)]
    while records != NONE:
        greatest = max(greatest, values[first + _lowest(records)])
        records &= records - ONE
    return int(greatest)


@compiled
def _size(members: np.uint64) -> np.int64:
    """Return how many members a set has: counted in pairs of bits, then fours, then eights."""
    pairs = members - ((members >> ONE) & np.uint64(0x5555555555555555))
    alternate = np.uint64(0x3333333333333333)
    fours = (pairs & alternate) + ((pairs >> np.uint64(2)) & alternate)
    eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((eights * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def _lowest(members: np.uint64) -> np.int64:
    """Return the place of the lowest member of a set that is not empty."""
    return _size((members & (~members + ONE)) - ONE)
