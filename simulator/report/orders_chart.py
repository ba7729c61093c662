"""How much the order of the lists matters: what is known with the first few, over many orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.style import BLUE, INK, ORANGE, SKY, Spec, frame, haloed

if TYPE_CHECKING:
    import pandas as pd


def orders_chart(
    orders: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    height: int = 240,
    text_size: int = 14,
) -> Spec:
    """Draw the band over orders, its mean, and the scenario's own order.

    Parameters
    ----------
    orders : DataFrame
        ``joined_count``, ``value`` (mean over orders), ``least``, ``most`` and ``own_order``, all
        shares between 0 and 1.
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
    points = [
        {
            "joined": int(row["joined_count"]),
            **{name: 100 * row[name] for name in ("value", "least", "most", "own_order")},
        }
        for row in orders.to_dict("records")
    ]
    count = points[-1]["joined"]
    x: Spec = {
        "field": "joined",
        "type": "quantitative",
        "scale": {"domain": [0, count], "nice": False},
        "axis": {
            "title": "lists joined",
            "values": list(range(count + 1)),
            "format": "d",
            "grid": False,
        },
    }
    y: Spec = {"type": "quantitative", "axis": {"title": None, "tickCount": 4, "domain": False}}
    words = [
        {"joined": 0.03 * count, "at": 1.0, "words": "band: from the least to the most"},
        {"joined": 0.03 * count, "at": 0.88, "words": "blue circles: mean over orders"},
        {"joined": 0.03 * count, "at": 0.76, "words": "orange squares: the scenario's order"},
    ]
    most = max(point["most"] for point in points)
    return {
        **frame(width, height, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "area", "color": SKY, "opacity": 0.45},
                "encoding": {"x": x, "y": {**y, "field": "least"}, "y2": {"field": "most"}},
            },
            *_line(points, x, y, "value", BLUE, "circle"),
            *_line(points, x, y, "own_order", ORANGE, "square"),
            *haloed(
                {
                    "data": {"values": [word | {"at": most * word["at"]} for word in words]},
                    "mark": {"type": "text", "align": "left", "baseline": "top"},
                    "encoding": {
                        "x": x,
                        "y": {**y, "field": "at"},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }


def _line(points: list[Spec], x: Spec, y: Spec, field: str, fill: str, shape: str) -> list[Spec]:
    encoding = {"x": x, "y": {**y, "field": field}}
    marks = {"filled": True, "fill": fill, "stroke": INK, "size": 90, "opacity": 1, "shape": shape}
    return [
        {
            "data": {"values": points},
            "mark": {"type": "line", "color": INK, "strokeWidth": 2},
            "encoding": encoding,
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", **marks},
            "encoding": encoding,
        },
    ]
