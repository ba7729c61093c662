"""Exposure if every record were joined with all others of its person and with nobody else's.

A fact of i then counts if some record in S states it rightly, and only if some record in S names i.
This v°(S) is quick to work out for any subset, and its Shapley value is known exactly whatever the
number of players. It runs close to real exposure, so orders need be drawn only for the difference:
the Shapley value of v is that of v° plus that of v - v° (a control variate).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers


@dataclass(frozen=True)
class PerfectJoining:
    """What n players tell of P people, fact by fact (F of them).

    Attributes
    ----------
    credit : array of float64, shape (n, P, F)
        What each player's best record earns of each fact / weight of the facts true of the person;
        over facts it adds up to at most 1.
    names : array of bool, shape (n, P)
        Whether the player has a record that names the person.
    """

    credit: Floats
    names: npt.NDArray[np.bool_]

    def value_of(self, subsets: Integers) -> Floats:
        """Return v° of subsets: mean over people, 0 to 1.

        Examples
        --------
        One person and one fact: A names and earns 0.2, B does not name and earns 0.6.

        >>> both = PerfectJoining(np.array([[[0.2]], [[0.6]]]), np.array([[True], [False]]))
        >>> both.value_of(np.array([0, 1, 2, 3])).tolist()
        [0.0, 0.2, 0.0, 0.6]
        """
        values = np.zeros(len(subsets))
        for place, subset in enumerate(subsets):
            chosen = (int(subset) >> np.arange(len(self.names))) & 1 == 1
            if chosen.any():
                known = self.credit[chosen].max(axis=0).sum(axis=1)
                values[place] = np.mean(known * self.names[chosen].any(axis=0))
        return values

    def shapley(self) -> Floats:
        """Return the Shapley value of v°, exactly.

        Credits of one fact are cut into layers: the layer between the k-th and the next greatest
        counts if S holds any of the set B of the k greatest. It also needs any of the set A that
        names. The game "any of A and any of B" is "any of A" + "any of B" - "any of A or B", and
        "any of A" gives each of its m members 1 / m.

        Examples
        --------
        In the example of `value_of`, A brings 0.2 where it is first and 0.6 where it is last, B the
        rest:

        >>> both = PerfectJoining(np.array([[[0.2]], [[0.6]]]), np.array([[True], [False]]))
        >>> both.shapley().round(9).tolist()
        [0.4, 0.2]
        """
        count, people, _ = self.credit.shape
        order = np.argsort(-self.credit, axis=0, kind="stable")
        sorted_credit = np.take_along_axis(self.credit, order, axis=0)
        layers = sorted_credit - np.concatenate([sorted_credit[1:], np.zeros_like(order[:1])])
        greatest = np.bitwise_or.accumulate(np.left_shift(1, order), axis=0)
        naming = (np.left_shift(1, np.arange(count))[:, None] * self.names).sum(axis=0)
        at = np.nonzero((layers > 0) & (naming > 0)[None, :, None])
        height, these, namers = layers[at], greatest[at], naming[at[1]]
        shares = np.zeros(count)
        for sets, sign in ((namers, 1), (these, 1), (namers | these, -1)):
            part = sign * height / np.bitwise_count(sets)
            for player in range(count):
                shares[player] += part @ (sets >> player & 1)
        return np.asarray(shares / people)
