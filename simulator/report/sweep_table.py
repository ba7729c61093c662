"""A sweep as text for a terminal of 100 columns: a row per cell, measure after measure."""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING, Any

from simulator.report.sweep_wording import (
    MEASURES,
    findings,
    heading,
    how_sure,
    paths,
    scaled,
    unit,
)
from simulator.report.table import WIDTH
from simulator.report.text_rows import text_row
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from simulator.experiments.sweep import Sweep

_FIGURES = ("95 % interval", "n", "interval")
_FIGURE_WIDTHS = (10, 15, 8, 20)

INTERVALS = {
    "wilson": "of people (Wilson)",
    "household_bootstrap": "of households",
    "replicates": "over towns",
    "none": "none",
}
"""Kind of interval -> how the table says it."""


def sweep_text(found: Sweep) -> str:
    """Write heading, one table per measure, what it means, the findings and the caveat."""
    metrics = found.figures["metric"].drop_duplicates().astype(str)
    said = [*findings(found), how_sure(found), CAVEAT]
    parts = [
        fill(heading(found), WIDTH),
        *(_table(found, metric) for metric in metrics),
        "\n".join(fill(sentence, WIDTH) for sentence in said),
    ]
    return "\n\n".join(parts)


def _table(found: Sweep, metric: str) -> str:
    rows = found.figures.loc[found.figures["metric"] == metric].to_dict("records")
    room = WIDTH - sum(_FIGURE_WIDTHS)
    widths = [*[room // len(paths(found))] * len(paths(found)), *_FIGURE_WIDTHS]
    defined = MEASURES[metric]
    return "\n".join(
        [
            fill(f"{defined.heading}: {defined.meaning}", WIDTH),
            text_row([*map(_breakable, paths(found)), unit(metric), *_FIGURES], widths),
            "─" * WIDTH,
            *(text_row([*_settings(found, row), *_figures(metric, row)], widths) for row in rows),
            "─" * WIDTH,
        ]
    )


def _breakable(path: str) -> str:
    """Let a long path go on in the next line behind a dot.

    >>> _breakable("linkage.threshold"), _breakable("sources.broker.coverage.share")
    ('linkage.threshold', 'sources.broker. coverage.share')
    """
    if len(path) <= 20:
        return path
    head, _, tail = path.rpartition(".")
    head, _, middle = head.rpartition(".")
    return f"{head}. {middle}.{tail}" if head else f"{middle}. {tail}"


def _settings(found: Sweep, row: dict[Any, Any]) -> list[str]:
    return [str(row[path]) for path in paths(found)]


def _figures(metric: str, row: dict[Any, Any]) -> list[str]:
    """Write a figure, the ends of its interval, n, and what the interval is.

    >>> _figures("named_share", {"value": 0.743, "low": 0.731, "high": 0.755, "n": 5000,
    ...     "interval": "wilson"})
    ['74.3', '73.1 – 75.5', '5,000', 'of people (Wilson)']
    """
    value, low, high = (scaled(metric, row[name]) for name in ("value", "low", "high"))
    if math.isnan(value):
        return ["–", "–", f"{row['n']:,}", INTERVALS["none"]]
    ends = "–" if math.isnan(low) else f"{low:.1f} – {high:.1f}"
    kind = str(row["interval"])
    return [f"{value:.1f}", ends, f"{row['n']:,}", INTERVALS[kind]]
