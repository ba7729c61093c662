"""From links to clusters: which records are taken for one entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator.linkage.encoding import Floats, Rows
    from simulator.tables import Links, Membership

Method: TypeAlias = Literal["constrained", "connected"]
Masks: TypeAlias = npt.NDArray[np.uint64]
_MOST_SOURCES = 64


def cluster(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float = 0.9,
    duplicates: Collection[str] = (),
    method: Method = "constrained",
) -> Membership:
    """Join linked records into clusters.

    Parameters
    ----------
    links : Links
        As `simulator.linkage.link` returns them; a selection of its rows will do.
    records : mapping of DataFrame
        Source name -> frame indexed by record_id. Links to records that are not here are ignored:
        joining fewer sources needs no new links.
    threshold : float
        Least match probability of a link that may join (0 to 1).
    duplicates : collection of str
        Sources that may hold several records of one entity; first joined within themselves.
    method : {"constrained", "connected"}
        "constrained" uses only mutually best links, the surest first, and never puts two records
        (or groups of duplicates) of one source into one cluster. "connected" joins whatever hangs
        together: simple, and prone to fuse whole families.

    Returns
    -------
    Series
        record_id -> cluster_id (int64), in the order of the record ids; clusters are numbered from
        0 in the order of their first records.

    Raises
    ------
    ValueError
        If the threshold is not within 0 and 1 or the method is unknown.
    """
    solved = _solve(links, records, threshold, duplicates, method)
    return _membership(solved.index, solved.label)


def joining_links(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float = 0.9,
    duplicates: Collection[str] = (),
    method: Method = "constrained",
) -> Links:
    """Return the links that did the joining: n - 1 of them in a cluster of n records.

    Of all links within a cluster these are the ones that were used, the surest first; without any
    one of them its cluster would fall apart. Parameters as of `cluster`.

    Returns
    -------
    DataFrame
        Rows of `links`, in their order.
    """
    solved = _solve(links, records, threshold, duplicates, method)
    left, right = solved.across.left, solved.across.right
    used = solved.across.take(solved.label_of_node[left] == solved.label_of_node[right])
    return links.iloc[np.sort(np.concatenate([_spanning(solved.within), _spanning(used)]))]


class _Pairs(NamedTuple):
    """Linked records, or nodes of them: parallel arrays; `link` is the row of the links."""

    left: Rows
    right: Rows
    weight: Floats
    link: Rows

    def take(self, chosen: npt.NDArray[np.bool_] | Rows) -> _Pairs:
        return _Pairs(self.left[chosen], self.right[chosen], self.weight[chosen], self.link[chosen])


@dataclass(frozen=True)
class _Solved:
    """The records, the label of each and of each node, and the links that could join them."""

    index: pd.Index[Any]
    label: Rows
    label_of_node: Rows
    within: _Pairs
    across: _Pairs


def _solve(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float,
    duplicates: Collection[str],
    method: Method,
) -> _Solved:
    """Join records into nodes without limit, and nodes into clusters that keep to one per source.

    Nodes are groups of duplicates; where whatever hangs together is joined, they are all there is.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be between 0 and 1, not {threshold}")
    if method not in ("constrained", "connected"):
        raise ValueError(f"method must be 'constrained' or 'connected', not {method!r}")
    index = pd.Index(np.concatenate([frame.index.to_numpy() for frame in records.values()]))
    source = np.repeat(np.arange(len(records)), [len(frame) for frame in records.values()])
    order = np.argsort(_sortable(index), kind="stable")  # equal weights: by record_id, not by row
    index, source = index[order], source[order]
    usable = _usable(links, index, threshold)
    if method == "connected":
        node = _components(len(index), usable.left, usable.right)
        return _Solved(index, node, node, usable, usable.take(np.zeros(0, dtype=np.int64)))
    if len(records) > _MOST_SOURCES:
        raise ValueError(f"constrained clustering takes at most {_MOST_SOURCES} sources")
    repeating = np.array([name in duplicates for name in records], dtype=np.bool_)
    alike = source[usable.left] == source[usable.right]
    within = usable.take(alike & repeating[source[usable.left]])
    node = _components(len(index), within.left, within.right)
    node_source = np.zeros(int(node.max(initial=-1)) + 1, dtype=np.int64)
    node_source[node] = source
    across = _best_per_pair(usable.take(~alike), node)
    across = across.take(_mutually_best(across.left, across.right, across.weight, node_source))
    mask = np.uint64(1) << node_source.astype(np.uint64)
    label_of_node = _grow(across.left, across.right, across.weight, mask)
    return _Solved(index, label_of_node[node], label_of_node, within, across)


def _usable(links: Links, index: pd.Index[Any], threshold: float) -> _Pairs:
    chosen = np.flatnonzero(links["match_probability"] >= threshold)
    left = index.get_indexer(pd.Index(links["record_id_l"].iloc[chosen]))
    right = index.get_indexer(pd.Index(links["record_id_r"].iloc[chosen]))
    weight = links["match_weight"].to_numpy(dtype=np.float64)[chosen]
    return _Pairs(left, right, weight, chosen).take((left >= 0) & (right >= 0))


def _components(size: int, left: Rows, right: Rows) -> Rows:
    """Return the number of the connected component of each of `size` nodes."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _spanning(pairs: _Pairs) -> Rows:
    """Return the rows of the links that hold the pairs' components together, the surest first."""
    if not len(pairs.link):
        return pairs.link
    ends, codes = np.unique(np.concatenate([pairs.left, pairs.right]), return_inverse=True)
    order = _surest_first(pairs.left, pairs.right, pairs.weight)
    place = np.empty(len(order))
    place[order] = np.arange(1, len(order) + 1)
    graph = coo_array(
        (place, (codes[: len(place)], codes[len(place) :])), shape=(len(ends), len(ends))
    )
    kept: Rows = minimum_spanning_tree(graph.tocsr()).data.astype(np.int64) - 1
    chosen: Rows = pairs.link[order[kept]]
    return chosen


def _surest_first(a: Rows, b: Rows, weight: Floats) -> Rows:
    """Return the pairs by descending weight; equal weights in the order of their nodes."""
    return np.lexsort((b, a, -weight))


def _best_per_pair(pairs: _Pairs, node: Rows) -> _Pairs:
    """Return each pair of nodes once (left < right), with its best link."""
    one, other = node[pairs.left], node[pairs.right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((-pairs.weight, high, low))
    low, high = low[order], high[order]
    first = np.ones(len(low), dtype=np.bool_)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return _Pairs(low, high, pairs.weight[order], pairs.link[order]).take(first)


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


def _grow(a: Rows, b: Rows, weight: Floats, mask: Masks) -> Rows:
    """Merge nodes along the links, the heaviest first, never two that share a source.

    A link that is the heaviest of all links of both its clusters would be taken before any rival in
    a pass by descending weight, so all such links are taken at once, round by round: the result is
    that of the one-by-one pass.
    """
    label = np.arange(len(mask))
    mask = mask.copy()
    rank = np.empty(len(weight), dtype=np.int64)
    rank[_surest_first(a, b, weight)] = np.arange(len(weight))
    while len(a):
        x, y = label[a], label[b]
        free = (x != y) & ((mask[x] & mask[y]) == 0)
        a, b, x, y, rank = a[free], b[free], x[free], y[free], rank[free]
        best = np.full(len(mask), np.iinfo(np.int64).max)
        np.minimum.at(best, x, rank)
        np.minimum.at(best, y, rank)
        chosen = (best[x] == rank) & (best[y] == rank)
        keep, gone = x[chosen], y[chosen]
        mask[keep] |= mask[gone]
        renamed = np.arange(len(mask))
        renamed[gone] = keep
        label = renamed[label]
    return label


def _sortable(index: pd.Index[Any]) -> npt.NDArray[Any]:
    """Return record ids that can be put in order, as text where their types may differ."""
    return np.asarray(index.astype(str) if index.dtype == object else index)


def _membership(index: pd.Index[Any], label: Rows) -> Membership:
    """Return the clusters, numbered in the order of their first records."""
    numbers = pd.factorize(label)[0].astype(np.int64)
    return pd.Series(numbers, index=index.rename("record_id"), name="cluster_id")
