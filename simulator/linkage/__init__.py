"""Record linkage: which records are about one entity. It never sees who is who.

    links = link(records)
    membership = cluster(links, records)

After Fellegi and Sunter 1969, "A theory for record linkage", with the m and u probabilities learnt
from the records themselves.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from simulator.linkage.clusters import LinkedRecords, cluster, joining_links, linked_records
from simulator.linkage.explain import explain_links
from simulator.linkage.fields import LinkageWarning
from simulator.linkage.learnt import Learnt, learn
from simulator.linkage.settings import LinkSettings
from simulator.linkage.sole_residents import join_sole_residents

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from simulator.tables import Links

__all__ = [
    "Learnt",
    "LinkSettings",
    "LinkageWarning",
    "LinkedRecords",
    "cluster",
    "explain_links",
    "join_sole_residents",
    "joining_links",
    "learn",
    "link",
    "linked_records",
]


def link(
    records: Mapping[str, pd.DataFrame],
    duplicates: Collection[str] = (),
    settings: LinkSettings | None = None,
    engine: str = "vectorised",
    attaching: Collection[str] = (),
) -> Links:
    """Find the pairs of records that are probably about one entity.

    Parameters
    ----------
    records : mapping of DataFrame
        Source name -> frame indexed by a record_id that is unique over all sources, with columns
        named by `simulator.tables.VOCABULARY`. Columns may differ between sources and hold missing
        values; other columns are ignored with a `LinkageWarning`.
    duplicates : collection of str
        Sources that may hold several records of one entity; they are compared within too.
    settings : LinkSettings, optional
        By default comparisons and blocking rules follow from the columns the sources share.
    engine : str
        One of `simulator.linkage.engines.ENGINES`.
    attaching : collection of str
        Sources whose records are events in a life (jobs, contacts, sightings); any number of them
        belong to one entity, and they are compared with the records of persons only.

    Returns
    -------
    DataFrame
        See `simulator.tables.Links`. Left records belong to the earlier source. The result does not
        depend on the order of rows or columns.

    Raises
    ------
    ValueError
        If a record_id or a column of a source occurs twice, a name is unknown, or there is no
        source.

    Warns
    -----
    LinkageWarning
        Naming the comparisons of which the records show too little to learn from.
    """
    learnt = learn(records, duplicates, settings, engine, attaching)
    if learnt.model is not None and learnt.model.declared:
        warnings.warn(
            f"the records do not show how {', '.join(learnt.model.declared)} agree for one person; "
            "declared probabilities are used",
            LinkageWarning,
            stacklevel=2,
        )
    return learnt.links
