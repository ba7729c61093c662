"""What subsets expose, summed over residents each of whom depends on some of the players."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers


@dataclass(frozen=True)
class Sums:
    """Sums that grow in place. n players.

    Attributes
    ----------
    exposure, wrongful : arrays of float64, shape (2**n,)
        Over residents, by subset.
    shapley : array of float64, shape (residents, n)
    """

    exposure: Floats
    wrongful: Floats
    shapley: Floats

    @classmethod
    def nothing(cls, residents_count: int, players_count: int) -> Sums:
        """Return sums of nothing yet."""
        subsets = 1 << players_count
        shapley = np.zeros((residents_count, players_count))
        return cls(np.zeros(subsets), np.zeros(subsets), shapley)

    def add(self, among: int, exposure: Floats, wrongful: Floats) -> None:
        """Add the values of those who depend on the players of the subset `among` alone.

        Parameters
        ----------
        among : int
        exposure, wrongful : arrays of float64, one entry per subset of `among`
            Numbered by its own players in their order.

        Examples
        --------
        Of three players, somebody depends on the first and the third:

        >>> sums = Sums.nothing(1, 3)
        >>> sums.add(0b101, np.array([0.0, 1.0, 2.0, 4.0]), np.zeros(4))
        >>> sums.exposure.tolist()
        [0.0, 1.0, 0.0, 1.0, 2.0, 4.0, 2.0, 4.0]
        """
        subset = np.arange(len(self.exposure))
        own = np.zeros(len(subset), dtype=np.int64)
        place = 0
        for bit in range(among.bit_length()):
            if among >> bit & 1:
                own |= ((subset >> bit) & 1) << place
                place += 1
        self.exposure[:] += exposure[own]
        self.wrongful[:] += wrongful[own]


class Tables(NamedTuple):
    """What compiled code adds to. n players.

    Attributes
    ----------
    start : array of int64, one per block
        Where the subsets of a block's own players begin in the next two.
    exposure, wrongful : arrays of float64
        Sums over residents; blocks that depend on the same players share one stretch.
    shapley : array of float64, shape (residents, n)
        No resident is in two blocks.
    weights : array of float64, shape (n + 1, n + 1)
        From `simulator.experiments.subsets.weights.weights_up_to`.
    """

    start: Integers
    exposure: Floats
    wrongful: Floats
    shapley: Floats
    weights: Floats
