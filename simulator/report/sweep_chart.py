"""The picture of a sweep: each measure over the first setting, a line per value of the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.growth_chart import apart
from simulator.report.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    SCHEMA,
    SKY,
    YELLOW,
    Spec,
    config,
)
from simulator.report.sweep_wording import MEASURES, paths, scaled, unit
from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.sweep import Sweep

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_TEXT_SIZE = 14
_HEIGHT, _LABEL_HEIGHT = 260, 18
_LEAST_REACH = 1.0


def sweep_chart(found: Sweep, *, width: int = 340) -> Spec:
    """Draw a panel per measure, each on a scale of its own that begins at 0.

    Parameters
    ----------
    found : Sweep
    width : int
        Of each panel, in pixels; labels stand to its right.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size.
    """
    first, *others = paths(found)
    people = found.base.population.residents_count
    towns = counted(len(found.seeds), "town", "towns")
    beside = [f"A line per value of {', '.join(others)}."] if others else []
    return {
        "$schema": SCHEMA,
        "config": config(_TEXT_SIZE),
        "padding": 20,
        "title": {
            "text": f"{found.base.title}: what {first} changes",
            "subtitle": [
                f"Synthetic: {people:,} invented residents, {towns}, seed {found.base.seed}",
                *beside,
                "Upright bars: 95 % intervals. Each picture has a scale of its own.",
            ],
            "offset": 16,
            "fontSize": 18,
        },
        "columns": 2,
        "spacing": 40,
        "concat": [
            _panel(found, str(metric), width=width)
            for metric in found.figures["metric"].drop_duplicates()
        ],
    }


def _panel(found: Sweep, metric: str, *, width: int) -> Spec:
    first, *others = paths(found)
    rows = found.figures.loc[found.figures["metric"] == metric].to_dict("records")
    points = _points(rows, first, others, metric, is_number=_numeric(found.settings[0].values))
    lines = list(dict.fromkeys(point["line"] for point in points))
    height = max(_HEIGHT, _LABEL_HEIGHT * (len(lines) + 1))
    reach = max([_LEAST_REACH, *(point["high"] for point in points)])
    gap = reach * _LABEL_HEIGHT / height
    x = _x(found, first)
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, reach * 1.05], "nice": False},
        "axis": {"title": unit(metric), "tickCount": 5},
    }
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "strokeWidth": 2.5},
            "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "line"}},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {
                "x": x,
                "y": {**y, "field": "low"},
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "stroke": INK, "size": 80, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "fill": colour,
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        },
    ]
    if others and points:
        layers.append(_labels(points, lines, gap, reach, y))
    return {
        "width": width,
        "height": height,
        "title": {"text": MEASURES[metric].heading, "offset": 8},
        "data": {"values": points},
        "layer": layers,
    }


def _points(
    rows: Sequence[dict[Any, Any]],
    first: str,
    others: Sequence[str],
    metric: str,
    *,
    is_number: bool,
) -> list[dict[str, Any]]:
    lines: dict[str, int] = {}
    points = []
    for row in rows:
        line = ", ".join(str(row[path]) for path in others)
        place = lines.setdefault(line, len(lines))
        value, low, high = (scaled(metric, row[name]) for name in ("value", "low", "high"))
        if math.isnan(value):
            continue
        points.append(
            {
                "at": float(row[first]) if is_number else row[first],
                "line": line,
                "value": value,
                "low": value if math.isnan(low) else low,
                "high": value if math.isnan(high) else high,
                "colour": COLOURS[place % len(COLOURS)],
                "shape": SHAPES[place % len(SHAPES)],
            }
        )
    return points


def _labels(
    points: Sequence[dict[str, Any]], lines: Sequence[str], gap: float, reach: float, y: Spec
) -> Spec:
    """Name each line at its right end, as far apart as its letters are high."""
    ends = []
    for line in lines:
        of_line = [point for point in points if point["line"] == line]
        is_number = isinstance(of_line[0]["at"], float)
        ends.append(max(of_line, key=lambda point: point["at"]) if is_number else of_line[-1])
    places = apart([end["value"] for end in ends], gap=gap, low=0, high=reach)
    return {
        "data": {
            "values": [
                {"line": line, "value": place} for line, place in zip(lines, places, strict=True)
            ]
        },
        "mark": {"type": "text", "align": "left", "dx": 10},
        "encoding": {
            "x": {"value": "width"},
            "y": y,
            "text": {"field": "line", "type": "nominal"},
        },
    }


def _x(found: Sweep, first: str) -> Spec:
    values = found.settings[0].values
    if _numeric(values):
        numbers = [float(value) for value in values]
        return {
            "field": "at",
            "type": "quantitative",
            "scale": {"domain": [min(numbers), max(numbers)], "nice": False, "padding": 12},
            "axis": {"title": first, "tickCount": 5, "grid": False},
        }
    return {
        "field": "at",
        "type": "ordinal",
        "scale": {"domain": list(values), "type": "point", "padding": 0.3},
        "axis": {"title": first, "labelAngle": 0},
    }


def _numeric(values: Sequence[str]) -> bool:
    """Tell whether a setting runs along an axis of numbers.

    >>> _numeric(["0.5", "0.9"]), _numeric(["true", "false"]), _numeric(["0.5", "null"])
    (True, False, False)
    >>> _numeric(["0.5"]), _numeric(["nan", "1"])
    (False, False)
    """
    try:
        numbers = [float(value) for value in values]
    except ValueError:
        return False
    return len(set(numbers)) > 1 and all(map(math.isfinite, numbers))
