"""What the blocking rules bring and miss, held against the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.linkage.rule_pairs import pairs_by_rule

if TYPE_CHECKING:
    from simulator.tables import Result


@dataclass(frozen=True)
class RuleYield:
    """What each rule brings, and what all of them miss.

    Attributes
    ----------
    rules : DataFrame
        A row per rule that applies, in the order in which they are tried: ``rule`` (tuple of
        columns), ``pairs`` (that it brings), ``alone`` (that no other brings), ``true_pairs`` and
        ``true_alone`` (those of one person among them), ``left_out`` (pairs not brought since their
        groups were too large).
    true_pairs_count : int
        Pairs of records about one person that could have been brought.
    found_count : int
        Those of them that some rule brings.
    """

    rules: pd.DataFrame
    true_pairs_count: int
    found_count: int


def rule_yield(result: Result) -> RuleYield:
    """Count what each blocking rule brought in a run."""
    learnt = result.learnt
    whole = result.obtained.collected.truth
    whole = whole.loc[whole["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    entity = subject.loc[learnt.table.record_id].to_numpy()
    rows, found = [], 0
    for each in pairs_by_rule(learnt.table):
        is_true = entity[each.left] == entity[each.right]
        found += int((is_true & each.first).sum())
        rows.append(
            {
                "rule": each.rule,
                "pairs": len(each.left),
                "alone": int(each.alone.sum()),
                "true_pairs": int(is_true.sum()),
                "true_alone": int((is_true & each.alone).sum()),
                "left_out": each.left_out,
            }
        )
    columns = ["rule", "pairs", "alone", "true_pairs", "true_alone", "left_out"]
    return RuleYield(pd.DataFrame(rows, columns=columns), _comparable(result, entity), found)


def _comparable(result: Result, entity: np.ndarray) -> int:
    """Return how many pairs of records of one entity stand in sources that are compared."""
    table = result.learnt.table
    width = len(table.sources)
    number = pd.factorize(entity)[0].astype(np.int64)
    cells = np.bincount(number * width + table.source, minlength=(number.max() + 1) * width)
    held = cells.reshape(-1, width)
    return sum(
        int((held[:, a] * (held[:, a] - 1) // 2 if a == b else held[:, a] * held[:, b]).sum())
        for a, b in table.pair_types
    )
