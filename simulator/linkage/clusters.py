"""From links to clusters: which records are taken for one entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from simulator.linkage.best_links import (
    Pairs,
    best_between_nodes,
    best_of_events,
    first_of_each,
    surest_first,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator.linkage.encoding import Rows
    from simulator.tables import Links, Membership

Method: TypeAlias = Literal["constrained", "connected"]
Masks: TypeAlias = npt.NDArray[np.uint64]
_MOST_SOURCES = 64
_DIGITS = 6
"""Weights are compared to this many digits: logarithms differ in the last from machine to machine,
and links that are equally sure must not change their order by it."""


def cluster(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float = 0.9,
    duplicates: Collection[str] = (),
    method: Method = "constrained",
    attaching: Collection[str] = (),
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
    attaching : collection of str
        Sources whose records are events in a life. Each of their records joins the cluster of its
        best link, any number to a cluster, and never joins two others.

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
    linked = linked_records(links, records, threshold, duplicates, method, attaching)
    return linked.cluster(records)


def joining_links(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float = 0.9,
    duplicates: Collection[str] = (),
    method: Method = "constrained",
    attaching: Collection[str] = (),
) -> Links:
    """Return the links that did the joining: n - 1 of them in a cluster of n records.

    Of all links within a cluster these are the ones that were used, the surest first; without any
    one of them its cluster would fall apart. Parameters as of `cluster`.

    Returns
    -------
    DataFrame
        Rows of `links`, in their order.
    """
    linked = linked_records(links, records, threshold, duplicates, method, attaching)
    across = linked.across
    label = linked.merge(across)
    used = across.take(label[across.left] == label[across.right])
    joining = (_spanning(linked.within), _spanning(used), first_of_each(linked.events).link)
    return links.iloc[np.sort(np.concatenate(joining))]


@dataclass(frozen=True)
class LinkedRecords:
    """Records and the links that may join them, ready to cluster any of their sources.

    Which links are best between two sources does not depend on what other sources there are, so it
    is found once.

    Attributes
    ----------
    sources : tuple of str
    index : Index
        The record ids, sorted.
    source : int array, one per record
        Index into `sources`.
    node : int array, one per record
        Duplicates of one source form one node; numbered by their first records.
    node_source : int array, one per node
    within : Pairs
        The links within nodes, between records.
    across : Pairs
        The links that may join nodes, between nodes, the surest first.
    events : Pairs
        The links of events (left) to records of persons (right), of each event the best first.
    limited : bool
        Whether a cluster holds at most one node of a source.
    """

    sources: tuple[str, ...]
    index: pd.Index[Any]
    source: Rows
    node: Rows
    node_source: Rows
    within: Pairs
    across: Pairs
    events: Pairs
    limited: bool

    def cluster(self, sources: Collection[str]) -> Membership:
        """Return the clusters of the records of some of the sources; see `cluster`."""
        present = np.array([name in sources for name in self.sources], dtype=np.bool_)
        label = self.merge(self.across.between(present[self.node_source]))[self.node]
        attached = first_of_each(self.events.between(present[self.source]))
        label[attached.left] = label[attached.right]
        there = np.flatnonzero(present[self.source])
        return _membership(self.index[there], label[there])

    def merge(self, across: Pairs) -> Rows:
        """Return the label of each node once the pairs, the surest first, have joined nodes."""
        if not self.limited:
            return _components(len(self.node_source), across)
        mask = np.uint64(1) << self.node_source.astype(np.uint64)
        return _grow(across.left, across.right, mask)


def linked_records(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    threshold: float = 0.9,
    duplicates: Collection[str] = (),
    method: Method = "constrained",
    attaching: Collection[str] = (),
) -> LinkedRecords:
    """Find the links that may join records; parameters and errors as of `cluster`.

    Records are joined into nodes without limit, and nodes into clusters that keep to one per
    source. Events attach last, to clusters that are settled.
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
    nothing = usable.take(np.zeros(0, dtype=np.int64))
    if method == "connected":
        everyone = np.arange(len(index))
        across, within, events, node, node_source = usable, nothing, nothing, everyone, source
    else:
        if len(records) > _MOST_SOURCES:
            raise ValueError(f"constrained clustering takes at most {_MOST_SOURCES} sources")
        repeating = np.array([name in duplicates for name in records], dtype=np.bool_)
        is_event = np.array([name in attaching for name in records], dtype=np.bool_)[source]
        events = best_of_events(usable, is_event)
        usable = usable.between(~is_event)
        alike = source[usable.left] == source[usable.right]
        within = usable.take(alike & repeating[source[usable.left]])
        node = _components(len(index), within)
        node_source = np.zeros(int(node.max(initial=-1)) + 1, dtype=np.int64)
        node_source[node] = source
        across = best_between_nodes(usable.take(~alike), node, node_source)
    return LinkedRecords(
        tuple(records),
        index,
        source,
        node,
        node_source,
        within,
        across,
        events,
        limited=method == "constrained",
    )


def _usable(links: Links, index: pd.Index[Any], threshold: float) -> Pairs:
    chosen = np.flatnonzero(links["match_probability"] >= threshold)
    left = index.get_indexer(pd.Index(links["record_id_l"].iloc[chosen]))
    right = index.get_indexer(pd.Index(links["record_id_r"].iloc[chosen]))
    weight = links["match_weight"].to_numpy(dtype=np.float64)[chosen].round(_DIGITS)
    return Pairs(left, right, weight, chosen).take((left >= 0) & (right >= 0))


def _components(size: int, pairs: Pairs) -> Rows:
    """Return the number of the connected component of each of `size` nodes."""
    ends = (pairs.left, pairs.right)
    graph = coo_array((np.ones(len(pairs.left), dtype=np.int8), ends), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _spanning(pairs: Pairs) -> Rows:
    """Return the rows of the links that hold the pairs' components together, the surest first."""
    if not len(pairs.link):
        return pairs.link
    ends, codes = np.unique(np.concatenate([pairs.left, pairs.right]), return_inverse=True)
    order = surest_first(pairs.left, pairs.right, pairs.weight)
    place = np.empty(len(order))
    place[order] = np.arange(1, len(order) + 1)
    graph = coo_array(
        (place, (codes[: len(place)], codes[len(place) :])), shape=(len(ends), len(ends))
    )
    kept: Rows = minimum_spanning_tree(graph.tocsr()).data.astype(np.int64) - 1
    chosen: Rows = pairs.link[order[kept]]
    return chosen


def _grow(a: Rows, b: Rows, mask: Masks) -> Rows:
    """Merge nodes along the links, the surest first, never two that share a source.

    A link that is the surest of all links of both its clusters would be taken before any rival in
    a pass one by one, so all such links are taken at once, round by round: the result is that of
    the one-by-one pass.
    """
    label = np.arange(len(mask))
    mask = mask.copy()
    rank = np.arange(len(a))
    x, y = a, b
    while len(x):
        free = np.flatnonzero((x != y) & ((mask[x] & mask[y]) == 0))
        x, y, rank = x[free], y[free], rank[free]
        best = np.full(len(mask), np.iinfo(np.int64).max)
        np.minimum.at(best, x, rank)
        np.minimum.at(best, y, rank)
        chosen = (best[x] == rank) & (best[y] == rank)
        keep, gone = x[chosen], y[chosen]
        mask[keep] |= mask[gone]
        renamed = np.arange(len(mask))
        renamed[gone] = keep
        label, x, y = renamed[label], renamed[x], renamed[y]
    return label


def _sortable(index: pd.Index[Any]) -> npt.NDArray[Any]:
    """Return record ids that can be put in order, as text where their types may differ."""
    return np.asarray(index.astype(str) if index.dtype == object else index)


def _membership(index: pd.Index[Any], label: Rows) -> Membership:
    """Return the clusters, numbered in the order of their first records."""
    numbers = pd.factorize(label)[0].astype(np.int64)
    return pd.Series(numbers, index=index.rename("record_id"), name="cluster_id")
