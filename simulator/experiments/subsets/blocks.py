"""The compiled path: every block is solved for the subsets of its own players alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.processes import cores
from simulator.experiments.subsets.joining import joining
from simulator.experiments.subsets.members import block_players, members
from simulator.experiments.subsets.stating import stating
from simulator.experiments.subsets.sums import Sums, Tables
from simulator.experiments.subsets.weights import weights_up_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.experiments.subsets.joining import Joining
    from simulator.experiments.subsets.partition import Partition
    from simulator.experiments.subsets.players import Player
    from simulator.experiments.subsets.stating import Stating
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.linkage import LinkedRecords
    from simulator.randomness import Floats, Integers

_PIECES = 16
"""Shares of the work, whatever the number of cores: sums are taken in one order everywhere."""


@dataclass(frozen=True)
class Blocks:
    """The blocks of a partition, laid out for the compiled functions.

    Attributes
    ----------
    joining : Joining
    stating : Stating
    among : array of int64, one per block
        The players on whom it depends, as the number of a subset.
    """

    joining: Joining
    stating: Stating
    among: Integers

    @property
    def sizes(self) -> Integers:
        """Records of each block."""
        return np.diff(self.stating.record_start)

    @property
    def subsets_counts(self) -> Integers:
        """Subsets of each block's own players."""
        return np.asarray(1 << np.diff(self.joining.player_start), dtype=np.int64)


def lay_out(
    town: LinkedTown,
    linked: LinkedRecords,
    parts: Partition,
    everyone: Sequence[Player],
    residents: Integers,
) -> Blocks:
    """Lay out the blocks; `residents` are rows of the population, sorted."""
    held = members(town, parts, everyone)
    involved = block_players(town, parts, held, everyone)
    return Blocks(
        joining(town, linked, parts, held, involved),
        stating(town, held, parts.houses.day, residents),
        involved.among,
    )


def add_blocks(sums: Sums, blocks: Blocks, tell: Callable[[float], None]) -> None:
    """Add what every subset exposes of the residents of all blocks to the sums.

    Blocks that depend on the same players share one table, with an entry for each subset of them.

    Parameters
    ----------
    sums : Sums
    blocks : Blocks
    tell : function (share done)
    """
    # numba takes a second or two to load, and is an extra
    from simulator.experiments.subsets.kernel import measure_blocks  # noqa: PLC0415

    among, table = np.unique(blocks.among, return_inverse=True)
    ends = np.cumsum(1 << np.bitwise_count(among).astype(np.int64))
    starts = np.concatenate([[0], ends]).astype(np.int64)
    weights = weights_up_to(sums.shapley.shape[1])

    def measure(piece: tuple[int, int]) -> tuple[Floats, Floats]:
        exposure, wrongful = np.zeros(starts[-1]), np.zeros(starts[-1])
        tables = Tables(starts[table], exposure, wrongful, sums.shapley, weights)
        measure_blocks(blocks.joining, blocks.stating, tables, *piece)
        return exposure, wrongful

    exposure, wrongful = np.zeros(starts[-1]), np.zeros(starts[-1])
    pieces = _pieces(blocks)
    with ThreadPoolExecutor(cores()) as pool:
        for number, (more_exposure, more_wrongful) in enumerate(pool.map(measure, pieces)):
            exposure += more_exposure
            wrongful += more_wrongful
            tell((number + 1) / len(pieces))
    for number, subset in enumerate(among.tolist()):
        rows = slice(starts[number], starts[number + 1])
        sums.add(subset, exposure[rows], wrongful[rows])


def _pieces(blocks: Blocks) -> list[tuple[int, int]]:
    """Return stretches of blocks with about as much work in each."""
    work = np.cumsum(blocks.subsets_counts * blocks.sizes)
    if not len(work):
        return []
    bounds = np.searchsorted(work, work[-1] * np.arange(1, _PIECES) / _PIECES)
    ends = np.concatenate([[0], bounds, [len(work)]])
    return [(int(first), int(last)) for first, last in pairwise(ends)]
