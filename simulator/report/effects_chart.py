"""Picture of what each policy changes, with intervals, and a placebo beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.compare_figures import EVERYONE, Change, Figure, changes, short, takes_nothing
from simulator.report.compare_picture import TEXT_SIZE, two_halves
from simulator.report.compare_wording import how_sure
from simulator.report.style import BLUE, INK, ORANGE, Spec, haloed, row_axis, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison


_CHANGING = (
    ("exposure_share", "Facts known by name: change"),
    ("wrongful_share", "Somebody else's fact in the file: change"),
)


_CIRCLES = "; circles: as much taken away at random"


_LEAST_REACH = 0.5


def effects_chart(comparison: Comparison, *, width: int = 330) -> Spec:
    """Draw what each policy changes, with intervals, and its placebo beside it.

    Parameters
    ----------
    comparison : Comparison
    width : int
        Of each half, in pixels.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size. Each half has a scale of its own that holds 0.
    """
    halves = [
        _change_panel(comparison, metric, title, width=width, has_labels=place == 0)
        for place, (metric, title) in enumerate(_CHANGING)
    ]
    title, square = f"{comparison.base.title}: what each policy changes", "the policy"
    if not comparison.overlaid:
        (label,) = comparison.labels.values()
        title, square = f"{comparison.base.title} (A) and {label} (B)", "from A to B"
    circle = "" if all(takes_nothing(comparison).values()) else _CIRCLES
    return two_halves(
        comparison,
        title,
        [
            f"Squares: {square}{circle}. Left of 0 is less.",
            how_sure(comparison).split(". ")[0].split(",")[0] + ". Bars: 95 % intervals.",
        ],
        halves,
    )


def _change_panel(
    comparison: Comparison, metric: str, title: str, *, width: int, has_labels: bool
) -> Spec:
    known, nothing = changes(comparison), takes_nothing(comparison)
    order = comparison.ranking.sort_values("rank", kind="stable")["policy"].tolist()
    rows = [comparison.labels[name] for name in order]
    points = []
    for row, name in zip(rows, order, strict=True):
        points.append(_point(row, known[Figure(name, "frozen", EVERYONE, metric)], lane=0))
        if not nothing[name]:
            points.append(_point(row, known[Figure(name, "placebo", EVERYONE, metric)], lane=1))
    points = [point for point in points if not math.isnan(point["value"])]
    low, high = _reach(points)
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": {"title": "change, in 100", "tickCount": 5, "domain": False},
    }
    y = row_axis(rows, labels=has_labels)
    middle: Spec = {"y": y, "yOffset": {"field": "lane", "type": "nominal", "scale": {
        "domain": [0, 1]}}}  # fmt: skip
    words = {
        "mark": {"type": "text", "align": "left", "dx": 11, "fontSize": TEXT_SIZE - 2},
        "encoding": {
            **middle,
            "x": {**x, "field": "high"},
            "text": {"field": "words", "type": "nominal"},
        },
    }
    return {
        "width": width,
        "height": 52 * len(rows),
        "title": {"text": title, "offset": 8},
        "data": {"values": points},
        "layer": [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
                "encoding": {"x": {**x, "field": "zero"}},
            },
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 3},
                "encoding": {**middle, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "stroke": INK, "size": 110, "opacity": 1},
                "encoding": {
                    **middle,
                    "x": {**x, "field": "value"},
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                    "shape": {"field": "shape", "type": "nominal", "scale": None},
                },
            },
            *haloed(words),
        ],
    }


def _point(row: str, change: Change, *, lane: int) -> dict[str, Any]:
    is_bare = math.isnan(change.low)
    return {
        "row": wrapped(row),
        "lane": lane,
        "value": 100 * change.value,
        "low": 100 * (change.value if is_bare else change.low),
        "high": 100 * (change.value if is_bare else change.high),
        "words": short(change),
        "fill": ORANGE if lane else BLUE,
        "shape": "circle" if lane else "square",
    }


def _reach(points: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Return a scale that holds 0, every interval, and the words right of it."""
    low = min([-_LEAST_REACH, *(point["low"] for point in points)])
    high = max([_LEAST_REACH, *(point["high"] for point in points)])
    room = 0.45 * (high - low)
    return low - 0.05 * (high - low), high + room


def effects_in_words(comparison: Comparison) -> str:
    """Describe the chart of changes to those who cannot see it."""
    known = changes(comparison)
    said = [
        f"{comparison.labels[name]}: facts known "
        f"{short(known[Figure(name, 'frozen', EVERYONE, 'exposure_share')])}, somebody else's fact "
        f"{short(known[Figure(name, 'frozen', EVERYONE, 'wrongful_share')])}"
        for name in comparison.policies
    ]
    by = "by policy" if comparison.overlaid else f"from {comparison.base.title}"
    return f"Chart of changes in 100 in a synthetic town, {by}. {'. '.join(said)}."
