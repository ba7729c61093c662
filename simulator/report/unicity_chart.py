"""The unicity picture: how few points tell one telephone from all others, as Vega-Lite."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from simulator.report.growth_chart import apart
from simulator.report.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    SCHEMA,
    Spec,
    config,
    haloed,
)

if TYPE_CHECKING:
    import pandas as pd

TITLE = "A few points of a telephone's trace tell it from all others"
PUBLISHED_POINTS, PUBLISHED_SHARE = 4, 95
PUBLISHED_WORDS = ("95 in 100 at 4 points:", "1.5 million real people", "(de Montjoye 2013)")


@dataclass(frozen=True)
class Line:
    """One resolution: squares each way, hours, the words at its end, colour and shape of points."""

    squares: int
    hours: int
    words: str
    colour: str
    shape: str


LINES = (
    Line(1, 1, "square and hour", BLUE, "circle"),
    Line(2, 1, "2 × 2 squares, hour", GREEN, "diamond"),
    Line(1, 4, "square, 4 hours", ORANGE, "square"),
    Line(4, 1, "4 × 4 squares, hour", PURPLE, "triangle-up"),
)


def unicity_chart(curve: pd.DataFrame, *, width: int = 560, height: int = 360) -> Spec:
    """Draw a line for each of four resolutions, and the published figure beside them.

    Parameters
    ----------
    curve : DataFrame
        ``points``, ``squares``, ``hours``, ``value``, ``low``, ``high`` and ``n``. A resolution
        that is not defined (too few traces) is left out.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size.
    """
    lines = [(line, rows) for line in LINES if (rows := _rows(curve, line))]
    ends = [rows[-1]["value"] for _, rows in lines]
    # 15 pixels for each label, on an axis of 100
    places = apart(ends, gap=100 * 18 / height, low=3, high=100)
    labels = [
        {"points": rows[-1]["points"], "value": place, "words": line.words, "colour": line.colour}
        for (line, rows), place in zip(lines, places, strict=True)
    ]
    x = {
        "field": "points",
        "type": "quantitative",
        "scale": {"domain": [0.8, 5.2], "nice": False},
        "axis": {"title": "points known of a telephone", "values": [1, 2, 3, 4, 5], "grid": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": "of 100 telephones, told from all others", "tickCount": 5},
    }
    colour = {"field": "colour", "type": "nominal", "scale": None}
    place = {"x": x, "y": y}
    points = [row for _, rows in lines for row in rows]
    named = {
        "data": {"values": labels},
        "mark": {"type": "text", "align": "left", "dx": 12, "fontSize": 14},
        "encoding": {**place, "text": {"field": "words"}},
    }
    return {
        "$schema": SCHEMA,
        "config": config(14),
        "padding": {"left": 20, "right": 20, "top": 20, "bottom": 20},
        "autosize": {"type": "pad"},
        "width": width,
        "height": height,
        "title": {
            "text": TITLE,
            "subtitle": _subtitle(curve),
            "offset": 16,
            "fontSize": 18,
        },
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "line", "strokeWidth": 3},
                "encoding": {**place, "color": colour, "detail": {"field": "line"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    **place,
                    "color": colour,
                    "shape": {"field": "shape", "type": "nominal", "scale": None},
                },
            },
            *_published(place),
            *haloed(named),
        ],
    }


def _rows(curve: pd.DataFrame, line: Line) -> list[Spec]:
    """Return the points of one line, shares in 100; none where it is not defined."""
    own = curve.loc[(curve["squares"] == line.squares) & (curve["hours"] == line.hours)]
    return [
        {
            "points": row["points"],
            "value": 100 * row["value"],
            "low": 100 * row["low"],
            "high": 100 * row["high"],
            "line": line.words,
            "colour": line.colour,
            "shape": line.shape,
        }
        for row in own.to_dict("records")
        if not isnan(row["value"])
    ]


def _published(place: Spec) -> list[Spec]:
    """Return the mark of the published figure and its words, in the empty corner below it."""
    cross = {"points": PUBLISHED_POINTS, "value": PUBLISHED_SHARE}
    words = {"points": 3.3, "value": 16, "words": "\n".join(PUBLISHED_WORDS)}
    text = {"type": "text", "align": "left", "lineBreak": "\n", "fontSize": 13, "dx": 14}
    key = {**cross, "points": 3.3, "value": 16}
    mark = {"type": "point", "shape": "cross", "size": 200, "fill": "#FFFFFF", "stroke": INK}
    return [
        {"data": {"values": [cross, key]}, "mark": {**mark, "opacity": 1}, "encoding": place},
        {
            "data": {"values": [words]},
            "mark": text,
            "encoding": {**place, "text": {"field": "words"}},
        },
    ]


def _subtitle(curve: pd.DataFrame) -> list[str]:
    return [
        f"All lines are synthetic: {int(curve['n'].max()):,} telephones of an invented town,",
        "each against every other, four times a day seen in a square of the map",
    ]
