"""How many must leave together before it helps, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.style import BLUE, INK, SKY, Spec, frame, haloed

if TYPE_CHECKING:
    import pandas as pd


def together_chart(
    measures: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    height: int = 260,
    text_size: int = 14,
) -> Spec:
    """Draw what is known through others against the share of household and ties that left too.

    Parameters
    ----------
    measures : DataFrame
        Columns metric, ties_gone_share, value, low, high (shares). Figures that are withheld are
        not drawn.
    title, subtitle : str
        One of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.
    height, text_size : int
        In pixels.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    rows = measures.loc[measures["metric"] == "through_others_share"].dropna(subset=["value"])
    points = [
        {
            "gone": 100 * row["ties_gone_share"],
            "value": 100 * row["value"],
            "low": 100 * row["low"],
            "high": 100 * row["high"],
            "words": f"{100 * row['value']:.0f}",
        }
        for row in rows.to_dict("records")
    ]
    most = max([10.0, *(point["high"] for point in points)])
    x: Spec = {
        "field": "gone",
        "type": "quantitative",
        "scale": {"domain": [0, 104], "nice": False},
        "axis": {
            "title": "of 100 of their household and ties, so many have left too",
            "values": [0, 25, 50, 75, 100],
            "domain": False,
        },
    }
    y: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, 1.12 * most], "nice": False},
        "axis": {"title": None, "domain": False, "tickCount": 4},
    }
    return {
        **frame(width, height, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "data": {"values": points},
        "layer": [
            {
                "mark": {"type": "area", "color": SKY, "opacity": 0.35},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "color": INK, "strokeWidth": 2.5},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "fill": BLUE,
                    "stroke": INK,
                    "size": 140,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            *haloed(
                {
                    "mark": {"type": "text", "fontWeight": "bold", "dy": -16},
                    "encoding": {
                        "x": x,
                        "y": {**y, "field": "value"},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }
