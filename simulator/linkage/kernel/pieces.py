"""Joins and compares the records of a table in pieces, shared among threads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.linkage.kernel.compiled import compare_pairs, join
from simulator.linkage.kernel.layout import (
    brought_by_rules,
    code_rows,
    lay_out_dates,
    lay_out_names,
    lay_out_texts,
)
from simulator.linkage.kernel.plan import plan_for
from simulator.linkage.pairs import face_pairs, stretches
from simulator.threads import both, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Rows
    from simulator.linkage.pairs import Stretches
    from simulator.linkage.record_table import RecordTable

    Piece: TypeAlias = tuple[Rows, Rows, Rows]

PIECE = 250_000
"""Pairs joined and compared at a time by one thread: bounds the memory, and shares out the work."""


def compare(
    table: RecordTable, blocks: Blocks, comparisons: tuple[Comparison, ...]
) -> Iterator[Piece]:
    """Yield (left rows, right rows, pattern codes) of all candidate pairs, in pieces."""
    plan = plan_for(table, comparisons, blocks.rules)
    rows, spelled = both(
        lambda: code_rows([table.columns[name].codes for name in plan.columns], len(table)),
        lambda: (
            lay_out_texts(table, plan.columns, plan.spelled),
            lay_out_names(table),
            lay_out_dates(table),
        ),
    )
    records = rows, (table.source, table.kinds), *spelled, plan.steps
    attaches = table.attaches[table.source]
    brought = brought_by_rules(blocks.keys, len(table))

    def joined(rule: int, found: Stretches) -> Piece:
        most = int(found.counts.sum())
        left, right = np.empty((2, most), dtype=np.int32)
        code = np.empty(most, dtype=np.int64)
        earlier = brought.take(found.record) & np.uint64((1 << rule) - 1)
        count = join(earlier, plan.without, records, attaches, *found, left, right, code)
        return with_the_rest(left[:count], right[:count], code[:count])

    def compared(left: Rows, right: Rows) -> Piece:
        code = np.empty(len(left), dtype=np.int64)
        compare_pairs(records, left, right, code)
        return with_the_rest(left, right, code)

    def with_the_rest(left: Rows, right: Rows, code: Rows) -> Piece:
        for comparison, unit in plan.rest.items():
            code += unit * comparison.compare(table, left, right).astype(np.int64)
        return left, right, code

    def work() -> Iterator[Callable[[], Piece]]:
        for rule in range(len(blocks.keys)):
            for piece in stretches(table, blocks, rule).pieces(PIECE):
                yield partial(joined, rule, piece)
        for left, right in face_pairs(blocks, PIECE):
            yield partial(compared, left, right)

    return side_by_side(lambda piece: piece(), work())
