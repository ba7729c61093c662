"""Splink as its own users run it: its own training, on our records, levels and blocking rules.

The engine `splink` takes Splink's pairs and Mosaic's weights; here the weights are Splink's too, so
that the training is what differs. Two shapes that its users choose between: one linker per pair of
lists, or one over all lists. u comes from random pairs, the prior from rules that are nearly always
right, m from expectation–maximisation in one block after another; given names and surnames are
adjusted for how common they are.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from splink import DuckDBAPI, Linker
from splink.blocking_rule_library import CustomRule
from splink.internals.exceptions import EMTrainingException

from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines.splink.columns import APART, RECORD, SOURCE, record_columns
from simulator.linkage.engines.splink.level_sql import branches_of
from simulator.linkage.engines.splink.settings import settings_for
from simulator.linkage.fields import standardise
from simulator.linkage.weights import LEAST_PROBABILITY, as_links, possible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd
    from splink import SettingsCreator

    from simulator.linkage.blocking import Rule
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.engines.splink.level_sql import Branches
    from simulator.linkage.record_table import RecordTable
    from simulator.tables import Links

Shape: TypeAlias = Literal["per pair", "over all"]
LinkType: TypeAlias = Literal["link_only", "link_and_dedupe", "dedupe_only"]

TRAINED_IN: tuple[Rule, ...] = (
    ("given", "surname"),
    ("given", "birth_date"),
    ("surname", "birth_date"),
    ("given", "birth_month_day"),
    ("surname", "birth_month_day"),
    ("given", "address"),
    ("given", "phone"),
    ("online",),
    ("national_id",),
)
"""Blocks that expectation–maximisation is run in, each where it holds any pairs.

Every block asks for something personal: one of surname and address would teach it that housemates
are one person. The columns are those that the comparisons read, so Splink sees which comparisons a
block fixes and leaves them as they were.
"""

SURE: tuple[Rule, ...] = (
    ("given", "surname", "birth_date"),
    ("given", "surname", "birth_month_day"),
    ("given", "surname", "address"),
    ("given", "surname", "phone"),
    ("national_id",),
)
"""Rules that hardly ever take two people for one: the prior comes from what they find."""

LESS_SURE: Rule = ("given", "surname", "city")
"""The rule of lists that share no more."""

SURE_RECALL = 0.7
"""The share of the matches that `SURE` is taken to find."""

RANDOM_PAIRS = 1e6
ADJUSTED = ("given", "surname")
"""Comparisons whose level "exact" is adjusted for how common the name is."""


_FOUND = pa.schema(
    [(f"{RECORD}_{side}", pa.int64()) for side in "lr"]
    + [(name, pa.float64()) for name in ("match_weight", "match_probability")]
)
"""What a linker returns: the rows of two records, and what Splink says of them."""


def splink_links(
    records: Mapping[str, pd.DataFrame], duplicates: Collection[str] = (), shape: Shape = "over all"
) -> Links:
    """Return the links that Splink finds with its own training; parameters as of `link`.

    With "per pair", a list that may repeat people has a linker of its own too.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = standardise(records, duplicates)
    comparisons = comparisons_for(table)
    blocks = block(table, rules_for(table))
    rows = record_columns(table, blocks)
    parts = [
        _linked(table, rows, lists, settings_for(blocks, _branches(table, made)))
        for lists, made in _linkers(table, comparisons, shape)
    ]
    found = pa.concat_tables(parts)
    one, other = (found[f"{RECORD}_{side}"].to_numpy() for side in "lr")
    return as_links(
        table,
        np.minimum(one, other),
        np.maximum(one, other),
        *(found[name].to_numpy() for name in ("match_weight", "match_probability")),
    )


def _linkers(
    table: RecordTable, comparisons: tuple[Comparison, ...], shape: Shape
) -> Iterator[tuple[list[int], list[Comparison]]]:
    """Yield the lists of each linker and the comparisons that they can make."""
    if shape == "over all":
        yield list(range(len(table.sources))), list(comparisons)
        return
    for kind, (a, b) in enumerate(table.pair_types):
        yield sorted({a, b}), [c for c in comparisons if possible(table, c)[kind]]


def _branches(table: RecordTable, made: list[Comparison]) -> dict[str, Branches]:
    """Return how the comparisons are read, equal names adjusted for how common they are."""
    branches = {c.name: branches_of(c.name, table.faces) for c in made}
    for name in set(ADJUSTED) & set(branches):
        dict(branches[name].levels)["exact"].configure(
            tf_adjustment_column=name, disable_tf_exact_match_detection=True
        )
    return branches


def _linked(
    table: RecordTable, rows: pa.Table, lists: list[int], settings: SettingsCreator
) -> pa.Table:
    """Return the pairs of one linker, trained on its lists alone."""
    api = DuckDBAPI()
    registered = [
        api.register(rows.filter(pc.equal(rows[SOURCE], number)), dataset_display_name=f"l{number}")
        for number in lists
    ]
    settings = replace(
        settings, link_type=_link_type(table, lists), additional_columns_to_retain=[]
    )
    linker = Linker(registered, settings, log_level=None, validate_settings=False)
    shared = {
        name for name, filled in table.filled.items() if filled[lists].sum() >= len(lists[:2])
    }
    if not _train(linker, shared):
        return _FOUND.empty_table()
    predicted = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY)
    return predicted.as_duckdbpyrelation().to_arrow_table().select(_FOUND.names)


def _link_type(table: RecordTable, lists: list[int]) -> LinkType:
    if len(lists) == 1:
        return "dedupe_only"
    repeating = len(lists) > 2 and bool(table.compared_within[lists].any())
    return "link_and_dedupe" if repeating else "link_only"


def _train(linker: Linker, shared: set[str]) -> bool:
    """Learn what Splink can of columns that two lists share; tell whether there is any match."""
    sure = [columns for columns in SURE if set(columns) <= shared] or [LESS_SURE]
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [_rule(columns) for columns in sure], recall=SURE_RECALL
    )
    if not linker.misc.save_model_to_json()["probability_two_random_records_match"]:
        return False
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
    for columns in TRAINED_IN:
        if set(columns) <= shared:
            _train_in(linker, columns)
    return True


def _train_in(linker: Linker, columns: Rule) -> None:
    """Train in one block; where Splink cannot, leave everything as it was.

    It stops at a block without pairs, and where no match reaches some level; the comparisons that
    the block fixes would then be lost to the model.
    """
    before = linker._settings_obj.core_model_settings.copy()  # type: ignore[no-untyped-call]
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(_rule(columns))
    except (EMTrainingException, ValueError):
        linker._settings_obj.core_model_settings = before


def _rule(columns: Rule) -> CustomRule:
    equal = " and ".join(f"l.{name} = r.{name}" for name in columns)
    return CustomRule(f"{equal} and l.{APART} <> r.{APART}")
