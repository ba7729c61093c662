import numpy as np

from simulator.dossiers.owners import find_owners


def owners_of(rows, clusters_count):
    """Find the owners among rows of (cluster, entity, source, carries_name)."""
    cluster, entity, source, named = (np.array(column) for column in zip(*rows, strict=True))
    owners = find_owners(
        cluster,
        entity,
        source,
        np.arange(len(rows)),
        named.astype(bool),
        clusters_count=clusters_count,
    )
    return dict(zip(owners.entity.tolist(), owners.cluster.tolist(), strict=True))


def test_most_named_records_own():
    assert owners_of([(0, 1, 0, 1), (0, 2, 1, 1), (0, 2, 2, 1)], 1) == {2: 0}


def test_records_without_a_legal_name_do_not_count():
    assert owners_of([(0, 1, 0, 1), (0, 2, 1, 0), (0, 2, 2, 0)], 1) == {1: 0}
    assert owners_of([(0, 1, 0, 0), (0, 2, 1, 0)], 1) == {}


def test_ties_go_by_source_order_then_record():
    assert owners_of([(0, 1, 1, 1), (0, 2, 0, 1)], 1) == {2: 0}
    assert owners_of([(0, 2, 0, 1), (0, 1, 0, 1)], 1) == {2: 0}


def test_the_dossier_is_the_cluster_with_most_named_records():
    assert owners_of([(0, 1, 0, 1), (1, 1, 1, 1), (1, 1, 2, 1)], 2) == {1: 1}


def test_equal_clusters_go_by_their_smallest_record():
    # cluster 1 holds the first record of all, though it is a stranger's without a name
    assert owners_of([(1, 9, 0, 0), (0, 1, 0, 1), (1, 1, 1, 1)], 2) == {1: 1}


def test_no_records_no_owners():
    nothing = np.zeros(0, dtype=np.int64)
    owners = find_owners(nothing, nothing, nothing, nothing, nothing > 0, clusters_count=0)
    assert len(owners.entity) == 0
