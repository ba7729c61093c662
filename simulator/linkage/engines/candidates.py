"""What an engine brings: candidate pairs, counted by pattern, that a model turns into links."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from simulator.linkage.blocking import Blocks
from simulator.linkage.comparisons import Comparison
from simulator.linkage.record_table import RecordTable
from simulator.linkage.weights import links_of

if TYPE_CHECKING:
    from simulator.linkage.patterns import Patterns
    from simulator.linkage.weights import Model
    from simulator.tables import Links


class Candidates(Protocol):
    """The candidate pairs of some records, wherever they are held."""

    @property
    def patterns(self) -> Patterns:
        """Return how often each pattern occurs; the pairs themselves only if in memory."""

    def links(self, model: Model) -> Links:
        """Return the links that the model gives."""


Engine: TypeAlias = Callable[
    [RecordTable, Blocks, tuple[Comparison, ...]], AbstractContextManager[Candidates]
]
"""Brings and compares the pairs; they can be used until the with statement ends."""


@dataclass(frozen=True)
class PairsInMemory:
    """Candidate pairs in arrays."""

    table: RecordTable
    patterns: Patterns

    def links(self, model: Model) -> Links:
        """Return the links that the model gives."""
        return links_of(self.table, self.patterns, model)
