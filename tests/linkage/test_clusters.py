from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.linkage.clusters import cluster, joining_links

SOURCES = ("a", "b", "c")
METHODS = ("constrained", "connected")
RECORDS = [f"{source}{number}" for source in SOURCES for number in range(4)]


def records_of(names=RECORDS):
    return {s: pd.DataFrame(index=[n for n in names if n[0] == s]) for s in SOURCES}


def links_of(pairs):
    return pd.DataFrame(
        [(left, right, weight, 0.95) for left, right, weight in pairs],
        columns=["record_id_l", "record_id_r", "match_weight", "match_probability"],
    )


def groups(membership):
    return {frozenset(rows.index) for _, rows in membership.groupby(membership)}


def one_by_one(pairs):
    """Cluster by a plain pass over the mutually best links, heaviest first."""
    best: dict[tuple[str, str], float] = {}
    for a, b, weight in pairs:
        for node, other in ((a, b[0]), (b, a[0])):
            best[node, other] = max(best.get((node, other), -np.inf), weight)
    mutual = [(a, b, w) for a, b, w in pairs if w == best[a, b[0]] == best[b, a[0]]]
    group = {name: {name} for name in RECORDS}
    for a, b, _ in sorted(mutual, key=lambda link: (-link[2], link[0], link[1])):
        one, other = group[a], group[b]
        if one is not other and not {n[0] for n in one} & {n[0] for n in other}:
            one |= other
            for name in other:
                group[name] = one
    return {frozenset(names) for names in group.values()}


PAIRS = st.lists(
    st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(
        lambda p: p[0][0] < p[1][0]
    ),
    unique=True,
    max_size=20,
).flatmap(
    lambda pairs: st.permutations(range(len(pairs))).map(
        lambda order: [(a, b, float(weight)) for (a, b), weight in zip(pairs, order, strict=True)]
    )
)


@settings(max_examples=150, deadline=None)
@given(pairs=PAIRS)
def test_clusters_are_those_of_a_pass_by_descending_weight(pairs):
    membership = cluster(links_of(pairs), records_of())
    assert groups(membership) == one_by_one(pairs)
    assert membership.index.is_unique
    assert len(membership) == len(RECORDS)


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS)
def test_connected_clusters_are_those_of_networkx(pairs):
    graph = nx.Graph()
    graph.add_nodes_from(RECORDS)
    graph.add_edges_from((a, b) for a, b, _ in pairs)
    expected = {frozenset(part) for part in nx.connected_components(graph)}
    assert groups(cluster(links_of(pairs), records_of(), method="connected")) == expected


@settings(max_examples=100, deadline=None)
@given(pairs=PAIRS, duplicates=st.sampled_from([(), ("b",)]), method=st.sampled_from(METHODS))
def test_the_joining_links_hold_each_cluster_together_and_none_is_spare(pairs, duplicates, method):
    links = links_of([*pairs, ("b0", "b1", 40.0), ("b1", "b2", 30.0), ("b0", "b2", 20.0)])
    chosen = {"duplicates": duplicates, "method": method}
    clusters = groups(cluster(links, records_of(), **chosen))
    joining = joining_links(links, records_of(), **chosen)
    graph = nx.Graph()
    graph.add_nodes_from(RECORDS)
    graph.add_edges_from(zip(joining["record_id_l"], joining["record_id_r"], strict=True))
    assert {frozenset(part) for part in nx.connected_components(graph)} == clusters
    assert len(joining) == len(RECORDS) - len(clusters)


def test_the_surest_links_do_the_joining():
    links = links_of([("a0", "b0", 5.0), ("b0", "c0", 4.0), ("a0", "c0", 9.0)])
    assert joining_links(links, records_of())["match_weight"].tolist() == [5.0, 9.0]


def test_two_records_of_one_source_never_share_a_cluster():
    links = links_of([("a0", "b0", 9.0), ("a1", "c0", 8.0), ("b0", "c0", 7.0)])
    assert groups(cluster(links, records_of(["a0", "a1", "b0", "c0"]))) == {
        frozenset({"a0", "b0"}),
        frozenset({"a1", "c0"}),
    }


def test_duplicates_are_joined_within_their_source_first():
    links = links_of([("b0", "b1", 9.0), ("a0", "b0", 5.0), ("a1", "b1", 4.0)])
    found = cluster(links, records_of(["a0", "a1", "b0", "b1"]), duplicates={"b"})
    assert groups(found) == {frozenset({"a0", "b0", "b1"}), frozenset({"a1"})}


def test_links_below_the_threshold_and_to_absent_records_do_not_join():
    links = links_of([("a0", "b0", 9.0), ("a1", "c0", 9.0)])
    links.loc[0, "match_probability"] = 0.5
    assert len(groups(cluster(links, records_of(["a0", "a1", "b0"])))) == 3
    assert len(groups(cluster(links, records_of(["a0", "a1", "b0"]), threshold=0.4))) == 2


def test_clusters_are_numbered_by_their_first_record():
    membership = cluster(links_of([("a1", "b0", 9.0)]), records_of(["a1", "a0", "b0"]))
    assert membership.loc[["a0", "a1", "b0"]].tolist() == [0, 1, 1]


def test_bad_settings_are_refused():
    with pytest.raises(ValueError, match="threshold must be between 0 and 1"):
        cluster(links_of([]), records_of(), threshold=90)
    with pytest.raises(ValueError, match="'constrained' or 'connected'"):
        cluster(links_of([]), records_of(), method="loose")


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, order=st.permutations(range(4)))
def test_rows_may_stand_in_any_order_even_where_weights_are_equal(pairs, order):
    even = [(a, b, float(int(weight) % 2)) for a, b, weight in pairs]
    shuffled = {name: frame.iloc[list(order)] for name, frame in records_of().items()}
    links = links_of(even)
    pd.testing.assert_series_equal(
        cluster(links, records_of()), cluster(links.iloc[::-1], shuffled)
    )


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, noise=st.lists(st.floats(-1e-12, 1e-12), min_size=20, max_size=20))
def test_the_last_digits_of_a_weight_decide_nothing(pairs, noise):
    """Logarithms differ in them from one processor to another."""
    even = [(a, b, float(int(weight) % 2)) for a, b, weight in pairs]
    shaken = [(a, b, weight + n) for (a, b, weight), n in zip(even, noise, strict=False)]
    pd.testing.assert_series_equal(
        cluster(links_of(even), records_of()), cluster(links_of(shaken), records_of())
    )
