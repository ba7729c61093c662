"""Careful people: who had their record deleted from a source, and who had theirs mended.

The draws know nothing of the source, so the same people are careful everywhere: whoever leaves a
source of which one in ten leave has left every source of which more do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.randomness import Stream

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.scenario.schema import Source
    from simulator.sources.cells import Truths


def removed(source: Source, seed: int, entity_id: Integers) -> Truths:
    """Return which entities the source holds nothing of any more.

    Parameters
    ----------
    source : Source
        Its ``removed_share`` is read.
    seed : int
        The scenario's.
    entity_id : array of int64
    """
    return Stream(seed, "removed").chance(entity_id, source.removed_share)


def corrected(source: Source, seed: int, entity_id: Integers) -> Truths:
    """Return which entities' records in the source are free of errors.

    Parameters
    ----------
    source : Source
        Its ``corrected_share`` is read.
    seed : int
        The scenario's.
    entity_id : array of int64
    """
    return Stream(seed, "corrected").chance(entity_id, source.corrected_share)
