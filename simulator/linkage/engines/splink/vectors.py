"""The comparison vectors of all candidate pairs, in the database, and how often each occurs."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from splink import Linker
from splink.internals.comparison_vector_values import (
    compute_comparison_vector_values_from_id_pairs_sqls,
)
from splink.internals.pipeline import CTEPipeline
from splink.internals.vertically_concatenate import enqueue_df_concat

from simulator.linkage.engines.splink.columns import RECORD, SOURCE
from simulator.linkage.engines.splink.settings import settings_for
from simulator.linkage.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from splink import SettingsCreator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats, Rows
    from simulator.linkage.engines.splink.database import Database
    from simulator.linkage.engines.splink.level_sql import Branches
    from simulator.linkage.record_table import RecordTable

RECORDS = "mosaic_records"
"""The view of the records, laid out by `record_columns`."""

_PAIRS = "__splink__df_predict"
"""What Splink calls its last table; it knows by the name to write it out and not keep it."""


@dataclass(frozen=True)
class CountedVectors:
    """All candidate pairs, by the vector each shows.

    Attributes
    ----------
    pairs : str
        A table in the database: left_record, right_record, `lists` (which two sources) and `code`
        (its levels) of each pair.
    lists, code : int64 arrays
        Each two values that occur together, sorted.
    patterns : Patterns
        What each of them says, in the same order, without the pairs. Two may say the same: one
        level can be reached in two ways.
    """

    pairs: str
    lists: Rows
    code: Rows
    patterns: Patterns


def count_vectors(
    database: Database,
    table: RecordTable,
    blocks: Blocks,
    comparisons: tuple[Comparison, ...],
    branches: Mapping[str, Branches],
) -> CountedVectors:
    """Have Splink bring and compare the pairs of the records in the view `RECORDS`."""
    width = len(table.sources)
    radix = np.array([len(branches[c.name].names) + 1 for c in comparisons], dtype=np.int64)
    places = np.cumprod(np.append(1, radix[:-1]))
    pairs = _compare(database, settings_for(blocks, branches), branches, places, width)
    counted = database.fetch(
        f"select lists, code, count(*) as pairs from {pairs} group by lists, code"
    ).sort_values(["lists", "code"])
    lists, code = (counted[name].to_numpy(dtype=np.int64) for name in ("lists", "code"))
    digits = code[:, None] // places % radix
    counts = counted["pairs"].to_numpy(dtype=np.float64)
    return CountedVectors(
        pairs, lists, code, _patterns(table, comparisons, branches, digits, lists, counts)
    )


def _compare(
    database: Database,
    settings: SettingsCreator,
    branches: Mapping[str, Branches],
    places: Rows,
    width: int,
) -> str:
    """Return the name of the table of all candidate pairs with the code of their levels.

    Splink's `predict` would weigh the pairs too, by its own model, and write out every text it
    compared; these are its steps up to there.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = database.splink
    registered = api.register(RECORDS, dataset_display_name="records")
    linker = Linker(registered, settings, log_level=None, validate_settings=False)
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    pipeline = CTEPipeline([blocked])
    enqueue_df_concat(linker, pipeline)
    info = linker._settings_obj
    pipeline.enqueue_list_of_sqls(
        compute_comparison_vector_values_from_id_pairs_sqls(
            info._columns_to_select_for_blocking,
            info._columns_to_select_for_comparison_vector_values,
            input_tablename_l="__splink__df_concat",
            input_tablename_r="__splink__df_concat",
            source_dataset_input_column=info.column_info_settings.source_dataset_input_column,
            unique_id_input_column=info.column_info_settings.unique_id_input_column,
        )
    )
    # a level is -1 where there is nothing to compare, and counts up from 0 to the first branch
    terms = [
        f"cast(gamma_{name} + 1 as bigint) * {place}"
        for name, place in zip(branches, places.tolist(), strict=True)
    ]
    pipeline.enqueue_sql(
        f"""
        select {RECORD}_l as left_record, {RECORD}_r as right_record,
            cast({SOURCE}_l as bigint) * {width} + {SOURCE}_r as lists,
            {" + ".join(terms)} as code
        from __splink__df_comparison_vectors
        """,
        _PAIRS,
    )
    found = api.sql_pipeline_to_splink_dataframe(pipeline)
    blocked.drop_table_from_database_and_remove_from_cache()
    return str(found.physical_name)


def _patterns(
    table: RecordTable,
    comparisons: tuple[Comparison, ...],
    branches: Mapping[str, Branches],
    digits: Rows,
    lists: Rows,
    counts: Floats,
) -> Patterns:
    levels = np.empty(digits.shape, dtype=np.int8)
    for place, comparison in enumerate(comparisons):
        said = [comparison.levels.index(name) + 1 for name in branches[comparison.name].names]
        levels[:, place] = np.array([0, *reversed(said)], dtype=np.int8)[digits[:, place]]
    kinds = {a * len(table.sources) + b: kind for kind, (a, b) in enumerate(table.pair_types)}
    pair_type = np.array([kinds[place] for place in lists.tolist()], dtype=np.int32)
    nowhere = np.zeros(0, dtype=np.int64)
    return Patterns(
        comparisons,
        left=nowhere,
        right=nowhere,
        pattern=nowhere,
        levels=levels,
        pair_type=pair_type,
        within=table.of_one_source[pair_type],
        counts=counts,
    )
