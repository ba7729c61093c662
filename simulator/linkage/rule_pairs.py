"""What each blocking rule brings: which pairs, and which of them no other rule would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.blocking import FACE_RULE, block, rules_for
from simulator.linkage.pairs import brought_by, face_pairs, rule_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.linkage.blocking import Rule
    from simulator.linkage.encoding import Flags, Rows
    from simulator.linkage.record_table import RecordTable

_CHUNK = 1_000_000


@dataclass(frozen=True)
class RulePairs:
    """The pairs of one rule.

    Attributes
    ----------
    rule : tuple of str
        The columns that both records agree on.
    left, right : int arrays
        Rows of the table.
    first, alone : bool arrays
        Whether no earlier rule brings the pair; whether no other rule does.
    left_out : int
        Pairs not brought because their groups were too large.
    """

    rule: Rule
    left: Rows
    right: Rows
    first: Flags
    alone: Flags
    left_out: int


def pairs_by_rule(table: RecordTable) -> Iterator[RulePairs]:
    """Yield what each rule brings that applies to the records, in the order of trying them."""
    blocks = block(table, rules_for(table))
    for number, rule in enumerate(blocks.rules):
        keys = blocks.keys
        if rule == FACE_RULE:
            parts = list(face_pairs(blocks, _CHUNK))
        else:
            parts = list(rule_pairs(table, blocks, number, _CHUNK))
        nothing = [np.zeros(0, dtype=np.int64)]
        left = np.concatenate([part[0] for part in parts] or nothing)
        right = np.concatenate([part[1] for part in parts] or nothing)
        first = ~brought_by(keys[:number], left, right)
        alone = first & ~brought_by(keys[number + 1 :], left, right)
        yield RulePairs(rule, left, right, first, alone, blocks.left_out.get(rule, 0))
