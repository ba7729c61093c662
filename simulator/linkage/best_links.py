"""Of all links those that may join: the best of each record towards each other source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.linkage.encoding import Flags, Floats, Rows


class Pairs(NamedTuple):
    """Linked records, or nodes of them: parallel arrays; `link` is the row of the links."""

    left: Rows
    right: Rows
    weight: Floats
    link: Rows

    def take(self, chosen: Flags | Rows) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.left[chosen], self.right[chosen], self.weight[chosen], self.link[chosen])

    def between(self, present: Flags) -> Pairs:
        """Return the pairs whose ends are both present."""
        return self.take(np.flatnonzero(present[self.left] & present[self.right]))


def best_between_nodes(pairs: Pairs, node: Rows, source: Rows) -> Pairs:
    """Return the mutually best pairs of nodes (left < right), each with its best link.

    A pair of nodes is mutually best if neither node has a better link to the other's source. The
    surest come first; of equally sure pairs those of earlier nodes.

    Parameters
    ----------
    pairs : Pairs
        Of records.
    node : int array, one per record
    source : int array, one per node
    """
    one, other = node[pairs.left], node[pairs.right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    best = np.flatnonzero(_mutually_best(low, high, pairs.weight, source))
    found = Pairs(low[best], high[best], pairs.weight[best], pairs.link[best])
    found = found.take(np.lexsort((found.right, found.left)))
    # two nodes may be joined by several best links, all as sure: the first of them stands
    found = found.take(_first_of_runs(found.left, found.right))
    return found.take(surest_first(found.left, found.right, found.weight))


def best_of_events(pairs: Pairs, is_event: Flags) -> Pairs:
    """Return the links of events (left) to records of persons (right): best first in each event."""
    turned = is_event[pairs.right]
    event = np.where(turned, pairs.right, pairs.left)
    person = np.where(turned, pairs.left, pairs.right)
    chosen = np.flatnonzero(is_event[event] & ~is_event[person])
    found = Pairs(event, person, pairs.weight, pairs.link).take(chosen)
    return found.take(np.lexsort((found.right, -found.weight, found.left)))


def first_of_each(pairs: Pairs) -> Pairs:
    """Return of each stretch of pairs with one left end the first."""
    return pairs.take(_first_of_runs(pairs.left))


def surest_first(a: Rows, b: Rows, weight: Floats) -> Rows:
    """Return the order of descending weight; equal weights in the order of their nodes."""
    return np.lexsort((b, a, -weight))


def _first_of_runs(*keys: Rows) -> Flags:
    """Tell where a run of entries that are equal in all keys begins."""
    first = np.ones(len(keys[0]), dtype=np.bool_)
    first[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return first


def _mutually_best(a: Rows, b: Rows, weight: Floats, source: Rows) -> npt.NDArray[np.bool_]:
    """Tell which pairs are the best of both their nodes towards the other's source."""
    width = int(source.max(initial=0)) + 1
    best = np.ones(len(a), dtype=np.bool_)
    for node, other in ((a, b), (b, a)):
        group, _ = pd.factorize(node * width + source[other])
        top = np.full(int(group.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(top, group, weight)
        best &= weight == top[group]
    return best
