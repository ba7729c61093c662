"""From counted vectors to links in SQL: what `simulator.linkage.weights.links_of` does to arrays.

The weights of the patterns and the rarity of every record's values go into the database as two
small tables; each pair then gets its weight, and the pairs of one record share its probability as
in `simulator.linkage.rivals`, the sums over rivals written as window functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from simulator.linkage.engines.splink.columns import RECORD
from simulator.linkage.pattern_weights import pattern_weights
from simulator.linkage.rarity import RARITY, where_rarity_counts
from simulator.linkage.rivals import ROUNDS
from simulator.linkage.weights import (
    LEAST_PROBABILITY,
    MOST_BITS,
    NEGLIGIBLE_BITS,
    hopeful_patterns,
)

if TYPE_CHECKING:
    from simulator.linkage.engines.splink.vectors import CountedVectors
    from simulator.linkage.record_table import RecordTable
    from simulator.linkage.weights import Model

WEIGHTS, VALUES = "mosaic_weights", "mosaic_values"


def moved_by_rarity(table: RecordTable, vectors: CountedVectors) -> tuple[str, ...]:
    """Return the comparisons whose weight the rarity of a value moves."""
    names = {comparison.name for comparison in vectors.patterns.comparisons}
    return tuple(n for n, (column, *_) in RARITY.items() if n in names and column in table.columns)


def weight_table(table: RecordTable, vectors: CountedVectors, model: Model) -> pa.Table:
    """Return what each vector weighs, those that no rarity could lift to a link left out.

    Beside the weight stand the prior, whether a record can have only one partner in the other
    source, and per comparison that rarity moves the bits its chance of agreeing already counts for.
    """
    patterns = vectors.patterns
    kind = patterns.pair_type
    weight, prior = pattern_weights(patterns, model.m, model.chance), np.log2(model.odds)[kind]
    hopeful = np.flatnonzero(hopeful_patterns(table, patterns, model, weight))
    one_partner = ~table.repeats[np.array(table.pair_types, dtype=np.int64).reshape(-1, 2)]
    columns = {
        "lists": vectors.lists,
        "code": vectors.code,
        "weight": weight,
        "prior": prior,
        "left_once": one_partner[kind, 1].astype(np.float64),
        "right_once": one_partner[kind, 0].astype(np.float64),
    }
    for name in moved_by_rarity(table, vectors):
        chance = np.log2(model.chance.u[name][kind, RARITY[name][1] - 1])
        columns[f"chance_{name}"] = np.where(where_rarity_counts(patterns, name), chance, np.nan)
    return pa.table({n: pa.array(v[hopeful], from_pandas=True) for n, v in columns.items()})


def value_table(table: RecordTable, vectors: CountedVectors, model: Model) -> pa.Table:
    """Return per record a number for each value that rarity moves, and log2 of its share."""
    columns = {RECORD: pa.array(np.arange(len(table)))}
    for name in moved_by_rarity(table, vectors):
        column = table.columns[RARITY[name][0]]
        missing = column.codes < 0
        share = np.append(np.log2(model.counted[name].of(column)), 0.0)[column.codes]
        columns[f"value_{name}"] = pa.array(column.codes, mask=missing)
        columns[f"share_{name}"] = pa.array(share, mask=missing)
    return pa.table(columns)


def links_sql(pairs: str, moved: tuple[str, ...]) -> str:
    """Return the query for the links: left_record, right_record, weight and probability.

    Parameters
    ----------
    pairs : str
        The table of `CountedVectors`; `WEIGHTS` and `VALUES` are views of the tables above.
    moved : tuple of str
        As of `moved_by_rarity`.
    """
    rarity = "".join(
        f" + case when l.value_{name} = r.value_{name} and w.chance_{name} is not null"
        f" then w.chance_{name} - l.share_{name} else 0.0 end"
        for name in moved
    )
    rounds = "".join(
        f""",
    round_{number} as (
        select left_record, right_record, lists, weight, odds, left_once, right_once,
            odds / (1.0 + left_once * {_others("to_left", "left_record")}) as to_right,
            odds / (1.0 + right_once * {_others("to_right", "right_record")}) as to_left
        from round_{number - 1}
    )"""
        for number in range(1, ROUNDS + 1)
    )
    return f"""
    with weighed as (
        select p.left_record, p.right_record, p.lists, w.prior, w.left_once, w.right_once,
            w.weight{rarity} as weight
        from {pairs} as p
        join {WEIGHTS} as w on p.lists = w.lists and p.code = w.code
        join {VALUES} as l on p.left_record = l.{RECORD}
        join {VALUES} as r on p.right_record = r.{RECORD}
    ),
    likely as (
        select *, power(cast(2 as double), least(weight + prior, {MOST_BITS})) as odds
        from weighed
        where weight + prior > {NEGLIGIBLE_BITS}
    ),
    round_0 as (
        select left_record, right_record, lists, weight, odds, left_once, right_once,
            odds as to_right, odds as to_left
        from likely
    ){rounds},
    shared as (
        select left_record, right_record, weight, to_right * to_left / odds as joint
        from round_{ROUNDS}
    )
    select left_record, right_record, weight, joint / (1.0 + joint) as probability
    from shared
    where joint / (1.0 + joint) >= {LEAST_PROBABILITY}
    """


def _others(message: str, record: str) -> str:
    """Return the sum of the messages of the other pairs that a record has with one source."""
    return f"greatest(sum({message}) over (partition by lists, {record}) - {message}, 0.0)"
