"""What the panels of the page Policies have in common: their rows, and the frame around each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_figures import step_rows
from simulator.report.style import (
    CROWDED_ROWS,
    LABEL_WIDTH_CHARACTERS,
    SCHEMA,
    Spec,
    config,
    lines_height,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

TEXT_SIZE = 14
_ROW_HEIGHT = 52
_CROWDED_CHARACTERS = 26


def step_labels(comparison: Comparison) -> tuple[list[str], int, int, int]:
    """Return the names of the rows, where they wrap, and the height and type size they take."""
    named = [f"{place}. {row['label']}" for place, row in enumerate(step_rows(comparison), 1)]
    if len(named) < CROWDED_ROWS:
        return named, LABEL_WIDTH_CHARACTERS, _ROW_HEIGHT, TEXT_SIZE
    size = TEXT_SIZE - 2
    return named, _CROWDED_CHARACTERS, lines_height(named, _CROWDED_CHARACTERS, size), size


def framed(
    comparison: Comparison,
    title: str,
    subtitle: str,
    layers: Sequence[Spec],
    *,
    height: int | None = None,
) -> Spec:
    """Put a title above layers and say that the town is synthetic."""
    rows, _, row_height, _ = step_labels(comparison)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": row_height * len(rows) if height is None else height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 5, "right": 5, "top": 8, "bottom": 5},
        "title": {
            "text": title,
            "subtitle": ["Synthetic town", subtitle],
            "offset": 10,
            "limit": 0,
        },
        "config": config(TEXT_SIZE),
        "layer": list(layers),
    }
