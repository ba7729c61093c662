"""Who has been seen near home by when: the curve of Kaplan and Meier, and the whole picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.style import BLUE, INK, SCHEMA, SKY, Spec, config, frame, haloed
from simulator.report.time_wording import EVERYONE
from simulator.report.wording import between

if TYPE_CHECKING:
    import pandas as pd

# what belongs to a whole picture, not to a part
_WHOLE = ("$schema", "config", "autosize", "padding")


def located_chart(
    located: pd.DataFrame,
    before: pd.DataFrame | None = None,
    *,
    day: int,
    title: str,
    subtitle: str,
    width: int | None = None,
    height: int = 190,
    text_size: int = 14,
) -> Spec:
    """Draw how many of 100 residents with a file have been seen near home, day by day.

    Parameters
    ----------
    located : DataFrame
        Of one memory; see `simulator.report.time_wording.rate`.
    before : DataFrame, optional
        Of the scenario's own memory, to be drawn beside it.
    day : int
        The day to mark.
    title, subtitle : str
        One of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.
    height, text_size : int
        In pixels.

    Returns
    -------
    dict
        A Vega-Lite specification. The line is 1 - S of Kaplan and Meier, the band Greenwood's 95 %
        interval.
    """
    points, last = _curve(located), int(located["day"].max())
    others = [] if before is None else _curve(before)
    chosen = [
        {
            **point,
            "words": f"day {day}: {point['value']:.0f} ({point['interval']})",
            # centred on the point, as far as the picture has room for it
            "words_at": min(max(day, 0.3 * last), 0.7 * last),
        }
        for point in points
        if point["day"] == day
    ]
    x: Spec = {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [0, last], "nice": False},
        "axis": {"title": "day of watching", "tickCount": 6, "grid": False, "format": "d"},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 100], "nice": False},
        "axis": {"title": None, "values": [0, 25, 50, 75, 100], "domain": False},
    }
    step = {"interpolate": "step-after"}
    return {
        **frame(width, height, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "area", "color": SKY, "opacity": 0.6, **step},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            *_beside(others, x, y, step),
            {
                "data": {"values": points},
                "mark": {"type": "line", "color": INK, "strokeWidth": 2, **step},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": chosen},
                "mark": {"type": "rule", "color": INK, "strokeDash": [5, 4]},
                "encoding": {"x": x},
            },
            {
                "data": {"values": chosen},
                "mark": {
                    "type": "point",
                    "filled": True,
                    "fill": BLUE,
                    "stroke": INK,
                    "size": 150,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": y},
            },
            *haloed(
                {
                    "data": {"values": chosen},
                    "mark": {"type": "text", "fontWeight": "bold", "baseline": "top"},
                    "encoding": {
                        "x": {**x, "field": "words_at"},
                        "y": {"value": 4},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }


def _curve(located: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the points of a curve in 100, from day 0 on; none where it is withheld."""
    rows = located.loc[
        (located["metric"] == "located_share") & (located["group"] == EVERYONE)
    ].sort_values("day")
    points = [
        {
            "day": int(row["day"]),
            **{name: 100 * row[name] for name in ("value", "low", "high")},
            "interval": between(row["low"], row["high"]).removesuffix(" in 100"),
        }
        for row in rows.to_dict("records")
        if not math.isnan(row["value"])
    ]
    start = {"day": 0, "value": 0.0, "low": 0.0, "high": 0.0, "interval": "0"}
    return [start, *points] if points else []


def _beside(points: list[dict[str, Any]], x: Spec, y: Spec, step: Spec) -> list[Spec]:
    """Return the curve of the scenario's own memory, named at its end."""
    if not points:
        return []
    named = {
        "data": {"values": [{**points[-1], "words": "as it is"}]},
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "dx": -6, "dy": -8},
        "encoding": {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}},
    }
    line = {"type": "line", "color": INK, "strokeWidth": 1.5, "strokeDash": [6, 5], **step}
    return [
        {"data": {"values": points}, "mark": line, "encoding": {"x": x, "y": y}},
        *haloed(named),
    ]


def over_time_chart(trail: Spec, curve: Spec, *, title: str, footer: str) -> Spec:
    """Draw `simulator.report.trail_chart` and the curve, both of fixed size, side by side."""
    bare = [
        {key: value for key, value in spec.items() if key not in _WHOLE} for spec in (trail, curve)
    ]
    return {
        "$schema": SCHEMA,
        "config": config(14),
        "padding": 24,
        "title": {"text": title, "subtitle": footer, "offset": 18, "fontSize": 20},
        "spacing": 36,
        "hconcat": bare,
    }
