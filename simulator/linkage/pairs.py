"""Candidate pairs: what the blocks bring, each pair once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.linkage.blocking import FACE_RULE
from simulator.row_order import begins

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from simulator.linkage.blocking import Blocks, Keys
    from simulator.linkage.encoding import Flags, Rows
    from simulator.linkage.record_table import RecordTable


class Stretches(NamedTuple):
    """The pairs within the groups of one rule: each left record has one stretch of partners.

    Attributes
    ----------
    ordered : int array
        The records that have a group, by group and source.
    record, start, counts : int arrays, one per left record
        Its row; the place of its first partner in `ordered`, and how many partners follow.
    """

    ordered: Rows
    record: Rows
    start: Rows
    counts: Rows

    def pieces(self, chunk: int) -> Iterator[Stretches]:
        """Yield parts of about `chunk` pairs, at least one."""
        total = np.cumsum(self.counts)
        cuts = np.searchsorted(total, np.arange(chunk, total[-1] if len(total) else 0, chunk))
        for part in zip(*(np.split(each, cuts) for each in self[1:]), strict=True):
            yield Stretches(self.ordered, *part)


def candidate_pairs(
    table: RecordTable, blocks: Blocks, chunk: int
) -> Iterator[tuple[int, Rows, Rows]]:
    """Yield (rule number, left rows, right rows) in pieces of about `chunk` pairs, each pair once.

    Left rows are of an earlier source than right rows, or of the same if it may repeat entities.
    """
    for number in range(len(blocks.keys)):
        earlier = blocks.keys[:number]
        for left, right in rule_pairs(table, blocks, number, chunk):
            fresh = ~brought_by(earlier, left, right)
            yield number, left[fresh], right[fresh]
    for left, right in face_pairs(blocks, chunk):
        yield blocks.rules.index(FACE_RULE), left, right


def rule_pairs(
    table: RecordTable, blocks: Blocks, number: int, chunk: int
) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs of one rule, whichever rules bring them besides, in pieces."""
    events = table.attaches[table.source]
    for piece in stretches(table, blocks, number).pieces(chunk):
        left, right = _expanded(piece)
        comparable = ~(events[left] & events[right])
        yield left[comparable], right[comparable]


def face_pairs(blocks: Blocks, chunk: int) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs, in pieces of up to `chunk`, that face search brings and no other rule."""
    every_left, every_right = blocks.faces or (np.zeros(0, dtype=np.int64),) * 2
    for start in range(0, len(every_left), chunk):
        left, right = (rows[start : start + chunk] for rows in (every_left, every_right))
        fresh = ~brought_by(blocks.keys, left, right)
        yield left[fresh], right[fresh]


def brought_by(keys: list[Keys], left: Rows, right: Rows) -> npt.NDArray[np.bool_]:
    """Tell which pairs are in a group of any of these together."""
    brought = np.zeros(len(left), dtype=np.bool_)
    for key in keys:
        own = key.take(left)
        brought |= (own >= 0) & (own == key.take(right))
    return brought


def stretches(table: RecordTable, blocks: Blocks, number: int) -> Stretches:
    """Return the pairs within each group of a rule.

    Its members stand by group and source; the partners of a row are then one unbroken stretch: from
    the end of its own source's stretch (or from the next row, for sources that repeat entities)
    to the end of the group.
    """
    ordered, new_group = blocks.members[number]
    source = table.source.take(ordered)
    next_one = np.arange(1, len(ordered) + 1, dtype=np.int32)
    own_end = _ends(new_group | begins(source))
    start = np.where(table.compared_within.take(source), next_one, own_end)
    counts = _ends(new_group) - start
    at = np.flatnonzero(counts > 0)
    return Stretches(ordered, ordered.take(at), start.take(at), counts.take(at))


def _expanded(found: Stretches) -> tuple[Rows, Rows]:
    """Return the left and right rows of all pairs."""
    offsets = np.cumsum(found.counts) - found.counts
    places = np.arange(found.counts.sum()) + np.repeat(found.start - offsets, found.counts)
    return np.repeat(found.record, found.counts), found.ordered[places]


def _ends(first: Flags) -> Keys:
    """Return for each place the end of the run that it stands in, from where runs begin.

    >>> _ends(np.array([True, False, True])).tolist()
    [2, 2, 3]
    """
    bounds = np.append(np.flatnonzero(first), len(first)).astype(np.int32)
    return np.repeat(bounds[1:], np.diff(bounds))
