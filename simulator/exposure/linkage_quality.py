"""How well the records were joined: pairs of records, counted without listing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.randomness import Floats, Integers

PAIR_COLUMNS = ("joined_pairs", "rightly_joined_pairs", "true_pairs")


def pairs_by_person(records: pd.DataFrame, residents: pd.Index[int]) -> pd.DataFrame:
    """Return each resident's part in the pairs of records from two sources.

    A pair is JOINED if both records are in one cluster, and TRUE if both are about one entity.
    Pairs count where at least one record is about a resident. Each record of a pair answers for
    half of it; an outsider's half goes to the resident. Summed over residents the parts give the
    number of pairs, and then

        precision = rightly joined / joined
        recall = rightly joined / true
        F1 = 2 x rightly joined / (joined + true)

    all in [0, 1].

    Parameters
    ----------
    records : DataFrame
        As in `Dossiers`.
    residents : Index of int64
        Entity ids, sorted.

    Returns
    -------
    DataFrame
        Indexed by `residents`: ``joined_pairs``, ``rightly_joined_pairs`` and ``true_pairs``
        (float64, >= 0, multiples of one half).

    Examples
    --------
    Entity 1 has a record in each of two sources; entity 2, an outsider, was joined to it:

    >>> records = pd.DataFrame({
    ...     "source": pd.Categorical(["dmv", "utility", "utility"]),
    ...     "entity_id": [1, 1, 2], "cluster_id": [5, 5, 5],
    ... })
    >>> pairs_by_person(records, pd.Index([1])).iloc[0].to_dict()
    {'joined_pairs': 2.0, 'rightly_joined_pairs': 1.0, 'true_pairs': 1.0}
    """
    person = residents.get_indexer(pd.Index(records["entity_id"]))
    is_resident = person >= 0
    source = records["source"].cat.codes.to_numpy().astype(np.int64)
    sources_count = max(len(records["source"].cat.categories), 1)
    entity = _numbered(records["entity_id"])
    cluster = _numbered(records["cluster_id"])
    both = _numbered(pd.Series(cluster * (entity.max(initial=0) + 1) + entity))
    everyone = np.ones(len(records))
    with_anyone, with_residents = _others(
        cluster, source, sources_count, everyone, is_resident.astype(np.float64)
    )
    (rightly_joined,) = _others(both, source, sources_count, everyone)
    (true,) = _others(entity, source, sources_count, everyone)
    parts = (with_anyone - with_residents / 2, rightly_joined / 2, true / 2)
    return pd.DataFrame(
        {
            name: np.bincount(
                person[is_resident], weights=part[is_resident], minlength=len(residents)
            )
            for name, part in zip(PAIR_COLUMNS, parts, strict=True)
        },
        index=residents,
    )


def _numbered(keys: pd.Series) -> Integers:
    return np.asarray(pd.factorize(keys)[0], dtype=np.int64)


def _others(
    together: Integers, source: Integers, sources_count: int, *counts: Floats
) -> Iterator[Floats]:
    """Yield, for each of `counts` and per record, the sum over those that stand together with it.

    Those from its own source do not count.
    """
    within = _numbered(pd.Series(together * sources_count + source))
    for count in counts:
        in_all = np.bincount(together, weights=count)
        in_source = np.bincount(within, weights=count)
        yield np.asarray(in_all[together] - in_source[within], dtype=np.float64)
