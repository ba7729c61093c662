"""What a file hangs together by: its links as a tree, and what falls off without one of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


@dataclass(frozen=True)
class LinkTree:
    """A file of several records, from the record in its middle outwards.

    Attributes
    ----------
    records : DataFrame
        Indexed by ``record_id``: ``source``, ``depth`` (0 for the record in the middle), ``row`` (0
        from the top), ``parent`` (record_id of the next one towards the middle; missing in the
        middle), ``count``: records of one list by which nothing hangs share the place of the first
        if they hang by the same record, and it counts them; the others count 0.
    links : DataFrame
        As given, the weakest first, and ``larger``, ``smaller``: how many records each part would
        have if the link were not there.
    """

    records: pd.DataFrame
    links: pd.DataFrame


def link_tree(links: pd.DataFrame) -> LinkTree | None:
    """Return the tree that links form; None without any.

    Parameters
    ----------
    links : DataFrame
        Of one file, as of `simulator.experiments.reasons.joining_of`: n - 1 of n records.

    Examples
    --------
    Records 1 – 2 – 3 – 4 in a row: without the middle link two parts of two are left.

    >>> row = pd.DataFrame({"record_id_l": [2, 1, 3], "record_id_r": [3, 2, 4]})
    >>> row = row.assign(source_l="a", source_r="b")
    >>> found = link_tree(row)
    >>> found.links[["larger", "smaller"]].to_numpy().tolist()
    [[2, 2], [3, 1], [3, 1]]
    >>> found.records["depth"].to_dict()
    {2: 0, 1: 1, 3: 1, 4: 2}
    """
    if links.empty:
        return None
    graph = nx.from_pandas_edgelist(links, "record_id_l", "record_id_r")
    middle = min(nx.center(graph), key=lambda found: (-graph.degree[found], str(found)))
    tree = nx.bfs_tree(graph, middle, sort_neighbors=lambda found: sorted(found, key=str))
    below = _sizes(tree)
    child = [
        right if tree.has_edge(left, right) else left
        for left, right in zip(links["record_id_l"], links["record_id_r"], strict=True)
    ]
    cut = pd.Series([below[record] for record in child], index=links.index)
    parts = pd.DataFrame({"one": cut, "other": len(graph) - cut})
    return LinkTree(
        _placed(tree, middle, _sources(links)),
        links.assign(larger=parts.max(axis=1), smaller=parts.min(axis=1)),
    )


def _sizes(tree: nx.DiGraph[Hashable]) -> dict[Hashable, int]:
    """Return how many records hang by each, itself counted."""
    sizes = dict.fromkeys(tree, 1)
    for record in reversed(list(nx.topological_sort(tree))):
        for parent in tree.predecessors(record):
            sizes[parent] += sizes[record]
    return sizes


def _sources(links: pd.DataFrame) -> dict[Hashable, str]:
    sides = [zip(links[f"record_id_{side}"], links[f"source_{side}"], strict=True) for side in "lr"]
    return dict(chain.from_iterable(sides))


def _placed(
    tree: nx.DiGraph[Hashable], middle: Hashable, source: Mapping[Hashable, str]
) -> pd.DataFrame:
    """Place the records by depth and row; leaves of one list by one record share a place."""
    depth = nx.single_source_shortest_path_length(tree, middle)
    rows: list[dict[str, Any]] = []
    at: dict[tuple[Hashable, str], int] = {}
    lowest = 0
    for record in nx.dfs_preorder_nodes(tree, middle):
        parent = next(tree.predecessors(record), None)
        kind = (parent, source[record])
        is_leaf = tree.out_degree(record) == 0
        first = at.get(kind) if is_leaf else None
        if first is None and rows and depth[record] <= depth[rows[-1]["record_id"]]:
            lowest += 1
        if first is None and is_leaf:
            at[kind] = len(rows)
        rows.append(
            {
                "record_id": record,
                "source": source[record],
                "depth": depth[record],
                "row": lowest if first is None else rows[first]["row"],
                "parent": parent,
                "count": int(first is None),
            }
        )
        if first is not None:
            rows[first]["count"] += 1
    placed = pd.DataFrame(rows).set_index("record_id")
    # beside a missing one, whole numbers would be read as floats, which cannot hold them
    return placed.assign(parent=pd.Series([row["parent"] for row in rows], placed.index, object))
