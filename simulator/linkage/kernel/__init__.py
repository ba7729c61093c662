"""The compiled kernel: joins blocks and compares pairs in one pass, for large work.

It gives what `simulator.linkage.pairs.candidate_pairs` and `simulator.linkage.patterns` give,
pattern for pattern, and comes with the extra `fast`. `layout` lays records and texts out in flat
arrays, `plan` writes the comparisons down as numbers, `compiled` runs over pairs, `pieces` shares
the work among threads.
"""

from __future__ import annotations

from simulator.linkage.kernel.pieces import compare

__all__ = ["compare"]
