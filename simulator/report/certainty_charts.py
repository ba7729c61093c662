"""Pictures of how sure the linkage is: mistakes against threshold, stated against true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.style import BLUE, INK, ORANGE, PURPLE, SCHEMA, Spec, config, frame, haloed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# what belongs to a whole picture, not to a part
_WHOLE = ("$schema", "config", "autosize", "padding")

_MISTAKES = {
    "wrong": ("precision", "wrong", PURPLE, "Wrong, of 100 links accepted"),
    "missed": ("recall", "missed", ORANGE, "Missed, of 100 pairs about one person"),
}
"""Mistake -> the share it is the rest of, its count, its colour and the title of its picture."""


def mistake_chart(
    table: pd.DataFrame,
    mistake: str,
    *,
    threshold: float,
    subtitle: str,
    width: int | None = None,
    height: int = 92,
    text_size: int = 14,
) -> Spec:
    """Draw how one kind of mistake depends on the threshold, and mark the threshold chosen.

    Parameters
    ----------
    table : DataFrame
        Columns threshold, wrong, missed, and precision and recall with ``_low`` and ``_high``, all
        shares between 0 and 1.
    mistake : {"wrong", "missed"}
    threshold : float
        One of the table's.
    subtitle : str
        Must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.
    height, text_size : int
        In pixels.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    share, count, colour, title = _MISTAKES[mistake]
    points = [
        {
            "threshold": 100 * row["threshold"],
            "value": 100 * (1 - row[share]),
            "low": 100 * (1 - row[f"{share}_high"]),
            "high": 100 * (1 - row[f"{share}_low"]),
            # the words are centred on the point, as far as the picture has room for them
            "words_at": min(max(100 * row["threshold"], 27), 70),
            "words": f"{100 * (1 - row[share]):.1f} in 100: {row[count]:,} {mistake}",
        }
        for row in table.dropna(subset=[share]).to_dict("records")
    ]
    chosen = [point for point in points if abs(point["threshold"] - 100 * threshold) < 0.5]
    below = "threshold: joined from so many in 100" if mistake == "missed" else None
    x = _hundred_axis("threshold", below)
    top = _round_above(max([1.0, *(p["high"] for p in points)]))
    y: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, top]},
        "axis": {"title": None, "domain": False, "tickCount": 3},
    }
    # the words stand above the curve, or below where it runs at the top
    words_y = 3 if all(point["high"] < 0.7 * top for point in chosen) else height / 2
    return {
        **frame(width, height, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "area", "color": colour, "opacity": 0.35},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "line", "color": INK, "strokeWidth": 2.5},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
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
                    "fill": colour,
                    "stroke": INK,
                    "size": 150,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            *haloed(
                {
                    "data": {"values": chosen},
                    "mark": {"type": "text", "fontWeight": "bold", "baseline": "top"},
                    "encoding": {
                        "x": {**x, "field": "words_at"},
                        "y": {"value": words_y},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }


def calibration_chart(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    height: int = 380,
    text_size: int = 14,
) -> Spec:
    """Draw the share of pairs that are right beside the probability stated, with their number.

    Parameters
    ----------
    table : DataFrame
        A row per bin: n, stated, true_share, true_low, true_high (shares; NaN where there are too
        few pairs, and then nothing is drawn).
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
            "stated": 100 * row["stated"],
            "true": 100 * row["true_share"],
            "low": 100 * row["true_low"],
            "high": 100 * row["true_high"],
            "words": f"{row['n']:,}",
        }
        for row in table.dropna(subset=["true_share"]).to_dict("records")
    ]
    x = _hundred_axis("stated", "stated: sure in 100")
    y = _hundred_axis("true", None)
    sides = [
        {"stated": 4, "true": 96, "words": "above the line: too modest", "align": "left"},
        {"stated": 96, "true": 4, "words": "below the line: too sure", "align": "right"},
    ]
    if len(points) < len(table):
        sides.append(
            {"stated": 4, "true": 87, "words": "fewer than 20 pairs: no point", "align": "left"}
        )
    return {
        **frame(width, height, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "layer": [
            {
                "data": {"values": [{"stated": 0, "true": 0}, {"stated": 100, "true": 100}]},
                "mark": {"type": "line", "color": INK, "strokeDash": [6, 5], "strokeWidth": 1.5},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": sides},
                "mark": {"type": "text", "align": {"expr": "datum.align"}},
                "encoding": {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2.5},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": points},
                "mark": {
                    "type": "point",
                    "filled": True,
                    "fill": BLUE,
                    "stroke": INK,
                    "size": 140,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": y},
            },
            *haloed(
                {
                    "data": {"values": points},
                    "mark": {"type": "text", "align": "left", "dx": 10, "dy": 12},
                    "encoding": {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}},
                }
            ),
        ],
    }


def certainty_chart(mistakes: Sequence[Spec], stated: Spec, *, title: str, footer: str) -> Spec:
    """Draw the pictures of this module, all of fixed width, as one: mistakes left, stated right."""
    bare = [
        {key: value for key, value in spec.items() if key not in _WHOLE}
        for spec in (*mistakes, stated)
    ]
    return {
        "$schema": SCHEMA,
        "config": config(14),
        "padding": 24,
        "title": {"text": title, "subtitle": footer, "offset": 18, "fontSize": 20},
        "spacing": 36,
        "hconcat": [{"vconcat": bare[:-1]}, bare[-1]],
    }


def _hundred_axis(field: str, title: str | None) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, 100], "nice": False},
        "axis": {"title": title, "values": [0, 25, 50, 75, 100], "domain": False},
    }


def _round_above(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 40, 60, 80, 100 that is not below.

    >>> _round_above(3.2), _round_above(33.9), _round_above(100.0)
    (5, 40, 100)
    """
    return next((step for step in (1, 2, 5, 10, 20, 40, 60, 80) if step >= value), 100)
