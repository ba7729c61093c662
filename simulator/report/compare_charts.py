"""Pictures of a comparison: how exposure grows without and with a policy, and what each changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.compare_figures import (
    EVERYONE,
    Change,
    Figure,
    changes,
    growth,
    short,
    sides,
    takes_nothing,
)
from simulator.report.compare_wording import how_sure
from simulator.report.style import (
    BLUE,
    INK,
    ORANGE,
    SCHEMA,
    Spec,
    config,
    haloed,
    in_hundred_axis,
    row_axis,
    wrapped,
)
from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

_NAMED = ("without the policy", "with it")
_GROWING = (
    ("exposure_share", "Facts known by name, lists joined", "of the facts about a resident"),
    ("reidentified_share", "Re-identified", "residents"),
)
_CHANGING = (
    ("exposure_share", "Facts known by name: change"),
    ("wrongful_share", "Somebody else's fact in the file: change"),
)
_CIRCLES = "; circles: as much taken away at random"
_LEAST_REACH = 0.5
_TEXT_SIZE = 14


def growth_comparison_chart(comparison: Comparison, *, width: int = 330) -> Spec:
    """Draw the growth without and with the one policy of a comparison, two measures side by side.

    Parameters
    ----------
    comparison : Comparison
        Of one policy.
    width : int
        Of each half, in pixels.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size. A list that one design does not have has no point
        in that design's line.
    """
    (name,) = comparison.policies
    label, base = comparison.labels[name], comparison.base.title
    title, first, second = f"List by list, without and with: {label}", *_NAMED
    if not comparison.overlaid:
        title, first, second = "List by list", f"A, {base}", f"B, {label}"
    halves = [
        _growth_panel(comparison, name, metric, title, axis, width=width, has_labels=place == 0)
        for place, (metric, title, axis) in enumerate(_GROWING)
    ]
    return _picture(
        comparison,
        title,
        [f"{first}: circles, broken line", f"{second}: squares, full line"],
        halves,
    )


def _growth_panel(
    comparison: Comparison,
    name: str,
    metric: str,
    title: str,
    axis: str,
    *,
    width: int,
    has_labels: bool,
) -> Spec:
    grown = growth(comparison)
    rows = [f"{place}. {found.label}" for place, found in enumerate(grown, 1)]
    points = [
        {
            "row": wrapped(row),
            "step": place,
            "value": 100 * found.designs[design][metric],
            "design": design,
            "fill": colour,
            "shape": shape,
            "dash": dash,
        }
        for place, (row, found) in enumerate(zip(rows, grown, strict=True))
        for design, colour, shape, dash in (
            ("", ORANGE, "circle", [5, 4]),
            (name, BLUE, "square", [1, 0]),
        )
        if design in found.designs and not math.isnan(found.designs[design][metric])
    ]
    y = row_axis(rows, grid=True, gridColor="#eeeeee", labels=has_labels)
    y["scale"] = {"domain": y["scale"]["domain"], "type": "point", "padding": 0.4}
    x = in_hundred_axis(f"{axis}, in 100", 0) | {"field": "value"}
    colour: Spec = {"field": "fill", "type": "nominal", "scale": None}
    lines = [
        {
            "data": {"values": [point for point in points if point["design"] == design]},
            "mark": {"type": "line", "strokeWidth": 3, "strokeDash": dash},
            "encoding": {
                "x": x,
                "y": y,
                "color": colour,
                "order": {"field": "step", "type": "quantitative"},
            },
        }
        for design, dash in (("", [6, 5]), (name, [1, 0]))
    ]
    marks = {
        "data": {"values": points},
        "mark": {"type": "point", "filled": True, "stroke": INK, "size": 120, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "fill": colour,
            "shape": {"field": "shape", "type": "nominal", "scale": None},
        },
    }
    return {
        "width": width,
        "height": 46 * len(rows),
        "title": {"text": title, "offset": 8},
        "layer": [*lines, marks],
    }


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
    return _picture(
        comparison,
        title,
        [
            f"squares: {square}{circle}. Left of 0 is less.",
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
        "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": _TEXT_SIZE - 2},
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


def _picture(
    comparison: Comparison, title: str, below: Sequence[str], halves: Sequence[Spec]
) -> Spec:
    people = comparison.base.population.residents_count
    towns = counted(len(comparison.seeds), "town", "towns")
    synthetic = f"Synthetic: {people:,} invented residents, {towns}, seed {comparison.base.seed}"
    return {
        "$schema": SCHEMA,
        "config": config(_TEXT_SIZE),
        "padding": 20,
        "title": {"text": title, "subtitle": [synthetic, *below], "offset": 16, "fontSize": 18},
        "spacing": 30,
        "hconcat": list(halves),
    }


def growth_in_words(comparison: Comparison) -> str:
    """Describe the growth chart to those who cannot see it."""
    (name,) = comparison.policies
    said = []
    for grown in growth(comparison):
        parts = [
            f"{which} {100 * grown.designs[design]['exposure_share']:.1f}"
            for which, design in zip(sides(comparison), ("", name), strict=True)
            if design in grown.designs
        ]
        said.append(f"{grown.label}: {', '.join(parts)}")
    between = "without and with the policy" if comparison.overlaid else "in A and in B"
    return (
        "Line chart of a synthetic town, list by list: facts known by name in 100, "
        f"{between}. {'. '.join(said)}."
    )


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
