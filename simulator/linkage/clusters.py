"""From links to clusters: which records are taken for one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

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
        record_id -> cluster_id (int64; clusters are numbered from 0 by their first record in the
        order of the record ids).

    Raises
    ------
    ValueError
        If the threshold is not within 0 and 1 or the method is unknown.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be between 0 and 1, not {threshold}")
    if method not in ("constrained", "connected"):
        raise ValueError(f"method must be 'constrained' or 'connected', not {method!r}")
    index = pd.Index(np.concatenate([frame.index.to_numpy() for frame in records.values()]))
    source = np.repeat(np.arange(len(records)), [len(frame) for frame in records.values()])
    left, right, weight = _usable(links, index, threshold)
    if method == "connected":
        return _membership(index, _components(len(index), left, right))
    if len(records) > _MOST_SOURCES:
        raise ValueError(f"constrained clustering takes at most {_MOST_SOURCES} sources")
    repeating = np.array([name in duplicates for name in records], dtype=np.bool_)
    within = (source[left] == source[right]) & repeating[source[left]]
    node = _components(len(index), left[within], right[within])
    node_source = np.zeros(int(node.max(initial=-1)) + 1, dtype=np.int64)
    node_source[node] = source
    across = source[left] != source[right]
    a, b, w = _best_per_pair(node[left[across]], node[right[across]], weight[across])
    mutual = _mutually_best(a, b, w, node_source)
    grown = _grow(a[mutual], b[mutual], w[mutual], np.uint64(1) << node_source.astype(np.uint64))
    return _membership(index, grown[node])


def _usable(links: Links, index: pd.Index[Any], threshold: float) -> tuple[Rows, Rows, Floats]:
    chosen = links.loc[links["match_probability"] >= threshold]
    left = index.get_indexer(pd.Index(chosen["record_id_l"]))
    right = index.get_indexer(pd.Index(chosen["record_id_r"]))
    here = (left >= 0) & (right >= 0)
    return left[here], right[here], chosen["match_weight"].to_numpy(dtype=np.float64)[here]


def _components(size: int, left: Rows, right: Rows) -> Rows:
    """Return the number of the connected component of each of `size` nodes."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _best_per_pair(a: Rows, b: Rows, weight: Floats) -> tuple[Rows, Rows, Floats]:
    """Return each pair of nodes once (a < b), with the weight of its best link."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((-weight, high, low))
    low, high, weight = low[order], high[order], weight[order]
    first = np.ones(len(low), dtype=np.bool_)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return low[first], high[first], weight[first]


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
    rank[np.lexsort((b, a, -weight))] = np.arange(len(weight))
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


def _membership(index: pd.Index[Any], label: Rows) -> Membership:
    """Return the clusters, numbered in the order of their first records."""
    order = np.argsort(
        index.to_numpy() if index.dtype != object else index.astype(str).to_numpy(), kind="stable"
    )
    numbers = np.empty(len(label), dtype=np.int64)
    numbers[order] = pd.factorize(label[order])[0]
    return pd.Series(numbers, index=index.rename("record_id"), name="cluster_id")
