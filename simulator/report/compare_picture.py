"""The frame around the pictures of a comparison: title, who is invented, and two halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.style import SCHEMA, Spec, config
from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

TEXT_SIZE = 14


def two_halves(
    comparison: Comparison, title: str, below: Sequence[str], halves: Sequence[Spec]
) -> Spec:
    """Put the halves side by side under a title that says that the town is synthetic."""
    people = comparison.base.population.residents_count
    towns = counted(len(comparison.seeds), "town", "towns")
    synthetic = f"Synthetic: {people:,} invented residents, {towns}, seed {comparison.base.seed}"
    return {
        "$schema": SCHEMA,
        "config": config(TEXT_SIZE),
        "padding": 20,
        "title": {"text": title, "subtitle": [synthetic, *below], "offset": 16, "fontSize": 18},
        "spacing": 30,
        "hconcat": list(halves),
    }
