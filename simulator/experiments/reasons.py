"""Why were these joined? The links that made a dossier, and what each comparison said, in bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from simulator.experiments.person import written_fields
from simulator.linkage import explain_links
from simulator.linkage.explain import READ_FROM
from simulator.pipeline import links_that_joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.person import Assembly


def joining_of(assembly: Assembly, entity_id: int, step: int) -> pd.DataFrame:
    """Return the links that made a person's dossier at a step, the weakest first.

    A dossier of n records hangs together by n - 1 links: without any one of them it would fall
    apart.

    Returns
    -------
    DataFrame
        ``record_id_l``, ``record_id_r``, ``source_l``, ``source_r``, ``match_weight`` (bits),
        ``match_probability`` and ``is_right`` (bool: both records are about one entity).
    """
    joined, result = assembly.steps[step], assembly.result
    records = joined.dossiers.records
    held = records.loc[records["owner_id"] == entity_id].set_index("record_id")
    links = links_that_joined(
        result.scenario, result.obtained.collected, result.links, joined.sources
    )
    chosen = links.loc[links["record_id_l"].isin(held.index)]  # the other end is in it as well
    left, right = held.loc[chosen["record_id_l"]], held.loc[chosen["record_id_r"]]
    return (
        chosen.assign(
            source_l=left["source"].astype(str).to_numpy(dtype=object),
            source_r=right["source"].astype(str).to_numpy(dtype=object),
            is_right=left["entity_id"].to_numpy() == right["entity_id"].to_numpy(),
        )
        .sort_values(["match_probability", "match_weight"], kind="stable")
        .reset_index(drop=True)
    )


def reasons_for(assembly: Assembly, link: pd.Series) -> pd.DataFrame:
    """Return what each comparison said about one link, with what both records write.

    Parameters
    ----------
    assembly : Assembly
    link : Series
        A row of `joining_of`.

    Returns
    -------
    DataFrame
        As `simulator.linkage.explain_links` (its ``bits`` add up to log2(p / (1 - p)) of the
        link's probability), and ``written_l``, ``written_r``: the cells compared, as the lists
        write them; empty in the first row and the last, where nothing is compared.
    """
    result = assembly.result
    explained = explain_links(result.learnt, pd.DataFrame([link]))
    left = written_fields(result, link["source_l"], link["record_id_l"])
    right = written_fields(result, link["source_r"], link["record_id_r"])
    names = explained["comparison"].astype(str)
    return explained.assign(
        written_l=[_cells_read(left, name) for name in names],
        written_r=[_cells_read(right, name) for name in names],
    )


def _cells_read(fields: Mapping[str, str], comparison: str) -> str:
    columns = READ_FROM.get(comparison, (comparison,))
    return ", ".join(fields[name] for name in columns if name in fields)
