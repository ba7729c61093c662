"""Links and clusters held against the truth, which linkage itself never sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.linkage import cluster
from simulator.scenario.schema import LinkageSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from simulator.tables import Links


def accuracy(
    links: Links,
    records: Mapping[str, pd.DataFrame],
    duplicates: set[str],
    truth: pd.DataFrame,
) -> dict[str, float]:
    """Return thresholds, precision, recall and F1 under the names of `Measurement`.

    A pair of records is right if both are about one entity. Precision is right pairs among those
    found, recall right pairs found among all right pairs there are, blocked away or not; F1 is
    their harmonic mean.
    """
    whole = truth.loc[truth["field"] == "*"]
    entity = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    true_pairs = pairs_within(entity.to_numpy())
    left, right = (entity.loc[links[f"record_id_{side}"]].to_numpy() for side in "lr")
    probability = links["match_probability"].to_numpy(dtype=np.float64)
    threshold = LinkageSettings().threshold
    best = best_threshold(probability, left == right, true_pairs)
    found = {"threshold": threshold, "best_threshold": best}
    for prefix, least in (("", threshold), ("best_", best)):
        accepted = probability >= least
        rightly = int((left == right)[accepted].sum())
        found |= _rates(prefix, rightly, int(accepted.sum()), true_pairs)
    membership = cluster(links, records, threshold=threshold, duplicates=duplicates)
    clusters = np.asarray(membership, dtype=np.int64)
    own = entity.loc[membership.index].to_numpy(dtype=np.int64)
    both = pairs_within(np.stack([clusters, own], axis=1))
    rates = _rates("cluster_", both, pairs_within(clusters), true_pairs)
    return found | {name: rates[name] for name in ("cluster_precision", "cluster_recall")}


def _rates(prefix: str, rightly: int, found: int, true: int) -> dict[str, float]:
    return {
        f"{prefix}precision": rightly / max(found, 1),
        f"{prefix}recall": rightly / max(true, 1),
        f"{prefix}f1": 2 * rightly / max(found + true, 1),
    }


def pairs_within(group: npt.NDArray[np.int64]) -> int:
    """Return how many pairs of places hold the same value (or row of values).

    >>> pairs_within(np.array([7, 7, 7, 8]))
    3
    """
    counts = np.unique(group, axis=0, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def best_threshold(
    probability: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_], true_pairs: int
) -> float:
    """Return the least probability to accept at which F1 is largest.

    >>> best_threshold(np.array([0.9, 0.5, 0.2]), np.array([True, True, False]), 2)
    0.5
    """
    if not len(probability):
        return 1.0
    order = np.argsort(-probability, kind="stable")
    rightly = np.cumsum(is_right[order])
    f1 = 2 * rightly / (np.arange(1, len(order) + 1) + true_pairs)
    falling = probability[order]
    last_of_its_value = np.append(falling[1:] != falling[:-1], True)
    return float(falling[np.argmax(np.where(last_of_its_value, f1, -1.0))])
