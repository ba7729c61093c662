"""What linkage has learnt to go by, and which records say too little to be joined by anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.linkage.pattern_weights import pattern_weights
from simulator.linkage.patterns import Patterns, packed

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.linkage.learnt import Learnt
    from simulator.linkage.weights import Model


def level_shares(learnt: Learnt) -> pd.DataFrame:
    """Return how often each level of agreement is seen, about one person and about two.

    Fellegi and Sunter's m and u, averaged by expected matches over the pairs of lists that can show
    the level.

    Returns
    -------
    DataFrame
        A row per comparison and level that some two lists can show, in the model's order:
        ``comparison``, ``level``, ``match_share`` (of pairs about one person), ``chance_share``
        (of pairs about two) and ``bits`` (log2 of the first over the second).
    """
    columns = ["comparison", "level", "match_share", "chance_share", "bits"]
    model = learnt.model
    if model is None:
        return pd.DataFrame(columns=columns)
    best = _best_levels(learnt)
    rows = []
    for place, comparison in enumerate(learnt.comparisons):
        weight = model.matches * model.possible[comparison.name]
        for number, level in enumerate(comparison.levels):
            shown = weight * (best[:, place] > number)
            if not shown.sum():
                continue
            about_one, about_two = (
                float(np.average(shares[comparison.name][:, number], weights=shown))
                for shares in (model.m, model.chance.u)
            )
            bits = float(np.log2(about_one / about_two))
            rows.append((comparison.name, level, about_one, about_two, bits))
    return pd.DataFrame(rows, columns=columns)


def too_little_said(learnt: Learnt, threshold: float) -> pd.DataFrame:
    """Count the records that would not be joined even to a faultless copy of themselves.

    The copy stands in another list, of which it fills the columns; that its values may be rare is
    left aside.

    Parameters
    ----------
    learnt : Learnt
    threshold : float
        The least match probability of a link.

    Returns
    -------
    DataFrame
        A row per list: ``source``, ``records_count``, ``too_little_count``.
    """
    table, model = learnt.table, learnt.model
    says_enough = np.zeros(len(table), dtype=np.bool_)
    if model is not None:
        levels = _with_themselves(learnt)
        for kind, pair in enumerate(table.pair_types):
            rows = np.flatnonzero(np.isin(table.source, pair))
            says_enough[rows] |= _probability(learnt, model, levels[rows], kind) >= threshold
    sources = len(table.sources)
    return pd.DataFrame(
        {
            "source": list(table.sources),
            "records_count": np.bincount(table.source, minlength=sources),
            "too_little_count": np.bincount(table.source[~says_enough], minlength=sources),
        }
    )


def _with_themselves(learnt: Learnt) -> npt.NDArray[np.int8]:
    """Return the levels of each record beside itself, records × comparisons."""
    everyone = np.arange(len(learnt.table))
    compared = [each.compare(learnt.table, everyone, everyone) for each in learnt.comparisons]
    return np.stack(compared, axis=1)


def _best_levels(learnt: Learnt) -> npt.NDArray[np.int8]:
    """Return the highest level that two lists can show, pair types × comparisons."""
    levels, source = _with_themselves(learnt), learnt.table.source
    of_list = np.zeros((len(learnt.table.sources), levels.shape[1]), dtype=np.int8)
    np.maximum.at(of_list, source, levels)
    left, right = np.array(learnt.table.pair_types).reshape(-1, 2).T
    return np.asarray(np.minimum(of_list[left], of_list[right]))


def _probability(
    learnt: Learnt, model: Model, levels: npt.NDArray[np.int8], kind: int
) -> npt.NDArray[np.float64]:
    """Return the match probability of patterns of levels between the two lists of a kind."""
    possible = np.array([model.possible[each.name][kind] for each in learnt.comparisons])
    shown = np.where(possible, levels, 0).astype(np.int8)
    code = packed(learnt.comparisons, shown.T, np.zeros(len(shown), dtype=np.int32), 1)
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    none = np.zeros(0, dtype=np.int32)
    patterns = Patterns(
        learnt.comparisons, none, none, none, shown[first],
        np.full(len(first), kind, dtype=np.int32),
        np.full(len(first), learnt.table.of_one_source[kind]), np.ones(len(first)),
    )  # fmt: skip
    odds = model.odds[kind] * 2.0 ** pattern_weights(patterns, model.m, model.chance)
    return np.asarray((odds / (1 + odds))[which])
