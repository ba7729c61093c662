"""Whose dossier a cluster is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.encoding import MISSING, run_lengths, run_starts

if TYPE_CHECKING:
    from simulator.dossiers.encoding import Flags
    from simulator.randomness import Integers


@dataclass(frozen=True)
class Owners:
    """The dossiers: at most one cluster per entity.

    Attributes
    ----------
    cluster, entity : arrays of int64
        Cluster number and entity row of each dossier, in order of entity.
    dossier_of_cluster : array of int64
        The dossier that each cluster is; -1 for none.
    """

    cluster: Integers
    entity: Integers
    dossier_of_cluster: Integers


def find_owners(
    cluster: Integers,
    entity: Integers,
    source: Integers,
    record: Integers,
    carries_name: Flags,
    *,
    clusters_count: int,
) -> Owners:
    """Find the owner of each cluster, and of the clusters an entity owns, its dossier.

    The owner is the entity with most records in the cluster that carry its own legal name, present
    or former; ties go to the entity whose such record comes first in source order, then in
    record_id. A cluster without such a record has no owner. The dossier of an entity is, of the
    clusters it owns, the one with most such records; ties go to the smallest record_id in it.

    Parameters
    ----------
    cluster, entity, source, record : arrays of int64, one entry per record
        All >= 0; `record` is the rank of the record_id and ascends.
    carries_name : array of bool
        Whether the record stands for a person and carries its legal name, present or former.
    clusters_count : int
        Clusters are numbered from 0.

    Returns
    -------
    Owners

    Examples
    --------
    Cluster 0 holds one record of entity 7 and two of entity 8; cluster 1 has no legal name:

    >>> owners = find_owners(
    ...     np.array([0, 0, 0, 1]), np.array([7, 8, 8, 9]), np.array([0, 1, 2, 0]), np.arange(4),
    ...     np.array([True, True, True, False]), clusters_count=2,
    ... )
    >>> owners.entity.tolist(), owners.dossier_of_cluster.tolist()
    ([8], [0, -1])
    """
    first_in_cluster = np.full(clusters_count, np.iinfo(np.int64).max)
    np.minimum.at(first_in_cluster, cluster, record)
    named = np.flatnonzero(carries_name)
    order = named[np.lexsort((source[named], entity[named], cluster[named]))]
    entities_count = int(entity.max(initial=0)) + 1
    starts = run_starts(cluster[order] * entities_count + entity[order])
    bearer = order[starts]
    count = run_lengths(starts, len(order))
    # lexsort is stable and records ascend: the run's first is its first in source order, record_id
    best_first = np.lexsort((record[bearer], source[bearer], -count, cluster[bearer]))
    owned = best_first[run_starts(cluster[bearer][best_first])]
    owned_cluster, owner = cluster[bearer[owned]], entity[bearer[owned]]
    of_owner = np.lexsort((first_in_cluster[owned_cluster], -count[owned], owner))
    chosen = of_owner[run_starts(owner[of_owner])]
    dossier_of_cluster = np.full(clusters_count, MISSING)
    dossier_of_cluster[owned_cluster[chosen]] = np.arange(len(chosen))
    return Owners(owned_cluster[chosen], owner[chosen], dossier_of_cluster)
