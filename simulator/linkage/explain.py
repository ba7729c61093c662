"""Why two records were joined, or not: the match weight of each comparison, in bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.linkage.patterns import Patterns
from simulator.linkage.rarity import rarity_bits_by_comparison

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.encoding import Floats, Rows
    from simulator.linkage.learnt import Learnt
    from simulator.linkage.record_table import RecordTable
    from simulator.linkage.weights import Model

PRIOR, RIVALS = "before comparing", "others who could be meant"

READ_FROM: Mapping[str, tuple[str, ...]] = {
    "given": ("first_name", "full_name", "display_name"),
    "surname": ("last_name", "full_name", "display_name"),
    "residence": ("street_address", "house_number", "city", "zip_code"),
    "middle": ("middle_name", "full_name"),
    "birth_month_day": ("birth_month_day", "birth_date"),
    "birth_year": ("birth_year", "birth_date"),
    "online": ("handle", "email"),
    "national_id_last4": ("national_id_last4", "national_id"),
    "routine": ("home_area", "work_area"),
}
"""Comparison -> the columns of records it reads; one that is not here reads that of its name."""


def explain_links(learnt: Learnt, links: pd.DataFrame) -> pd.DataFrame:
    """Return what each comparison says of each link, step by step up to its probability.

    Parameters
    ----------
    learnt : Learnt
    links : DataFrame
        Rows of ``learnt.links``.

    Returns
    -------
    DataFrame
        Per link, in this order: a row "before comparing" (log2 of the odds that two such records
        are one entity's), a row per comparison that had something to compare, and a row "others who
        could be meant". Columns ``record_id_l``, ``record_id_r``, ``comparison``, ``level`` (what
        was found), ``value_l``, ``value_r`` (as they were compared), ``bits``. The bits of a link
        add up to log2(p / (1 - p)) of its match probability p, and those of its comparisons to its
        match weight. The residence's bits are those it adds to the surname's: housemates share
        both.

    Raises
    ------
    ValueError
        If a link is not one of ``learnt.links``.
    """
    if learnt.model is None or links.empty:
        return _frame([])
    rows = pd.Series(np.arange(len(learnt.table)), index=pd.Index(learnt.table.record_id))
    left = rows.reindex(links["record_id_l"]).to_numpy()
    right = rows.reindex(links["record_id_r"]).to_numpy()
    if np.isnan(left.astype(np.float64)).any() or np.isnan(right.astype(np.float64)).any():
        raise ValueError("links must be rows of learnt.links")
    one, other = left.astype(np.int64), right.astype(np.int64)
    patterns = _patterns(learnt, one, other)
    bits = _bits(learnt.table, patterns, learnt.model)
    prior = np.log2(learnt.model.odds)[patterns.pair_type]
    parts = [_constant(links, PRIOR, prior, order=-1)]
    for place, comparison in enumerate(patterns.comparisons):
        level = patterns.levels[:, place].astype(np.int64)
        seen = np.flatnonzero(level > 0)
        parts.append(
            pd.DataFrame(
                {
                    "record_id_l": links["record_id_l"].to_numpy()[seen],
                    "record_id_r": links["record_id_r"].to_numpy()[seen],
                    "comparison": comparison.name,
                    "level": np.array(comparison.levels, dtype=object)[level[seen] - 1],
                    "value_l": _texts(learnt.table, comparison.columns, one[seen]),
                    "value_r": _texts(learnt.table, comparison.columns, other[seen]),
                    "bits": bits[seen, place],
                    "link": seen,
                    "order": place,
                }
            )
        )
    probability = links["match_probability"].to_numpy(dtype=np.float64)
    reached = np.log2(probability) - np.log2(np.maximum(1 - probability, 2.0**-60))
    rivals = reached - prior - bits.sum(axis=1)
    parts.append(_constant(links, RIVALS, rivals, order=len(patterns.comparisons)))
    return _frame(parts)


def _constant(links: pd.DataFrame, name: str, bits: Floats, order: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "record_id_l": links["record_id_l"].to_numpy(),
            "record_id_r": links["record_id_r"].to_numpy(),
            "comparison": name,
            "level": "",
            "value_l": None,
            "value_r": None,
            "bits": bits,
            "link": np.arange(len(links)),
            "order": order,
        }
    )


def _frame(parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["record_id_l", "record_id_r", "comparison", "level", "value_l", "value_r", "bits"]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
    every = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return every.sort_values(["link", "order"])[columns].reset_index(drop=True)


def _patterns(learnt: Learnt, left: Rows, right: Rows) -> Patterns:
    """Return each link as a pattern of its own."""
    levels = [c.compare(learnt.table, left, right) for c in learnt.comparisons]
    kind = learnt.table.pair_type(left, right)
    return Patterns(
        learnt.comparisons,
        left,
        right,
        np.arange(len(left)),
        np.stack(levels, axis=1),
        kind,
        learnt.table.of_one_source[kind],
        np.ones(len(left)),
    )


def _bits(table: RecordTable, patterns: Patterns, model: Model) -> Floats:
    """Return log2(m / u) per link and comparison, rarity included."""
    kind = patterns.pair_type
    names = [comparison.name for comparison in patterns.comparisons]
    bits = np.zeros(patterns.levels.shape)
    for place, name in enumerate(names):
        level = patterns.levels[:, place].astype(np.int64)
        seen = level > 0
        m = model.m[name][kind[seen], level[seen] - 1]
        bits[seen, place] = np.log2(m) - np.log2(model.chance.u[name][kind[seen], level[seen] - 1])
    if model.chance.household is not None:
        surname, residence = names.index("surname"), names.index("residence")
        s, r = (patterns.levels[:, at].astype(np.int64) for at in (surname, residence))
        both = (s > 0) & (r > 0)
        k, s, r = kind[both], s[both] - 1, r[both] - 1
        u = model.chance.u
        apart = np.log2(u["surname"][k, s]) + np.log2(u["residence"][k, r])
        bits[both, residence] += apart - np.log2(model.chance.household[k, s, r])
    for name, at, extra in rarity_bits_by_comparison(
        table,
        patterns,
        model.chance,
        model.counted,
        patterns.pattern,
        patterns.left,
        patterns.right,
    ):
        bits[at, names.index(name)] += extra
    return bits


def _texts(table: RecordTable, columns: tuple[str, ...], rows: Rows) -> list[str]:
    """Return what a record says in these columns, for people to read."""
    shown = [name for name in columns if name in table.columns and name != "address"]
    parts = []
    for name in shown:
        column = table.columns[name]
        texts = np.append(column.texts, "").astype(object)
        parts.append(texts[column.codes[rows]])
    return [", ".join(filter(None, values)) for values in zip(*parts, strict=True)]
